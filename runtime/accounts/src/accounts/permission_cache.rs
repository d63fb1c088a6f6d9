//! Who users are and what they may, remembered for some seconds.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use umbel_data::actor;
use umbel_data::database::Executor;
use umbel_data::error::Result;

use crate::store::{self, User};

/// How many users are remembered.
const REMEMBERED: usize = 10_000;

/// Who users are and what they may, remembered for some seconds.
#[derive(Debug)]
pub(super) struct PermissionCache {
    lifetime: Duration,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// How often all was forgotten: what was read before that is not remembered after it.
    generation: u64,
    users: HashMap<i64, (Instant, Arc<actor::User>)>,
}

impl PermissionCache {
    pub(super) fn new(lifetime: Duration) -> Self {
        Self {
            lifetime,
            known: Mutex::default(),
        }
    }

    /// A user with what it may.
    pub(super) async fn actor(
        &self,
        db: &dyn Executor,
        user: &User,
        everyone: [&actor::Permissions; 2],
    ) -> Result<Arc<actor::User>> {
        let generation = match self.find(user) {
            Ok(known) => return Ok(known),
            Err(generation) => generation,
        };
        let mut permissions = store::permissions(db, user.id).await?;
        for others in everyone {
            permissions.include(others);
        }
        let actor = Arc::new(actor::User {
            id: user.id,
            login: user.login.clone(),
            name: user.name.clone(),
            is_staff: user.is_staff,
            permissions,
        });
        self.keep(generation, &actor);
        Ok(actor)
    }

    /// Forgets all.
    pub(super) fn clear(&self) {
        let mut known = self.known();
        known.generation += 1;
        known.users.clear();
    }

    /// The user as it is remembered, if that is still so; else the generation in which it is looked for.
    fn find(&self, user: &User) -> Result<Arc<actor::User>, u64> {
        let known = self.known();
        let found = known.users.get(&user.id);
        let found = found.filter(|(since, known)| {
            since.elapsed() < self.lifetime
                && known.login == user.login
                && known.name == user.name
                && known.is_staff == user.is_staff
                && known.permissions.is_superuser == user.is_superuser
        });
        found
            .map(|(_, known)| Arc::clone(known))
            .ok_or(known.generation)
    }

    fn keep(&self, generation: u64, actor: &Arc<actor::User>) {
        let mut known = self.known();
        if known.generation != generation {
            return;
        }
        if known.users.len() >= REMEMBERED {
            known
                .users
                .retain(|_, (since, _)| since.elapsed() < self.lifetime);
        }
        if known.users.len() < REMEMBERED {
            let entry = (Instant::now(), Arc::clone(actor));
            known.users.insert(actor.id, entry);
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
