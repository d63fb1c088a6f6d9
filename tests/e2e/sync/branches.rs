//! Two branches, both synced, that meet in git: with the merge driver of umbel, and without.

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::process;

use super::{SCHEMA, Shop};

/// What one branch does to the schema, and the other.
const OURS: &str = "
    ALTER TABLE film ADD COLUMN tagline text;
    CREATE TABLE actor (actor_id serial PRIMARY KEY, name text NOT NULL)";
const THEIRS: &str = "
    CREATE TABLE genre (genre_id serial PRIMARY KEY, name text NOT NULL);
    ALTER TABLE film ADD COLUMN genre_id integer REFERENCES genre";

impl Shop {
    fn commit(&self, message: &str) {
        process::succeed(&mut self.git(&["add", "--all"]));
        let who = ["-c", "user.name=a", "-c", "user.email=a@b"];
        let commit = ["commit", "--quiet", "--message", message];
        process::succeed(&mut self.git(&[&who[..], &commit].concat()));
    }

    /// Makes both branches, each synced with a database of its own and edited, and merges one into the other. Returns
    /// whether git found it clean, and a database with what both did.
    fn meet(&self) -> (bool, Database) {
        process::succeed(&mut self.git(&["init", "--quiet"]));
        process::succeed(&mut self.git(&["symbolic-ref", "HEAD", "refs/heads/main"]));
        self.commit("start");
        let branch = |name: &str, change: &str, mark: &str| {
            process::succeed(&mut self.git(&["checkout", "--quiet", "-b", name, "main"]));
            let database = Database::with(&format!("{SCHEMA}; {change}"));
            self.sync(&["--database", &database.url], 0);
            let function = format!("pub fn {name}() -> u8 {{\n    1\n}}\n\n{mark}");
            self.edit("src/film/views.rs", mark, &function);
            self.edit(
                "templates/film/show.html",
                "{{ ui::facts([",
                &format!("<p>{name}</p>\n{{{{ ui::facts(["),
            );
            self.commit(name);
        };
        branch("ours", OURS, "/// `GET /film/new`");
        branch("theirs", THEIRS, "/// `GET /film/{key}/delete`");
        process::succeed(&mut self.git(&["checkout", "--quiet", "ours"]));
        let who = ["-c", "user.name=a", "-c", "user.email=a@b"];
        let merge = ["merge", "--quiet", "--message", "both", "theirs"];
        let merged = process::finish(&mut self.git(&[&who[..], &merge].concat()));
        let both = Database::with(&format!("{SCHEMA}; {OURS}; {THEIRS}"));
        (merged.code == Some(0), both)
    }

    /// Everything of both branches is there, and nothing is left in conflict.
    #[track_caller]
    fn has_both(&self, database: &Database) {
        let views = self.read("src/film/views.rs");
        for text in ["pub fn ours()", "pub fn theirs()", "TAGLINE", "GENRE_ID"] {
            assert!(views.contains(text), "{text}: {views}");
        }
        for (path, bytes) in self
            .contents()
            .iter()
            .filter(|(path, _)| !path.starts_with(".git/"))
        {
            assert!(
                !String::from_utf8_lossy(bytes).contains("<<<<<<<"),
                "{path}"
            );
        }
        assert_eq!(
            process::succeed(&mut self.git(&["ls-files", "--unmerged"])),
            ""
        );
        self.sync(&["--check", "--database", &database.url], 0);
        let synced = self.contents();
        self.sync(&["--database", &database.url], 0);
        assert_eq!(self.contents(), synced);
    }
}

#[test]
fn branches_meet_in_the_merge_driver() {
    let shop = Shop::new();
    process::succeed(&mut shop.git(&["init", "--quiet"]));
    process::succeed(&mut shop.command(&["setup-git"]));
    let (clean, database) = shop.meet();
    assert!(
        clean,
        "{}",
        process::succeed(&mut shop.git(&["status", "--short"]))
    );
    shop.sync(&["--database", &database.url], 0);
    shop.has_both(&database);
    let app = App {
        name: "shop".to_owned(),
        folder: shop.root(),
    };
    app.take_locked_versions();
    app.build();
}

#[test]
fn what_git_left_in_conflict_is_merged_anew() {
    let shop = Shop::new();
    let (clean, database) = shop.meet();
    assert!(!clean);
    let before = shop.contents();
    shop.sync(&["--check"], 3);
    assert_eq!(shop.contents(), before);
    // Where a person has begun to settle a file, their work stays, whatever they make of it.
    let path = "templates/film/show.html";
    assert!(shop.read(path).contains("<<<<<<<"));
    shop.edit(path, "<p>ours</p>", "<p>mine</p>");
    shop.sync(&["--database", &database.url], 3);
    assert!(shop.read(path).contains("<p>mine</p>"));
    process::succeed(&mut shop.git(&["checkout", "--quiet", "--ours", path]));
    shop.edit(path, "<p>ours</p>", "<p>settled</p>");
    process::succeed(&mut shop.git(&["add", path]));
    shop.sync(&["--database", &database.url], 0);
    let show = shop.read(path);
    for text in ["<p>settled</p>", "film.tagline", "row.genre"] {
        assert!(show.contains(text), "{text}: {show}");
    }
    shop.has_both(&database);
}
