//! Users and groups.

use umbel_accounts::Identifier;
use umbel_accounts::store::{Group, NewUser, PasswordHash, User};
use umbel_data::error::{Error, Result};

use crate::place::{at, create, each, user};

/// The fields that somebody else has.
#[track_caller]
fn taken<T: std::fmt::Debug>(outcome: Result<T>) -> Vec<String> {
    match outcome.unwrap_err() {
        Error::Invalid(errors) => errors.iter().map(|(field, _)| field.to_owned()).collect(),
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_kept_as_it_was_made() {
    each(async |place| {
        let db = &place.one;
        let login = Identifier::user_name("Mary").unwrap();
        let email = Identifier::email("Mary@Example.com").unwrap();
        let hash = PasswordHash("$argon2id$x".to_owned());
        let new = NewUser {
            login: &login,
            email: Some(&email),
            password_hash: Some(&hash),
            name: "Mary Ann",
            is_superuser: true,
            is_staff: true,
            source_key: Some("42"),
        };
        let made = User::create(db, new, at(1)).await.unwrap();
        let id = made.id;
        assert!(!format!("{made:?}").contains("argon2id"));
        for found in [
            User::find(db, id).await,
            User::find_by_login(db, "mary").await,
            User::find_by_email(db, "mary@example.com").await,
            User::find_by_source(db, "42").await,
        ] {
            let found = found.unwrap().unwrap();
            assert_eq!(format!("{found:?}"), format!("{made:?}"));
            assert_eq!(found.password_hash, Some(hash.clone()));
            assert_eq!(found.created_at, at(1));
        }
        for none in [
            User::find(db, id + 1).await,
            User::find_by_login(db, "Mary").await,
            User::find_by_email(db, "").await,
            User::find_by_source(db, "4").await,
        ] {
            assert!(none.unwrap().is_none());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_have_is_told_by_its_field() {
    each(async |place| {
        let db = &place.one;
        create(db, "mary", Some("mary@example.com")).await.unwrap();
        user(db, "eve").await;
        for (login, email, expect) in [
            ("MARY", None, &["login"][..]),
            ("ann", Some("Mary@example.com"), &["email"]),
            ("ｍary", Some("MARY@example.com"), &["login", "email"]),
            ("eve", Some("mary@example.com"), &["login", "email"]),
        ] {
            assert_eq!(taken(create(db, login, email).await), expect, "{login}");
        }
        let eve = User::find_by_login(db, "eve").await.unwrap().unwrap().id;
        let mary = Identifier::email("mary@example.com").unwrap();
        assert_eq!(
            taken(User::set_email(db, eve, Some(&mary)).await),
            ["email"]
        );
        let mary = Identifier::user_name("mary").unwrap();
        assert_eq!(taken(User::set_login(db, eve, &mary).await), ["login"]);
    })
    .await;
}

/// Within a transaction, too, whose other statements still count.
#[tokio::test(flavor = "multi_thread")]
async fn who_finds_a_name_taken_can_go_on() {
    each(async |place| {
        user(&place.one, "mary").await;
        let made = place.one.transaction(|tx| async move {
            assert_eq!(taken(create(&tx, "mary", None).await), ["login"]);
            create(&tx, "mary2", None).await
        });
        assert_eq!(made.await.unwrap().login, "mary2");
        assert!(
            User::find_by_login(&place.two, "mary2")
                .await
                .unwrap()
                .is_some()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_sign_ups_one_gets_the_name() {
    each(async |place| {
        let outcomes = place
            .twice(|db| async move { create(&*db, "mary", Some("m@example.com")).await })
            .await;
        let [first, second] = outcomes;
        first.unwrap();
        assert_eq!(taken(second), ["login", "email"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_of_a_user() {
    each(async |place| {
        let db = &place.one;
        let id = user(db, "mary").await.id;
        let find = async || User::find(db, id).await.unwrap().unwrap();
        let hash = |text: &str| PasswordHash(text.to_owned());

        assert!(User::set_password(db, id, Some(&hash("a"))).await.unwrap());
        // Another one than the one that was verified is not overwritten.
        assert!(
            !User::upgrade_password(db, id, &hash("x"), &hash("b"))
                .await
                .unwrap()
        );
        assert!(
            User::upgrade_password(db, id, &hash("a"), &hash("b"))
                .await
                .unwrap()
        );
        assert_eq!(find().await.password_hash, Some(hash("b")));
        assert!(User::set_password(db, id, None).await.unwrap());
        assert_eq!(find().await.password_hash, None);

        let email = Identifier::email("mary@example.com").unwrap();
        let other = Identifier::email("ann@example.com").unwrap();
        assert!(User::set_email(db, id, Some(&email)).await.unwrap());
        assert!(
            !User::confirm_email(db, id, &other.key, at(5))
                .await
                .unwrap()
        );
        assert!(
            User::confirm_email(db, id, &email.key, at(5))
                .await
                .unwrap()
        );
        assert_eq!(find().await.email_confirmed_at, Some(at(5)));
        assert!(User::set_email(db, id, Some(&other)).await.unwrap());
        let found = find().await;
        assert_eq!(
            (found.email.as_deref(), found.email_confirmed_at),
            (Some("ann@example.com"), None)
        );
        assert!(User::set_email(db, id, None).await.unwrap());

        assert!(!User::is_any_superuser(db).await.unwrap());
        assert!(User::set_rank(db, id, true, true).await.unwrap());
        assert!(User::is_any_superuser(db).await.unwrap());
        assert!(User::signed_in(db, id, at(9)).await.unwrap());
        assert!(User::set_active(db, id, false).await.unwrap());
        assert!(!User::is_any_superuser(db).await.unwrap());
        assert!(!User::signed_in(db, id, at(10)).await.unwrap());
        assert_eq!(find().await.last_sign_in_at, Some(at(9)));

        let login = Identifier::user_name("Mary Ann").unwrap();
        assert!(User::set_login(db, id, &login).await.unwrap());
        assert!(User::find_by_login(db, &login.key).await.unwrap().is_some());
        assert!(User::delete(db, id).await.unwrap());
        assert!(!User::delete(db, id).await.unwrap());
        assert!(!User::set_active(db, id, true).await.unwrap());
        // What was noted of one is never told of another.
        assert!(user(db, "eve").await.id > id);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_and_their_members() {
    each(async |place| {
        let db = &place.one;
        let name = |text: &str| Identifier::user_name(text).unwrap();
        let (mary, eve) = (user(db, "mary").await.id, user(db, "eve").await.id);
        let editors = Group::create(db, &name("Editors")).await.unwrap();
        let readers = Group::create(db, &name("readers")).await.unwrap();
        assert_eq!(taken(Group::create(db, &name("EDITORS")).await), ["name"]);
        assert_eq!(
            taken(Group::rename(db, readers.id, &name("editors")).await),
            ["name"]
        );
        assert_eq!(
            Group::find(db, "editors").await.unwrap(),
            Some(editors.clone())
        );

        assert!(Group::add(db, editors.id, mary).await.unwrap());
        assert!(!Group::add(db, editors.id, mary).await.unwrap());
        assert!(Group::add(db, readers.id, mary).await.unwrap());
        assert!(Group::add(db, readers.id, eve).await.unwrap());
        assert!(Group::add(db, readers.id, eve + 1).await.is_err());
        assert_eq!(Group::members(db, readers.id).await.unwrap(), [mary, eve]);
        let of_mary = Group::of_user(db, mary).await.unwrap();
        assert_eq!(of_mary, [editors.clone(), readers.clone()]);
        assert!(Group::remove(db, readers.id, mary).await.unwrap());
        assert!(!Group::remove(db, readers.id, mary).await.unwrap());

        assert!(
            Group::rename(db, readers.id, &name("Guests"))
                .await
                .unwrap()
        );
        assert!(Group::delete(db, editors.id).await.unwrap());
        assert_eq!(Group::of_user(db, mary).await.unwrap(), []);
        let left = Group::list(db).await.unwrap();
        assert_eq!(
            left.iter().map(|group| &*group.name).collect::<Vec<_>>(),
            ["Guests"]
        );
    })
    .await;
}
