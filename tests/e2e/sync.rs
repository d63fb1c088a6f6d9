//! Regeneration: what people edited stays, whatever becomes of the schema and of the run.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use umbel_tests::database::Database;
use umbel_tests::process::{self, Finished};
use umbel_tests::{tree, umbel};

const SCHEMA: &str = "
    CREATE TYPE rating AS ENUM ('G', 'R');
    CREATE TABLE language (language_id serial PRIMARY KEY, name text NOT NULL);
    CREATE TABLE film (
        film_id serial PRIMARY KEY,
        title text NOT NULL,
        description text,
        rating rating,
        language_id integer REFERENCES language
    )";

/// An application of the schema above, and its database.
struct Shop {
    database: Database,
    folder: tempfile::TempDir,
}

impl Shop {
    fn new() -> Self {
        let database = Database::with(SCHEMA);
        let folder = tempfile::tempdir().unwrap();
        let shop = Self { database, folder };
        let mut new = umbel::command();
        new.arg("new").arg(shop.root());
        process::succeed(new.args(["--database", &shop.database.url]));
        shop
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("shop")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn exists(&self, path: &str) -> bool {
        self.root().join(path).exists()
    }

    /// Replaces a text that stands in the file.
    #[track_caller]
    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{old:?} in {path}: {text}");
        fs::write(self.root().join(path), text.replacen(old, new, 1)).unwrap();
    }

    fn umbel(&self, arguments: &[&str]) -> Finished {
        process::finish(&mut self.command(arguments))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        command(&self.root(), arguments)
    }

    /// A sync that ends with the exit code.
    #[track_caller]
    fn sync(&self, arguments: &[&str], code: i32) -> Finished {
        let finished = self.umbel(&[&["sync"], arguments].concat());
        assert_eq!(finished.code, Some(code), "{finished}");
        finished
    }

    fn contents(&self) -> BTreeMap<String, Vec<u8>> {
        contents(&self.root())
    }
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = umbel::command();
    command
        .args(arguments)
        .current_dir(root)
        .env_remove("DATABASE_URL");
    command
}

/// All files but those of this machine alone.
fn contents(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut contents = tree::contents(root);
    contents.retain(|path, _| !path.starts_with(".umbel/local/"));
    contents
}

#[test]
fn edits_stay_where_columns_come() {
    let shop = Shop::new();
    shop.edit(
        "src/film/views.rs",
        "/// `GET /film/new`",
        "// Mine.\npub fn mine(film: &Film) -> &str {\n    &film.title\n}\n\n/// `GET /film/new`",
    );
    shop.edit(
        "templates/film/show.html",
        "{{ ui::facts([",
        "<p>Mine</p>\n{{ ui::facts([",
    );
    shop.database.run(
        "ALTER TABLE film ADD COLUMN tagline text; CREATE TABLE genre (genre_id serial PRIMARY KEY)",
    );
    let said = shop.sync(&[], 0).stdout;
    for line in [
        "+ film.tagline text",
        "+ genre table, one column",
        "src/film/views.rs",
    ] {
        assert!(said.contains(line), "{line:?} in {said}");
    }
    let views = shop.read("src/film/views.rs");
    assert!(
        views.contains("// Mine.\npub fn mine") && views.contains("TAGLINE"),
        "{views}"
    );
    let show = shop.read("templates/film/show.html");
    assert!(
        show.contains("<p>Mine</p>") && show.contains("film.tagline"),
        "{show}"
    );
    assert!(shop.exists("src/genre/model.rs"));

    let before = shop.contents();
    shop.sync(&[], 0);
    shop.sync(&["--check"], 0);
    assert_eq!(shop.contents(), before, "a second sync writes nothing");
}

