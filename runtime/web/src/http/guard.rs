//! Which requests are let in: those that name this host, and those that other sites did not forge.

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode, Version, header};

use super::Problem;

/// The host that a request names, or that a proxy says it has named.
///
/// # Errors
/// If it names none, or several, or none of ours: a page elsewhere may have pointed its own name at this address.
pub(super) fn host<'a>(
    request: &'a Request,
    forwarded: Option<&'a str>,
    hosts: &[String],
) -> Result<&'a str, Problem> {
    let mut lines = request.headers().get_all(header::HOST).into_iter();
    let (line, another) = (lines.next(), lines.next());
    if another.is_some() {
        return Err(unclear(
            "The request names two hosts, and can mean but one.",
        ));
    }
    let line = line.map(|line| line.to_str().unwrap_or_default());
    let named = request.uri().authority().map(Authority::as_str).or(line);
    // Before HTTP/1.1 nobody named a host, and today no browser asks like that.
    let is_old = matches!(request.version(), Version::HTTP_09 | Version::HTTP_10);
    if named.is_none() && !is_old {
        return Err(unclear("The request does not say which host it is for."));
    }
    // A page elsewhere can make the browser say what a proxy would say, but not by which name it asks.
    for name in [named, forwarded].into_iter().flatten() {
        check(name, hosts)?;
    }
    Ok(forwarded.or(named).unwrap_or_default())
}

/// Refuses a name that is none of ours.
fn check(named: &str, hosts: &[String]) -> Result<(), Problem> {
    let authority: Option<Authority> = named.parse().ok();
    let Some(name) = authority.filter(|_| !named.contains('@')) else {
        return Err(unclear("The request names a host that is no name."));
    };
    let mut ours = hosts.iter();
    match ours.any(|host| host.eq_ignore_ascii_case(name.host())) {
        true => Ok(()),
        false => Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "Wrong host",
            "The application does not go by the name in this address.",
            "Open it as http://localhost, with the port that it printed when it started. Whoever looks after it can add a \
             name to `hosts` in [server] of umbel.toml.",
        )),
    }
}

fn unclear(sentence: &str) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "The request cannot be understood",
        sentence,
        "Open the page in a browser.",
    )
}

/// Refuses a request that changes something and was made by a page of another site.
///
/// Browsers say where a request comes from (`Sec-Fetch-Site`, `Origin`), and no page can forge that. A
/// request that says neither does not come from a browser, and carries nobody's rights but its own.
///
/// `hosts` are the names by which the application is asked, as far as they are known, and `trusted` the other sites from
/// whose pages forms may come.
pub(super) fn origin(
    method: &Method,
    headers: &HeaderMap,
    hosts: &[Option<&str>],
    trusted: &[String],
) -> Result<(), Problem> {
    if method.is_safe() {
        return Ok(());
    }
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let own = match (said("sec-fetch-site"), said("origin")) {
        (_, Some(origin)) if trusted.iter().any(|site| site == origin) => true,
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").is_some_and(|(_, authority)| {
            let mut hosts = hosts.iter().flatten();
            hosts.any(|host| authority.eq_ignore_ascii_case(host))
        }),
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

    fn refused(version: Version, uri: &str, lines: &[&'static str], proxy: Option<&str>) -> u16 {
        let hosts = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        let mut request = Request::builder().version(version).uri(uri);
        for line in lines {
            request = request.header(header::HOST, *line);
        }
        let request = request.body(axum::body::Body::empty()).unwrap();
        let named = host(&request, proxy, &hosts);
        named.map_or_else(|problem| problem.status.as_u16(), |_| 0)
    }

    #[test]
    fn only_our_names() {
        let check = |name: &'static str, expect: u16| {
            let found = refused(Version::HTTP_11, "/", &[name], None);
            assert_eq!(found, expect, "{name}");
        };
        check("localhost:8000", 0);
        check("LOCALHOST", 0);
        check("127.0.0.1:8000", 0);
        check("[::1]:8000", 0);
        check("evil.example:8000", 421);
        check("localhost.evil.example", 421);
        check("evil@localhost", 400);
        check("a b", 400);
        check("", 400);
    }

    #[test]
    fn one_name() {
        let two = ["localhost", "localhost"];
        assert_eq!(refused(Version::HTTP_11, "/", &two, None), 400);
        assert_eq!(refused(Version::HTTP_11, "/", &[], None), 400);
        assert_eq!(refused(Version::HTTP_10, "/", &[], None), 0);
        assert_eq!(refused(Version::HTTP_10, "/", &["a.example"], None), 421);
        let absolute = "http://evil.example/";
        assert_eq!(
            refused(Version::HTTP_11, absolute, &["localhost"], None),
            421
        );
        assert_eq!(
            refused(Version::HTTP_11, "/", &["localhost"], Some("a.example")),
            421
        );
        assert_eq!(
            refused(Version::HTTP_11, "/", &["a.example"], Some("localhost")),
            421
        );
    }

    #[test]
    fn changes_come_from_our_own_pages() {
        let check = |method: Method, pairs: &[(&'static str, &'static str)], expect: bool| {
            let (hosts, trusted) = (
                [Some("localhost:8000")],
                ["https://forms.example".to_owned()],
            );
            let allowed = origin(&method, &headers(pairs), &hosts, &trusted).is_ok();
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
        let from = |origin| [("sec-fetch-site", "cross-site"), ("origin", origin)];
        check(Method::POST, &from("https://forms.example"), true);
        check(Method::POST, &from("http://forms.example"), false);
        check(
            Method::POST,
            &from("https://forms.example.evil.example"),
            false,
        );
    }
}
