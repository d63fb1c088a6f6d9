//! The table `main.subscriber`.

use std::fmt;

use umbel::Result;
use umbel::model::{
    Changes, Column, Constraint, Insert, ManyToMany, Model, OnDelete, Patch, Table, TableKind,
};
use umbel::row::Row;
use umbel::types::{Date, DateTime};

use crate::section::Section;

/// A row of `main.subscriber`.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscriber {
    pub subscriber_id: i64,
    pub name: String,
    pub email: String,
    pub plan: String,
    pub price: f64,
    pub born_on: Option<Date>,
    pub subscribed_at: DateTime,
    pub cancelled_at: Option<DateTime>,
}

impl Subscriber {
    pub const SUBSCRIBER_ID: Column<Self, i64> = Column::new("subscriber_id");
    pub const NAME: Column<Self, String> = Column::new("name");
    pub const EMAIL: Column<Self, String> = Column::new("email");
    pub const PLAN: Column<Self, String> = Column::new("plan");
    pub const PRICE: Column<Self, f64> = Column::new("price");
    pub const BORN_ON: Column<Self, Date> = Column::nullable("born_on");
    pub const SUBSCRIBED_AT: Column<Self, DateTime> = Column::new("subscribed_at");
    pub const CANCELLED_AT: Column<Self, DateTime> = Column::nullable("cancelled_at");

    pub const SECTIONS: ManyToMany<Self, Section> = ManyToMany::new(
        "Sections",
        "main",
        "subscriber_section",
        &[("subscriber_id", "subscriber_id")],
        &[("section_id", "section_id")],
    )
    .on_delete(OnDelete::Cascade);
}

impl Model for Subscriber {
    type Key = i64;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "subscriber",
        path: "/subscriber",
        title: "Subscribers",
        singular: "subscriber",
        indefinite: "a subscriber",
        plural: "subscribers",
        columns: &[
            Self::SUBSCRIBER_ID.def("Subscriber ID"),
            Self::NAME.def("Name").searchable(),
            Self::EMAIL.def("Email").searchable(),
            Self::PLAN.def("Plan").searchable(),
            Self::PRICE.def("Price"),
            Self::BORN_ON.def("Born on"),
            Self::SUBSCRIBED_AT.def("Subscribed at"),
            Self::CANCELLED_AT.def("Cancelled at"),
        ],
        key: &["subscriber_id"],
        label: &["name"],
        sort: "",
        relations: &[],
        referrers: &[Self::SECTIONS.def()],
        scope: None,
        constraints: &[
            Constraint::unique("subscriber_pkey", &["subscriber_id"]),
            Constraint::unique("subscriber_email_key", &["email"]),
            Constraint::check(
                "born_on IS date(born_on)",
                &["born_on"],
                "the condition holds: born_on IS date(born_on)",
            ),
            Constraint::check(
                "cancelled_after_subscribing",
                &["cancelled_at", "subscribed_at"],
                "cancelled at is not before subscribed at",
            ),
            Constraint::check(
                "cancelled_at IS datetime(cancelled_at)",
                &["cancelled_at"],
                "the condition holds: cancelled_at IS datetime(cancelled_at)",
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
            Constraint::check(
                "plan IN ('free', 'monthly', 'yearly', 'patron')",
                &["plan"],
                "plan is one of free, monthly, yearly or patron",
            ),
            Constraint::check("price >= 0", &["price"], "price is at least 0"),
            Constraint::check(
                "subscribed_at IS datetime(subscribed_at)",
                &["subscribed_at"],
                "the condition holds: subscribed_at IS datetime(subscribed_at)",
            ),
        ],
    };

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            subscriber_id: row.get()?,
            name: row.get()?,
            email: row.get()?,
            plan: row.get()?,
            price: row.get()?,
            born_on: row.get()?,
            subscribed_at: row.get()?,
            cancelled_at: row.get()?,
        })
    }

    fn key(&self) -> Self::Key {
        self.subscriber_id
    }
}

impl fmt::Display for Subscriber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

/// A subscriber to be inserted; `None` leaves a column to its default.
#[derive(Debug, Clone)]
pub struct NewSubscriber {
    pub name: String,
    pub email: String,
    pub plan: Option<String>,
    pub price: Option<f64>,
    pub born_on: Option<Date>,
    pub subscribed_at: Option<DateTime>,
    pub cancelled_at: Option<DateTime>,
}

impl Insert for NewSubscriber {
    type Model = Subscriber;

    fn changes(self) -> Changes {
        Changes::default()
            .set(Subscriber::NAME, self.name)
            .set(Subscriber::EMAIL, self.email)
            .set_some(Subscriber::PLAN, self.plan)
            .set_some(Subscriber::PRICE, self.price)
            .set(Subscriber::BORN_ON, self.born_on)
            .set_some(Subscriber::SUBSCRIBED_AT, self.subscribed_at)
            .set(Subscriber::CANCELLED_AT, self.cancelled_at)
    }
}

/// Changes to a subscriber; `None` leaves a column as it is.
#[derive(Debug, Clone, Default)]
pub struct SubscriberPatch {
    pub name: Option<String>,
    pub email: Option<String>,
    pub plan: Option<String>,
    pub price: Option<f64>,
    pub born_on: Option<Option<Date>>,
    pub subscribed_at: Option<DateTime>,
    pub cancelled_at: Option<Option<DateTime>>,
}

impl Patch for SubscriberPatch {
    type Model = Subscriber;

    fn changes(self) -> Changes {
        Changes::default()
            .set_some(Subscriber::NAME, self.name)
            .set_some(Subscriber::EMAIL, self.email)
            .set_some(Subscriber::PLAN, self.plan)
            .set_some(Subscriber::PRICE, self.price)
            .set_some(Subscriber::BORN_ON, self.born_on)
            .set_some(Subscriber::SUBSCRIBED_AT, self.subscribed_at)
            .set_some(Subscriber::CANCELLED_AT, self.cancelled_at)
    }
}
