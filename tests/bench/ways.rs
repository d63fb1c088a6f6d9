//! The same application by other ways to its database: over TLS, and through a pooler in transaction mode.

use std::process::Command;

use umbel_tests::app::App;
use umbel_tests::corpus::Corpus;
use umbel_tests::pooler::Pooler;
use umbel_tests::server::Server;
use umbel_tests::{postgres, process, tls_server};

use crate::measure::median;
use crate::report::Report;
use crate::requests::{ROUNDS, SECONDS, wrk};

pub(crate) fn run(report: &mut Report) {
    let corpus = Corpus::own("pagila");
    let database = corpus.database();
    let app = App::emitted("pagila", &corpus.files(), &database).build_release();
    let mut servers = Vec::new();
    let mut serve = |way: &'static str, url: &str| {
        let mut serve = Command::new(&app);
        serve
            .args(["serve", "--addr", "127.0.0.1:0"])
            .env("DATABASE_URL", url)
            .env("RUST_LOG", "warn");
        servers.push((way, Server::run(serve)));
    };
    let plain = tls_server::Server::start();
    let pooler = Pooler::start(&[]);
    if let Some(server) = &plain {
        let url = |mode: &str| {
            format!(
                "postgres://me:secret@127.0.0.1:{}/shop?sslmode={mode}",
                server.port
            )
        };
        // The schema names its owner.
        server.psql("GRANT postgres TO me");
        for file in corpus.files() {
            process::succeed(postgres::psql(&url("disable")).arg("--file").arg(file));
        }
        serve("without TLS", &url("disable"));
        serve("over TLS", &url("require"));
    }
    serve("to the server itself", &database.url);
    if let Some(pooler) = &pooler {
        serve("through PgBouncer", &pooler.url(&database.name));
    }
    for (page, path) in [("film list", "/film"), ("film page", "/film/1")] {
        let mut rates: Vec<Vec<f64>> = servers.iter().map(|_| Vec::new()).collect();
        // Turn by turn, so that whatever else the machine does meets all alike.
        for _ in 0..=ROUNDS {
            for ((_, server), rates) in servers.iter().zip(&mut rates) {
                rates.push(wrk(server, path, SECONDS));
            }
        }
        for ((way, _), rates) in servers.iter().zip(&rates) {
            // The first round warms up.
            let rate = median(&rates[1..]);
            report.add(format!("{page}, {way}"), format!("{rate:.0}/s"), "");
        }
    }
}
