//! Yes or no as the cells of a database have it that has no truth values: a number, a bit, one of several words.

use super::{RawCell, Value};

/// The words for yes and for no.
const WORDS: [(&str, &str); 5] = [
    ("true", "false"),
    ("t", "f"),
    ("yes", "no"),
    ("y", "n"),
    ("1", "0"),
];

/// The letters of a word: `yes`, `YES`, `Yes`.
const CASES: [fn(&str) -> String; 3] = [str::to_ascii_lowercase, str::to_ascii_uppercase, capital];

fn capital(word: &str) -> String {
    let mut word = word.to_ascii_lowercase();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

/// What a cell says.
pub(crate) fn read(cell: RawCell<'_>) -> Option<bool> {
    match cell {
        RawCell::Int(0) | RawCell::Bytes([0]) => Some(false),
        RawCell::Int(1) | RawCell::Bytes([1]) => Some(true),
        RawCell::Float(0.0) => Some(false),
        RawCell::Float(1.0) => Some(true),
        RawCell::Text(text) => WORDS.iter().find_map(|(yes, no)| {
            let is = |word: &str| CASES.iter().any(|case| case(word) == text);
            match () {
                () if is(yes) => Some(true),
                () if is(no) => Some(false),
                () => None,
            }
        }),
        _ => None,
    }
}

/// Everything that is read as yes, or as no.
pub(crate) fn spellings(said: bool) -> Vec<Value> {
    let mut all = vec![
        Value::Int(said.into()),
        Value::Bytes(vec![said.into()].into()),
    ];
    for (yes, no) in WORDS {
        for case in CASES {
            let word = Value::Text(case(if said { yes } else { no }).into());
            if !all.contains(&word) {
                all.push(word);
            }
        }
    }
    all
}

/// Yes or no, written down as a cell does it.
#[cfg(feature = "sqlite")]
pub(crate) fn write(like: RawCell<'_>, said: bool) -> Value {
    match like {
        RawCell::Bytes([0 | 1]) => return Value::Bytes(vec![said.into()].into()),
        RawCell::Float(_) => return Value::Float(u8::from(said).into()),
        RawCell::Text(text) => {
            for (yes, no) in WORDS {
                let is = |case: &&fn(&str) -> String| case(yes) == text || case(no) == text;
                if let Some(case) = CASES.iter().find(is) {
                    return Value::Text(case(if said { yes } else { no }).into());
                }
            }
        }
        _ => {}
    }
    Value::Int(said.into())
}

#[cfg(all(test, feature = "sqlite"))]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_read_and_written_as_others_are() {
        let yes = [
            "true", "TRUE", "True", "t", "T", "yes", "YES", "Yes", "y", "Y", "1",
        ];
        let no = [
            "false", "FALSE", "False", "f", "F", "no", "NO", "No", "n", "N", "0",
        ];
        for (yes, no) in yes.into_iter().zip(no) {
            assert_eq!(read(RawCell::Text(yes)), Some(true), "{yes}");
            assert_eq!(read(RawCell::Text(no)), Some(false), "{no}");
            assert_eq!(write(RawCell::Text(yes), false), Value::Text(no.into()));
            assert_eq!(write(RawCell::Text(no), true), Value::Text(yes.into()));
        }
        assert_eq!(
            write(RawCell::Bytes(&[1]), false),
            Value::Bytes(vec![0].into())
        );
        assert_eq!(write(RawCell::Float(0.0), true), Value::Float(1.0));
        assert_eq!(write(RawCell::Null, true), Value::Int(1));
    }

    #[test]
    fn what_is_listed_is_what_is_read() {
        for said in [true, false] {
            for spelling in spellings(said) {
                let cell = match &spelling {
                    Value::Int(number) => RawCell::Int(*number),
                    Value::Bytes(bytes) => RawCell::Bytes(bytes),
                    Value::Text(text) => RawCell::Text(text),
                    other => panic!("{other:?}"),
                };
                assert_eq!(read(cell), Some(said), "{spelling:?}");
            }
        }
    }

    #[test]
    fn anything_else_says_nothing() {
        for cell in [
            RawCell::Int(2),
            RawCell::Int(-1),
            RawCell::Bytes(b""),
            RawCell::Bytes(b"1"),
            RawCell::Text("maybe"),
            RawCell::Text("tRUE"),
            RawCell::Null,
        ] {
            assert_eq!(read(cell), None, "{cell:?}");
        }
    }
}
