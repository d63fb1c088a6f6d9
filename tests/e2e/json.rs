//! `serialize = true` in `umbel.toml`: models are written as JSON, and rows of any table as their models are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::{process, tree, umbel};

const SCHEMA: &str = include_str!("json.sql");

/// Handlers of an owner.
const API: &str = r#"//! Films and languages for programs.

use serde::Deserialize;
use umbel::any::AnyRow;
use umbel::db::Db;
use umbel::model::Model;
use umbel::web::routing::{get, post};
use umbel::web::{Routes, RowKey};
use umbel::{Json, Result};

use crate::film::{Film, FilmWithLabels};
use crate::language::Language;
use crate::note::Note;

/// What is asked of a film.
#[derive(Deserialize)]
struct Wanted {
    title: String,
}

pub fn routes() -> Routes {
    Routes::new()
        .route("/films", get(films))
        .route("/films/{key}", get(film))
        .route("/any/{key}", get(any))
        .route("/languages", get(languages))
        .route("/notes", get(notes))
        .route("/wanted", post(wanted))
        .route("/axum", umbel::axum::routing::post(plain))
}

async fn films(db: Db) -> Result<Json<Vec<Film>>> {
    let films = Film::query().order_by(Film::FILM_ID.asc());
    Ok(Json(films.all(&db).await?))
}

async fn film(db: Db, RowKey(key): RowKey<Film>) -> Result<Json<FilmWithLabels>> {
    Ok(Json(Film::find_as(&db, &key).await?))
}

async fn any(db: Db, RowKey(key): RowKey<Film>) -> Result<Json<Vec<AnyRow>>> {
    let film = Film::ANY.find(&db, &key.to_string()).await?;
    let language = Language::ANY.find(&db, &key.to_string()).await?;
    Ok(Json(vec![film, language]))
}

async fn languages(db: Db) -> Result<Json<Vec<Language>>> {
    Ok(Json(Language::query().all(&db).await?))
}

async fn notes(db: Db) -> Result<Json<Vec<Note>>> {
    Ok(Json(Note::query().all(&db).await?))
}

async fn wanted(db: Db, Json(wanted): Json<Wanted>) -> Result<Json<u64>> {
    let films = Film::query().filter(Film::TITLE_OF_IT.eq(wanted.title));
    Ok(Json(films.count(&db).await?))
}

async fn plain(Json(wanted): Json<Wanted>) -> Json<String> {
    Json(wanted.title)
}
"#;

/// The film with every value.
const FILM: &str = r#"{
    "film_id":1,
    "Title of it":"Babette \"'s\" Feast",
    "fn":7,
    "select":false,
    "language_id":1,
    "rating":"PG-13",
    "ratings":["so \"so\"",null,"G"],
    "small":-1,
    "big":9007199254740993,
    "ratio":null,
    "narrow":0.1,
    "cost":"12.50",
    "weight":"0.000100",
    "poster":"\\x00ff",
    "thumbs":["\\x01",null],
    "code":"123e4567-e89b-12d3-a456-426614174000",
    "day":"infinity",
    "clock":"24:00:00",
    "moment":"2005-05-24T22:53:30",
    "instant":"2005-05-24T22:53:30.5Z",
    "length":"1 year 2 mons",
    "origin":"10.0.0.0/8",
    "within":"[1,5)",
    "valid":"[2005-05-24T22:53:30Z,)",
    "grid":[[1,2],[3,null]],
    "document":{"a": 1.50},
    "raw":{"b":  1,"b":2},
    "bits":"101",
    "xml":"<a/>",
    "words":"'feast'"
}"#;

/// A document in several lines, in one.
fn line(json: &str) -> String {
    json.lines().map(str::trim_start).collect()
}

/// Every emitted file, and the copy that the generator keeps of it.
fn files(app: &App) -> BTreeMap<PathBuf, String> {
    let files = tree::files(&app.folder).into_iter();
    let files = files.filter(|file| {
        !file.ends_with("umbel.toml") && !file.starts_with(app.folder.join(".umbel/local"))
    });
    files
        .filter_map(|file| Some((file.clone(), fs::read_to_string(file).ok()?)))
        .collect()
}

/// The files that are not what they were.
fn changed(app: &App, before: &BTreeMap<PathBuf, String>) -> Vec<PathBuf> {
    let now = files(app);
    let paths = now.keys().chain(before.keys()).cloned();
    let changed = paths.filter(|path| now.get(path) != before.get(path));
    BTreeSet::from_iter(changed).into_iter().collect()
}

fn set(app: &App, database: &Database, old: &str, new: &str) {
    let settings = app.folder.join("umbel.toml");
    let text = fs::read_to_string(&settings).unwrap();
    assert!(text.contains(old), "{text}");
    fs::write(&settings, text.replacen(old, new, 1)).unwrap();
    let mut sync = umbel::command();
    sync.args(["sync", "-C"]).arg(&app.folder);
    process::succeed(sync.args(["--database", &database.url]));
}

