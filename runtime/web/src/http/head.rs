//! Limits of the head of a request: its address and its headers.

use axum::http::{HeaderMap, StatusCode, Uri};
use umbel_data::error::Error;

use super::Problem;
use crate::config::Limits;

/// Refuses a head that is larger than it may be.
///
/// # Errors
/// 414 for an address, 431 for headers.
pub(super) fn check(uri: &Uri, headers: &HeaderMap, limits: Limits) -> Result<(), Problem> {
    let url = uri.path().len() + uri.query().map_or(0, |query| query.len() + 1);
    if url > limits.url {
        return Err(Problem::from(Error::UrlTooLong(format!(
            "An address may have at most {}",
            umbel_data::text::size(limits.url)
        ))));
    }
    // As they are sent: `name: value`, and the end of the line.
    let lines = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4);
    match lines.sum::<usize>() > limits.headers {
        true => Err(Problem::new(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "Too many headers",
            format!(
                "What the browser sends along with each request may have at most {}.",
                umbel_data::text::size(limits.headers)
            ),
            "Delete the cookies of this site, and try again.",
        )),
        false => Ok(()),
    }
}
