//! The tables of the schema, as they would be emitted.

use umbel::Result;
use umbel::model::{
    BelongsTo, Changes, Column, Constraint, HasMany, Insert, Label, Model, OnDelete, Patch,
    RelationDef, Select, Table, TableKind,
};
use umbel::row::Row;
use umbel::types::{DateTime, Decimal, Unchecked};

/// A row of `main.language`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Language {
    pub(crate) language_id: i64,
    pub(crate) name: String,
}

impl Language {
    pub(crate) const LANGUAGE_ID: Column<Self, i64> = Column::new("language_id");
    pub(crate) const NAME: Column<Self, String> = Column::new("name");

    pub(crate) const FILMS: HasMany<Self, Film> = HasMany::new(
        "Films",
        &[("language_id", "language_id")],
        OnDelete::Restrict,
    );
}

impl Model for Language {
    type Key = i64;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "language",
        path: "/language",
        title: "Languages",
        singular: "language",
        indefinite: "a language",
        plural: "languages",
        columns: &[Self::LANGUAGE_ID.def("Language ID"), Self::NAME.def("Name")],
        key: &["language_id"],
        label: &["name"],
        sort: "",
        relations: &[],
        referrers: &[Self::FILMS.def()],
        scope: None,
        constraints: &[Constraint::unique("language_name_key", &["name"])],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            language_id: row.get()?,
            name: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {
        self.language_id
    }
}

/// A row of `main.film`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Film {
    pub(crate) film_id: i64,
    pub(crate) title: String,
    pub(crate) year: Option<Unchecked<i64>>,
    pub(crate) length: Option<Unchecked<i64>>,
    pub(crate) price: Option<Unchecked<Decimal>>,
    pub(crate) seen: Option<Unchecked<DateTime>>,
    pub(crate) language_id: Unchecked<i64>,
    pub(crate) sequel_of: Option<Unchecked<i64>>,
}

impl Film {
    pub(crate) const FILM_ID: Column<Self, i64> = Column::new("film_id");
    pub(crate) const TITLE: Column<Self, String> = Column::new("title");
    pub(crate) const YEAR: Column<Self, i64> = Column::nullable("year");
    pub(crate) const LENGTH: Column<Self, i64> = Column::nullable("length");
    pub(crate) const PRICE: Column<Self, Decimal> = Column::nullable("price");
    pub(crate) const SEEN: Column<Self, DateTime> = Column::nullable("seen");
    pub(crate) const LANGUAGE_ID: Column<Self, i64> = Column::new("language_id");
    pub(crate) const SEQUEL_OF: Column<Self, i64> = Column::nullable("sequel_of");

    pub(crate) const LANGUAGE: BelongsTo<Self, Language> =
        BelongsTo::new(&[("language_id", "language_id")]);
    pub(crate) const FIRST: BelongsTo<Self, Option<Film>> =
        BelongsTo::new(&[("sequel_of", "film_id")]);
    pub(crate) const SEQUELS: HasMany<Self, Film> =
        HasMany::new("Sequels", &[("film_id", "sequel_of")], OnDelete::Cascade);
}

impl Model for Film {
    type Key = i64;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "film",
        path: "/film",
        title: "Films",
        singular: "film",
        indefinite: "a film",
        plural: "films",
        columns: &[
            Self::FILM_ID.def("Film ID"),
            Self::TITLE.def("Title").searchable(),
            Self::YEAR.def("Year"),
            Self::LENGTH.def("Length"),
            Self::PRICE.def("Price"),
            Self::SEEN.def("Seen"),
            Self::LANGUAGE_ID.def("Language"),
            Self::SEQUEL_OF.def("Sequel of"),
        ],
        key: &["film_id"],
        label: &["title"],
        sort: "",
        relations: &[Self::LANGUAGE.def("Language"), Self::FIRST.def("First")],
        referrers: &[Self::SEQUELS.def()],
        scope: None,
        constraints: &[
            Constraint::unique("film_title_year_key", &["title", "year"]),
            Constraint::unique("by_lower_title", &["title"]),
            Constraint::foreign_key("film_language_id_fkey", &["language_id"]),
            Constraint::check("length > 0", &["length"], "length is greater than 0"),
            Constraint::check("cheap", &["price"], "price is less than 100"),
        ],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            film_id: row.get()?,
            title: row.get()?,
            year: row.get()?,
            length: row.get()?,
            price: row.get()?,
            seen: row.get()?,
            language_id: row.get()?,
            sequel_of: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {
        self.film_id
    }
}

/// A film with the label of its language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FilmWithLabels {
    pub(crate) film: Film,
    pub(crate) language: Label<Language>,
}

impl Select for FilmWithLabels {
    type Model = Film;

    const LABELS: &'static [RelationDef] = &[Film::LANGUAGE.def("Language")];

    fn read(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            film: Film::from_row(row)?,
            language: row.label()?,
        })
    }
}

/// Changes to a film, or a film to be inserted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Write(pub(crate) Changes);

impl Insert for Write {
    type Model = Film;

    fn changes(self) -> Changes {
        self.0
    }
}

impl Patch for Write {
    type Model = Film;

    fn changes(self) -> Changes {
        self.0
    }
}

/// A film with a title, in English.
pub(crate) fn film(title: &str) -> Changes {
    Changes::default()
        .set(Film::TITLE, title.to_owned())
        .set(Film::LANGUAGE_ID, 1)
}
