//! What a program that keeps running prints: waiting for a line, and the whole for a failed test.

use std::io::{BufRead, BufReader, PipeReader};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// The lines of a program, read by a thread of their own so that the program never waits for us.
#[derive(Debug)]
pub struct Output {
    lines: Receiver<String>,
    all: Arc<Mutex<String>>,
}

impl Output {
    /// Reads until the program, and whatever it started, has closed its side.
    pub fn read(pipe: PipeReader) -> Self {
        let (sender, lines) = mpsc::channel();
        let all = Arc::new(Mutex::new(String::new()));
        let log = Arc::clone(&all);
        thread::spawn(move || {
            for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line).into_owned();
                {
                    let mut log = log.lock().expect("no reader of the log panics");
                    log.push_str(&line);
                    log.push('\n');
                }
                // Nobody waits for a line any more: the log is still kept.
                let _ = sender.send(line);
            }
        });
        Self { lines, all }
    }

    /// The first line from here on in which `find` finds something.
    #[track_caller]
    pub fn wait_for<T>(
        &self,
        what: &str,
        deadline: Duration,
        find: impl Fn(&str) -> Option<T>,
    ) -> T {
        let end = Instant::now() + deadline;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    if let Some(found) = find(&line) {
                        return found;
                    }
                }
                Err(error) => panic!("{what}: {error}; printed so far:\n{}", self.all()),
            }
        }
    }

    /// Everything that was printed so far.
    pub fn all(&self) -> String {
        self.all
            .lock()
            .expect("no writer of the log panics")
            .clone()
    }
}
