//! What SQLite refuses, said at the fields.

use umbel::Error;
use umbel::model::{Changes, Insert, Model};
use umbel::types::Decimal;

use crate::file::File;
use crate::film::{Film, Language, Write, film};

#[track_caller]
fn said(outcome: umbel::Result<Film>) -> String {
    match outcome.unwrap_err() {
        Error::Invalid(errors) => errors.to_string(),
        other => panic!("{other:?}"),
    }
}

async fn refused(changes: Changes) -> String {
    let file = File::new();
    said(Write(changes).insert(&file.open().await).await)
}

#[tokio::test]
async fn unique() {
    let twice = film("Alien").set(Film::YEAR, 1979);
    let text = refused(twice).await;
    assert!(
        text.contains("title")
            && text.contains("another film has the same value together with Year"),
        "{text}"
    );
    let expression = refused(film("50% OFF")).await;
    assert!(expression.contains("title"), "{expression}");
}

#[tokio::test]
async fn checks_by_name_and_by_text() {
    let text = refused(film("x").set(Film::LENGTH, -1)).await;
    assert!(
        text.contains("length") && text.contains("length is greater than 0"),
        "{text}"
    );
    let text = refused(film("x").set(Film::PRICE, Decimal::from(100))).await;
    assert!(text.contains("price is less than 100"), "{text}");
}

#[tokio::test]
async fn missing_values_and_rows() {
    let text = refused(Changes::default().set(Film::LANGUAGE_ID, 1)).await;
    assert!(
        text.contains("title") && text.contains("is required"),
        "{text}"
    );
    let text = refused(
        Changes::default()
            .set(Film::TITLE, "x".to_owned())
            .set(Film::LANGUAGE_ID, 99),
    )
    .await;
    assert!(
        text.contains("language_id") && text.contains("refers to a row that does not exist"),
        "{text}"
    );
    // Outside of a transaction, a deferred one is checked at once too.
    let text = refused(film("x").set(Film::SEQUEL_OF, 99)).await;
    assert!(text.contains("sequel_of"), "{text}");
}

#[tokio::test]
async fn rows_that_others_refer_to() {
    let file = File::new();
    let db = file.open().await;
    let english = Language::find(&db, &1).await.unwrap();
    match english.delete(&db).await.unwrap_err() {
        Error::Conflict(message) => assert!(message.contains("2 films refer to it"), "{message}"),
        other => panic!("{other:?}"),
    }
    Language::find(&db, &3)
        .await
        .unwrap()
        .delete(&db)
        .await
        .unwrap();
    assert!(matches!(
        Language::find(&db, &3).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn triggers_that_raise() {
    let file = File::new();
    file.run(
        "CREATE TRIGGER guard BEFORE INSERT ON film WHEN new.title = 'No'
         BEGIN SELECT raise(ABORT, 'never again'); END",
    );
    let text = said(Write(film("No")).insert(&file.open().await).await);
    assert!(text.contains("never again"), "{text}");
}

#[tokio::test]
async fn rows_that_were_changed_meanwhile() {
    let file = File::new();
    let db = file.open().await;
    let read = Film::find_versioned(&db, &1).await.unwrap();
    file.run("UPDATE film SET price = 3 WHERE film_id = 1");
    let patch = Write(Changes::default().set(Film::TITLE, "Aliens".to_owned()));
    assert!(matches!(
        read.update(&db, patch.clone()).await,
        Err(Error::Conflict(_))
    ));
    let again = Film::find_versioned(&db, &1).await.unwrap();
    assert_eq!(again.update(&db, patch).await.unwrap().title, "Aliens");
}
