//! Statements that the driver prepares once and runs often, on a server of which each transaction may see another one.
//!
//! The driver's statements have names. Of these the server learns nothing: their texts are kept here, and each time that
//! one runs its text goes before it, so that what the driver sends as
//!
//! ```text
//! Bind(s1, …) Execute Sync
//! ```
//!
//! leaves as
//!
//! ```text
//! Parse("", text, types) Bind("", …) Describe(portal) Execute Sync
//! ```
//!
//! in one way to the server and back. The answers to what was put in are taken out again. A statement whose columns have
//! other types than the driver knows is answered as a server does that has prepared it: its plan is stale.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};

use super::frames::{Frames, Handling, Piece, Queue, name, write};

/// The statements of a line, and what is under way.
#[derive(Debug)]
pub(super) struct Nameless {
    /// What goes to the server.
    pub(super) sending: Queue,
    /// What goes to the driver.
    pub(super) heard: Queue,
    said: Frames,
    hearing: Frames,
    /// By the names that the driver has for them.
    statements: HashMap<Vec<u8>, Prepared>,
    /// What the server has to answer, up to each time that it gets ready; the last one is not complete yet.
    rounds: VecDeque<VecDeque<Expected>>,
}

/// A statement that the driver believes the server to know.
#[derive(Debug)]
struct Prepared {
    /// With the zero that ends it.
    text: Vec<u8>,
    /// The types of its parameters: their number, then each.
    types: Vec<u8>,
    /// The types of its columns, once they are known.
    columns: Option<Vec<u32>>,
}

/// An answer that is on its way.
#[derive(Debug)]
enum Expected {
    /// To a text.
    Parsed { is_ours: bool },
    /// To the question what a statement takes and gives, by its name; none where it is not kept here.
    Described(Option<Vec<u8>>),
    /// To our own question what a statement gives.
    Checked(Vec<u8>),
}

impl Default for Nameless {
    fn default() -> Self {
        Self {
            sending: Queue::default(),
            heard: Queue::default(),
            said: Frames::default(),
            hearing: Frames::default(),
            statements: HashMap::new(),
            rounds: VecDeque::from([VecDeque::new()]),
        }
    }
}

impl Nameless {
    /// Takes what the driver says.
    pub(super) fn say(&mut self, bytes: &[u8]) {
        let handling = |kind| match kind {
            b'P' | b'B' | b'C' | b'D' => Handling::Keep,
            _ => Handling::Pass,
        };
        let mut frames = std::mem::take(&mut self.said);
        frames.take(bytes, handling, |piece| match piece {
            Piece::Head(kind, head) => {
                self.sending.bytes.extend_from_slice(head);
                if matches!(kind, b'S' | b'Q') {
                    self.rounds.push_back(VecDeque::new());
                }
            }
            Piece::Body(body) => self.sending.bytes.extend_from_slice(body),
            Piece::Whole(kind, body) => match kind {
                b'P' => self.parse(body),
                b'B' => self.bind(body),
                b'D' => self.describe(body),
                _ => self.close(body),
            },
        });
        self.said = frames;
    }

    fn parse(&mut self, body: &[u8]) {
        let (statement, rest) = name(body);
        if !statement.is_empty() {
            let (_, types) = name(rest);
            let prepared = Prepared {
                text: rest[..rest.len() - types.len()].to_vec(),
                types: types.to_vec(),
                columns: None,
            };
            self.statements.insert(statement.to_vec(), prepared);
        }
        self.expect(Expected::Parsed { is_ours: false });
        write(b'P', &[b"\0", rest], &mut self.sending.bytes);
    }

    fn bind(&mut self, body: &[u8]) {
        let (portal, rest) = name(body);
        let (statement, values) = name(rest);
        let Some(prepared) = self.statements.get(statement) else {
            write(b'B', &[body], &mut self.sending.bytes);
            return;
        };
        let out = &mut self.sending.bytes;
        write(b'P', &[b"\0", &prepared.text, &prepared.types], out);
        write(b'B', &[portal, b"\0\0", values], out);
        write(b'D', &[b"P", portal, b"\0"], out);
        self.expect(Expected::Parsed { is_ours: true });
        self.expect(Expected::Checked(statement.to_vec()));
    }

