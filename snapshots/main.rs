//! What `umbel` reads from the cases in `cases/` and what it emits for them, file by file.
//!
//! Cases in `cases/sqlite/` are loaded into SQLite files, all others into PostgreSQL. A case that makes sense in both
//! has the same name in both: its twin. Where a case has none, `TWINS` says why.
//!
//! Accept a change by `cargo insta review`, after reading it. A file that is the same in every application stands once,
//! in `expected/every_app/`; the others stand in `expected/CASE/`, laid out as in the application. Of a twin, only the
//! files stand there that are not the same on PostgreSQL.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use umbel_tests::database::Database;
use umbel_tests::sqlite::File;
use umbel_tests::{process, tree, umbel, workspace};

/// Where a file lies in an application, and what it holds.
type Files = BTreeMap<String, String>;

/// Copies that the generator keeps for itself, or notes that say the same as another file.
const NOT_SHOWN: &[&str] = &[".umbel/", "Cargo.lock"];

/// The cases without a twin of the same name in `cases/sqlite/`, and where else they are covered, or why they are not.
const TWINS: &[(&str, Twin)] = &[
    (
        "array_json_bytea",
        Twin::In(
            "columns",
            "JSON and BLOB; SQLite has no arrays and no ranges",
        ),
    ),
    ("comments", Twin::None("SQLite has no comments")),
    (
        "domain_check",
        Twin::In("rules", "SQLite has no domains, but the same checks"),
    ),
    (
        "enum",
        Twin::In(
            "rules",
            "SQLite has no enum types, but checks that list values",
        ),
    ),
    (
        "enum_in_key",
        Twin::In("blob_in_key", "SQLite has no enum types, but bytes"),
    ),
    (
        "exclusion",
        Twin::None("SQLite has no exclusion constraints"),
    ),
    (
        "identity",
        Twin::In(
            "columns",
            "AUTOINCREMENT; every INTEGER PRIMARY KEY may be written",
        ),
    ),
    (
        "names_keywords",
        Twin::In("names_and_views", "quoted in each of SQLite's ways"),
    ),
    ("partitioned", Twin::None("SQLite has no partitions")),
    (
        "schemas",
        Twin::None("an SQLite file has no schemas but its own"),
    ),
    (
        "types",
        Twin::In(
            "columns",
            "a column of SQLite has a declared type and an affinity",
        ),
    ),
    (
        "view_without_key",
        Twin::In("names_and_views", "SQLite has no materialized views"),
    ),
    (
        "views",
        Twin::None("views of SQLite take no writes, and do not say which columns they show"),
    ),
];

/// The cases that are emitted a second time, as several crates; of these, only the files stand there that are not where
/// they are in one crate.
const SPLIT: &[&str] = &["schemas"];
const SPLIT_SUFFIX: &str = "-split";

/// What stands for the twin of a case.
enum Twin {
    /// Another case in `cases/sqlite/`, and in what it differs.
    In(&'static str, &'static str),
    /// Nothing could.
    None(&'static str),
}

#[test]
fn every_case_has_its_twin_or_a_reason() {
    let names: BTreeSet<String> = case_files().iter().map(|file| name(file)).collect();
    let on_sqlite = |case: &str| names.contains(&format!("sqlite/{case}"));
    let (cases, _): (Vec<&String>, _) = names.iter().partition(|name| !name.contains('/'));
    for case in &cases {
        let listed = TWINS.iter().any(|(listed, _)| listed == case);
        assert!(
            on_sqlite(case) || listed,
            "the case {case} needs a twin, cases/sqlite/{case}.sql, or a line in TWINS that says why it has none"
        );
        assert!(
            !(on_sqlite(case) && listed),
            "the case {case} has a twin and a line in TWINS"
        );
    }
    for (case, twin) in TWINS {
        assert!(
            cases.iter().any(|known| known == case),
            "there is no case {case}"
        );
        let (Twin::In(_, reason) | Twin::None(reason)) = twin;
        assert!(!reason.is_empty(), "{case}");
        if let Twin::In(other, _) = twin {
            assert!(on_sqlite(other), "{case}: there is no case sqlite/{other}");
        }
    }
}

#[test]
fn cases() {
    let mut cases: BTreeMap<String, Files> = BTreeMap::new();
    for file in case_files() {
        if SPLIT.contains(&&*name(&file)) {
            let name = format!("{}{SPLIT_SUFFIX}", name(&file));
            cases.insert(name, emit(&file, &["--split"]));
        }
        cases.insert(name(&file), emit(&file, &[]));
    }
    let everywhere = alike(&cases);
    let mut expected = Snapshots::default();
    for (path, text) in &everywhere {
        expected.check("every_app", path, text);
    }
    for (case, files) in &cases {
        let twin = case
            .strip_prefix("sqlite/")
            .or_else(|| case.strip_suffix(SPLIT_SUFFIX))
            .and_then(|name| cases.get(name));
        for (path, text) in files {
            let known = [Some(&everywhere), twin].into_iter().flatten();
            if known
                .map(|files| files.get(path))
                .all(|known| known != Some(text))
            {
                expected.check(case, path, text);
            }
        }
    }
    expected.finish();
}

/// The snapshots that were looked at, and those among them that were not as expected.
#[derive(Default)]
struct Snapshots {
    seen: BTreeSet<PathBuf>,
    changed: Vec<String>,
}

impl Snapshots {
    /// Compares one file; a difference is reported by insta at once, and fails the test at its end.
    fn check(&mut self, case: &str, path: &str, text: &str) {
        let file = Path::new("expected").join(case).join(path);
        let name = file
            .file_name()
            .and_then(|name| name.to_str())
            .expect("an emitted file has a name");
        let folder = file.parent().expect("an emitted file lies in a folder");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let compare = || settings.bind(|| insta::assert_snapshot!(name, text));
        if panic::catch_unwind(AssertUnwindSafe(compare)).is_err() {
            self.changed.push(format!("{case}: {path}"));
        }
        self.seen.insert(folder.join(format!("{name}.snap")));
    }

