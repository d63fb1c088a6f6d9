//! Waiting for something that another process does.

use std::thread;
use std::time::{Duration, Instant};

/// Asks again and again until there is an answer; panics after the deadline, saying what did not happen.
#[track_caller]
pub fn until<T>(what: &str, deadline: Duration, answer: impl FnMut() -> Option<T>) -> T {
    within(deadline, answer).unwrap_or_else(|| panic!("{what}: not within {deadline:?}"))
}

/// Asks again and again until there is an answer, or the deadline has passed.
pub fn within<T>(deadline: Duration, mut answer: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = answer() {
            return Some(answer);
        }
        if start.elapsed() > deadline {
            return None;
        }
        thread::sleep(Duration::from_millis(20));
    }
}
