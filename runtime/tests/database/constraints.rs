//! What the database refuses, in words, at the field.

use umbel::Error;
use umbel::model::{Changes, Insert, Model};
use umbel::types::{Decimal, Numeric, SqlText, Timestamp};

use crate::film::{Film, NewFilm};
use crate::server::{script, with_database, with_url};
use crate::shop::{Actor, Booking, Language, Log, Payment, Write};

fn film() -> NewFilm {
    NewFilm {
        title: "New".to_owned(),
        language_id: 1,
        ..NewFilm::default()
    }
}

/// The error of a form: `field: message; …`.
fn words<T: std::fmt::Debug>(outcome: umbel::Result<T>) -> String {
    match outcome.unwrap_err() {
        Error::Invalid(errors) => errors.to_string(),
        error => format!("{error:?}"),
    }
}

#[tokio::test]
async fn a_violation_is_an_error_of_its_field() {
    with_database(async |db| {
        let db = &db;
        let insert = async |film: NewFilm| words(film.insert(db).await);
        let twin = NewFilm {
            title: "Film 001".to_owned(),
            release_year: Some(2001),
            ..film()
        };
        assert_eq!(
            insert(twin).await,
            "title: another film has the same value together with Release year"
        );
        let missing = NewFilm {
            language_id: 99,
            ..film()
        };
        assert_eq!(
            insert(missing).await,
            "language_id: refers to a row that does not exist"
        );
        let missing = NewFilm {
            original_language_id: Some(99),
            ..film()
        };
        assert_eq!(
            insert(missing).await,
            "original_language_id: refers to a row that does not exist"
        );
        let short = NewFilm {
            length: Some(0),
            ..film()
        };
        assert_eq!(
            insert(short).await,
            "length: breaks a rule: length is greater than 0"
        );
        let early = NewFilm {
            release_year: Some(1800),
            ..film()
        };
        let early = insert(early).await;
        assert!(
            early.starts_with("release_year: ") && early.contains("year_check"),
            "{early}"
        );
        let long = NewFilm {
            title: "x".repeat(41),
            ..film()
        };
        assert_eq!(
            insert(long).await,
            ": value too long for type character varying(40)"
        );
        let dear = NewFilm {
            rental_rate: Some(Decimal::from(100)),
            ..film()
        };
        assert_eq!(insert(dear).await, ": numeric field overflow");
        let garbled = NewFilm {
            fulltext: Some(SqlText("'".to_owned())),
            ..film()
        };
        assert_eq!(
            insert(garbled).await,
            "fulltext: syntax error in tsvector: \"'\""
        );
        let nul = NewFilm {
            title: "a\0b".to_owned(),
            ..film()
        };
        let nul = insert(nul).await;
        assert!(nul.starts_with("title: invalid byte sequence"), "{nul}");
        let nothing = Write::<Language>::new(Changes::default()).insert(db).await;
        assert_eq!(words(nothing), "name: is required");
        let taken =
            Write::<Language>::new(Changes::default().set(Language::NAME, "English".to_owned()));
        assert_eq!(
            words(taken.insert(db).await),
            "name: another language has the same value"
        );
        let raised =
            Write::<Log>::new(Changes::default().set(Log::MESSAGE, "forbidden".to_owned()));
        assert_eq!(
            words(raised.insert(db).await),
            ": This message is not welcome"
        );
    })
    .await;
}

#[tokio::test]
async fn an_overlap_and_a_partition() {
    with_database(async |db| {
        let booking = || {
            let during = SqlText("[2024-01-01,2024-01-03)".to_owned());
            Write::<Booking>::new(
                Changes::default()
                    .set(Booking::ROOM, 1)
                    .set(Booking::DURING, during),
            )
        };
        booking().insert(&db).await.unwrap();
        assert_eq!(
            words(booking().insert(&db).await),
            "room: breaks a rule: a room is booked once at a time"
        );
        let payment = |film, day: &str| {
            let changes = Changes::default()
                .set(Payment::PAYMENT_ID, 1)
                .set(Payment::PAID_AT, day.parse::<Timestamp>().unwrap())
                .set(Payment::FILM_ID, film)
                .set(Payment::AMOUNT, "1.50".parse::<Numeric>().unwrap());
            Write::<Payment>::new(changes)
        };
        payment(1, "2022-01-05").insert(&db).await.unwrap();
        let twice = words(payment(1, "2022-01-05").insert(&db).await);
        assert_eq!(
            twice,
            "payment_id: another payment has the same value together with paid_at"
        );
        assert_eq!(
            words(payment(999, "2022-01-06").insert(&db).await),
            "film_id: refers to a row that does not exist"
        );
        assert!(words(payment(1, "2025-01-06").insert(&db).await).contains("no partition"));
        let versioned = Payment::find_versioned(&db, &(1, "2022-01-05".parse().unwrap()))
            .await
            .unwrap();
        let patch = Write::<Payment>::new(
            Changes::default().set(Payment::AMOUNT, "2".parse::<Numeric>().unwrap()),
        );
        assert_eq!(
            versioned.update(&db, patch).await.unwrap().amount.as_str(),
            "2"
        );
    })
    .await;
}

#[tokio::test]
async fn a_row_that_is_referred_to_stays() {
    with_database(async |db| {
        let delete = async |outcome: umbel::Result<()>| match outcome.unwrap_err() {
            Error::Conflict(words) => words,
            error => panic!("{error:?}"),
        };
        let film = Film::find(&db, &1).await.unwrap();
        let words = delete(film.delete(&db).await).await;
        assert_eq!(
            words,
            "this film cannot be deleted, because inventories refer to it"
        );
        let actor = Actor::find(&db, &1).await.unwrap();
        let words = delete(actor.delete(&db).await).await;
        assert_eq!(
            words,
            "this actor cannot be deleted, because its links to films refer to it"
        );
        let all = Language::query().delete(&db).await;
        assert_eq!(
            delete(all.map(|_| ())).await,
            "this language cannot be deleted, because films refer to it"
        );
    })
    .await;
}

#[tokio::test]
async fn a_deferred_constraint_speaks_at_the_end() {
    with_url(async |url| {
        script(&url, "ALTER TABLE shop.film ALTER CONSTRAINT film_language_id_fkey DEFERRABLE INITIALLY DEFERRED").await;
        let db = umbel::db::Database::connect(&url).await.unwrap();
        let film = NewFilm { language_id: 99, ..film() };
        let outcome = db.transaction(|tx| async move { film.insert(&tx).await }).await;
        assert_eq!(words(outcome), "language_id: refers to a row that does not exist");
    })
    .await;
}

#[tokio::test]
async fn a_lock_or_a_deadlock_is_a_conflict() {
    with_url(async |url| {
        let db = umbel::db::Database::connect(&url).await.unwrap();
        let other = umbel::db::Database::connect(&format!("{url}?options=-c%20lock_timeout%3D100"))
            .await
            .unwrap();
        db.transaction(|tx| async move {
            let language = Language::find(&tx, &1).await?;
            let patch =
                || Write::<Language>::new(Changes::default().set(Language::NAME, "x".to_owned()));
            language.update(&tx, patch()).await?;
            assert!(matches!(
                language.update(&other, patch()).await,
                Err(Error::Conflict(_))
            ));
            Ok(())
        })
        .await
        .unwrap();
    })
    .await;
}
