//! Where the schema comes from.

use std::path::{Path, PathBuf};

use clap::Args;
use umbel_schema::model::{Dialect, Sizes};
use umbel_schema::postgres::{self, ReadOptions};
use umbel_schema::{Schema, name, print, sqlite};

use super::database;
use super::report::Failure;
use super::sql::SqlArgs;
use super::workspace;
use crate::sync::Folder;

/// The arguments that name a schema's source.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The database: `postgres://user@host/name`, `sqlite:shop.db`, or the path of an SQLite file; without it, the one
    /// that DATABASE_URL names, in the environment or in `.env`
    #[arg(long, value_name = "URL")]
    database: Option<String>,

    #[command(flatten)]
    sql: SqlArgs,

    /// A database schema to include, instead of PostgreSQL's `public`; may be given several times
    #[arg(long = "schema", value_name = "NAME")]
    schemas: Vec<String>,
}

impl Source {
    /// The database that a URL names.
    pub(crate) fn of_database(url: String) -> Self {
        Self {
            database: Some(url),
            sql: SqlArgs::default(),
            schemas: Vec::new(),
        }
    }

    /// The URL by which the application finds the database, wherever it is started; none of SQL files.
    pub(crate) fn url(&self) -> Result<Option<String>, Failure> {
        let database = self.database()?;
        Ok(database.map(|database| match file(&database) {
            Some(file) => {
                let file = std::path::absolute(&file).unwrap_or(file);
                format!("sqlite:{}", file.display())
            }
            None => database,
        }))
    }

    /// The database that is named, by the argument or by the environment; none where SQL files are.
    fn database(&self) -> Result<Option<String>, Failure> {
        if !self.sql.files.is_empty() {
            return Ok(None);
        }
        if let Some(option) = self.sql.is_for_files() {
            return Err(Failure::with_hint(
                format!("`{option}` is for SQL files, and none are named"),
                "name them with `--sql FILE…`",
            ));
        }
        let folder = match Folder::around(Path::new(".")) {
            Ok(application) => application.root,
            Err(_) => PathBuf::from("."),
        };
        match database::named(self.database.as_deref(), &folder)? {
            Some(url) => Ok(Some(url)),
            None => Err(Failure::with_hint(
                "no database is named",
                "give `--database URL` or `--sql FILE…`, or set DATABASE_URL in the environment or in `.env`",
            )),
        }
    }

    /// The SQL files as seen from a folder; what came by standard input is nowhere.
    pub(crate) fn files_from(&self, dir: &Path) -> std::io::Result<Vec<String>> {
        let files = self.sql.files.iter().filter(|pattern| *pattern != "-");
        files
            .map(|pattern| workspace::relative(dir, Path::new(pattern)))
            .collect()
    }

    /// Reads the schema; says on standard error what was not read, unless `quiet`.
    pub(crate) fn read(&self, quiet: bool) -> Result<Schema, Failure> {
        match self.database()? {
            Some(url) => read(&url, &self.schemas),
            None => self.sql.read(&self.schemas, quiet),
        }
    }

    /// The statements that make the database anew.
    pub(crate) fn statements(&self, quiet: bool) -> Result<String, Failure> {
        let Some(url) = self.database()? else {
            return self.sql.statements(&self.schemas, quiet);
        };
        match file(&url) {
            Some(file) => {
                check_file(&file)?;
                only_main(&file, &self.schemas)?;
                sqlite::statements(&file).map_err(of_file)
            }
            None => {
                let options = options(&self.schemas);
                let whole = on_runtime(postgres::read_whole(&url, &options))?;
                let (schema, prerequisites) = whole.map_err(of_server)?;
                Ok(print::sql(&schema, &prerequisites))
            }
        }
    }

    /// The database schemas that were read: those that were named, else the one that such a database has by itself.
    pub(crate) fn schemas(&self, dialect: Dialect) -> Vec<String> {
        let own = match dialect {
            Dialect::Postgres => name::PUBLIC,
            Dialect::Sqlite => name::MAIN,
        };
        match self.schemas.is_empty() {
            true => vec![own.to_owned()],
            false => self.schemas.clone(),
        }
    }
}

