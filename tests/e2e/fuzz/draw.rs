//! Draws requests that are nearly right: one thing or two of a good one is something else.

use umbel_tests::random::Random;

use super::body;
use super::heads::{FRAMES, HEADERS, LINES, METHODS};
use super::seeds::Seeds;

/// What is sent over a connection at once.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) bytes: Vec<u8>,
    /// The answers that come, each to a request for a head alone (`true`) or for all.
    pub(super) answers: Vec<bool>,
    /// Whether the server has to answer, and may not just close the connection.
    pub(super) is_whole: bool,
    pub(super) end: End,
}

/// What becomes of the connection when all is sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It is used again, unless the server closes it.
    Stay,
    /// Nothing is sent any more, and the answer is waited for.
    Finish,
    /// The client goes away, and waits for nothing.
    Leave,
}

/// Draws requests.
#[derive(Debug)]
pub(super) struct Draw<'a> {
    pub(super) random: Random,
    pub(super) seeds: &'a Seeds,
    host: &'a str,
}

impl<'a> Draw<'a> {
    /// The same seed draws the same requests.
    pub(super) fn new(seed: u64, seeds: &'a Seeds, host: &'a str) -> Self {
        Self {
            random: Random::new(seed),
            seeds,
            host,
        }
    }

    /// The next request, or several that are sent together.
    pub(super) fn next(&mut self) -> Asked {
        match self.random.below(100) {
            0..=41 => self.get(),
            42..=66 => self.post(),
            67..=72 => self.post_parts(),
            73..=76 => self.post_chunks(),
            77..=82 => self.method(),
            83..=88 => self.header(),
            89..=90 => self.several(),
            91..=93 => self.unfinished(),
            94..=95 => self.frame(),
            _ => self.spoilt(),
        }
    }

    fn get(&mut self) -> Asked {
        let target = self.target();
        let mut bytes = self.head("GET", &target);
        bytes.extend_from_slice(b"\r\n");
        whole(bytes)
    }

    fn post(&mut self) -> Asked {
        let (target, fields) = self.form();
        let body = body::urlencoded(&mut self.random, &fields);
        self.posted(&target, body::URLENCODED, &body)
    }

    fn post_parts(&mut self) -> Asked {
        let (target, fields) = self.form();
        let (kind, body) = body::multipart(&mut self.random, &fields);
        self.posted(&target, &kind, &body)
    }

    fn post_chunks(&mut self) -> Asked {
        let (target, fields) = self.form();
        let body = body::urlencoded(&mut self.random, &fields);
        let mut bytes = self.head("POST", &target);
        let kind = body::URLENCODED;
        bytes.extend(format!("Content-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n").bytes());
        let is_whole = body::chunks(&mut self.random, &body, &mut bytes);
        Asked {
            is_whole,
            ..whole(bytes)
        }
    }

    fn method(&mut self) -> Asked {
        let method = self.random.pick(METHODS);
        let target = match self.random.below(8) {
            0 => b"*".to_vec(),
            1 => format!("http://{}/", self.host).into_bytes(),
            2 => self.host.as_bytes().to_vec(),
            _ => self.target(),
        };
        let mut bytes = self.head(method, &target);
        bytes.extend_from_slice(b"\r\n");
        Asked {
            answers: vec![method == "HEAD"],
            ..whole(bytes)
        }
    }

    fn header(&mut self) -> Asked {
        let target = self.target();
        let mut bytes = self.head("GET", &target);
        let mut is_whole = true;
        match self.random.below(20) {
            0 => bytes.extend("X-More: a\r\n".repeat(self.random.below(260)).bytes()),
            1 => {
                let length = self.random.below(140_000);
                bytes.extend(format!("Cookie: {}\r\n", "c".repeat(length)).bytes());
                // Beyond all limits there may be no page for it.
                is_whole = length < 60_000;
            }
            2..=5 => {
                bytes.extend(format!("{}\r\n", self.random.pick(LINES)).bytes());
                is_whole = false;
            }
            6 => bytes = replaced(&bytes, b"HTTP/1.1", b"HTTP/1.0"),
            7 => {
                let version = self.random.pick(&[
                    "HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "http/1.1", "HTTP/11", "",
                ]);
                bytes = replaced(&bytes, b"HTTP/1.1", version.as_bytes());
                is_whole = false;
            }
            8 => {
                let host = format!("Host: {}\r\n", self.host);
                bytes = replaced(&bytes, host.as_bytes(), b"");
            }
            _ => bytes.extend(format!("{}\r\n", self.random.pick(HEADERS)).bytes()),
        }
        bytes.extend_from_slice(b"\r\n");
        Asked {
            is_whole,
            ..whole(bytes)
        }
    }

