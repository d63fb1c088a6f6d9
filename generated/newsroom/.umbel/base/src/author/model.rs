//! The table `main.author`.

use std::fmt;

use umbel::Result;
use umbel::model::{
    BelongsTo, Changes, Column, Constraint, HasMany, Insert, Label, ManyToMany, Model, OnDelete,
    Patch, Select, Table, TableKind,
};
use umbel::row::Row;
use umbel::types::Date;

use crate::article::Article;
use crate::byline::Byline;
use crate::section::Section;

/// A row of `main.author`.
#[derive(Debug, Clone, PartialEq)]
pub struct Author {
    pub author_id: i64,
    pub name: String,
    pub email: String,
    pub desk_id: Option<i64>,
    pub editor_id: Option<i64>,
    pub joined_on: Date,
    pub is_staff: bool,
    pub fee_per_word: f64,
    pub portrait: Option<Vec<u8>>,
    pub biography: Option<String>,
}

impl Author {
    pub const AUTHOR_ID: Column<Self, i64> = Column::new("author_id");
    pub const NAME: Column<Self, String> = Column::new("name");
    pub const EMAIL: Column<Self, String> = Column::new("email");
    pub const DESK_ID: Column<Self, i64> = Column::nullable("desk_id");
    pub const EDITOR_ID: Column<Self, i64> = Column::nullable("editor_id");
    pub const JOINED_ON: Column<Self, Date> = Column::new("joined_on");
    pub const IS_STAFF: Column<Self, bool> = Column::new("is_staff");
    pub const FEE_PER_WORD: Column<Self, f64> = Column::new("fee_per_word");
    pub const PORTRAIT: Column<Self, Vec<u8>> = Column::nullable("portrait");
    pub const BIOGRAPHY: Column<Self, String> = Column::nullable("biography");

    pub const DESK: BelongsTo<Self, Option<Section>> = BelongsTo::new(&[("desk_id", "section_id")]);
    pub const EDITOR: BelongsTo<Self, Option<Author>> =
        BelongsTo::new(&[("editor_id", "author_id")]);
    pub const AUTHORS_BY_EDITOR: HasMany<Self, Author> = HasMany::new(
        "Authors by editor",
        &[("author_id", "editor_id")],
        OnDelete::SetNull,
    );
    pub const BYLINES: HasMany<Self, Byline> =
        HasMany::new("Bylines", &[("author_id", "author_id")], OnDelete::Restrict);
    pub const ARTICLES: ManyToMany<Self, Article> = ManyToMany::new(
        "Articles",
        "main",
        "byline",
        &[("author_id", "author_id")],
        &[("article_id", "article_id")],
    );
}

