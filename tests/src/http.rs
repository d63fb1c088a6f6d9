//! A client of an emitted application, as a browser without JavaScript is one: no redirect is followed unseen.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use ureq::http::Response;
use ureq::typestate::WithBody;
use ureq::{Agent, RequestBuilder};

use crate::cookies::Cookies;
use crate::form::Form;
use crate::html::Page;

/// Asks one server.
#[derive(Debug)]
pub struct Client {
    url: String,
    agent: Agent,
    cookies: Cookies,
}

impl Client {
    /// A client of the server at `http://127.0.0.1:PORT`.
    pub fn new(url: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A server that refuses a body unread closes the connection: every request has one of its own.
            .max_idle_connections(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Self {
            url: url.to_owned(),
            agent: Agent::new_with_config(config),
            cookies: Cookies::default(),
        }
    }

    /// The same browser at another server, which takes it for its own.
    pub fn at(&self, url: &str) -> Self {
        Self {
            cookies: self.cookies.copy(),
            ..Self::new(url)
        }
    }

    /// `GET` of a path with its query.
    #[track_caller]
    pub fn get(&self, path: &str) -> Page {
        let request = self.cookies.along(self.agent.get(self.absolute(path)));
        self.page(path, request.call())
    }

    /// `GET` of a page that must be there.
    #[track_caller]
    pub fn open(&self, path: &str) -> Page {
        let page = self.get(path);
        assert_eq!(page.status, 200, "GET {path}\n{page}");
        page
    }

    /// `POST` of fields, as a form of this very application sends them.
    #[track_caller]
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.posting(path).header("Origin", &self.url);
        self.page(
            path,
            request
                .header("Sec-Fetch-Site", "same-origin")
                .send_form(fields.iter().copied()),
        )
    }

    /// `POST` of any bytes.
    #[track_caller]
    pub fn post_bytes(&self, path: &str, content_type: &str, body: &[u8]) -> Page {
        let request = self.posting(path).header("Origin", &self.url);
        self.page(
            path,
            request.header("Content-Type", content_type).send(body),
        )
    }

    /// `POST` that a page of another site makes the browser send.
    #[track_caller]
    pub fn post_from_elsewhere(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self
            .posting(path)
            .header("Origin", "https://elsewhere.example");
        self.page(
            path,
            request
                .header("Sec-Fetch-Site", "cross-site")
                .send_form(fields.iter().copied()),
        )
    }

    /// Sends a form as it is filled in.
    #[track_caller]
    pub fn submit(&self, form: &Form) -> Page {
        self.post(&form.action, &form.sent())
    }

    /// Opens the page to which an answer redirects.
    #[track_caller]
    pub fn follow(&self, page: &Page) -> Page {
        let Some(location) = &page.location else {
            panic!("no redirect: {page}")
        };
        assert!([302, 303].contains(&page.status), "{page}");
        self.open(location)
    }

    /// Sends bytes that no HTTP client would, and returns the status of the answer, if there is one.
    pub fn send_raw(&self, request: &[u8]) -> Option<u16> {
        let mut stream = self.connect();
        // The server may answer, or hang up, before it has read everything.
        let _ = stream.write_all(request);
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).ok()?;
        std::str::from_utf8(&answer[9..]).ok()?.parse().ok()
    }

    /// Sends bytes over a connection of their own, and returns all that comes until the server closes it.
    #[track_caller]
    pub fn exchange(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        // The server may answer, or hang up, before it has read everything.
        let _ = stream.write_all(request);
        rest(stream)
    }

    /// A connection on which nothing is asked yet.
    #[track_caller]
    pub fn connect(&self) -> TcpStream {
        let address = self.url.trim_start_matches("http://");
        let stream = TcpStream::connect(address).expect("the server listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .expect("thirty is more than zero");
        stream
    }

    fn posting(&self, path: &str) -> RequestBuilder<WithBody> {
        self.cookies.along(self.agent.post(self.absolute(path)))
    }

    /// What was answered; the cookies of it are kept.
    #[track_caller]
    fn page(&self, path: &str, response: Result<Response<ureq::Body>, ureq::Error>) -> Page {
        let mut response = response.unwrap_or_else(|error| panic!("{path}: {error}"));
        for cookie in response.headers().get_all("set-cookie") {
            self.cookies
                .keep(cookie.to_str().expect("a cookie is ASCII"));
        }
        let location = response.headers().get("location").map(|value| {
            let value = value.to_str().expect("a location is ASCII");
            value.to_owned()
        });
        let status = response.status().as_u16();
        let html = response
            .body_mut()
            .read_to_string()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        Page {
            path: path.to_owned(),
            status,
            location,
            html,
        }
    }

    fn absolute(&self, path: &str) -> String {
        assert!(path.starts_with('/'), "not a path: {path}");
        format!("{}{path}", self.url)
    }
}

/// All that comes until the server closes the connection; what it has not read may end it without a word.
#[track_caller]
pub fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    if let Err(error) = stream.read_to_end(&mut answer) {
        let is_silent = matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
        assert!(!is_silent, "the server never closes the connection");
    }
    String::from_utf8_lossy(&answer).into_owned()
}
