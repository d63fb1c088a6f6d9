//! Rooms, which have hooks; their tags; and what the hooks note.

use umbel::db::{Db, Executor, Transaction};
use umbel::hooks::{Change, Deletion, FromChanges, Hooks};
use umbel::model::{
    BelongsTo, Changes, Column, Custom, Insert, ManyToMany, Model, Patch, Table, TableKind,
};
use umbel::row::Row;
use umbel::{FieldErrors, Result};

use crate::houses::House;

/// A table: its struct, its columns, how a row is read and what is written.
macro_rules! table {
    (
        $type:ident $name:literal key $key:ident, relations $relations:expr, referrers $referrers:expr, custom $custom:expr,
        { $($field:ident / $const:ident: $field_type:ty = $column:expr),* $(,)? }
    ) => {
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct $type {
            $(pub(crate) $field: $field_type),*
        }

        impl $type {
            $(pub(crate) const $const: Column<Self, <$field_type as umbel::types::Cell>::Base> = $column;)*
        }

        impl Model for $type {
            type Key = i32;

            const TABLE: &'static Table = &Table {
                kind: TableKind::Table,
                schema: "main",
                name: $name,
                path: concat!("/", $name),
                title: $name,
                singular: $name,
                indefinite: concat!("a ", $name),
                plural: concat!($name, "s"),
                columns: &[$(Self::$const.def(stringify!($field))),*],
                key: &[stringify!($key)],
                label: &[],
                sort: "",
                relations: $relations,
                referrers: $referrers,
                scope: None,
                constraints: &[],
            };

            const CUSTOM: Custom = $custom;

            fn from_row(row: &mut Row<'_>) -> Result<Self> {
                Ok(Self { $($field: row.get()?),* })
            }

            fn key(&self) -> i32 {
                self.$key
            }
        }
    };
}

table!(Room "room" key room_id, relations &[Self::HOUSE.def("House")], referrers &[Self::TAGS.def()],
custom Custom::NONE.hooks::<Self>(), {
    room_id / ROOM_ID: i32 = Column::new("room_id"),
    name / NAME: String = Column::new("name"),
    house_id / HOUSE_ID: Option<i32> = Column::nullable("house_id"),
    size / SIZE: i32 = Column::new("size"),
});

table!(Tag "tag" key tag_id, relations &[], referrers &[Self::HOUSES.def(), Self::ROOMS.def()], custom Custom::NONE, {
    tag_id / TAG_ID: i32 = Column::new("tag_id"),
    word / WORD: String = Column::new("word"),
});

table!(Audit "audit" key audit_id, relations &[], referrers &[], custom Custom::NONE, {
    audit_id / AUDIT_ID: i32 = Column::new("audit_id"),
    line / LINE: String = Column::new("line"),
});

impl Room {
    pub(crate) const HOUSE: BelongsTo<Self, Option<House>> =
        BelongsTo::new(&[("house_id", "house_id")]);
    pub(crate) const TAGS: ManyToMany<Self, Tag> = ManyToMany::new(
        "Tags",
        "main",
        "room_tag",
        &[("room_id", "room_id")],
        &[("tag_id", "tag_id")],
    );
}

impl Tag {
    pub(crate) const HOUSES: ManyToMany<Self, House> = ManyToMany::new(
        "Houses",
        "main",
        "house_tag",
        &[("tag_id", "tag_id")],
        &[("house_id", "house_id")],
    );
    pub(crate) const ROOMS: ManyToMany<Self, Room> = ManyToMany::new(
        "Rooms",
        "main",
        "room_tag",
        &[("tag_id", "tag_id")],
        &[("room_id", "room_id")],
    );
}

#[derive(Debug, Clone)]
pub(crate) struct NewRoom {
    pub(crate) room_id: i32,
    pub(crate) name: String,
    pub(crate) house_id: Option<i32>,
    pub(crate) size: Option<i32>,
}

impl NewRoom {
    pub(crate) fn new(room_id: i32, name: &str, house_id: Option<i32>) -> Self {
        let (name, size) = (name.to_owned(), None);
        Self {
            room_id,
            name,
            house_id,
            size,
        }
    }
}

impl Insert for NewRoom {
    type Model = Room;

