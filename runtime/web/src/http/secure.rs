//! Headers that keep other sites, and injected markup, from using a page.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Headers that keep other sites, and injected markup, from using a page.
///
/// Who has said that the application is found by `https` alone, has browsers remember that.
pub(super) fn secure(headers: &mut HeaderMap, is_secure: bool) {
    const A_YEAR: HeaderValue = HeaderValue::from_static("max-age=31536000");
    static HEADERS: [(HeaderName, HeaderValue); 8] = [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
                 connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            ),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
        // What is not compressed could have been, had it been larger, or asked for otherwise.
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    headers.reserve(HEADERS.len() + 1);
    for (name, value) in &HEADERS {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    if is_secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, A_YEAR);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_kept_to_where_it_was_said() {
        for is_secure in [true, false] {
            let mut headers = HeaderMap::new();
            secure(&mut headers, is_secure);
            assert_eq!(headers.contains_key("strict-transport-security"), is_secure);
        }
    }

    #[test]
    fn what_an_answer_says_itself_stays() {
        let no_store = HeaderValue::from_static("no-store");
        let mut headers = HeaderMap::from_iter([(header::CACHE_CONTROL, no_store.clone())]);
        secure(&mut headers, false);
        assert_eq!(headers[header::CACHE_CONTROL], no_store);
    }
}
