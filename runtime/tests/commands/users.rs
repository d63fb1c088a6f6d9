//! `createuser` and `changepassword`.

use crate::program::{PASSWORD, Shop, each_migrated, finish};

#[tokio::test(flavor = "multi_thread")]
async fn made() {
    each_migrated(async |shop| {
        shop.succeeds("permit --group editors view film");
        shop.create_user("Mary --email mary@shop.example --group Editors");
        shop.create_user("root --superuser");
        shop.create_user("paul --staff");
        assert_eq!(
            shop.count(
                "user WHERE login = 'Mary' AND email = 'mary@shop.example' AND NOT is_staff"
            )
            .await,
            1
        );
        assert_eq!(
            shop.count("user WHERE is_superuser AND is_staff AND login = 'root'")
                .await,
            1
        );
        assert_eq!(
            shop.count("user WHERE is_staff AND NOT is_superuser").await,
            1
        );
        assert_eq!(shop.count("membership").await, 1);
        let hashed = "user WHERE password_hash LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'";
        assert_eq!(shop.count(hashed).await, 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_are_taken() {
    each_migrated(async |shop| {
        shop.create_user("mary --email mary@shop.example");
        let check = |line: &str, words: &str| {
            let line = format!("createuser {line} --password-stdin");
            let finished = shop.run_with(&line, PASSWORD.as_bytes());
            assert!(!finished.is_success, "{finished:?}");
            assert!(finished.stderr.contains(words), "{finished:?}");
        };
        check("MARY", "error: `MARY`: another user has this name");
        check(
            "paul --email Mary@shop.example",
            "error: email: another user has this address",
        );
        check(
            "paul --group editors",
            "there is no group `editors`; there is none yet",
        );
        shop.succeeds("permit --group authors view film");
        check(
            "paul --group authors --group editors",
            "no group `editors`; there are `authors`",
        );
        check(
            "paul --group editors",
            "hint: `shop permit --group editors view TABLE`",
        );
        assert_eq!(shop.count("user").await, 1);
        assert_eq!(shop.count("membership").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_is_made() {
    each_migrated(async |shop| {
        let begin = || {
            let line = "createuser mary --password-stdin";
            shop.begin_with(line, PASSWORD.as_bytes())
        };
        for _ in 0..3 {
            let children: Vec<_> = (0..3).map(|_| begin()).collect();
            let finished: Vec<_> = children.into_iter().map(finish).collect();
            let made = finished.iter().filter(|finished| finished.is_success);
            assert_eq!(made.count(), 1, "{finished:?}");
            for finished in finished.iter().filter(|finished| !finished.is_success) {
                assert!(
                    finished.stderr.contains("another user has this name"),
                    "{finished:?}"
                );
            }
            assert_eq!(shop.count("user").await, 1);
            shop.sql("DELETE FROM umbel.user").await;
        }
    })
    .await;
}

/// Each input, and what is said of it.
fn passwords() -> Vec<(Vec<u8>, &'static str)> {
    vec![
        (
            Vec::new(),
            "standard input ended before there was a password",
        ),
        (
            b"\n".to_vec(),
            "the password must be 8 characters or more; it has 0",
        ),
        (b"Sh0rt!?\nlonger than that\n".to_vec(), "it has 7"),
        (
            vec![b'Z'; 1_000_000],
            "the password must be 4096 bytes or fewer",
        ),
        (
            b"Nul-\0-in-the-midst\n".to_vec(),
            "must not contain characters that cannot be seen",
        ),
        (b"\xff\xfe\xfd\n".to_vec(), "the password is not UTF-8"),
        (b"marymary1\n".to_vec(), "must not resemble the user name"),
        (
            b"iloveyou\n".to_vec(),
            "must not be one that many people use",
        ),
    ]
}

#[track_caller]
fn check_refused(shop: &Shop, line: &str) {
    for (input, words) in passwords() {
        let finished = shop.run_with(line, &input);
        assert!(!finished.is_success, "{finished:?}");
        assert_eq!(finished.stdout, "");
        assert!(finished.stderr.starts_with("error: "), "{finished:?}");
        assert!(finished.stderr.contains(words), "{words}: {finished:?}");
        let text = String::from_utf8_lossy(&input);
        for part in text.split(['\n', '\0']).filter(|part| !part.is_empty()) {
            assert!(!finished.stderr.contains(part), "{finished:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_that_are_none() {
    each_migrated(async |shop| {
        shop.succeeds("permit --group editors view film");
        check_refused(shop, "createuser marymary --group editors --password-stdin");
        shop.fails("createuser marymary", &["no terminal", "--password-stdin"]);
        assert_eq!(shop.count("user").await, 0);
        assert_eq!(shop.count("membership").await, 0);
        shop.create_user("marymary");
        let hash = "user WHERE password_hash IS NOT NULL AND last_sign_in_at IS NULL";
        assert_eq!(shop.count(hash).await, 1);
        check_refused(shop, "changepassword marymary --password-stdin");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_and_sessions_end() {
    each_migrated(async |shop| {
        shop.create_user("mary");
        shop.create_user("paul");
        let digest = match shop.url.starts_with("sqlite:") {
            true => "randomblob(32)",
            false => "sha256(gen_random_uuid()::text::bytea)",
        };
        let time = match shop.url.starts_with("sqlite:") {
            true => "'2099-01-01 00:00:00.000000'",
            false => "timestamptz '2099-01-01'",
        };
        for login in ["mary", "mary", "paul"] {
            shop.sql(&format!(
                "INSERT INTO umbel.session (
                    digest, user_id, created_at, seen_at, expires_at, is_remembered, authenticated_at, user_agent, address
                )
                SELECT {digest}, id, {time}, {time}, {time}, true, {time}, '', '' FROM umbel.user WHERE login = '{login}'"
            ))
            .await;
        }
        let finished = shop.run_with("changepassword MARY --password-stdin", b"another long one\n");
        assert!(finished.is_success, "{finished:?}");
        assert_eq!(finished.stdout, "Changed the password of `mary`, and ended 2 sessions\n");
        assert_eq!(shop.count("session").await, 1);
        shop.fails("changepassword eve", &["there is no user `eve`", "`shop createuser eve`"]);
        shop.fails("changepassword \u{200b}", &["the user name must not"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_expired_is_deleted() {
    each_migrated(async |shop| {
        shop.create_user("mary");
        let nothing = "Deleted 0 sessions, 0 states and 0 attempts\n";
        assert_eq!(shop.succeeds("clearsessions"), nothing);
        for (bucket, time) in [("a", "2001"), ("b", "2099")] {
            shop.sql(&format!(
                "INSERT INTO umbel.attempt (bucket, count, ends_at)
                VALUES ('{bucket}', 1, '{time}-01-01 00:00:00.000000+00:00')"
            ))
            .await;
        }
        let one = "Deleted 0 sessions, 0 states and 1 attempt\n";
        assert_eq!(shop.succeeds("clearsessions"), one);
        assert_eq!(shop.count("attempt").await, 1);
    })
    .await;
}
