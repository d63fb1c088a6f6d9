//! The table `main.article`.

use std::fmt;

use umbel::Result;
use umbel::model::{
    BelongsTo, Changes, Column, Constraint, HasMany, Insert, Label, ManyToMany, Model, OnDelete,
    Patch, Select, Table, TableKind,
};
use umbel::row::Row;
use umbel::types::{DateTime, Json};

use crate::author::Author;
use crate::byline::Byline;
use crate::comment::Comment;
use crate::edition::Edition;
use crate::section::Section;
use crate::tag::Tag;

/// A row of `main.article`.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    pub article_id: i64,
    pub section_id: i64,
    pub title: String,
    pub slug: String,
    pub state: String,
    pub summary: Option<String>,
    pub body: String,
    pub published_at: Option<DateTime>,
    pub word_limit: Option<i64>,
    pub fee: Option<f64>,
    pub is_breaking: bool,
    pub follows_id: Option<i64>,
    pub layout: Option<Json>,
    pub characters: Option<i64>,
}

impl Article {
    pub const ARTICLE_ID: Column<Self, i64> = Column::new("article_id");
    pub const SECTION_ID: Column<Self, i64> = Column::new("section_id");
    pub const TITLE: Column<Self, String> = Column::new("title");
    pub const SLUG: Column<Self, String> = Column::new("slug");
    pub const STATE: Column<Self, String> = Column::new("state");
    pub const SUMMARY: Column<Self, String> = Column::nullable("summary");
    pub const BODY: Column<Self, String> = Column::new("body");
    pub const PUBLISHED_AT: Column<Self, DateTime> = Column::nullable("published_at");
    pub const WORD_LIMIT: Column<Self, i64> = Column::nullable("word_limit");
    pub const FEE: Column<Self, f64> = Column::nullable("fee");
    pub const IS_BREAKING: Column<Self, bool> = Column::new("is_breaking");
    pub const FOLLOWS_ID: Column<Self, i64> = Column::nullable("follows_id");
    pub const LAYOUT: Column<Self, Json> = Column::nullable("layout");
    pub const CHARACTERS: Column<Self, i64> = Column::nullable("characters");

    pub const FOLLOWS: BelongsTo<Self, Option<Article>> =
        BelongsTo::new(&[("follows_id", "article_id")]);
    pub const SECTION: BelongsTo<Self, Section> = BelongsTo::new(&[("section_id", "section_id")]);
    pub const ARTICLES_BY_FOLLOWS: HasMany<Self, Article> = HasMany::new(
        "Articles by follows",
        &[("article_id", "follows_id")],
        OnDelete::SetNull,
    );
    pub const BYLINES: HasMany<Self, Byline> = HasMany::new(
        "Bylines",
        &[("article_id", "article_id")],
        OnDelete::Cascade,
    );
    pub const COMMENTS: HasMany<Self, Comment> = HasMany::new(
        "Comments",
        &[("article_id", "article_id")],
        OnDelete::Cascade,
    );
    pub const EDITIONS: HasMany<Self, Edition> = HasMany::new(
        "Editions",
        &[("article_id", "article_id")],
        OnDelete::SetNull,
    );
    pub const TAGS: ManyToMany<Self, Tag> = ManyToMany::new(
        "Tags",
        "main",
        "article_tag",
        &[("article_id", "article_id")],
        &[("tag_id", "tag_id")],
    )
    .on_delete(OnDelete::Cascade);
    pub const AUTHORS: ManyToMany<Self, Author> = ManyToMany::new(
        "Authors",
        "main",
        "byline",
        &[("article_id", "article_id")],
        &[("author_id", "author_id")],
    )
    .on_delete(OnDelete::Cascade);
}

