//! An edited application, synced through the versions of a schema that a real project had over the years.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use umbel_tests::corpus::Corpus;
use umbel_tests::database::Database;
use umbel_tests::process;
use umbel_tests::{tree, umbel};

/// File, text in it, and what a person made of that; every line of theirs holds the word `mine`.
const EDITS: [(&str, &str, &str); 14] = [
    (
        "src/crates/model.rs",
        "impl Crate {\n",
        "impl Crate {\n    /// What mine is called.\n    pub fn mine(&self) -> &str {\n        self.name.as_str() // mine\n    } // mine\n\n",
    ),
    (
        "src/crates/views.rs",
        "/// `GET /crates/new`",
        "/// A page of mine.\npub async fn mine(db: Database, list: List<Crate>) -> Result<Html> {\n    self::list(db, list).await // mine\n} // mine\n\n/// `GET /crates/new`",
    ),
    (
        "src/crates/views.rs",
        "    let relations = ",
        "    // mine: first what belongs to it\n    let relations = ",
    ),
    (
        "src/routes.rs",
        "        .merge(categories())\n",
        "        .merge(categories())\n        .route(\"/mine\", get(crate::crates::views::mine))\n",
    ),
    (
        "src/routes.rs",
        "        .add(\"/users/new\"",
        "        .route(\"/users/mine\", get(views::list))\n        .add(\"/users/new\"",
    ),
    (
        "templates/crates/show.html",
        "{{ ui::facts([",
        "<p>mine</p>\n{{ ui::facts([",
    ),
    (
        "templates/crates/list.html",
        "<h1>Crates</h1>",
        "<h1>All crates of mine</h1>",
    ),
    (
        "templates/versions/show.html",
        "{{ ui::related(related) }}",
        "<p>mine, too</p>\n{{ ui::related(related) }}",
    ),
    (
        "src/versions/model.rs",
        "#[derive(Debug, Clone, PartialEq)]\npub struct Version {",
        "// A version of mine.\n#[derive(Debug, Clone, PartialEq)]\npub struct Version {",
    ),
    (
        "src/users/form.rs",
        "    fn validate(&self, check: &mut Check<'_>) -> NewUser {\n",
        "    fn validate(&self, check: &mut Check<'_>) -> NewUser {\n        // mine: nothing else to check\n",
    ),
    (
        "templates/base.html",
        "</body>",
        "<footer>mine</footer>\n</body>",
    ),
    (
        "Cargo.toml",
        "[dependencies]\n",
        "[dependencies]\n# mine\nserde = \"1\"\n",
    ),
    (
        "src/badges/views.rs",
        "use askama::Template;",
        "// mine\nuse askama::Template;",
    ),
    (
        "src/crate_downloads/model.rs",
        "use umbel::Result;",
        "// mine\nuse umbel::Result;",
    ),
];

const STATUSES: [&str; 6] = [
    "created",
    "updated",
    "merged",
    "conflicted",
    "orphaned",
    "deleted",
];

/// The lines of a person, each as often as it stands in any file, what was set aside included.
fn mine(root: &Path) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    for file in tree::files(root) {
        let is_copy = file.components().any(|part| part.as_os_str() == "base")
            || file.to_string_lossy().contains("/conflicts/");
        let Some(text) = fs::read_to_string(&file).ok().filter(|_| !is_copy) else {
            continue;
        };
        for line in text
            .lines()
            .map(str::trim)
            .filter(|line| line.contains("mine"))
        {
            *lines.entry(line.to_owned()).or_default() += 1;
        }
    }
    lines
}

#[test]
fn crates_io() {
    let Some(corpus) = Corpus::find("cratesio-sequence") else {
        return;
    };
    let version = |number: usize| Database::loaded(&[corpus.folder.join(format!("v{number}.sql"))]);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("registry");
    let first = version(1);
    let mut new = umbel::command();
    process::succeed(new.arg("new").arg(&root).args(["--database", &first.url]));
    for (path, old, edited) in EDITS {
        let file = root.join(path);
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(text.contains(old), "{old:?} in {path}: {text}");
        fs::write(&file, text.replacen(old, edited, 1)).unwrap();
    }
    // Each version is another database, as a dump of the next would be: where the last column went and others
    // came behind it, the sync asks, and this is the answer.
    let settings = root.join("umbel.toml");
    let answer = "\n[rename]\n\"versions.semver_ord\" = false\n";
    let text = fs::read_to_string(&settings).unwrap() + answer;
    fs::write(&settings, text).unwrap();
    let expected = mine(&root);
    let mut table = format!(
        "| version | schema | {} | lost lines |\n",
        STATUSES.join(" | ")
    );
    for number in 2..=6 {
        let database = version(number);
        let mut sync = umbel::command();
        sync.arg("sync").current_dir(&root);
        let finished =
            process::finish(sync.args(["--format", "json", "--database", &database.url]));
        assert!(matches!(finished.code, Some(0 | 3)), "{finished}");
        let report: Value = serde_json::from_str(&finished.stdout).unwrap();
        let files = report["files"].as_array().unwrap();
        let count = |status: &str| files.iter().filter(|file| file["status"] == status).count();
        let counts: Vec<String> = STATUSES
            .iter()
            .map(|status| count(status).to_string())
            .collect();
        let now = mine(&root);
        let lost: Vec<_> = expected
            .iter()
            .filter(|(line, count)| now.get(*line) < Some(count))
            .collect();
        writeln!(
            table,
            "| v{number} | {} | {} | {} |",
            report["schema"].as_array().unwrap().len(),
            counts.join(" | "),
            lost.len()
        )
        .unwrap();
        assert!(lost.is_empty(), "v{number} lost {lost:#?}\n{table}");
    }
    println!("{table}");
    if let Some(keep) = std::env::var_os("UMBEL_KEEP_SEQUENCE") {
        process::succeed(
            std::process::Command::new("cp")
                .arg("-r")
                .arg(&root)
                .arg(keep),
        );
    }
}
