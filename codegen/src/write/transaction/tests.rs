use super::*;

fn change(before: Option<&str>, after: Option<&str>) -> Change {
    let bytes = |text: &str| Arc::from(text.as_bytes());
    Change {
        before: before.map(bytes),
        after: after.map(bytes),
    }
}

fn app() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("src/film")).unwrap();
    for (path, text) in [("a", "a"), ("src/film/b", "b"), ("c", "c")] {
        fs::write(folder.path().join(path), text).unwrap();
    }
    folder
}

fn changes() -> Changes {
    Changes::from([
        ("a".to_owned(), change(Some("a"), Some("A"))),
        ("new/d".to_owned(), change(None, Some("d"))),
        ("src/film/b".to_owned(), change(Some("b"), None)),
    ])
}

/// The files of the application itself.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if path.is_dir() {
                open.push(path);
            } else if name != ".umbel/local/lock" {
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

fn expect(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let files = files.iter();
    files
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

const BEFORE: [(&str, &str); 3] = [("a", "a"), ("c", "c"), ("src/film/b", "b")];
const AFTER: [(&str, &str); 3] = [("a", "A"), ("c", "c"), ("new/d", "d")];

#[test]
fn all_changes() {
    let app = app();
    let transaction = Transaction::begin(app.path()).unwrap();
    transaction.apply(&changes()).unwrap();
    assert_eq!(files(app.path()), expect(&AFTER));
    assert!(!app.path().join("src").exists());
}

#[test]
fn none_where_one_cannot_be_made() {
    let app = app();
    // A folder where a file is to be put: the rename fails after others were done.
    fs::create_dir_all(app.path().join("z/full")).unwrap();
    let mut changes = changes();
    changes.insert("z".to_owned(), change(None, Some("z")));
    let transaction = Transaction::begin(app.path()).unwrap();
    assert!(transaction.apply(&changes).is_err());
    assert_eq!(files(app.path()), expect(&BEFORE));
    assert!(!app.path().join("new").exists());
}

#[test]
fn none_where_the_rename_fails() {
    let app = app();
    let transaction = Transaction::begin(app.path()).unwrap();
    let steps = transaction.stage(&changes()).unwrap();
    // The second target turns into a folder after everything was staged.
    fs::create_dir_all(app.path().join("new/d/e")).unwrap();
    assert!(transaction.forward(&steps).is_err());
    fs::remove_dir_all(app.path().join("new")).unwrap();
    transaction.backward(&steps).unwrap();
    transaction.forget().unwrap();
    assert_eq!(files(app.path()), expect(&BEFORE));
}

#[test]
fn killed_before_the_journal_is_complete() {
    let app = app();
    let transaction = Transaction::begin(app.path()).unwrap();
    transaction.stage(&changes()).unwrap();
    fs::remove_file(transaction.journal("plan")).unwrap();
    drop(transaction);
    Transaction::begin(app.path()).unwrap();
    assert_eq!(files(app.path()), expect(&BEFORE));
}

#[test]
fn killed_after_each_step() {
    for done in 0..=3 {
        let app = app();
        let transaction = Transaction::begin(app.path()).unwrap();
        let steps = transaction.stage(&changes()).unwrap();
        transaction.forward(&steps[..done]).unwrap();
        drop(transaction);
        Transaction::begin(app.path()).unwrap();
        assert_eq!(files(app.path()), expect(&AFTER), "after {done} steps");
    }
}

#[test]
fn killed_on_the_way_back() {
    for done in 0..=3 {
        let app = app();
        let transaction = Transaction::begin(app.path()).unwrap();
        let steps = transaction.stage(&changes()).unwrap();
        transaction.forward(&steps).unwrap();
        transaction.backward(&steps[done..]).unwrap();
        drop(transaction);
        Transaction::begin(app.path()).unwrap();
        assert_eq!(files(app.path()), expect(&BEFORE), "after {done} steps");
    }
}

#[test]
fn edited_after_the_run_was_killed() {
    let app = app();
    let transaction = Transaction::begin(app.path()).unwrap();
    transaction.stage(&changes()).unwrap();
    drop(transaction);
    fs::write(app.path().join("a"), "mine").unwrap();
    Transaction::begin(app.path()).unwrap();
    let mut expected = expect(&AFTER);
    expected.insert(".umbel/local/orphans/a".to_owned(), "mine".to_owned());
    assert_eq!(files(app.path()), expected);
}

#[test]
fn edited_while_it_was_decided() {
    let app = app();
    let transaction = Transaction::begin(app.path()).unwrap();
    fs::write(app.path().join("a"), "mine").unwrap();
    let error = transaction.apply(&changes()).unwrap_err();
    assert_eq!(error.to_string(), "`a` was changed meanwhile");
    let mut expected = expect(&BEFORE);
    expected.insert("a".to_owned(), "mine".to_owned());
    assert_eq!(files(app.path()), expected);
}

#[test]
fn two_at_once() {
    let app = app();
    let _first = Transaction::begin(app.path()).unwrap();
    assert!(matches!(
        Transaction::begin(app.path()),
        Err(WriteError::Busy(_))
    ));
}
