//! The clients at work while one disturbance after the other happens, and what each has led to.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use umbel_tests::wait;

use super::client::{Client, Table};
use super::count::Counts;
use super::ledger;

const CLIENTS: usize = 8;
/// How long it may take until something has shown, or is over.
const PATIENCE: Duration = Duration::from_secs(60);

/// The clients, what has come of their requests since the last disturbance, and where they ask.
#[derive(Debug)]
pub(super) struct Load {
    clients: Vec<Mutex<Client>>,
    counts: Mutex<Counts>,
    address: RwLock<String>,
    /// Held by each client for a step; whoever has it alone finds them all at rest.
    at_work: RwLock<()>,
    is_over: AtomicBool,
}

/// What happens, and what it may lead to.
pub(super) struct Disturbance<'a> {
    pub(super) name: &'a str,
    /// Whether requests may be left without an answer, because the application itself is gone or short of descriptors.
    pub(super) may_cut: bool,
    /// Begins it, waits until it has shown, and ends it.
    pub(super) happen: &'a mut dyn FnMut(&Load),
    /// The rows that the database holds, a line `label|text` for each.
    pub(super) held: &'a dyn Fn() -> String,
}

impl Load {
    pub(super) fn new(table: Table, address: &str) -> Self {
        let clients = (0..CLIENTS).map(|number| Mutex::new(Client::new(table, number)));
        Self {
            clients: clients.collect(),
            counts: Mutex::default(),
            address: RwLock::new(address.to_owned()),
            at_work: RwLock::new(()),
            is_over: AtomicBool::new(false),
        }
    }

    /// Works as long as something else is done; a client whose step panics ends it.
    pub(super) fn during<T>(&self, work: impl FnOnce(&Self) -> T) -> T {
        thread::scope(|scope| {
            let end = End(&self.is_over);
            for client in &self.clients {
                scope.spawn(|| {
                    let _end = End(&self.is_over);
                    while !self.is_over.load(Ordering::Relaxed) {
                        self.step(client);
                    }
                });
            }
            let done = work(self);
            drop(end);
            done
        })
    }

    fn step(&self, client: &Mutex<Client>) {
        let _working = self.at_work.read().unwrap_or_else(PoisonError::into_inner);
        let address = self.address.read().expect("nobody panics with it").clone();
        let mut counts = Counts::default();
        lock(client).step(&address, &mut counts);
        self.counts().add(counts);
    }

    /// From now on the application listens elsewhere.
    pub(super) fn moved(&self, address: &str) {
        address.clone_into(&mut self.address.write().expect("nobody panics with it"));
    }

    /// Where the application listens.
    pub(super) fn address(&self) -> String {
        self.address.read().expect("nobody panics with it").clone()
    }

    /// Waits until so much more has been counted.
    #[track_caller]
    pub(super) fn until_more(&self, what: &str, number: usize, of: fn(&Counts) -> usize) {
        let before = of(&self.counts());
        wait::until(what, PATIENCE, || {
            assert!(
                !self.is_over.load(Ordering::Relaxed),
                "a client has panicked"
            );
            (of(&self.counts()) >= before + number).then_some(())
        });
    }

    /// Lets something happen to clients that are at work, and compares what they were told with what is there.
    #[track_caller]
    pub(super) fn suffer(&self, disturbance: Disturbance<'_>) {
        let Disturbance {
            name,
            may_cut,
            happen,
            held,
        } = disturbance;
        self.until_more("all goes well before", 3 * CLIENTS, |counts| counts.saved);
        *self.counts() = Counts::default();
        happen(self);
        // Nobody helps: the application finds its way back by itself.
        self.until_more("all goes well again", 3 * CLIENTS, |counts| counts.saved);
        let _all_at_rest = self.at_work.write().unwrap_or_else(PoisonError::into_inner);
        let clients: Vec<_> = self.clients.iter().map(lock).collect();
        let rows = clients.iter().flat_map(|client| &client.rows);
        let verdict = ledger::compare(rows, &held());
        let mut counts = self.counts();
        counts.lost.extend(verdict.lost);
        counts.wrong.extend(verdict.wrong);
        eprintln!("{name}: {counts}");
        counts.check(name, may_cut);
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        lock(&self.counts)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says that it is over when it is dropped, also by a panic.
struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
