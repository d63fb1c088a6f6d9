//! What a small schema looks like.

use super::{json, mermaid, text};
use crate::model::Schema;
use crate::sample::{schema, table};

fn sample() -> Schema {
    let mut schema = schema(vec![
        table(
            "film",
            &["id int not null default 1", "zip text", "primary key id"],
        ),
        table(
            "lines",
            &[
                "PK int not null",
                "film_id int",
                "unique PK",
                "references film by film_id to id as to_film",
            ],
        ),
    ]);
    let film = &mut schema.relations[0];
    film.comment = Some("A film,\nor more".to_owned());
    film.estimated_rows = Some(16_049);
    film.columns[1].name = "zip code".to_owned();
    film.columns[1].comment = Some("Where".to_owned());
    schema.relations[1].name.name = "li\"nes 10%".to_owned();
    schema
}

#[test]
fn as_text() {
    let expect = r#"public.film  table, about 16,049 rows
  -- A film, or more
    id          int   not null  pk  default 1
    "zip code"  text                -- Where
  primary key  film_pkey (id)

public."li""nes 10%"  table
    PK       int  not null  unique
    film_id  int            fk
  unique       lines_PK_key (PK)
  foreign key  to_film (film_id) -> public.film (id)

2 tables, 0 views, 4 columns, 1 foreign key
"#;
    assert_eq!(text(&sample()), expect);
}

#[test]
fn as_mermaid() {
    let expect = r#"erDiagram
    "film" {
        int id PK
        text zip_code "zip code"
    }
    "li'nes 10_" {
        int PK_ UK "PK"
        int film_id FK
    }
    "li'nes 10_" }o--o| "film" : "film_id"
"#;
    assert_eq!(mermaid(&sample()), expect);
}

#[test]
fn as_json_and_back() {
    let schema = sample();
    let read: Schema = serde_json::from_str(&json(&schema)).expect("a schema");
    assert_eq!(read, schema);
}
