//! What proves who somebody is, besides a password: authenticator apps, recovery codes, passkeys, providers.

use umbel_accounts::TotpSecret;
use umbel_accounts::passkey::{Authenticated, Credential};
use umbel_accounts::store::{Identity, Passkey, RecoveryCodes, Totp};
use umbel_data::error::Error;
use umbel_data::values::Timestamp;

use crate::place::{at, each, user};

/// The secret of RFC 6238, and two moments with their codes.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const CODES: [(&str, &str); 2] = [
    ("2005-03-18T01:58:29Z", "081804"),
    ("2009-02-13T23:31:30Z", "005924"),
];

fn moments() -> [(Timestamp, &'static str); 2] {
    CODES.map(|(moment, code)| (moment.parse().unwrap(), code))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_is_a_factor_once_it_is_confirmed() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await.id;
        let [(early, first), (late, second)] = moments();
        let secret = TotpSecret::from_base32(SECRET).unwrap();
        assert!(Totp::find(db, mary).await.unwrap().is_none());
        assert!(
            Totp::begin(db, mary, &TotpSecret::generate())
                .await
                .unwrap()
        );
        // Whoever begins again has another one.
        assert!(Totp::begin(db, mary, &secret).await.unwrap());
        let totp = Totp::find(db, mary).await.unwrap().unwrap();
        assert_eq!(totp.secret.to_base32(), SECRET);
        assert!(totp.confirmed_at.is_none());
        assert!(
            !totp.redeem(db, first, early).await.unwrap(),
            "it is not confirmed"
        );
        assert!(!totp.confirm(db, "000000", early).await.unwrap());
        assert!(totp.confirm(db, first, early).await.unwrap());
        assert!(!totp.confirm(db, first, early).await.unwrap());
        assert!(
            !Totp::begin(db, mary, &TotpSecret::generate())
                .await
                .unwrap(),
            "it is in use"
        );

        let totp = Totp::find(db, mary).await.unwrap().unwrap();
        assert_eq!(totp.confirmed_at, Some(early));
        assert!(!totp.redeem(db, first, early).await.unwrap(), "it was used");
        assert!(totp.redeem(db, second, late).await.unwrap());
        assert!(Totp::remove(db, mary).await.unwrap());
        assert!(!Totp::remove(db, mary).await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_for_one_of_two() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await.id;
        let [(early, first), (late, second)] = moments();
        let secret = TotpSecret::from_base32(SECRET).unwrap();
        Totp::begin(db, mary, &secret).await.unwrap();
        let totp = &Totp::find(db, mary).await.unwrap().unwrap();
        let confirmed = place
            .twice(|db| async move { totp.confirm(&*db, first, early).await })
            .await;
        assert_eq!(confirmed.map(Result::unwrap), [true, false]);
        // Both have read the same row.
        let totp = &Totp::find(db, mary).await.unwrap().unwrap();
        let redeemed = place
            .twice(|db| async move { totp.redeem(&*db, second, late).await })
            .await;
        assert_eq!(redeemed.map(Result::unwrap), [true, false]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recovery_codes() {
    each(async |place| {
        let db = &place.one;
        let (mary, eve) = (user(db, "mary").await.id, user(db, "eve").await.id);
        let old = RecoveryCodes::replace(db, mary).await.unwrap();
        assert!(
            RecoveryCodes::redeem(db, mary, &old[3].to_uppercase())
                .await
                .unwrap()
        );
        assert_eq!(RecoveryCodes::count(db, mary).await.unwrap(), 9);
        let codes = RecoveryCodes::replace(db, mary).await.unwrap();
        assert_eq!(RecoveryCodes::count(db, mary).await.unwrap(), 10);
        for other in [&*old[0], "", "4k7wp", "\0"] {
            assert!(
                !RecoveryCodes::redeem(db, mary, other).await.unwrap(),
                "{other:?}"
            );
        }
        assert!(
            !RecoveryCodes::redeem(db, eve, &codes[0]).await.unwrap(),
            "it is not hers"
        );
        let code = &codes[9];
        let redeemed = place
            .twice(|db| async move { RecoveryCodes::redeem(&*db, mary, code).await })
            .await;
        assert_eq!(redeemed.map(Result::unwrap), [true, false]);
        assert!(RecoveryCodes::remove(db, mary).await.unwrap());
        assert_eq!(RecoveryCodes::count(db, mary).await.unwrap(), 0);
    })
    .await;
}

/// Those of one request, whole: whoever was shown the others is shown new ones by trying.
#[tokio::test(flavor = "multi_thread")]
async fn new_recovery_codes_twice_at_once_are_those_of_one() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await.id;
        let outcomes = place
            .twice(|db| async move { RecoveryCodes::replace(&*db, mary).await })
            .await;
        assert_eq!(RecoveryCodes::count(db, mary).await.unwrap(), 10);
        let [first, second] = outcomes.map(Result::unwrap);
        for (codes, expect) in [(first, false), (second, true)] {
            for code in codes {
                assert_eq!(
                    RecoveryCodes::redeem(db, mary, &code).await.unwrap(),
                    expect
                );
            }
        }
    })
    .await;
}

fn credential(id: &[u8], counter: u32) -> Credential {
    Credential {
        id: id.to_vec(),
        public_key: vec![0, 255, 7],
        counter,
        is_backup_eligible: true,
        is_backed_up: false,
        is_verified: true,
        transports: vec!["internal".to_owned(), "hybrid".to_owned()],
        aaguid: [9; 16],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn passkeys() {
    each(async |place| {
        let db = &place.one;
        let (mary, eve) = (user(db, "mary").await.id, user(db, "eve").await.id);
        let made = Passkey::create(db, mary, credential(b"\0key", 3), "phone", at(0))
            .await
            .unwrap();
        let (found, owner) = Passkey::find(db, b"\0key").await.unwrap().unwrap();
        assert_eq!(format!("{found:?}"), format!("{made:?}"));
        assert_eq!((owner.id, found.user_id), (mary, mary));
        assert!(Passkey::find(db, b"key").await.unwrap().is_none());
        for other in [mary, eve] {
            let again = Passkey::create(db, other, credential(b"\0key", 0), "", at(1)).await;
            assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
        }

        let how = |counter| Authenticated {
            counter,
            is_backed_up: true,
            is_verified: true,
        };
        for (counter, expect) in [(3, false), (2, false), (0, false), (4, true), (4, false)] {
            let used = made.used(db, how(counter), at(5)).await.unwrap();
            assert_eq!(used, expect, "{counter}");
        }
        let (found, _) = Passkey::find(db, b"\0key").await.unwrap().unwrap();
        assert_eq!((found.credential.counter, found.used_at), (4, Some(at(5))));
        assert!(found.credential.is_backed_up);
        let made = &made;
        let used = place
            .twice(|db| async move { made.used(&*db, how(9), at(6)).await })
            .await;
        assert_eq!(used.map(Result::unwrap), [true, false]);
        // One that does not count is good for as many as have a challenge.
        let free = Passkey::create(db, mary, credential(b"free", 0), "key", at(2))
            .await
            .unwrap();
        assert!(free.used(db, how(0), at(7)).await.unwrap());
        assert!(free.used(db, how(0), at(8)).await.unwrap());

        assert!(Passkey::rename(db, mary, free.id, "ring").await.unwrap());
        assert!(!Passkey::rename(db, eve, free.id, "mine").await.unwrap());
        let names = Passkey::list(db, mary).await.unwrap();
        let names: Vec<&str> = names.iter().map(|passkey| &*passkey.name).collect();
        assert_eq!(names, ["ring", "phone"]);
        assert!(!Passkey::remove(db, eve, free.id).await.unwrap());
        assert!(Passkey::remove(db, mary, free.id).await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn identities() {
    each(async |place| {
        let db = &place.one;
        let (mary, eve) = (user(db, "mary").await.id, user(db, "eve").await.id);
        let who = ["https://id.example", "17"];
        let link = async |user_id, who| {
            Identity::link(db, user_id, who, Some("m@id.example"), at(0)).await
        };
        assert!(link(mary, who).await.unwrap());
        assert!(!link(mary, who).await.unwrap());
        let other = link(eve, who).await;
        assert!(matches!(other, Err(Error::Conflict(_))), "{other:?}");
        assert!(link(eve, ["https://other.example", "17"]).await.unwrap());
        assert_eq!(Identity::find(db, who).await.unwrap().unwrap().id, mary);
        assert!(
            Identity::find(db, ["https://id.example", "1"])
                .await
                .unwrap()
                .is_none()
        );

        assert!(Identity::used(db, who, None, at(9)).await.unwrap());
        let list = Identity::list(db, mary).await.unwrap();
        let [identity] = &list[..] else {
            panic!("{list:?}")
        };
        assert_eq!(
            (identity.used_at, identity.email.as_deref()),
            (Some(at(9)), None)
        );
        assert!(!Identity::unlink(db, eve, identity.id).await.unwrap());
        assert!(Identity::unlink(db, mary, identity.id).await.unwrap());
        assert!(Identity::find(db, who).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_identity_for_one_of_two_users() {
    each(async |place| {
        let db = &place.one;
        let ids = [user(db, "mary").await.id, user(db, "eve").await.id];
        let turn = std::sync::atomic::AtomicUsize::new(0);
        let turn = &turn;
        let linked = place.twice(|db| {
            let id = ids[turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed)];
            async move { Identity::link(&*db, id, ["https://id.example", "1"], None, at(0)).await }
        });
        let [first, second] = linked.await;
        assert!(first.unwrap());
        assert!(matches!(second, Err(Error::Conflict(_))), "{second:?}");
        assert_eq!(
            Identity::find(db, ["https://id.example", "1"])
                .await
                .unwrap()
                .unwrap()
                .id,
            ids[0]
        );
    })
    .await;
}
