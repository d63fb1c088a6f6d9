//! Who asks, for all that is done and shown in answer.

mod access;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use umbel_data::actor::Actor;

pub use access::Access;

use crate::config::Limits;

/// Who may open the pages of an application, by their paths.
pub(crate) type Openings = Arc<HashMap<String, Access>>;

tokio::task_local! {
    static ANSWER: Answering;
}

/// What rendering an answer depends on besides what is rendered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answering {
    /// The limits of the application.
    limits: Limits,
    /// Who asks, once that is known.
    visit: Arc<OnceLock<Visit>>,
}

/// Who asks, and what the application has to offer.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) actor: Actor,
    pub(crate) openings: Openings,
}

impl Answering {
    /// An answer of an application with these limits, to somebody if it is known from the start who that is.
    pub(crate) fn new(limits: Limits, visit: Option<Visit>) -> Self {
        let visit = visit.map_or_else(OnceLock::new, OnceLock::from);
        Self {
            limits,
            visit: Arc::new(visit),
        }
    }

    /// The answer in the making; without one, an answer to nobody.
    pub(crate) fn current() -> Self {
        ANSWER.try_with(Clone::clone).unwrap_or_default()
    }

    /// The limits of the answer in the making.
    pub(crate) fn limits() -> Limits {
        let limits = ANSWER.try_with(|answer| answer.limits);
        limits.unwrap_or_default()
    }

    /// Notes who asks.
    pub(crate) fn visited(visit: Visit) {
        // Outside of a request nobody is answered.
        let _ = ANSWER.try_with(|answer| answer.visit.set(visit));
    }

    /// Makes an answer.
    pub(crate) async fn make<F: Future>(self, answer: F) -> F::Output {
        ANSWER.scope(self, answer).await
    }
}

/// For whom the page is that is being rendered.
pub fn actor() -> Actor {
    let of = |answer: &Answering| answer.visit.get().map(|visit| visit.actor.clone());
    ANSWER
        .try_with(of)
        .ok()
        .flatten()
        .unwrap_or_else(Actor::nobody)
}

/// Whether whoever asks may open a page of this application, by the path of its route: `/film/{key}/edit`.
pub fn opens(path: &str) -> bool {
    let of = |answer: &Answering| {
        answer.visit.get().is_some_and(|visit| {
            let access = visit.openings.get(path);
            access.is_some_and(|access| access.is_for(&visit.actor))
        })
    };
    ANSWER.try_with(of).unwrap_or(false)
}
