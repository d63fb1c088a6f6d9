//! Tables, columns, types, labels and schemas that are called like anything in an emitted file: the words are read from
//! the files, so that none that comes later is forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::{process, tree, umbel, workspace};

/// Cases that have no name of a table in common, so that a word of two of them is the generator's.
const CASES: [&str; 6] = [
    "comments",
    "composite_key",
    "enum_in_key",
    "many_to_many",
    "types",
    "views",
];

/// What no emitted file may say, and every Rust file knows: keywords, and names of the prelude and of its macros.
const RUST: &str = "abstract as async await become box break const continue crate do dyn else enum extern false final fn \
    for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true \
    try type typeof union unsafe unsized use virtual where while yield \
    Option Some None Result Ok Err Vec String Box ToString ToOwned Clone Copy Send Sync Sized Unpin Drop drop Fn FnMut \
    FnOnce AsyncFn Iterator IntoIterator Extend DoubleEndedIterator ExactSizeIterator Default PartialEq Eq PartialOrd Ord \
    AsRef AsMut Into From TryFrom TryInto FromIterator Future IntoFuture Debug Hash Display \
    bool char str u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64 \
    println panic vec format assert matches write todo unreachable include_str concat env std core alloc proc_macro test";

/// The words of the emitted files.
#[derive(Default)]
struct Words {
    /// What stands in Rust by itself, not behind a dot or a path: it may mean something else where a table is called so.
    free: BTreeSet<String>,
    /// All others: of Rust, of templates, of `Cargo.toml`, of the paths of the files.
    others: BTreeSet<String>,
}

impl Words {
    /// The words that at least two of the cases' applications have, and those of the language.
    fn read() -> Self {
        let mut free = BTreeMap::new();
        let mut all = BTreeMap::new();
        for case in CASES {
            let folder = tempfile::tempdir().unwrap();
            let app = folder.path().join("shop");
            let file = workspace::root().join(format!("snapshots/cases/{case}.sql"));
            let mut new = umbel::command();
            new.arg("new").arg(&app).arg("--sql").arg(file);
            process::succeed(&mut new);
            let words = Self::of(&app);
            assert!(words.free.len() > 100, "{case}: {:?}", words.free);
            for (counts, words) in [
                (&mut free, words.free.clone()),
                (&mut all, words.free.union(&words.others).cloned().collect()),
            ] {
                for word in words {
                    *counts.entry(word).or_insert(0) += 1;
                }
            }
        }
        let common = |counts: BTreeMap<String, usize>| {
            let common = counts.into_iter();
            let common = common.filter(|(word, count)| *count > 1 && !word.is_empty());
            common.map(|(word, _)| word).collect::<BTreeSet<String>>()
        };
        let mut free = common(free);
        free.extend(RUST.split_whitespace().map(snake));
        let others = common(all).difference(&free).cloned().collect();
        Self { free, others }
    }

    fn of(app: &Path) -> Self {
        let mut words = Self::default();
        for file in tree::files(app) {
            let path = file.strip_prefix(app).unwrap();
            if path.starts_with(".umbel") {
                continue;
            }
            let names = path.to_str().unwrap().split(['/', '.', '-']);
            words
                .others
                .extend(names.filter(|name| !name.is_empty()).map(snake));
            let text = fs::read_to_string(&file).unwrap();
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("rs") => words.add_rust(text.parse().unwrap()),
                Some("html") => words.add_template(&text),
                Some("toml") => words.add_plain(&text),
                _ => {}
            }
        }
        words
    }

    fn add_rust(&mut self, tokens: TokenStream) {
        let mut before = [' '; 2];
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    let word = snake(&word.to_string());
                    let is_free = before[1] != '.' && before != [':', ':'];
                    if is_free {
                        self.free.insert(word);
                    } else {
                        self.others.insert(word);
                    }
                    before = [' '; 2];
                }
                TokenTree::Punct(sign) => before = [before[1], sign.as_char()],
                TokenTree::Group(group) => {
                    // `use umbel::{Result, web};` imports what stands in braces behind a path.
                    self.add_rust(group.stream());
                    before = [' '; 2];
                }
                TokenTree::Literal(_) => before = [' '; 2],
            }
        }
    }

    fn add_template(&mut self, text: &str) {
        for (begin, end) in [("{{", "}}"), ("{%", "%}")] {
            for part in text.split(begin).skip(1) {
                let code = part.split(end).next().unwrap_or_default();
                self.add_plain(code);
            }
        }
    }

    fn add_plain(&mut self, text: &str) {
        let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let is_word = |word: &&str| word.starts_with(|first: char| first.is_alphabetic());
        self.others.extend(words.filter(is_word).map(snake));
    }
}

