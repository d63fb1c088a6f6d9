//! Choices, related rows, many-to-many, the effect of a deletion.

use umbel::Error;
use umbel::db::Database;
use umbel::form::{ChoiceQuery, ChoiceSet, Choices};
use umbel::form::{Field, FormState, Linked, Widget};
use umbel::model::{DeleteEffect, RelatedRows};
use umbel::model::{Model, OnDelete};

use crate::film::Film;
use crate::server::{script, with_database, with_url};
use crate::shop::{Actor, Day, Host, Language};

const LANGUAGE: Field = Field::new("language", "Language", Widget::Choice);
const ACTORS: Field = Field::new("actors", "Actors", Widget::Choices);
const DAY: Field = Field::new("day", "Day", Widget::Choice);

/// What one field lets choose, with a text in its search box.
async fn offered(db: &Database, offer: ChoiceQuery<'_>, field: &str, text: &str) -> ChoiceSet {
    let state = FormState::default().searching(field, text);
    let choices = Choices::load(db, &state, &[offer]).await.unwrap();
    choices.of(field).unwrap().clone()
}

#[tokio::test]
async fn choices_of_a_small_table() {
    with_database(async |db| {
        let keys = Linked::from(vec!["1".to_owned(), "nonsense".to_owned()]);
        let offers = [
            LANGUAGE.one_of::<Language>("2"),
            ACTORS.any_of::<Actor>(&keys),
            DAY.one_of::<Day>(""),
        ];
        let choices = Choices::load(&db, &FormState::default(), &offers)
            .await
            .unwrap();
        let languages = choices.of("language").unwrap();
        assert!(languages.complete);
        assert_eq!(languages.options.len(), 3);
        assert_eq!(languages.text("2"), Some("Italian"));
        assert_eq!(choices.of("actors").unwrap().options[0].text, "Ed Chase");
        assert_eq!(
            choices.of("day").unwrap().options[0].key,
            "a%2Cb%2Fc%25,2024-02-29"
        );
        assert_eq!(choices.of("film"), None);
    })
    .await;
}

#[tokio::test]
async fn choices_of_a_big_table() {
    with_url(async |url| {
        script(&url, "INSERT INTO shop.language (name) SELECT 'Tongue ' || n FROM generate_series(1, 300) AS n").await;
        let db = Database::connect(&url).await.unwrap();
        let some = offered(&db, LANGUAGE.one_of::<Language>("2"), "language", "").await;
        assert_eq!((some.complete, some.options.len(), some.options[0].text.as_str()), (false, 50, "Italian"));
        let found = offered(&db, LANGUAGE.one_of::<Language>("2"), "language", " tongue 12 ").await;
        assert_eq!(found.search.as_deref(), Some("tongue 12"));
        assert_eq!(found.options.len(), 14);
    })
    .await;
}

#[tokio::test]
async fn thousands_are_chosen() {
    with_database(async |db| {
        let actors: Vec<String> = (1..=20_000).map(|id| id.to_string()).collect();
        let chosen = offered(&db, ACTORS.any_of::<Actor>(&actors.into()), "actors", "").await;
        assert_eq!(chosen.options[0].text, "Ed Chase");
        let days: Vec<String> = (1..=20_000).map(|id| format!("{id},2024-02-29")).collect();
        let chosen = offered(&db, DAY.any_of::<Day>(&days.into()), "day", "").await;
        assert_eq!(chosen.options[0].key, "a%2Cb%2Fc%25,2024-02-29");
    })
    .await;
}

