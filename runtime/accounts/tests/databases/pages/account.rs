//! What people see and change of their own account.

use axum::http::header;
use umbel_accounts::store::{Session, User};
use umbel_data::values::Timestamp;

use super::shop::{PASSWORD, Shop};
use crate::place::each;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_for_whoever_has_signed_in_and_kept_by_nobody() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        let mut stranger = shop.browser();
        for path in [
            "/account",
            "/account/sessions",
            "/account/tokens",
            "/login/again",
        ] {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
            assert!(!answer.body.contains("style="), "{}", answer.body);
            assert!(answer.body.contains("data-here=\"/account\""));
            let answer = stranger.get(path).await;
            assert_eq!(answer.status, 303);
            assert!(answer.location().starts_with("/login?next="));
        }
        for path in [
            "/login/again",
            "/account/name",
            "/account/email",
            "/account/password",
            "/account/tokens",
            "/account/tokens/revoke",
            "/account/sessions/revoke",
            "/account/sessions/revoke-others",
        ] {
            assert_eq!(stranger.post(path, &[]).await.status, 401, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        for (typed, expect) in [
            ("Mary <Ann>", "Mary <Ann>"),
            ("  ", ""),
            (" Ｍary ", "Mary"),
        ] {
            let answer = browser.post("/account/name", &[("name", typed)]).await;
            assert_eq!(
                answer.location(),
                "/account?changed=name",
                "{}",
                answer.body
            );
            let user = User::find(&shop.db, mary.id).await.unwrap().unwrap();
            assert_eq!(user.name, expect);
            let page = browser.get("/account?changed=name").await;
            assert!(page.body.contains("Your name is changed."), "{}", page.body);
        }
        let huge = "x".repeat(1_000_000);
        for wrong in ["ma\0ry", "ma\u{202e}ry", &huge] {
            let answer = browser.post("/account/name", &[("name", wrong)]).await;
            assert_eq!(answer.status, 422);
            assert!(answer.body.contains("href=\"#f-name\""));
        }
        let page = browser.get("/account?changed=%3Cscript%3E").await;
        assert!(!page.body.contains("script"), "{}", page.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address() {
    each(async |place| {
        let shop = Shop::over(place);
        let (mary, _) = (shop.user("mary").await, shop.user("eve").await);
        let mut browser = shop.signed_in("mary").await;
        for (typed, expect) in [("new@example.com", Some("new@example.com")), ("", None)] {
            let answer = browser.post("/account/email", &[("email", typed)]).await;
            assert_eq!(
                answer.location(),
                "/account?changed=email",
                "{}",
                answer.body
            );
            let user = User::find(&shop.db, mary.id).await.unwrap().unwrap();
            assert_eq!(user.email.as_deref(), expect);
        }
        for (wrong, expect) in [
            ("mary", "must be an e-mail address"),
            ("a@b\0", "must not contain characters"),
            ("EVE@example.com", "another user has this address"),
        ] {
            let answer = browser.post("/account/email", &[("email", wrong)]).await;
            assert_eq!(answer.status, 422, "{expect}");
            assert!(answer.body.contains(expect), "{expect}\n{}", answer.body);
            assert!(answer.body.contains("aria-describedby=\"f-email-error\""));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_seen_and_ended_by_their_owner() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        shop.user("eve").await;
        let mut browser = shop.signed_in("mary").await;
        let (mut second, mut third) = (shop.signed_in("mary").await, shop.signed_in("mary").await);
        let list = async || {
            let sessions = Session::list(&shop.db, mary.id, Timestamp::now()).await;
            let ids = sessions.unwrap().into_iter().map(|session| session.id);
            let mut ids: Vec<_> = ids.collect();
            ids.sort_unstable();
            ids
        };
        let ids = list().await;
        let page = browser.get("/account/sessions").await;
        assert_eq!(page.body.matches("This one").count(), 1, "{}", page.body);
        assert_eq!(page.body.matches("192.0.2.7").count(), 3);

        let end = ids[1].to_string();
        let mut eve = shop.signed_in("eve").await;
        eve.post("/account/sessions/revoke", &[("session", &end)])
            .await;
        assert_eq!(second.who().await, "mary: ", "it is not hers");
        for odd in ["", "x", "99999999999999999999"] {
            let answer = browser
                .post("/account/sessions/revoke", &[("session", odd)])
                .await;
            assert_eq!(answer.location(), "/account/sessions");
        }
        browser
            .post("/account/sessions/revoke", &[("session", &end)])
            .await;
        assert_eq!(second.who().await, "nobody: ");
        assert_eq!(third.who().await, "mary: ");
        browser.post("/account/sessions/revoke-others", &[]).await;
        assert_eq!(third.who().await, "nobody: ");
        assert_eq!(browser.who().await, "mary: ");
        assert_eq!(list().await, ids[..1]);
        assert_eq!(eve.who().await, "eve: ");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_gone_is_nobodys() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        User::delete(&shop.db, mary.id).await.unwrap();
        let pairs = [
            ("current_password", PASSWORD),
            ("new_password", "staple 17 xkzq"),
        ];
        for path in ["/account/name", "/account/email", "/account/password"] {
            assert_eq!(browser.post(path, &pairs).await.status, 401, "{path}");
        }
    })
    .await;
}