    /// Several requests of which none waits for the answer to the one before.
    fn several(&mut self) -> Asked {
        let mut bytes = Vec::new();
        let count = 2 + self.random.below(6);
        for _ in 0..count {
            let asked = if self.random.chance(70) {
                self.get()
            } else {
                self.post()
            };
            bytes.extend(asked.bytes);
        }
        Asked {
            answers: vec![false; count],
            ..whole(bytes)
        }
    }

    /// A request of which the end is missing, or whose client is gone.
    fn unfinished(&mut self) -> Asked {
        let asked = if self.random.chance(50) {
            self.get()
        } else {
            self.post()
        };
        let mut bytes = asked.bytes;
        let end = match self.random.below(20) {
            0..=7 => End::Leave,
            8 => End::Stay,
            _ => End::Finish,
        };
        if self.random.chance(70) {
            // Who sends nothing at all is given more time.
            bytes.truncate(1 + self.random.below(bytes.len()));
        }
        Asked {
            is_whole: false,
            end,
            ..whole(bytes)
        }
    }

    /// A request whose length is said otherwise than it is.
    fn frame(&mut self) -> Asked {
        let (target, fields) = self.form();
        let body = body::urlencoded(&mut self.random, &fields);
        let mut bytes = self.head("POST", &target);
        let frame = match self.random.below(3) {
            0 => format!("Content-Length: {}", body.len() + 1 + self.random.below(50)),
            1 => format!("Content-Length: {}", body.len() / 2),
            _ => self.random.pick(FRAMES).to_owned(),
        };
        let kind = body::URLENCODED;
        bytes.extend(format!("Content-Type: {kind}\r\n{frame}\r\n\r\n").bytes());
        bytes.extend(body);
        self.doubtful(bytes)
    }

    /// A request of which some bytes are others.
    fn spoilt(&mut self) -> Asked {
        let asked = match self.random.below(3) {
            0 => self.post(),
            1 => self.post_parts(),
            _ => self.get(),
        };
        let mut bytes = asked.bytes;
        for _ in 0..=self.random.below(4) {
            let place = self.random.below(bytes.len());
            match self.random.below(4) {
                0 => bytes[place] = u8::try_from(self.random.below(256)).unwrap_or_default(),
                1 => drop(bytes.remove(place)),
                2 => bytes.insert(place, b"\r\n\0 :%/?&=,."[self.random.below(12)]),
                _ => {
                    let end = (place + self.random.below(40)).min(bytes.len());
                    let again = bytes[place..end].to_vec();
                    bytes.splice(place..place, again);
                }
            }
        }
        self.doubtful(bytes)
    }

    /// Where the server may wait for more, it is mostly told that nothing comes.
    fn doubtful(&mut self, bytes: Vec<u8>) -> Asked {
        let waits = self.random.chance(4);
        Asked {
            is_whole: false,
            end: if waits { End::Stay } else { End::Finish },
            ..whole(bytes)
        }
    }

    fn posted(&mut self, target: &[u8], kind: &str, body: &[u8]) -> Asked {
        let mut bytes = self.head("POST", target);
        let length = body.len();
        bytes.extend(format!("Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n").bytes());
        bytes.extend_from_slice(body);
        whole(bytes)
    }

    fn head(&mut self, method: &str, target: &[u8]) -> Vec<u8> {
        let mut bytes = format!("{method} ").into_bytes();
        bytes.extend_from_slice(target);
        bytes.extend(format!(" HTTP/1.1\r\nHost: {}\r\n", self.host).bytes());
        if self.random.chance(30) {
            bytes.extend_from_slice(b"Accept-Encoding: gzip\r\n");
        }
        bytes
    }
}

fn whole(bytes: Vec<u8>) -> Asked {
    Asked {
        bytes,
        answers: vec![false],
        is_whole: true,
        end: End::Stay,
    }
}

fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let place = bytes.windows(old.len()).position(|part| part == old);
    let place = place.expect("it was written by us");
    [&bytes[..place], new, &bytes[place + old.len()..]].concat()
}
