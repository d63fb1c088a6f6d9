//! The table `main.byline`.

use std::fmt;

use umbel::Result;
use umbel::model::{
    BelongsTo, Changes, Column, Constraint, Insert, Label, Model, Patch, Select, Table, TableKind,
};
use umbel::row::Row;

use crate::article::Article;
use crate::author::Author;

/// A row of `main.byline`.
#[derive(Debug, Clone, PartialEq)]
pub struct Byline {
    pub article_id: i64,
    pub author_id: i64,
    pub part: String,
}

impl Byline {
    pub const ARTICLE_ID: Column<Self, i64> = Column::new("article_id");
    pub const AUTHOR_ID: Column<Self, i64> = Column::new("author_id");
    pub const PART: Column<Self, String> = Column::new("part");

    pub const ARTICLE: BelongsTo<Self, Article> = BelongsTo::new(&[("article_id", "article_id")]);
    pub const AUTHOR: BelongsTo<Self, Author> = BelongsTo::new(&[("author_id", "author_id")]);
}

impl Model for Byline {
    type Key = (i64, i64);

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "byline",
        path: "/byline",
        title: "Bylines",
        singular: "byline",
        indefinite: "a byline",
        plural: "bylines",
        columns: &[
            Self::ARTICLE_ID.def("Article"),
            Self::AUTHOR_ID.def("Author"),
            Self::PART.def("Part").searchable(),
        ],
        key: &["article_id", "author_id"],
        label: &[],
        sort: "",
        relations: &[Self::ARTICLE.def("Article"), Self::AUTHOR.def("Author")],
        referrers: &[],
        scope: None,
        constraints: &[
            Constraint::unique("byline_pkey", &["article_id", "author_id"]),
            Constraint::foreign_key("byline_article_id_fkey", &["article_id"]),
            Constraint::foreign_key("byline_author_id_fkey", &["author_id"]),
            Constraint::check(
                "part IN ('text', 'photos', 'research', 'translation')",
                &["part"],
                "part is one of text, photos, research or translation",
            ),
        ],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            article_id: row.get()?,
            author_id: row.get()?,
            part: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {
        (self.article_id, self.author_id)
    }
}

impl fmt::Display for Byline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byline {}, {}", self.article_id, self.author_id)
    }
}

/// A byline with the labels of the rows that it refers to.
#[derive(Debug, Clone)]
pub struct BylineWithLabels {
    pub byline: Byline,
    pub article: Label<Article>,
    pub author: Label<Author>,
}

impl Select for BylineWithLabels {
    type Model = Byline;

    fn read(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            byline: Byline::from_row(row)?,
            article: row.label()?,
            author: row.label()?,
        })
    }
}

/// A byline to be inserted; `None` leaves a column to its default.
#[derive(Debug, Clone)]
pub struct NewByline {
    pub article_id: i64,
    pub author_id: i64,
    pub part: Option<String>,
}

impl Insert for NewByline {
    type Model = Byline;

    fn changes(self) -> Changes {
        Changes::default()
            .set(Byline::ARTICLE_ID, self.article_id)
            .set(Byline::AUTHOR_ID, self.author_id)
            .set_some(Byline::PART, self.part)
    }
}

/// Changes to a byline; `None` leaves a column as it is.
#[derive(Debug, Clone, Default)]
pub struct BylinePatch {
    pub article_id: Option<i64>,
    pub author_id: Option<i64>,
    pub part: Option<String>,
}

impl Patch for BylinePatch {
    type Model = Byline;

    fn changes(self) -> Changes {
        Changes::default()
            .set_some(Byline::ARTICLE_ID, self.article_id)
            .set_some(Byline::AUTHOR_ID, self.author_id)
            .set_some(Byline::PART, self.part)
    }
}
