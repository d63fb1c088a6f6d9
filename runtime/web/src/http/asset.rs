//! Files of an application: embedded in a release build, read from disk in a debug build.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A file that pages refer to, such as the stylesheet.
///
/// A release build serves the bytes that were compiled in, under a URL that changes with them, to be
/// kept for a year. A debug build reads the file each time, so that an edit shows at once.
#[derive(Debug)]
pub struct Asset {
    path: &'static str,
    file: &'static str,
    bytes: &'static [u8],
    kind: &'static str,
    url: OnceLock<String>,
}

impl Asset {
    /// A file, served at `path`, which is `file` on the disk of whoever builds it, and holds `bytes`.
    pub const fn new(
        path: &'static str,
        kind: &'static str,
        file: &'static str,
        bytes: &'static [u8],
    ) -> Self {
        Self {
            path,
            file,
            bytes,
            kind,
            url: OnceLock::new(),
        }
    }

    /// Its URL, with a query that changes with its content.
    pub fn url(&self) -> &str {
        self.url
            .get_or_init(|| format!("{}?v={:x}", self.path, hash(self.bytes)))
    }

    /// The answer to a request for it.
    pub async fn serve(&'static self, headers: &HeaderMap) -> Response {
        match cfg!(debug_assertions) {
            true => {
                // Away from the machine that built it, there is only what was compiled in.
                let bytes = tokio::fs::read(self.file).await;
                let bytes = bytes.unwrap_or_else(|_| self.bytes.to_vec());
                let tag = tag(&bytes);
                respond(self.kind, "no-cache", tag, headers, Body::from(bytes))
            }
            false => {
                let tag = tag(self.bytes);
                let cache = "public, max-age=31536000, immutable";
                respond(self.kind, cache, tag, headers, Body::from(self.bytes))
            }
        }
    }
}

fn respond(
    kind: &'static str,
    cache: &'static str,
    tag: String,
    asked: &HeaderMap,
    body: Body,
) -> Response {
    let lines = asked.get_all(header::IF_NONE_MATCH).into_iter();
    let mut tags = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim);
    let mut response = match tags.any(|known| known == "*" || weak(known) == weak(&tag)) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::CONTENT_TYPE, kind)], body).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// A tag without the mark that says that only the meaning is the same, and not each byte.
fn weak(tag: &str) -> &str {
    tag.trim_start_matches("W/")
}

/// Compressed or not, it is the same file: so its tag is weak.
fn tag(bytes: &[u8]) -> String {
    format!("W/\"{:x}\"", hash(bytes))
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    static CSS: Asset = Asset::new("/static/app.css", "text/css", "/nowhere/app.css", b"a{}");

    #[tokio::test]
    async fn a_known_file_is_not_sent_again() {
        let first = CSS.serve(&HeaderMap::new()).await;
        assert_eq!(first.status(), StatusCode::OK);
        let tag = first.headers()[header::ETAG].to_str().unwrap();
        let check = async |known: &str, expect: StatusCode| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, known.parse().unwrap());
            let response = CSS.serve(&headers).await;
            assert_eq!(response.status(), expect, "{known}");
            assert_eq!(response.headers()[header::VARY], "accept-encoding");
            assert_eq!(response.headers()[header::ETAG], tag);
        };
        check(tag, StatusCode::NOT_MODIFIED).await;
        check(tag.trim_start_matches("W/"), StatusCode::NOT_MODIFIED).await;
        check(&format!("\"a\", {tag}"), StatusCode::NOT_MODIFIED).await;
        check("*", StatusCode::NOT_MODIFIED).await;
        check("\"a\"", StatusCode::OK).await;
    }

    #[test]
    fn the_url_changes_with_the_content() {
        assert!(CSS.url().starts_with("/static/app.css?v="));
    }
}
