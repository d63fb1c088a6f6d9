//! After a clean sync the application compiles and its tests pass: over random changes of random schemas, with edits of a
//! person's own in between.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;

use fastrand::Rng;
use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::{process, umbel};

/// How often each database changes.
const CHANGES: usize = 5;

const TYPES: [&str; 14] = [
    "text",
    "varchar(20) NOT NULL DEFAULT ''",
    "integer CHECK (%c > 0)",
    "bigint",
    "numeric(8,2) NOT NULL DEFAULT 0",
    "boolean NOT NULL DEFAULT false",
    "boolean",
    "date",
    "timestamptz NOT NULL DEFAULT now()",
    "jsonb",
    "uuid",
    "text[]",
    "mood",
    "int4range",
];

/// A table as the test made it: its columns besides `id` and the one that names a row.
#[derive(Default)]
struct Table {
    title: String,
    columns: Vec<String>,
}

struct World {
    random: Rng,
    database: Database,
    tables: BTreeMap<String, Table>,
    /// How many names were given out.
    names: usize,
    labels: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut world = Self {
            random: Rng::with_seed(seed),
            database: Database::with("CREATE TYPE mood AS ENUM ('calm', 'it''s fine')"),
            tables: BTreeMap::new(),
            names: 0,
            labels: 0,
        };
        for _ in 0..3 {
            world.add_table();
        }
        for _ in 0..6 {
            world.add_column();
        }
        world
    }

    fn name(&mut self, kind: &str) -> String {
        self.names += 1;
        format!("{kind}{}", self.names)
    }

    fn any_table(&mut self) -> String {
        let names: Vec<&String> = self.tables.keys().collect();
        names[self.random.usize(..names.len())].clone()
    }

    fn add_table(&mut self) {
        let name = self.name("thing");
        let title = "name".to_owned();
        self.database.run(&format!(
            "CREATE TABLE {name} (id serial PRIMARY KEY, name text NOT NULL)"
        ));
        let columns = Vec::new();
        self.tables.insert(name, Table { title, columns });
    }

    fn add_column(&mut self) {
        let (table, column) = (self.any_table(), self.name("part"));
        let of_type = TYPES[self.random.usize(..TYPES.len())].replace("%c", &column);
        self.database
            .run(&format!("ALTER TABLE {table} ADD {column} {of_type}"));
        self.part(&table).push(column);
    }

    fn add_reference(&mut self) {
        let (table, other, column) = (self.any_table(), self.any_table(), self.name("ref"));
        self.database.run(&format!(
            "ALTER TABLE {table} ADD {column}_id integer REFERENCES {other} ON DELETE SET NULL"
        ));
        self.part(&table).push(format!("{column}_id"));
    }

    /// Links the rows of a table with each other, or with those of another: followers, blocks.
    fn add_links(&mut self) {
        let (table, name) = (self.any_table(), self.name("link"));
        let other = match self.random.bool() {
            true => table.clone(),
            false => self.any_table(),
        };
        let note = ["", "note text,", "note text NOT NULL,"][self.random.usize(..3)];
        self.database.run(&format!(
            "CREATE TABLE {name} (
                one_id integer REFERENCES {table} ON DELETE CASCADE,
                other_id integer REFERENCES {other} ON DELETE CASCADE,
                {note}
                PRIMARY KEY (one_id, other_id)
            )"
        ));
    }

    fn change_places(&mut self) {
        let (one, other) = (self.any_table(), self.any_table());
        if one == other {
            return;
        }
        self.database.run(&format!(
            "ALTER TABLE {one} RENAME TO between; ALTER TABLE {other} RENAME TO {one};
             ALTER TABLE between RENAME TO {other}"
        ));
        let tables = [&one, &other].map(|name| self.tables.remove(name).expect("it is there"));
        self.tables.extend([other, one].into_iter().zip(tables));
    }

    /// Renames a table as those do who must not stop: the old name stays, for who still asks for it.
    fn leave_a_view(&mut self) {
        let (table, new) = (self.any_table(), self.name("object"));
        self.database.run(&format!(
            "ALTER TABLE {table} RENAME TO {new}; CREATE VIEW {table} AS SELECT * FROM {new}"
        ));
        let renamed = self.tables.remove(&table).expect("it is there");
        self.tables.insert(new, renamed);
    }

    fn part(&mut self, table: &str) -> &mut Vec<String> {
        &mut self.tables.get_mut(table).expect("it is there").columns
    }

    /// A column that may go, or change its name.
    fn any_column(&mut self) -> Option<(String, String)> {
        let table = self.any_table();
        let random = self.random.usize(..);
        let columns = self.part(&table);
        let at = random.checked_rem(columns.len())?;
        Some((table, columns.remove(at)))
    }

    fn change(&mut self) {
        match self.random.u8(..14) {
            0 | 1 => self.add_column(),
            2 => self.add_table(),
            3 => self.add_reference(),
            4 => {
                if let Some((table, column)) = self.any_column() {
                    self.database
                        .run(&format!("ALTER TABLE {table} DROP {column} CASCADE"));
                }
            }
            5 => {
                if let Some((table, column)) = self.any_column() {
                    let new = self.name("piece");
                    self.database
                        .run(&format!("ALTER TABLE {table} RENAME {column} TO {new}"));
                    self.part(&table).push(new);
                }
            }
            6 => {
                let (table, new) = (self.any_table(), self.name("title"));
                let old = &self.tables[&table].title;
                self.database
                    .run(&format!("ALTER TABLE {table} RENAME {old} TO {new}"));
                self.tables.get_mut(&table).expect("it is there").title = new;
            }
            7 => {
                let (table, new) = (self.any_table(), self.name("object"));
                self.database
                    .run(&format!("ALTER TABLE {table} RENAME TO {new}"));
                let renamed = self.tables.remove(&table).expect("it is there");
                self.tables.insert(new, renamed);
            }
            8 if self.tables.len() > 2 => {
                let table = self.any_table();
                self.database.run(&format!("DROP TABLE {table} CASCADE"));
                self.tables.remove(&table);
            }
            9 => self.add_links(),
            10 => self.change_places(),
            11 => self.leave_a_view(),
            _ => {
                self.labels += 1;
                let label = format!("mood {}", self.labels);
                self.database
                    .run(&format!("ALTER TYPE mood ADD VALUE '{label}'"));
            }
        }
    }

    /// What a person does: each edit mentions what a rename changes, and nothing that can go.
    fn edit(&mut self, app: &App, number: usize) {
        let (name, title) = {
            let table = self.any_table();
            let title = self.tables[&table].title.clone();
            (table, title)
        };
        let folder = app.folder.join("src").join(&name);
        let model = folder.join("model.rs");
        let text = fs::read_to_string(&model).unwrap();
        let start = text.find("pub struct ").expect("a model") + "pub struct ".len();
        let of_model: String = text[start..]
            .chars()
            .take_while(|letter| *letter != ' ')
            .collect();
        let method = format!(
            "impl {of_model} {{\n    /// Mine.\n    pub fn mine_{number}(&self) -> (i32, &str) {{\n        (self.id, &self.{title})\n    }}\n}}\n"
        );
        match self.random.u8(..3) {
            0 => fs::write(&model, format!("{text}\n{method}")).unwrap(),
            1 => {
                let at = text.find("impl Model for").expect("a model");
                let (before, after) = text.split_at(at);
                fs::write(&model, format!("{before}{method}\n{after}")).unwrap();
            }
            _ => {
                let show = app.folder.join("templates").join(&name).join("show.html");
                let text = fs::read_to_string(&show).unwrap();
                let facts = "{{ ui::facts([";
                let mine = format!("<p>mine {number}</p>\n{facts}");
                assert!(text.contains(facts), "{text}");
                fs::write(&show, text.replacen(facts, &mine, 1)).unwrap();
            }
        }
    }
}

