//! Permissions: what somebody may do with a table at all.

use std::sync::Arc;

use umbel::Error;
use umbel::db::{Actor, Database, Db, Executor};
use umbel::list::List;
use umbel::model::{Changes, DeleteEffect, Insert, Model, Patch, RelatedRows};
use umbel::policy::{Permission, Permissions, User};

use crate::databases::{each, owner};
use crate::houses::House;
use crate::rooms::{NewRoom, Room, RoomPatch, Tag};

const ACTIONS: [&str; 4] = ["view", "add", "change", "delete"];

/// The database, for a user who may do this with tables of these names.
fn user(database: &Database, allowed: &[(&str, &str)]) -> Db {
    let mut permissions = Permissions::default();
    for (table, action) in allowed {
        permissions.allow(Permission {
            schema: "main",
            table,
            action,
        });
    }
    let user = User {
        id: 7,
        login: "mary".to_owned(),
        name: String::new(),
        is_staff: false,
        permissions,
    };
    Db::new(database.clone(), Actor::User(Arc::new(user)))
}

/// A tag, as it is written.
struct Word(i32, &'static str);

impl Insert for Word {
    type Model = Tag;

    fn changes(self) -> Changes {
        let changes = Changes::default().set(Tag::TAG_ID, self.0);
        changes.set(Tag::WORD, self.1.to_owned())
    }
}

impl Patch for Word {
    type Model = Tag;

    fn changes(self) -> Changes {
        Changes::default().set(Tag::WORD, self.1.to_owned())
    }
}

fn is_forbidden<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Forbidden(_)))
}

/// Tries everything with the tags, for a user who may do this with them.
async fn check(database: &Database, allowed: &[&str]) {
    let said: Vec<_> = allowed.iter().map(|action| ("tag", *action)).collect();
    let db = &user(database, &said);
    let may = |action: &str| allowed.contains(&action);
    let sees = may("view") || may("change");
    let seen = if sees { 2 } else { 0 };
    assert_eq!(Tag::query().count(db).await.unwrap(), seen, "{allowed:?}");
    assert_eq!(Tag::query().all(db).await.unwrap().len() as u64, seen);
    assert_eq!(Tag::query().exists(db).await.unwrap(), sees);
    assert_eq!(Tag::find(db, &1).await.is_ok(), sees);
    let page = Tag::query().page::<Tag>(db, List::parse("").unwrap());
    assert_eq!(page.await.unwrap().rows.len() as u64, seen);
    assert_eq!(Tag::ANY.find(db, "1").await.is_ok(), sees);

    let old = Tag::find(database, &1).await.unwrap();
    assert_eq!(Tag::find_versioned(db, &1).await.is_ok(), may("change"));
    assert_eq!(Tag::find_to_delete(db, &1).await.is_ok(), may("delete"));
    let changed = old.update(db, Word(1, "older")).await;
    assert_eq!(is_forbidden(changed), !may("change"));
    let changed = Tag::query().update(db, Word(1, "older")).await;
    assert_eq!(is_forbidden(changed), !may("change"));
    let added = Word(3, "added").insert(db).await;
    assert_eq!(is_forbidden(added), !may("add"));
    let count = Tag::query().count(database).await.unwrap();
    assert_eq!(count, if may("add") { 3 } else { 2 });
    if may("add") {
        let added = Tag::find(database, &3).await.unwrap();
        assert_eq!(is_forbidden(added.delete(db).await), !may("delete"));
        let third = Tag::query().filter(Tag::TAG_ID.eq(3));
        third.delete(database).await.unwrap();
    } else {
        assert_eq!(
            is_forbidden(Tag::query().filter(Tag::TAG_ID.eq(3)).delete(db).await),
            !may("delete")
        );
    }
    let old = Tag::find(database, &1).await.unwrap();
    assert_eq!(old.word == "older", may("change"));
    Tag::query()
        .filter(Tag::TAG_ID.eq(1))
        .update(database, Word(1, "old"))
        .await
        .unwrap();
}

