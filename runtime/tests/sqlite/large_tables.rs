//! Lists over a large table of a file: what an index serves is offered and answered, what reads few rows is answered, and
//! all else is refused with the statement that would help.

use umbel::Result;
use umbel::db::Database;
use umbel::list::{List, Page};
use umbel::model::{Column, Model, Table, TableKind};
use umbel::row::Row;
use umbel::types::Timestamp;

use crate::file::File;

const SCHEMA: &str = "
    CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        at TIMESTAMP,
        kind TEXT NOT NULL,
        account INT NOT NULL,
        title TEXT NOT NULL COLLATE NOCASE,
        body TEXT NOT NULL,
        amount INT NOT NULL
    );
    BEGIN;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
    INSERT INTO event (id, at, kind, account, title, body, amount)
    SELECT i, CASE WHEN i % 3 = 0 THEN datetime('2020-01-01', i || ' minutes') END,
        CASE WHEN i = 40000 THEN 'rare' WHEN i % 2 THEN 'in' ELSE 'out' END,
        i % 500, 'title ' || i, 'body ' || i, i * 7919 % 50021
    FROM n;
    CREATE INDEX event_at ON event (at);
    CREATE INDEX event_account ON event (account);
    CREATE INDEX event_title ON event (title COLLATE BINARY);
    CREATE INDEX event_some ON event (kind) WHERE kind = 'in';
    COMMIT;";

#[derive(Debug, Clone)]
struct Event {
    id: i64,
}

impl Event {
    const ID: Column<Self, i64> = Column::new("id");
    const AT: Column<Self, Timestamp> = Column::nullable("at");
    const KIND: Column<Self, String> = Column::new("kind");
    const ACCOUNT: Column<Self, i64> = Column::new("account");
    const TITLE: Column<Self, String> = Column::new("title");
    const BODY: Column<Self, String> = Column::new("body");
    const AMOUNT: Column<Self, i64> = Column::new("amount");
}

impl Model for Event {
    type Key = i64;

    const TABLE: &'static Table = &Table {
        kind: TableKind::Table,
        schema: "main",
        name: "event",
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
            Self::TITLE.def("Title").searchable(),
            Self::BODY.def("Body").searchable(),
            Self::AMOUNT.def("Amount"),
        ],
        key: &["id"],
        label: &[],
        sort: "-amount",
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

async fn page(db: &Database, query: &str) -> Page<Event> {
    let list = List::<Event>::parse(query).unwrap();
    Event::query().page::<Event>(db, list).await.unwrap()
}

fn ids(page: &Page<Event>) -> Vec<i64> {
    page.rows.iter().map(|event| event.id).collect()
}

#[tokio::test]
async fn what_an_index_serves_is_answered_and_all_else_has_its_reason() {
    let file = File::new();
    file.run(SCHEMA);
    let db = file.open_with_large(1_000).await;
    let first = page(&db, "").await;
    assert_eq!(first.count.to_string(), "about 50,000 events");
    // No index has the order that the table's list would have.
    assert_eq!(ids(&first), (1..=50).collect::<Vec<_>>());
    let unserved = first.list.unserved();
    let labels: Vec<_> = unserved.iter().map(|column| column.label).collect();
    // An index in another order than the column's is none for it, nor is one that has some rows alone.
    assert_eq!(labels, ["Kind", "Title", "Body", "Amount"]);

    let refusal = page(&db, "sort=amount").await;
    assert_eq!(
        refusal.list.notice.as_deref(),
        Some("There are about 50,000 events, and no index has them in the order of Amount.")
    );
    assert_eq!(refusal.list.remedies, [unserved[3].remedy.as_str()]);
    file.run(&refusal.list.remedies[0]);
    let db = file.open_with_large(1_000).await;
    assert_eq!(page(&db, "sort=amount").await.rows.len(), 50);
    assert_eq!(
        ids(&page(&db, "").await)[..1],
        ids(&page(&db, "sort=-amount").await)[..1]
    );

    assert_eq!(
        page(&db, "account.is=7").await.count.to_string(),
        "100 events"
    );
    assert_eq!(page(&db, "account.is=7&sort=body").await.rows.len(), 50);
    // Plenty of these are found at once, and this one only behind most of the others.
    let plenty = page(&db, "kind.is=in").await;
    assert_eq!(plenty.rows.len(), 50, "{plenty:?}");
    assert_eq!(
        page(&db, "kind.is=in").await.count.to_string(),
        "more than 50 events"
    );
    let rare = page(&db, "kind.is=rare").await;
    assert_eq!(rare.rows.len(), 0);
    assert_eq!(
        rare.list.remedies,
        ["CREATE INDEX \"event_kind\" ON \"event\" (\"kind\");"]
    );
    assert_eq!(ids(&page(&db, "sort=-at").await)[..2], [49_998, 49_995]);
    assert_eq!(
        ids(&page(&db, "sort=-at&after=,50000").await)[..2],
        [49_999, 49_997]
    );
}

#[tokio::test]
async fn a_search_looks_by_indexes_and_into_the_newest_rows() {
    let file = File::new();
    file.run(SCHEMA);
    let db = file.open_with_large(1_000).await;
    let number = page(&db, "q=77").await;
    assert_eq!(ids(&number)[..2], [77, 577]);
    assert_eq!(
        number.list.searched.as_deref(),
        Some(
            "Looked for it as ID or Account, and in Title or Body of the newest 5,000 events only."
        )
    );
    assert_eq!(ids(&page(&db, "q=body+49999").await), [49_999]);
    assert_eq!(ids(&page(&db, "q=body+00001").await), [0; 0]);
    assert_eq!(
        page(&db, "q=body").await.count.to_string(),
        "more than 1,000 events"
    );
    // Both find it, and it is there once.
    assert_eq!(ids(&page(&db, "q=49999").await), [49_999]);
}
