//! Lists over a large table: what an index serves is offered and answered, all else is refused with the statement that
//! would help, and a search says where it looked.

use std::time::Duration;

use umbel::Result;
use umbel::db::{Database, Executor, Options, Statement};
use umbel::form::{ChoiceSet, Choices};
use umbel::form::{Field, FormState, Widget};
use umbel::list::{Amount, List, Page};
use umbel::model::{Column, Model, Table, TableKind};
use umbel::model::{DeleteEffect, RelatedRows};
use umbel::row::Row;
use umbel::types::{SqlText, Timestamp};

use crate::film::Film;
use crate::server::{script, with_url};

/// Many rows, of which the newest has the number 100,000.
const SCHEMA: &str = "
    CREATE EXTENSION pg_trgm;
    CREATE UNLOGGED TABLE event (
        id bigint PRIMARY KEY,
        at timestamptz,
        kind text NOT NULL,
        account int NOT NULL,
        code text COLLATE \"C\" NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        words tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('english', body)) STORED,
        amount int NOT NULL
    );
    INSERT INTO event (id, at, kind, account, code, title, body, amount)
    SELECT i, CASE WHEN i % 3 = 0 THEN timestamptz '2020-01-01' + i * interval '1 min' END,
        CASE i WHEN 50000 THEN 'rare' ELSE (ARRAY['in', 'out'])[1 + i % 2] END,
        i % 1000, 'C-' || i, 'title ' || i, 'body ' || i, i * 7919 % 100003
    FROM generate_series(1, 100000) AS i;
    CREATE INDEX ON event (at);
    CREATE INDEX ON event (account);
    ANALYZE event;
    CREATE VIEW slow AS SELECT id, at, kind, account, code, title, body, words, amount
        FROM event WHERE pg_sleep(60) IS NOT NULL;";

macro_rules! event {
    ($name:ident, $table:literal, $kind:expr) => {
        #[derive(Clone)]
        struct $name {
            id: i64,
        }

        impl $name {
            const ID: Column<Self, i64> = Column::new("id");
            const AT: Column<Self, Timestamp> = Column::nullable("at");
            const KIND: Column<Self, String> = Column::new("kind");
            const ACCOUNT: Column<Self, i32> = Column::new("account");
            const CODE: Column<Self, String> = Column::new("code");
            const TITLE: Column<Self, String> = Column::new("title");
            const BODY: Column<Self, String> = Column::new("body");
            const WORDS: Column<Self, SqlText> = Column::new("words");
            const AMOUNT: Column<Self, i32> = Column::new("amount");
        }

        impl Model for $name {
            type Key = i64;

            const TABLE: &'static Table = &Table {
                kind: $kind,
                schema: "public",
                name: $table,
                path: "/event",
                title: "Events",
                singular: "event",
                indefinite: "an event",
                plural: "events",
                columns: &[
                    Self::ID.def("ID"),
                    Self::AT.def("At"),
                    Self::KIND.def("Kind"),
                    Self::ACCOUNT.def("Account"),
                    Self::CODE.def("Code").searchable(),
                    Self::TITLE.def("Title").searchable(),
                    Self::BODY.def("Body").searchable(),
                    Self::WORDS.def("Words"),
                    Self::AMOUNT.def("Amount"),
                ],
                key: &["id"],
                label: &[],
                sort: "",
                relations: &[],
                referrers: &[],
                scope: None,
                constraints: &[],
            };

            fn from_row(row: &mut Row<'_>) -> Result<Self> {
                Ok(Self { id: row.get()? })
            }

            fn key(&self) -> i64 {
                self.id
            }
        }
    };
}

event!(Event, "event", TableKind::Table);
event!(Slow, "slow", TableKind::View);

fn options() -> Options {
    let mut options = Options::default();
    options.lists.large = 1_000;
    options.lists.recent = 500;
    options
}

/// The database anew, as an application has it that has just begun.
async fn opened(url: &str) -> Database {
    Database::connect_with(url, &options()).await.unwrap()
}

async fn page(db: &Database, query: &str) -> Page<Event> {
    let list = List::<Event>::parse(query).unwrap();
    Event::query().page::<Event>(db, list).await.unwrap()
}

fn ids(page: &Page<Event>) -> Vec<i64> {
    page.rows.iter().map(|event| event.id).collect()
}

/// What is said instead of rows, and the statements beneath it.
#[track_caller]
fn refused(page: &Page<Event>) -> (&str, Vec<&str>) {
    assert!(page.rows.is_empty(), "{:?}", ids(page));
    let remedies = page.list.remedies.iter().map(String::as_str);
    (page.list.notice.as_deref().unwrap(), remedies.collect())
}

