//! Connections that are closed by ourselves: nobody uses them, or they are old.

use std::time::Duration;

use deadpool::managed::{self, Metrics};

use super::manager::Manager;
use crate::database::Options;

/// How often is looked for them, at the most and at the least.
const OFTEN: Duration = Duration::from_millis(100);
const SELDOM: Duration = Duration::from_secs(30);

/// How long connections are kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keeping {
    idle: Duration,
    lifetime: Duration,
}

impl Keeping {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            idle: options.idle_timeout,
            lifetime: options.lifetime,
        }
    }

    /// Whether a connection may still be used.
    pub(super) fn keeps(self, metrics: &Metrics) -> bool {
        metrics.age() < self.lifetime
    }

    /// Closes those that nobody uses, as long as the pool is there.
    pub(super) async fn watch(self, pool: managed::WeakPool<Manager>) {
        let pause = (self.idle.min(self.lifetime) / 4).clamp(OFTEN, SELDOM);
        loop {
            tokio::time::sleep(pause).await;
            let Some(pool) = pool.upgrade() else { return };
            pool.retain(|_, metrics| self.keeps(&metrics) && metrics.last_used() < self.idle);
        }
    }
}
