//! Bodies that are JSON: what a handler returns, and what it takes, by the feature `serde`.

use axum::body::Bytes;
use axum::extract::{FromRef, FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use umbel_data::error::{Error, Result};

use super::routing::{Call, FromCall, Pending, Return};
use super::{App, Problem};
use crate::form::FormBody;

/// A body that is JSON: the answer of a handler, or what it takes from a request.
///
/// What cannot be taken is refused as everything else is that a request has wrong: with a page, or with JSON, as it asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => {
                let json = HeaderValue::from_static("application/json");
                ([(header::CONTENT_TYPE, json)], body).into_response()
            }
            Err(error) => {
                let error = format!("the answer cannot be written as JSON: {error}");
                Problem::from(Error::Internal(error)).into_response()
            }
        }
    }
}

impl<T: Serialize> Return for Result<Json<T>> {
    fn pending(future: impl Future<Output = Self> + Send + 'static) -> Pending {
        Return::pending(async move { future.await.map(IntoResponse::into_response) })
    }
}

impl<T: Serialize> Return for Json<T> {
    fn pending(future: impl Future<Output = Self> + Send + 'static) -> Pending {
        Return::pending(async move { future.await.into_response() })
    }
}

impl<S, T> FromRequest<S> for Json<T>
where
    S: Send + Sync,
    App: FromRef<S>,
    T: DeserializeOwned,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let limits = App::from_ref(state).config.limits;
        let (parts, body) = request.into_parts();
        let body = FormBody::body(&parts.headers, body, limits).await?;
        Ok(Self(read(&parts.headers, &body)?))
    }
}

impl<T: DeserializeOwned> FromCall for Json<T> {
    fn take(call: &mut Call) -> Result<Self> {
        read(&call.parts.headers, &call.body).map(Self)
    }
}

/// Reads a body that says of itself that it is JSON. A page of another host could send any other without being asked.
fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T> {
    if !is_json(headers) {
        let message = "This address takes JSON only, as `application/json`".to_owned();
        return Err(Error::BadRequest(message));
    }
    serde_json::from_slice(body).map_err(|error| {
        let message = format!("This is not the JSON that this address takes: {error}");
        Error::BadRequest(message)
    })
}

/// `application/json; charset=utf-8`, `application/merge-patch+json`
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    let subtype = essence.strip_prefix("application/");
    subtype.is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(kind: &'static str) -> HeaderMap {
        let kind = HeaderValue::from_static(kind);
        HeaderMap::from_iter([(header::CONTENT_TYPE, kind)])
    }

    #[test]
    fn bodies() {
        let body = Bytes::from_static(b"[1, 2]");
        for kind in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/vnd.api+json",
        ] {
            assert_eq!(read::<Vec<i32>>(&sent(kind), &body).unwrap(), [1, 2]);
        }
        for kind in ["", "text/plain", "text/json", "application/jsonp"] {
            let refused = read::<Vec<i32>>(&sent(kind), &body).unwrap_err();
            assert!(refused.to_string().contains("takes JSON only"), "{refused}");
        }
        let refused = read::<Vec<bool>>(&sent("application/json"), &body).unwrap_err();
        assert!(matches!(refused, Error::BadRequest(_)), "{refused}");
        assert!(refused.to_string().contains("line 1"), "{refused}");
    }

    #[test]
    fn answers() {
        let answer = Json([1, 2]).into_response();
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/json");
        let keyed = std::collections::BTreeMap::from([((1, 2), 3)]);
        let answer = Json(keyed).into_response();
        assert_eq!(answer.status(), 500);
        assert!(answer.extensions().get::<Problem>().is_some());
    }
}
