//! Sessions, tokens, and what is begun in one request and ended in another.

use umbel_accounts::store::{ApiToken, NewApiToken, NewSession, NewState, Session, State, User};
use umbel_accounts::{SessionKey, Token};
use umbel_data::database::Executor;

use crate::place::{at, each, user};

async fn session(db: &dyn Executor, user_id: i64, end: i64) -> (SessionKey, Session) {
    let new = NewSession {
        user_id,
        expires_at: at(end),
        is_remembered: true,
        user_agent: "Firefox",
        address: "::1",
    };
    Session::create(db, new, at(0)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_found_by_its_key_with_its_user() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await;
        let (key, made) = session(db, mary.id, 100).await;
        let (found, owner) = Session::find(db, &key.digest(), at(99))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(format!("{found:?}"), format!("{made:?}"));
        assert!(found.digest.matches(&key.digest()));
        assert_eq!(owner.login, "mary");

        let gone = async |now| {
            Session::find(db, &key.digest(), at(now))
                .await
                .unwrap()
                .is_none()
        };
        assert!(gone(100).await, "it has expired");
        let other = SessionKey::generate().digest();
        assert!(Session::find(db, &other, at(1)).await.unwrap().is_none());
        User::set_active(db, mary.id, false).await.unwrap();
        assert!(gone(1).await, "its user is not active");
        User::set_active(db, mary.id, true).await.unwrap();
        assert!(!gone(1).await);
        User::delete(db, mary.id).await.unwrap();
        assert!(gone(1).await, "its user is deleted");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_touched_once_a_minute() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await;
        let (key, made) = session(db, mary.id, 1_000).await;
        for (now, expect) in [(0, false), (59, false), (60, true), (61, false)] {
            assert_eq!(made.touch(db, at(now)).await.unwrap(), expect, "{now}");
        }
        let (found, _) = Session::find(db, &key.digest(), at(70))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.seen_at, at(60));
        let made = &made;
        let [first, second] = place
            .twice(|db| async move { made.touch(&*db, at(200)).await })
            .await;
        assert_eq!((first.unwrap(), second.unwrap()), (true, false));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_and_revoked() {
    each(async |place| {
        let db = &place.one;
        let (mary, eve) = (user(db, "mary").await.id, user(db, "eve").await.id);
        let (key, current) = session(db, mary, 1_000).await;
        let (_, second) = session(db, mary, 1_000).await;
        let (_, third) = session(db, mary, 1_000).await;
        let (_, expired) = session(db, mary, 10).await;
        let (_, others) = session(db, eve, 1_000).await;
        assert!(current.touch(db, at(100)).await.unwrap());
        let ids = async |now| {
            let list = Session::list(db, mary, at(now)).await.unwrap();
            list.iter().map(|session| session.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(100).await, [current.id, third.id, second.id]);
        assert_eq!(ids(9).await.len(), 4);

        assert!(
            !Session::revoke(db, mary, others.id).await.unwrap(),
            "it is not hers"
        );
        assert!(Session::revoke(db, mary, second.id).await.unwrap());
        assert!(!Session::revoke(db, mary, second.id).await.unwrap());
        assert_eq!(Session::clear_expired(db, at(10)).await.unwrap(), 1);
        assert!(!Session::revoke(db, mary, expired.id).await.unwrap());
        assert_eq!(current.revoke_others(db).await.unwrap(), 1);
        assert_eq!(ids(100).await, [current.id]);
        assert!(Session::end(db, &key.digest()).await.unwrap());
        assert!(!Session::end(db, &key.digest()).await.unwrap());
        assert_eq!(Session::revoke_all(db, eve).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_changes_its_key_once() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await.id;
        let (old, made) = session(db, mary, 1_000).await;
        let made = &made;
        let [first, second] = place
            .twice(|db| async move { made.rotate(&*db, at(50)).await })
            .await;
        let key = first.unwrap().unwrap();
        assert!(
            second.unwrap().is_none(),
            "the other one has no key that works"
        );
        let (found, _) = Session::find(db, &key.digest(), at(60))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((found.id, found.authenticated_at), (made.id, at(50)));
        assert!(
            Session::find(db, &old.digest(), at(60))
                .await
                .unwrap()
                .is_none()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_browser_says_of_itself_is_cut() {
    each(async |place| {
        let db = &place.one;
        let user_agent = "ü".repeat(30_000);
        let new = NewSession {
            user_id: user(db, "mary").await.id,
            expires_at: at(9),
            is_remembered: false,
            user_agent: &user_agent,
            address: "",
        };
        let (_, made) = Session::create(db, new, at(0)).await.unwrap();
        assert_eq!(made.user_agent, "ü".repeat(255));
    })
    .await;
}

/// More than are deleted at once.
#[tokio::test(flavor = "multi_thread")]
async fn however_many_have_expired() {
    each(async |place| {
        let db = &place.one;
        for number in 0..2_050 {
            let new = NewState {
                purpose: "oidc",
                payload: "",
                user_id: None,
                expires_at: at(i64::from(number == 7)),
            };
            State::keep(db, new).await.unwrap();
        }
        assert_eq!(State::clear_expired(db, at(0)).await.unwrap(), 2_049);
        assert_eq!(State::clear_expired(db, at(0)).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_is_taken_once() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await.id;
        let new = NewState {
            purpose: "passkey",
            payload: "{\"a\":1}",
            user_id: Some(mary),
            expires_at: at(100),
        };
        let key = State::keep(db, new).await.unwrap();
        let take = async |purpose, now| State::take(db, purpose, &key, at(now)).await.unwrap();
        assert_eq!(
            take("oidc", 1).await,
            None,
            "it was begun for something else"
        );
        assert_eq!(take("passkey", 100).await, None, "it has expired");
        let key = &key;
        let [first, second] = place
            .twice(|db| async move { State::take(&*db, "passkey", key, at(1)).await })
            .await;
        let expect = State {
            payload: "{\"a\":1}".to_owned(),
            user_id: Some(mary),
        };
        assert_eq!((first.unwrap(), second.unwrap()), (Some(expect), None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await;
        let new = NewApiToken {
            user_id: mary.id,
            name: "backup",
            scopes: &["read", "film:write"],
            expires_at: Some(at(100)),
        };
        let (text, made) = ApiToken::create(db, new, at(0)).await.unwrap();
        let endless = NewApiToken {
            expires_at: None,
            scopes: &[],
            ..new
        };
        let (other, _) = ApiToken::create(db, endless, at(1)).await.unwrap();
        let sent = Token::parse(&text).unwrap();
        let (found, owner) = ApiToken::find(db, &sent, at(99)).await.unwrap().unwrap();
        assert_eq!(format!("{found:?}"), format!("{made:?}"));
        assert_eq!(found.scopes, ["read", "film:write"]);
        assert_eq!(owner.id, mary.id);
        assert!(
            ApiToken::find(db, &sent, at(100)).await.unwrap().is_none(),
            "it has expired"
        );
        let other = Token::parse(&other).unwrap();
        assert!(
            ApiToken::find(db, &other, at(1_000_000))
                .await
                .unwrap()
                .is_some()
        );
        let forged = Token {
            prefix: sent.prefix.clone(),
            ..other.clone()
        };
        assert!(
            ApiToken::find(db, &forged, at(1)).await.unwrap().is_none(),
            "it is named alike"
        );

        let made = &made;
        let [first, second] = place
            .twice(|db| async move { made.touch(&*db, at(10)).await })
            .await;
        assert_eq!((first.unwrap(), second.unwrap()), (true, false));
        let (found, _) = ApiToken::find(db, &sent, at(20)).await.unwrap().unwrap();
        assert_eq!(found.used_at, Some(at(10)));
        for (now, expect) in [(69, false), (70, true)] {
            assert_eq!(found.touch(db, at(now)).await.unwrap(), expect);
        }

        assert_eq!(ApiToken::list(db, mary.id).await.unwrap().len(), 2);
        assert!(
            !ApiToken::revoke(db, mary.id + 1, made.id).await.unwrap(),
            "it is not theirs"
        );
        assert!(ApiToken::revoke(db, mary.id, made.id).await.unwrap());
        assert!(ApiToken::find(db, &sent, at(1)).await.unwrap().is_none());
        User::set_active(db, mary.id, false).await.unwrap();
        assert!(ApiToken::find(db, &other, at(1)).await.unwrap().is_none());
    })
    .await;
}
