//! Counts what has come of requests, and keeps what must not.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::Instant;

use super::connection::{Came, Connection};
use super::draw::{Asked, Draw, End};

/// By how much a process may have grown since a tenth of all was asked, in megabytes.
const GROWTH: usize = 16;
/// How many faults are kept.
const KEPT: usize = 20;

/// What has come of requests.
#[derive(Debug)]
pub(super) struct Tally {
    most: usize,
    process: u32,
    start: Instant,
    asked: AtomicUsize,
    /// The size of the process after each tenth but the last, in megabytes.
    sizes: [OnceLock<usize>; 9],
    counts: Mutex<Counts>,
}

/// A connection, and what was asked over it last.
struct Used {
    connection: Connection,
    before: Vec<u8>,
}

impl Used {
    #[track_caller]
    fn open(host: &str) -> Self {
        Self {
            connection: Connection::open(host),
            before: Vec::new(),
        }
    }
}

#[derive(Debug, Default)]
struct Counts {
    statuses: BTreeMap<u16, usize>,
    closed: usize,
    left: usize,
    faults: Vec<String>,
}

impl Tally {
    pub(super) fn new(most: usize, process: u32) -> Self {
        Self {
            most,
            process,
            start: Instant::now(),
            asked: AtomicUsize::new(0),
            sizes: Default::default(),
            counts: Mutex::default(),
        }
    }

    /// Asks, over one connection after the other, until all together have asked enough.
    pub(super) fn ask(&self, mut draw: Draw<'_>, host: &str) {
        let mut connection: Option<Used> = None;
        loop {
            let asked = draw.next();
            let before = self.asked.fetch_add(asked.answers.len(), Ordering::Relaxed);
            if before >= self.most {
                return;
            }
            let tenths = before * 10 / self.most;
            if let Some(size) = tenths.checked_sub(1).and_then(|at| self.sizes.get(at)) {
                size.get_or_init(|| resident(self.process));
            }
            let own = connection.take().unwrap_or_else(|| Used::open(host));
            connection = self.exchange(own, asked);
        }
    }

    /// Sends, and reads all answers; the connection, if it can be used again.
    fn exchange(&self, mut used: Used, asked: Asked) -> Option<Used> {
        let connection = &mut used.connection;
        connection.send(&asked.bytes);
        match asked.end {
            End::Stay => {}
            End::Finish => connection.finish(),
            End::Leave => {
                self.counts().left += 1;
                return None;
            }
        }
        for is_head in &asked.answers {
            let came = connection.answer(*is_head);
            let is_last = !matches!(came, Came::Answer { is_last: false, .. });
            self.note(&asked, came, &used.before);
            if is_last {
                return None;
            }
        }
        let is_whole = asked.is_whole;
        used.before = asked.bytes;
        is_whole.then_some(used)
    }

    fn note(&self, asked: &Asked, came: Came, before: &[u8]) {
        let mut counts = self.counts();
        let fault = match came {
            Came::Answer { status, .. } => {
                *counts.statuses.entry(status).or_default() += 1;
                (status >= 500).then(|| status.to_string())
            }
            Came::Closed => {
                counts.closed += 1;
                asked.is_whole.then(|| "closed without a word".to_owned())
            }
            Came::Wrong(what) => Some(what),
        };
        if let Some(fault) = fault
            && counts.faults.len() < KEPT
        {
            let said = |bytes| String::from_utf8_lossy(bytes).chars().take(3_000).collect();
            let (said, before): (String, String) = (said(&asked.bytes), said(before));
            let fault = format!("{fault}: {said:?}\nafter {before:?}");
            counts.faults.push(fault);
        }
    }

    /// Whether all was as it has to be.
    #[track_caller]
    pub(super) fn check(&self) {
        let counts = self.counts();
        assert!(counts.faults.is_empty(), "{}", counts.faults.join("\n\n"));
        let early = *self.sizes[0].get().expect("a tenth was asked");
        let late = resident(self.process);
        let most = early + GROWTH.max(early / 10);
        assert!(
            late <= most,
            "grown from {early} MB after a tenth to {late} MB"
        );
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.counts.lock().expect("who counts does not panic")
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts();
        let asked = self.asked.load(Ordering::Relaxed);
        let rate = asked as f64 / self.start.elapsed().as_secs_f64();
        writeln!(f, "{asked} requests, {rate:.0} per second")?;
        for (status, count) in &counts.statuses {
            writeln!(f, "    {status}: {count}")?;
        }
        let Counts { closed, left, .. } = &*counts;
        writeln!(f, "    closed: {closed}, left by the client: {left}")?;
        let sizes = self.sizes.iter().filter_map(OnceLock::get);
        let sizes: Vec<String> = sizes.map(usize::to_string).collect();
        let last = resident(self.process);
        write!(f, "    MB after each tenth: {} {last}", sizes.join(" "))
    }
}

/// What a process holds in memory, in megabytes.
fn resident(process: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("the server runs");
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let size = line.and_then(|line| line.split_whitespace().nth(1));
    let kilobytes: usize = size.and_then(|size| size.parse().ok()).expect("a number");
    kilobytes / 1024
}
