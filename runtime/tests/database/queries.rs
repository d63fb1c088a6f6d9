//! Queries: conditions, orders, relations, streams.

use futures_util::TryStreamExt;
use umbel::Error;
use umbel::model::Model;
use umbel::query::Condition;
use umbel::types::SqlText;

use crate::film::{Film, FilmWithLabels, Rating};
use crate::server::with_database;
use crate::shop::{Actor, Inventory, Language};

async fn count(db: &umbel::db::Database, condition: Condition<Film>) -> u64 {
    let query = Film::query().filter(condition);
    let count = query.count(db).await.unwrap();
    assert_eq!(query.all(db).await.unwrap().len() as u64, count);
    assert_eq!(query.exists(db).await.unwrap(), count > 0);
    count
}

#[tokio::test]
async fn conditions_of_every_kind() {
    with_database(async |db| {
        let db = &db;
        assert_eq!(count(db, Condition::always()).await, 120);
        assert_eq!(count(db, Film::FILM_ID.eq(7)).await, 1);
        assert_eq!(count(db, Film::FILM_ID.ne(7)).await, 119);
        assert_eq!(count(db, Film::FILM_ID.lt(7)).await, 6);
        assert_eq!(count(db, Film::FILM_ID.le(7)).await, 7);
        assert_eq!(count(db, Film::FILM_ID.gt(7)).await, 113);
        assert_eq!(count(db, Film::FILM_ID.between(3, 5)).await, 3);
        assert_eq!(count(db, Film::FILM_ID.in_([1, 2, 999])).await, 2);
        assert_eq!(
            count(db, Film::RATING.in_([Rating::Pg, Rating::Pg13])).await,
            60
        );
        assert_eq!(count(db, Film::RATING.gt(Rating::G)).await, 60);
        assert_eq!(count(db, Film::RATING.is_null()).await, 30);
        assert_eq!(count(db, Film::RATING.is_not_null()).await, 90);
        assert_eq!(count(db, Film::TITLE.eq("Film 007")).await, 1);
        assert_eq!(count(db, Film::TITLE.contains("M 00")).await, 9);
        assert_eq!(count(db, Film::TITLE.contains("%")).await, 0);
        assert_eq!(count(db, Film::TITLE.starts_with("Film 1")).await, 21);
        assert_eq!(count(db, Film::TITLE.ends_with("1")).await, 12);
        assert_eq!(count(db, Film::TITLE.like("Film _1_")).await, 20);
        assert_eq!(count(db, Film::RELEASE_YEAR.eq(2003)).await, 12);
        assert_eq!(count(db, Film::SPECIAL_FEATURES.has("No 5")).await, 1);
        assert_eq!(
            count(
                db,
                Film::SPECIAL_FEATURES.eq(vec!["Trailers".to_owned(), "No 5".to_owned()])
            )
            .await,
            1
        );
        assert_eq!(
            count(
                db,
                Film::FULLTEXT.eq(SqlText("'film':1 'number':2".to_owned()))
            )
            .await,
            0
        );
        let either = Film::FILM_ID
            .eq(1)
            .or(Film::FILM_ID.eq(2).and(!Film::TITLE.eq("x")));
        assert_eq!(count(db, either.clone()).await, 2);
        assert_eq!(count(db, !either).await, 118);
        assert_eq!(count(db, Condition::any([])).await, 0);
    })
    .await;
}

