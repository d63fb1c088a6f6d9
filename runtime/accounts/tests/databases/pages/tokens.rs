//! Tokens of programs.

use umbel_accounts::Settings;
use umbel_accounts::store::{ApiToken, User};
use umbel_data::values::Timestamp;

use super::shop::{Browser, Shop, settings};
use crate::place::each;

/// Makes a token on the page, and returns its text.
async fn make(browser: &mut Browser, scopes: &[&str], days: &str) -> String {
    let mut pairs = vec![("name", "backup"), ("days", days)];
    pairs.extend(scopes.iter().map(|scope| ("scope", *scope)));
    let page = browser.post("/account/tokens", &pairs).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let (_, rest) = page.body.split_once("<p><code>").unwrap();
    let (text, _) = rest.split_once("</code>").unwrap();
    assert_eq!(page.body.matches(text).count(), 1);
    let later = browser.get("/account/tokens").await.body;
    assert!(
        !later.contains(text) && later.contains(&text[..12]),
        "{later}"
    );
    text.to_owned()
}

fn program(shop: &Shop, authorization: &str) -> Browser {
    let mut program = shop.browser();
    program.authorization = Some(authorization.to_owned());
    program
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_may_what_its_user_may_and_no_more_than_it_is_for() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        for action in ["view", "add", "rent"] {
            shop.allow(&mary, action).await;
        }
        let mut browser = shop.signed_in("mary").await;
        for (scopes, expect) in [
            (&[][..], "mary: view add rent"),
            (&["view"], "mary: view"),
            (&["view", "delete"], "mary: view"),
            (&["add", "view"], "mary: view add"),
            (&["delete"], "mary: "),
        ] {
            let text = make(&mut browser, scopes, "").await;
            let mut program = program(&shop, &format!("Bearer {text}"));
            assert_eq!(program.who().await, expect);
        }
        User::set_rank(&shop.db, mary.id, true, false)
            .await
            .unwrap();
        let text = make(&mut browser, &["view", "change"], "1").await;
        let mut narrow = program(&shop, &format!("bearer  {text}"));
        assert_eq!(narrow.who().await, "mary: view change");
        assert_eq!(browser.who().await, "mary: view add change delete rent");
        assert_eq!(narrow.get("/film").await.body, "films");
        for path in [
            "/account",
            "/account/tokens",
            "/account/sessions",
            "/login/again",
        ] {
            assert_eq!(
                narrow.get(path).await.status,
                403,
                "a token changes no account"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_good_is_nobodys() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        let text = make(&mut browser, &[], "7").await;
        let refused = async |authorization: &str| {
            let mut program = program(&shop, authorization);
            // Not even by the cookie beside it.
            program.cookie = browser.cookie.clone();
            for path in ["/who", "/film", "/login"] {
                let answer = program.get(path).await;
                assert_eq!(answer.status, 401, "{authorization} {path}");
                let challenge = answer.header(axum::http::header::WWW_AUTHENTICATE);
                assert_eq!(challenge, "Bearer error=\"invalid_token\"");
            }
        };
        let other = umbel_accounts::Token::generate().text;
        let good = format!("Bearer {text}");
        let long = format!("Bearer {}", "x".repeat(9_000));
        for wrong in [
            "Bearer",
            "Bearer ",
            "Bearer x",
            "bearer umb_",
            &good[..good.len() - 1],
            &format!("{good}x"),
            &format!("{good} {text}"),
            &format!("Bearer {other}"),
            &long,
        ] {
            refused(wrong).await;
        }
        assert_eq!(program(&shop, &good).who().await, "mary: ");
        assert_eq!(program(&shop, "Basic eDp5").who().await, "nobody: ");

        User::set_active(&shop.db, mary.id, false).await.unwrap();
        refused(&good).await;
        User::set_active(&shop.db, mary.id, true).await.unwrap();
        let found = ApiToken::list(&shop.db, mary.id).await.unwrap();
        let end = found[0].expires_at.unwrap().micros_since_2000();
        let days = (end - Timestamp::now().micros_since_2000()) / 86_400_000_000;
        assert_eq!(days, 6, "and some hours");
        let ended = "expires_at = '2020-01-01 00:00:00'";
        place
            .run(
                &format!("UPDATE umbel.token SET {ended}"),
                &format!("UPDATE umbel_token SET {ended}"),
            )
            .await;
        refused(&good).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_revoked_by_its_owner() {
    each(async |place| {
        let shop = Shop::over(place);
        let (mary, _) = (shop.user("mary").await, shop.user("eve").await);
        let mut browser = shop.signed_in("mary").await;
        let text = make(&mut browser, &[], "").await;
        let mut program = program(&shop, &format!("Bearer {text}"));
        let id = ApiToken::list(&shop.db, mary.id).await.unwrap()[0]
            .id
            .to_string();
        let mut eve = shop.signed_in("eve").await;
        eve.post("/account/tokens/revoke", &[("token", &id)]).await;
        assert_eq!(program.who().await, "mary: ");
        for odd in ["", "x", "-1", "99999999999999999999"] {
            let answer = browser
                .post("/account/tokens/revoke", &[("token", odd)])
                .await;
            assert_eq!(answer.location(), "/account/tokens");
        }
        browser
            .post("/account/tokens/revoke", &[("token", &id)])
            .await;
        assert_eq!(program.get("/who").await.status, 401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_made_of_what_makes_sense_by_whoever_has_proved_who_it_is() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        for (name, scope, days, expect) in [
            ("", "view", "1", "Name must not be empty"),
            ("a\0b", "view", "1", "Name must not contain characters"),
            ("a", "fly", "1", "What it may do must be some of these"),
            ("a", "view", "0", "from 1 to 3650"),
            ("a", "view", "-1", "from 1 to 3650"),
            ("a", "view", "3651", "from 1 to 3650"),
            ("a", "view", "99999999999999999999", "from 1 to 3650"),
            ("a", "view", "x", "from 1 to 3650"),
        ] {
            let pairs = [("name", name), ("scope", scope), ("days", days)];
            let answer = browser.post("/account/tokens", &pairs).await;
            assert_eq!(answer.status, 422, "{expect}");
            assert!(answer.body.contains(expect), "{expect}\n{}", answer.body);
        }
        let settings = Settings {
            proof: std::time::Duration::ZERO,
            ..settings()
        };
        let strict = Shop::with(place, settings);
        let mut browser = strict.signed_in("mary").await;
        let page = browser.get("/account/tokens").await;
        assert!(!page.body.contains("Make the token"), "{}", page.body);
        let answer = browser.post("/account/tokens", &[("name", "a")]).await;
        assert_eq!(answer.location(), "/login/again?next=%2Faccount%2Ftokens");
        let made = ApiToken::list(&shop.db, mary.id).await.unwrap();
        assert!(made.is_empty());
    })
    .await;
}
