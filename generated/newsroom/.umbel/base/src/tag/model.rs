//! The table `main.tag`.

use std::fmt;

use umbel::Result;
use umbel::model::{
    Changes, Column, Constraint, Insert, ManyToMany, Model, OnDelete, Patch, Table, TableKind,
};
use umbel::row::Row;

use crate::article::Article;

/// A row of `main.tag`.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    pub tag_id: i64,
    pub name: String,
}

impl Tag {
    pub const TAG_ID: Column<Self, i64> = Column::new("tag_id");
    pub const NAME: Column<Self, String> = Column::new("name");

    pub const ARTICLES: ManyToMany<Self, Article> = ManyToMany::new(
        "Articles",
        "main",
        "article_tag",
        &[("tag_id", "tag_id")],
        &[("article_id", "article_id")],
    )
    .on_delete(OnDelete::Cascade);
}

impl Model for Tag {
    type Key = i64;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "tag",
        path: "/tag",
        title: "Tags",
        singular: "tag",
        indefinite: "a tag",
        plural: "tags",
        columns: &[
            Self::TAG_ID.def("Tag ID"),
            Self::NAME.def("Name").searchable(),
        ],
        key: &["tag_id"],
        label: &["name"],
        sort: "",
        relations: &[],
        referrers: &[Self::ARTICLES.def()],
        scope: None,
        constraints: &[
            Constraint::unique("tag_pkey", &["tag_id"]),
            Constraint::unique("tag_name_key", &["name"]),
            Constraint::check(
                "length(name) <= 40",
                &["name"],
                "name has at most 40 characters",
            ),
        ],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            tag_id: row.get()?,
            name: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {
        self.tag_id
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

/// A tag to be inserted.
#[derive(Debug, Clone)]
pub struct NewTag {
    pub name: String,
}

impl Insert for NewTag {
    type Model = Tag;

    fn changes(self) -> Changes {
        Changes::default().set(Tag::NAME, self.name)
    }
}

/// Changes to a tag; `None` leaves a column as it is.
#[derive(Debug, Clone, Default)]
pub struct TagPatch {
    pub name: Option<String>,
}

impl Patch for TagPatch {
    type Model = Tag;

    fn changes(self) -> Changes {
        Changes::default().set_some(Tag::NAME, self.name)
    }
}