impl Model for Article {
    type Key = i64;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "article",
        path: "/article",
        title: "Articles",
        singular: "article",
        indefinite: "an article",
        plural: "articles",
        columns: &[
            Self::ARTICLE_ID.def("Article ID"),
            Self::SECTION_ID.def("Section"),
            Self::TITLE.def("Title").searchable(),
            Self::SLUG.def("Slug").searchable(),
            Self::STATE.def("State").searchable(),
            Self::SUMMARY.def("Summary").searchable(),
            Self::BODY.def("Body").searchable(),
            Self::PUBLISHED_AT.def("Published at"),
            Self::WORD_LIMIT.def("Word limit"),
            Self::FEE.def("Fee"),
            Self::IS_BREAKING.def("Is breaking"),
            Self::FOLLOWS_ID.def("Follows"),
            Self::LAYOUT.def("Layout"),
            Self::CHARACTERS.def("Characters"),
        ],
        key: &["article_id"],
        label: &["title"],
        sort: "",
        relations: &[Self::FOLLOWS.def("Follows"), Self::SECTION.def("Section")],
        referrers: &[
            Self::ARTICLES_BY_FOLLOWS.def(),
            Self::BYLINES.def(),
            Self::COMMENTS.def(),
            Self::EDITIONS.def(),
            Self::TAGS.def(),
        ],
        scope: None,
        constraints: &[
            Constraint::unique("article_pkey", &["article_id"]),
            Constraint::unique("article_slug_key", &["slug"]),
            Constraint::foreign_key("article_follows_id_fkey", &["follows_id"]),
            Constraint::foreign_key("article_section_id_fkey", &["section_id"]),
            Constraint::check("fee >= 0", &["fee"], "fee is at least 0"),
            Constraint::check(
                "is_breaking IN (0, 1)",
                &["is_breaking"],
                "is breaking is 0 or 1",
            ),
            Constraint::check(
                "json_valid(layout)",
                &["layout"],
                "the condition holds: json_valid(layout)",
            ),
            Constraint::check(
                "length(slug) <= 160",
                &["slug"],
                "slug has at most 160 characters",
            ),
            Constraint::check(
                "length(summary) <= 400",
                &["summary"],
                "summary has at most 400 characters",
            ),
            Constraint::check(
                "length(title) BETWEEN 3 AND 160",
                &["title"],
                "title has between 3 and 160 characters",
            ),
            Constraint::check(
                "published_articles_have_a_date",
                &["state", "published_at"],
                "published at is required when state is published",
            ),
            Constraint::check(
                "published_at IS datetime(published_at)",
                &["published_at"],
                "the condition holds: published_at IS datetime(published_at)",
            ),
            Constraint::check(
                "state IN ('draft', 'review', 'scheduled', 'published', 'retracted')",
                &["state"],
                "state is one of draft, review, scheduled, published or retracted",
            ),
            Constraint::check(
                "word_limit > 0",
                &["word_limit"],
                "word limit is greater than 0",
            ),
        ],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            article_id: row.get()?,
            section_id: row.get()?,
            title: row.get()?,
            slug: row.get()?,
            state: row.get()?,
            summary: row.get()?,
            body: row.get()?,
            published_at: row.get()?,
            word_limit: row.get()?,
            fee: row.get()?,
            is_breaking: row.get()?,
            follows_id: row.get()?,
            layout: row.get()?,
            characters: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {
        self.article_id
    }
}

impl fmt::Display for Article {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.title.fmt(f)
    }
}

/// An article with the labels of the rows that it refers to.
#[derive(Debug, Clone)]
pub struct ArticleWithLabels {
    pub article: Article,
    pub follows: Option<Label<Article>>,
    pub section: Label<Section>,
}

impl Select for ArticleWithLabels {
    type Model = Article;

    fn read(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            article: Article::from_row(row)?,
            follows: row.label_opt()?,
            section: row.label()?,
        })
    }
}

/// An article to be inserted; `None` leaves a column to its default.
#[derive(Debug, Clone)]
pub struct NewArticle {
    pub section_id: i64,
    pub title: String,
    pub slug: String,
    pub state: Option<String>,
    pub summary: Option<String>,
    pub body: String,
    pub published_at: Option<DateTime>,
    pub word_limit: Option<i64>,
    pub fee: Option<f64>,
    pub is_breaking: Option<bool>,
    pub follows_id: Option<i64>,
    pub layout: Option<Json>,
}

impl Insert for NewArticle {
    type Model = Article;

    fn changes(self) -> Changes {
        Changes::default()
            .set(Article::SECTION_ID, self.section_id)
            .set(Article::TITLE, self.title)
            .set(Article::SLUG, self.slug)
            .set_some(Article::STATE, self.state)
            .set(Article::SUMMARY, self.summary)
            .set(Article::BODY, self.body)
            .set(Article::PUBLISHED_AT, self.published_at)
            .set(Article::WORD_LIMIT, self.word_limit)
            .set(Article::FEE, self.fee)
            .set_some(Article::IS_BREAKING, self.is_breaking)
            .set(Article::FOLLOWS_ID, self.follows_id)
            .set(Article::LAYOUT, self.layout)
    }
}

/// Changes to an article; `None` leaves a column as it is.
#[derive(Debug, Clone, Default)]
pub struct ArticlePatch {
    pub section_id: Option<i64>,
    pub title: Option<String>,
    pub slug: Option<String>,
    pub state: Option<String>,
    pub summary: Option<Option<String>>,
    pub body: Option<String>,
    pub published_at: Option<Option<DateTime>>,
    pub word_limit: Option<Option<i64>>,
    pub fee: Option<Option<f64>>,
    pub is_breaking: Option<bool>,
    pub follows_id: Option<Option<i64>>,
    pub layout: Option<Option<Json>>,
}

impl Patch for ArticlePatch {
    type Model = Article;

    fn changes(self) -> Changes {
        Changes::default()
            .set_some(Article::SECTION_ID, self.section_id)
            .set_some(Article::TITLE, self.title)
            .set_some(Article::SLUG, self.slug)
            .set_some(Article::STATE, self.state)
            .set_some(Article::SUMMARY, self.summary)
            .set_some(Article::BODY, self.body)
            .set_some(Article::PUBLISHED_AT, self.published_at)
            .set_some(Article::WORD_LIMIT, self.word_limit)
            .set_some(Article::FEE, self.fee)
            .set_some(Article::IS_BREAKING, self.is_breaking)
            .set_some(Article::FOLLOWS_ID, self.follows_id)
            .set_some(Article::LAYOUT, self.layout)
    }
}
