//! Connections to real servers, as libpq's options, files and variables ask for them.

mod direct;
mod files;
mod hosts;
mod passwords;
mod tls;

use std::path::Path;
use std::sync::Arc;

use tokio_postgres::{Client, SimpleQueryMessage};
use umbel_connect::{Connected, Environment, Error, Settings, connect};

/// Connects with nothing around but a home folder and some variables.
async fn open_in(url: &str, home: &Path, variables: &[(&str, &str)]) -> Result<Connected, Error> {
    let variables = variables.iter();
    let variables = variables.map(|(name, value)| (name.to_string(), value.to_string()));
    let environment = Environment {
        variables: variables.collect(),
        home: Some(home.to_owned()),
    };
    connect(&Arc::new(Settings::read_in(url, &environment)?)).await
}

/// What the server says of a connection: `tls`, `plain`, or why there is none, with what to do about it.
async fn outcome(url: &str) -> String {
    let home = tempfile::tempdir().expect("a folder");
    outcome_in(url, home.path(), &[]).await
}

async fn outcome_in(url: &str, home: &Path, variables: &[(&str, &str)]) -> String {
    match open_in(url, home, variables).await {
        Ok(connected) => {
            let is_encrypted = connected.canceller.is_encrypted();
            let client = drive(connected);
            let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
            let said = value(&client, sql).await;
            assert_eq!(is_encrypted, said == "t", "{url}");
            if is_encrypted { "tls" } else { "plain" }.to_owned()
        }
        Err(error) => {
            let said = error.sentence();
            assert!(
                !format!("{said} {error:?}").contains("secret"),
                "{url}: {said}"
            );
            said
        }
    }
}

fn drive(connected: Connected) -> Client {
    tokio::spawn(connected.driver);
    connected.client
}

async fn value(client: &Client, sql: &str) -> String {
    let answer = client.simple_query(sql).await.expect("an answer");
    let row = answer.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    row.unwrap_or_default().to_owned()
}

/// Collects what is not as it should be, so that all of it is seen.
#[derive(Default)]
struct Table(Vec<String>);

impl Table {
    async fn check(&mut self, url: &str, expect: &str) {
        let url = url.trim();
        self.note(url, &outcome(url).await, expect);
    }

    fn note(&mut self, case: &str, said: &str, expect: &str) {
        let fits = match expect {
            "tls" | "plain" => said == expect,
            part => said.contains(part),
        };
        if !fits {
            self.0
                .push(format!("{case}\n  expected {expect}\n  {said}"));
        }
    }

    #[track_caller]
    fn finish(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}