/// Adds a module with routes of its own.
fn add_api(app: &App) {
    fs::write(app.folder.join("src/api.rs"), API).unwrap();
    let library = app.folder.join("src/lib.rs");
    let code = fs::read_to_string(&library).unwrap();
    let changes = [
        ("pub mod enums;", "pub mod api;\npub mod enums;"),
        (
            "routes: |_| routes::routes(),",
            "routes: |_| routes::routes().nest(\"/api\", api::routes()),",
        ),
    ];
    let code = changes.iter().fold(code, |code, (old, new)| {
        assert!(code.contains(old), "{old:?} in {code}");
        code.replacen(old, new, 1)
    });
    fs::write(&library, code).unwrap();
}

#[test]
fn models_are_json_where_the_settings_say_so() {
    let database = Database::with(SCHEMA);
    let app = App::fresh("as_json", &database.url);
    let before = files(&app);
    set(&app, &database, "[app]\n", "[app]\nserialize = true\n");
    let models = [
        "Cargo.toml",
        "src/enums.rs",
        "src/film/model.rs",
        "src/language/model.rs",
        "src/note/model.rs",
    ];
    let mut expect: Vec<PathBuf> = ["", ".umbel/base"]
        .iter()
        .flat_map(|folder| models.map(|file| app.folder.join(folder).join(file)))
        .collect();
    expect.sort();
    assert_eq!(changed(&app, &before), expect);
    set(&app, &database, "serialize = true", "serialize = false");
    assert_eq!(changed(&app, &before), [""; 0].map(PathBuf::from));

    set(&app, &database, "serialize = false", "serialize = true");
    let model = fs::read_to_string(app.folder.join("src/film/model.rs")).unwrap();
    for expect in [
        "use serde::Serialize;\n",
        "#[derive(Debug, Clone, PartialEq, Serialize)]\npub struct Film {",
        "    #[serde(rename = \"Title of it\")]\n    pub title_of_it: String,",
        "    #[serde(skip)]\n    pub api_token: Option<String>,",
        "    #[serde(serialize_with = \"umbel::json::hex\")]\n    pub poster: Option<Vec<u8>>,",
        "#[derive(Debug, Clone, Serialize)]\npub struct FilmWithLabels {",
    ] {
        assert!(model.contains(expect), "{expect:?} in {model}");
    }
    let enums = fs::read_to_string(app.folder.join("src/enums.rs")).unwrap();
    let variants = "    G,\n    #[serde(rename = \"PG-13\")]\n    Pg13,\n";
    assert!(enums.contains(variants), "{enums}");

    add_api(&app);
    for promise in [app.check_format(), app.check_own_warnings()] {
        assert_eq!(promise.code, Some(0), "{promise}");
    }
    let server = Server::start(&app.build(), &database.url);
    read(&Client::new(&server.url));
}

/// Asks the handlers.
fn read(http: &Client) {
    let films = http.open("/api/films");
    let film = line(FILM);
    assert!(
        films.html.starts_with(&format!(
            "[{film},{{\"film_id\":2,\"Title of it\":\"Ordet\",\"fn\":null,"
        )),
        "{films}"
    );
    let language = r#"{"language_id":1,"name":"Danish","type":"living"}"#;
    assert_eq!(http.open("/api/languages").html, format!("[{language}]"));
    assert_eq!(
        http.open("/api/any/1").html,
        format!("[{film},{language}]"),
        "without their types"
    );
    assert_eq!(
        http.open("/api/films/1").html,
        format!(r#"{{"film":{film},"language":{{"text":"Danish","key":"1"}}}}"#)
    );
    let notes = http.open("/api/notes").html;
    assert_eq!(notes, r#"[{"film_id":1,"body":"good","ctid":"(0,1)"}]"#);

    let refused = http.exchange(
        b"POST /api/wanted HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\
        Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    );
    let expect = [
        "HTTP/1.1 400",
        "application/problem+json",
        "missing field `title`",
    ];
    for expect in expect {
        assert!(refused.contains(expect), "{expect} in {refused}");
    }
    for path in ["/api/wanted", "/api/axum"] {
        let send = |kind, body: &str| http.post_bytes(path, kind, body.as_bytes());
        let answer = send("application/json", r#"{"title": "Ordet"}"#);
        let expect = if path == "/api/axum" {
            "\"Ordet\""
        } else {
            "1"
        };
        assert_eq!((answer.status, answer.html.as_str()), (200, expect));
        let refused = send("application/json", "{\"title\": 1}");
        assert_eq!(refused.status, 400, "{refused}");
        assert!(refused.html.contains("invalid type: integer"), "{refused}");
        let refused = send("text/plain", "{\"title\": \"Ordet\"}");
        assert_eq!(refused.status, 400, "{refused}");
        assert!(refused.html.contains("takes JSON only"), "{refused}");
    }
}
