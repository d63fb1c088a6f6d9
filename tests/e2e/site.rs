//! What an owner adds to an application: routes with a state of their own, a layer, a task.

use std::fs;
use std::time::Duration;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::wait;

const KIOSK: &str = r#"//! What the kiosk sells.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use umbel::App;
use umbel::axum::Router;
use umbel::axum::extract::{Path, Request, State};
use umbel::axum::http::HeaderValue;
use umbel::axum::response::Response;
use umbel::axum::routing::get;
use umbel::db::{Database, Executor, Statement};
use umbel::model::Model;
use umbel::web::{Next, Problem};

use crate::paper::Paper;

/// What the pages of the kiosk share.
#[derive(Clone)]
struct Kiosk {
    database: Database,
    sold: Arc<AtomicU32>,
}

pub fn routes(app: &App) -> Router<App> {
    let kiosk = Kiosk {
        database: app.db.clone(),
        sold: Arc::default(),
    };
    Router::new()
        .route("/kiosk/{name}", get(sell))
        .with_state(kiosk)
}

async fn sell(State(kiosk): State<Kiosk>, Path(name): Path<String>) -> Result<String, Problem> {
    let paper = Paper::query().filter(Paper::NAME.eq(name));
    let paper = paper.one(&kiosk.database).await?;
    let sold = kiosk.sold.fetch_add(1, Ordering::Relaxed) + 1;
    Ok(format!("{} is number {sold}", paper.name))
}

/// Says hello to whoever asks.
pub async fn greet(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let hello = HeaderValue::from_static("hello");
    response.headers_mut().insert("x-greeting", hello);
    response
}

/// Sweeps once.
pub async fn sweep(app: App) {
    let sweep = Statement::new("DELETE FROM crumb", Vec::new());
    if let Err(error) = app.db.run(&[sweep]).await {
        eprintln!("the sweeper fell: {error:?}");
    }
}
"#;

#[test]
fn routes_layers_and_tasks_of_ones_own() {
    let database = Database::with(
        "CREATE TABLE paper (id serial PRIMARY KEY, name text NOT NULL);
         CREATE TABLE crumb (id serial PRIMARY KEY);
         INSERT INTO paper (name) VALUES ('Herald');
         INSERT INTO crumb DEFAULT VALUES",
    );
    let app = App::fresh("kiosk", &database.url);
    fs::write(app.folder.join("src/kiosk.rs"), KIOSK).unwrap();
    let library = app.folder.join("src/lib.rs");
    let code = fs::read_to_string(&library).unwrap();
    let changes = [
        (
            "use umbel::Site;",
            "use umbel::Site;\nuse umbel::web::Place;",
        ),
        ("pub mod layout;", "pub mod kiosk;\npub mod layout;"),
        (
            "routes: |_| routes::routes(),",
            "routes: |app| routes::routes().merge(kiosk::routes(app)),",
        ),
        (
            "    ..Site::new(",
            "    layers: |pipeline| pipeline.after(Place::Log, \"greeting\", kiosk::greet),
    start: |app| app.spawn(\"sweep\", kiosk::sweep(app.clone())),
    ..Site::new(",
        ),
    ];
    let code = changes.iter().fold(code, |code, (old, new)| {
        assert!(code.contains(old), "{old:?} in {code}");
        code.replacen(old, new, 1)
    });
    fs::write(&library, code).unwrap();
    for promise in [
        app.check_warnings(),
        app.check_format(),
        app.check_tests(&database.url),
    ] {
        assert_eq!(promise.code, Some(0), "{promise}");
    }
    assert_eq!(
        database.run("SELECT count(*) FROM crumb"),
        "1",
        "tests start no task"
    );
    let server = Server::start(&app.build(), &database.url);
    let http = Client::new(&server.url);
    fs::create_dir(app.folder.join("static/print")).unwrap();
    fs::write(app.folder.join("static/print/ink.css"), "b{}").unwrap();
    assert_eq!(http.open("/static/print/ink.css").html, "b{}");
    assert_eq!(http.get("/static/print").status, 404);
    assert_eq!(http.open("/kiosk/Herald").html, "Herald is number 1");
    assert_eq!(http.open("/kiosk/Herald").html, "Herald is number 2");
    assert_eq!(http.get("/kiosk/Times").status, 404);
    let head =
        http.exchange(b"GET /paper HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(head.contains("x-greeting: hello"), "{head}");
    wait::until("the sweep", Duration::from_secs(20), || {
        (database.run("SELECT count(*) FROM crumb") == "0").then_some(())
    });
}