#[test]
fn a_conflict_is_shown_and_settled() {
    let conflicting = || {
        let shop = Shop::new();
        let line = "pub const DESCRIPTION";
        shop.edit(
            "src/film/model.rs",
            line,
            &format!("#[doc(hidden)]\n    {line}"),
        );
        shop.database
            .run("ALTER TABLE film DROP COLUMN description");
        let before = shop.read("src/film/model.rs");
        let finished = shop.sync(&[], 3);
        assert!(finished.stderr.contains("src/film/model.rs"), "{finished}");
        assert_eq!(shop.read("src/film/model.rs"), before);
        assert!(!shop.read("src/film/form.rs").contains("DESCRIPTION"));
        shop.sync(&["--check"], 3);
        shop.sync(&[], 3);
        (shop, before)
    };
    let resolve = |shop: &Shop, choice: &str| shop.umbel(&["resolve", "src/film/model.rs", choice]);
    let (shop, before) = conflicting();
    assert_eq!(resolve(&shop, "--ours").code, Some(0));
    assert_eq!(shop.read("src/film/model.rs"), before);
    shop.sync(&["--check"], 0);
    assert_eq!(resolve(&shop, "--ours").code, Some(1));

    let (shop, before) = conflicting();
    assert_eq!(resolve(&shop, "--theirs").code, Some(0));
    assert!(!shop.read("src/film/model.rs").contains("DESCRIPTION"));
    assert_eq!(shop.read(".umbel/local/orphans/src/film/model.rs"), before);
    shop.sync(&["--check"], 0);

    let (shop, _) = conflicting();
    let refused = resolve(&shop, "--merged");
    assert!(refused.stderr.contains("marker"), "{refused}");
    let merged = ".umbel/local/conflicts/src/film/model.rs/merged.rs";
    let text = shop.read(merged);
    let settled = text.lines().filter(|line| {
        !line.starts_with("<<<")
            && !line.starts_with("|||")
            && !line.starts_with("===")
            && !line.starts_with(">>>")
            && !line.contains("description")
            && !line.contains("DESCRIPTION")
            && !line.contains("hidden")
    });
    let settled: String = settled.map(|line| format!("{line}\n")).collect();
    fs::write(shop.root().join(merged), &settled).unwrap();
    // Another sync of the same conflict leaves the work on it alone.
    shop.sync(&[], 3);
    assert_eq!(resolve(&shop, "--merged").code, Some(0));
    assert_eq!(shop.read("src/film/model.rs"), settled);
    shop.sync(&["--check"], 0);
}

#[test]
fn a_conflict_in_the_file_itself() {
    let shop = Shop::new();
    process::succeed(shop.git(&["init", "--quiet"]));
    let line = "pub description: Option<String>,";
    shop.edit(
        "src/film/model.rs",
        line,
        "pub description: Option<Box<str>>,",
    );
    shop.database
        .run("ALTER TABLE film ALTER COLUMN description SET NOT NULL");
    shop.sync(&["--inline"], 3);
    let marked = shop.read("src/film/model.rs");
    assert!(
        marked.contains("<<<<<<< ours\n    pub description: Option<Box<str>>,"),
        "{marked}"
    );
    let stages = process::succeed(shop.git(&["ls-files", "--unmerged"]));
    assert_eq!(stages.lines().count(), 3, "{stages}");
    shop.sync(&[], 3);
    assert_eq!(shop.read("src/film/model.rs"), marked);
    let refused = shop.umbel(&["resolve", "src/film/model.rs", "--ours"]);
    assert!(refused.stderr.contains("marker"), "{refused}");
}

impl Shop {
    fn git(&self, arguments: &[&str]) -> &'static mut Command {
        let mut git = Command::new("git");
        git.arg("-C").arg(self.root()).args(arguments);
        Box::leak(Box::new(git))
    }
}

#[test]
fn renames_travel_and_travel_back() {
    let shop = Shop::new();
    shop.edit(
        "src/film/views.rs",
        "/// `GET /film/new`",
        "pub fn mine(film: &Film) -> Option<&String> {\n    film.description.as_ref()\n}\n\n/// `GET /film/new`",
    );
    fs::write(shop.root().join("src/film/own.rs"), "//! Mine.\n").unwrap();
    let before = shop.contents();
    shop.database.run(
        "ALTER TABLE film RENAME TO movie; ALTER TABLE movie RENAME COLUMN description TO summary",
    );
    let said = shop.sync(&[], 0).stdout;
    assert!(
        said.contains("> film.description → movie.summary"),
        "{said}"
    );
    assert!(!shop.exists("src/film") && !shop.exists("templates/film"));
    assert_eq!(shop.read("src/movie/own.rs"), "//! Mine.\n");
    let views = shop.read("src/movie/views.rs");
    assert!(
        views.contains("mine(movie: &Movie)") && views.contains("movie.summary.as_ref()"),
        "{views}"
    );

    shop.database.run(
        "ALTER TABLE movie RENAME TO film; ALTER TABLE film RENAME COLUMN summary TO description",
    );
    shop.sync(&[], 0);
    let mut after = shop.contents();
    // PostgreSQL keeps the names of constraints; nothing else tells that there was a rename.
    assert_eq!(
        after.remove(".umbel/schema.lock").is_some(),
        before.contains_key(".umbel/schema.lock")
    );
    for (path, bytes) in &before {
        if path != ".umbel/schema.lock" {
            assert_eq!(
                after.remove(path).map(String::from_utf8),
                Some(String::from_utf8(bytes.clone())),
                "{path}"
            );
        }
    }
    assert!(after.is_empty(), "{:?}", after.keys());
}

