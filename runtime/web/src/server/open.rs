//! The connections that are open: how many there may be, which has to make room, and which has taken too long.

use std::collections::BTreeMap;
use std::mem::MaybeUninit;
use std::net::Shutdown;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use socket2::SockRef;
use tokio::net::TcpStream;

use super::connection::{Connection, Phase};
use super::refusal;

/// How many more connections are taken in when all are in use: for those who ask whether the server runs.
const SPARE: usize = 8;
/// How long a connection is waited for before it makes room for another: its request may be on the way.
const YOUNG: Duration = Duration::from_secs(1);
/// How long the threads of the application may show nothing before they count as stuck.
const STUCK: u64 = 5_000;

/// The connections that are open.
#[derive(Debug)]
pub(super) struct Open {
    most: usize,
    /// How long a connection may wait for its request.
    patience: Duration,
    connections: Mutex<Connections>,
    start: Instant,
    /// When the threads of the application last showed that they run, in milliseconds since `start`.
    beat: AtomicU64,
    /// Whether they were asked to show it, and have not yet.
    is_asked: AtomicBool,
}

#[derive(Debug, Default)]
struct Connections {
    next: u64,
    ordinary: BTreeMap<u64, Entry>,
    spare: BTreeMap<u64, Entry>,
}

#[derive(Debug)]
struct Entry {
    connection: Arc<Connection>,
    socket: Arc<TcpStream>,
}

/// Which place there is for a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// As everyone has.
    Ordinary,
    /// All those are taken: it is only told whether the server runs.
    Spare,
}

/// The place of a connection, free again when it is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    open: Arc<Open>,
    id: u64,
    pub(super) connection: Arc<Connection>,
    pub(super) socket: Arc<TcpStream>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut connections = self.open.connections();
        connections.ordinary.remove(&self.id);
        connections.spare.remove(&self.id);
    }
}

impl Open {
    /// None is open; so many may be.
    pub(super) fn new(most: usize, patience: Duration) -> Self {
        Self {
            most,
            patience,
            connections: Mutex::default(),
            start: Instant::now(),
            beat: AtomicU64::new(0),
            is_asked: AtomicBool::new(false),
        }
    }

    /// Finds a place, if there is one. Where all are taken, the connection that has asked nothing for longest makes room.
    pub(super) fn place(&self) -> Option<Place> {
        let (mut connections, latest) = (self.connections(), self.latest());
        let mut has_place = |of: fn(&mut Connections) -> &mut BTreeMap<u64, Entry>, most: usize| {
            let places = of(&mut connections);
            places.len() < most || make_room(places, latest)
        };
        if !self.is_stuck() && has_place(|all| &mut all.ordinary, self.most) {
            return Some(Place::Ordinary);
        }
        has_place(|all| &mut all.spare, SPARE).then_some(Place::Spare)
    }

    /// Lets a connection in, at a place that was found.
    pub(super) fn admit(
        self: &Arc<Self>,
        socket: TcpStream,
        place: Place,
        patience: Duration,
    ) -> Seat {
        let mut connections = self.connections();
        let id = connections.next;
        connections.next += 1;
        let (connection, socket) = (Arc::new(Connection::new(patience)), Arc::new(socket));
        let entry = Entry {
            connection: Arc::clone(&connection),
            socket: Arc::clone(&socket),
        };
        match place {
            Place::Ordinary => connections.ordinary.insert(id, entry),
            Place::Spare => connections.spare.insert(id, entry),
        };
        Seat {
            open: Arc::clone(self),
            id,
            connection,
            socket,
        }
    }

    /// Closes the connection that has asked nothing for longest, if there is one.
    pub(super) fn make_room(&self) -> bool {
        make_room(&mut self.connections().ordinary, self.latest())
    }

    /// When the request of a connection has to have come, if that has already had a while for it.
    fn latest(&self) -> Instant {
        Instant::now() + self.patience.saturating_sub(YOUNG)
    }

