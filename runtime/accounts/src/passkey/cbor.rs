//! The CBOR that authenticators write: of definite lengths, without tags, and small.

use super::PasskeyError;

/// How deep arrays and maps may stand in each other. Those of the standard's statements have four floors.
const MAX_DEPTH: usize = 8;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cbor<'b> {
    Unsigned(u64),
    /// -1 less this.
    Negative(u64),
    Bytes(&'b [u8]),
    Text(&'b str),
    Array(Vec<Cbor<'b>>),
    /// As written; no key stands twice.
    Map(Vec<(Cbor<'b>, Cbor<'b>)>),
    Bool(bool),
    /// `null`, `undefined`, or a number with a fraction, which nobody needs here.
    Other,
}

impl<'b> Cbor<'b> {
    /// Reads all of some bytes.
    pub(super) fn read(bytes: &'b [u8], part: &'static str) -> Result<Self, PasskeyError> {
        let (value, rest) = Self::read_first(bytes, part)?;
        match rest {
            [] => Ok(value),
            _ => Err(PasskeyError::Malformed {
                part,
                reason: "something follows it",
            }),
        }
    }

    /// Reads the value that some bytes begin with.
    pub(super) fn read_first(
        bytes: &'b [u8],
        part: &'static str,
    ) -> Result<(Self, &'b [u8]), PasskeyError> {
        let mut reader = Reader { rest: bytes };
        let value = reader.value(0);
        let value = value.map_err(|reason| PasskeyError::Malformed { part, reason })?;
        Ok((value, reader.rest))
    }

    /// The value of a text in a map.
    pub(super) fn by_name(&self, name: &str) -> Option<&Self> {
        self.find(|key| *key == Cbor::Text(name))
    }

    /// The value of a number in a map, as keys have them.
    pub(super) fn by_number(&self, number: i64) -> Option<&Self> {
        self.find(|key| key.integer() == Some(number))
    }

    pub(super) fn integer(&self) -> Option<i64> {
        match self {
            Self::Unsigned(value) => i64::try_from(*value).ok(),
            Self::Negative(value) => i64::try_from(*value).ok().map(|value| -1 - value),
            _ => None,
        }
    }

    pub(super) fn bytes(&self) -> Option<&'b [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    fn find(&self, is_it: impl Fn(&Self) -> bool) -> Option<&Self> {
        let Self::Map(entries) = self else {
            return None;
        };
        let mut entries = entries.iter();
        entries.find_map(|(key, value)| is_it(key).then_some(value))
    }
}

struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    fn value(&mut self, depth: usize) -> Result<Cbor<'b>, &'static str> {
        if depth > MAX_DEPTH {
            return Err("it stands too deep");
        }
        let [head] = self.array()?;
        let (kind, info) = (head >> 5, head & 0x1f);
        if kind == 7 {
            return self.simple(info);
        }
        let count = self.count(info)?;
        match kind {
            0 => Ok(Cbor::Unsigned(count)),
            1 => Ok(Cbor::Negative(count)),
            2 => self.take(count).map(Cbor::Bytes),
            3 => {
                let text = std::str::from_utf8(self.take(count)?);
                text.map(Cbor::Text).map_err(|_| "a text is not UTF-8")
            }
            4 => self.list(count, depth).map(Cbor::Array),
            5 => self.map(count, depth).map(Cbor::Map),
            _ => Err("it has a tag"),
        }
    }

    fn list(&mut self, count: u64, depth: usize) -> Result<Vec<Cbor<'b>>, &'static str> {
        self.expect(count)?;
        (0..count).map(|_| self.value(depth + 1)).collect()
    }

    fn map(&mut self, count: u64, depth: usize) -> Result<Vec<(Cbor<'b>, Cbor<'b>)>, &'static str> {
        self.expect(count)?;
        let mut entries: Vec<(Cbor<'b>, Cbor<'b>)> = Vec::new();
        for _ in 0..count {
            let key = self.value(depth + 1)?;
            let is_plain = matches!(key, Cbor::Unsigned(_) | Cbor::Negative(_) | Cbor::Text(_));
            if !is_plain {
                return Err("a key is neither a number nor a text");
            }
            if entries.len() >= MAX_ENTRIES || entries.iter().any(|(other, _)| *other == key) {
                return Err("a key stands twice, or there are too many");
            }
            entries.push((key, self.value(depth + 1)?));
        }
        Ok(entries)
    }

    /// No more values than there are bytes.
    fn expect(&self, count: u64) -> Result<(), &'static str> {
        match count <= self.rest.len() as u64 {
            true => Ok(()),
            false => Err(CUT_OFF),
        }
    }

    fn simple(&mut self, info: u8) -> Result<Cbor<'b>, &'static str> {
        match info {
            20 => Ok(Cbor::Bool(false)),
            21 => Ok(Cbor::Bool(true)),
            22 | 23 => Ok(Cbor::Other),
            // Numbers of two, four and eight bytes.
            25..=27 => self.take(1 << (info - 24)).map(|_| Cbor::Other),
            _ => Err("it has a value that is not known"),
        }
    }

    fn count(&mut self, info: u8) -> Result<u64, &'static str> {
        match info {
            0..=23 => Ok(u64::from(info)),
            24 => self.array().map(|[byte]| u64::from(byte)),
            25 => self
                .array()
                .map(|bytes| u64::from(u16::from_be_bytes(bytes))),
            26 => self
                .array()
                .map(|bytes| u64::from(u32::from_be_bytes(bytes))),
            27 => self.array().map(u64::from_be_bytes),
            _ => Err("a length is not stated"),
        }
    }

    fn take(&mut self, count: u64) -> Result<&'b [u8], &'static str> {
        let count = usize::try_from(count).map_err(|_| CUT_OFF)?;
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(CUT_OFF)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], &'static str> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(CUT_OFF)?;
        self.rest = rest;
        Ok(*taken)
    }
}

