//! The table `main.edition`.

use std::fmt;

use umbel::Result;
use umbel::model::{
    BelongsTo, Changes, Column, Constraint, Insert, Label, Model, Patch, Select, Table, TableKind,
};
use umbel::row::Row;
use umbel::types::{Date, Time};

use crate::article::Article;
use crate::section::Section;

/// A row of `main.edition`.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    pub day: Date,
    pub slot: String,
    pub section_id: i64,
    pub article_id: Option<i64>,
    pub goes_out_at: Time,
    pub note: Option<String>,
}

impl Edition {
    pub const DAY: Column<Self, Date> = Column::new("day");
    pub const SLOT: Column<Self, String> = Column::new("slot");
    pub const SECTION_ID: Column<Self, i64> = Column::new("section_id");
    pub const ARTICLE_ID: Column<Self, i64> = Column::nullable("article_id");
    pub const GOES_OUT_AT: Column<Self, Time> = Column::new("goes_out_at");
    pub const NOTE: Column<Self, String> = Column::nullable("note");

    pub const ARTICLE: BelongsTo<Self, Option<Article>> =
        BelongsTo::new(&[("article_id", "article_id")]);
    pub const SECTION: BelongsTo<Self, Section> = BelongsTo::new(&[("section_id", "section_id")]);
}

impl Model for Edition {
    type Key = (Date, String, i64);

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "edition",
        path: "/edition",
        title: "Editions",
        singular: "edition",
        indefinite: "an edition",
        plural: "editions",
        columns: &[
            Self::DAY.def("Day"),
            Self::SLOT.def("Slot").searchable(),
            Self::SECTION_ID.def("Section"),
            Self::ARTICLE_ID.def("Article"),
            Self::GOES_OUT_AT.def("Goes out at"),
            Self::NOTE.def("Note").searchable(),
        ],
        key: &["day", "slot", "section_id"],
        label: &[],
        sort: "",
        relations: &[Self::ARTICLE.def("Article"), Self::SECTION.def("Section")],
        referrers: &[],
        scope: None,
        constraints: &[
            Constraint::unique("edition_pkey", &["day", "slot", "section_id"]),
            Constraint::foreign_key("edition_article_id_fkey", &["article_id"]),
            Constraint::foreign_key("edition_section_id_fkey", &["section_id"]),
            Constraint::check(
                "day IS date(day)",
                &["day"],
                "the condition holds: day IS date(day)",
            ),
            Constraint::check(
                "goes_out_at IS time(goes_out_at)",
                &["goes_out_at"],
                "the condition holds: goes_out_at IS time(goes_out_at)",
            ),
            Constraint::check(
                "slot IN ('morning', 'evening')",
                &["slot"],
                "slot is morning or evening",
            ),
        ],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            day: row.get()?,
            slot: row.get()?,
            section_id: row.get()?,
            article_id: row.get()?,
            goes_out_at: row.get()?,
            note: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {
        (self.day, self.slot.clone(), self.section_id)
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "edition {}, {}, {}",
            self.day, self.slot, self.section_id
        )
    }
}

/// An edition with the labels of the rows that it refers to.
#[derive(Debug, Clone)]
pub struct EditionWithLabels {
    pub edition: Edition,
    pub article: Option<Label<Article>>,
    pub section: Label<Section>,
}

impl Select for EditionWithLabels {
    type Model = Edition;

    fn read(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            edition: Edition::from_row(row)?,
            article: row.label_opt()?,
            section: row.label()?,
        })
    }
}

/// An edition to be inserted.
#[derive(Debug, Clone)]
pub struct NewEdition {
    pub day: Date,
    pub slot: String,
    pub section_id: i64,
    pub article_id: Option<i64>,
    pub goes_out_at: Time,
    pub note: Option<String>,
}

impl Insert for NewEdition {
    type Model = Edition;

    fn changes(self) -> Changes {
        Changes::default()
            .set(Edition::DAY, self.day)
            .set(Edition::SLOT, self.slot)
            .set(Edition::SECTION_ID, self.section_id)
            .set(Edition::ARTICLE_ID, self.article_id)
            .set(Edition::GOES_OUT_AT, self.goes_out_at)
            .set(Edition::NOTE, self.note)
    }
}

/// Changes to an edition; `None` leaves a column as it is.
#[derive(Debug, Clone, Default)]
pub struct EditionPatch {
    pub day: Option<Date>,
    pub slot: Option<String>,
    pub section_id: Option<i64>,
    pub article_id: Option<Option<i64>>,
    pub goes_out_at: Option<Time>,
    pub note: Option<Option<String>>,
}

impl Patch for EditionPatch {
    type Model = Edition;

    fn changes(self) -> Changes {
        Changes::default()
            .set_some(Edition::DAY, self.day)
            .set_some(Edition::SLOT, self.slot)
            .set_some(Edition::SECTION_ID, self.section_id)
            .set_some(Edition::ARTICLE_ID, self.article_id)
            .set_some(Edition::GOES_OUT_AT, self.goes_out_at)
            .set_some(Edition::NOTE, self.note)
    }
}
