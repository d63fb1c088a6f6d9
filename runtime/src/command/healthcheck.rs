//! `healthcheck`: asks the server that runs whether it is well, as containers do.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::http::Uri;
use clap::{Arg, ArgMatches};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use umbel_web::config::Config;

use super::database::settings;
use super::failure::{Failure, Fault, failure, fault};
use super::{Command, say_to_stdout};

pub(super) const COMMAND: Command = Command {
    name: "healthcheck",
    about: "Asks the server that runs whether it is alive and ready",
    arguments: |command| command.arg(url()),
    run: |_, matches| Box::pin(healthcheck(matches)),
};

/// For the whole of a question and its answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Of an answer; the one that is expected has a line.
const MAX_BYTES: u64 = 16 * 1024;

fn url() -> Arg {
    Arg::new("url")
        .long("url")
        .value_name("URL")
        .help("Where it is, such as http://127.0.0.1:8000/shop [default: where the settings say]")
}

/// Where the server is asked.
#[derive(Debug, PartialEq)]
struct Place {
    /// As a connection takes it: `127.0.0.1:8000`.
    authority: String,
    base: String,
}

async fn healthcheck(matches: ArgMatches) -> Result<(), Failure> {
    let place = match matches.get_one::<String>("url") {
        Some(url) => Place::named(url)?,
        None => Place::configured(&settings()?)?,
    };
    let mut faults: Vec<Fault> = Vec::new();
    for path in ["/healthz", "/readyz"] {
        faults.extend(place.ask(path).await.err());
    }
    Failure::of(faults)?;
    say_to_stdout("alive and ready\n")
}

impl Place {
    fn named(url: &str) -> Result<Self, Failure> {
        let wrong = || {
            failure(
                "that is no address of a server",
                "say it as http://127.0.0.1:8000, or with the path in front of all others",
            )
        };
        let uri: Uri = url.parse().map_err(|_| wrong())?;
        let (Some("http"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(wrong());
        };
        let host = authority.host();
        if host.is_empty() || authority.as_str().contains('@') {
            return Err(wrong());
        }
        let port = authority.port_u16().unwrap_or(80);
        Ok(Self {
            authority: format!("{host}:{port}"),
            base: uri.path().trim_end_matches('/').to_owned(),
        })
    }

    fn configured(config: &Config) -> Result<Self, Failure> {
        let named = config.addrs.first().filter(|addr| addr.port() != 0);
        let addr = named.ok_or_else(|| {
            failure(
                "the settings say no port at which the server could be asked",
                "say where it is: `--url http://127.0.0.1:8000`",
            )
        })?;
        let ip = match addr.ip() {
            ip if !ip.is_unspecified() => ip,
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        };
        Ok(Self {
            authority: SocketAddr::new(ip, addr.port()).to_string(),
            base: config.base.clone(),
        })
    }

    /// Whether the answer to a question is 200.
    async fn ask(&self, path: &str) -> Result<(), Fault> {
        let url = format!("http://{}{}{path}", self.authority, self.base);
        match timeout(PATIENCE, self.answer(path)).await {
            Err(_) => Err(fault(
                format!(
                    "{url} does not answer within {} seconds",
                    PATIENCE.as_secs()
                ),
                "",
            )),
            Ok(Err(error)) => Err(fault(format!("{url} cannot be asked: {error}"), "")),
            Ok(Ok(answer)) => match status(&answer) {
                Some("200") => Ok(()),
                Some(status) => Err(fault(format!("{url} answers {status}"), "")),
                None => Err(fault(format!("{url} does not answer in HTTP"), "")),
            },
        }
    }

    async fn answer(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(&self.authority).await?;
        let Self { authority, base } = self;
        let request =
            format!("GET {base}{path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(MAX_BYTES).read_to_end(&mut answer).await?;
        Ok(answer)
    }
}

/// `HTTP/1.1 200 OK` → `200`
fn status(answer: &[u8]) -> Option<&str> {
    let line = answer.split(|byte| *byte == b'\r').next()?;
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    let version = words.next()?;
    let status = words.next()?;
    let is_status = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
    (version.starts_with("HTTP/1.") && is_status).then_some(status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::tests::matches;

    #[test]
    fn arguments() {
        let asked = matches("healthcheck --url http://a").unwrap();
        assert_eq!(asked.get_one::<String>("url").unwrap(), "http://a");
        assert!(matches("healthcheck http://a").is_err());
    }

    #[test]
    fn places_that_are_named() {
        let check = |url: &str, expect: Option<(&str, &str)>| {
            let place = Place::named(url).ok();
            let place = place.map(|place| (place.authority, place.base));
            let expect = expect.map(|(host, base)| (host.to_owned(), base.to_owned()));
            assert_eq!(place, expect, "{url}");
        };
        check("http://127.0.0.1:81", Some(("127.0.0.1:81", "")));
        check("http://[::1]:81/", Some(("[::1]:81", "")));
        check("http://shop/a/b/", Some(("shop:80", "/a/b")));
        for wrong in [
            "",
            "shop",
            "https://shop",
            "http://",
            "http://me@shop",
            "http://a b",
            "/a",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn places_of_the_settings() {
        let check = |addr: &str, expect: Option<&str>| {
            let config = Config {
                addrs: vec![addr.parse().unwrap()],
                base: "/shop".to_owned(),
                ..Config::default()
            };
            let place = Place::configured(&config).ok();
            assert_eq!(place.map(|place| place.authority).as_deref(), expect);
        };
        check("127.0.0.1:81", Some("127.0.0.1:81"));
        check("0.0.0.0:81", Some("127.0.0.1:81"));
        check("[::]:81", Some("[::1]:81"));
        check("192.0.2.1:81", Some("192.0.2.1:81"));
        check("127.0.0.1:0", None);
    }

    #[test]
    fn statuses() {
        let check = |answer: &str, expect| assert_eq!(status(answer.as_bytes()), expect);
        check("HTTP/1.1 200 OK\r\n\r\nok", Some("200"));
        check("HTTP/1.0 503\r\n", Some("503"));
        for wrong in [
            "",
            "HTTP/1.1",
            "HTTP/1.1 2000 OK",
            "SSH-2.0 200 x",
            "HTTP/1.1 20x\r\n",
        ] {
            check(wrong, None);
        }
    }
}
