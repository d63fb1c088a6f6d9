//! What handlers take from a request; what cannot be taken is answered with a page.

use axum::extract::{FromRef, FromRequest, FromRequestParts, MatchedPath, OriginalUri, Request};
use axum::http::request::Parts;

use super::App;
use super::routing::{Call, Take};
use crate::db::Database;
use crate::form::{self, Submitted};
use crate::list::List;
use crate::model::{Model, parse_key};
use crate::{Error, Result};

/// A form as it was sent.
#[derive(Debug, Clone)]
pub struct Form<F>(pub F);

impl<S, F> FromRequest<S> for Form<F>
where
    S: Send + Sync,
    App: FromRef<S>,
    F: form::Form,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let limits = App::from_ref(state).config.limits;
        let (parts, body) = request.into_parts();
        let body = Submitted::body(&parts.headers, body, limits).await?;
        let mut submitted = Submitted::parse(&parts.headers, &body, limits)?;
        Ok(Self(F::read(&mut submitted)))
    }
}

impl<F: form::Form> Take for Form<F> {
    fn take(call: &mut Call) -> Result<Self> {
        let taken = Ok(Submitted::default());
        let mut submitted = std::mem::replace(&mut call.form, taken)?;
        Ok(Self(F::read(&mut submitted)))
    }
}

impl<S> FromRequestParts<S> for Database
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Error;

    async fn from_request_parts(_: &mut Parts, state: &S) -> Result<Self> {
        Ok(App::from_ref(state).db)
    }
}

impl Take for Database {
    fn take(call: &mut Call) -> Result<Self> {
        Ok(call.app.db.clone())
    }
}

/// The key of a row of `M`, from the part of the path that is called `{key}`.
#[derive(Debug, Clone)]
pub struct Key<M: Model>(pub M::Key);

impl<S, M> FromRequestParts<S> for Key<M>
where
    S: Send + Sync,
    M: Model,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let key = segment(parts, "{key}").ok_or(Error::NotFound)?;
        parse_key::<M>(key).map(Self)
    }
}

impl<M: Model> Take for Key<M> {
    fn take(call: &mut Call) -> Result<Self> {
        let key = segment(&call.parts, "{key}").ok_or(Error::NotFound)?;
        parse_key::<M>(key).map(Self)
    }
}

/// The part of the path that a route calls `name`, still percent-encoded: `%2C` within a column of a
/// key is not the comma between two columns.
fn segment<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    let route = parts.extensions.get::<MatchedPath>()?;
    let at = route.as_str().split('/').position(|part| part == name)?;
    let original = parts.extensions.get::<OriginalUri>();
    let path = original.map_or(parts.uri.path(), |original| original.path());
    path.split('/').nth(at)
}

impl<S, M> FromRequestParts<S> for List<M>
where
    S: Send + Sync,
    App: FromRef<S>,
    M: Model,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let limits = App::from_ref(state).config.limits;
        Self::parse_within(parts.uri.query().unwrap_or_default(), limits)
    }
}

impl<M: Model> Take for List<M> {
    fn take(call: &mut Call) -> Result<Self> {
        let limits = call.app.config.limits;
        Self::parse_within(call.parts.uri.query().unwrap_or_default(), limits)
    }
}