#[test]
fn every_sync_compiles() {
    check_databases(0..2);
}

#[test]
#[ignore = "builds thirty times: tests/run --all"]
fn every_sync_of_more_databases_compiles() {
    check_databases(2..8);
}

#[track_caller]
fn check_databases(seeds: Range<u64>) {
    for seed in seeds {
        let mut world = World::new(seed);
        let app = App::fresh("synced", &world.database.url);
        for step in 0..CHANGES {
            for number in 0..3 {
                world.edit(&app, step * 10 + number);
            }
            for _ in 0..3 {
                world.change();
            }
            let mut sync = umbel::command();
            sync.arg("sync").current_dir(&app.folder);
            let synced = process::finish(sync.env_remove("DATABASE_URL"));
            assert_eq!(
                synced.code,
                Some(0),
                "database {seed}, step {step}: {synced}"
            );
            let tested = app.check_tests(&world.database.url);
            assert_eq!(
                tested.code,
                Some(0),
                "database {seed}, step {step}: {tested}"
            );
        }
    }
}

/// What the file and its templates use is imported, and nothing else.
#[test]
fn imports_live_by_what_is_used() {
    let database = Database::with(
        "CREATE TABLE film (id serial PRIMARY KEY, title text NOT NULL, released date);
         CREATE TABLE actor (id serial PRIMARY KEY, name text NOT NULL, born date)",
    );
    let app = App::fresh("imported", &database.url);
    let edit = |path: &str, old: &str, new: &str| {
        let path = app.folder.join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{old:?} in {}: {text}", path.display());
        fs::write(path, text.replacen(old, new, 1)).unwrap();
    };
    // The only column of the type goes, and the edit uses it still.
    edit(
        "src/film/model.rs",
        "impl Model for Film",
        "impl Film {\n    /// Mine.\n    pub fn mine(&self, day: Date) -> bool {\n        day.to_string().is_empty()\n    }\n}\n\nimpl Model for Film",
    );
    // Here it is but a word.
    edit(
        "src/actor/model.rs",
        "impl Model for Actor",
        "// A Date is no part of it.\nimpl Model for Actor",
    );
    // A person's template uses what no emitted one does.
    edit(
        "src/film/views.rs",
        "use crate::layout;",
        "use crate::layout;\nuse super::form::TITLE as HEAD;",
    );
    edit(
        "templates/film/show.html",
        "{{ ui::facts([",
        "<p>{{ HEAD.name }}</p>\n{{ ui::facts([",
    );
    let database_url = &database.url;
    database.run(
        "ALTER TABLE film DROP released; ALTER TABLE film ADD note text; ALTER TABLE actor DROP born",
    );
    let mut sync = umbel::command();
    sync.arg("sync").current_dir(&app.folder);
    process::succeed(sync.env("DATABASE_URL", database_url));
    let read = |path: &str| fs::read_to_string(app.folder.join(path)).unwrap();
    assert!(read("src/film/model.rs").contains("Date;"));
    assert!(!read("src/actor/model.rs").contains("types::Date"));
    assert!(read("src/film/views.rs").contains("TITLE as HEAD"));
    let checked = app.check_own_warnings();
    assert_eq!(checked.code, Some(0), "{checked}");
}
