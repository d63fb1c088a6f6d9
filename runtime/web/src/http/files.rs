//! The files of an application, such as its stylesheet: embedded in it, and read from disk in a debug build.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::OnceLock;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, DirEntry};
use umbel_data::error::Error;

use super::Problem;

/// The files of a folder, served below `/static/`.
///
/// A release build serves what was compiled in, under names that change with the content, to be kept for a year. A debug
/// build reads a file each time it is asked for, so that an edit shows at once, and a file that comes is there.
#[derive(Debug)]
pub struct Files {
    embedded: &'static Dir<'static>,
    /// The folder on the disk of whoever builds the application.
    folder: &'static str,
    is_embedded: bool,
    /// The URLs of what is embedded, by path.
    urls: OnceLock<HashMap<&'static Path, String>>,
}

/// The route that serves them.
pub(super) const ROUTE: &str = "/static/{*path}";

/// Whether a path is one of those.
pub(super) fn is_file(path: &str) -> bool {
    path.starts_with("/static/")
}

/// For how long a file may be kept that has another name when it changes.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// For a file that has the same name when it changes.
const ASK_AGAIN: &str = "no-cache";

impl Files {
    /// The files that were compiled in, and where they lay then.
    pub const fn new(embedded: &'static Dir<'static>, folder: &'static str) -> Self {
        Self {
            embedded,
            folder,
            is_embedded: !cfg!(debug_assertions),
            urls: OnceLock::new(),
        }
    }

    /// The URL of a file, by its path within the folder: `/static/app.1b9d5a7c.css`.
    pub fn url(&self, path: &str) -> Cow<'_, str> {
        let urls = self.urls.get_or_init(|| {
            let mut urls = HashMap::new();
            if self.is_embedded {
                add(self.embedded, &mut urls);
            }
            urls
        });
        match urls.get(Path::new(path)) {
            Some(url) => Cow::Borrowed(url),
            None => Cow::Owned(format!("/static/{path}")),
        }
    }

    /// The answer to a request for a file.
    pub(super) async fn serve(&self, path: &str, headers: &HeaderMap) -> Response {
        let is_name = |part: &str| !part.is_empty() && !part.starts_with('.');
        if !path.split('/').all(is_name) || path.contains(['\\', '\0']) {
            return Problem::from(Error::NotFound).into_response();
        }
        let kind = |path: &str| mime_guess::from_path(path).first_raw();
        if let Some(bytes) = self.read(path).await {
            return respond(kind(path), ASK_AGAIN, bytes, headers);
        }
        // An older name of a file, as a page that was open has it, leads to what the file is now.
        let named = without_hash(path);
        let embedded = named
            .as_ref()
            .and_then(|(path, _)| self.embedded.get_file(path));
        match (named, embedded) {
            (Some((path, named)), Some(file)) => {
                let bytes = file.contents();
                let is_current = named == hash(bytes);
                let kept = if is_current { FOREVER } else { ASK_AGAIN };
                respond(kind(&path), kept, Cow::Borrowed(bytes), headers)
            }
            _ => Problem::from(Error::NotFound).into_response(),
        }
    }

    /// What a file holds.
    async fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        if !self.is_embedded
            && let Ok(bytes) = tokio::fs::read(Path::new(self.folder).join(path)).await
        {
            return Some(Cow::Owned(bytes));
        }
        // Away from the machine that built it, there is only what was compiled in.
        let file = self.embedded.get_file(path)?;
        Some(Cow::Borrowed(file.contents()))
    }
}

/// Adds the URLs of the files of a folder.
fn add(folder: &'static Dir<'static>, urls: &mut HashMap<&'static Path, String>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => add(folder, urls),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy();
                let (stem, extension) = split(&path);
                let url = format!("/static/{stem}.{}{extension}", hash(file.contents()));
                urls.insert(file.path(), url);
            }
        }
    }
}

/// `app.css` → `app`, `.css`; a name without an extension has none.
fn split(path: &str) -> (&str, &str) {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[name..].rfind('.') {
        Some(dot) => path.split_at(name + dot),
        None => (path, ""),
    }
}

/// `app.1b9d5a7c.css` → `app.css`, `1b9d5a7c`
fn without_hash(path: &str) -> Option<(String, &str)> {
    let (path, extension) = match split(path) {
        // `LICENSE.1b9d5a7c`
        (_, hash) if is_hash(hash) => (path, ""),
        split => split,
    };
    let (stem, hash) = split(path);
    is_hash(hash).then(|| (format!("{stem}{extension}"), &hash[1..]))
}

fn is_hash(extension: &str) -> bool {
    let hash = extension.strip_prefix('.').unwrap_or_default();
    hash.len() == 16 && hash.bytes().all(|digit| digit.is_ascii_hexdigit())
}