#[tokio::test]
async fn the_order_of_an_index_is_offered_and_every_other_has_its_reason() {
    with_url(async |url| {
        script(&url, SCHEMA).await;
        let db = opened(&url).await;
        let first = page(&db, "").await;
        assert_eq!(first.count.to_string(), "about 100,000 events");
        assert_eq!(ids(&first), (1..=50).collect::<Vec<_>>());
        assert_eq!(first.list.sort("at").url, "/event?sort=at");
        assert_eq!(first.list.sort("id").url, "/event?sort=id");
        for column in ["kind", "amount", "title"] {
            assert_eq!(first.list.sort(column).url, "", "{column}");
        }
        let unserved = first.list.unserved();
        let labels: Vec<_> = unserved.iter().map(|column| column.label).collect();
        // Of the kind, it is known how many rows have which.
        assert_eq!(labels, ["Code", "Title", "Body", "Amount"]);

        let refusal = page(&db, "sort=amount").await;
        let (why, remedies) = refused(&refusal);
        assert_eq!(
            why,
            "There are about 100,000 events, and no index has them in the order of Amount."
        );
        assert_eq!(remedies, [unserved[3].remedy.as_str()]);
        // It is the statement that helps, and an application that begins notices.
        script(&url, remedies[0]).await;
        let db = opened(&url).await;
        assert_eq!(page(&db, "sort=amount").await.rows.len(), 50);

        // Rows without a time stand in front, and are most of them; then come those with one.
        let newest = page(&db, "sort=-at").await;
        assert_eq!(ids(&newest)[..3], [100_000, 99_998, 99_997]);
        let last = page(&db, "sort=-at&after=,1").await;
        assert_eq!(ids(&last)[..2], [99_999, 99_996]);
    })
    .await;
}

#[tokio::test]
async fn a_filter_is_answered_by_an_index_or_where_it_finds_plenty() {
    with_url(async |url| {
        script(&url, SCHEMA).await;
        let db = opened(&url).await;
        let found = page(&db, "account.is=7").await;
        assert_eq!(found.count.to_string(), "100 events");
        // Of so few, everything can be asked.
        assert_eq!(
            found.list.sort("amount").url,
            "/event?account.is=7&sort=amount"
        );
        assert_eq!(page(&db, "account.is=7&sort=amount").await.rows.len(), 50);
        assert_eq!(
            page(&db, "account.is=7&body.has=body+1007")
                .await
                .rows
                .len(),
            1
        );

        let plenty = page(&db, "kind.is=in").await;
        assert_eq!((plenty.rows.len(), plenty.next.is_some()), (50, true));
        assert!(
            plenty.count.to_string().starts_with("about "),
            "{}",
            plenty.count
        );
        // Run often, a statement is planned for any value: this one must not be.
        for _ in 0..8 {
            page(&db, "kind.is=out").await;
        }
        let rare = page(&db, "kind.is=rare").await;
        let (why, remedies) = refused(&rare);
        assert_eq!(
            why,
            "There are about 100,000 events, and no index finds the ones with this Kind."
        );
        let index = "CREATE INDEX CONCURRENTLY ON \"public\".\"event\" (\"kind\");";
        assert_eq!(remedies, [index]);

        // A time finds rows in its own order.
        let day = page(&db, "at.min=2020-03-01").await;
        assert_eq!(ids(&day)[0], 86_400);
        assert_eq!(
            day.list.sort("at").direction.map(|way| way.aria()),
            Some("ascending")
        );
    })
    .await;
}

