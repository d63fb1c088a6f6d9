//! `token`.

use std::fs::File;

use crate::program::{each_migrated, finish};

#[tokio::test(flavor = "multi_thread")]
async fn printed_once_and_alone() {
    each_migrated(async |shop| {
        shop.create_user("mary");
        let text = shop.succeeds("token mary");
        assert!(text.starts_with("umb_") && text.len() == 63, "{text}");
        shop.succeeds("token Mary --name ci --scope view --scope films:read --expires 30");
        let named =
            "token WHERE name = 'ci' AND scopes = 'view films:read' AND expires_at > created_at";
        assert_eq!(shop.count(named).await, 1);
        let unnamed = "token WHERE name = 'command line' AND scopes = '' AND expires_at IS NULL";
        assert_eq!(shop.count(unnamed).await, 1);
        let secret = text.trim_end().get(13..).unwrap();
        assert_eq!(
            shop.count(&format!("token WHERE prefix = '{secret}'"))
                .await,
            0
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn for_nobody() {
    each_migrated(async |shop| {
        shop.create_user("mary");
        shop.sql("UPDATE umbel.user SET is_active = false").await;
        shop.fails("token mary", &["`mary` cannot sign in"]);
        shop.fails("token eve", &["there is no user `eve`"]);
        shop.fails("token mary --expires 0", &["--expires"]);
        assert_eq!(shop.count("token").await, 0);
    })
    .await;
}

/// A token that nobody has seen is worth nothing to anybody.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn that_cannot_be_printed() {
    each_migrated(async |shop| {
        shop.create_user("mary");
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut child = shop.command("token mary");
        let child = child.stdout(full).spawn().unwrap();
        let finished = finish(child);
        assert!(
            !finished.is_success && finished.stderr.contains("takes nothing"),
            "{finished:?}"
        );
        assert_eq!(shop.count("token").await, 0);
    })
    .await;
}