fn respond(
    kind: Option<&'static str>,
    kept: &'static str,
    bytes: Cow<'static, [u8]>,
    asked: &HeaderMap,
) -> Response {
    // Compressed or not, it is the same file: so its tag is weak.
    let tag = format!("W/\"{}\"", hash(&bytes));
    let lines = asked.get_all(header::IF_NONE_MATCH).into_iter();
    let mut tags = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim);
    let mut response = match tags.any(|known| known == "*" || weak(known) == weak(&tag)) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Body::from(bytes).into_response(),
    };
    let headers = response.headers_mut();
    let mut put = |name, value: &str| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    };
    let kind = kind.unwrap_or("application/octet-stream");
    match kind.starts_with("text/") {
        true => put(header::CONTENT_TYPE, &format!("{kind}; charset=utf-8")),
        false => put(header::CONTENT_TYPE, kind),
    }
    put(header::CACHE_CONTROL, kept);
    put(header::VARY, "accept-encoding");
    put(header::ETAG, &tag);
    response
}

/// A tag without the mark that says that only the meaning is the same, and not each byte.
fn weak(tag: &str) -> &str {
    tag.trim_start_matches("W/")
}

fn hash(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use include_dir::File;

    use super::*;

    static EMBEDDED: Dir<'static> = Dir::new(
        "",
        &[
            DirEntry::File(File::new("LICENSE", b"free")),
            DirEntry::File(File::new("app.css", b"a{}")),
            DirEntry::Dir(Dir::new(
                "fonts",
                &[DirEntry::File(File::new("fonts/a.woff2", b"w"))],
            )),
        ],
    );

    fn release() -> Files {
        Files {
            is_embedded: true,
            ..Files::new(&EMBEDDED, "/nowhere")
        }
    }

    async fn get(files: &Files, url: &str) -> Response {
        let path = url.strip_prefix("/static/").unwrap();
        files.serve(path, &HeaderMap::new()).await
    }

    fn header(response: &Response, name: header::HeaderName) -> &str {
        response.headers()[name].to_str().unwrap()
    }

    #[tokio::test]
    async fn a_name_that_changes_with_the_content_is_kept_forever() {
        let files = release();
        for (path, kind) in [
            ("app.css", "text/css; charset=utf-8"),
            ("fonts/a.woff2", "font/woff2"),
            ("LICENSE", "application/octet-stream"),
        ] {
            let url = files.url(path);
            assert_ne!(url, format!("/static/{path}"));
            let response = get(&files, &url).await;
            assert_eq!(response.status(), StatusCode::OK, "{url}");
            assert_eq!(header(&response, header::CACHE_CONTROL), FOREVER);
            assert_eq!(header(&response, header::CONTENT_TYPE), kind);
            let plain = get(&files, &format!("/static/{path}")).await;
            assert_eq!(header(&plain, header::CACHE_CONTROL), ASK_AGAIN);
        }
    }

    #[tokio::test]
    async fn an_older_name_leads_to_what_the_file_is_now() {
        let response = get(&release(), "/static/app.0123456789abcdef.css").await;
        assert_eq!(header(&response, header::CACHE_CONTROL), ASK_AGAIN);
        let body = to_bytes(response.into_body(), 9).await.unwrap();
        assert_eq!(&*body, b"a{}");
    }

    #[tokio::test]
    async fn a_debug_build_serves_what_lies_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("app.css"), "b{}").unwrap();
        std::fs::write(folder.path().join("new.js"), "1").unwrap();
        let files = Files {
            folder: folder.path().to_owned().leak().to_str().unwrap(),
            is_embedded: false,
            ..release()
        };
        assert_eq!(files.url("app.css"), "/static/app.css");
        for (path, expect) in [("app.css", "b{}"), ("new.js", "1"), ("LICENSE", "free")] {
            let response = get(&files, &files.url(path)).await;
            assert_eq!(header(&response, header::CACHE_CONTROL), ASK_AGAIN);
            let body = to_bytes(response.into_body(), 9).await.unwrap();
            assert_eq!(&*body, expect.as_bytes());
        }
    }

    #[tokio::test]
    async fn nothing_outside_the_folder_is_served() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("static")).unwrap();
        std::fs::write(folder.path().join("secret"), "s").unwrap();
        std::fs::write(folder.path().join("static/.env"), "s").unwrap();
        let files = Files {
            folder: folder.path().join("static").leak().to_str().unwrap(),
            is_embedded: false,
            ..release()
        };
        for path in [
            "../secret",
            "a/../../secret",
            ".env",
            "/etc/passwd",
            "a\\b",
            "a\0",
            "none",
            "",
        ] {
            let response = files.serve(path, &HeaderMap::new()).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[tokio::test]
    async fn a_known_file_is_not_sent_again() {
        let first = get(&release(), "/static/app.css").await;
        let tag = header(&first, header::ETAG);
        let check = async |known: &str, expect: StatusCode| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, known.parse().unwrap());
            let response = release().serve("app.css", &headers).await;
            assert_eq!(response.status(), expect, "{known}");
            assert_eq!(header(&response, header::VARY), "accept-encoding");
            assert_eq!(header(&response, header::ETAG), tag);
        };
        check(tag, StatusCode::NOT_MODIFIED).await;
        check(tag.trim_start_matches("W/"), StatusCode::NOT_MODIFIED).await;
        check(&format!("\"a\", {tag}"), StatusCode::NOT_MODIFIED).await;
        check("*", StatusCode::NOT_MODIFIED).await;
        check("\"a\"", StatusCode::OK).await;
    }
}
