//! One request over a connection of its own, and whatever comes of it.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use umbel_tests::html::Page;

/// How long the application may take for a request by its settings, and how much more the machine is granted.
pub(super) const REQUEST: Duration = Duration::from_secs(4);
const MARGIN: Duration = Duration::from_secs(8);

/// What has come of a request.
#[derive(Debug)]
pub(super) enum Came {
    Answer(Page),
    /// Nothing listens.
    Unreached,
    /// The connection was closed before the answer was whole.
    Cut,
    /// There was no whole answer in time.
    Hung,
}

/// Asks for a page.
pub(super) fn get(address: &str, path: &str) -> Came {
    exchange(
        address,
        path,
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"),
    )
}

/// Sends a form.
pub(super) fn post(address: &str, path: &str, fields: &[(&str, &str)]) -> Came {
    let fields = fields
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)));
    let body = fields.collect::<Vec<_>>().join("&");
    let length = body.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}"
    );
    exchange(address, path, request)
}

fn exchange(address: &str, path: &str, request: String) -> Came {
    let address: SocketAddr = address.parse().expect("an address");
    let end = Instant::now() + REQUEST + MARGIN;
    let Ok(mut stream) = TcpStream::connect_timeout(&address, REQUEST) else {
        return Came::Unreached;
    };
    let mut answer = Vec::new();
    // The server may answer, or hang up, before it has read everything.
    let _ = stream.write_all(request.as_bytes());
    match read(&mut stream, end, &mut answer) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            Came::Hung
        }
        // What came before may be a whole answer.
        _ => whole(path, &answer).map_or(Came::Cut, Came::Answer),
    }
}

fn read(stream: &mut TcpStream, end: Instant, answer: &mut Vec<u8>) -> io::Result<()> {
    let mut part = [0; 16 * 1024];
    loop {
        let left = end.saturating_duration_since(Instant::now());
        stream.set_read_timeout(Some(left.max(Duration::from_millis(1))))?;
        match stream.read(&mut part)? {
            0 => return Ok(()),
            count => answer.extend_from_slice(&part[..count]),
        }
    }
}

/// The answer, if it is as long as it says.
fn whole(path: &str, answer: &[u8]) -> Option<Page> {
    let answer = String::from_utf8_lossy(answer);
    let (head, html) = answer.split_once("\r\n\r\n")?;
    let header = |name: &str| {
        let mut headers = head.lines().filter_map(|line| line.split_once(": "));
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.to_owned())
    };
    let length: usize = header("content-length")?.parse().ok()?;
    (html.len() >= length).then_some(())?;
    Some(Page {
        path: path.to_owned(),
        status: head.get(9..12)?.parse().ok()?,
        location: header("location"),
        html: html.to_owned(),
    })
}

/// As it stands in a form or an address.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => escaped.push(char::from(byte)),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}
