//! The form of an author: what a person types, and the rules that it must satisfy.

use umbel::Result;
use umbel::db::Executor;
use umbel::form::{
    Blank, Check, EditForm, Field, Form, FormKey, FormState, FormValue, Input, Linked, Upload,
    Widget,
};
use umbel::model::{LinkChange, Versioned};

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
}

impl Form for AuthorForm {
    type New = NewAuthor;

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

    fn blank() -> Self {
        Self {
            is_staff: "true".to_owned(),
            fee_per_word: "0.25".to_owned(),
            ..Self::default()
        }
    }

    fn validate(&self, check: &mut Check<'_>) -> NewAuthor {
        NewAuthor {
            name: check.required(&NAME, &self.name),
            email: check.required(&EMAIL, &self.email),
            desk_id: check.optional(&DESK_ID, &self.desk_id),
            editor_id: check.optional(&EDITOR_ID, &self.editor_id),
            joined_on: check.required_or_default(&JOINED_ON, &self.joined_on),
            is_staff: Some(check.required(&IS_STAFF, &self.is_staff)),
            fee_per_word: Some(check.required(&FEE_PER_WORD, &self.fee_per_word)),
            portrait: check.file(&PORTRAIT, &self.portrait).flatten(),
            biography: check.optional(&BIOGRAPHY, &self.biography),
        }
    }

    fn links(&self, state: &FormState) -> Vec<LinkChange> {
        vec![Author::ARTICLES.changed(state.links(&ARTICLES, &self.articles))]
    }
}

impl EditForm for AuthorForm {
    type Patch = AuthorPatch;

    async fn open(db: &dyn Executor, author: &Versioned<Author>) -> Result<Self> {
        Ok(Self {
            name: author.name.to_input(),
            email: author.email.to_input(),
            desk_id: author.desk_id.to_key(),
            editor_id: author.editor_id.to_key(),
            joined_on: author.joined_on.to_input(),
            is_staff: author.is_staff.to_input(),
            fee_per_word: author.fee_per_word.to_input(),
            portrait: Upload::stored(author.portrait.as_deref()),
            biography: BIOGRAPHY.shown(&author.biography),
            articles: Author::ARTICLES.linked(db, author).await?.into(),
        })
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
}
