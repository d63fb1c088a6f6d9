//! Houses, which have a policy: what is secret is for the application alone, and only one's own are changed.

use umbel::Result;
use umbel::db::Actor;
use umbel::model::{
    Changes, Column, Custom, HasMany, Insert, ManyToMany, Model, OnDelete, Patch, Table, TableKind,
};
use umbel::policy::{Action, Policy, Scope};
use umbel::query::Query;
use umbel::row::Row;

use crate::rooms::{Room, Tag};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct House {
    pub(crate) house_id: i32,
    pub(crate) name: String,
    pub(crate) owner: String,
}

impl House {
    pub(crate) const HOUSE_ID: Column<Self, i32> = Column::new("house_id");
    pub(crate) const NAME: Column<Self, String> = Column::new("name");
    pub(crate) const OWNER: Column<Self, String> = Column::new("owner");
    pub(crate) const ROOMS: HasMany<Self, Room> =
        HasMany::new("Rooms", &[("house_id", "house_id")], OnDelete::Restrict);
    pub(crate) const TAGS: ManyToMany<Self, Tag> = ManyToMany::new(
        "Tags",
        "main",
        "house_tag",
        &[("house_id", "house_id")],
        &[("tag_id", "tag_id")],
    );
}

impl Model for House {
    type Key = i32;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "house",
        path: "/house",
        title: "Houses",
        singular: "house",
        indefinite: "a house",
        plural: "houses",
        columns: &[
            Self::HOUSE_ID.def("House ID"),
            Self::NAME.def("Name").searchable(),
            Self::OWNER.def("Owner"),
        ],
        key: &["house_id"],
        label: &["name"],
        sort: "",
        relations: &[],
        referrers: &[Self::ROOMS.def(), Self::TAGS.def()],
        scope: Some(Scope::of::<Self>),
        constraints: &[],
    };

    const CUSTOM: Custom = Custom::NONE.policy::<Self>();

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self {
            house_id: row.get()?,
            name: row.get()?,
            owner: row.get()?,
        })
    }

    fn key(&self) -> i32 {
        self.house_id
    }
}

impl Policy for House {
    fn scope(actor: &Actor, action: Action, houses: Query<Self>) -> Query<Self> {
        if matches!(actor, Actor::System(_)) {
            return houses;
        }
        let houses = houses.filter(Self::NAME.ne("Secret"));
        match action {
            Action::View => houses,
            Action::Add | Action::Change => houses.filter(Self::OWNER.eq("me")),
            Action::Delete => houses.none(),
        }
    }

    fn may(_: &Actor, _: Action, house: &Self) -> bool {
        house.name != "Forbidden"
    }
}

/// What is written into a house.
#[derive(Debug, Clone, Default)]
pub(crate) struct HouseChanges(pub(crate) Changes);

impl HouseChanges {
    pub(crate) fn new(house_id: i32, name: &str, owner: &str) -> Self {
        let changes = Changes::default().set(House::HOUSE_ID, house_id);
        Self(changes).name(name).owner(owner)
    }

    pub(crate) fn name(self, name: &str) -> Self {
        Self(self.0.set(House::NAME, name.to_owned()))
    }

    pub(crate) fn owner(self, owner: &str) -> Self {
        Self(self.0.set(House::OWNER, owner.to_owned()))
    }
}

impl Insert for HouseChanges {
    type Model = House;

    fn changes(self) -> Changes {
        self.0
    }
}

impl Patch for HouseChanges {
    type Model = House;

    fn changes(self) -> Changes {
        self.0
    }
}
