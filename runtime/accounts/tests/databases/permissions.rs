//! Who may do what.

use umbel_accounts::Identifier;
use umbel_accounts::store::{Group, Holder, User, permissions, restrict, unrestrict};
use umbel_data::actor::{ColumnRule, Permission, Permissions};
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
            let said = permissions(db, who).await.unwrap();
            assert_eq!(said, Permissions::default());
            for action in ["view", "add", "change", "delete", "publish", ""] {
                assert!(!said.may(on_film(action)));
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
        let said = permissions(db, mary).await.unwrap();
        assert!(said.groups.iter().eq(["Editors"]));
        for (action, expect) in [
            ("view", true),
            ("publish", true),
            ("change", true),
            ("add", false),
            ("delete", false),
            ("VIEW", false),
        ] {
            assert_eq!(said.may(on_film(action)), expect, "{action}");
        }
        for (schema, table) in [
            ("public", "actor"),
            ("other", "film"),
            ("", ""),
            ("public", "Film"),
        ] {
            assert!(!said.may(Permission {
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
        assert!(permissions(db, mary).await.unwrap().may(on_film("view")));
        assert!(
            Holder::User(mary)
                .revoke(db, on_film("view"))
                .await
                .unwrap()
        );
        // Who may change rows sees them.
        let change = Holder::User(mary);
        assert!(permissions(db, mary).await.unwrap().may(on_film("view")));
        assert!(change.revoke(db, on_film("change")).await.unwrap());
        assert!(!permissions(db, mary).await.unwrap().may(on_film("view")));
        assert!(change.grant(db, on_film("change")).await.unwrap());
        Group::delete(db, editors).await.unwrap();
        let left = permissions(db, mary).await.unwrap();
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
        restrict(db, editors, hidden, ColumnRule::Hidden)
            .await
            .unwrap();
        User::set_rank(db, mary, true, false).await.unwrap();
        let said = permissions(db, mary).await.unwrap();
        assert!(said.may(on_film("delete")) && said.may(on_film("anything")));
        assert_eq!(said.column("public", "film", "cost"), None);
        assert_eq!(said.columns("public", "film").count(), 0);
        User::set_active(db, mary, false).await.unwrap();
        assert_eq!(permissions(db, mary).await.unwrap(), Permissions::default());
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
            restrict(db, group, ["public", "film", column], rule)
                .await
                .unwrap();
        }
        let said = permissions(db, mary).await.unwrap();
        for (column, expect) in [
            ("cost", Some(ColumnRule::Hidden)),
            ("title", Some(ColumnRule::ReadOnly)),
            ("length", None),
        ] {
            assert_eq!(said.column("public", "film", column), expect, "{column}");
        }
        let kept: Vec<&str> = said
            .columns("public", "film")
            .map(|(name, _)| name)
            .collect();
        assert_eq!(kept, ["cost", "title"]);
        assert!(
            unrestrict(db, one, ["public", "film", "cost"])
                .await
                .unwrap()
        );
        assert!(
            !unrestrict(db, one, ["public", "film", "cost"])
                .await
                .unwrap()
        );
        let said = permissions(db, mary).await.unwrap();
        assert_eq!(
            said.column("public", "film", "cost"),
            Some(ColumnRule::ReadOnly)
        );
    })
    .await;
}
