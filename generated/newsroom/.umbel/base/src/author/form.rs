//! The form of an author: what a person types, and the rules that it must satisfy.

use umbel::db::Db;
use umbel::form::{
    Blank, Check, Field, Form, FormKey, FormState, FormValue, Input, Linked, Upload, Widget,
};
use umbel::model::{Insert, LinkChange, Versioned};
use umbel::{FieldErrors, Result};

use super::model::{Author, AuthorPatch, NewAuthor};

pub const NAME: Field = Field::new("name", "Name", Widget::Text)
    .required()
    .max_length(80);
pub const EMAIL: Field = Field::new("email", "Email", Widget::Email)
    .required()
    .max_length(120);
pub const DESK_ID: Field = Field::new("desk_id", "Desk", Widget::Choice);
pub const EDITOR_ID: Field = Field::new("editor_id", "Editor", Widget::Choice);
pub const JOINED_ON: Field =
    Field::new("joined_on", "Joined on", Widget::Date).default("CURRENT_DATE");
pub const IS_STAFF: Field = Field::new("is_staff", "Is staff", Widget::Checkbox);
pub const FEE_PER_WORD: Field = Field::new("fee_per_word", "Fee per word", Widget::Number)
    .required()
    .step("any")
    .min("0")
    .max("100");
pub const PORTRAIT: Field = Field::new("portrait", "Portrait", Widget::File);
pub const BIOGRAPHY: Field =
    Field::new("biography", "Biography", Widget::Text).blanks(&[Blank::Null, Blank::Empty]);
pub const ARTICLES: Field = Field::new("articles", "Articles", Widget::Choices);

/// What a person typed into the form of an author.
#[derive(Debug, Clone, Default)]
pub struct AuthorForm {
    pub name: String,
    pub email: String,
    pub desk_id: String,
    pub editor_id: String,
    pub joined_on: String,
    pub is_staff: String,
    pub fee_per_word: String,
    pub portrait: Upload,
    pub biography: String,
    pub articles: Linked,
    pub state: FormState,
}

impl AuthorForm {
    /// The form of a new author, with the defaults of the table.
    pub fn blank() -> Self {
        Self {
            is_staff: "true".to_owned(),
            fee_per_word: "0.25".to_owned(),
            ..Self::default()
        }
    }

    /// The form of an author as it is now.
    pub async fn open(db: &Db, author: &Versioned<Author>) -> Result<Self> {
        let form = Self {
            articles: Author::ARTICLES.linked(db, author).await?.into(),
            ..Self::from(&**author)
        };
        Ok(form.opened(author.version()))
    }

    /// Checks every rule and returns the author, or what is wrong, by field.
    pub fn validate(&self) -> Result<NewAuthor, FieldErrors> {
        let mut check = Check::new(&self.state);
        let author = NewAuthor {
            name: check.required(&NAME, &self.name),
            email: check.required(&EMAIL, &self.email),
            desk_id: check.optional(&DESK_ID, &self.desk_id),
            editor_id: check.optional(&EDITOR_ID, &self.editor_id),
            joined_on: check.required_or_default(&JOINED_ON, &self.joined_on),
            is_staff: Some(check.required(&IS_STAFF, &self.is_staff)),
            fee_per_word: Some(check.required(&FEE_PER_WORD, &self.fee_per_word)),
            portrait: check.file(&PORTRAIT, &self.portrait).flatten(),
            biography: check.optional(&BIOGRAPHY, &self.biography),
        };
        check.finish(author)
    }

    /// Inserts the author and its articles.
    pub async fn insert(&self, db: &Db) -> Result<Author> {
        self.validate()?.insert_with(db, self.links()).await
    }

    /// Saves what was changed in the form, unless someone else changed the author meanwhile.
    pub async fn update(&self, db: &Db, author: &Versioned<Author>) -> Result<Author> {
        let patch = self.changed(Self::patch(self.validate()?));
        author.update_with(db, patch, self.links()).await
    }

    fn patch(author: NewAuthor) -> AuthorPatch {
        AuthorPatch {
            name: Some(author.name),
            email: Some(author.email),
            desk_id: Some(author.desk_id),
            editor_id: Some(author.editor_id),
            joined_on: author.joined_on,
            is_staff: author.is_staff,
            fee_per_word: author.fee_per_word,
            portrait: Some(author.portrait),
            biography: Some(author.biography),
        }
    }

    /// What the form changes about the rows that the author is linked with.
    fn links(&self) -> Vec<LinkChange> {
        vec![Author::ARTICLES.changed(self.state.links(&ARTICLES, &self.articles))]
    }
}

impl Form for AuthorForm {
    const FIELDS: &'static [Field] = &[
        NAME,
        EMAIL,
        DESK_ID,
        EDITOR_ID,
        JOINED_ON,
        IS_STAFF,
        FEE_PER_WORD,
        PORTRAIT,
        BIOGRAPHY,
        ARTICLES,
    ];

    fn inputs(&mut self) -> Vec<Input<'_>> {
        vec![
            Input::Text(&NAME, &mut self.name),
            Input::Text(&EMAIL, &mut self.email),
            Input::Text(&DESK_ID, &mut self.desk_id),
            Input::Text(&EDITOR_ID, &mut self.editor_id),
            Input::Text(&JOINED_ON, &mut self.joined_on),
            Input::Text(&IS_STAFF, &mut self.is_staff),
            Input::Text(&FEE_PER_WORD, &mut self.fee_per_word),
            Input::File(&PORTRAIT, &mut self.portrait),
            Input::Text(&BIOGRAPHY, &mut self.biography),
            Input::Links(&ARTICLES, &mut self.articles),
        ]
    }

    fn state(&mut self) -> &mut FormState {
        &mut self.state
    }
}

impl From<&Author> for AuthorForm {
    fn from(author: &Author) -> Self {
        Self {
            name: author.name.to_input(),
            email: author.email.to_input(),
            desk_id: author.desk_id.to_key(),
            editor_id: author.editor_id.to_key(),
            joined_on: author.joined_on.to_input(),
            is_staff: author.is_staff.to_input(),
            fee_per_word: author.fee_per_word.to_input(),
            portrait: Upload::stored(author.portrait.as_deref()),
            biography: BIOGRAPHY.shown(&author.biography),
            ..Self::default()
        }
    }
}
