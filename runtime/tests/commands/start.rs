//! How the server starts: for whoever uses this machine, with accounts, or not at all.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout};

use crate::program::{Shop, each, each_migrated};

/// A secret key that keeps things secret.
pub(crate) const KEY: &str = "3f86d0d3d465b7b458c231bf3555c0e3";

/// A server that runs until it is dropped.
pub(crate) struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// Where it listens, each a URL.
    pub(crate) url: String,
}

impl Running {
    #[track_caller]
    pub(crate) fn start(shop: &Shop, line: &str, variables: &[(&str, &str)]) -> Self {
        let mut command = shop.command(line);
        let mut child = command.envs(variables.iter().copied()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let url = line.strip_prefix("Listening on ").unwrap_or_default();
        let url = url.split(" (").next().unwrap_or_default().to_owned();
        let running = Self { child, stdout, url };
        assert!(running.url.starts_with("http://"), "{line:?}");
        running
    }

    /// What it says after that.
    pub(crate) fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn for_whoever_uses_this_machine() {
    each(async |shop| {
        let check = || {
            let mut running = Running::start(shop, "--addr 127.0.0.1:0 --addr [::1]:0", &[]);
            let line = running.next_line();
            for words in [
                "Whoever uses this machine",
                "`shop migrate`",
                "`shop createuser NAME --superuser`",
            ] {
                assert!(line.contains(words), "{line}");
            }
        };
        check();
        shop.write("umbel.toml", "[server]\nurl = \"https://shop.example\"\n");
        let mut running = Running::start(shop, "--addr 127.0.0.1:0", &[]);
        assert!(
            running
                .next_line()
                .contains("or is let in by a proxy on it, may do everything")
        );
        shop.write("umbel.toml", "");
        shop.succeeds("migrate");
        check();
        // From the first user on whoever comes is asked for a name, also where no superuser is left.
        shop.create_user("mary --staff");
        let mut running = Running::start(shop, "--addr 127.0.0.1:0", &[]);
        let line = running.next_line();
        assert!(line.starts_with("SECRET_KEY is not set: links"), "{line}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_accounts_and_a_key_of_its_own() {
    each_migrated(async |shop| {
        shop.create_user("root --superuser");
        let mut running = Running::start(shop, "--addr 127.0.0.1:0", &[]);
        let line = running.next_line();
        assert!(line.starts_with("SECRET_KEY is not set: links"), "{line}");
        shop.fails_to_start(
            "--addr 127.0.0.1:0",
            &[("SECRET_KEY", "changeme")],
            &["error: SECRET_KEY keeps nothing secret"],
        );
    })
    .await;
}

impl Shop {
    /// It does not start, and says so in these words; it repeats no key.
    #[track_caller]
    fn fails_to_start(&self, line: &str, variables: &[(&str, &str)], words: &[&str]) -> String {
        let mut command = self.command(line);
        let child = command.envs(variables.iter().copied()).spawn().unwrap();
        let finished = crate::program::finish(child);
        assert!(
            !finished.is_success && finished.stdout.is_empty(),
            "{finished:?}"
        );
        for word in words {
            assert!(finished.stderr.contains(word), "{word:?} in {finished:?}");
        }
        assert!(!finished.stderr.contains("hunter2"), "{finished:?}");
        finished.stderr
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn others_reach_nothing_that_is_not_guarded() {
    each(async |shop| {
        for addr in [
            "0.0.0.0:0",
            "[::]:0",
            "192.0.2.1:8000",
            "[::ffff:127.0.0.1]:0",
        ] {
            let said = shop.fails_to_start(&format!("--addr 127.0.0.1:0 --addr {addr}"), &[], &[
                &format!("error: refusing to listen on {addr}: anyone on the network"),
                "error: SECRET_KEY is not set\n  hint: add this line to the file .env: SECRET_KEY=",
                "error: no host is named",
                "hosts = [\"shop.example\"]",
                "error: the application's own tables are not there\n  hint: `shop migrate`",
                "error: no active superuser is there\n  hint: `shop createuser NAME --superuser`",
            ]);
            assert_eq!(said.matches("error: ").count(), 5, "{said}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn others_reach_what_has_all_that_it_needs() {
    each(async |shop| {
        let addr = "--addr 0.0.0.0:0";
        let refused = |variables: &[(&str, &str)], missing: &[&str]| {
            let said = shop.fails_to_start(addr, variables, missing);
            assert_eq!(said.matches("error: ").count(), missing.len() + 1, "{said}");
            said
        };
        let said = refused(
            &[("UMBEL_SERVER_HOSTS", "shop.example")],
            &["SECRET_KEY", "own tables", "superuser"],
        );
        // What is told can be done as it is told.
        let line = said
            .lines()
            .find_map(|line| line.split_once(".env: "))
            .unwrap()
            .1;
        shop.write(".env", &format!("{line}\n"));
        shop.write("umbel.toml", "[server]\nhosts = [\"shop.example\"]\n");
        refused(&[], &["own tables", "superuser"]);
        shop.succeeds("migrate");
        refused(&[], &["superuser"]);
        shop.create_user("mary --staff");
        refused(&[], &["superuser"]);
        shop.create_user("root --superuser");
        drop(Running::start(shop, addr, &[]));

        refused(&[("SECRET_KEY", "hunter2")], &["has 7 characters"]);
        refused(
            &[("SECRET_KEY_FALLBACKS", "hunter2, ")],
            &["one of SECRET_KEY_FALLBACKS"],
        );
        let rotated = [("SECRET_KEY_FALLBACKS", KEY)];
        drop(Running::start(shop, addr, &rotated));
        for host in ["localhost", "127.0.0.1", "[::1]"] {
            shop.write("umbel.toml", &format!("[server]\nhosts = [\"{host}\"]\n"));
            refused(&[], &["no host is named"]);
        }
        shop.write("umbel.toml", "[server]\nurl = \"https://shop.example\"\n");
        drop(Running::start(shop, addr, &[]));
        shop.sql("UPDATE umbel.user SET is_active = false").await;
        refused(&[], &["superuser"]);
    })
    .await;
}

/// Who cannot ask for the accounts is not the owner for all that.
#[tokio::test(flavor = "multi_thread")]
async fn tables_that_cannot_be_used() {
    each_migrated(async |shop| {
        shop.create_user("root --superuser");
        shop.sql("UPDATE umbel.migration SET checksum = 'x'").await;
        for addr in ["127.0.0.1:0", "0.0.0.0:0"] {
            let words = [
                "its checksum in the ledger",
                "hint: run the program that made them",
            ];
            shop.fails_to_start(&format!("--addr {addr}"), &[], &words);
        }
    })
    .await;
}
