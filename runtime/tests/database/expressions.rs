//! Expressions over rows: what is compared, calculated, counted and chosen in the database.

use umbel::db::Database;
use umbel::model::Model;
use umbel::query::{Condition, sql, when};

use crate::film::{Film, Rating};
use crate::server::with_database;
use crate::shop::{Actor, Inventory, Language};

async fn count(db: &Database, condition: Condition<Film>) -> u64 {
    Film::query().filter(condition).count(db).await.unwrap()
}

#[tokio::test]
async fn values_of_one_row_are_compared() {
    with_database(async |db| {
        let same = Film::LANGUAGE_ID.eq(Film::ORIGINAL_LANGUAGE_ID);
        let all = Film::query().all(&db).await.unwrap();
        let expect = all
            .iter()
            .filter(|film| film.original_language_id == Some(film.language_id));
        assert_eq!(count(&db, same).await, expect.count() as u64);
        let fewer = all.iter().filter(|film| film.film_id < film.language_id);
        let expect = fewer.count() as u64;
        assert_eq!(
            count(&db, Film::FILM_ID.lt(Film::LANGUAGE_ID)).await,
            expect
        );
        let language = Film::LANGUAGE.to(Language::LANGUAGE_ID);
        assert_eq!(count(&db, language.eq(Film::LANGUAGE_ID)).await, 120);
    })
    .await;
}

#[tokio::test]
async fn values_are_calculated() {
    with_database(async |db| {
        let db = &db;
        assert_eq!(count(db, (Film::FILM_ID * 2 - 1).eq(13)).await, 1);
        assert_eq!(count(db, (Film::FILM_ID - 60).abs().le(1)).await, 3);
        assert_eq!(count(db, Film::TITLE.lower().eq("film 007")).await, 1);
        assert_eq!(count(db, Film::TITLE.length().ne(8)).await, 0);
        let named = Film::TITLE.upper().concat("!").eq("FILM 007!");
        assert_eq!(count(db, named).await, 1);
        let unknown = count(db, Film::LENGTH.is_null()).await;
        assert!(unknown > 0);
        assert_eq!(count(db, Film::LENGTH.coalesce(-1).eq(-1)).await, unknown);
        let name = Film::LANGUAGE.to(Language::NAME).upper();
        assert_eq!(count(db, name.eq("ENGLISH")).await, 40);
    })
    .await;
}

#[tokio::test]
async fn values_are_chosen() {
    with_database(async |db| {
        let age = when(Film::RATING.is_null(), "any")
            .or_when(Film::RATING.eq(Rating::Pg13), "older")
            .otherwise(Film::TITLE);
        assert_eq!(count(&db, age.clone().eq("any")).await, 30);
        assert_eq!(count(&db, age.clone().eq("older")).await, 30);
        assert_eq!(count(&db, age.starts_with("Film")).await, 60);
    })
    .await;
}

#[tokio::test]
async fn related_rows_are_counted() {
    with_database(async |db| {
        let films = Film::query().with(Film::ACTORS).all(&db).await.unwrap();
        let played = films.iter().filter(|(_, actors)| actors.len() >= 2);
        let played = played.count() as u64;
        assert!(played > 0);
        assert_eq!(count(&db, Film::ACTORS.count().ge(2)).await, played);
        let copies = Film::INVENTORIES.count_of(Inventory::SHELF.is_not_null());
        let first = Film::query().order_by(copies.desc());
        assert_eq!(first.first(&db).await.unwrap().unwrap().film_id, 1);
        let busy = Actor::query().filter(Actor::FILMS.count().gt(0));
        assert!(busy.count(&db).await.unwrap() > 0);
    })
    .await;
}

#[tokio::test]
async fn sql_of_ones_own_holds_values() {
    with_database(async |db| {
        let year = sql("date_part('year', ").of(Film::LAST_UPDATE).sql(")");
        let year = year.value::<f64>();
        assert_eq!(count(&db, year.gt(1990.0)).await, 120);
        // Marks of statements are no marks in a person's SQL.
        let own = sql("(")
            .of(Film::TITLE)
            .sql(" || '$1') = (")
            .bind("Film 007".to_owned());
        let own = own.sql("::text || $$$1$$)").value::<bool>();
        assert_eq!(count(&db, own).await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_query_of_the_documentation() {
    with_database(async |db| {
        let long = Film::query()
            .filter(
                Film::LENGTH
                    .coalesce(0)
                    .gt(180)
                    .or(Film::ACTORS.count().ge(2)),
            )
            .filter(Film::LANGUAGE.to(Language::NAME).lower().eq("italian"))
            .filter(Film::ACTORS.any(Actor::LAST_NAME.starts_with("W")))
            .order_by(Film::ACTORS.count().desc())
            .all(&db)
            .await
            .unwrap();
        assert_eq!(long[0].film_id, 1);
    })
    .await;
}
