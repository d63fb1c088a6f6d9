//! The table `main.comment`.

use std::fmt;

use umbel::Result;
use umbel::model::{
    BelongsTo, Changes, Column, Constraint, HasMany, Insert, Label, Model, OnDelete, Patch, Select,
    Table, TableKind,
};
use umbel::row::Row;
use umbel::types::DateTime;

use crate::article::Article;

/// A row of `main.comment`.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    pub comment_id: i64,
    pub article_id: i64,
    pub reply_to_id: Option<i64>,
    pub author_name: String,
    pub body: String,
    pub rating: Option<i64>,
    pub is_approved: bool,
    pub written_at: DateTime,
}

impl Comment {
    pub const COMMENT_ID: Column<Self, i64> = Column::new("comment_id");
    pub const ARTICLE_ID: Column<Self, i64> = Column::new("article_id");
    pub const REPLY_TO_ID: Column<Self, i64> = Column::nullable("reply_to_id");
    pub const AUTHOR_NAME: Column<Self, String> = Column::new("author_name");
    pub const BODY: Column<Self, String> = Column::new("body");
    pub const RATING: Column<Self, i64> = Column::nullable("rating");
    pub const IS_APPROVED: Column<Self, bool> = Column::new("is_approved");
    pub const WRITTEN_AT: Column<Self, DateTime> = Column::new("written_at");

    pub const ARTICLE: BelongsTo<Self, Article> = BelongsTo::new(&[("article_id", "article_id")]);
    pub const REPLY_TO: BelongsTo<Self, Option<Comment>> =
        BelongsTo::new(&[("reply_to_id", "comment_id")]);
    pub const COMMENTS_BY_REPLY_TO: HasMany<Self, Comment> = HasMany::new(
        "Comments by reply to",
        &[("comment_id", "reply_to_id")],
        OnDelete::Cascade,
    );
}

impl Model for Comment {
    type Key = i64;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "comment",
        path: "/comment",
        title: "Comments",
        singular: "comment",
        indefinite: "a comment",
        plural: "comments",
        columns: &[
            Self::COMMENT_ID.def("Comment ID"),
            Self::ARTICLE_ID.def("Article"),
            Self::REPLY_TO_ID.def("Reply to"),
            Self::AUTHOR_NAME.def("Author name").searchable(),
            Self::BODY.def("Body").searchable(),
            Self::RATING.def("Rating"),
            Self::IS_APPROVED.def("Is approved"),
            Self::WRITTEN_AT.def("Written at"),
        ],
        key: &["comment_id"],
        label: &["author_name"],
        sort: "",
        relations: &[Self::ARTICLE.def("Article"), Self::REPLY_TO.def("Reply to")],
        referrers: &[Self::COMMENTS_BY_REPLY_TO.def()],
        scope: None,
        constraints: &[
            Constraint::unique("comment_pkey", &["comment_id"]),
            Constraint::foreign_key("comment_article_id_fkey", &["article_id"]),
            Constraint::foreign_key("comment_reply_to_id_fkey", &["reply_to_id"]),
            Constraint::check(
                "is_approved IN (0, 1)",
                &["is_approved"],
                "is approved is 0 or 1",
            ),
            Constraint::check(
                "length(author_name) <= 60",
                &["author_name"],
                "author name has at most 60 characters",
            ),
            Constraint::check(
                "rating BETWEEN 1 AND 5",
                &["rating"],
                "rating is between 1 and 5",
            ),
            Constraint::check(
                "written_at IS datetime(written_at)",
                &["written_at"],
                "the condition holds: written_at IS datetime(written_at)",
            ),
        ],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            comment_id: row.get()?,
            article_id: row.get()?,
            reply_to_id: row.get()?,
            author_name: row.get()?,
            body: row.get()?,
            rating: row.get()?,
            is_approved: row.get()?,
            written_at: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {
        self.comment_id
    }
}

impl fmt::Display for Comment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.author_name.fmt(f)
    }
}

/// A comment with the labels of the rows that it refers to.
#[derive(Debug, Clone)]
pub struct CommentWithLabels {
    pub comment: Comment,
    pub article: Label<Article>,
    pub reply_to: Option<Label<Comment>>,
}

impl Select for CommentWithLabels {
    type Model = Comment;

    fn read(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            comment: Comment::from_row(row)?,
            article: row.label()?,
            reply_to: row.label_opt()?,
        })
    }
}

/// A comment to be inserted; `None` leaves a column to its default.
#[derive(Debug, Clone)]
pub struct NewComment {
    pub article_id: i64,
    pub reply_to_id: Option<i64>,
    pub author_name: String,
    pub body: String,
    pub rating: Option<i64>,
    pub is_approved: Option<bool>,
    pub written_at: Option<DateTime>,
}

impl Insert for NewComment {
    type Model = Comment;

    fn changes(self) -> Changes {
        Changes::default()
            .set(Comment::ARTICLE_ID, self.article_id)
            .set(Comment::REPLY_TO_ID, self.reply_to_id)
            .set(Comment::AUTHOR_NAME, self.author_name)
            .set(Comment::BODY, self.body)
            .set(Comment::RATING, self.rating)
            .set_some(Comment::IS_APPROVED, self.is_approved)
            .set_some(Comment::WRITTEN_AT, self.written_at)
    }
}

/// Changes to a comment; `None` leaves a column as it is.
#[derive(Debug, Clone, Default)]
pub struct CommentPatch {
    pub article_id: Option<i64>,
    pub reply_to_id: Option<Option<i64>>,
    pub author_name: Option<String>,
    pub body: Option<String>,
    pub rating: Option<Option<i64>>,
    pub is_approved: Option<bool>,
    pub written_at: Option<DateTime>,
}

impl Patch for CommentPatch {
    type Model = Comment;

    fn changes(self) -> Changes {
        Changes::default()
            .set_some(Comment::ARTICLE_ID, self.article_id)
            .set_some(Comment::REPLY_TO_ID, self.reply_to_id)
            .set_some(Comment::AUTHOR_NAME, self.author_name)
            .set_some(Comment::BODY, self.body)
            .set_some(Comment::RATING, self.rating)
            .set_some(Comment::IS_APPROVED, self.is_approved)
            .set_some(Comment::WRITTEN_AT, self.written_at)
    }
}
