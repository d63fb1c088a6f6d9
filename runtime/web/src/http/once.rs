//! Forms that are answered once: who clicks twice, or sends a form anew, comes to what the first sending has made.
//!
//! This process alone remembers them. Of several processes each answers once, and a new process begins anew.

use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tracing::{Instrument, Span};
use umbel_data::error::{Error, Result};

use crate::form::Fingerprint;

/// How many forms are remembered.
const REMEMBERED: usize = 10_000;

/// The forms that were sent, and where each has led to.
#[derive(Debug, Default)]
pub(super) struct Once {
    sent: Mutex<Sent>,
}

#[derive(Debug, Default)]
struct Sent {
    forms: HashMap<Fingerprint, Arc<Outcome>>,
    /// The oldest first.
    order: VecDeque<Fingerprint>,
}

/// Where a form has led to; nothing as long as nothing has come of it. Locked while it is answered.
type Outcome = tokio::sync::Mutex<Option<Done>>;

/// What has come of a form.
#[derive(Debug, Clone)]
enum Done {
    /// It has led to a page.
    Page(HeaderValue),
    /// It has made a row that cannot be seen, as is said.
    Unseen(String),
}

impl Done {
    fn of(answer: &Result<Response>) -> Option<Self> {
        match answer {
            Ok(response) if response.status() == StatusCode::SEE_OTHER => response
                .headers()
                .get(header::LOCATION)
                .cloned()
                .map(Self::Page),
            Err(Error::Unseen(message)) => Some(Self::Unseen(message.clone())),
            _ => None,
        }
    }

    fn answer(self) -> Result<Response> {
        match self {
            Self::Page(location) => {
                Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
            }
            Self::Unseen(message) => Err(Error::Unseen(message)),
        }
    }
}

impl Once {
    /// Answers a form, or leads to where it has led before; at the same time, the second one waits for the first.
    ///
    /// A form that was refused has led nowhere, and may be sent again.
    pub(super) async fn answer<F>(
        &self,
        form: Fingerprint,
        timeout: Duration,
        answer: F,
    ) -> Result<Response>
    where
        F: Future<Output = Result<Response>> + Send + 'static,
    {
        let mut outcome = self.outcome(form).lock_owned().await;
        if let Some(done) = &*outcome {
            return done.clone().answer();
        }
        // The second click hangs up on the first request: what that has begun is finished all the same.
        let finish = async move {
            let answer = tokio::time::timeout(timeout, answer).await;
            let answer = answer.unwrap_or(Err(Error::Timeout));
            *outcome = Done::of(&answer);
            answer
        };
        let finished = tokio::spawn(finish.instrument(Span::current())).await;
        finished.unwrap_or_else(|error| match error.try_into_panic() {
            Ok(panic) => resume(panic),
            Err(_) => Err(Error::Unavailable("the application is stopping".to_owned())),
        })
    }

    fn outcome(&self, form: Fingerprint) -> Arc<Outcome> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(outcome) = sent.forms.get(&form) {
            return Arc::clone(outcome);
        }
        if sent.order.len() >= REMEMBERED
            && let Some(oldest) = sent.order.pop_front()
        {
            sent.forms.remove(&oldest);
        }
        sent.order.push_back(form);
        let outcome = Arc::default();
        sent.forms.insert(form, Arc::clone(&outcome));
        outcome
    }
}

fn resume(panic: Box<dyn Any + Send>) -> Result<Response> {
    resume_unwind(panic)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::http;

    const LONG: Duration = Duration::from_secs(60);

    /// Answers a form, and says how often that was really done.
    async fn send(
        once: &Once,
        form: Fingerprint,
        done: &Arc<AtomicU32>,
        status: StatusCode,
    ) -> Response {
        let done = Arc::clone(done);
        let answer = async move {
            tokio::task::yield_now().await;
            let number = done.fetch_add(1, Ordering::SeqCst);
            Ok(match status {
                StatusCode::SEE_OTHER => http::redirect(&format!("/film/{number}")),
                status => status.into_response(),
            })
        };
        once.answer(form, LONG, answer).await.unwrap()
    }

    #[tokio::test]
    async fn two_at_the_same_time_lead_to_one_row() {
        let (once, done) = (Once::default(), Arc::default());
        let see = StatusCode::SEE_OTHER;
        let (one, other) = tokio::join!(send(&once, 1, &done, see), send(&once, 1, &done, see));
        for response in [one, other] {
            assert_eq!(response.headers()[header::LOCATION], "/film/0");
        }
        let another = send(&once, 2, &done, see).await;
        assert_eq!(another.headers()[header::LOCATION], "/film/1");
    }

    #[tokio::test]
    async fn what_was_refused_may_be_sent_again() {
        let (once, done) = (Once::default(), Arc::default());
        let refused = send(&once, 1, &done, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let saved = send(&once, 1, &done, StatusCode::SEE_OTHER).await;
        assert_eq!(saved.headers()[header::LOCATION], "/film/1");
    }

    #[tokio::test]
    async fn what_was_begun_is_finished_although_nobody_waits_for_it() {
        let (once, done) = (Once::default(), Arc::new(AtomicU32::new(0)));
        let first = send(&once, 1, &done, StatusCode::SEE_OTHER);
        // Polled once, and dropped.
        let _ = tokio::time::timeout(Duration::ZERO, first).await;
        let second = send(&once, 1, &done, StatusCode::SEE_OTHER).await;
        assert_eq!(second.headers()[header::LOCATION], "/film/0");
    }

    #[test]
    fn only_so_many_are_remembered() {
        let once = Once::default();
        for form in 0..REMEMBERED as u128 + 5 {
            once.outcome(form);
        }
        let sent = once.sent.lock().unwrap();
        assert_eq!(
            (sent.forms.len(), sent.order.len()),
            (REMEMBERED, REMEMBERED)
        );
        assert!(!sent.forms.contains_key(&4) && sent.forms.contains_key(&5));
    }
}