    fn describe(&mut self, body: &[u8]) {
        let (kind, rest) = body.split_at(1.min(body.len()));
        let (statement, _) = name(rest);
        let is_kept = kind == b"S" && self.statements.contains_key(statement);
        if is_kept {
            self.expect(Expected::Described(Some(statement.to_vec())));
            write(b'D', &[b"S\0"], &mut self.sending.bytes);
        } else {
            self.expect(Expected::Described(None));
            write(b'D', &[body], &mut self.sending.bytes);
        }
    }

    fn close(&mut self, body: &[u8]) {
        let (kind, rest) = body.split_at(1.min(body.len()));
        let (statement, _) = name(rest);
        if kind == b"S" && self.statements.remove(statement).is_some() {
            write(b'C', &[b"S\0"], &mut self.sending.bytes);
        } else {
            write(b'C', &[body], &mut self.sending.bytes);
        }
    }

    fn expect(&mut self, expected: Expected) {
        if let Some(round) = self.rounds.back_mut() {
            round.push_back(expected);
        }
    }

    /// Takes what the server says.
    pub(super) fn hear(&mut self, bytes: &[u8]) {
        let handling = |kind| match kind {
            b'1' | b't' | b'T' | b'n' => Handling::Keep,
            _ => Handling::Pass,
        };
        let mut frames = std::mem::take(&mut self.hearing);
        frames.take(bytes, handling, |piece| match piece {
            Piece::Head(kind, head) => {
                self.heard.bytes.extend_from_slice(head);
                match kind {
                    // Nothing more of this round is done.
                    b'E' => self.round().clear(),
                    b'Z' if self.rounds.len() > 1 => drop(self.rounds.pop_front()),
                    _ => {}
                }
            }
            Piece::Body(body) => self.heard.bytes.extend_from_slice(body),
            Piece::Whole(kind, body) => {
                if self.is_for_driver(kind, body) {
                    write(kind, &[body], &mut self.heard.bytes);
                }
            }
        });
        self.hearing = frames;
    }

    /// Notes an answer, and says whether the driver waits for it.
    fn is_for_driver(&mut self, kind: u8, body: &[u8]) -> bool {
        if kind == b't' {
            if let Some(Expected::Described(Some(statement))) = self.rounds[0].front()
                && let Some(prepared) = self.statements.get_mut(statement)
            {
                prepared.types = body.to_vec();
            }
            return true;
        }
        // A question without parts, whose rows are described unasked, expects nothing.
        match self.round().pop_front() {
            Some(Expected::Parsed { is_ours }) => !is_ours,
            Some(Expected::Described(Some(statement))) => {
                if let Some(prepared) = self.statements.get_mut(&statement) {
                    prepared.columns = Some(columns(body));
                }
                true
            }
            Some(Expected::Checked(statement)) => {
                let prepared = self.statements.get(&statement);
                let known = prepared.and_then(|prepared| prepared.columns.as_ref());
                if known.is_some_and(|known| *known != columns(body)) {
                    write(b'E', &[STALE], &mut self.heard.bytes);
                }
                false
            }
            Some(Expected::Described(None)) | None => true,
        }
    }

    /// What is answered now.
    fn round(&mut self) -> &mut VecDeque<Expected> {
        &mut self.rounds[0]
    }
}

/// What a server says that has prepared a statement whose columns are others now.
const STALE: &[u8] = b"SERROR\0VERROR\0C0A000\0Mcached plan must not change result type\0\
    RRevalidateCachedQuery\0\0";

/// The types of the columns that are described: a number, then of each its name, a table, a column of it, the type, …
fn columns(body: &[u8]) -> Vec<u32> {
    let mut types = Vec::new();
    let mut rest = body.get(2..).unwrap_or_default();
    while !rest.is_empty() {
        let (_, facts) = name(rest);
        let Some(ty) = facts.get(6..10).and_then(|bytes| bytes.first_chunk()) else {
            break;
        };
        types.push(u32::from_be_bytes(*ty));
        rest = facts.get(18..).unwrap_or_default();
    }
    types
}