#[tokio::test]
async fn conditions_across_relations() {
    with_database(async |db| {
        let db = &db;
        assert_eq!(
            count(db, Film::LANGUAGE.to(Language::NAME).eq("English")).await,
            40
        );
        assert_eq!(
            count(
                db,
                Film::ORIGINAL_LANGUAGE.to(Language::NAME).contains("ital")
            )
            .await,
            30
        );
        assert_eq!(
            count(db, Film::ACTORS.any(Actor::LAST_NAME.eq("Wahlberg"))).await,
            2
        );
        assert_eq!(
            count(db, !Film::ACTORS.any(Actor::LAST_NAME.eq("Wahlberg"))).await,
            118
        );
        assert_eq!(
            count(
                db,
                Film::INVENTORIES.any(Inventory::SHELF.starts_with("S1"))
            )
            .await,
            1
        );
        let far = Inventory::FILM
            .to(Film::LANGUAGE.to(Language::NAME))
            .eq("Italian");
        assert_eq!(Inventory::query().filter(far).count(db).await.unwrap(), 12);
        let farther = Actor::FILMS.any(Film::INVENTORIES.any(Inventory::SHELF.eq("S3")));
        assert_eq!(Actor::query().filter(farther).count(db).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn orders_and_windows() {
    with_database(async |db| {
        let query = Film::query()
            .order_by(Film::LANGUAGE.to(Language::NAME).desc())
            .order_by(Film::LENGTH.asc().nulls_first())
            .order_by(Film::FILM_ID.desc());
        let films = query.clone().limit(3).offset(8).all(&db).await.unwrap();
        assert_eq!(
            films
                .iter()
                .map(|film| film.language_id)
                .collect::<Vec<_>>(),
            [3, 3, 3]
        );
        assert_eq!(films[0].length, Some(60));
        assert_eq!(query.clone().limit(5).count(&db).await.unwrap(), 5);
        assert_eq!(query.clone().offset(118).count(&db).await.unwrap(), 2);
        assert_eq!(query.count_up_to(&db, 11).await.unwrap(), 11);
        assert_eq!(query.first(&db).await.unwrap().unwrap().length, None);
    })
    .await;
}

#[tokio::test]
async fn one_first_and_find() {
    with_database(async |db| {
        assert_eq!(Film::find(&db, &3).await.unwrap().title, "Film 003");
        assert!(matches!(Film::find(&db, &999).await, Err(Error::NotFound)));
        let row = Film::find_as::<FilmWithLabels>(&db, &4).await.unwrap();
        assert_eq!(row.language.text, "Italian");
        assert_eq!(row.language.url(), "/language/2");
        assert_eq!(row.original_language.unwrap().to_string(), "Italian");
        assert!(
            Film::find_as::<FilmWithLabels>(&db, &5)
                .await
                .unwrap()
                .original_language
                .is_none()
        );
        let one = Film::query()
            .filter(Film::TITLE.eq("Film 009"))
            .one(&db)
            .await
            .unwrap();
        assert_eq!(one.film_id, 9);
        assert!(matches!(
            Film::query().one(&db).await,
            Err(Error::Conflict(_))
        ));
        let none = Film::query().filter(Film::TITLE.eq(""));
        assert!(matches!(none.one(&db).await, Err(Error::NotFound)));
        assert_eq!(none.first(&db).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn relations_loaded_along() {
    with_database(async |db| {
        let films = Film::query()
            .filter(Film::FILM_ID.in_([1, 2, 4]))
            .order_by(Film::FILM_ID.asc())
            .with(Film::LANGUAGE)
            .with(Film::ORIGINAL_LANGUAGE)
            .with(Film::ACTORS)
            .with(Film::INVENTORIES)
            .all(&db)
            .await
            .unwrap();
        let (film, language, original, actors, inventories) = &films[0];
        assert_eq!(
            (film.film_id, language.name.as_str(), original),
            (1, "Italian", &None)
        );
        assert_eq!((actors.len(), inventories.len()), (2, 12));
        assert_eq!(films[1].3[0].first_name, "Nick");
        assert_eq!(films[2].2.as_ref().unwrap().name, "Italian");
        assert!(films[2].3.is_empty() && films[2].4.is_empty());
        let first = Film::query()
            .with(Film::LANGUAGE)
            .filter(Film::FILM_ID.eq(3))
            .first(&db)
            .await
            .unwrap();
        assert_eq!(first.unwrap().1.name, "English");
    })
    .await;
}

#[tokio::test]
async fn rows_as_a_stream() {
    with_database(async |db| {
        let stream = Film::query()
            .order_by(Film::FILM_ID.asc())
            .stream(&db)
            .await
            .unwrap();
        let films: Vec<Film> = stream.try_collect().await.unwrap();
        assert_eq!(films.len(), 120);
        assert_eq!(films[119].film_id, 120);
    })
    .await;
}
