//! Work on a thread that may wait, stopped where it takes too long or nobody waits for it any more.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, InterruptHandle};

use crate::database::Failure;
use crate::error::Error;

/// What stops the statements of one piece of work, as long as it has its connection.
#[derive(Clone, Default)]
pub(super) struct Interrupt(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// While the work has its connection.
    handle: Option<InterruptHandle>,
    /// Whether it is to stop, even before it has begun.
    stopped: bool,
}

impl Interrupt {
    /// From now on, the work has the connection; `false` if nobody waits for it any more.
    pub(super) fn on(&self, connection: &Connection) -> bool {
        let mut state = self.state();
        state.handle = Some(connection.get_interrupt_handle());
        !state.stopped
    }

    /// From now on, others may have it.
    pub(super) fn off(&self) {
        self.state().handle = None;
    }

    fn stop(&self) {
        let mut state = self.state();
        state.stopped = true;
        if let Some(handle) = &state.handle {
            handle.interrupt();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stops the work when it is dropped: an answer that nobody waits for is not worked on.
pub(super) struct Guard(pub(super) Interrupt);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Runs work that waits, no longer than allowed.
pub(super) async fn work<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce(Interrupt) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let interrupt = Interrupt::default();
    let guard = Guard(interrupt.clone());
    let mut task = tokio::task::spawn_blocking(move || work(interrupt));
    let done = match tokio::time::timeout(limit, &mut task).await {
        Ok(done) => done,
        Err(_) => {
            guard.0.stop();
            task.await
        }
    };
    done.unwrap_or_else(|error| {
        Err(Error::Internal(format!("a statement did not come to its end: {error}")).into())
    })
}