/// Reads database schemas from the database that a URL names; without schemas, the one that it has by itself.
pub(crate) fn read(url: &str, schemas: &[String]) -> Result<Schema, Failure> {
    match file(url) {
        Some(file) => read_file(&file, schemas),
        None => read_server(url, schemas),
    }
}

/// Reads the same, and how large it is; of a file, up to `exact` rows of each table are counted.
pub(super) fn read_sizes(
    url: &str,
    schemas: &[String],
    exact: u64,
) -> Result<(Schema, Sizes), Failure> {
    let Some(file) = file(url) else {
        let options = options(schemas);
        return on_runtime(postgres::read_sizes(url, &options))?.map_err(of_server);
    };
    check_file(&file)?;
    only_main(&file, schemas)?;
    sqlite::read_sizes(&file, exact).map_err(|error| match error {
        sqlite::Error::Text(_) => Failure::with_hint(
            error,
            "name a database: how large its tables are stands in no SQL file",
        ),
        error => of_file(error),
    })
}

fn read_server(url: &str, schemas: &[String]) -> Result<Schema, Failure> {
    let options = options(schemas);
    on_runtime(postgres::read(url, &options))?.map_err(of_server)
}

fn options(schemas: &[String]) -> ReadOptions {
    ReadOptions {
        schemas: schemas.to_vec(),
    }
}

fn of_server(error: postgres::Error) -> Failure {
    Failure {
        messages: vec![error.to_string()],
        hint: error.hint().map(|hint| hint.to_string()),
    }
}

/// Does what waits for a server.
pub(super) fn on_runtime<T>(work: impl Future<Output = T>) -> std::io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(work))
}

fn read_file(file: &Path, schemas: &[String]) -> Result<Schema, Failure> {
    check_file(file)?;
    only_main(file, schemas)?;
    sqlite::read(file).map_err(of_file)
}

fn only_main(file: &Path, schemas: &[String]) -> Result<(), Failure> {
    match schemas.iter().all(|name| name == name::MAIN) {
        true => Ok(()),
        false => Err(Failure::with_hint(
            format!("`{}` has no schema but `main`", file.display()),
            "leave `--schema` out: it is for PostgreSQL",
        )),
    }
}

fn of_file(error: sqlite::Error) -> Failure {
    Failure {
        messages: vec![error.to_string()],
        hint: error.hint().map(str::to_owned),
    }
}

/// Refuses what is no file and was meant otherwise.
fn check_file(file: &Path) -> Result<(), Failure> {
    let text = file.to_string_lossy();
    if file.exists() {
        return Ok(());
    }
    // What stands before an `@` may be a password.
    if text.contains('@') {
        return Err(Failure::with_hint(
            "the database URL does not say what kind of database it is",
            "begin it with `postgres://`, and leave the rest as it is",
        ));
    }
    let missing = format!("there is no file `{text}`");
    if let Some((_, path)) = text.split_once(':')
        && ["file:", "sqlite3:"]
            .iter()
            .any(|start| text.starts_with(start))
    {
        let hint = format!("an SQLite file is named `sqlite:{path}`");
        return Err(Failure::with_hint(missing, hint));
    }
    match is_like_a_server(&text) {
        true => Err(Failure::with_hint(
            missing,
            format!("a database on a server is named `postgres://{text}`"),
        )),
        false => Ok(()),
    }
}

/// `localhost/shop`, `db.example.com:5432/shop`, `10.0.0.7/shop`
fn is_like_a_server(text: &str) -> bool {
    let Some((server, name)) = text.split_once('/') else {
        return false;
    };
    let (host, port) = match server.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (server, None),
    };
    let is_number = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_host = host == "localhost" || host.trim_matches('.').contains('.');
    let is_file = [".db", ".sqlite", ".sqlite3"]
        .iter()
        .any(|end| name.ends_with(end));
    match port {
        Some(port) => is_number(port),
        None => is_host && !is_file && !name.contains('/'),
    }
}

/// The SQLite file that a URL names, unless it is a server's: `sqlite:shop.db`, `sqlite:///srv/shop.db`, `shop.db`.
pub(super) fn file(url: &str) -> Option<PathBuf> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        return Some(path.strip_prefix("//").unwrap_or(path).into());
    }
    let is_path = !url.contains("://") && !url.contains('=') && !postgres::has_scheme(url);
    is_path.then(|| url.into())
}
