//! An emitted application: made by `umbel new`, built, checked.
//!
//! All of them share one target folder, so that the crates they depend upon are built once, and the versions that the
//! workspace has locked, so that a new release of a crate changes no test.

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{self, Finished};
use crate::{tree, umbel, workspace};

/// The folder of an emitted application.
#[derive(Debug, Clone)]
pub struct App {
    /// The name of the folder, of the crate and of the executable.
    pub name: String,
    pub folder: PathBuf,
}

/// A table of an emitted application.
#[derive(Debug)]
pub struct Table {
    pub schema: String,
    pub name: String,
    /// The path of its list.
    pub path: String,
    /// The folder of its model.
    pub folder: PathBuf,
}

impl Table {
    /// Reads the first lines of `const TABLE` of a model.
    fn read(file: &Path) -> Self {
        let model = fs::read_to_string(file).expect("emitted as UTF-8");
        let member = |name: &str| {
            let start = format!("{name}: \"");
            let lines = model.lines().map(str::trim);
            let mut values =
                lines.filter_map(|line| line.strip_prefix(&start)?.strip_suffix("\","));
            let value = values.next().expect("a model says what its table is");
            value.replace("\\\"", "\"").replace("\\\\", "\\")
        };
        Self {
            schema: member("schema"),
            name: member("name"),
            path: member("path"),
            folder: file.with_file_name(""),
        }
    }
}

impl App {
    /// The application that `umbel new` emits for a database, named by its URL.
    ///
    /// It is emitted once for every build of `umbel` and every `source`, which says what the database holds: tests that
    /// run in processes of their own share it.
    pub fn emitted(name: &str, source: &[PathBuf], database: impl AsRef<str>) -> Self {
        Self::emitted_from(name, source, database, &[])
    }

    /// The application that `umbel new` emits for some schemas of a database; for that which it has by itself, if
    /// none is named.
    pub fn emitted_from(
        name: &str,
        source: &[PathBuf],
        database: impl AsRef<str>,
        schemas: &[String],
    ) -> Self {
        Self::emitted_in(&workspace::scratch("apps"), name, source, database, schemas)
    }

    fn emitted_in(
        apps: &Path,
        name: &str,
        source: &[PathBuf],
        database: impl AsRef<str>,
        schemas: &[String],
    ) -> Self {
        let app = Self {
            name: name.to_owned(),
            folder: apps.join(name),
        };
        let stamp = apps.join(format!("{name}.stamp"));
        let _emitting = workspace::lock(&apps.join(format!("{name}.lock")));
        let expected = hash(source);
        if fs::read_to_string(&stamp).is_ok_and(|found| found == expected) {
            return app;
        }
        if app.folder.exists() {
            fs::remove_dir_all(&app.folder).expect("the folder is ours");
        }
        let mut new = umbel::command();
        process::succeed(
            new.arg("new")
                .arg(&app.folder)
                .args(["--database", database.as_ref()])
                .args(schemas.iter().map(|schema| format!("--schema={schema}"))),
        );
        app.take_locked_versions();
        fs::write(&stamp, expected).expect("the folder is ours");
        app
    }

    /// Applications that are members of one cargo workspace, which builds them side by side; the workspace, and they.
    pub fn members<D: AsRef<str>>(
        workspace: &str,
        sources: &[(String, Vec<PathBuf>, D)],
    ) -> (Self, Vec<Self>) {
        let folder = workspace::scratch(&format!("workspaces/{workspace}"));
        let names: Vec<&str> = sources.iter().map(|(name, ..)| name.as_str()).collect();
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n");
        fs::write(folder.join("Cargo.toml"), manifest).expect("the folder is ours");
        let emitted = sources
            .iter()
            .map(|(name, source, database)| Self::emitted_in(&folder, name, source, database, &[]));
        let members = emitted.collect();
        let name = workspace.to_owned();
        let whole = Self { name, folder };
        whole.take_locked_versions();
        (whole, members)
    }

    /// The application that `umbel new` emits now, in a folder of its own, to be changed by a test.
    pub fn fresh(name: &str, database: &str) -> Self {
        Self::fresh_with(name, database, &[])
    }

