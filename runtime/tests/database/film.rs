//! The table `shop.film`, as it would be emitted.

use umbel::Result;
use umbel::model::{
    BelongsTo, Changes, Column, Constraint, HasMany, Insert, Label, ManyToMany, Model, OnDelete,
    Patch, RelationDef, Select, Table, TableKind,
};
use umbel::row::Row;
use umbel::types::{Decimal, Enum, SqlText, Timestamp};

use crate::shop::{Actor, Inventory, Language};

/// The enum `shop.rating`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Rating {
    G,
    #[cfg_attr(feature = "serde", serde(rename = "PG"))]
    Pg,
    #[cfg_attr(feature = "serde", serde(rename = "PG-13"))]
    Pg13,
}

impl Enum for Rating {
    const NAME: &'static str = "shop.rating";
    const VALUES: &'static [(Self, &'static str)] =
        &[(Self::G, "G"), (Self::Pg, "PG"), (Self::Pg13, "PG-13")];
}

/// A row of `shop.film`.
#[derive(Debug, Clone, PartialEq)]
pub struct Film {
    pub film_id: i32,
    pub title: String,
    pub description: Option<String>,
    pub release_year: Option<i32>,
    pub language_id: i32,
    pub original_language_id: Option<i32>,
    pub rental_rate: Decimal,
    pub length: Option<i32>,
    pub rating: Option<Rating>,
    pub last_update: Timestamp,
    pub special_features: Option<Vec<String>>,
    pub fulltext: SqlText,
}

impl Film {
    pub const FILM_ID: Column<Self, i32> = Column::new("film_id");
    pub const TITLE: Column<Self, String> = Column::new("title");
    pub const DESCRIPTION: Column<Self, String> = Column::nullable("description");
    pub const RELEASE_YEAR: Column<Self, i32> = Column::nullable("release_year");
    pub const LANGUAGE_ID: Column<Self, i32> = Column::new("language_id");
    pub const ORIGINAL_LANGUAGE_ID: Column<Self, i32> = Column::nullable("original_language_id");
    pub const RENTAL_RATE: Column<Self, Decimal> = Column::new("rental_rate");
    pub const LENGTH: Column<Self, i32> = Column::nullable("length");
    pub const RATING: Column<Self, Rating> = Column::nullable("rating");
    pub const LAST_UPDATE: Column<Self, Timestamp> = Column::new("last_update");
    pub const SPECIAL_FEATURES: Column<Self, Vec<String>> = Column::nullable("special_features");
    pub const FULLTEXT: Column<Self, SqlText> = Column::new("fulltext");

    pub const LANGUAGE: BelongsTo<Self, Language> =
        BelongsTo::new(&[("language_id", "language_id")]);
    pub const ORIGINAL_LANGUAGE: BelongsTo<Self, Option<Language>> =
        BelongsTo::new(&[("original_language_id", "language_id")]);
    pub const INVENTORIES: HasMany<Self, Inventory> =
        HasMany::new("Inventories", &[("film_id", "film_id")], OnDelete::Restrict);
    pub const ACTORS: ManyToMany<Self, Actor> = ManyToMany::new(
        "Actors",
        "shop",
        "film_actor",
        &[("film_id", "film_id")],
        &[("actor_id", "actor_id")],
    )
    .on_delete(OnDelete::Cascade);
}

