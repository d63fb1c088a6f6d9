//! An application of two tables, whose command the tests run.

use std::process::ExitCode;

use umbel::model::{Column, Model, Table, TableKind};
use umbel::row::Row;
use umbel::{Result, Site};

#[derive(Clone)]
struct Film {
    film_id: i32,
}

#[derive(Clone)]
struct Language {
    language_id: i32,
}

macro_rules! table {
    ($model:ident $name:literal $key:ident) => {
        impl Model for $model {
            type Key = i32;

            const TABLE: &'static Table = &Table {
                kind: TableKind::Table,
                schema: "main",
                name: $name,
                path: "",
                title: $name,
                singular: $name,
                indefinite: $name,
                plural: $name,
                columns: &[Column::<Self, i32>::new(stringify!($key)).def(stringify!($key))],
                key: &[stringify!($key)],
                label: &[],
                sort: "",
                relations: &[],
                referrers: &[],
                scope: None,
                constraints: &[],
            };

            fn from_row(row: &mut Row<'_>) -> Result<Self> {
                Ok(Self { $key: row.get()? })
            }

            fn key(&self) -> i32 {
                self.$key
            }
        }
    };
}

table!(Film "film" film_id);
table!(Language "language" language_id);

static SITE: Site = Site {
    tables: &[Film::ANY, Language::ANY],
    ..Site::new("shop")
};

fn main() -> ExitCode {
    umbel::run(&SITE)
}
