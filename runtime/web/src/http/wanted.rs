//! In which form a client wants to be answered.

use axum::http::{HeaderMap, header};

/// In which form a client wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Page,
    Json,
    Text,
}

impl Wanted {
    /// What the `Accept` of a request likes best; of what it likes alike, what it names first.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(header::ACCEPT).into_iter();
        let lines = lines.filter_map(|line| line.to_str().ok());
        let ranges = lines.flat_map(|line| line.split(',')).filter_map(range);
        let mut best: Option<(Self, f32)> = None;
        for (wanted, weight) in ranges {
            if weight > best.map_or(0.0, |(_, weight)| weight) {
                best = Some((wanted, weight));
            }
        }
        best.map_or(Self::Page, |(wanted, _)| wanted)
    }
}

/// `application/json;q=0.9`
fn range(text: &str) -> Option<(Wanted, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let wanted = match parts.next()?.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" | "text/*" | "*/*" => Wanted::Page,
        "application/json" | "application/problem+json" | "application/*" => Wanted::Json,
        "text/plain" => Wanted::Text,
        _ => return None,
    };
    let weight = parts.find_map(|part| part.strip_prefix("q="));
    Some((
        wanted,
        weight.map_or(Some(1.0), |weight| weight.parse().ok())?,
    ))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn what_is_liked_best() {
        let check = |accept: &str, expect: Wanted| {
            let accept = HeaderValue::try_from(accept).unwrap();
            let headers = HeaderMap::from_iter([(header::ACCEPT, accept)]);
            assert_eq!(Wanted::of(&headers), expect);
        };
        check("text/html,application/xhtml+xml,*/*;q=0.8", Wanted::Page);
        check("*/*", Wanted::Page);
        check("application/json, text/plain, */*", Wanted::Json);
        check("text/html;q=0.5, application/json", Wanted::Json);
        check("application/json;q=0, text/plain;q=0.1", Wanted::Text);
        check("image/png", Wanted::Page);
        check("application/json;q=x", Wanted::Page);
        assert_eq!(Wanted::of(&HeaderMap::new()), Wanted::Page);
    }
}
