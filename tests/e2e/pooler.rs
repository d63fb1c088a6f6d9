//! The command and what it emits behind PgBouncer in transaction mode: sessions of the server are shared with strangers.

use std::path::PathBuf;
use std::thread;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::html::Page;
use umbel_tests::http::Client;
use umbel_tests::pooler::Pooler;
use umbel_tests::random::Random;
use umbel_tests::server::Server;
use umbel_tests::{postgres, process, umbel};

/// What a session of the server has when nobody has told it anything.
const UNTOUCHED: &str = "SELECT count(*) FILTER (WHERE source IN ('session', 'client') AND name <> 'application_name'),
        (SELECT count(*) FROM pg_prepared_statements)
    FROM pg_settings WHERE name IN ('TimeZone', 'DateStyle', 'IntervalStyle', 'bytea_output', 'extra_float_digits',
        'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'search_path', 'role')";

/// The application over `pooler.sql`.
struct Behind {
    pooler: Pooler,
    database: Database,
    program: PathBuf,
}

impl Behind {
    /// With so few connections to the server that all have to share them.
    fn start() -> Option<Self> {
        let pooler = Pooler::start(&["default_pool_size = 3"])?;
        let schema = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/pooler.sql"));
        let database = Database::loaded(std::slice::from_ref(&schema));
        let program = App::emitted("pooler", &[schema], &database).build();
        Some(Self {
            pooler,
            database,
            program,
        })
    }

    fn serve(&self, options: &str) -> Server {
        let url = format!("{}{options}", self.pooler.url(&self.database.name));
        Server::start(&self.program, &url)
    }

    /// Whether what strangers find in their sessions is what they would find without us.
    fn check_sessions(&self) {
        for _ in 0..8 {
            let mut psql = postgres::psql(&self.pooler.url(&self.database.name));
            psql.env_remove("PGOPTIONS");
            psql.args(["--tuples-only", "--no-align", "--command", UNTOUCHED]);
            assert_eq!(process::succeed(&mut psql).trim(), "0|0");
        }
    }
}

#[test]
fn command_reads_the_same() {
    let Some(behind) = Behind::start() else {
        return;
    };
    let inspect = |url: &str| {
        let mut inspect = umbel::command();
        inspect.args(["inspect", "--format", "json", "--database", url]);
        inspect.env("PGOPTIONS", "-c statement_timeout=1min");
        process::succeed(&mut inspect)
    };
    let pooled = behind.pooler.url(&behind.database.name);
    assert_eq!(inspect(&pooled), inspect(&behind.database.url));
    behind.check_sessions();
}

#[test]
fn processes_that_share_sessions_never_mix_them_up() {
    const WORKERS: u64 = 6;
    const ROUNDS: u32 = 60;
    let Some(behind) = Behind::start() else {
        return;
    };
    let servers = [behind.serve(""), behind.serve("")];
    let urls = servers.each_ref().map(|server| server.url.as_str());
    thread::scope(|scope| {
        for worker in 0..WORKERS {
            scope.spawn(move || {
                let mut random = Random::new(worker);
                for round in 0..ROUNDS {
                    let http = Client::new(urls[random.below(2)]);
                    visit(&http, &mut random, worker, round);
                }
            });
        }
        // A column gets another type, and a type another label, while they are at it.
        behind
            .database
            .run("ALTER TABLE note ALTER title TYPE varchar(200)");
        behind.database.run("ALTER TYPE mood ADD VALUE 'curious'");
    });
    let sums = behind.database.run(
        "SELECT count(*), count(*) FILTER (WHERE title NOT LIKE 'Note %') FROM note WHERE note_id > 1000",
    );
    let per_worker = u64::from(ROUNDS) / 5;
    assert_eq!(sums, format!("{}|0", WORKERS * per_worker));
    for server in &servers {
        let log = server.log();
        assert!(
            log.contains("a pooler is in front of the database"),
            "{log}"
        );
    }
    behind.check_sessions();
}

/// One of the things that people do, and whether the answer is about what was asked.
#[track_caller]
fn visit(http: &Client, random: &mut Random, worker: u64, round: u32) {
    let id = 1 + random.below(200);
    match round % 5 {
        0 => {
            let own = 1001 + worker * 1000 + u64::from(round);
            let (own, title) = (own.to_string(), format!("Note {own}"));
            let fields = [
                ("note_id", own.as_str()),
                ("author_id", "3"),
                ("title", &title),
                ("mood", "glad"),
                ("written", "2024-01-02T03:04:05"),
                ("count", "7"),
            ];
            let added = http.post("/note", &fields);
            assert_eq!(added.status, 303, "{added}");
            let page = http.follow(&added);
            assert_eq!(page.text("h1"), title, "{page}");
        }
        1 => {
            let page = http.open(&format!("/note/{id}"));
            assert_eq!(page.text("h1"), format!("Note {id}"), "{page}");
            says(&page, &format!("Author {}", 1 + id % 20));
            says(&page, ["calm", "glad", "tired"][id % 3]);
        }
        2 => {
            let mut form = http.open(&format!("/note/{id}/edit")).form();
            form.set("takes", "1 day 02:00:00");
            let saved = http.submit(&form);
            // Another worker may have saved it in between.
            assert!([303, 409].contains(&saved.status), "{saved}");
        }
        3 => {
            let page = http.open(&format!("/note?author_id.is={}&mood.is=glad", 1 + id % 20));
            for row in page.rows() {
                assert!(row.iter().any(|cell| cell == "glad"), "{row:?}");
            }
        }
        _ => {
            let page = http.open(&format!("/author/{}", 1 + id % 20));
            assert_eq!(page.text("h1"), format!("Author {}", 1 + id % 20), "{page}");
        }
    }
}

#[track_caller]
fn says(page: &Page, words: &str) {
    assert!(page.text("main").contains(words), "{words}: {page}");
}

#[test]
fn settings_hold_for_ours_alone() {
    let Some(behind) = Behind::start() else {
        return;
    };
    for (options, expect) in [
        ("", "UTC 10s 5s"),
        ("?pgbouncer=true", "UTC 10s 5s"),
        (
            "?options=-c%20statement_timeout%3D3s%20-c%20TimeZone%3DAsia/Tokyo",
            "Asia/Tokyo 3s 5s",
        ),
    ] {
        let server = behind.serve(options);
        let page = Client::new(&server.url).open("/session");
        says(&page, expect);
        behind.check_sessions();
    }
    // Told so, it takes a server that nobody stands before as one.
    let url = format!("{}?pgbouncer=true", behind.database.url);
    let server = Server::start(&behind.program, &url);
    says(&Client::new(&server.url).open("/session"), "UTC 10s 5s");
}
