//! What was done with which row.

use umbel_accounts::store::{History, NewHistory, User};
use umbel_data::values::Json;

use crate::place::{at, each, user};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_outlives_who_has_done_it() {
    each(async |place| {
        let db = &place.one;
        let mary = user(db, "mary").await.id;
        let changes: Json = r#"{"title": ["A", "B"]}"#.parse().unwrap();
        let new = NewHistory {
            user_id: Some(mary),
            actor: "mary",
            surface: "pages",
            schema: "public",
            table: "film",
            key: "7",
            action: "change",
            changes: &changes,
            request_id: Some("r-1"),
        };
        for (number, (key, user_id)) in [("7", Some(mary)), ("8", Some(mary)), ("7", None)]
            .into_iter()
            .enumerate()
        {
            let new = NewHistory {
                key,
                user_id,
                ..new
            };
            History::write(db, new, at(number as i64)).await.unwrap();
        }
        User::delete(db, mary).await.unwrap();

        let of_row = async |before| {
            History::of_row(db, ["public", "film", "7"], before, 10)
                .await
                .unwrap()
        };
        let found = of_row(None).await;
        let [last, first] = &found[..] else {
            panic!("{found:?}")
        };
        assert_eq!((last.user_id, first.user_id), (None, Some(mary)));
        assert_eq!(
            (&*first.actor, &*first.surface, &*first.action),
            ("mary", "pages", "change")
        );
        assert_eq!(first.request_id.as_deref(), Some("r-1"));
        assert_eq!(
            (first.at, first.changes.as_str()),
            (at(0), changes.as_str())
        );
        assert_eq!(of_row(Some(last.id)).await, std::slice::from_ref(first));
        assert_eq!(History::of_user(db, mary, None, 1).await.unwrap().len(), 1);
        assert_eq!(History::of_user(db, mary, None, 9).await.unwrap().len(), 2);
        assert_eq!(History::clear(db, at(1)).await.unwrap(), 2);
        assert_eq!(of_row(None).await.len(), 1);
    })
    .await;
}
