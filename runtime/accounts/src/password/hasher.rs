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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::password::{Argon2Cost, HashError};

    fn settings(memory: u32) -> Settings {
        Settings {
            argon2: Argon2Cost {
                memory,
                iterations: 2,
                lanes: 1,
            },
            bcrypt_pepper: None,
        }
    }

    #[tokio::test]
    async fn a_flood_of_log_ins() {
        let one = NonZero::<usize>::MIN;
        let hasher = Hasher::with_limits(settings(64), one, Duration::from_millis(1));
        let verify = || hasher.verify("lètmein".to_owned(), None);
        let turn = hasher.turn().await.unwrap();
        for _ in 0..8 {
            assert_eq!(verify().await, Err(HasherError::Busy));
            let hashed = hasher.hash("lètmein".to_owned()).await;
            assert_eq!(hashed, Err(HasherError::Busy));
        }
        drop(turn);
        assert_eq!(verify().await, Ok(Verified::No));
    }

    #[tokio::test]
    async fn the_turns_come_back() {
        let hasher =
            Hasher::with_limits(settings(64), NonZero::<usize>::MIN, Duration::from_secs(60));
        let made = hasher.hash("lètmein".to_owned()).await.unwrap();
        for _ in 0..10 {
            let given_up = hasher.verify("lètmein".to_owned(), Some(made.clone()));
            let _ = tokio::time::timeout(Duration::ZERO, given_up).await;
        }
        let verify =
            |hash: Option<&str>| hasher.verify("lètmein".to_owned(), hash.map(str::to_owned));
        assert_eq!(verify(Some(&made)).await, Ok(Verified::Yes));
        assert_eq!(verify(Some("!")).await, Ok(Verified::No));
        assert_eq!(verify(None).await, Ok(Verified::No));
        assert_eq!(
            verify(Some("nonsense")).await,
            Err(HasherError::Hash(HashError::UnknownKind))
        );
        let long = hasher.verify("x".repeat(1_000_000), Some(made.clone()));
        assert_eq!(long.await, Ok(Verified::No));
    }
}
