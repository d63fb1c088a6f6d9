//! What every handler of an application shares.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::http::Extensions;
use futures_util::FutureExt;
use umbel_data::database::{Database, Db};

use super::body::Bodies;
use super::identify::{self, Identify};
use super::once::Once;
use super::saved::Saved;
use crate::config::Config;

/// What every handler shares: the database and the configuration. A clone is cheap.
#[derive(Debug, Clone)]
pub struct App {
    /// The database, asked for nobody.
    pub db: Database,
    /// How the application runs.
    pub config: Arc<Config>,
    /// Who finds out who asks; where nobody does, whoever asks is the owner.
    pub(super) accounts: Option<Arc<dyn Identify>>,
    pub(super) bodies: Arc<Bodies>,
    pub(super) once: Arc<Once>,
    pub(super) saved: Arc<Saved>,
}

impl App {
    /// An application over a database.
    pub fn new(db: Database, config: Config) -> Self {
        Self {
            db,
            bodies: Arc::new(Bodies::new(config.limits.bodies)),
            config: Arc::new(config),
            accounts: None,
            once: Arc::default(),
            saved: Arc::default(),
        }
    }

    /// With accounts, of which somebody finds out which one a request comes from.
    #[must_use]
    pub fn with_accounts(self, accounts: Arc<dyn Identify>) -> Self {
        Self {
            accounts: Some(accounts),
            ..self
        }
    }

    /// Runs a task of the application's own beside its pages, until it ends or the server does.
    pub fn spawn(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        tokio::spawn(async move {
            if AssertUnwindSafe(task).catch_unwind().await.is_err() {
                tracing::error!("the task `{name}` panicked, and runs no more");
            }
        });
    }

    /// The database, for whoever has sent a request.
    pub(super) fn asked(&self, request: &Extensions) -> Db {
        Db::new(self.db.clone(), identify::actor_of(request))
    }
}
