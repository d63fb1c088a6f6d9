//! Which requests are let in: those that name this host, and those that other sites did not forge.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header, uri::Authority};

use super::Problem;

/// The host that a request names.
///
/// # Errors
/// If it is none of ours: a page elsewhere may have pointed its own name at this address.
pub(super) fn host<'a>(
    uri: &'a Uri,
    headers: &'a HeaderMap,
    hosts: &[String],
) -> Result<&'a str, Problem> {
    let named = uri
        .authority()
        .map(Authority::as_str)
        .or_else(|| headers.get(header::HOST)?.to_str().ok())
        .unwrap_or_default();
    let allowed = named.parse::<Authority>().is_ok_and(|name| {
        hosts
            .iter()
            .any(|host| host.eq_ignore_ascii_case(name.host()))
    });
    match allowed && !named.contains('@') {
        true => Ok(named),
        false => Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "Wrong host",
            "The application does not go by the name in this address.",
            "Open it as http://localhost, with the port that it printed when it started.",
        )),
    }
}

/// Refuses a request that changes something and was made by a page of another site.
///
/// Browsers say where a request comes from (`Sec-Fetch-Site`, `Origin`), and no page can forge that. A
/// request that says neither does not come from a browser, and carries nobody's rights but its own.
pub(super) fn origin(method: &Method, headers: &HeaderMap, host: &str) -> Result<(), Problem> {
    if method.is_safe() {
        return Ok(());
    }
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let own = match (said("sec-fetch-site"), said("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin
            .split_once("://")
            .is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host)),
        (None, None) => true,
    };
    match own {
        true => Ok(()),
        false => Err(Problem::new(
            StatusCode::FORBIDDEN,
            "Refused",
            "Another site asked for this change. Nothing was changed.",
            "If you meant it, open the form here and send it again.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_our_names() {
        let hosts = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        let check = |name: &'static str, expect: bool| {
            let headers = headers(&[("host", name)]);
            let uri = Uri::from_static("/");
            assert_eq!(host(&uri, &headers, &hosts).is_ok(), expect, "{name}");
        };
        check("localhost:8000", true);
        check("LOCALHOST", true);
        check("127.0.0.1:8000", true);
        check("[::1]:8000", true);
        check("evil.example:8000", false);
        check("localhost.evil.example", false);
        check("evil@localhost", false);
        check("", false);
    }

    #[test]
    fn changes_come_from_our_own_pages() {
        let check = |method: Method, pairs: &[(&'static str, &'static str)], expect: bool| {
            let allowed = origin(&method, &headers(pairs), "localhost:8000").is_ok();
            assert_eq!(allowed, expect, "{method} {pairs:?}");
        };
        check(Method::GET, &[("sec-fetch-site", "cross-site")], true);
        check(Method::POST, &[("sec-fetch-site", "same-origin")], true);
        check(Method::POST, &[("sec-fetch-site", "none")], true);
        check(Method::POST, &[("sec-fetch-site", "same-site")], false);
        check(Method::POST, &[("sec-fetch-site", "cross-site")], false);
        check(Method::POST, &[("origin", "http://localhost:8000")], true);
        check(Method::POST, &[("origin", "http://localhost:9000")], false);
        check(Method::POST, &[("origin", "http://evil.example")], false);
        check(Method::POST, &[("origin", "null")], false);
        check(Method::DELETE, &[("origin", "http://evil.example")], false);
        check(Method::POST, &[], true);
    }
}
