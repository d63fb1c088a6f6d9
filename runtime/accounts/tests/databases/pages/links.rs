//! Links that sign in.

use std::time::Duration;

use axum::http::header;
use umbel_accounts::SessionKey;
use umbel_accounts::store::{NewState, State, User};
use umbel_data::values::Timestamp;

use super::shop::{Answer, Shop};
use crate::place::{create, each};

const HOUR: Duration = Duration::from_secs(3_600);

/// One that is not good says nothing.
#[track_caller]
fn check_spent(answer: &Answer) {
    assert_eq!(answer.status, 410);
    assert_eq!(
        answer.body,
        "<h1>This link is no longer good</h1><p>The link was used already, or is too old, or is not whole.</p>"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_signs_in_once() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = create(&shop.db, "mary", None).await.unwrap();
        let link = shop.accounts.sign_in_link(mary.id, HOUR).await.unwrap();
        let mut browser = shop.browser();
        // Programs that look whether a link is dangerous do not spend it.
        for _ in 0..3 {
            let page = browser.get(&link).await;
            assert_eq!(page.status, 200);
            assert!(page.body.contains("Sign in as mary?"), "{}", page.body);
            assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
            assert_eq!(browser.who().await, "nobody: ");
        }
        let answer = browser.post(&link, &[]).await;
        assert_eq!((answer.status, answer.location()), (303, "/"));
        assert_eq!(browser.who().await, "mary: ");
        let mut stranger = shop.browser();
        check_spent(&stranger.post(&link, &[]).await);
        check_spent(&stranger.get(&link).await);
        assert_eq!(stranger.cookie, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_use_a_link_at_once_one_is_signed_in() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = create(&shop.db, "mary", None).await.unwrap();
        let link = shop.accounts.sign_in_link(mary.id, HOUR).await.unwrap();
        let (mut one, mut other) = (shop.browser(), shop.browser());
        let (first, second) = tokio::join!(one.post(&link, &[]), other.post(&link, &[]));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 410]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_are_not_good() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = create(&shop.db, "mary", None).await.unwrap();
        let made = async || shop.accounts.sign_in_link(mary.id, HOUR).await.unwrap();
        let link = made().await;
        let mut stranger = shop.browser();
        let other = SessionKey::generate().to_text();
        for key in [
            "x",
            &other,
            &link[12..link.len() - 1],
            "%00",
            "%FF",
            &"x".repeat(9_000),
        ] {
            let path = format!("/login/link/{key}");
            check_spent(&stranger.get(&path).await);
            check_spent(&stranger.post(&path, &[]).await);
        }
        let past = shop
            .accounts
            .sign_in_link(mary.id, Duration::ZERO)
            .await
            .unwrap();
        check_spent(&stranger.get(&past).await);
        check_spent(&stranger.post(&past, &[]).await);
        let new = NewState {
            purpose: "passkey",
            payload: "",
            user_id: Some(mary.id),
            expires_at: Timestamp::INFINITY,
        };
        let key = State::keep(&shop.db, new).await.unwrap().to_text();
        check_spent(&stranger.post(&format!("/login/link/{key}"), &[]).await);
        User::set_active(&shop.db, mary.id, false).await.unwrap();
        check_spent(&stranger.get(&link).await);
        check_spent(&stranger.post(&link, &[]).await);
        User::set_active(&shop.db, mary.id, true).await.unwrap();
        check_spent(&stranger.get(&link).await);
        let link = made().await;
        User::delete(&shop.db, mary.id).await.unwrap();
        check_spent(&stranger.get(&link).await);
        check_spent(&stranger.post(&link, &[]).await);
        assert!(shop.accounts.sign_in_link(mary.id, HOUR).await.is_err());
        assert_eq!(stranger.cookie, None);
    })
    .await;
}