    /// Ends the connections that have taken too long, each with a word, if one is due; and where no thread is free, those
    /// that wait for one.
    pub(super) fn sweep(&self) {
        let (connections, is_stuck) = (self.connections(), self.is_stuck());
        for entry in connections.ordinary.values() {
            let seen = entry.connection.see();
            let waits = matches!(seen.phase, Phase::Fresh | Phase::Head | Phase::Body);
            if is_stuck && waits && entry.connection.end(seen) {
                entry.say(refusal::FULL);
                entry.close();
            }
        }
        let all = connections.ordinary.values();
        for entry in all.chain(connections.spare.values()) {
            let seen = entry.connection.see();
            if seen.phase != Phase::Ended && seen.is_overdue() && entry.connection.end(seen) {
                entry.overdue(seen.phase);
            }
        }
    }

    /// Whether to ask the threads of the application for a beat: not while they owe one.
    pub(super) fn wants_beat(&self) -> bool {
        !self.is_asked.swap(true, Ordering::AcqRel)
    }

    /// One of the threads of the application is free.
    pub(super) fn beat(&self) {
        self.beat.store(self.now(), Ordering::Release);
        self.is_asked.store(false, Ordering::Release);
    }

    /// Whether no thread of the application has been free for long.
    pub(super) fn is_stuck(&self) -> bool {
        self.now().saturating_sub(self.beat.load(Ordering::Acquire)) > STUCK
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn connections(&self) -> MutexGuard<'_, Connections> {
        self.connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Closes the connection that has asked nothing for longest, or else the one whose request has been coming for longest.
/// One that has come after `latest` may have its request on the way.
fn make_room(connections: &mut BTreeMap<u64, Entry>, latest: Instant) -> bool {
    let waiting = connections.iter().filter_map(|(id, entry)| {
        let seen = entry.connection.see();
        let rank = match seen.phase {
            Phase::Idle => 0,
            Phase::Fresh if seen.until <= latest => 1,
            Phase::Head | Phase::Closing if seen.until <= latest => 2,
            _ => return None,
        };
        Some((rank, seen, *id))
    });
    let longest = waiting.min_by_key(|(rank, seen, _)| (*rank, seen.until));
    let Some((_, seen, id)) = longest else {
        return false;
    };
    // One that has just begun to ask something is not ended in the middle of it.
    let is_ended = connections
        .get(&id)
        .is_some_and(|entry| entry.connection.end(seen));
    if is_ended && let Some(entry) = connections.remove(&id) {
        entry.close();
    }
    is_ended
}

impl Entry {
    /// Ends a connection that was in this phase for too long.
    fn overdue(&self, phase: Phase) {
        match phase {
            // Nothing was read of what it asks: no thread has come to it in all the time.
            Phase::Fresh | Phase::Idle if self.has_asked() => self.say(refusal::FULL),
            // A browser connects before it knows whether it will ask anything.
            Phase::Fresh | Phase::Idle | Phase::Closing | Phase::Ended => {}
            Phase::Head | Phase::Body => self.say(refusal::SLOW),
            Phase::Work => {
                tracing::error!(
                    "a request computes for longer than it may and never waits: its client was told so, but its thread is \
                     busy until it ends"
                );
                self.say(refusal::COMPUTES);
            }
            Phase::Answer => tracing::debug!("a client takes nothing of its answer"),
        }
        self.close();
    }

    /// Says the last word, past whatever serves the connection.
    fn say(&self, refusal: &refusal::Refusal) {
        // Where the socket takes nothing any more, nobody reads it either.
        let _ = SockRef::from(&*self.socket).send(refusal.answer().as_bytes());
    }

    /// Whether something has come that was not read yet.
    fn has_asked(&self) -> bool {
        let mut first = [MaybeUninit::uninit()];
        let peeked = SockRef::from(&*self.socket).peek(&mut first);
        peeked.is_ok_and(|read| read > 0)
    }

    fn close(&self) {
        // It may be closed already.
        let _ = SockRef::from(&*self.socket).shutdown(Shutdown::Both);
    }
}
