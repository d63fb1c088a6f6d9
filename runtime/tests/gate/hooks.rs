//! Hooks: what a person's own code does when rows are written for somebody.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use umbel::form::Links;
use umbel::model::{Insert, Model};
use umbel::{Error, Result};

use crate::databases::{each, noted, owner, texts};
use crate::rooms::{NewRoom, Room, RoomPatch};

#[tokio::test]
async fn they_run_in_their_order_and_what_is_after_the_commit_once_it_is() {
    each(async |database| {
        let db = owner(&database);
        let links = Links {
            field: "tags",
            added: vec!["1".to_owned(), "2".to_owned()],
            removed: Vec::new(),
        };
        let links = vec![Room::TAGS.changed(links)];
        let room = NewRoom::new(4, "Loft", Some(1))
            .insert_with(&db, links)
            .await
            .unwrap();
        assert_eq!((room.name.as_str(), room.size), ("LOFT", 10));
        let loft = Room::find_versioned(&db, &4).await.unwrap();
        let patch = RoomPatch {
            name: Some("Loggia".to_owned()),
            ..RoomPatch::default()
        };
        assert_eq!(loft.update(&db, patch).await.unwrap().size, 16);
        let attic = Room::find(&db, &3).await.unwrap();
        attic.delete(&db).await.unwrap();
        let expect = [
            "inserted LOFT with 2 tags",
            "kept LOFT",
            "updated LOFT to Loggia",
            "kept Loggia after LOFT",
            "deleted Attic",
            "kept no Attic",
        ];
        assert_eq!(noted(&database).await, expect);
    })
    .await;
}

#[tokio::test]
async fn what_one_of_them_refuses_is_undone_as_a_whole() {
    each(async |database| {
        let db = owner(&database);
        let nothing = NewRoom {
            size: Some(0),
            ..NewRoom::new(4, "Loft", None)
        };
        assert!(matches!(nothing.insert(&db).await, Err(Error::Invalid(_))));
        NewRoom::new(5, "Shed", None).insert(&db).await.unwrap();
        // A check may ask the database, for what is inserted and for what is changed.
        let twice = NewRoom::new(6, "shed", None).insert(&db).await;
        assert!(matches!(twice, Err(Error::Invalid(_))), "{twice:?}");
        let hall = Room::find(&db, &1).await.unwrap();
        let patch = RoomPatch {
            name: Some("Shed".to_owned()),
            ..RoomPatch::default()
        };
        assert!(matches!(
            hall.update(&db, patch).await,
            Err(Error::Invalid(_))
        ));
        assert_eq!(
            texts(&database, Room::NAME, |room| &room.name).await,
            "Attic Hall SHED Vault"
        );
        assert_eq!(
            noted(&database).await,
            ["inserted SHED with 0 tags", "kept SHED"]
        );
    })
    .await;
}

#[tokio::test]
async fn one_may_do_something_else_instead_of_deleting() {
    each(async |database| {
        let db = owner(&database);
        let hall = Room::find(&db, &1).await.unwrap();
        hall.delete(&db).await.unwrap();
        assert_eq!(Room::find(&db, &1).await.unwrap().size, -1);
        assert!(noted(&database).await.is_empty(), "it was not deleted");
        // Several at once, too.
        let large = Room::query().filter(Room::ROOM_ID.in_([1, 3]));
        assert_eq!(large.delete(&db).await.unwrap(), 2);
        assert_eq!(
            texts(&database, Room::NAME, |room| &room.name).await,
            "Hall Vault"
        );
    })
    .await;
}

#[tokio::test]
async fn they_have_no_say_in_what_is_done_for_nobody() {
    each(async |database| {
        let db = owner(&database);
        let room = NewRoom::new(4, "Loft", Some(2))
            .insert(db.raw())
            .await
            .unwrap();
        assert_eq!(room.name, "Loft");
        let within =
            db.transaction(
                |tx| async move { NewRoom::new(5, "Shed", Some(2)).insert(&tx.raw()).await },
            );
        assert_eq!(within.await.unwrap().name, "Shed");
        assert!(noted(&database).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_to_be_done_after_a_commit_is_not_done_for_what_is_undone() {
    each(async |database| {
        let db = owner(&database);
        let all = Arc::new(AtomicU32::new(0));
        let done = &*all;
        let add = |number: u32| {
            let done = Arc::clone(&all);
            async move {
                done.fetch_add(number, Ordering::SeqCst);
            }
        };
        let failed: Result<()> = db
            .transaction(|tx| async move {
                tx.after_commit(add(1));
                Err(Error::NotFound)
            })
            .await;
        assert!(failed.is_err());
        db.transaction(|tx| async move {
            tx.after_commit(add(10));
            tx.transaction(|part| async move {
                part.after_commit(add(100));
                Ok(())
            })
            .await?;
            let undone: Result<()> = tx
                .transaction(|part| async move {
                    part.transaction(|inner| async move {
                        inner.after_commit(add(1000));
                        Ok(())
                    })
                    .await?;
                    Err(Error::NotFound)
                })
                .await;
            assert!(undone.is_err());
            assert_eq!(done.load(Ordering::SeqCst), 0, "not before");
            Ok(())
        })
        .await
        .unwrap();
        assert_eq!(done.load(Ordering::SeqCst), 110);
    })
    .await;
}
