//! A range of values, as the database has it: either end may be missing, included or not.

use std::fmt;
use std::ops::{self, Bound, RangeBounds};

use super::{Comparable, Datum, FieldType, FormValue, Kind, Ordered, ParseError, Value, WriteHtml};

/// A range of values: `int4range`, `numrange`, `daterange`, `tstzrange`, …
///
/// `Range::from(1..5)`, `Range::from(1..)` and the like make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Range<T> {
    /// Holds no value at all.
    Empty,
    /// Holds what lies between two ends.
    Between(Bound<T>, Bound<T>),
}

impl<T> Range<T> {
    /// The lower end, if there is one.
    pub fn lower(&self) -> Option<&T> {
        match self {
            Self::Between(lower, _) => end(lower),
            Self::Empty => None,
        }
    }

    /// The upper end, if there is one.
    pub fn upper(&self) -> Option<&T> {
        match self {
            Self::Between(_, upper) => end(upper),
            Self::Empty => None,
        }
    }

    /// Whether the range holds a value.
    pub fn contains(&self, value: &T) -> bool
    where
        T: PartialOrd,
    {
        match self {
            Self::Between(lower, upper) => (lower.as_ref(), upper.as_ref()).contains(value),
            Self::Empty => false,
        }
    }

    /// The range of other values; `None` if one of its ends has none.
    pub fn try_map<U>(self, mut map: impl FnMut(T) -> Option<U>) -> Option<Range<U>> {
        let mut map_bound = |bound: Bound<T>| {
            Some(match bound {
                Bound::Included(value) => Bound::Included(map(value)?),
                Bound::Excluded(value) => Bound::Excluded(map(value)?),
                Bound::Unbounded => Bound::Unbounded,
            })
        };
        Some(match self {
            Self::Empty => Range::Empty,
            Self::Between(lower, upper) => Range::Between(map_bound(lower)?, map_bound(upper)?),
        })
    }

    /// The range of other values.
    pub fn map<U>(self, mut map: impl FnMut(T) -> U) -> Range<U> {
        match self {
            Self::Empty => Range::Empty,
            Self::Between(lower, upper) => Range::Between(lower.map(&mut map), upper.map(map)),
        }
    }

    /// The range of the same values, borrowed.
    pub fn as_ref(&self) -> Range<&T> {
        match self {
            Self::Empty => Range::Empty,
            Self::Between(lower, upper) => Range::Between(lower.as_ref(), upper.as_ref()),
        }
    }

    /// The brackets, as the database writes them: `[)`.
    pub fn brackets(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Between(Bound::Included(_), Bound::Included(_)) => "[]",
            Self::Between(Bound::Included(_), _) => "[)",
            Self::Between(_, Bound::Included(_)) => "(]",
            Self::Between(..) => "()",
        }
    }
}

fn end<T>(bound: &Bound<T>) -> Option<&T> {
    match bound {
        Bound::Included(value) | Bound::Excluded(value) => Some(value),
        Bound::Unbounded => None,
    }
}

impl Range<String> {
    /// The range of two texts, empty for no end, in such brackets.
    pub fn new(lower: String, upper: String, brackets: &str) -> Self {
        let bound = |text: String, included: bool| match (text.is_empty(), included) {
            (true, _) => Bound::Unbounded,
            (false, true) => Bound::Included(text),
            (false, false) => Bound::Excluded(text),
        };
        Self::Between(
            bound(lower, brackets.starts_with('[')),
            bound(upper, brackets.ends_with(']')),
        )
    }

    /// Reads a range as the database writes it: `[1,5)`, `(,"2024-01-01 10:00:00"]`, `empty`.
    pub fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("empty") {
            return Some(Self::Empty);
        }
        let inner = text.strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
        let (lower, rest) = read_end(inner)?;
        let (upper, rest) = read_end(rest.strip_prefix(',')?)?;
        let brackets = match (text.starts_with('['), text.ends_with(']')) {
            (true, true) => "[]",
            (true, false) => "[)",
            (false, true) => "(]",
            (false, false) => "()",
        };
        rest.is_empty().then(|| Self::new(lower, upper, brackets))
    }
}

/// Reads an end up to a comma or to the end of the text, without its quotes; returns what follows.
fn read_end(text: &str) -> Option<(String, &str)> {
    let mut end = String::new();
    let mut quoted = false;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => end.push(letters.next()?.1),
            '"' if quoted && letters.next_if(|(_, next)| *next == '"').is_some() => end.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => return Some((end.trim().to_owned(), &text[at..])),
            letter => end.push(letter),
        }
    }
    (!quoted).then(|| (end.trim().to_owned(), ""))
}

/// `[1,5)`
impl<T: fmt::Display> fmt::Display for Range<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let brackets = self.brackets();
        if matches!(self, Self::Empty) {
            return f.write_str(brackets);
        }
        f.write_str(&brackets[..1])?;
        self.lower().map_or(Ok(()), |lower| write_end(f, lower))?;
        f.write_str(",")?;
        self.upper().map_or(Ok(()), |upper| write_end(f, upper))?;
        f.write_str(&brackets[1..])
    }
}