    /// Fails for every difference, and for snapshots of files that are emitted no longer.
    fn finish(self) {
        let root = workspace::root().join("snapshots");
        let all = tree::files(&root.join("expected"))
            .into_iter()
            .filter(|file| file.extension() == Some("snap".as_ref()));
        let left: Vec<_> = all
            .map(|file| {
                file.strip_prefix(&root)
                    .expect("listed below it")
                    .to_owned()
            })
            .filter(|file| !self.seen.contains(file))
            .collect();
        assert!(
            self.changed.is_empty(),
            "not as expected:\n{}",
            self.changed.join("\n")
        );
        assert!(left.is_empty(), "emitted no longer, delete them: {left:#?}");
    }
}

/// The database of a case.
enum Source {
    Postgres(Database),
    Sqlite(File),
}

impl Source {
    fn with(case: &Path) -> Self {
        let sql = fs::read_to_string(case).unwrap();
        match is_sqlite(case) {
            true => Self::Sqlite(File::with(&sql)),
            false => Self::Postgres(Database::with(&sql)),
        }
    }

    /// `--schema` for each schema that has tables.
    fn schemas(&self) -> Vec<String> {
        match self {
            Self::Postgres(database) => database.schemas(),
            Self::Sqlite(_) => Vec::new(),
        }
        .iter()
        .map(|schema| format!("--schema={schema}"))
        .collect()
    }

    fn name(&self) -> &str {
        match self {
            Self::Postgres(database) => &database.name,
            Self::Sqlite(file) => file.path.to_str().expect("the path of a test is UTF-8"),
        }
    }
}

impl AsRef<str> for Source {
    fn as_ref(&self) -> &str {
        match self {
            Self::Postgres(database) => &database.url,
            Self::Sqlite(file) => &file.url,
        }
    }
}

fn is_sqlite(case: &Path) -> bool {
    case.parent()
        .is_some_and(|folder| folder.ends_with("sqlite"))
}

/// What is emitted for one case, and the schema as it is read, under the name `schema.txt`.
fn emit(case: &Path, arguments: &[&str]) -> Files {
    let database = Source::with(case);
    let url = database.as_ref();
    let folder = tempfile::tempdir().unwrap();
    // All have the same name, so that what differs is what the schema says.
    let app = folder.path().join("app");
    process::succeed(
        umbel::command()
            .arg("new")
            .arg(&app)
            .args(["--database", url])
            .args(database.schemas())
            .args(arguments),
    );
    let inspect = ["inspect", "--format", "text", "--database", url];
    let schema = process::succeed(umbel::command().args(inspect).args(database.schemas()));

    let mut files: Files = tree::files(&app)
        .iter()
        .filter_map(|file| shown(&app, file))
        .collect();
    files.insert("schema.txt".to_owned(), schema);
    let values = [
        (url, "[url]"),
        (database.name(), "[database]"),
        (
            workspace::root()
                .to_str()
                .expect("the path of the workspace is UTF-8"),
            "[workspace]",
        ),
    ];
    for text in files.values_mut() {
        for (value, placeholder) in values {
            *text = text.replace(value, placeholder);
        }
    }
    files
}

fn shown(app: &Path, file: &Path) -> Option<(String, String)> {
    let path = file
        .strip_prefix(app)
        .expect("listed below it")
        .to_str()
        .expect("emitted names are UTF-8")
        .to_owned();
    if NOT_SHOWN.iter().any(|hidden| path.starts_with(hidden)) {
        return None;
    }
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{path}: {error}"));
    Some((path, text))
}

/// The files that are the same in every case over PostgreSQL; those over SQLite name another driver, one that has
/// several schemas names them, and several crates have other files.
fn alike(cases: &BTreeMap<String, Files>) -> Files {
    let over_postgres = cases
        .iter()
        .filter(|(name, _)| !name.contains(['/', '-']) && *name != "schemas");
    let cases: Vec<&Files> = over_postgres.map(|(_, files)| files).collect();
    let mut files = cases[0].clone();
    files.retain(|path, text| cases.iter().all(|case| case.get(path) == Some(text)));
    files
}

fn case_files() -> Vec<PathBuf> {
    let cases = tree::files(&workspace::root().join("snapshots/cases"));
    assert!(!cases.is_empty(), "no cases");
    cases
}

/// The name of a case: `keys`, `sqlite/keys`.
fn name(file: &Path) -> String {
    let folder = workspace::root().join("snapshots/cases");
    let name = file.strip_prefix(&folder).expect("listed below it");
    let name = name.with_extension("");
    name.to_str()
        .expect("the names of cases are UTF-8")
        .to_owned()
}