/// `FormState` → `form_state`, which is made into the same type.
fn snake(word: &str) -> String {
    let mut snake = String::new();
    let mut was_small = false;
    for letter in word.chars() {
        if letter.is_ascii_uppercase() && was_small {
            snake.push('_');
        }
        was_small = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        snake.push(letter.to_ascii_lowercase());
    }
    snake.trim_matches('_').to_owned()
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

/// A table for each word, of which every other refers to the one before; its column of the same name is its label.
fn tables(schema: &str, words: &[&String]) -> String {
    let mut sql = String::new();
    let mut before = None;
    for word in words {
        let name = format!("{schema}.{}", quoted(word));
        let reference = match before.take() {
            Some(other) => format!(", c1 integer REFERENCES {other}"),
            None => String::new(),
        };
        sql += &format!(
            "CREATE TABLE {name} (c0 integer PRIMARY KEY, {} text{reference});\n",
            quoted(word)
        );
        if reference.is_empty() {
            before = Some(name);
        }
    }
    sql
}

/// A table with a column for each word, and one whose columns are all needed; an enum whose labels they are; an enum
/// for each, in a schema of its own, since a table is a type, too.
fn columns_and_types(words: &[&String]) -> String {
    let list = |kind: &str| {
        let columns = words.iter().map(|word| format!("{} {kind}", quoted(word)));
        columns.collect::<Vec<_>>().join(", ")
    };
    let labels = words.iter().map(|word| format!("'{word}'"));
    let labels = labels.collect::<Vec<_>>().join(", ");
    let types = words.iter().map(|word| {
        let name = format!("kinds.{}", quoted(word));
        format!("CREATE TYPE {name} AS ENUM ('first', 'second');\n")
    });
    let typed = words
        .iter()
        .map(|word| format!("{} kinds.{}", quoted(word), quoted(word)));
    format!(
        "CREATE SCHEMA kinds;
         CREATE TYPE every_label AS ENUM ({labels});
         {}
         CREATE TABLE every_column (columns_id serial PRIMARY KEY, {});
         CREATE TABLE every_need (needs_id serial PRIMARY KEY, {});
         CREATE TABLE every_type (types_id serial PRIMARY KEY, every_label every_label NOT NULL, {});\n",
        types.collect::<String>(),
        list("text"),
        list("integer NOT NULL"),
        typed.collect::<Vec<_>>().join(", "),
    )
}

#[track_caller]
fn check(app: &App) {
    for promise in [app.check_format(), app.check_own_warnings()] {
        assert_eq!(promise.code, Some(0), "{promise}");
    }
}

#[test]
#[ignore = "hundreds of tables: tests/run --all"]
fn what_stands_by_itself_in_an_emitted_file() {
    let words = Words::read();
    let free: Vec<&String> = words.free.iter().collect();
    let all: Vec<&String> = words.free.iter().chain(&words.others).collect();
    let sql = tables("public", &free) + &columns_and_types(&all);
    let database = Database::with(&sql);
    check(&App::fresh("called", &database.url));
}

#[test]
#[ignore = "hundreds of tables: tests/run --all"]
fn every_word_of_an_emitted_file() {
    let words = Words::read();
    let others: Vec<&String> = words.others.iter().collect();
    let all: Vec<&String> = words.free.iter().chain(&words.others).collect();
    let database = Database::with(&tables("public", &others));
    let app = App::fresh_with("called_otherwise", &database.url, &["--split"]);
    check(&app);
    let tests = app.check_tests(&database);
    assert_eq!(tests.code, Some(0), "{tests}");

    // Database schemas are modules, too.
    let mut sql = String::new();
    let mut arguments = Vec::new();
    for pair in all.chunks(2) {
        let schema = quoted(pair[0]);
        sql += &format!(
            "CREATE SCHEMA IF NOT EXISTS {schema};\n{}",
            tables(&schema, pair)
        );
        arguments.push(format!("--schema={}", pair[0]));
    }
    let database = Database::with(&sql);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let app = App::fresh_with("called_schemas", &database.url, &arguments);
    check(&app);
    let tests = app.check_tests(&database);
    assert_eq!(tests.code, Some(0), "{tests}");
}
