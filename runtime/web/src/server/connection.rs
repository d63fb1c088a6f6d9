//! One connection: what it is doing, and until when it may.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Who has connected; an extension of each request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// One connection: what it is doing, and until when it may.
#[derive(Debug)]
pub(crate) struct Connection {
    /// The phase in the upper bits, below it the end of it in milliseconds since `start`: both change at once.
    state: AtomicU64,
    start: Instant,
    /// Whether the answer has been handed over as a whole.
    is_answered: AtomicBool,
}

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Nothing has come of it yet.
    Fresh,
    /// It asks nothing, after a request that was answered.
    Idle,
    /// The head of a request is coming.
    Head,
    /// The body of a request is coming.
    Body,
    /// A handler makes the answer.
    Work,
    /// The answer is being sent.
    Answer,
    /// All is said, and the client may still be sending.
    Closing,
    /// It was ended from outside.
    Ended,
}

/// What a connection was seen to be doing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    state: u64,
    pub(super) phase: Phase,
    pub(super) until: Instant,
}

impl Seen {
    /// Whether it has lasted too long.
    pub(super) fn is_overdue(&self) -> bool {
        Instant::now() > self.until
    }
}

const PHASES: [Phase; 8] = [
    Phase::Fresh,
    Phase::Idle,
    Phase::Head,
    Phase::Body,
    Phase::Work,
    Phase::Answer,
    Phase::Closing,
    Phase::Ended,
];
const BITS: u32 = 56;

impl Connection {
    /// A connection of which nothing has come yet.
    pub(crate) fn new(patience: Duration) -> Self {
        let connection = Self {
            state: AtomicU64::new(0),
            start: Instant::now(),
            is_answered: AtomicBool::new(false),
        };
        connection.enter(Phase::Fresh, patience);
        connection
    }

    /// Begins a phase; of no effect on a connection that was ended.
    pub(crate) fn enter(&self, phase: Phase, patience: Duration) {
        self.change(|now| (now != Phase::Ended).then_some((phase, patience)));
    }

    /// Gives the phase that a connection is in more time, or begins another one, if it is in one of these.
    pub(crate) fn enter_from(&self, from: &[Phase], phase: Phase, patience: Duration) {
        self.change(|now| from.contains(&now).then_some((phase, patience)));
    }

    /// Ends a connection that is still as it was seen to be: who ends it, has the last word.
    pub(super) fn end(&self, seen: Seen) -> bool {
        let ended = pack(Phase::Ended, 0);
        self.state
            .compare_exchange(seen.state, ended, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
    }

    /// What it is doing now.
    pub(super) fn see(&self) -> Seen {
        let state = self.state.load(Ordering::Acquire);
        let (phase, until) = read(state);
        Seen {
            state,
            phase,
            until: self.start + Duration::from_millis(until),
        }
    }

    /// A request has come; its answer has not been handed over.
    pub(super) fn begin(&self, patience: Duration) {
        self.is_answered.store(false, Ordering::Release);
        self.enter(Phase::Body, patience);
    }

    /// The answer has been handed over as a whole, and waits to be sent.
    pub(super) fn answered(&self) {
        self.is_answered.store(true, Ordering::Release);
    }

    pub(super) fn is_answered(&self) -> bool {
        self.is_answered.load(Ordering::Acquire)
    }

    fn change(&self, to: impl Fn(Phase) -> Option<(Phase, Duration)>) {
        let now = self.now();
        // Whoever else changes it meanwhile is looked at anew.
        let _ = self
            .state
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |state| {
                let (phase, patience) = to(read(state).0)?;
                Some(pack(phase, now.saturating_add(milliseconds(patience))))
            });
    }

    fn now(&self) -> u64 {
        milliseconds(self.start.elapsed())
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn pack(phase: Phase, until: u64) -> u64 {
    (phase as u64) << BITS | until.min((1 << BITS) - 1)
}

fn read(state: u64) -> (Phase, u64) {
    let phase = usize::try_from(state >> BITS).unwrap_or_default();
    let phase = PHASES.get(phase).copied().unwrap_or(Phase::Ended);
    (phase, state & ((1 << BITS) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn phases_and_their_ends() {
        let connection = Connection::new(LONG);
        let see = || (connection.see().phase, connection.see().is_overdue());
        assert_eq!(see(), (Phase::Fresh, false));
        connection.enter(Phase::Work, Duration::ZERO);
        std::thread::sleep(Duration::from_millis(2));
        assert_eq!(see(), (Phase::Work, true));
        connection.enter_from(&[Phase::Fresh], Phase::Head, LONG);
        assert_eq!(see().0, Phase::Work);
        connection.enter_from(&[Phase::Work], Phase::Answer, LONG);
        assert_eq!(see(), (Phase::Answer, false));
    }

    #[test]
    fn what_was_ended_stays_so() {
        let connection = Connection::new(LONG);
        let fresh = connection.see();
        connection.enter(Phase::Work, LONG);
        assert!(!connection.end(fresh));
        assert!(connection.end(connection.see()));
        connection.enter(Phase::Answer, LONG);
        assert_eq!(connection.see().phase, Phase::Ended);
    }
}
