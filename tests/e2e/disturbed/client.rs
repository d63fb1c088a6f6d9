//! One client: it adds rows, changes and reads them, and remembers what it was told.

use std::time::Instant;

use umbel_tests::html::Page;
use umbel_tests::random::Random;

use super::count::Counts;
use super::exchange::{self, Came, escape};
use super::ledger::{Fate, Row};

/// The table that the clients work on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub(super) path: &'static str,
    /// The column that tells the rows apart, and the one that is changed.
    pub(super) label: &'static str,
    pub(super) text: &'static str,
    /// Further fields of a new row.
    pub(super) others: &'static [(&'static str, &'static str)],
}

/// One client.
#[derive(Debug)]
pub(super) struct Client {
    table: Table,
    number: usize,
    random: Random,
    pub(super) rows: Vec<Row>,
    /// How often it has sent something.
    sent: usize,
}

/// What an answer to a form means.
enum Meaning {
    Saved(String),
    Refused,
    Unknown,
}

impl Client {
    pub(super) fn new(table: Table, number: usize) -> Self {
        Self {
            table,
            number,
            random: Random::new(u64::try_from(number).expect("it is small")),
            rows: Vec::new(),
            sent: 0,
        }
    }

    /// Does one of the things that people do.
    pub(super) fn step(&mut self, address: &str, counts: &mut Counts) {
        let settled = self.rows.iter().rev().filter(|row| row.is_settled());
        let settled: Vec<usize> = settled.take(20).map(|row| self.place(row)).collect();
        match settled.get(self.random.below(settled.len())) {
            Some(&place) if self.random.chance(75) => match self.random.below(4) {
                0 => self.change(place, address, counts),
                1 => self.look(place, address, counts),
                2 => self.list(place, address, counts),
                _ => ready(address, counts),
            },
            _ => self.add(address, counts),
        }
    }

    fn place(&self, row: &Row) -> usize {
        let found = self.rows.iter().position(|known| known.label == row.label);
        found.expect("it is one of ours")
    }

    /// A text that nobody has sent before, so long that soon a page of the database is full.
    fn text(&mut self) -> String {
        self.sent += 1;
        format!("text-{}-{}-{}", self.number, self.sent, "x".repeat(1_500))
    }

    fn add(&mut self, address: &str, counts: &mut Counts) {
        let text = self.text();
        let label = format!("row-{}-{}", self.number, self.sent);
        let Table {
            path,
            label: name,
            text: other,
            others,
        } = self.table;
        let mut fields = vec![(name, label.as_str()), (other, text.as_str())];
        fields.extend(others);
        let came = ask(counts, "add", || exchange::post(address, path, &fields));
        let (fate, path) = match meaning(came, counts) {
            Meaning::Saved(path) => (Fate::Saved, Some(path)),
            Meaning::Refused => (Fate::Refused, None),
            Meaning::Unknown => (Fate::Unknown, None),
        };
        let texts = vec![text];
        self.rows.push(Row {
            label,
            path,
            texts,
            fate,
        });
    }

    fn change(&mut self, place: usize, address: &str, counts: &mut Counts) {
        let path = self.rows[place].path.clone().expect("it was saved");
        let edit = format!("{path}/edit");
        let came = ask(counts, "edit", || exchange::get(address, &edit));
        let Some(page) = self.shown(place, came, counts) else {
            return;
        };
        let mut form = page.form();
        let text = self.text();
        form.set(self.table.text, &text);
        let came = ask(counts, "change", || {
            exchange::post(address, &form.action, &form.sent())
        });
        let row = &mut self.rows[place];
        match meaning(came, counts) {
            Meaning::Saved(_) => row.texts = vec![text],
            Meaning::Refused => {}
            Meaning::Unknown => row.texts.push(text),
        }
    }

    fn look(&mut self, place: usize, address: &str, counts: &mut Counts) {
        let path = self.rows[place].path.clone().expect("it was saved");
        let came = ask(counts, "look", || exchange::get(address, &path));
        self.shown(place, came, counts);
    }

    fn list(&mut self, place: usize, address: &str, counts: &mut Counts) {
        let Table { path, label, .. } = self.table;
        let path = format!("{path}?{label}.is={}", escape(&self.rows[place].label));
        let came = ask(counts, "list", || exchange::get(address, &path));
        if let Some(page) = read(came, counts) {
            let rows = page.rows();
            let words = &self.rows[place].label;
            match rows.len() == 1 && rows[0].iter().any(|cell| cell.contains(words)) {
                true => counts.right += 1,
                false => counts.wrong.push(format!("not the row {words}: {page}")),
            }
        }
    }

    /// A page that shows a row as it was saved.
    fn shown(&self, place: usize, came: Came, counts: &mut Counts) -> Option<Page> {
        let row = &self.rows[place];
        let page = read(came, counts)?;
        if page.html.contains(&row.label) && page.html.contains(&row.texts[0]) {
            counts.right += 1;
            return Some(page);
        }
        counts
            .wrong
            .push(format!("not as it was saved, {row:?}: {page}"));
        None
    }
}

/// Asks whether the application can do its work, which it may not.
fn ready(address: &str, counts: &mut Counts) {
    let came = ask(counts, "ready", || exchange::get(address, "/readyz"));
    match came {
        Came::Answer(page) if page.status == 200 => counts.right += 1,
        Came::Answer(page) if page.status == 503 => counts.refused += 1,
        Came::Answer(page) => counts.wrong.push(page.to_string()),
        Came::Unreached | Came::Cut | Came::Hung => {}
    }
}

/// Asks, and counts what comes.
fn ask(counts: &mut Counts, what: &str, request: impl FnOnce() -> Came) -> Came {
    let start = Instant::now();
    let came = request();
    counts.requests += 1;
    match &came {
        Came::Answer(page) => *counts.statuses.entry(page.status).or_default() += 1,
        Came::Unreached => counts.unreached += 1,
        Came::Cut => counts.cut += 1,
        Came::Hung => counts
            .hung
            .push(format!("{what} for {:?}", start.elapsed())),
    }
    came
}

/// The page, if it is shown now.
fn read(came: Came, counts: &mut Counts) -> Option<Page> {
    match came {
        Came::Answer(page) if page.status == 200 => return Some(page),
        Came::Answer(page) if page.status == 404 => counts.lost.push(page.to_string()),
        // Someone has a lock, the database is gone, or slow.
        Came::Answer(page) if [409, 503, 504].contains(&page.status) => counts.refused += 1,
        Came::Answer(page) => counts.wrong.push(page.to_string()),
        Came::Unreached | Came::Cut | Came::Hung => {}
    }
    None
}

/// What the answer to a form means.
fn meaning(came: Came, counts: &mut Counts) -> Meaning {
    match came {
        Came::Answer(Page {
            status: 303,
            location: Some(path),
            ..
        }) => {
            counts.saved += 1;
            Meaning::Saved(path)
        }
        Came::Answer(page) if [408, 409, 503, 504].contains(&page.status) => {
            let words = page.html.to_lowercase();
            let is_refused =
                words.contains("nothing was saved") || words.contains("nothing was changed");
            match is_refused && !words.contains("is not known") {
                true => {
                    counts.refused += 1;
                    Meaning::Refused
                }
                false => {
                    counts.unknown += 1;
                    Meaning::Unknown
                }
            }
        }
        Came::Answer(page) => {
            counts.wrong.push(page.to_string());
            Meaning::Unknown
        }
        // Nobody has heard of it.
        Came::Unreached => Meaning::Refused,
        Came::Cut | Came::Hung => {
            counts.unknown += 1;
            Meaning::Unknown
        }
    }
}
