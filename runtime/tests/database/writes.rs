//! Inserting, updating and deleting rows.

use umbel::Error;
use umbel::model::{Changes, Insert, Model};
use umbel::types::{Date, SqlText};

use crate::film::{Film, FilmPatch, NewFilm, Rating};
use crate::server::{script, with_database, with_url};
use crate::shop::{Day, Log, Write};

fn new_film(title: &str) -> NewFilm {
    NewFilm {
        title: title.to_owned(),
        language_id: 1,
        ..NewFilm::default()
    }
}

#[tokio::test]
async fn defaults_are_left_to_the_database() {
    with_database(async |db| {
        let film = new_film("A new film").insert(&db).await.unwrap();
        assert_eq!(
            (film.film_id, film.rating, film.rental_rate.to_string()),
            (121, Some(Rating::G), "4.99".to_owned())
        );
        let unrated = NewFilm {
            rating: Some(None),
            fulltext: Some(SqlText("'cat':3 'fat':2".to_owned())),
            ..new_film("Unrated")
        };
        let unrated = unrated.insert(&db).await.unwrap();
        assert_eq!(
            (unrated.rating, unrated.fulltext.as_str()),
            (None, "'cat':3 'fat':2")
        );
        let log: Log = Write::new(Changes::default()).insert(&db).await.unwrap();
        assert_eq!(log.message, None);
    })
    .await;
}

#[tokio::test]
async fn updates_and_deletes_by_key() {
    with_database(async |db| {
        let film = Film::find(&db, &3).await.unwrap();
        let patch = FilmPatch {
            title: Some("Renamed".to_owned()),
            length: Some(None),
            fulltext: Some(SqlText("'renamed'".to_owned())),
            ..FilmPatch::default()
        };
        let renamed = film.update(&db, patch).await.unwrap();
        assert_eq!(
            (
                renamed.title.as_str(),
                renamed.length,
                renamed.fulltext.as_str()
            ),
            ("Renamed", None, "'renamed'")
        );
        assert_eq!(
            film.update(&db, FilmPatch::default()).await.unwrap(),
            renamed
        );
        renamed.delete(&db).await.unwrap();
        assert!(matches!(renamed.delete(&db).await, Err(Error::NotFound)));
        assert!(matches!(
            renamed.update(&db, FilmPatch::default()).await,
            Err(Error::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn a_version_guards_an_update() {
    with_url(async |url| {
        let db = umbel::db::Database::connect(&url).await.unwrap();
        let mine = Film::find_versioned(&db, &3).await.unwrap();
        let titled = |title: &str| FilmPatch {
            title: Some(title.to_owned()),
            language_id: Some(mine.language_id),
            fulltext: Some(mine.fulltext.clone()),
            rating: Some(mine.rating),
            ..FilmPatch::default()
        };
        // Nothing differs, so that nothing is written, whoever else has.
        script(
            &url,
            "UPDATE shop.film SET description = 'theirs' WHERE film_id = 3",
        )
        .await;
        assert_eq!(
            mine.update(&db, titled("Film 003"))
                .await
                .unwrap()
                .description
                .unwrap(),
            "theirs"
        );
        assert!(matches!(
            mine.update(&db, titled("mine")).await,
            Err(Error::Conflict(_))
        ));
        let fresh = Film::find_versioned(&db, &3).await.unwrap();
        assert_ne!(fresh.version(), mine.version());
        assert_eq!(
            fresh.update(&db, titled("mine")).await.unwrap().title,
            "mine"
        );
        script(&url, "DELETE FROM shop.film WHERE film_id = 3").await;
        assert!(matches!(
            fresh.update(&db, titled("late")).await,
            Err(Error::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn only_what_differs_is_written() {
    with_url(async |url| {
        let db = umbel::db::Database::connect(&url).await.unwrap();
        script(
            &url,
            "CREATE FUNCTION shop.no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''written''; END';
             CREATE TRIGGER no BEFORE UPDATE OF rating, fulltext, rental_rate, language_id ON shop.film
             FOR EACH ROW EXECUTE FUNCTION shop.no()",
        )
        .await;
        let film = Film::find_versioned(&db, &7).await.unwrap();
        let patch = FilmPatch {
            title: Some("Changed".to_owned()),
            description: Some(film.description.clone()),
            language_id: Some(film.language_id),
            rental_rate: Some(film.rental_rate),
            length: Some(film.length),
            rating: Some(film.rating),
            fulltext: Some(film.fulltext.clone()),
        };
        assert_eq!(film.update(&db, patch).await.unwrap().title, "Changed");
    })
    .await;
}

#[tokio::test]
async fn keys_of_several_columns_and_strange_texts() {
    with_database(async |db| {
        let key = ("a,b/c%".to_owned(), "2024-02-29".parse::<Date>().unwrap());
        let day = Day::find(&db, &key).await.unwrap();
        assert_eq!(day.url(), "/day/a%2Cb%2Fc%25,2024-02-29");
        let parsed = umbel::model::parse_key::<Day>("a%2Cb%2Fc%25,2024-02-29").unwrap();
        assert_eq!(parsed, key);
        for text in [
            "",
            "a",
            "a,",
            ",2024-02-29",
            "a,2024-02-30",
            "a,b,c",
            "%F,2024-01-01",
            "%FF,2024-01-01",
            "a%00b,2024-01-01",
        ] {
            assert!(
                matches!(umbel::model::parse_key::<Day>(text), Err(Error::NotFound)),
                "{text}"
            );
        }
        for text in ["new", "-1", "99999999999", "1.5", "1,2", "0x1", "%31%00%00"] {
            let key = umbel::model::parse_key::<Film>(text);
            assert!(key.is_err() || key.is_ok_and(|key| key == -1), "{text}");
        }
        for name in ["new", "", ".", "..", "%", "é ü", "a+b&c=d"] {
            let changes = Changes::default()
                .set(Day::STORE, name.to_owned())
                .set(Day::DAY, key.1);
            let day = Write::<Day>::new(changes).insert(&db).await.unwrap();
            let url = day.url();
            let parsed =
                umbel::model::parse_key::<Day>(url.strip_prefix("/day/").unwrap()).unwrap();
            assert_eq!(parsed.0, name);
        }
    })
    .await;
}

#[tokio::test]
async fn many_rows_at_once() {
    with_database(async |db| {
        let long = Film::query().filter(Film::LENGTH.ge(65));
        let patch = FilmPatch {
            rating: Some(Some(Rating::Pg13)),
            ..FilmPatch::default()
        };
        let count = long.count(&db).await.unwrap();
        assert_eq!(long.clone().update(&db, patch).await.unwrap(), count);
        assert_eq!(
            long.filter(Film::RATING.eq(Rating::Pg13))
                .count(&db)
                .await
                .unwrap(),
            count
        );
        assert_eq!(
            Film::query()
                .filter(Film::FILM_ID.gt(100))
                .delete(&db)
                .await
                .unwrap(),
            20
        );
        assert!(Film::query().limit(1).delete(&db).await.is_err());
    })
    .await;
}