fn write_end(f: &mut fmt::Formatter<'_>, end: &impl fmt::Display) -> fmt::Result {
    let text = end.to_string();
    match text.contains([',', '"', '\\', '(', ')', '[', ']']) {
        true => write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\"\"")),
        false => f.write_str(&text),
    }
}

impl<T> From<ops::Range<T>> for Range<T> {
    fn from(range: ops::Range<T>) -> Self {
        Self::Between(Bound::Included(range.start), Bound::Excluded(range.end))
    }
}

impl<T> From<ops::RangeInclusive<T>> for Range<T> {
    fn from(range: ops::RangeInclusive<T>) -> Self {
        let (start, end) = range.into_inner();
        Self::Between(Bound::Included(start), Bound::Included(end))
    }
}

impl<T> From<ops::RangeFrom<T>> for Range<T> {
    fn from(range: ops::RangeFrom<T>) -> Self {
        Self::Between(Bound::Included(range.start), Bound::Unbounded)
    }
}

impl<T> From<ops::RangeTo<T>> for Range<T> {
    fn from(range: ops::RangeTo<T>) -> Self {
        Self::Between(Bound::Unbounded, Bound::Excluded(range.end))
    }
}

impl<T> From<ops::RangeFull> for Range<T> {
    fn from(_: ops::RangeFull) -> Self {
        Self::Between(Bound::Unbounded, Bound::Unbounded)
    }
}

/// What a value is called in a message.
pub(super) const WORDS: &str = "range";

/// `[1,5)`, as the database writes it.
pub(super) fn of_text(of: &Kind, text: &str) -> Result<Value, ParseError> {
    let range = Range::from_text(text).and_then(|range| range.try_map(|end| of.parse(&end).ok()));
    match range {
        Some(range) => Ok(Value::Range(Box::new(range))),
        None => Err(ParseError("a range such as [1,5)")),
    }
}

impl<T: FieldType> Comparable for Range<T> {}
impl<T: FieldType> Ordered for Range<T> {}

impl<T: FieldType> FieldType for Range<T> {
    const KIND: Kind = Kind::Range(&T::KIND);

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Range(range) => range.try_map(T::from_datum),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Range(Box::new(self.map(T::into_value)))
    }
}

/// As the database writes it: `[1,5)`.
impl<T: FormValue> FormValue for Range<T> {
    fn parse(text: &str) -> Result<Self, String> {
        let range =
            Range::from_text(text).ok_or_else(|| "must be a range, such as [1,5)".to_owned())?;
        let mut wrong = None;
        let parsed =
            range.try_map(|end| T::parse(&end).map_err(|message| wrong = Some(message)).ok());
        parsed.ok_or_else(|| {
            let message = wrong.unwrap_or_default();
            format!(
                "{} at both ends, if it has them",
                message.replacen("must be a", "must have a", 1)
            )
        })
    }

    fn to_input(&self) -> String {
        self.as_ref().map(T::to_input).to_string()
    }

    fn placeholder() -> Self {
        Self::Empty
    }
}

/// From the lower end to the upper one, in the brackets that say whether they belong to the range.
impl<T: WriteHtml> WriteHtml for Range<T> {
    fn write_html(&self, out: &mut String) {
        let brackets = match self {
            Self::Empty => return out.push_str("<span class=\"null\">empty</span>"),
            Self::Between(..) => self.brackets(),
        };
        out.push_str(&brackets[..1]);
        if let Some(lower) = self.lower() {
            lower.write_html(out);
        }
        out.push_str(" – ");
        if let Some(upper) = self.upper() {
            upper.write_html(out);
        }
        out.push_str(&brackets[1..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        for text in [
            "empty",
            "[1,5)",
            "(,5]",
            "(,)",
            "[a,)",
            "[\"a,b\",\"c\"\"d\\\\e\")",
        ] {
            assert_eq!(Range::from_text(text).unwrap().to_string(), text);
        }
        assert_eq!(Range::from_text(" [ 1 , 5 ] "), Range::from_text("[1,5]"));
        for text in ["", "1", "[1", "1,5)", "[1,2,3)", "[1)", "[\"1,2)", "[1,\\)"] {
            assert_eq!(Range::from_text(text), None, "{text}");
        }
    }

    #[test]
    fn ends() {
        let range = Range::from(1..5);
        assert_eq!((range.lower(), range.upper()), (Some(&1), Some(&5)));
        assert!(range.contains(&1) && !range.contains(&5));
        assert!(Range::from(1..=5).contains(&5));
        assert!(!Range::Empty.contains(&1));
        assert_eq!(Range::<i32>::from(..).to_string(), "(,)");
        assert_eq!(Range::from(..5).to_string(), "(,5)");
        assert_eq!(Range::from(5..).to_string(), "[5,)");
    }
}