    /// The application that `umbel new` emits now with more arguments.
    pub fn fresh_with(name: &str, database: &str, arguments: &[&str]) -> Self {
        let folder = workspace::scratch("apps").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("the folder is ours");
        }
        let mut new = umbel::command();
        new.arg("new").arg(&folder).args(["--database", database]);
        process::succeed(new.args(arguments));
        let app = Self {
            name: name.to_owned(),
            folder,
        };
        app.take_locked_versions();
        app
    }

    /// Gives every table a policy, and hooks where it can have them, and the application parts of pages of its own, and
    /// brings it up to date.
    pub fn customise(&self, database: &str) {
        let said = self.tables().into_iter().map(|table| {
            let views = fs::read_to_string(table.folder.join("views.rs")).unwrap_or_default();
            let hooks = views.contains("fn create(") && views.contains("fn update(");
            let Table { schema, name, .. } = table;
            format!("\n[table.\"{schema}.{name}\"]\npolicy = true\nhooks = {hooks}\n")
        });
        let said: String = said.collect();
        let settings = self.folder.join("umbel.toml");
        let before = fs::read_to_string(&settings).expect("every application has settings");
        let before = before.replacen("[app]\n", "[app]\nown_ui = true\n", 1);
        fs::write(&settings, before + &said).expect("the folder is ours");
        assert!(
            !self.folder.join("src/ui.rs").exists(),
            "they are the runtime's"
        );
        let mut sync = umbel::command();
        sync.args(["sync", "-C"]).arg(&self.folder);
        process::succeed(sync.args(["--database", database]));
        assert!(self.folder.join("src/ui.rs").exists(), "they are its own");
    }

    pub fn take_locked_versions(&self) {
        let locked = workspace::root().join("Cargo.lock");
        fs::copy(locked, self.folder.join("Cargo.lock")).expect("the workspace has a Cargo.lock");
    }

    /// Builds the application and returns its executable.
    pub fn build(&self) -> PathBuf {
        process::succeed(&mut self.cargo(&["build", "--quiet"]));
        target().join("debug").join(&self.name)
    }

    /// Builds the application; what the compiler said of it is kept.
    pub fn build_loudly(&self) -> (PathBuf, Finished) {
        let built = process::finish(&mut self.cargo(&["build", "--quiet"]));
        (target().join("debug").join(&self.name), built)
    }

    /// The tables that have a module, as their models say.
    pub fn tables(&self) -> Vec<Table> {
        let sources = ["src", "models/src"].map(|folder| self.folder.join(folder));
        let sources = sources.iter().filter(|folder| folder.exists());
        let files: Vec<PathBuf> = sources.flat_map(|folder| tree::files(folder)).collect();
        let models = files.iter().filter(|file| file.ends_with("model.rs"));
        models.map(|model| Table::read(model)).collect()
    }

    /// Builds the application in release and returns its executable.
    pub fn build_release(&self) -> PathBuf {
        process::succeed(&mut self.cargo(&["build", "--quiet", "--release"]));
        target().join("release").join(&self.name)
    }

    /// The first promise: no warning of the compiler or of clippy.
    ///
    /// Nothing emitted is compiled for unit tests alone: the library is not looked at a second time as one.
    pub fn check_warnings(&self) -> Finished {
        let arguments = [
            "clippy",
            "--quiet",
            "--keep-going",
            "--workspace",
            "--lib",
            "--bins",
            "--test=pages",
            "--",
            "--deny",
            "warnings",
        ];
        process::finish(&mut self.cargo(&arguments))
    }

    /// The first promise without the application's own tests: half the work where there are hundreds of tables.
    pub fn check_own_warnings(&self) -> Finished {
        let arguments = [
            "clippy",
            "--quiet",
            "--workspace",
            "--",
            "--deny",
            "warnings",
        ];
        process::finish(&mut self.cargo(&arguments))
    }

    /// The second promise: `cargo fmt` changes nothing.
    pub fn check_format(&self) -> Finished {
        process::finish(&mut self.cargo(&["fmt", "--all", "--check"]))
    }

    /// The third promise: its own tests pass; all of them are in `tests/pages`.
    pub fn check_tests(&self, database: impl AsRef<str>) -> Finished {
        process::finish(
            self.cargo(&["test", "--quiet", "--test=pages"])
                .env("DATABASE_URL", database.as_ref()),
        )
    }

    /// Compiles the tests of all members of a workspace, side by side.
    pub fn build_tests(&self) -> Finished {
        process::finish(&mut self.cargo(&[
            "test",
            "--quiet",
            "--workspace",
            "--no-run",
            "--test=pages",
        ]))
    }

    /// The crates that it is made of, its own among them.
    pub fn crates(&self) -> BTreeSet<String> {
        let mut tree = self.cargo(&["tree", "--edges=normal", "--prefix=none", "--no-dedupe"]);
        let said = process::succeed(&mut tree);
        said.lines().map(str::to_owned).collect()
    }

    /// Cargo in the folder of the application.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target())
            .env_remove("DATABASE_URL");
        cargo
    }
}

/// The target folder that all emitted applications share.
fn target() -> PathBuf {
    workspace::scratch("apps").join("target")
}

/// What an emitted application depends upon: the command and what its database holds.
fn hash(source: &[PathBuf]) -> String {
    let mut hasher = DefaultHasher::new();
    for file in [umbel::program()].into_iter().chain(source) {
        read(file).hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

fn read(file: &Path) -> Vec<u8> {
    fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
