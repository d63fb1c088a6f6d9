//! The view `main.published_article`.

use std::fmt;

use umbel::Result;
use umbel::model::{BelongsTo, Column, Label, Model, Select, Table, TableKind};
use umbel::row::Row;
use umbel::types::{SqlText, Unchecked};

use crate::article::Article;

/// A row of `main.published_article`.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedArticle {
    pub article_id: Option<Unchecked<i64>>,
    pub title: Option<String>,
    pub section: Option<String>,
    pub published_at: Option<String>,
    pub fee: Option<Unchecked<f64>>,
    pub comments: Option<SqlText>,
}

impl PublishedArticle {
    pub const ARTICLE_ID: Column<Self, i64> = Column::nullable("article_id");
    pub const TITLE: Column<Self, String> = Column::nullable("title");
    pub const SECTION: Column<Self, String> = Column::nullable("section");
    pub const PUBLISHED_AT: Column<Self, String> = Column::nullable("published_at");
    pub const FEE: Column<Self, f64> = Column::nullable("fee");
    pub const COMMENTS: Column<Self, SqlText> = Column::nullable("comments").ordered();

    pub const ARTICLE: BelongsTo<Self, Option<Article>> =
        BelongsTo::new(&[("article_id", "article_id")]);
}

impl Model for PublishedArticle {
    type Key = ();

    const TABLE: &'static Table = &Table {
        kind: TableKind::View,
        schema: "main",
        name: "published_article",
        path: "/published_article",
        title: "Published article",
        singular: "row",
        indefinite: "a row",
        plural: "rows",
        columns: &[
            Self::ARTICLE_ID.def("Article"),
            Self::TITLE.def("Title").searchable(),
            Self::SECTION.def("Section").searchable(),
            Self::PUBLISHED_AT.def("Published at").searchable(),
            Self::FEE.def("Fee"),
            Self::COMMENTS.def("Comments"),
        ],
        key: &[],
        label: &["title"],
        sort: "",
        relations: &[Self::ARTICLE.def("Article")],
        referrers: &[],
        scope: None,
        constraints: &[],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            article_id: row.get()?,
            title: row.get()?,
            section: row.get()?,
            published_at: row.get()?,
            fee: row.get()?,
            comments: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {}
}

impl fmt::Display for PublishedArticle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.title {
            Some(title) => title.fmt(f),
            None => f.write_str("row"),
        }
    }
}

/// A row with the labels of the rows that it refers to.
#[derive(Debug, Clone)]
pub struct PublishedArticleWithLabels {
    pub published_article: PublishedArticle,
    pub article: Option<Label<Article>>,
}

impl Select for PublishedArticleWithLabels {
    type Model = PublishedArticle;

    fn read(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            published_article: PublishedArticle::from_row(row)?,
            article: row.label_opt()?,
        })
    }
}
