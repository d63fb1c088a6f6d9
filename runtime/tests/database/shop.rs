//! The smaller tables of the schema `shop`, as they would be emitted.

use umbel::Result;
use umbel::model::{
    BelongsTo, Changes, Column, Constraint, HasMany, Insert, ManyToMany, Model, OnDelete, Patch,
    Table, TableKind,
};
use umbel::row::Row;
use umbel::types::{Date, Numeric, SqlText, Timestamp};

use crate::film::Film;

/// A table of the shop: its struct, its columns and how a row is read.
macro_rules! table {
    (
        $type:ident, $name:literal, $plural:literal, key $key_type:ty = [$($key:ident),*], label $label:expr,
        relations $relations:expr, referrers $referrers:expr, constraints $constraints:expr,
        { $($field:ident / $const:ident: $field_type:ty = $column:expr),* $(,)? }
    ) => {
        #[derive(Debug, Clone, PartialEq)]
        pub struct $type {
            $(pub $field: $field_type),*
        }

        impl $type {
            $(pub const $const: Column<Self, <$field_type as umbel::types::Cell>::Base> = $column;)*
        }

        impl Model for $type {
            type Key = $key_type;

            const TABLE: &'static Table = &Table {
                kind: TableKind::Table,
                schema: "shop",
                name: $name,
                path: concat!("/", $name),
                title: $plural,
                singular: $name,
                indefinite: concat!("a ", $name),
                plural: $plural,
                columns: &[$(Self::$const.def(stringify!($field))),*],
                key: &[$(stringify!($key)),*],
                label: $label,
                sort: "",
                relations: $relations,
                referrers: $referrers,
                scope: None,
                constraints: $constraints,
            };

            fn from_row(row: &mut Row<'_>) -> Result<Self> {
                Ok(Self { $($field: row.get()?),* })
            }

            fn key(&self) -> Self::Key {
                ($(self.$key.clone()),*)
            }
        }
    };
}

table!(Language, "language", "languages", key i32 = [language_id], label &["name"],
relations &[], referrers &[Self::FILMS.def(), Self::HOSTS.def()],
constraints &[Constraint::unique("language_name_key", &["name"])], {
    language_id / LANGUAGE_ID: i32 = Column::new("language_id"),
    name / NAME: String = Column::new("name"),
});

table!(Actor, "actor", "actors", key i32 = [actor_id], label &["first_name", "last_name"],
relations &[], referrers &[Self::FILMS.def()], constraints &[], {
    actor_id / ACTOR_ID: i32 = Column::new("actor_id"),
    first_name / FIRST_NAME: String = Column::new("first_name"),
    last_name / LAST_NAME: String = Column::new("last_name"),
});

table!(Inventory, "inventory", "inventories", key i32 = [inventory_id], label &[],
relations &[Self::FILM.def("Film")], referrers &[], constraints &[], {
    inventory_id / INVENTORY_ID: i32 = Column::new("inventory_id"),
    film_id / FILM_ID: i32 = Column::new("film_id"),
    shelf / SHELF: Option<String> = Column::nullable("shelf \"A\" no"),
});

table!(Day, "day", "days", key (String, Date) = [store, day], label &[],
relations &[], referrers &[], constraints &[], {
    store / STORE: String = Column::new("store"),
    day / DAY: Date = Column::new("day"),
    note / NOTE: Option<String> = Column::nullable("note"),
});

table!(Booking, "booking", "bookings", key i32 = [booking_id], label &[],
relations &[], referrers &[],
constraints &[Constraint::exclusion("booking_overlap", &["room", "during"], "a room is booked once at a time")], {
    booking_id / BOOKING_ID: i32 = Column::new("booking_id"),
    room / ROOM: i32 = Column::new("room"),
    during / DURING: SqlText = Column::new("during"),
});

table!(Payment, "payment", "payments", key (i32, Timestamp) = [payment_id, paid_at], label &[],
relations &[], referrers &[],
constraints &[Constraint::foreign_key("payment_film_id_fkey", &["film_id"])], {
    payment_id / PAYMENT_ID: i32 = Column::new("payment_id"),
    paid_at / PAID_AT: Timestamp = Column::new("paid_at"),
    film_id / FILM_ID: i32 = Column::new("film_id"),
    amount / AMOUNT: Numeric = Column::new("amount"),
});

table!(Host, "host", "hosts", key SqlText = [address], label &[],
relations &[Self::SPOKEN.def("Language")], referrers &[], constraints &[], {
    address / ADDRESS: SqlText = Column::new("address"),
    language / LANGUAGE: Option<String> = Column::nullable("language"),
});

impl Host {
    pub const SPOKEN: BelongsTo<Self, Option<Language>> = BelongsTo::new(&[("language", "name")]);
}

/// A row of `shop.log`, a table without a key.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    pub message: Option<String>,
}

impl Log {
    pub const MESSAGE: Column<Self, String> = Column::nullable("message");
}

impl Model for Log {
    type Key = ();

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "shop",
        name: "log",
        path: "/log",
        title: "Log entries",
        singular: "log entry",
        indefinite: "a log entry",
        plural: "log entries",
        columns: &[Self::MESSAGE.def("Message")],
        key: &[],
        label: &[],
        sort: "",
        relations: &[],
        referrers: &[],
        scope: None,
        constraints: &[],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            message: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {}
}

impl Language {
    pub const FILMS: HasMany<Self, Film> = HasMany::new(
        "Films",
        &[("language_id", "language_id")],
        OnDelete::Restrict,
    );

    pub const HOSTS: HasMany<Self, Host> =
        HasMany::new("Hosts", &[("name", "language")], OnDelete::SetNull);
}

impl Actor {
    pub const FILMS: ManyToMany<Self, Film> = ManyToMany::new(
        "Films",
        "shop",
        "film_actor",
        &[("actor_id", "actor_id")],
        &[("film_id", "film_id")],
    );
}

impl Inventory {
    pub const FILM: BelongsTo<Self, Film> = BelongsTo::new(&[("film_id", "film_id")]);
}

/// What is to be written, whatever the table.
pub struct Write<M>(pub Changes, pub std::marker::PhantomData<fn() -> M>);

impl<M> Write<M> {
    pub fn new(changes: Changes) -> Self {
        Self(changes, std::marker::PhantomData)
    }
}

impl<M: Model> Insert for Write<M> {
    type Model = M;

    fn changes(self) -> Changes {
        self.0
    }
}

impl<M: Model> Patch for Write<M> {
    type Model = M;

    fn changes(self) -> Changes {
        self.0
    }
}
