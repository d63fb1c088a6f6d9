//! What handlers take from a request; what cannot be taken is answered with a page.

use std::convert::Infallible;

use axum::extract::{FromRef, FromRequest, FromRequestParts, MatchedPath, OriginalUri, Request};
use axum::http::request::Parts;
use umbel_data::actor::Actor;
use umbel_data::database::{Database, Db};
use umbel_data::error::{Error, Result};
use umbel_data::list::List;
use umbel_data::model::{Model, parse_key};

use super::routing::{Call, FromCall};
use super::{App, Problem, identify};
use crate::form::{Filled, Form, FormBody};

/// The names and values of a form.
impl<S> FromRequest<S> for FormBody
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let limits = App::from_ref(state).config.limits;
        let (parts, body) = request.into_parts();
        let body = Self::body(&parts.headers, body, limits).await?;
        Ok(Self::parse(&parts.headers, &body, limits)?)
    }
}

/// A form as it was sent.
impl<S, F> FromRequest<S> for Filled<F>
where
    S: Send + Sync,
    App: FromRef<S>,
    F: Form,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let mut body = FormBody::from_request(request, state).await?;
        Ok(Self::read(&mut body))
    }
}

impl<F: Form> FromCall for Filled<F> {
    fn take(call: &mut Call) -> Result<Self> {
        let taken = Ok(FormBody::default());
        let mut submitted = std::mem::replace(&mut call.form, taken)?;
        Ok(Self::read(&mut submitted))
    }
}

impl FromRequestParts<App> for Db {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(app.asked(&parts.extensions))
    }
}

impl FromCall for Db {
    fn take(call: &mut Call) -> Result<Self> {
        Ok(call.app.asked(&call.parts.extensions))
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(identify::actor_of(&parts.extensions)))
    }
}

impl FromCall for Visitor {
    fn take(call: &mut Call) -> Result<Self> {
        Ok(Self(identify::actor_of(&call.parts.extensions)))
    }
}

impl FromRequestParts<App> for Database {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(app.db.clone())
    }
}

impl FromCall for Database {
    fn take(call: &mut Call) -> Result<Self> {
        Ok(call.app.db.clone())
    }
}

/// Whoever has sent a request.
#[derive(Debug, Clone)]
pub struct Visitor(pub Actor);

/// The key of a row of `M`, from the part of the path that is called `{key}`.
#[derive(Debug, Clone)]
pub struct RowKey<M: Model>(pub M::Key);

impl<S, M> FromRequestParts<S> for RowKey<M>
where
    S: Send + Sync,
    M: Model,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let key = segment(parts, "{key}").ok_or(Error::NotFound)?;
        Ok(Self(parse_key::<M>(key)?))
    }
}

impl<M: Model> FromCall for RowKey<M> {
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

impl<M: Model> FromRequestParts<App> for List<M> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Ok(list(parts, app)?)
    }
}

impl<M: Model> FromCall for List<M> {
    fn take(call: &mut Call) -> Result<Self> {
        list(&call.parts, &call.app)
    }
}

fn list<M: Model>(parts: &Parts, app: &App) -> Result<List<M>> {
    let query = parts.uri.query().unwrap_or_default();
    List::parse_within(query, app.config.limits.of_list())
}
