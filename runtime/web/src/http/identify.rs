//! Who has sent a request.

use std::fmt;

use axum::extract::Request;
use axum::http::Extensions;
use umbel_data::actor::Actor;
use umbel_data::database::BoxFuture;

use super::Problem;

/// Finds out who sends a request.
pub trait Identify: fmt::Debug + Send + Sync {
    /// Who sends a request, by what it shows.
    ///
    /// # Errors
    /// If it shows what is no proof, where nothing would have done.
    fn identify<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<Actor, Problem>>;
}

/// Who has sent a request; nobody, where no layer has found that out.
pub(super) fn actor_of(request: &Extensions) -> Actor {
    let actor = request.get::<Actor>();
    actor.cloned().unwrap_or_else(Actor::nobody)
}
