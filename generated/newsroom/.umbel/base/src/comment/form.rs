//! The form of a comment: what a person types, and the rules that it must satisfy.

use umbel::Result;
use umbel::db::Executor;
use umbel::form::{Check, EditForm, Field, Form, FormKey, FormValue, Input, Widget};
use umbel::model::Versioned;

use super::model::{Comment, CommentPatch, NewComment};

pub const ARTICLE_ID: Field = Field::new("article_id", "Article", Widget::Choice).required();
pub const REPLY_TO_ID: Field = Field::new("reply_to_id", "Reply to", Widget::Choice);
pub const AUTHOR_NAME: Field = Field::new("author_name", "Author name", Widget::Text)
    .required()
    .max_length(60);
pub const BODY: Field = Field::new("body", "Body", Widget::Textarea).required();
pub const RATING: Field = Field::new("rating", "Rating", Widget::Number)
    .min("1")
    .max("5");
pub const IS_APPROVED: Field = Field::new("is_approved", "Is approved", Widget::Checkbox);
pub const WRITTEN_AT: Field =
    Field::new("written_at", "Written at", Widget::DateTime).default("CURRENT_TIMESTAMP");

/// What a person typed into the form of a comment.
#[derive(Debug, Clone, Default)]
pub struct CommentForm {
    pub article_id: String,
    pub reply_to_id: String,
    pub author_name: String,
    pub body: String,
    pub rating: String,
    pub is_approved: String,
    pub written_at: String,
}

impl Form for CommentForm {
    type New = NewComment;

    const FIELDS: &'static [Field] = &[
        ARTICLE_ID,
        REPLY_TO_ID,
        AUTHOR_NAME,
        BODY,
        RATING,
        IS_APPROVED,
        WRITTEN_AT,
    ];

    fn inputs(&mut self) -> Vec<Input<'_>> {
        vec![
            Input::Text(&ARTICLE_ID, &mut self.article_id),
            Input::Text(&REPLY_TO_ID, &mut self.reply_to_id),
            Input::Text(&AUTHOR_NAME, &mut self.author_name),
            Input::Text(&BODY, &mut self.body),
            Input::Text(&RATING, &mut self.rating),
            Input::Text(&IS_APPROVED, &mut self.is_approved),
            Input::Text(&WRITTEN_AT, &mut self.written_at),
        ]
    }

    fn blank() -> Self {
        Self {
            is_approved: "false".to_owned(),
            ..Self::default()
        }
    }

    fn validate(&self, check: &mut Check<'_>) -> NewComment {
        NewComment {
            article_id: check.required(&ARTICLE_ID, &self.article_id),
            reply_to_id: check.optional(&REPLY_TO_ID, &self.reply_to_id),
            author_name: check.required(&AUTHOR_NAME, &self.author_name),
            body: check.required(&BODY, &self.body),
            rating: check.optional(&RATING, &self.rating),
            is_approved: Some(check.required(&IS_APPROVED, &self.is_approved)),
            written_at: check.required_or_default(&WRITTEN_AT, &self.written_at),
        }
    }
}

impl EditForm for CommentForm {
    type Patch = CommentPatch;

    async fn open(_: &dyn Executor, comment: &Versioned<Comment>) -> Result<Self> {
        Ok(Self {
            article_id: comment.article_id.to_key(),
            reply_to_id: comment.reply_to_id.to_key(),
            author_name: comment.author_name.to_input(),
            body: comment.body.to_input(),
            rating: comment.rating.to_input(),
            is_approved: comment.is_approved.to_input(),
            written_at: comment.written_at.to_input(),
        })
    }

    fn patch(comment: NewComment) -> CommentPatch {
        CommentPatch {
            article_id: Some(comment.article_id),
            reply_to_id: Some(comment.reply_to_id),
            author_name: Some(comment.author_name),
            body: Some(comment.body),
            rating: Some(comment.rating),
            is_approved: comment.is_approved,
            written_at: comment.written_at,
        }
    }
}