const CUT_OFF: &str = "it is cut off";
/// How many keys a map may have: each is compared with those before.
const MAX_ENTRIES: usize = 64;

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER_PERMISSIVE;

    use super::*;

    #[track_caller]
    fn check(hex: &str, expect: Result<Cbor<'_>, &'static str>) {
        let bytes = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).unwrap();
        let expect = expect.map_err(|reason| PasskeyError::Malformed { part: "it", reason });
        assert_eq!(Cbor::read(&bytes, "it"), expect, "{hex}");
    }

    /// Of appendix A of RFC 8949.
    #[test]
    fn values() {
        check("00", Ok(Cbor::Unsigned(0)));
        check("17", Ok(Cbor::Unsigned(23)));
        check("1818", Ok(Cbor::Unsigned(24)));
        check("1903e8", Ok(Cbor::Unsigned(1000)));
        check("1a000f4240", Ok(Cbor::Unsigned(1_000_000)));
        check("1bffffffffffffffff", Ok(Cbor::Unsigned(u64::MAX)));
        check("20", Ok(Cbor::Negative(0)));
        check("3903e7", Ok(Cbor::Negative(999)));
        check("4401020304", Ok(Cbor::Bytes(&[1, 2, 3, 4])));
        check("62c3bc", Ok(Cbor::Text("ü")));
        check("80", Ok(Cbor::Array(vec![])));
        check(
            "8301820203820405",
            Ok(Cbor::Array(vec![
                Cbor::Unsigned(1),
                Cbor::Array(vec![Cbor::Unsigned(2), Cbor::Unsigned(3)]),
                Cbor::Array(vec![Cbor::Unsigned(4), Cbor::Unsigned(5)]),
            ])),
        );
        check(
            "a26161016162f5",
            Ok(Cbor::Map(vec![
                (Cbor::Text("a"), Cbor::Unsigned(1)),
                (Cbor::Text("b"), Cbor::Bool(true)),
            ])),
        );
        for other in ["f6", "f7", "f93c00", "fa47c35000", "fb3ff199999999999a"] {
            check(other, Ok(Cbor::Other));
        }
    }

    #[test]
    fn integers() {
        assert_eq!(Cbor::Negative(256).integer(), Some(-257));
        assert_eq!(Cbor::Negative(i64::MAX as u64).integer(), Some(i64::MIN));
        assert_eq!(Cbor::Negative(u64::MAX).integer(), None);
        assert_eq!(Cbor::Unsigned(u64::MAX).integer(), None);
        assert_eq!(Cbor::Bool(true).integer(), None);
    }

    #[test]
    fn what_is_not_read() {
        check("", Err(CUT_OFF));
        check("18", Err(CUT_OFF));
        check("1b00000000000000", Err(CUT_OFF));
        check("4401", Err(CUT_OFF));
        check("5bffffffffffffffff00", Err(CUT_OFF));
        check("7bffffffffffffffff00", Err(CUT_OFF));
        check("9bffffffffffffffff00", Err(CUT_OFF));
        check("bbffffffffffffffff00", Err(CUT_OFF));
        check("8201", Err(CUT_OFF));
        check("a101", Err(CUT_OFF));
        check("fb00", Err(CUT_OFF));
        check("0000", Err("something follows it"));
        check("5f42010243030405ff", Err("a length is not stated"));
        check("9fff", Err("a length is not stated"));
        check("bfff", Err("a length is not stated"));
        check("1c", Err("a length is not stated"));
        check("ff", Err("it has a value that is not known"));
        check("f8ff", Err("it has a value that is not known"));
        check("c11a514b67b0", Err("it has a tag"));
        check("61ff", Err("a text is not UTF-8"));
        check("a1800100", Err("a key is neither a number nor a text"));
        check(
            "a201010102",
            Err("a key stands twice, or there are too many"),
        );
    }

    #[test]
    fn depth_and_width() {
        let nested = |depth: usize| [vec![0x81; depth], vec![0]].concat();
        assert!(Cbor::read(&nested(8), "it").is_ok());
        assert!(Cbor::read(&nested(9), "it").is_err());
        assert!(Cbor::read(&vec![0x81; 1_000_000], "it").is_err());
        assert!(Cbor::read(&vec![0xa1; 1_000_000], "it").is_err());
        let mut wide = vec![0xb9, 0xff, 0xff];
        for key in 0..u16::MAX {
            wide.extend([&[0x19][..], &key.to_be_bytes(), &[0]].concat());
        }
        assert!(Cbor::read(&wide, "it").is_err());
    }
}
