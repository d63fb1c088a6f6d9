//! Why a request was not answered as it asked, in words for a page.

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use umbel_data::error::Error;

/// Why a request was not answered as it asked, in words for a page.
///
/// As a response it has a status and no body: the layers around every handler ask the application
/// for the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The status of the answer.
    pub status: StatusCode,
    /// What happened, in a few words.
    pub title: Cow<'static, str>,
    /// What happened, in a sentence.
    pub sentence: String,
    /// What to do about it.
    pub hint: Cow<'static, str>,
    /// After how many seconds it is worth trying again.
    pub retry_after: Option<u16>,
    /// The request's id in the log.
    pub request_id: String,
}

impl Problem {
    /// A problem with a status.
    pub fn new(
        status: StatusCode,
        title: &'static str,
        sentence: impl Into<String>,
        hint: &'static str,
    ) -> Self {
        Self {
            status,
            title: Cow::Borrowed(title),
            sentence: sentence.into(),
            hint: Cow::Borrowed(hint),
            retry_after: None,
            request_id: String::new(),
        }
    }

    /// What is said when a status comes without words.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Self::new(
                status,
                "Not possible here",
                "This address does not take that kind of request.",
                "Open it as a page, or go back and use the form.",
            ),
            _ if status.is_server_error() => internal(),
            _ => Self::new(
                status,
                "This did not work",
                "The request could not be answered.",
                BACK,
            ),
        }
    }

    /// What was saved is not to be seen: no problem, but there is no other page for it.
    pub(super) fn saved(message: &str) -> Self {
        Self::new(
            StatusCode::OK,
            "Saved",
            sentence(message),
            "Go on with one of the tables.",
        )
    }

    pub(super) fn panicked() -> Self {
        internal()
    }

    pub(super) fn timed_out() -> Self {
        Self::from(Error::Timeout)
    }
}

const BACK: &str = "Go back and try again.";

fn not_found() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "Not found",
        "There is nothing at this address. What was here may have been deleted, or the address has a typing error.",
        "Look for it in one of the tables.",
    )
}

fn internal() -> Problem {
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong",
        "The application could not finish this request. It is not your fault.",
        "Try again. If it happens again, give the request's id to whoever looks after this application: the log says more.",
    )
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => not_found(),
            Error::BadRequest(message) => Self::new(
                StatusCode::BAD_REQUEST,
                "The request cannot be understood",
                sentence(&message),
                "Check the address, or go back and try again.",
            ),
            Error::TooLarge(message) => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "Too large",
                sentence(&message),
                "Send less at once, or a smaller file.",
            ),
            Error::UrlTooLong(message) => Self::new(
                StatusCode::URI_TOO_LONG,
                "Too much at once",
                sentence(&message),
                "Ask for less: take filters away, or shorten them.",
            ),
            Error::Invalid(errors) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "There is a problem",
                errors
                    .iter()
                    .map(|(_, text)| sentence(text))
                    .collect::<Vec<_>>()
                    .join(" "),
                "Go back and correct it.",
            ),
            Error::Conflict(message) => Self::new(
                StatusCode::CONFLICT,
                "Not possible now",
                sentence(&message),
                "Go back, look at it again, and then decide.",
            ),
            Error::Forbidden(message) => Self::new(
                StatusCode::FORBIDDEN,
                "Not allowed",
                sentence(&message),
                "Ask whoever looks after this application for the permission.",
            ),
            Error::Unavailable(detail) => {
                tracing::error!(detail, "the database cannot be reached");
                Self {
                    retry_after: Some(5),
                    ..Self::new(
                        StatusCode::SERVICE_UNAVAILABLE,
                        "The database cannot be reached",
                        "The application is running, but its database does not answer. Nothing was changed.",
                        "Try again in a few seconds.",
                    )
                }
            }
            Error::Unfilled => Self::new(
                StatusCode::CONFLICT,
                "Not filled yet",
                "This materialized view has not been filled yet.",
                "REFRESH MATERIALIZED VIEW fills it.",
            ),
            Error::Drifted(detail) => {
                tracing::error!(
                    detail,
                    "the database has changed since this application was made"
                );
                Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "The database has changed",
                    "This page needs a table or a column that the database no longer has. The other pages work.",
                    "Whoever looks after this application can bring it up to date; the log says what is missing.",
                )
            }
            Error::Timeout => Self {
                retry_after: Some(5),
                ..Self::new(
                    StatusCode::GATEWAY_TIMEOUT,
                    "This took too long",
                    "The database needed longer than it is given. The request was stopped.",
                    "Narrow it down with a filter, or sort by a column that has an index; else try again later.",
                )
            },
            Error::Exhausted(why) => {
                tracing::error!(why, "the database lacks the means for a request");
                Self {
                    retry_after: Some(30),
                    ..Self::new(
                        StatusCode::SERVICE_UNAVAILABLE,
                        "The database cannot do this now",
                        sentence(&format!("{why}: nothing was changed")),
                        "Try again later, or ask for less at once.",
                    )
                }
            }
            Error::Function(detail) => {
                tracing::error!(detail, "a function of the database failed");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "The database failed at this",
                    "A view, a trigger or a function of the database failed. It is not your fault, and nothing was changed.",
                    "Give the request's id to whoever looks after this application: the log says more.",
                )
            }
            Error::Unseen(message) => Self::saved(&message),
            Error::Database(detail) | Error::Internal(detail) => {
                tracing::error!(detail, "a request failed");
                internal()
            }
        }
    }
}

/// A message with a capital letter and a full stop.
fn sentence(message: &str) -> String {
    let message = message.trim();
    let mut letters = message.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let stop = if message.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{}{}{stop}", first.to_uppercase(), letters.as_str())
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use umbel_data::error::FieldErrors;

    use super::*;

    #[test]
    fn every_error_has_its_status() {
        let check = |error, status: u16| assert_eq!(Problem::from(error).status, status);
        check(Error::NotFound, 404);
        check(Error::BadRequest(String::new()), 400);
        check(Error::TooLarge(String::new()), 413);
        check(Error::UrlTooLong(String::new()), 414);
        check(FieldErrors::at("a", "b").into(), 422);
        check(Error::Conflict(String::new()), 409);
        check(Error::Forbidden(String::new()), 403);
        check(Error::Unavailable(String::new()), 503);
        check(Error::Drifted(String::new()), 503);
        check(Error::Timeout, 504);
        check(Error::Exhausted("its disk is full"), 503);
        check(Error::Function(String::new()), 500);
        check(Error::Unseen(String::new()), 200);
        check(Error::Internal(String::new()), 500);
    }

    #[test]
    fn what_the_database_says_stays_in_the_log() {
        let problem = Problem::from(Error::Database("secret".to_owned()));
        assert!(!format!("{problem:?}").contains("secret"));
        let problem = Problem::from(Error::Function("secret".to_owned()));
        assert!(!format!("{problem:?}").contains("secret"));
    }

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("no column `x`"), "No column `x`.");
        assert_eq!(sentence("Done!"), "Done!");
        assert_eq!(sentence(""), "");
    }
}
