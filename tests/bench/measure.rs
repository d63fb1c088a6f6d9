//! Time and memory of a process.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a command took from start to end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) time: Duration,
    /// The most memory that was resident at once, in bytes; for the process alone, not for what it starts.
    pub(crate) peak: u64,
}

/// Runs a command to its successful end.
pub(crate) fn cost(command: &mut Command) -> Cost {
    let start = Instant::now();
    let mut process = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut peak = 0;
    let status = loop {
        // The kernel keeps the high-water mark: only growth within the last millisecond can be missed.
        peak = peak_memory(process.id()).unwrap_or(peak);
        if let Some(status) = process.try_wait().expect("the process is our child") {
            break status;
        }
        thread::sleep(Duration::from_millis(1));
    };
    let time = start.elapsed();
    assert!(status.success(), "{command:?}: {status}");
    Cost { time, peak }
}

/// The memory that a process holds now, in bytes.
pub(crate) fn resident_memory(process: u32) -> Option<u64> {
    status(process, "VmRSS:")
}

/// The most memory that a process has held so far, in bytes.
pub(crate) fn peak_memory(process: u32) -> Option<u64> {
    status(process, "VmHWM:")
}

/// The time that processors have spent on a process so far.
pub(crate) fn processor_time(process: u32) -> Option<Duration> {
    // The kernel counts in hundredths of a second, behind the name in brackets.
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.map(|field| field.parse::<u64>().unwrap_or(0)).sum();
    Some(Duration::from_millis(ticks * 10))
}

/// The middle of some figures.
pub(crate) fn median<T: Copy + PartialOrd>(figures: &[T]) -> T {
    let mut figures = figures.to_vec();
    figures.sort_by(|a, b| a.partial_cmp(b).expect("figures are numbers"));
    figures[figures.len() / 2]
}

/// `18.4 MB`
pub(crate) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// `0.82 s`
pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// `VmRSS:     1234 kB` → 1263616
fn status(process: u32, field: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = status.lines().find_map(|line| line.strip_prefix(field))?;
    let kilobytes: u64 = value.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1024)
}
