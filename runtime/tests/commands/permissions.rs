//! `permit`.

use crate::program::each_migrated;

#[tokio::test(flavor = "multi_thread")]
async fn granted_and_revoked() {
    each_migrated(async |shop| {
        let check = |line: &str, expect: &str| assert_eq!(shop.succeeds(line), expect, "{line}");
        check(
            "permit --group editors view,change film",
            "Made the group `editors`\nThe group `editors` may view, change: main.film\n",
        );
        check(
            "permit --group Editors view film",
            "The group `editors` may view: main.film: all of it was allowed before\n",
        );
        check(
            "permit --group editors view *",
            "The group `editors` may view: main.film, main.language\n",
        );
        assert_eq!(shop.count("permission").await, 3);
        check(
            "permit --group editors --revoke change,delete main.film",
            "The group `editors` may no longer change, delete: main.film\n",
        );
        check(
            "permit --group editors --revoke delete main.film",
            "The group `editors` may no longer delete: main.film: nothing of it was allowed before\n",
        );
        assert_eq!(shop.count("permission").await, 2);
        shop.create_user("mary");
        let finished = shop.run("permit --user mary publish film");
        assert_eq!(finished.stdout, "The user `mary` may publish: main.film\n");
        assert!(finished.stderr.contains("`publish` is a word of the application's own"));
        assert_eq!(shop.count("permission WHERE user_id IS NOT NULL").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_half_made() {
    each_migrated(async |shop| {
        shop.fails(
            "permit --group editors view film flim",
            &["the application has no table `flim`", "is it main.film?"],
        );
        shop.fails(
            "permit --group editors --revoke view film",
            &["there is no group `editors`"],
        );
        shop.fails("permit --user eve view film", &["there is no user `eve`"]);
        assert_eq!(shop.count("group").await, 0);
        assert_eq!(shop.count("permission").await, 0);
    })
    .await;
}