#[tokio::test]
async fn nobody_may_what_is_not_allowed() {
    each(async |database| {
        for subset in 0..16 {
            let is_in = |(at, _): &(usize, &&str)| subset & (1 << at) != 0;
            let allowed = ACTIONS.iter().enumerate().filter(is_in);
            let allowed: Vec<&str> = allowed.map(|(_, action)| *action).collect();
            check(&database, &allowed).await;
        }
    })
    .await;
}

#[tokio::test]
async fn strangers_may_nothing_and_superusers_all() {
    each(async |database| {
        let nobody = Db::new(database.clone(), Actor::nobody());
        assert_eq!(Tag::query().count(&nobody).await.unwrap(), 0);
        assert!(is_forbidden(Word(9, "mine").insert(&nobody).await));
        let db = user(&database, &[]);
        let Some(Actor::User(mary)) = db.actor() else {
            panic!("a user");
        };
        let mut mary = User::clone(mary);
        mary.permissions.is_superuser = true;
        let db = Db::new(database.clone(), Actor::User(Arc::new(mary)));
        assert_eq!(Tag::query().count(&db).await.unwrap(), 2);
        Word(9, "mine").insert(&db).await.unwrap();
        assert_eq!(Tag::query().count(&db).await.unwrap(), 3);
        // Who may everything may it within the policy.
        assert_eq!(House::query().count(&db).await.unwrap(), 2);
    })
    .await;
}

/// What is kept of one visit must not be shown to the next one.
#[tokio::test]
async fn what_one_may_see_is_not_shown_to_another() {
    each(async |database| {
        let all = owner(&database);
        let some = user(&database, &[("room", "view")]);
        for _ in 0..2 {
            for (db, sees) in [(&all, true), (&some, false)] {
                let rooms = Room::query()
                    .order_by(Room::ROOM_ID.asc())
                    .with(Room::HOUSE);
                let rooms = rooms.all(db).await.unwrap();
                assert_eq!((rooms.len(), rooms[0].1.is_some()), (3, sees));
                let hall = Room::find(db, &1).await.unwrap();
                let relations = [Room::TAGS.def()];
                let related = RelatedRows::load(db, &hall, &relations).await.unwrap();
                assert_eq!(related.len(), usize::from(sees), "no word of other tables");
                let tagged = Room::query().filter(Room::TAGS.any(Tag::WORD.eq("old")));
                assert_eq!(tagged.count(db).await.unwrap(), u64::from(sees));
                let tags = Room::query().filter(Room::TAGS.count().gt(0));
                assert_eq!(tags.count(db).await.unwrap(), u64::from(sees));
                let of_mill = Room::query().filter(Room::HOUSE.to(House::NAME).eq("Mill"));
                assert_eq!(of_mill.count(db).await.unwrap(), u64::from(sees));
                let page = Room::query().page::<Room>(db, List::parse("").unwrap());
                assert_eq!(page.await.unwrap().rows.len(), 3);
                let effects = DeleteEffect::preview(db, &hall).await.unwrap();
                assert_eq!(effects.len(), usize::from(sees));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_row_is_led_to_what_is_seen_alone() {
    each(async |database| {
        let may = [("room", "view"), ("room", "add"), ("room", "change")];
        let db = user(&database, &may);
        let added = NewRoom::new(9, "shed", Some(1)).insert(&db).await;
        assert!(matches!(added, Err(Error::Invalid(_))), "{added:?}");
        NewRoom::new(9, "shed", None).insert(&db).await.unwrap();
        let shed = Room::find_versioned(&db, &9).await.unwrap();
        let moved = RoomPatch {
            house_id: Some(Some(1)),
            ..RoomPatch::default()
        };
        let refused = shed.update(&db, moved.clone()).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        let sees = [&may[..], &[("house", "view")]].concat();
        let db = user(&database, &sees);
        let shed = Room::find_versioned(&db, &9).await.unwrap();
        assert_eq!(shed.update(&db, moved).await.unwrap().house_id, Some(1));
    })
    .await;
}
