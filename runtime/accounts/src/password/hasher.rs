//! Passwords in an application that answers many at once.

use std::num::NonZero;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task;
use tokio::time::timeout;

use super::{HasherError, MAX_BYTES, Settings, Verified, hash, verify, verify_dummy};

/// How long a password waits for its turn.
const WAIT: Duration = Duration::from_secs(5);

/// Hashes and verifies passwords on threads of their own, no more at once than there are cores: whoever floods the page
/// of log-in takes neither the threads of all other pages nor all memory.
#[derive(Debug, Clone)]
pub struct Hasher {
    settings: Arc<Settings>,
    turns: Arc<Semaphore>,
    wait: Duration,
}

impl Hasher {
    /// One that uses every core, and lets a password wait five seconds.
    pub fn new(settings: Settings) -> Self {
        let cores = thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        Self::with_limits(settings, cores, WAIT)
    }

    /// One that works on so many passwords at once, and lets others wait so long.
    pub fn with_limits(settings: Settings, at_once: NonZero<usize>, wait: Duration) -> Self {
        Self {
            settings: Arc::new(settings),
            turns: Arc::new(Semaphore::new(at_once.get())),
            wait,
        }
    }

    /// Hashes a password.
    pub async fn hash(&self, password: String) -> Result<String, HasherError> {
        let settings = Arc::clone(&self.settings);
        let hashed = self.run(move || hash(&password, &settings)).await?;
        Ok(hashed?)
    }

    /// Whether the password is the one that was hashed. Without a hash, which is without an account, it takes as long and
    /// says no.
    pub async fn verify(
        &self,
        password: String,
        hash: Option<String>,
    ) -> Result<Verified, HasherError> {
        // It needs no turn.
        if password.len() > MAX_BYTES {
            return Ok(Verified::No);
        }
        let settings = Arc::clone(&self.settings);
        let verified = self.run(move || match hash {
            Some(hash) => verify(&password, &hash, &settings),
            None => Ok(verify_dummy(&password, &settings)),
        });
        Ok(verified.await??)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HasherError> {
        let turn = self.turn().await?;
        let work = task::spawn_blocking(move || {
            let done = work();
            // A request that is given up does not give up its turn: the thread works on.
            drop(turn);
            done
        });
        work.await.map_err(|_| HasherError::Aborted)
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, HasherError> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        match timeout(self.wait, turn).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) => Err(HasherError::Aborted),
            Err(_) => Err(HasherError::Busy),
        }
    }
}