    fn changes(self) -> Changes {
        Changes::default()
            .set(Room::ROOM_ID, self.room_id)
            .set(Room::NAME, self.name)
            .set(Room::HOUSE_ID, self.house_id)
            .set_some(Room::SIZE, self.size)
    }
}

impl FromChanges for NewRoom {
    fn from_changes(changes: &mut Changes) -> Result<Self> {
        Ok(Self {
            room_id: changes.require(Room::ROOM_ID)?,
            name: changes.require(Room::NAME)?,
            house_id: changes.require(Room::HOUSE_ID)?,
            size: changes.take(Room::SIZE)?,
        })
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct RoomPatch {
    pub(crate) name: Option<String>,
    pub(crate) house_id: Option<Option<i32>>,
    pub(crate) size: Option<i32>,
}

impl Patch for RoomPatch {
    type Model = Room;

    fn changes(self) -> Changes {
        Changes::default()
            .set_some(Room::NAME, self.name)
            .set_some(Room::HOUSE_ID, self.house_id)
            .set_some(Room::SIZE, self.size)
    }
}

impl FromChanges for RoomPatch {
    fn from_changes(changes: &mut Changes) -> Result<Self> {
        Ok(Self {
            name: changes.take(Room::NAME)?,
            house_id: changes.take(Room::HOUSE_ID)?,
            size: changes.take(Room::SIZE)?,
        })
    }
}

impl Hooks for Room {
    type New = NewRoom;
    type Patch = RoomPatch;

    async fn validate(tx: &Transaction, new: &NewRoom) -> Result<()> {
        let same = Self::query().filter(Self::NAME.eq(new.name.to_uppercase()));
        let other = same.filter(Self::ROOM_ID.ne(new.room_id));
        match other.exists(tx).await? {
            true => Err(FieldErrors::at("name", "There is such a room").into()),
            false => Ok(()),
        }
    }

    async fn before_insert(_: &Transaction, new: &mut NewRoom) -> Result<()> {
        new.name = new.name.to_uppercase();
        Ok(())
    }

    async fn after_insert(tx: &Transaction, room: &Self) -> Result<()> {
        let tags = Self::TAGS.of(room)?.count(tx).await?;
        note(tx, format!("inserted {} with {tags} tags", room.name)).await?;
        match room.size {
            0 => Err(FieldErrors::at("size", "is nothing").into()),
            _ => Ok(()),
        }
    }

    async fn before_update(_: &Transaction, room: &Self, patch: &mut RoomPatch) -> Result<()> {
        if let Some(name) = &patch.name {
            patch.size = Some(room.size + name.len() as i32);
        }
        Ok(())
    }

    async fn after_update(tx: &Transaction, before: &Self, after: &Self) -> Result<()> {
        note(tx, format!("updated {} to {}", before.name, after.name)).await
    }

    async fn before_delete(tx: &Transaction, room: &Self) -> Result<Deletion> {
        if room.name != "Hall" {
            return Ok(Deletion::Proceed);
        }
        let gone = RoomPatch {
            size: Some(-1),
            ..RoomPatch::default()
        };
        room.update(&tx.raw(), gone).await?;
        Ok(Deletion::Replaced)
    }

    async fn after_delete(tx: &Transaction, room: &Self) -> Result<()> {
        note(tx, format!("deleted {}", room.name)).await
    }

    async fn after_commit(db: Db, change: Change<Self>) {
        let line = match change {
            Change::Inserted(room) => format!("kept {}", room.name),
            Change::Updated { before, after } => {
                format!("kept {} after {}", after.name, before.name)
            }
            Change::Deleted(room) => format!("kept no {}", room.name),
        };
        note(&db, line).await.unwrap();
    }
}

async fn note(db: &dyn Executor, line: String) -> Result<()> {
    let audit_id = Audit::query().count(db).await? as i32;
    NewAudit { audit_id, line }.insert(db).await?;
    Ok(())
}

struct NewAudit {
    audit_id: i32,
    line: String,
}

impl Insert for NewAudit {
    type Model = Audit;

    fn changes(self) -> Changes {
        Changes::default()
            .set(Audit::AUDIT_ID, self.audit_id)
            .set(Audit::LINE, self.line)
    }
}