impl Model for Author {
    type Key = i64;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "author",
        path: "/author",
        title: "Authors",
        singular: "author",
        indefinite: "an author",
        plural: "authors",
        columns: &[
            Self::AUTHOR_ID.def("Author ID"),
            Self::NAME.def("Name").searchable(),
            Self::EMAIL.def("Email").searchable(),
            Self::DESK_ID.def("Desk"),
            Self::EDITOR_ID.def("Editor"),
            Self::JOINED_ON.def("Joined on"),
            Self::IS_STAFF.def("Is staff"),
            Self::FEE_PER_WORD.def("Fee per word"),
            Self::PORTRAIT.def("Portrait"),
            Self::BIOGRAPHY.def("Biography").searchable(),
        ],
        key: &["author_id"],
        label: &["name"],
        sort: "",
        relations: &[Self::DESK.def("Desk"), Self::EDITOR.def("Editor")],
        referrers: &[Self::AUTHORS_BY_EDITOR.def(), Self::BYLINES.def()],
        scope: None,
        constraints: &[
            Constraint::unique("author_pkey", &["author_id"]),
            Constraint::unique("author_email_key", &["email"]),
            Constraint::foreign_key("author_desk_id_fkey", &["desk_id"]),
            Constraint::foreign_key("author_editor_id_fkey", &["editor_id"]),
            Constraint::check("email LIKE '%_@_%'", &["email"], "email is like %_@_%"),
            Constraint::check(
                "fee_per_word BETWEEN 0 AND 100",
                &["fee_per_word"],
                "fee per word is between 0 and 100",
            ),
            Constraint::check("is_staff IN (0, 1)", &["is_staff"], "is staff is 0 or 1"),
            Constraint::check(
                "joined_on IS date(joined_on)",
                &["joined_on"],
                "the condition holds: joined_on IS date(joined_on)",
            ),
            Constraint::check(
                "length(email) <= 120",
                &["email"],
                "email has at most 120 characters",
            ),
            Constraint::check(
                "length(name) <= 80",
                &["name"],
                "name has at most 80 characters",
            ),
        ],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            author_id: row.get()?,
            name: row.get()?,
            email: row.get()?,
            desk_id: row.get()?,
            editor_id: row.get()?,
            joined_on: row.get()?,
            is_staff: row.get()?,
            fee_per_word: row.get()?,
            portrait: row.get()?,
            biography: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {
        self.author_id
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

/// An author with the labels of the rows that it refers to.
#[derive(Debug, Clone)]
pub struct AuthorWithLabels {
    pub author: Author,
    pub desk: Option<Label<Section>>,
    pub editor: Option<Label<Author>>,
}

impl Select for AuthorWithLabels {
    type Model = Author;

    fn read(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            author: Author::from_row(row)?,
            desk: row.label_opt()?,
            editor: row.label_opt()?,
        })
    }
}

/// An author to be inserted; `None` leaves a column to its default.
#[derive(Debug, Clone)]
pub struct NewAuthor {
    pub name: String,
    pub email: String,
    pub desk_id: Option<i64>,
    pub editor_id: Option<i64>,
    pub joined_on: Option<Date>,
    pub is_staff: Option<bool>,
    pub fee_per_word: Option<f64>,
    pub portrait: Option<Vec<u8>>,
    pub biography: Option<String>,
}

impl Insert for NewAuthor {
    type Model = Author;

    fn changes(self) -> Changes {
        Changes::default()
            .set(Author::NAME, self.name)
            .set(Author::EMAIL, self.email)
            .set(Author::DESK_ID, self.desk_id)
            .set(Author::EDITOR_ID, self.editor_id)
            .set_some(Author::JOINED_ON, self.joined_on)
            .set_some(Author::IS_STAFF, self.is_staff)
            .set_some(Author::FEE_PER_WORD, self.fee_per_word)
            .set(Author::PORTRAIT, self.portrait)
            .set(Author::BIOGRAPHY, self.biography)
    }
}

/// Changes to an author; `None` leaves a column as it is.
#[derive(Debug, Clone, Default)]
pub struct AuthorPatch {
    pub name: Option<String>,
    pub email: Option<String>,
    pub desk_id: Option<Option<i64>>,
    pub editor_id: Option<Option<i64>>,
    pub joined_on: Option<Date>,
    pub is_staff: Option<bool>,
    pub fee_per_word: Option<f64>,
    pub portrait: Option<Option<Vec<u8>>>,
    pub biography: Option<Option<String>>,
}

impl Patch for AuthorPatch {
    type Model = Author;

    fn changes(self) -> Changes {
        Changes::default()
            .set_some(Author::NAME, self.name)
            .set_some(Author::EMAIL, self.email)
            .set_some(Author::DESK_ID, self.desk_id)
            .set_some(Author::EDITOR_ID, self.editor_id)
            .set_some(Author::JOINED_ON, self.joined_on)
            .set_some(Author::IS_STAFF, self.is_staff)
            .set_some(Author::FEE_PER_WORD, self.fee_per_word)
            .set_some(Author::PORTRAIT, self.portrait)
            .set_some(Author::BIOGRAPHY, self.biography)
    }
}
