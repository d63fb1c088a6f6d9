//! How often a log-in may fail.

use axum::http::header;

use super::shop::{Answer, PASSWORD, Shop};
use crate::place::each;

/// What is said to whom is refused, whoever it is.
#[track_caller]
fn check_refused(answer: &Answer) {
    assert_eq!(answer.status, 429, "{}", answer.body);
    let seconds: u16 = answer.header(header::RETRY_AFTER).parse().unwrap();
    assert!((1..=301).contains(&seconds), "{seconds}");
    assert!(answer.body.contains("Too many attempts"));
}

#[tokio::test(flavor = "multi_thread")]
async fn five_failures_of_an_account_whether_it_is_there_or_not() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        shop.user("eve").await;
        let mut bodies = Vec::new();
        for login in ["mary", "nobody"] {
            for number in 0..5 {
                let mut browser = shop.browser();
                // From everywhere.
                browser.address = format!("198.51.100.{number}");
                let answer = browser.sign_in(login, "wrong").await;
                assert_eq!(answer.status, 422);
            }
            let answer = shop.browser().sign_in(login, PASSWORD).await;
            check_refused(&answer);
            bodies.push(answer.body);
            check_refused(
                &shop
                    .browser()
                    .sign_in(&login.to_uppercase(), PASSWORD)
                    .await,
            );
        }
        assert_eq!(bodies[0], bodies[1]);
        shop.signed_in("eve").await;
        let ended = "ends_at = '2020-01-01 00:00:00'";
        place
            .run(
                &format!("UPDATE umbel.attempt SET {ended}"),
                &format!("UPDATE umbel_attempt SET {ended}"),
            )
            .await;
        shop.signed_in("mary").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_failures_of_an_address() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        let mut browser = shop.browser();
        browser.address = "2001:db8::1".to_owned();
        for number in 0..10 {
            let answer = browser.sign_in(&format!("nobody{number}"), "wrong").await;
            assert_eq!(answer.status, 422);
        }
        check_refused(&browser.sign_in("mary", PASSWORD).await);
        browser.address = "2001:db8:0:0:ffff::7".to_owned();
        check_refused(&browser.sign_in("mary", PASSWORD).await);
        browser.address = "2001:db8:0:1::1".to_owned();
        let answer = browser.sign_in("mary", PASSWORD).await;
        assert_eq!(answer.status, 303, "it is another network");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn those_that_succeed_are_not_counted() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        for _ in 0..3 {
            for _ in 0..2 {
                shop.browser().sign_in("mary", "wrong").await;
            }
            shop.signed_in("mary").await;
        }
        for _ in 0..12 {
            shop.signed_in("mary").await;
        }
        for _ in 0..4 {
            shop.browser().sign_in("mary", "wrong").await;
        }
        check_refused(&shop.browser().sign_in("mary", PASSWORD).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_counted_does_not_say_what_was_typed() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.browser().sign_in("my-password", "wrong").await;
        // A bucket that says it would be the same as this one.
        place
            .run(
                "DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM umbel.attempt WHERE bucket LIKE '%my-password%'); END $$",
                "CREATE TABLE said (n integer CHECK (n = 0));
                 INSERT INTO said SELECT count(*) FROM umbel_attempt WHERE bucket LIKE '%my-password%'",
            )
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn proving_it_again_is_counted_too() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        for _ in 0..5 {
            let answer = browser.post("/login/again", &[("password", "wrong")]).await;
            assert_eq!(answer.status, 422);
        }
        check_refused(
            &browser
                .post("/login/again", &[("password", PASSWORD)])
                .await,
        );
        let pairs = [
            ("current_password", PASSWORD),
            ("new_password", "staple 17 xk"),
        ];
        check_refused(&browser.post("/account/password", &pairs).await);
    })
    .await;
}
