//! Changing a password, and proving again who one is.

use std::time::Duration;

use umbel_accounts::Settings;
use umbel_accounts::store::{Session, User};
use umbel_data::values::Timestamp;

use super::shop::{PASSWORD, Shop, settings};
use crate::place::{create, each};

const OTHER: &str = "staple 17 xkzq";

#[tokio::test(flavor = "multi_thread")]
async fn another_password_ends_all_other_sessions() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        let (mut thief, mut elsewhere) = (browser.clone(), shop.signed_in("mary").await);
        let pairs = [("current_password", PASSWORD), ("new_password", OTHER)];
        let answer = browser.post("/account/password", &pairs).await;
        assert_eq!(answer.location(), "/account?changed=password");
        assert_ne!(browser.cookie, thief.cookie);
        assert_eq!(browser.who().await, "mary: ");
        assert_eq!(thief.who().await, "nobody: ");
        assert_eq!(elsewhere.who().await, "nobody: ");
        let page = browser.get(answer.location()).await;
        assert!(
            page.body.contains("Your password is changed"),
            "{}",
            page.body
        );
        let left = Session::list(&shop.db, mary.id, Timestamp::now()).await;
        assert_eq!(left.unwrap().len(), 1);
        assert_eq!(shop.browser().sign_in("mary", PASSWORD).await.status, 422);
        assert_eq!(shop.browser().sign_in("mary", OTHER).await.status, 303);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_is_not_taken() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = shop.user("rosalind").await;
        User::set_name(&shop.db, mary.id, "Frances Oldham")
            .await
            .unwrap();
        let mut browser = shop.signed_in("rosalind").await;
        let huge = "x7!k".repeat(250_000);
        for (current, new, expect) in [
            (PASSWORD, "", "must be 8 characters or more; it has 0"),
            (PASSWORD, "x7!kq", "must be 8 characters or more; it has 5"),
            (PASSWORD, "8264013957", "must not consist of digits alone"),
            (PASSWORD, "iloveyou", "must not be one that many people use"),
            (PASSWORD, "x7!kq\0zz8w", "must not contain characters"),
            (
                PASSWORD,
                "rosalind17",
                "resemble the name by which you sign in",
            ),
            (PASSWORD, "rosalind@example.com", "resemble the"),
            (PASSWORD, "frances oldham", "resemble the name"),
            (PASSWORD, &huge, "must be 4096 bytes or fewer"),
            ("wrong", OTHER, "The current password is wrong"),
        ] {
            let pairs = [("current_password", current), ("new_password", new)];
            let answer = browser.post("/account/password", &pairs).await;
            assert_eq!(answer.status, 422, "{expect}");
            assert!(answer.body.contains(expect), "{expect}\n{}", answer.body);
            assert!(answer.body.contains("<title>Error: Your account</title>"));
            assert!(!answer.body.contains(OTHER));
        }
        assert_eq!(browser.who().await, "rosalind: ");
        shop.signed_in("rosalind").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_how_one_signs_in_asks_for_the_password_again() {
    each(async |place| {
        let settings = Settings {
            proof: Duration::from_secs(3_600),
            ..settings()
        };
        let shop = Shop::with(place, settings);
        shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        let before = "authenticated_at = '2020-01-01 00:00:00'";
        place
            .run(
                &format!("UPDATE umbel.session SET {before}"),
                &format!("UPDATE umbel_session SET {before}"),
            )
            .await;
        let page = browser.get("/account").await;
        assert!(
            page.body.contains("/login/again?next=%2Faccount"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("action=\"/account/password\""));
        for path in ["/account/password", "/account/email"] {
            let pairs = [
                ("email", "eve@example.com"),
                ("current_password", PASSWORD),
                ("new_password", OTHER),
            ];
            let answer = browser.post(path, &pairs).await;
            assert_eq!(answer.location(), "/login/again?next=%2Faccount");
        }
        let again = "/login/again?next=%2Faccount";
        let page = browser.get(again).await;
        assert!(page.body.contains("value=\"/account\""), "{}", page.body);
        let wrong = [("password", "wrong"), ("next", "/account")];
        let answer = browser.post("/login/again", &wrong).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("The password is wrong"));
        let mut thief = browser.clone();
        let right = [("password", PASSWORD), ("next", "/account")];
        let answer = browser.post("/login/again", &right).await;
        assert_eq!(answer.location(), "/account");
        assert_eq!(thief.who().await, "nobody: ", "the key is another one");
        let pairs = [("current_password", PASSWORD), ("new_password", OTHER)];
        let answer = browser.post("/account/password", &pairs).await;
        assert_eq!(answer.location(), "/account?changed=password");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_password_sets_one() {
    each(async |place| {
        let shop = Shop::over(place);
        let mary = create(&shop.db, "mary", None).await.unwrap();
        let hour = Duration::from_secs(3_600);
        let link = shop.accounts.sign_in_link(mary.id, hour).await.unwrap();
        let mut browser = shop.browser();
        browser.post(&link, &[]).await;
        let page = browser.get("/account").await;
        assert!(!page.body.contains("current_password"), "{}", page.body);
        let page = browser.get("/login/again").await;
        assert!(page.body.contains("You have no password"), "{}", page.body);
        let pairs = [("new_password", PASSWORD)];
        let answer = browser.post("/account/password", &pairs).await;
        assert_eq!(answer.location(), "/account?changed=password");
        shop.signed_in("mary").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_passwords_that_are_set_at_once_one_is_told() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        let one = shop.signed_in("mary").await;
        let change = async |new: &str| {
            let mut browser = one.clone();
            let pairs = [("current_password", PASSWORD), ("new_password", new)];
            browser.post("/account/password", &pairs).await.status
        };
        let (first, second) = tokio::join!(change(OTHER), change("battery 23 wvut"));
        // The other one may also come so late that its session is over, or the password another one.
        assert!(first == 303 || second == 303, "{first} {second}");
        let mut taken = 0;
        for new in [OTHER, "battery 23 wvut"] {
            taken += u32::from(shop.browser().sign_in("mary", new).await.status == 303);
        }
        assert_eq!(taken, 1);
    })
    .await;
}