#[tokio::test]
async fn related_rows_of_a_row() {
    with_database(async |db| {
        let film = Film::find(&db, &1).await.unwrap();
        let relations = [Film::ACTORS.def(), Film::INVENTORIES.def()];
        let related = RelatedRows::load(&db, &film, &relations).await.unwrap();
        let (same, together) = Film::query()
            .find_with_related::<Film>(&db, &1, &relations)
            .await
            .unwrap();
        assert_eq!(same, film);
        assert_eq!(format!("{together:?}"), format!("{related:?}"));
        let [actors, inventories] = related.as_slice() else {
            panic!("two relations")
        };
        assert_eq!(
            (actors.label, actors.count.to_string()),
            ("Actors", "2 actors".to_owned())
        );
        assert_eq!(
            (actors.rows[0].text.as_str(), actors.rows[0].url().as_str()),
            ("Penelope Guiness", "/actor/1")
        );
        assert_eq!((inventories.rows.len(), inventories.has_more()), (10, true));
        assert_eq!(inventories.url, "/inventory?film_id.is=1");
        assert_eq!(Film::ACTORS.of(&film).unwrap().count(&db).await.unwrap(), 2);
        assert_eq!(
            Film::INVENTORIES
                .of(&film)
                .unwrap()
                .count(&db)
                .await
                .unwrap(),
            12
        );
        let none = Film::query()
            .find_with_related::<Film>(&db, &0, &relations)
            .await;
        assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
        // A row that is not among those that are asked for is not found, whatever belongs to it.
        let others = Film::query().filter(Film::TITLE.eq("Nothing"));
        let none = others.find_with_related::<Film>(&db, &1, &relations).await;
        assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
    })
    .await;
}

#[tokio::test]
async fn the_effect_of_a_deletion() {
    with_database(async |db| {
        let film = Film::find(&db, &1).await.unwrap();
        let effects = DeleteEffect::preview(&db, &film).await.unwrap();
        let words: Vec<String> = effects.iter().map(DeleteEffect::words).collect();
        assert_eq!(
            words[0],
            "12 inventories refer to it and keep it from being deleted"
        );
        assert!(effects[0].refuses());
        assert_eq!(effects[1].on_delete, OnDelete::Cascade);
        let free = Film::find(&db, &9).await.unwrap();
        assert!(DeleteEffect::preview(&db, &free).await.unwrap().is_empty());
        free.delete(&db).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn many_to_many_is_replaced_by_difference() {
    with_url(async |url| {
        let db = Database::connect(&url).await.unwrap();
        let film = Film::find(&db, &1).await.unwrap();
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        assert_eq!(Film::ACTORS.keys(&db, &film).await.unwrap(), ["1", "2"]);
        // What stays is not touched.
        script(&url, "CREATE RULE keep AS ON DELETE TO shop.film_actor WHERE old.actor_id = 2 DO INSTEAD NOTHING").await;
        Film::ACTORS.replace(&db, &film, &keys(&["2", "3", "3", ""])).await.unwrap();
        assert_eq!(Film::ACTORS.keys(&db, &film).await.unwrap(), ["2", "3"]);
        for bad in ["x", "999", "1,2", "99999999999999999999"] {
            match Film::ACTORS.replace(&db, &film, &keys(&[bad])).await {
                Err(Error::Invalid(errors)) => assert!(errors.to_string().starts_with("actors: "), "{errors}"),
                other => panic!("{bad}: {other:?}"),
            }
        }
        let outcome = db.transaction(|tx| async move { Film::ACTORS.replace(&tx, &film, &keys(&["1", "999"])).await });
        assert!(outcome.await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_foreign_key_to_another_unique_key() {
    with_database(async |db| {
        let italian = Language::find(&db, &2).await.unwrap();
        let related = RelatedRows::load(&db, &italian, &[Language::HOSTS.def()])
            .await
            .unwrap();
        assert_eq!(related[0].count.to_string(), "3 hosts");
        assert_eq!(related[0].rows[1].url(), "/host/10.0.0.1%2F32");
        let hosts = Host::query()
            .filter(Host::SPOKEN.to(Language::LANGUAGE_ID).eq(2))
            .with(Host::SPOKEN)
            .all(&db)
            .await
            .unwrap();
        assert_eq!(hosts[2].1.as_ref().unwrap().name, "Italian");
        let languages = Language::query()
            .order_by(Language::NAME.asc())
            .with(Language::HOSTS)
            .all(&db)
            .await
            .unwrap();
        assert_eq!(
            languages
                .iter()
                .map(|(_, hosts)| hosts.len())
                .collect::<Vec<_>>(),
            [0, 3, 0]
        );
    })
    .await;
}
