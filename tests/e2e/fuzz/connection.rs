//! One connection over which requests are sent byte by byte as they are drawn, and what comes back.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// How long an answer may be waited for: longer than all times of the server together.
const PATIENCE: Duration = Duration::from_secs(45);

/// A connection to the server.
#[derive(Debug)]
pub(super) struct Connection(BufReader<TcpStream>);

/// What has come of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// A whole answer; after some, the server closes the connection.
    Answer { status: u16, is_last: bool },
    /// The connection was closed without a word.
    Closed,
    /// Something else; says what.
    Wrong(String),
}

/// What is known of an answer from its head.
#[derive(Debug, Default)]
struct Head {
    status: u16,
    is_last: bool,
    length: Option<u64>,
    is_chunked: bool,
}

impl Connection {
    /// Connects to `127.0.0.1:4711`.
    #[track_caller]
    pub(super) fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        let limits = [
            stream.set_nodelay(true),
            stream.set_read_timeout(Some(PATIENCE)),
            stream.set_write_timeout(Some(PATIENCE)),
        ];
        limits.into_iter().for_each(|set| set.expect("a socket"));
        Self(BufReader::with_capacity(64 * 1024, stream))
    }

    /// Sends bytes; the server may answer, or hang up, before it has read them all.
    pub(super) fn send(&mut self, bytes: &[u8]) {
        let _ = self.0.get_mut().write_all(bytes);
    }

    /// Says that nothing more is sent.
    pub(super) fn finish(&mut self) {
        let _ = self.0.get_mut().shutdown(Shutdown::Write);
    }

    /// Reads the next answer, to a request for a head alone or for all.
    pub(super) fn answer(&mut self, is_head: bool) -> Came {
        match self.try_answer(is_head) {
            Ok(Some(head)) => Came::Answer {
                status: head.status,
                is_last: head.is_last,
            },
            Ok(None) => Came::Closed,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => Came::Closed,
            Err(error) => Came::Wrong(error.to_string()),
        }
    }

    fn try_answer(&mut self, is_head: bool) -> io::Result<Option<Head>> {
        loop {
            let Some(head) = self.head()? else {
                return Ok(None);
            };
            // `100 Continue` comes before the answer.
            if head.status < 200 {
                continue;
            }
            if !is_head && ![204, 304].contains(&head.status) {
                self.body(&head)?;
            }
            return Ok(Some(head));
        }
    }

    fn head(&mut self) -> io::Result<Option<Head>> {
        let Some(first) = self.line()? else {
            return Ok(None);
        };
        let mut words = first.split(' ');
        let version = words.next().unwrap_or_default();
        let status = words.next().and_then(|status| status.parse().ok());
        let (true, Some(status)) = (version.starts_with("HTTP/1."), status) else {
            return Err(io::Error::other(format!("no answer: {first:?}")));
        };
        let mut head = Head {
            status,
            is_last: version == "HTTP/1.0",
            ..Head::default()
        };
        loop {
            let line = self.line()?.ok_or(ErrorKind::UnexpectedEof)?;
            let Some((name, value)) = line.split_once(':') else {
                return match line.as_str() {
                    "" => Ok(Some(head)),
                    _ => Err(io::Error::other(format!("no header: {line:?}"))),
                };
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => head.length = value.parse().ok(),
                "transfer-encoding" => head.is_chunked = value == "chunked",
                "connection" => head.is_last = value.eq_ignore_ascii_case("close"),
                _ => {}
            }
        }
    }

    fn body(&mut self, head: &Head) -> io::Result<()> {
        match head.length {
            _ if head.is_chunked => loop {
                let line = self.line()?.ok_or(ErrorKind::UnexpectedEof)?;
                let size = u64::from_str_radix(&line, 16);
                let size = size.map_err(|_| io::Error::other(format!("no chunk: {line:?}")))?;
                self.skip(size + 2)?;
                if size == 0 {
                    return Ok(());
                }
            },
            Some(length) => self.skip(length),
            None if head.is_last => io::copy(&mut self.0, &mut io::sink()).map(|_| ()),
            None => Err(io::Error::other("an answer without a length")),
        }
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let skipped = io::copy(&mut (&mut self.0).take(length), &mut io::sink())?;
        match skipped == length {
            true => Ok(()),
            false => Err(ErrorKind::UnexpectedEof.into()),
        }
    }

    /// The next line without its end; none where nothing more comes.
    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        if self.0.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        match line.strip_suffix(b"\r\n") {
            Some(line) => Ok(Some(String::from_utf8_lossy(line).into_owned())),
            None => Err(ErrorKind::UnexpectedEof.into()),
        }
    }
}
