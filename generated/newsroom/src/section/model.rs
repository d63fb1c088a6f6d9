//! The table `main.section`.

use std::fmt;

use umbel::Result;
use umbel::model::{
    BelongsTo, Changes, Column, Constraint, HasMany, Insert, Label, ManyToMany, Model, OnDelete,
    Patch, Select, Table, TableKind,
};
use umbel::row::Row;

use crate::article::Article;
use crate::author::Author;
use crate::edition::Edition;
use crate::subscriber::Subscriber;

/// A row of `main.section`.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    pub section_id: i64,
    pub parent_id: Option<i64>,
    pub name: String,
    pub tone: String,
    pub description: Option<String>,
}

impl Section {
    pub const SECTION_ID: Column<Self, i64> = Column::new("section_id");
    pub const PARENT_ID: Column<Self, i64> = Column::nullable("parent_id");
    pub const NAME: Column<Self, String> = Column::new("name");
    pub const TONE: Column<Self, String> = Column::new("tone");
    pub const DESCRIPTION: Column<Self, String> = Column::nullable("description");

    pub const PARENT: BelongsTo<Self, Option<Section>> =
        BelongsTo::new(&[("parent_id", "section_id")]);
    pub const ARTICLES: HasMany<Self, Article> = HasMany::new(
        "Articles",
        &[("section_id", "section_id")],
        OnDelete::Restrict,
    );
    pub const AUTHORS_BY_DESK: HasMany<Self, Author> = HasMany::new(
        "Authors by desk",
        &[("section_id", "desk_id")],
        OnDelete::SetNull,
    );
    pub const EDITIONS: HasMany<Self, Edition> = HasMany::new(
        "Editions",
        &[("section_id", "section_id")],
        OnDelete::Cascade,
    );
    pub const SECTIONS_BY_PARENT: HasMany<Self, Section> = HasMany::new(
        "Sections by parent",
        &[("section_id", "parent_id")],
        OnDelete::Restrict,
    );
    pub const SUBSCRIBERS: ManyToMany<Self, Subscriber> = ManyToMany::new(
        "Subscribers",
        "main",
        "subscriber_section",
        &[("section_id", "section_id")],
        &[("subscriber_id", "subscriber_id")],
    )
    .on_delete(OnDelete::Cascade);
}

impl Model for Section {
    type Key = i64;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "section",
        path: "/section",
        title: "Sections",
        singular: "section",
        indefinite: "a section",
        plural: "sections",
        columns: &[
            Self::SECTION_ID.def("Section ID"),
            Self::PARENT_ID.def("Parent"),
            Self::NAME.def("Name").searchable(),
            Self::TONE.def("Tone").searchable(),
            Self::DESCRIPTION.def("Description").searchable(),
        ],
        key: &["section_id"],
        label: &["name"],
        sort: "",
        relations: &[Self::PARENT.def("Parent")],
        referrers: &[
            Self::ARTICLES.def(),
            Self::AUTHORS_BY_DESK.def(),
            Self::EDITIONS.def(),
            Self::SECTIONS_BY_PARENT.def(),
            Self::SUBSCRIBERS.def(),
        ],
        scope: None,
        constraints: &[
            Constraint::unique("section_pkey", &["section_id"]),
            Constraint::unique("section_name_key", &["name"]),
            Constraint::foreign_key("section_parent_id_fkey", &["parent_id"]),
            Constraint::check(
                "length(name) <= 60",
                &["name"],
                "name has at most 60 characters",
            ),
            Constraint::check(
                "parent_id <> section_id",
                &["parent_id", "section_id"],
                "parent is different from section id",
            ),
            Constraint::check(
                "tone IN ('neutral', 'warm', 'cool')",
                &["tone"],
                "tone is one of neutral, warm or cool",
            ),
        ],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            section_id: row.get()?,
            parent_id: row.get()?,
            name: row.get()?,
            tone: row.get()?,
            description: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {
        self.section_id
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

/// A section with the labels of the rows that it refers to.
#[derive(Debug, Clone)]
pub struct SectionWithLabels {
    pub section: Section,
    pub parent: Option<Label<Section>>,
}

impl Select for SectionWithLabels {
    type Model = Section;

    fn read(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            section: Section::from_row(row)?,
            parent: row.label_opt()?,
        })
    }
}

/// A section to be inserted; `None` leaves a column to its default.
#[derive(Debug, Clone)]
pub struct NewSection {
    pub parent_id: Option<i64>,
    pub name: String,
    pub tone: Option<String>,
    pub description: Option<String>,
}

impl Insert for NewSection {
    type Model = Section;

    fn changes(self) -> Changes {
        Changes::default()
            .set(Section::PARENT_ID, self.parent_id)
            .set(Section::NAME, self.name)
            .set_some(Section::TONE, self.tone)
            .set(Section::DESCRIPTION, self.description)
    }
}

/// Changes to a section; `None` leaves a column as it is.
#[derive(Debug, Clone, Default)]
pub struct SectionPatch {
    pub parent_id: Option<Option<i64>>,
    pub name: Option<String>,
    pub tone: Option<String>,
    pub description: Option<Option<String>>,
}

impl Patch for SectionPatch {
    type Model = Section;

    fn changes(self) -> Changes {
        Changes::default()
            .set_some(Section::PARENT_ID, self.parent_id)
            .set_some(Section::NAME, self.name)
            .set_some(Section::TONE, self.tone)
            .set_some(Section::DESCRIPTION, self.description)
    }
}
