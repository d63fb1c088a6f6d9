//! Who asks, by what name and over which protocol: what the connection says, and what trusted proxies say of it.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, header};

use crate::config::{Config, Network};
use crate::server::Peer;

/// Who asks: an extension of each request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Client {
    /// The address; none, where a request does not come over the network.
    pub address: Option<IpAddr>,
    /// Whether the browser speaks `https`, as far as that is known.
    pub is_secure: bool,
    /// The host that a proxy was asked for, if it says so.
    pub(super) host: Option<String>,
}

/// What proxies write, and nobody else is believed to have written.
const FORWARDED: [HeaderName; 5] = [
    header::FORWARDED,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-real-ip"),
];

/// What one proxy says of the request that it has passed on.
#[derive(Debug, Default, Clone)]
struct Hop {
    from: Option<IpAddr>,
    host: Option<String>,
    scheme: Option<String>,
}

/// Who sends a request. What a stranger says of others is taken out of it.
pub(super) fn of(request: &mut Request, config: &Config) -> Client {
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    let is_secure = config.url.as_ref().is_some_and(|url| url.is_secure);
    let mut client = Client {
        address: peer.map(|peer| peer.to_canonical()),
        is_secure,
        host: None,
    };
    let trusts = |address: IpAddr| is_of(&config.proxies, address);
    if peer.is_some_and(trusts) {
        let hops = hops(request.headers());
        // The last one was written by who speaks to us. Who is named there is believed in turn, if it is one of ours.
        for hop in hops.into_iter().rev() {
            client.address = hop.from.or(client.address);
            client.host = hop.host.or(client.host);
            if let Some(scheme) = hop.scheme {
                client.is_secure = scheme.eq_ignore_ascii_case("https");
            }
            if !hop.from.is_some_and(trusts) {
                break;
            }
        }
    } else {
        for name in &FORWARDED {
            request.headers_mut().remove(name);
        }
    }
    request.extensions_mut().insert(client.clone());
    client
}

fn is_of(networks: &[Network], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(address))
}

fn hops(headers: &HeaderMap) -> Vec<Hop> {
    match headers.contains_key(header::FORWARDED) {
        true => list(headers, &FORWARDED[0])
            .iter()
            .map(|element| forwarded(element))
            .collect(),
        false => x_forwarded(headers),
    }
}

/// `for=192.0.2.43;host=shop.example;proto=https`
fn forwarded(element: &str) -> Hop {
    let mut hop = Hop::default();
    for pair in element.split(';') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = value.trim().trim_matches('"').to_owned();
        match name.trim().to_ascii_lowercase().as_str() {
            "for" => hop.from = address(&value),
            "host" => hop.host = Some(value),
            "proto" => hop.scheme = Some(value),
            _ => {}
        }
    }
    hop
}

/// `X-Forwarded-For` says who has passed it on; the others say one thing for all, or one for each.
fn x_forwarded(headers: &HeaderMap) -> Vec<Hop> {
    let [from, hosts, schemes] = [1, 2, 3].map(|at| list(headers, &FORWARDED[at]));
    let count = from.len().max(1);
    let said = |texts: &[String], at: usize| match texts.len() == count {
        true => texts.get(at).cloned(),
        false => texts.last().cloned(),
    };
    let hops = (0..count).map(|at| Hop {
        from: from.get(at).and_then(|text| address(text)),
        host: said(&hosts, at),
        scheme: said(&schemes, at),
    });
    hops.collect()
}

/// The elements of a header, which may stand in several lines.
fn list(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let lines = headers.get_all(name).into_iter();
    let lines = lines.filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map(|element| element.trim().to_owned())
        .filter(|element| !element.is_empty())
        .collect()
}

/// `192.0.2.43`, `192.0.2.43:47011`, `[2001:db8::17]`, `[2001:db8::17]:4711`
fn address(text: &str) -> Option<IpAddr> {
    let bare = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        None if text.matches(':').count() == 1 => text.split_once(':')?.0,
        None => text,
    };
    bare.parse()
        .ok()
        .map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn client(peer: &str, lines: &[(&str, &str)]) -> (Client, bool) {
        let mut request = Request::builder();
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer = std::net::SocketAddr::new(peer.parse().unwrap(), 4711);
        request.extensions_mut().insert(Peer(peer));
        let config = Config {
            proxies: ["127.0.0.1", "10.0.0.0/8"]
                .map(|text| text.parse().unwrap())
                .into(),
            ..Config::default()
        };
        let client = of(&mut request, &config);
        (client, request.headers().is_empty())
    }

    #[track_caller]
    fn check(peer: &str, lines: &[(&str, &str)], address: &str, host: Option<&str>, secure: bool) {
        let (client, _) = client(peer, lines);
        assert_eq!(client.address.unwrap().to_string(), address);
        assert_eq!(client.host.as_deref(), host);
        assert_eq!(client.is_secure, secure);
    }

    #[test]
    fn what_trusted_proxies_say() {
        let element = "for=192.0.2.43;host=shop.example;proto=https";
        let forwarded = [("forwarded", element)];
        check(
            "127.0.0.1",
            &forwarded,
            "192.0.2.43",
            Some("shop.example"),
            true,
        );
        let quoted = [(
            "forwarded",
            "For=\"[2001:db8::17]:4711\", for=10.0.0.7;proto=https",
        )];
        check("127.0.0.1", &quoted, "2001:db8::17", None, true);
        let single = [
            ("x-forwarded-for", "192.0.2.1, 10.1.1.1"),
            ("x-forwarded-host", "shop.example"),
            ("x-forwarded-proto", "https"),
        ];
        check("10.2.2.2", &single, "192.0.2.1", Some("shop.example"), true);
    }

    #[test]
    fn what_is_said_before_a_stranger_is_not_believed() {
        let forged = "for=198.51.100.1;host=evil.example;proto=https, for=192.0.2.43";
        check(
            "127.0.0.1",
            &[("forwarded", forged)],
            "192.0.2.43",
            None,
            false,
        );
        let forged = [
            ("x-forwarded-for", "198.51.100.1, 192.0.2.43"),
            ("x-forwarded-host", "evil.example, shop.example"),
        ];
        check(
            "127.0.0.1",
            &forged,
            "192.0.2.43",
            Some("shop.example"),
            false,
        );
    }

    #[test]
    fn what_strangers_say() {
        let lines = [("x-forwarded-for", "127.0.0.1"), ("forwarded", "host=a")];
        check("192.0.2.1", &lines, "192.0.2.1", None, false);
        assert!(client("192.0.2.1", &lines).1, "nobody reads it");
    }
}
