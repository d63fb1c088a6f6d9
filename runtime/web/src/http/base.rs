//! A path in front of every path of the application, such as `/shop`: taken away from what comes in, and put before what
//! goes out, so that nothing within knows of it.
//!
//! Pages are written without it. In their HTML a quotation mark stands in tags alone, for the texts of a page are escaped:
//! so an address is found by the attribute that it stands in.

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{OriginalUri, Request};
use axum::http::uri::{PathAndQuery, Uri};
use axum::http::{HeaderValue, header};
use axum::response::Response;

/// The attributes that hold an address of the application.
const ATTRIBUTES: [&str; 4] = [" href=\"/", " action=\"/", " formaction=\"/", " src=\"/"];

/// The request as it is without the path in front; none, if that is not there.
pub(super) fn take(base: &str, mut request: Request) -> Option<Request> {
    if base.is_empty() {
        return Some(request);
    }
    let uri = request.uri();
    let rest = uri.path().strip_prefix(base)?;
    let path = match (rest, uri.query()) {
        ("", None) => "/".to_owned(),
        ("", Some(query)) => format!("/?{query}"),
        (rest, _) if !rest.starts_with('/') => return None,
        (rest, None) => rest.to_owned(),
        (rest, Some(query)) => format!("{rest}?{query}"),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path.parse::<PathAndQuery>().ok()?);
    let uri = Uri::from_parts(parts).ok()?;
    request.extensions_mut().insert(OriginalUri(uri.clone()));
    *request.uri_mut() = uri;
    Some(request)
}

/// Puts the path in front of all addresses of an answer.
pub(super) async fn put(base: &str, mut response: Response) -> Response {
    if base.is_empty() {
        return response;
    }
    let headers = response.headers_mut();
    if let Some(location) = headers.get(header::LOCATION)
        && location.as_bytes().starts_with(b"/")
        && let Ok(path) = HeaderValue::try_from([base.as_bytes(), location.as_bytes()].concat())
    {
        headers.insert(header::LOCATION, path);
    }
    let is_page = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    // A page is in memory; what is sent as it comes is not looked at.
    if !is_page || response.body().size_hint().exact().is_none() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(page) = axum::body::to_bytes(body, usize::MAX).await else {
        return Response::from_parts(parts, Body::empty());
    };
    let page = rewritten(base, &page);
    if parts.headers.contains_key(header::CONTENT_LENGTH) {
        parts
            .headers
            .insert(header::CONTENT_LENGTH, HeaderValue::from(page.len()));
    }
    Response::from_parts(parts, Body::from(page))
}

/// `<a href="/film">` → `<a href="/shop/film">`
fn rewritten(base: &str, page: &Bytes) -> Vec<u8> {
    let mut text = Vec::with_capacity(page.len() + page.len() / 8);
    let mut rest: &[u8] = page;
    while let Some(at) = memchr::memchr(b'"', rest) {
        let (before, after) = rest.split_at(at);
        text.extend_from_slice(before);
        text.push(b'"');
        rest = &after[1..];
        let is_address = ATTRIBUTES.iter().any(|attribute| {
            let attribute = attribute.as_bytes();
            rest.starts_with(b"/") && text.ends_with(&attribute[..attribute.len() - 1])
        });
        if is_address && !rest.starts_with(b"//") {
            text.extend_from_slice(base.as_bytes());
        }
    }
    text.extend_from_slice(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_come_in() {
        let check = |path: &str, expect: Option<&str>| {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            let taken = take("/shop", request).map(|request| request.uri().to_string());
            assert_eq!(taken.as_deref(), expect, "{path}");
        };
        check("/shop", Some("/"));
        check("/shop/", Some("/"));
        check("/shop?a=b", Some("/?a=b"));
        check("/shop/film/1?a=b", Some("/film/1?a=b"));
        check("/shop/shop", Some("/shop"));
        check("/shopping", None);
        check("/film", None);
        check("/", None);
    }

    #[test]
    fn addresses_of_a_page() {
        let check = |page: &str, expect: &str| {
            let page = rewritten("/shop", &Bytes::from(page.to_owned()));
            assert_eq!(String::from_utf8(page).unwrap(), expect);
        };
        check(
            "<a class=\"x\" href=\"/film\"><form action=\"/film/1/edit\"><button formaction=\"/a\">",
            "<a class=\"x\" href=\"/shop/film\"><form action=\"/shop/film/1/edit\"><button formaction=\"/shop/a\">",
        );
        check(
            "<link href=\"/\"><img src=\"/i\">",
            "<link href=\"/shop/\"><img src=\"/shop/i\">",
        );
        let others =
            "<a href=\"https://a/\"><a href=\"//a\"><a href=\"#main\"><a data-href=\"/a\"> href=/a";
        check(others, others);
        check("<input value=\"/film\">", "<input value=\"/film\">");
    }

    #[tokio::test]
    async fn redirects() {
        let response = put("/shop", crate::http::redirect("/film/1")).await;
        assert_eq!(response.headers()[header::LOCATION], "/shop/film/1");
    }
}