impl Model for Film {
    type Key = i32;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "shop",
        name: "film",
        path: "/film",
        title: "Films",
        singular: "film",
        indefinite: "a film",
        plural: "films",
        columns: &[
            Self::FILM_ID.def("Film id"),
            Self::TITLE.def("Title"),
            Self::DESCRIPTION.def("Description").searchable(),
            Self::RELEASE_YEAR.def("Release year"),
            Self::LANGUAGE_ID.def("Language"),
            Self::ORIGINAL_LANGUAGE_ID.def("Original language"),
            Self::RENTAL_RATE.def("Rental rate"),
            Self::LENGTH.def("Length"),
            Self::RATING.def("Rating"),
            Self::LAST_UPDATE.def("Last update"),
            Self::SPECIAL_FEATURES.def("Special features"),
            Self::FULLTEXT.def("Fulltext"),
        ],
        key: &["film_id"],
        label: &["title"],
        sort: "",
        relations: &[
            Self::LANGUAGE.def("Language"),
            Self::ORIGINAL_LANGUAGE.def("Original language"),
        ],
        referrers: &[Self::INVENTORIES.def(), Self::ACTORS.def()],
        scope: None,
        constraints: &[
            Constraint::unique("film_pkey", &["film_id"]),
            Constraint::unique("film_title_year_key", &["title", "release_year"]),
            Constraint::foreign_key("film_language_id_fkey", &["language_id"]),
            Constraint::check("film_length_check", &["length"], "length is greater than 0"),
        ],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            film_id: row.get()?,
            title: row.get()?,
            description: row.get()?,
            release_year: row.get()?,
            language_id: row.get()?,
            original_language_id: row.get()?,
            rental_rate: row.get()?,
            length: row.get()?,
            rating: row.get()?,
            last_update: row.get()?,
            special_features: row.get()?,
            fulltext: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {
        self.film_id
    }
}

/// A film with the labels of the rows that it refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct FilmWithLabels {
    pub film: Film,
    pub language: Label<Language>,
    pub original_language: Option<Label<Language>>,
}

impl Select for FilmWithLabels {
    type Model = Film;

    const LABELS: &'static [RelationDef] = &[
        Film::LANGUAGE.def("Language"),
        Film::ORIGINAL_LANGUAGE.def("Original language"),
    ];

    fn read(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            film: Film::from_row(row)?,
            language: row.label()?,
            original_language: row.label_opt()?,
        })
    }
}

/// A film to be inserted; `None` leaves a column to its default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewFilm {
    pub title: String,
    pub description: Option<String>,
    pub release_year: Option<i32>,
    pub language_id: i32,
    pub original_language_id: Option<i32>,
    pub rental_rate: Option<Decimal>,
    pub length: Option<i32>,
    pub rating: Option<Option<Rating>>,
    pub last_update: Option<Timestamp>,
    pub special_features: Option<Vec<String>>,
    pub fulltext: Option<SqlText>,
}

impl Insert for NewFilm {
    type Model = Film;

    fn changes(self) -> Changes {
        Changes::default()
            .set(Film::TITLE, self.title)
            .set(Film::DESCRIPTION, self.description)
            .set(Film::RELEASE_YEAR, self.release_year)
            .set(Film::LANGUAGE_ID, self.language_id)
            .set(Film::ORIGINAL_LANGUAGE_ID, self.original_language_id)
            .set_some(Film::RENTAL_RATE, self.rental_rate)
            .set(Film::LENGTH, self.length)
            .set_some(Film::RATING, self.rating)
            .set_some(Film::LAST_UPDATE, self.last_update)
            .set(Film::SPECIAL_FEATURES, self.special_features)
            .set_some(Film::FULLTEXT, self.fulltext)
    }
}

/// Changes to a film; `None` leaves a column as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FilmPatch {
    pub title: Option<String>,
    pub description: Option<Option<String>>,
    pub language_id: Option<i32>,
    pub rental_rate: Option<Decimal>,
    pub length: Option<Option<i32>>,
    pub rating: Option<Option<Rating>>,
    pub fulltext: Option<SqlText>,
}

impl Patch for FilmPatch {
    type Model = Film;

    fn changes(self) -> Changes {
        Changes::default()
            .set_some(Film::TITLE, self.title)
            .set_some(Film::DESCRIPTION, self.description)
            .set_some(Film::LANGUAGE_ID, self.language_id)
            .set_some(Film::RENTAL_RATE, self.rental_rate)
            .set_some(Film::LENGTH, self.length)
            .set_some(Film::RATING, self.rating)
            .set_some(Film::FULLTEXT, self.fulltext)
    }
}
