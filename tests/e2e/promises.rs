//! The three promises of every emitted application: no warning, `cargo fmt` changes nothing, its own tests pass.

use std::fs;
use std::path::{Path, PathBuf};

use umbel_tests::app::App;
use umbel_tests::corpus::Corpus;
use umbel_tests::database::Database;
use umbel_tests::process::Finished;
use umbel_tests::sqlite::File;
use umbel_tests::{tree, workspace};

#[test]
fn pagila() {
    let corpus = Corpus::own("pagila");
    let database = corpus.database();
    let app = App::emitted("pagila", &corpus.files(), &database);
    kept(&[
        app.check_format(),
        app.check_warnings(),
        app.check_tests(&database),
    ]);
}

#[test]
fn an_application_is_made_of_few_crates() {
    let (pagila, chinook) = (Corpus::own("pagila"), Corpus::own("chinook"));
    let (database, file) = (pagila.database(), File::of(&chinook));
    let over_postgres = App::emitted("pagila", &pagila.files(), &database);
    let over_sqlite = App::emitted("chinook_sqlite", &chinook.files(), &file);
    for (app, most) in [(over_postgres, 165), (over_sqlite, 135)] {
        let crates = app.crates();
        assert!(crates.len() > 50, "{crates:?}");
        assert!(
            crates.len() <= most,
            "{}: {} {crates:#?}",
            app.name,
            crates.len()
        );
    }
}

#[test]
fn snapshot_cases() {
    let cases = tree::files(&workspace::root().join("snapshots/cases"));
    assert!(!cases.is_empty(), "there are cases");
    let over_postgres = cases.iter().filter(|case| !is_sqlite(case));
    let sources: Vec<_> = over_postgres.map(|case| from_case(case)).collect();
    check_all("cases", &sources);
    let over_sqlite = cases.iter().filter(|case| is_sqlite(case));
    let sources: Vec<_> = over_sqlite
        .map(|case| {
            let name = case.file_stem().unwrap().to_str().unwrap();
            let file = File::with(&fs::read_to_string(case).unwrap());
            (format!("case_sqlite_{name}"), vec![case.to_owned()], file)
        })
        .collect();
    check_all("cases_sqlite", &sources);
}

fn is_sqlite(case: &Path) -> bool {
    case.parent()
        .is_some_and(|folder| folder.ends_with("sqlite"))
}

fn from_case(case: &Path) -> (String, Vec<PathBuf>, Database) {
    let name = case.file_stem().unwrap().to_str().unwrap();
    let database = Database::with(&fs::read_to_string(case).unwrap());
    (format!("case_{name}"), vec![case.to_owned()], database)
}

/// Every application keeps its promises, which together take half of the time; all that are broken are reported, not only
/// the first.
#[track_caller]
fn check_all(workspace: &str, sources: &[(String, Vec<PathBuf>, impl AsRef<str>)]) {
    let (whole, members) = App::members(workspace, sources);
    let mut promises = vec![
        whole.check_format(),
        whole.check_warnings(),
        whole.build_tests(),
    ];
    let databases = sources.iter().map(|(.., database)| database);
    let tested = members.iter().zip(databases);
    promises.extend(tested.map(|(app, database)| app.check_tests(database)));
    kept(&promises);
}

#[track_caller]
fn kept(promises: &[Finished]) {
    let broken = promises.iter().filter(|done| done.code != Some(0));
    let broken: Vec<String> = broken.map(Finished::to_string).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}
