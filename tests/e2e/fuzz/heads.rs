//! Parts of the head of a request that are seldom sent, or never by a browser.

/// The server does as it likes with what says its length in two ways, or in none.
pub(super) const FRAMES: &[&str] = &[
    "Content-Length: abc",
    "Content-Length: -1",
    "Content-Length: +3",
    "Content-Length: 3, 3",
    "Content-Length: 99999999999999999999",
    "Content-Length: 3\r\nContent-Length: 4",
    "Content-Length: 17000000",
    "Content-Length: 20",
    "Transfer-Encoding: gzip",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: chunked\r\nContent-Length: 3",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: xchunked",
];

/// Headers that change nothing, or are refused.
pub(super) const HEADERS: &[&str] = &[
    "Host: elsewhere.example",
    "Host: ",
    "Expect: 100-continue",
    "Expect: more",
    "Range: bytes=0-1",
    "Range: bytes=9-1",
    "If-None-Match: *",
    "If-None-Match: \"",
    "If-Modified-Since: yesterday",
    "Accept: */*;q=x",
    "Accept-Encoding: gzip;q=2, br, *;q=0",
    "Upgrade: websocket\r\nConnection: Upgrade",
    "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAA",
    "Connection: close",
    "Connection: keep-alive, close",
    "Connection: host",
    "Origin: null",
    "Origin: http://elsewhere.example",
    "Sec-Fetch-Site: cross-site",
    "Forwarded: for=\"_x\";host=elsewhere;proto=https, for=",
    "X-Forwarded-For: 1.2.3.4, ::1\r\nX-Forwarded-Host: a b\r\nX-Forwarded-Proto: gopher",
    "X-Forwarded-Prefix: /../..",
    "Cookie: a=b; c",
    "Authorization: Basic %%%",
    "X: \u{80}\u{ff}",
    "Content-Type: multipart/form-data; boundary=",
    "TE: trailers",
    "Max-Forwards: -1",
];

/// Lines that are no headers.
pub(super) const LINES: &[&str] = &[
    "No colon",
    " folded: yes",
    "Bad name: x",
    ": x",
    "X\0: y",
    "X: \0",
    "X : y",
    "\t",
    "\rX: y",
];

pub(super) const METHODS: &[&str] = &[
    "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "G", "X-Y",
    "QUERY",
];