#[test]
fn a_rename_in_doubt_is_not_guessed() {
    let shop = Shop::new();
    // As in the clone of a colleague: the identifiers are not there.
    fs::remove_file(shop.root().join(".umbel/local/identity.json")).unwrap();
    shop.database
        .run("ALTER TABLE film RENAME COLUMN description TO summary");
    let before = shop.contents();
    let finished = shop.sync(&[], 4);
    assert!(
        finished
            .stderr
            .contains("\"public.film.description\" = \"summary\""),
        "{finished}"
    );
    assert_eq!(shop.contents(), before);
    let settings = shop.read("umbel.toml");
    let say = |line: &str| {
        let text = format!("{settings}\n[rename]\n{line}\n");
        fs::write(shop.root().join("umbel.toml"), text).unwrap();
    };
    say("\"film.descripton\" = \"summary\"");
    assert!(shop.sync(&[], 1).stderr.contains("film.descripton"));
    say("\"film.description\" = \"summary\"");
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("> film.description → film.summary"), "{said}");
    shop.sync(&[], 0);
}

#[test]
fn a_rename_that_is_none() {
    let shop = Shop::new();
    fs::remove_file(shop.root().join(".umbel/local/identity.json")).unwrap();
    shop.database
        .run("ALTER TABLE film DROP COLUMN description; ALTER TABLE film ADD COLUMN summary text");
    let text = shop.read("umbel.toml") + "\n[rename]\n\"film.description\" = false\n";
    fs::write(shop.root().join("umbel.toml"), text).unwrap();
    let said = shop.sync(&[], 0).stdout;
    assert!(
        said.contains("- film.description text") && said.contains("+ film.summary text"),
        "{said}"
    );
}

#[test]
fn what_is_dropped() {
    let shop = Shop::new();
    shop.edit("src/film/form.rs", "//! ", "// Mine.\n//! ");
    fs::remove_file(shop.root().join("templates/language/_fields.html")).unwrap();
    shop.database.run("DROP TABLE film");
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("orphaned  src/film/form.rs"), "{said}");
    assert!(!shop.exists("src/film") && !shop.exists("templates/film"));
    assert!(
        shop.read(".umbel/local/orphans/src/film/form.rs")
            .contains("// Mine.")
    );
    assert!(
        !shop.exists("templates/language/_fields.html"),
        "what a person deleted stays so"
    );
}

#[test]
fn limited_to_some_tables() {
    let shop = Shop::new();
    shop.database.run(
        "ALTER TABLE film ADD COLUMN tagline text; DROP TABLE language CASCADE; CREATE TABLE genre (genre_id serial PRIMARY KEY)",
    );
    let said = shop.sync(&["--only", "film"], 0).stdout;
    assert!(
        said.contains("film.tagline") && !said.contains("genre") && !said.contains("- language"),
        "{said}"
    );
    assert!(shop.exists("src/language/model.rs") && !shop.exists("src/genre"));
    assert!(shop.read("src/lib.rs").contains("pub mod language;"));
    shop.sync(&["--check"], 0);
}

#[test]
fn exit_codes_of_a_check() {
    let shop = Shop::new();
    shop.sync(&["--check"], 0);
    let url = shop.database.url.clone();
    shop.sync(&["--check", "--database", &url], 0);
    shop.database
        .run("ALTER TABLE film ADD COLUMN tagline text");
    let before = shop.contents();
    shop.sync(&["--check"], 0);
    let finished = shop.sync(&["--check", "--database", &url, "--format", "json"], 2);
    let report: serde_json::Value = serde_json::from_str(&finished.stdout).unwrap();
    assert_eq!(report["schema"][0]["subject"], "film.tagline");
    assert_eq!(report["code"], 2);
    shop.sync(&["--dry-run"], 0);
    assert_eq!(shop.contents(), before, "nothing is written");
    // What umbel.toml says is enough to differ.
    shop.edit("umbel.toml", "except = []", "except = [\"language\"]");
    shop.sync(&["--check"], 2);
    shop.edit("umbel.toml", "except", "exept");
    let finished = shop.sync(&["--check"], 1);
    assert!(
        finished
            .stderr
            .contains("umbel.toml:11:1: unknown key `exept`; did you mean `except`?"),
        "{finished}"
    );
}

#[test]
fn what_people_changed() {
    let shop = Shop::new();
    assert_eq!(shop.umbel(&["diff"]).stdout, "");
    shop.edit("src/film/mod.rs", "//! ", "// Mine.\n//! ");
    // To format is not to edit.
    shop.edit(
        "src/film/model.rs",
        "pub title: String,",
        "pub  title :  String,",
    );
    let names = shop.umbel(&["diff", "--name-only"]).stdout;
    assert_eq!(names, "src/film/mod.rs\n");
    let patch = shop.umbel(&["diff", "src/film"]).stdout;
    assert!(patch.contains("+// Mine.\n"), "{patch}");
}

