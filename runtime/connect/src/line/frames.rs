//! Messages of PostgreSQL's protocol, as their bytes arrive: a kind, a length that counts itself, a body.

/// How long the head of a message is.
const HEAD: usize = 5;

/// Cuts bytes into messages.
#[derive(Debug, Default)]
pub(super) struct Frames {
    /// The head of the message that arrives, and its body where that is kept.
    kept: Vec<u8>,
    /// How much of the body is still to come.
    missing: usize,
    /// Whether the body goes on as it comes.
    passes: bool,
}

/// What a message is to be done with, by its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handling {
    /// It goes on as it comes.
    Pass,
    /// It is looked at when all of it is there.
    Keep,
}

/// A piece of what arrives.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// A message goes on: its kind and its head.
    Head(u8, &'a [u8]),
    /// A part of its body goes on.
    Body(&'a [u8]),
    /// A message that was kept: its kind and its body.
    Whole(u8, &'a [u8]),
}

impl Frames {
    /// Takes bytes, and hands on the pieces that they come to.
    pub(super) fn take(
        &mut self,
        mut bytes: &[u8],
        handling: impl Fn(u8) -> Handling,
        mut each: impl FnMut(Piece<'_>),
    ) {
        while !bytes.is_empty() {
            if self.passes {
                let (body, rest) = bytes.split_at(self.missing.min(bytes.len()));
                each(Piece::Body(body));
                self.missing -= body.len();
                self.passes = self.missing > 0;
                bytes = rest;
                continue;
            }
            if self.kept.len() < HEAD {
                let (head, rest) = bytes.split_at((HEAD - self.kept.len()).min(bytes.len()));
                self.kept.extend(head);
                bytes = rest;
                let [kind, a, b, c, d] = self.kept[..] else {
                    return;
                };
                let length = u32::from_be_bytes([a, b, c, d]) as usize;
                self.missing = length.saturating_sub(HEAD - 1);
                if handling(kind) == Handling::Pass {
                    each(Piece::Head(kind, &self.kept));
                    self.kept.clear();
                    self.passes = self.missing > 0;
                    continue;
                }
            }
            let (body, rest) = bytes.split_at(self.missing.min(bytes.len()));
            self.kept.extend(body);
            self.missing -= body.len();
            bytes = rest;
            if self.missing == 0 {
                each(Piece::Whole(self.kept[0], &self.kept[HEAD..]));
                self.kept.clear();
            }
        }
    }
}

/// Writes a message.
pub(super) fn write(kind: u8, parts: &[&[u8]], out: &mut Vec<u8>) {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    out.push(kind);
    // What is longer than a length can say was not read as one message either.
    out.extend((length as u32 + 4).to_be_bytes());
    for part in parts {
        out.extend_from_slice(part);
    }
}

/// `name\0rest` → the name and the rest; all of it where nothing ends the name.
pub(super) fn name(body: &[u8]) -> (&[u8], &[u8]) {
    match body.iter().position(|byte| *byte == 0) {
        Some(end) => (&body[..end], &body[end + 1..]),
        None => (body, &[]),
    }
}

/// Bytes that go out from the front.
#[derive(Debug, Default)]
pub(super) struct Queue {
    pub(super) bytes: Vec<u8>,
    gone: usize,
}

impl Queue {
    pub(super) fn is_empty(&self) -> bool {
        self.rest().is_empty()
    }

    pub(super) fn rest(&self) -> &[u8] {
        &self.bytes[self.gone..]
    }

    pub(super) fn took(&mut self, count: usize) {
        self.gone += count;
        if self.is_empty() {
            self.bytes.clear();
            self.gone = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_in_pieces_of_any_size() {
        let mut bytes = Vec::new();
        write(b'1', &[], &mut bytes);
        write(b'D', &[b"abc", b"def"], &mut bytes);
        write(b'T', &[b"kept"], &mut bytes);
        write(b'Z', &[b"I"], &mut bytes);
        for size in 1..=bytes.len() {
            let mut frames = Frames::default();
            let mut said = String::new();
            let mut passed = Vec::new();
            for chunk in bytes.chunks(size) {
                let handling = |kind| match kind {
                    b'1' | b'T' => Handling::Keep,
                    _ => Handling::Pass,
                };
                frames.take(chunk, handling, |piece| match piece {
                    Piece::Head(kind, head) => {
                        said.push(char::from(kind));
                        passed.extend_from_slice(head);
                    }
                    Piece::Body(body) => passed.extend_from_slice(body),
                    Piece::Whole(kind, body) => {
                        said.push(char::from(kind));
                        said.push_str(std::str::from_utf8(body).unwrap());
                        write(kind, &[body], &mut passed);
                    }
                });
            }
            assert_eq!(said, "1DTkeptZ", "in pieces of {size}");
            assert_eq!(passed, bytes, "in pieces of {size}");
        }
    }
}
