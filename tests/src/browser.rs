//! A headless Chromium with a profile of its own, driven through chromedriver.

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use serde_json::json;
use tempfile::TempDir;

use crate::output::Output;
use crate::wait;

const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1280,900",
    // The browser ends with the driver, even with a killed one.
    "--remote-debugging-pipe",
];

/// A browser that runs until it is dropped.
#[derive(Debug)]
pub struct Browser {
    pub client: Client,
    driver: Child,
    _output: Output,
    profile: TempDir,
}

impl Browser {
    /// Starts a browser.
    pub async fn start() -> Self {
        let profile = tempfile::Builder::new()
            .prefix("umbel-browser.")
            .tempdir()
            .expect("a temporary folder can be made");
        let (reader, writer) = io::pipe().expect("a pipe can be made");
        let driver = start_driver(&profile, writer);
        let output = Output::read(reader);
        let port = output.wait_for(
            "chromedriver prints its port",
            Duration::from_secs(20),
            find_port,
        );
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities(&profile))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap_or_else(|error| panic!("Chromium does not start: {error}\n{}", output.all()));
        Self {
            client,
            driver,
            _output: output,
            profile,
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        // Until the browser has followed, it writes to the folder that is about to be removed.
        let profile = self.profile.path().to_owned();
        wait::within(Duration::from_secs(10), || {
            (!is_used(&profile)).then_some(())
        });
    }
}

fn start_driver(profile: &TempDir, output: io::PipeWriter) -> Child {
    let program = env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
    let mut command = Command::new(&program);
    command
        .arg("--port=0")
        // Chromium writes below its home whatever its profile is.
        .env("HOME", profile.path())
        .stdin(Stdio::null())
        .stdout(output.try_clone().expect("a pipe can be shared"))
        .stderr(output);
    command.spawn().unwrap_or_else(|error| {
        panic!(
            "{}: {error}; the browser tests need Debian's chromium and chromium-driver",
            program.display()
        )
    })
}

fn capabilities(profile: &TempDir) -> Capabilities {
    let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    flags.push(format!(
        "--user-data-dir={}",
        profile.path().join("profile").display()
    ));
    let mut capabilities = Capabilities::new();
    capabilities.insert("goog:chromeOptions".to_owned(), json!({ "args": flags }));
    capabilities
}

/// `ChromeDriver was started successfully on port 4711.` → 4711
fn find_port(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

/// Whether a process was started with the profile.
fn is_used(profile: &Path) -> bool {
    let profile = profile
        .to_str()
        .expect("temporary folders have plain names");
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|process| fs::read(process.path().join("cmdline")).ok())
        .any(|arguments| String::from_utf8_lossy(&arguments).contains(profile))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn shows_a_page_and_ends() {
        let browser = Browser::start().await;
        browser
            .client
            .goto("data:text/html,<title>Films</title>")
            .await
            .unwrap();
        assert_eq!(browser.client.title().await.unwrap(), "Films");

        let profile = browser.profile.path().to_owned();
        assert!(is_used(&profile));
        drop(browser);
        let ended = || (!is_used(&profile)).then_some(());
        wait::until(
            "the browser ends with its driver",
            Duration::from_secs(10),
            ended,
        );
    }
}