#[tokio::test]
async fn a_search_says_where_it_looked() {
    with_url(async |url| {
        script(&url, SCHEMA).await;
        let db = opened(&url).await;
        let said = |page: &Page<Event>| page.list.searched.clone().unwrap();
        let number = page(&db, "q=77").await;
        assert_eq!(ids(&number)[..2], [77, 1_077]);
        let newest = "in Code, Title or Body of the newest 500 events only";
        assert_eq!(said(&number), format!("Looked for it as ID or Account, and {newest}."));
        // Text of an old row is not found, that of a new one is, once.
        assert_eq!(ids(&page(&db, "q=title+00077").await), [0; 0]);
        assert_eq!(ids(&page(&db, "q=C-99999").await), [99_999]);
        assert_eq!(page(&db, "q=body").await.count.to_string(), "500 events");

        script(
            &url,
            "CREATE INDEX ON event (code);
             CREATE INDEX ON event USING gin (title gin_trgm_ops);
             CREATE INDEX ON event USING gin (words);",
        )
        .await;
        let db = opened(&url).await;
        let found = page(&db, "q=TITLE+12345").await;
        assert_eq!(ids(&found), [12_345]);
        assert_eq!(
            said(&found),
            "Looked for it as Code, and by its words, and in Title, and at the beginning of Code, and in Code or \
             Body of the newest 500 events only."
        );
        for query in ["q=C-4567", "q=4567+bodies", "q=C-4567&account.is=567"] {
            assert!(ids(&page(&db, query).await).contains(&4_567), "{query}");
        }
        // Page after page, each row once, and no further than it was looked.
        let (mut query, mut all) = ("q=title".to_owned(), Vec::new());
        while !query.is_empty() {
            let page = page(&db, &query).await;
            assert_eq!(page.count.to_string(), "more than 1,000 events");
            all.extend(ids(&page));
            let next = page.next.unwrap_or_default();
            query = next.split_once('?').map_or("", |(_, query)| query).to_owned();
        }
        let mut once = all.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!((once.len(), all.len() >= 1_000), (all.len(), true));
    })
    .await;
}

#[tokio::test]
async fn a_list_that_takes_too_long_says_so_and_nothing_is_left_running() {
    with_url(async |url| {
        script(&url, SCHEMA).await;
        let mut options = options();
        options.lists.timeout = Duration::from_millis(200);
        let db = Database::connect_with(&url, &options).await.unwrap();
        let list = List::<Slow>::parse("").unwrap();
        let page = Slow::query().page::<Slow>(&db, list).await.unwrap();
        let notice = page.list.notice.unwrap();
        assert!(
            notice.starts_with("It took too long to read these events"),
            "{notice}"
        );
        assert!(
            page.count.to_string().starts_with("about "),
            "{}",
            page.count
        );
        let running = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                       AND state = 'active' AND pid <> pg_backend_pid()";
        loop {
            let rows = db
                .run(&[Statement::new(running, Vec::new())])
                .await
                .unwrap();
            if rows[0].first(|row| row.get::<i64>()).unwrap() == Some(0) {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn rows_that_no_index_finds_are_not_looked_for() {
    with_url(async |url| {
        let mut options = Options::default();
        options.lists.large = 1;
        let relations = [Film::INVENTORIES.def()];
        let db = Database::connect_with(&url, &options).await.unwrap();
        let film = Film::find(&db, &1).await.unwrap();
        let related = RelatedRows::load(&db, &film, &relations).await.unwrap();
        assert!(related[0].is_untold() && related[0].rows.is_empty());
        assert_eq!(related[0].url, "/inventory?film_id.is=1");
        let effects = DeleteEffect::preview(&db, &film).await.unwrap();
        let effect = effects
            .iter()
            .find(|effect| effect.label == related[0].label);
        assert!(
            effect.unwrap().words().contains("if there are any"),
            "{effects:?}"
        );
        assert!(!effect.unwrap().refuses());

        script(&url, "CREATE INDEX ON shop.inventory (film_id)").await;
        let db = Database::connect_with(&url, &options).await.unwrap();
        let related = RelatedRows::load(&db, &film, &relations).await.unwrap();
        assert_eq!(related[0].count.amount, Amount::Exact(12));
    })
    .await;
}

#[tokio::test]
async fn a_choice_among_many_rows_sorts_none_of_them_and_says_where_it_looked() {
    const EVENT: Field = Field::new("event", "Event", Widget::Choice);
    with_url(async |url| {
        script(&url, SCHEMA).await;
        let db = opened(&url).await;
        let offered = async |text: &str| {
            let state = FormState::default().searching("event", text);
            let offers = [EVENT.one_of::<Event>("77")];
            let choices = Choices::load(&db, &state, &offers).await.unwrap();
            choices.of("event").unwrap().clone()
        };
        let keys = |offered: &ChoiceSet| -> Vec<String> {
            offered
                .options
                .iter()
                .map(|choice| choice.key.clone())
                .collect()
        };
        let first = offered("").await;
        assert_eq!(keys(&first)[..3], ["77", "1", "2"]);
        assert_eq!(first.looked, None);
        let found = offered("99998").await;
        assert_eq!(keys(&found), ["77", "99998"]);
        let looked = found.looked.unwrap();
        assert!(
            looked.contains("Body of the newest 500 events only"),
            "{looked}"
        );
        // It is an old row.
        assert_eq!(keys(&offered("body 50001").await), ["77"]);
    })
    .await;
}
