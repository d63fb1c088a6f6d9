//! Who may do what.

use umbel_accounts::Identifier;
use umbel_accounts::store::{ColumnRule, Group, Holder, Permission, Permissions, User};
use umbel_data::database::Executor;

use crate::place::{each, user};

const fn on_film(action: &str) -> Permission<'_> {
    Permission {
        schema: "public",
        table: "film",
        action,
    }
}

async fn group(db: &dyn Executor, name: &str, user_id: i64) -> i64 {
    let name = Identifier::user_name(name).unwrap();
    let group = Group::create(db, &name).await.unwrap();
    Group::add(db, group.id, user_id).await.unwrap();
    group.id
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_may_what_was_not_said() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await.id;
        for who in [mary, mary + 1, -1] {
            let permissions = Permissions::of(db, who).await.unwrap();
            assert_eq!(permissions, Permissions::default());
            for action in ["view", "add", "change", "delete", "publish", ""] {
                assert!(!permissions.may(on_film(action)));
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_and_those_of_ones_groups() {
    each(async |place| {
        let db = &place.one;
        let (mary, eve) = (user(db, "mary").await.id, user(db, "eve").await.id);
        let editors = group(db, "Editors", mary).await;
        let others = group(db, "Others", eve).await;
        for (holder, action, is_new) in [
            (Holder::Group(editors), "view", true),
            (Holder::Group(editors), "publish", true),
            (Holder::Group(editors), "view", false),
            (Holder::User(mary), "view", true),
            (Holder::User(mary), "change", true),
            (Holder::User(mary), "change", false),
            (Holder::Group(others), "delete", true),
        ] {
            let granted = holder.grant(db, on_film(action)).await.unwrap();
            assert_eq!(granted, is_new, "{holder:?} {action}");
        }
        let permissions = Permissions::of(db, mary).await.unwrap();
        assert!(permissions.groups.iter().eq(["Editors"]));
        for (action, expect) in [
            ("view", true),
            ("publish", true),
            ("change", true),
            ("add", false),
            ("delete", false),
            ("VIEW", false),
        ] {
            assert_eq!(permissions.may(on_film(action)), expect, "{action}");
        }
        for (schema, table) in [
            ("public", "actor"),
            ("other", "film"),
            ("", ""),
            ("public", "Film"),
        ] {
            assert!(!permissions.may(Permission {
                schema,
                table,
                action: "view"
            }));
        }

        assert!(
            Holder::Group(editors)
                .revoke(db, on_film("view"))
                .await
                .unwrap()
        );
        assert!(
            !Holder::Group(editors)
                .revoke(db, on_film("view"))
                .await
                .unwrap()
        );
        assert!(
            Permissions::of(db, mary)
                .await
                .unwrap()
                .may(on_film("view"))
        );
        assert!(
            Holder::User(mary)
                .revoke(db, on_film("view"))
                .await
                .unwrap()
        );
        assert!(
            !Permissions::of(db, mary)
                .await
                .unwrap()
                .may(on_film("view"))
        );
        Group::delete(db, editors).await.unwrap();
        let left = Permissions::of(db, mary).await.unwrap();
        assert!(!left.may(on_film("publish")) && left.may(on_film("change")));
        assert!(left.groups.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_superuser_may_all_and_who_is_not_active_nothing() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await.id;
        let editors = group(db, "Editors", mary).await;
        Holder::User(mary).grant(db, on_film("view")).await.unwrap();
        let hidden = ["public", "film", "cost"];
        ColumnRule::Hidden.set(db, editors, hidden).await.unwrap();
        User::set_rank(db, mary, true, false).await.unwrap();
        let permissions = Permissions::of(db, mary).await.unwrap();
        assert!(permissions.may(on_film("delete")) && permissions.may(on_film("anything")));
        assert_eq!(permissions.column("public", "film", "cost"), None);
        assert_eq!(permissions.columns("public", "film").count(), 0);
        User::set_active(db, mary, false).await.unwrap();
        assert_eq!(
            Permissions::of(db, mary).await.unwrap(),
            Permissions::default()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_strictest_rule_of_ones_groups_counts() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await.id;
        let (one, two) = (group(db, "one", mary).await, group(db, "two", mary).await);
        for (rule, group, column) in [
            (ColumnRule::Hidden, one, "cost"),
            (ColumnRule::ReadOnly, two, "cost"),
            (ColumnRule::Hidden, two, "title"),
            (ColumnRule::ReadOnly, two, "title"),
        ] {
            rule.set(db, group, ["public", "film", column])
                .await
                .unwrap();
        }
        let permissions = Permissions::of(db, mary).await.unwrap();
        for (column, expect) in [
            ("cost", Some(ColumnRule::Hidden)),
            ("title", Some(ColumnRule::ReadOnly)),
            ("length", None),
        ] {
            assert_eq!(
                permissions.column("public", "film", column),
                expect,
                "{column}"
            );
        }
        let kept: Vec<&str> = permissions
            .columns("public", "film")
            .map(|(name, _)| name)
            .collect();
        assert_eq!(kept, ["cost", "title"]);
        assert!(
            ColumnRule::unset(db, one, ["public", "film", "cost"])
                .await
                .unwrap()
        );
        assert!(
            !ColumnRule::unset(db, one, ["public", "film", "cost"])
                .await
                .unwrap()
        );
        let permissions = Permissions::of(db, mary).await.unwrap();
        assert_eq!(
            permissions.column("public", "film", "cost"),
            Some(ColumnRule::ReadOnly)
        );
    })
    .await;
}
