//! Signing in by a password: whoever may not learns nothing.

use axum::http::{Method, header};
use umbel_accounts::password::{Settings, hash};
use umbel_accounts::store::{PasswordHash, Session, User};
use umbel_accounts::{Limit, Settings as Accounts};
use umbel_data::values::Timestamp;
use umbel_web::form::encode;

use super::shop::{PASSWORD, Shop, cost, settings};
use crate::place::{create, each};

/// So many that nobody is refused for that.
fn unlimited() -> Accounts {
    let many = Limit {
        count: 1_000,
        ..settings().failures_of_account
    };
    Accounts {
        failures_of_account: many,
        failures_of_address: many,
        ..settings()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn by_name_and_by_address_however_they_are_written() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        for login in ["mary", "MARY", " ｍａｒｙ ", "Mary@Example.com"] {
            let mut browser = shop.browser();
            assert_eq!(browser.get("/account").await.status, 303);
            let page = browser.get("/login?next=%2Ffilm").await;
            assert_eq!(page.status, 200);
            assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
            for part in [
                "<title>Sign in</title>",
                "data-here=\"/login\"",
                "autocomplete=\"username\"",
                "autocomplete=\"current-password\"",
                "name=\"next\" value=\"/film\"",
            ] {
                assert!(page.body.contains(part), "{part}\n{}", page.body);
            }
            let pairs = [("login", login), ("password", PASSWORD), ("next", "/film")];
            let answer = browser.post("/login", &pairs).await;
            assert_eq!((answer.status, answer.location()), (303, "/film"));
            assert_eq!(browser.who().await, "mary: ");
            assert_eq!(browser.get("/login?next=/film").await.location(), "/film");
        }
        let user = User::find_by_login(&shop.db, "mary")
            .await
            .unwrap()
            .unwrap();
        assert!(user.last_sign_in_at.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_there_is_answered_as_whoever_is() {
    each(async |place| {
        let shop = Shop::with(place, unlimited());
        shop.user("mary").await;
        let eve = shop.user("eve").await;
        User::set_active(&shop.db, eve.id, false).await.unwrap();
        create(&shop.db, "link", None).await.unwrap();
        let broken = create(&shop.db, "broken", None).await.unwrap();
        let hash = PasswordHash("nonsense".to_owned());
        User::set_password(&shop.db, broken.id, Some(&hash))
            .await
            .unwrap();
        let refusal = async |login: &str, password: &str| {
            let mut browser = shop.browser();
            let answer = browser.sign_in(login, password).await;
            assert_eq!(browser.cookie, None, "{login}");
            let body = answer
                .body
                .replace(&format!("value=\"{login}\""), "value=\"_\"");
            (answer.status, body)
        };
        let expect = refusal("mary", "wrong").await;
        assert_eq!(expect.0, 422);
        assert!(expect.1.contains("The name or the password is wrong"));
        assert!(expect.1.contains("href=\"#f-login\""));
        assert!(expect.1.contains("aria-invalid=\"true\""));
        for (login, password) in [
            ("nobody", PASSWORD),
            ("nobody@example.com", PASSWORD),
            ("eve", PASSWORD),
            ("eve", "wrong"),
            ("link", ""),
            ("link", PASSWORD),
            ("broken", PASSWORD),
            ("broken", "nonsense"),
            ("mary", ""),
            ("mary", " "),
            ("mary", "correct horse batter"),
            ("mary", "correct horse battery "),
            ("mary", "correct horse\0battery"),
        ] {
            assert_eq!(refusal(login, password).await, expect, "{login} {password}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_names_and_huge_passwords_are_wrong_ones() {
    each(async |place| {
        let shop = Shop::with(place, unlimited());
        shop.user("mary").await;
        let mut browser = shop.browser();
        let expect = browser.sign_in("", "").await;
        let huge = "x".repeat(1_000_000);
        for (login, password) in [
            ("", PASSWORD),
            ("ma\0ry", PASSWORD),
            ("ma\u{202e}ry", PASSWORD),
            ("mary", &huge),
            ("mary", &"\0".repeat(5_000)),
            (&huge, PASSWORD),
            (&huge, &huge),
        ] {
            let answer = browser.sign_in(login, password).await;
            assert_eq!(answer.status, 422, "{login:.20}");
            assert!(answer.body.len() < expect.body.len() + 100);
            assert!(answer.body.contains("The name or the password is wrong"));
        }
        let bytes = "login=%FF%FE&password=%FF".to_owned();
        let answer = browser.ask(Method::POST, "/login", &[], bytes).await;
        assert_eq!(answer.status, 400);
        let answer = browser
            .ask(Method::POST, "/login", &[], "login".to_owned())
            .await;
        assert_eq!(answer.status, 422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_no_html() {
    each(async |place| {
        let shop = Shop::over(place);
        let answer = shop.browser().sign_in("\"><script>", "x").await;
        assert!(!answer.body.contains("<script>"), "{}", answer.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_hash_is_made_anew() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        let older = Settings {
            argon2: cost(32),
            bcrypt_pepper: None,
        };
        let older = PasswordHash(hash(PASSWORD, &older).unwrap());
        User::set_password(&shop.db, mary.id, Some(&older))
            .await
            .unwrap();
        let stored = async || {
            let user = User::find(&shop.db, mary.id).await.unwrap();
            user.unwrap().password_hash.unwrap().0
        };
        shop.browser().sign_in("mary", "wrong").await;
        assert_eq!(stored().await, older.0);
        shop.signed_in("mary").await;
        assert!(stored().await.contains("m=64"));
        shop.signed_in("mary").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_sites_sign_nobody_in_or_out() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        let mut browser = shop.browser();
        let body = encode(&[("login", "mary"), ("password", PASSWORD)]);
        for line in [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ] {
            let answer = browser
                .ask(Method::POST, "/login", &[line], body.clone())
                .await;
            assert_eq!(answer.status, 403);
        }
        assert_eq!(browser.cookie, None);
        let mut browser = shop.signed_in("mary").await;
        let line = ("sec-fetch-site", "cross-site");
        let answer = browser
            .ask(Method::POST, "/logout", &[line], String::new())
            .await;
        assert_eq!(answer.status, 403);
        assert_eq!(browser.who().await, "mary: ");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sign_in_at_once() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        let (mut one, mut other) = (shop.browser(), shop.browser());
        let (first, second) = tokio::join!(
            one.sign_in("mary", PASSWORD),
            other.sign_in("mary", PASSWORD)
        );
        assert_eq!((first.status, second.status), (303, 303));
        assert_ne!(one.cookie, other.cookie);
        assert_eq!(one.who().await, other.who().await);
        let sessions = Session::list(&shop.db, mary.id, Timestamp::now()).await;
        assert_eq!(sessions.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn below_a_path() {
    each(async |place| {
        let shop = Shop::below("/shop", place, settings());
        shop.user("mary").await;
        let mut browser = shop.browser();
        let led = browser.get("/shop/account").await;
        assert_eq!(led.location(), "/shop/login?next=%2Faccount");
        let page = browser.get(led.location()).await;
        assert!(
            page.body.contains("action=\"/shop/login\""),
            "{}",
            page.body
        );
        let pairs = [
            ("login", "mary"),
            ("password", PASSWORD),
            ("next", "/account"),
        ];
        let answer = browser.post("/shop/login", &pairs).await;
        assert_eq!(answer.location(), "/shop/account");
        assert!(answer.header(header::SET_COOKIE).contains("; Path=/;"));
        assert_eq!(browser.get("/shop/account").await.status, 200);
    })
    .await;
}
