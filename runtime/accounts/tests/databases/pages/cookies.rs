//! The cookie of a session, and how long what it holds is good.

use axum::http::header;
use umbel_accounts::store::{Session, User};
use umbel_data::values::Timestamp;

use super::shop::{PASSWORD, Shop, settings};
use crate::place::each;

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_by_http_and_by_https() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        for (is_secure, remember, expect) in [
            (false, "", "session=_; Path=/; HttpOnly; SameSite=Lax"),
            (
                false,
                "1",
                "session=_; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000",
            ),
            (
                true,
                "",
                "__Host-session=_; Path=/; HttpOnly; SameSite=Lax; Secure",
            ),
            (
                true,
                "1",
                "__Host-session=_; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=2592000",
            ),
        ] {
            let mut browser = shop.browser();
            browser.is_secure = is_secure;
            let pairs = [
                ("login", "mary"),
                ("password", PASSWORD),
                ("remember", remember),
            ];
            let answer = browser.post("/login", &pairs).await;
            let cookie = answer.header(header::SET_COOKIE);
            let (name, rest) = cookie.split_once('=').unwrap();
            let (key, flags) = rest.split_once(';').unwrap();
            assert_eq!(key.len(), 43);
            assert_eq!(format!("{name}=_;{flags}"), expect);
            assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
            assert_eq!(browser.who().await, "mary: ");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_https_the_cookie_that_others_could_have_set_is_none() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        browser.is_secure = true;
        assert_eq!(browser.who().await, "nobody: ");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_on_the_server_too() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        shop.signed_in("mary").await;
        let mut browser = shop.browser();
        let pairs = [("login", "mary"), ("password", PASSWORD), ("remember", "1")];
        browser.post("/login", &pairs).await;
        let now = Timestamp::now();
        let sessions = Session::list(&shop.db, mary.id, now).await.unwrap();
        for session in sessions {
            let hours = match session.is_remembered {
                true => 30 * 24,
                false => 12,
            };
            let lifetime =
                session.expires_at.micros_since_2000() - session.created_at.micros_since_2000();
            assert_eq!(lifetime, hours * 3_600_000_000);
        }
        place
            .run(
                "UPDATE umbel.session SET expires_at = '2020-01-01'",
                "UPDATE umbel_session SET expires_at = '2020-01-01 00:00:00'",
            )
            .await;
        assert_eq!(browser.who().await, "nobody: ");
        let answer = browser.get("/account").await;
        assert_eq!(answer.location(), "/login?next=%2Faccount");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_gives_another_key_and_ends_the_session_before() {
    each(async |place| {
        let shop = Shop::over(place);
        let (mary, _) = (shop.user("mary").await, shop.user("eve").await);
        let mut browser = shop.signed_in("mary").await;
        let mut thief = browser.clone();
        browser.sign_in("eve", PASSWORD).await;
        assert_ne!(browser.cookie, thief.cookie);
        assert_eq!(browser.who().await, "eve: ");
        assert_eq!(thief.who().await, "nobody: ");
        let left = Session::list(&shop.db, mary.id, Timestamp::now())
            .await
            .unwrap();
        assert!(left.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_and_takes_the_cookie_away() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        let mut thief = browser.clone();
        let answer = browser.post("/logout", &[]).await;
        assert_eq!(answer.location(), "/login");
        let cookie = answer.header(header::SET_COOKIE);
        assert_eq!(
            cookie,
            "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
        assert_eq!(browser.cookie, None);
        assert_eq!(thief.who().await, "nobody: ");
        assert_eq!(browser.get("/logout").await.status, 405);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_away_is_gone_at_once() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        User::set_active(&shop.db, mary.id, false).await.unwrap();
        assert_eq!(browser.who().await, "nobody: ");
        User::set_active(&shop.db, mary.id, true).await.unwrap();
        assert_eq!(browser.who().await, "mary: ");
        Session::revoke_all(&shop.db, mary.id).await.unwrap();
        assert_eq!(browser.who().await, "nobody: ");
        let mut browser = shop.signed_in("mary").await;
        User::delete(&shop.db, mary.id).await.unwrap();
        assert_eq!(browser.who().await, "nobody: ");
        assert_eq!(browser.get("/account").await.status, 303);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_user_may_is_believed_for_a_while_unless_it_is_changed_here() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        assert_eq!(browser.who().await, "mary: ");
        shop.allow(&mary, "view").await;
        assert_eq!(browser.who().await, "mary: ", "it is remembered");
        shop.accounts.forget_permissions();
        assert_eq!(browser.who().await, "mary: view");
        User::set_rank(&shop.db, mary.id, true, false)
            .await
            .unwrap();
        assert_eq!(
            browser.who().await,
            "mary: view add change delete rent",
            "that comes with the session"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_everyone_may_and_what_whoever_has_signed_in_may() {
    each(async |place| {
        let allowed = |action| {
            let mut permissions = umbel_data::actor::Permissions::default();
            permissions.allow(super::shop::film(action));
            std::sync::Arc::new(permissions)
        };
        let settings = umbel_accounts::Settings {
            public: allowed("view"),
            signed_in: allowed("rent"),
            ..settings()
        };
        let shop = Shop::with(place, settings);
        shop.user("mary").await;
        assert_eq!(shop.browser().who().await, "nobody: view");
        let mut browser = shop.signed_in("mary").await;
        assert_eq!(browser.who().await, "mary: view rent");
        browser.cookie = Some("session=nonsense".to_owned());
        assert_eq!(browser.who().await, "nobody: view");
        let long = "x".repeat(20_000);
        browser.cookie = Some(format!("session={long}"));
        assert_eq!(browser.who().await, "nobody: view");
    })
    .await;
}