#[test]
fn a_lock_that_git_left_in_conflict() {
    let shop = Shop::new();
    let lock = shop.read(".umbel/schema.lock");
    let line = lock
        .lines()
        .find(|line| line.contains("\"title\""))
        .unwrap();
    let conflict = format!("<<<<<<< HEAD\n{line}\n=======\n{line}\n>>>>>>> branch");
    shop.edit(".umbel/schema.lock", line, &conflict);
    shop.edit(
        ".umbel/base/src/film/mod.rs",
        "//! ",
        "<<<<<<< HEAD\n=======\n>>>>>>> branch\n//! ",
    );
    shop.sync(&[], 0);
    assert_eq!(shop.read(".umbel/schema.lock"), lock);
    assert!(!shop.read(".umbel/base/src/film/mod.rs").contains("<<<<"));
}

/// The shop with an edit, and a database that has changed since.
fn changed_shop() -> Shop {
    let shop = Shop::new();
    shop.edit(
        "src/film/views.rs",
        "/// `GET /film/new`",
        "fn mine() {}\n\n/// `GET /film/new`",
    );
    shop.database.run(
        "ALTER TABLE film RENAME TO movie; ALTER TABLE movie ADD COLUMN tagline text; CREATE TABLE genre (genre_id serial PRIMARY KEY)",
    );
    shop
}

#[test]
fn killed_at_any_moment() {
    let shop = changed_shop();
    let copy = |name: &str| {
        let target = shop.folder.path().join(name);
        process::succeed(Command::new("cp").arg("-r").arg(shop.root()).arg(&target));
        target
    };
    let before = shop.contents();
    let whole = copy("whole");
    let start = Instant::now();
    process::succeed(&mut command(&whole, &["sync"]));
    let duration = start.elapsed();
    let after = contents(&whole);
    assert_ne!(before, after);

    const KILLS: u32 = 40;
    let mut ends = BTreeMap::new();
    for number in 0..KILLS {
        let killed = copy(&format!("killed_{number}"));
        let mut child = command(&killed, &["sync", "--quiet"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Most of them late, where the files are written.
        let share = 1.0 - f64::from(number * number) / f64::from(KILLS * KILLS);
        thread::sleep(duration.mul_f64(share).min(Duration::from_secs(10)));
        child.kill().unwrap();
        child.wait().unwrap();
        // Whatever command comes next finds the one state or the other.
        process::succeed(&mut command(&killed, &["diff", "--name-only"]));
        let now = contents(&killed);
        assert!(
            now == before || now == after,
            "kill {number} left another state"
        );
        *ends.entry(now == after).or_insert(0) += 1;
        fs::remove_dir_all(killed).unwrap();
    }
    assert!(
        ends.contains_key(&false),
        "no kill came early enough: {ends:?}"
    );
}

#[test]
fn a_full_disk() {
    let shop = changed_shop();
    let before = shop.contents();
    // No file may grow beyond the limit, and the signal that says so is ignored: writing fails.
    let script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" sync";
    let mut limited = Command::new("bash");
    limited
        .args(["-c", script])
        .arg(umbel::program())
        .current_dir(shop.root())
        .env_remove("DATABASE_URL");
    let finished = process::finish(&mut limited);
    assert_eq!(finished.code, Some(1), "{finished}");
    assert!(finished.stderr.contains("cannot write"), "{finished}");
    assert_eq!(shop.contents(), before);
    shop.sync(&[], 0);
}

#[test]
fn a_read_only_file_stays_so() {
    let shop = Shop::new();
    shop.database
        .run("ALTER TABLE film ADD COLUMN tagline text");
    let file = shop.root().join("src/film/model.rs");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    shop.sync(&[], 0);
    assert!(shop.read("src/film/model.rs").contains("tagline"));
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o444
    );
}

#[test]
fn a_place_that_is_taken() {
    let shop = changed_shop();
    fs::create_dir_all(shop.root().join("src/movie")).unwrap();
    fs::write(shop.root().join("src/movie/model.rs"), "// Mine.\n").unwrap();
    let before = shop.contents();
    let finished = shop.sync(&[], 1);
    assert!(
        finished
            .stderr
            .contains("`src/film/model.rs` cannot become `src/movie/model.rs`"),
        "{finished}"
    );
    assert_eq!(shop.contents(), before);
}

#[test]
fn no_application() {
    let folder = tempfile::tempdir().unwrap();
    let finished = process::finish(&mut command(folder.path(), &["sync"]));
    assert_eq!(finished.code, Some(1));
    assert!(finished.stderr.contains(".umbel/schema.lock"), "{finished}");
    assert!(tree::contents(folder.path()).is_empty());
}
