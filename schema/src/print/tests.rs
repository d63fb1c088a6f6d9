//! What a small schema looks like.

use super::{json, mermaid, sql, text};
use crate::model::{Prerequisites, Schema};
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
fn as_sql() {
    let expect = r#"
CREATE TABLE public.film (
    id int NOT NULL DEFAULT 1,
    "zip code" text,
    CONSTRAINT film_pkey PRIMARY KEY (id)
);

CREATE TABLE public."li""nes 10%" (
    "PK" int NOT NULL,
    film_id int,
    CONSTRAINT "lines_PK_key" UNIQUE ("PK")
);

ALTER TABLE ONLY public."li""nes 10%" ADD CONSTRAINT to_film FOREIGN KEY (film_id) REFERENCES public.film (id);

COMMENT ON TABLE public.film IS 'A film,
or more';

COMMENT ON COLUMN public.film."zip code" IS 'Where';
"#;
    let printed = sql(&sample(), &Prerequisites::default());
    let (_settings, statements) = printed.split_once("false);\n").expect("settings");
    assert_eq!(statements, expect);
}

#[test]
fn as_json_and_back() {
    let schema = sample();
    let mut text = Vec::new();
    json(&schema, &mut text).expect("memory takes every text");
    let read: Schema = serde_json::from_slice(&text).expect("a schema");
    assert_eq!(read, schema);
}
