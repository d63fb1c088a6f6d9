//! Two tables, as they would be emitted.

use umbel::Result;
use umbel::model::{BelongsTo, Column, HasMany, Model, OnDelete, Table, TableKind};
use umbel::row::Row;
use umbel::types::Json;

macro_rules! table {
    ($model:ident $name:literal $id:ident) => {
        impl Model for $model {
            type Key = i32;

            const TABLE: &'static Table = &Table {
                kind: TableKind::Table,
                schema: "shop",
                name: $name,
                path: "",
                title: $name,
                singular: $name,
                indefinite: $name,
                plural: $name,
                columns: &[],
                key: &[],
                label: &[],
                sort: "",
                relations: &[],
                referrers: &[],
                scope: None,
                constraints: &[],
            };

            fn from_row(row: &mut Row<'_>) -> Result<Self> {
                Ok(Self { $id: row.get()? })
            }

            fn key(&self) -> i32 {
                self.$id
            }
        }
    };
}

#[derive(Debug, Clone)]
pub struct Film {
    pub film_id: i32,
}

#[derive(Debug, Clone)]
pub struct Language {
    pub language_id: i32,
}

table!(Film "film" film_id);
table!(Language "language" language_id);

impl Film {
    pub const TITLE: Column<Self, String> = Column::new("title");
    pub const LENGTH: Column<Self, i32> = Column::new("length");
    pub const NOTES: Column<Self, Json> = Column::new("notes");
    pub const LANGUAGE: BelongsTo<Self, Language> = BelongsTo::new(&[("language_id", "language_id")]);
}

impl Language {
    pub const NAME: Column<Self, String> = Column::new("name");
    pub const FILMS: HasMany<Self, Film> =
        HasMany::new("Films", &[("language_id", "language_id")], OnDelete::Restrict);
}
