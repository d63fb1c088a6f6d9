//! Policies: with which rows somebody may do what.

use umbel::Error;
use umbel::db::{Actor, Db};
use umbel::form::Links;
use umbel::list::List;
use umbel::model::{DeleteEffect, Insert, Label, Model, RelatedRows};

use crate::databases::{each, owner, texts};
use crate::houses::{House, HouseChanges};
use crate::rooms::{NewRoom, Room, RoomPatch, Tag};

#[tokio::test]
async fn what_may_not_be_seen_is_not_there() {
    each(async |database| {
        let db = owner(&database);
        assert_eq!(
            texts(&db, House::NAME, |house| &house.name).await,
            "Mill Tower"
        );
        assert_eq!(House::query().count(&db).await.unwrap(), 2);
        assert!(
            !House::query()
                .filter(House::NAME.eq("Secret"))
                .exists(&db)
                .await
                .unwrap()
        );
        assert!(matches!(House::find(&db, &2).await, Err(Error::NotFound)));
        let page = House::query()
            .page::<House>(&db, List::parse("").unwrap())
            .await
            .unwrap();
        assert_eq!(
            (page.rows.len(), page.count.to_string().as_str()),
            (2, "2 houses")
        );
        let page = House::query()
            .page::<House>(&db, List::parse("q=Secret").unwrap())
            .await
            .unwrap();
        assert!(page.rows.is_empty());
        // For nobody, and for whom the policy allows it, all are there.
        assert_eq!(House::query().count(db.raw()).await.unwrap(), 3);
        let nightly = Db::new(database.clone(), Actor::System("nightly"));
        assert_eq!(House::query().count(&nightly).await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn what_may_not_be_seen_is_not_named_counted_or_guessed_elsewhere() {
    each(async |database| {
        let db = owner(&database);
        // As the row that another refers to.
        let rooms = Room::query()
            .order_by(Room::ROOM_ID.asc())
            .with(Room::HOUSE);
        let rooms = rooms.all(&db).await.unwrap();
        let names = rooms
            .iter()
            .map(|(_, house)| house.as_ref().map(|house| house.name.as_str()));
        assert_eq!(
            names.collect::<Vec<_>>(),
            [Some("Mill"), None, Some("Tower")]
        );
        let labelled = Room::find_as::<RoomWithLabels>(&db, &2).await.unwrap();
        assert_eq!(
            labelled.house.unwrap().text,
            "2",
            "what the key holds, not the name"
        );
        // By a condition.
        let of_secret = Room::query().filter(Room::HOUSE.to(House::NAME).eq("Secret"));
        assert_eq!(of_secret.count(&db).await.unwrap(), 0);
        assert_eq!(of_secret.count(db.raw()).await.unwrap(), 1);
        let named = Tag::query().filter(Tag::HOUSES.any(House::NAME.eq("Secret")));
        assert_eq!(named.clone().delete(&db).await.unwrap(), 0);
        assert_eq!(named.count(db.raw()).await.unwrap(), 1);
        // As one of many.
        let tag = Tag::find(&db, &1).await.unwrap();
        let with = Tag::query().filter(Tag::TAG_ID.eq(1)).with(Tag::HOUSES);
        assert_eq!(with.one(&db).await.unwrap().1.len(), 1);
        assert_eq!(Tag::HOUSES.of(&tag).unwrap().count(&db).await.unwrap(), 1);
        let relations = [Tag::HOUSES.def()];
        let related = RelatedRows::load(&db, &tag, &relations).await.unwrap();
        assert_eq!(
            (related[0].rows.len(), related[0].count.to_string().as_str()),
            (1, "1 house")
        );
        let effects = DeleteEffect::preview(&db, &tag).await.unwrap();
        let houses = effects
            .iter()
            .find(|effect| effect.label == "Houses")
            .unwrap();
        assert_eq!(houses.count.to_string(), "1 house");
    })
    .await;
}

#[tokio::test]
async fn rows_are_changed_and_deleted_within_the_scope_of_either() {
    each(async |database| {
        let db = owner(&database);
        let mine = House::find_versioned(&db, &1).await.unwrap();
        mine.update(&db, HouseChanges::default().name("Barn"))
            .await
            .unwrap();
        assert!(matches!(
            House::find_versioned(&db, &3).await,
            Err(Error::NotFound)
        ));
        // It may be seen: who has it in hand may still not change it.
        let yours = House::find(&db, &3).await.unwrap();
        let stolen = yours.update(&db, HouseChanges::default().owner("me")).await;
        assert!(matches!(stolen, Err(Error::NotFound)));
        assert!(matches!(
            House::find_to_delete(&db, &1).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(yours.delete(&db).await, Err(Error::NotFound)));
        // All at once is one by one.
        let all = House::query()
            .update(&db, HouseChanges::default().name("All"))
            .await
            .unwrap();
        assert_eq!(all, 1);
        assert_eq!(House::query().delete(&db).await.unwrap(), 0);
        assert_eq!(
            texts(&database, House::NAME, |house| &house.name).await,
            "All Secret Tower"
        );
    })
    .await;
}

#[tokio::test]
async fn a_row_must_be_within_the_scope_once_it_is_written() {
    each(async |database| {
        let db = owner(&database);
        let given = HouseChanges::new(4, "Hut", "you").insert(&db).await;
        assert!(matches!(given, Err(Error::Forbidden(_))), "{given:?}");
        let mine = House::find_versioned(&db, &1).await.unwrap();
        let given = mine.update(&db, HouseChanges::default().owner("you")).await;
        assert!(matches!(given, Err(Error::Forbidden(_))), "{given:?}");
        let named = HouseChanges::new(4, "Forbidden", "me").insert(&db).await;
        assert!(matches!(named, Err(Error::Forbidden(_))), "{named:?}");
        assert_eq!(
            texts(&database, House::OWNER, |house| &house.owner).await,
            "me me you",
            "undone"
        );
        HouseChanges::new(4, "Hut", "me").insert(&db).await.unwrap();
        // For nobody, the policy has no say.
        HouseChanges::new(5, "Forbidden", "you")
            .insert(&database)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_reference_or_a_link_to_what_may_not_be_seen_is_refused_and_one_that_is_there_stays() {
    each(async |database| {
        let db = owner(&database);
        let refused = NewRoom::new(9, "Cellar", Some(2))
            .insert(&db)
            .await
            .unwrap_err();
        let Error::Invalid(errors) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(
            errors.iter().next().unwrap(),
            ("house_id", "House must be one of the options")
        );
        let hall = Room::find(&db, &1).await.unwrap();
        let moved = RoomPatch {
            house_id: Some(Some(2)),
            ..RoomPatch::default()
        };
        assert!(matches!(
            hall.update(&db, moved).await,
            Err(Error::Invalid(_))
        ));
        let vault = Room::find_versioned(&db, &2).await.unwrap();
        let larger = RoomPatch {
            size: Some(20),
            ..RoomPatch::default()
        };
        assert_eq!(vault.update(&db, larger).await.unwrap().house_id, Some(2));

        let change = |added: &[&str], removed: &[&str]| Links {
            field: "houses",
            added: added.iter().map(|key| (*key).to_owned()).collect(),
            removed: removed.iter().map(|key| (*key).to_owned()).collect(),
        };
        let old = Tag::find(&db, &1).await.unwrap();
        Tag::HOUSES
            .change(&db, &old, change(&["3"], &["2"]))
            .await
            .unwrap();
        let houses = Tag::HOUSES.keys(&database, &old).await.unwrap();
        assert_eq!(
            houses,
            ["1", "2", "3"],
            "what may not be seen is not taken away"
        );
        let new = Tag::find(&db, &2).await.unwrap();
        let refused = Tag::HOUSES
            .change(&db, &new, change(&["2"], &[]))
            .await
            .unwrap_err();
        let Error::Invalid(errors) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(
            errors.iter().next().unwrap(),
            ("houses", "Houses must be one of the options")
        );
    })
    .await;
}

/// A room with the label of its house.
#[derive(Debug)]
struct RoomWithLabels {
    house: Option<Label<House>>,
}

impl umbel::model::Select for RoomWithLabels {
    type Model = Room;

    fn read(row: &mut umbel::row::Row<'_>) -> umbel::Result<Self> {
        Room::from_row(row)?;
        let house = row.label_opt()?;
        Ok(Self { house })
    }
}
