//! The form of an article: what a person types, and the rules that it must satisfy.

use umbel::Result;
use umbel::db::Executor;
use umbel::form::{
    Blank, Check, EditForm, Field, Form, FormKey, FormState, FormValue, Input, Linked, Widget,
};
use umbel::model::{LinkChange, Versioned};

use super::model::{Article, ArticlePatch, NewArticle};

pub const SECTION_ID: Field = Field::new("section_id", "Section", Widget::Choice).required();
pub const TITLE: Field = Field::new("title", "Title", Widget::Text)
    .required()
    .min_length(3)
    .max_length(160);
pub const SLUG: Field = Field::new("slug", "Slug", Widget::Text)
    .required()
    .max_length(160);
pub const STATE: Field = Field::new("state", "State", Widget::Select)
    .required()
    .options(&["draft", "review", "scheduled", "published", "retracted"]);
pub const SUMMARY: Field = Field::new("summary", "Summary", Widget::Textarea)
    .max_length(400)
    .blanks(&[Blank::Null, Blank::Empty]);
pub const BODY: Field = Field::new("body", "Body", Widget::Textarea).required();
pub const PUBLISHED_AT: Field = Field::new("published_at", "Published at", Widget::DateTime);
pub const WORD_LIMIT: Field = Field::new("word_limit", "Word limit", Widget::Number).min("1");
pub const FEE: Field = Field::new("fee", "Fee", Widget::Number)
    .step("any")
    .min("0");
pub const IS_BREAKING: Field = Field::new("is_breaking", "Is breaking", Widget::Checkbox);
pub const FOLLOWS_ID: Field = Field::new("follows_id", "Follows", Widget::Choice);
pub const LAYOUT: Field = Field::new("layout", "Layout", Widget::Json);
pub const TAGS: Field = Field::new("tags", "Tags", Widget::Choices);
pub const AUTHORS: Field = Field::new("authors", "Authors", Widget::Choices);

/// What a person typed into the form of an article.
#[derive(Debug, Clone, Default)]
pub struct ArticleForm {
    pub section_id: String,
    pub title: String,
    pub slug: String,
    pub state: String,
    pub summary: String,
    pub body: String,
    pub published_at: String,
    pub word_limit: String,
    pub fee: String,
    pub is_breaking: String,
    pub follows_id: String,
    pub layout: String,
    pub tags: Linked,
    pub authors: Linked,
}

impl Form for ArticleForm {
    type New = NewArticle;

    const FIELDS: &'static [Field] = &[
        SECTION_ID,
        TITLE,
        SLUG,
        STATE,
        SUMMARY,
        BODY,
        PUBLISHED_AT,
        WORD_LIMIT,
        FEE,
        IS_BREAKING,
        FOLLOWS_ID,
        LAYOUT,
        TAGS,
        AUTHORS,
    ];

    fn inputs(&mut self) -> Vec<Input<'_>> {
        vec![
            Input::Text(&SECTION_ID, &mut self.section_id),
            Input::Text(&TITLE, &mut self.title),
            Input::Text(&SLUG, &mut self.slug),
            Input::Text(&STATE, &mut self.state),
            Input::Text(&SUMMARY, &mut self.summary),
            Input::Text(&BODY, &mut self.body),
            Input::Text(&PUBLISHED_AT, &mut self.published_at),
            Input::Text(&WORD_LIMIT, &mut self.word_limit),
            Input::Text(&FEE, &mut self.fee),
            Input::Text(&IS_BREAKING, &mut self.is_breaking),
            Input::Text(&FOLLOWS_ID, &mut self.follows_id),
            Input::Text(&LAYOUT, &mut self.layout),
            Input::Links(&TAGS, &mut self.tags),
            Input::Links(&AUTHORS, &mut self.authors),
        ]
    }

    fn blank() -> Self {
        Self {
            state: "draft".to_owned(),
            is_breaking: "false".to_owned(),
            ..Self::default()
        }
    }

    fn validate(&self, check: &mut Check<'_>) -> NewArticle {
        NewArticle {
            section_id: check.required(&SECTION_ID, &self.section_id),
            title: check.required(&TITLE, &self.title),
            slug: check.required(&SLUG, &self.slug),
            state: Some(check.required(&STATE, &self.state)),
            summary: check.optional(&SUMMARY, &self.summary),
            body: check.required(&BODY, &self.body),
            published_at: check.optional(&PUBLISHED_AT, &self.published_at),
            word_limit: check.optional(&WORD_LIMIT, &self.word_limit),
            fee: check.optional(&FEE, &self.fee),
            is_breaking: Some(check.required(&IS_BREAKING, &self.is_breaking)),
            follows_id: check.optional(&FOLLOWS_ID, &self.follows_id),
            layout: check.optional(&LAYOUT, &self.layout),
        }
    }

    fn links(&self, state: &FormState) -> Vec<LinkChange> {
        vec![
            Article::TAGS.changed(state.links(&TAGS, &self.tags)),
            Article::AUTHORS.changed(state.links(&AUTHORS, &self.authors)),
        ]
    }
}

impl EditForm for ArticleForm {
    type Patch = ArticlePatch;

    async fn open(db: &dyn Executor, article: &Versioned<Article>) -> Result<Self> {
        Ok(Self {
            section_id: article.section_id.to_key(),
            title: article.title.to_input(),
            slug: article.slug.to_input(),
            state: article.state.to_input(),
            summary: SUMMARY.shown(&article.summary),
            body: article.body.to_input(),
            published_at: article.published_at.to_input(),
            word_limit: article.word_limit.to_input(),
            fee: article.fee.to_input(),
            is_breaking: article.is_breaking.to_input(),
            follows_id: article.follows_id.to_key(),
            layout: article.layout.to_input(),
            tags: Article::TAGS.linked(db, article).await?.into(),
            authors: Article::AUTHORS.linked(db, article).await?.into(),
        })
    }

    fn patch(article: NewArticle) -> ArticlePatch {
        ArticlePatch {
            section_id: Some(article.section_id),
            title: Some(article.title),
            slug: Some(article.slug),
            state: article.state,
            summary: Some(article.summary),
            body: Some(article.body),
            published_at: Some(article.published_at),
            word_limit: Some(article.word_limit),
            fee: Some(article.fee),
            is_breaking: article.is_breaking,
            follows_id: Some(article.follows_id),
            layout: Some(article.layout),
        }
    }
}
