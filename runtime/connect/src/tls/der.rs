//! DER, as far as certificates need it: kinds, lengths, and what lies within.

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BITS: u8 = 0x03;
pub(super) const OBJECT: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;

/// A value of some kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Value<'a> {
    pub(super) kind: u8,
    pub(super) content: &'a [u8],
    /// It with its kind and length.
    pub(super) whole: &'a [u8],
}

/// Values that follow one another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Values<'a>(pub(super) &'a [u8]);

impl<'a> Value<'a> {
    pub(super) fn values(self) -> Values<'a> {
        Values(self.content)
    }

    /// The bits of a text of whole bytes.
    pub(super) fn bits(self) -> Option<&'a [u8]> {
        match self.content.split_first() {
            Some((0, bits)) if self.kind == BITS => Some(bits),
            _ => None,
        }
    }
}

impl<'a> Values<'a> {
    /// The next value, if it is of this kind.
    pub(super) fn next_of(&mut self, kind: u8) -> Option<Value<'a>> {
        let mut rest = *self;
        let value = rest.next().filter(|value| value.kind == kind)?;
        *self = rest;
        Some(value)
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        let (&kind, rest) = self.0.split_first()?;
        let (&first, mut rest) = rest.split_first()?;
        let length = match first {
            0..=0x7f => usize::from(first),
            0x81..=0x84 => {
                let (length, after) = rest.split_at_checked(usize::from(first & 0x7f))?;
                rest = after;
                let bytes = length.iter();
                bytes.fold(0, |length, byte| length << 8 | usize::from(*byte))
            }
            _ => return None,
        };
        let (content, after) = rest.split_at_checked(length)?;
        let whole = &self.0[..self.0.len() - after.len()];
        self.0 = after;
        Some(Value {
            kind,
            content,
            whole,
        })
    }
}
