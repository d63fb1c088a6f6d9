//! The cells of a row of SQLite as the address of a page has them: whatever a cell holds, its storage class goes with it.

use crate::text::url;
use crate::values::{Kind, RawCell, Value};

/// A cell, to be compared with others.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Value(Value),
    /// A text that is no UTF-8.
    Garbled(Vec<u8>),
}

/// The cells as a text: a number as it is, before anything else its storage class; nothing for null.
pub(super) fn write<'c>(cells: impl Iterator<Item = RawCell<'c>>) -> String {
    let mut text = String::new();
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        let digits = |bytes: &[u8]| Value::Bytes(bytes.to_owned().into());
        match cell {
            RawCell::Null => {}
            RawCell::Int(number) => text.push_str(&number.to_string()),
            RawCell::Float(number) => text.push_str(&format!("r{number:?}")),
            RawCell::Bytes(bytes) => text.push_str(&format!("x{}", digits(bytes))),
            RawCell::Garbled(bytes) => text.push_str(&format!("g{}", digits(bytes))),
            RawCell::Text(own) => {
                text.push('t');
                url::encode(own, &mut text);
            }
        }
    }
    text
}

/// So many cells, read from a text; `None` if it is no such text.
pub(super) fn read(text: &str, count: usize) -> Option<Vec<Cell>> {
    let cells: Vec<Cell> = text.split(',').map(cell).collect::<Option<_>>()?;
    (cells.len() == count).then_some(cells)
}

fn cell(part: &str) -> Option<Cell> {
    let bytes = |digits: &str| match Kind::Bytes.parse(digits) {
        Ok(Value::Bytes(bytes)) => Some(bytes.into_owned()),
        _ => None,
    };
    let mut letters = part.chars();
    let value = match letters.next() {
        None => Value::Null,
        Some('r') => Value::Float(letters.as_str().parse().ok()?),
        Some('x') => Value::Bytes(bytes(letters.as_str())?.into()),
        Some('g') => return bytes(letters.as_str()).map(Cell::Garbled),
        Some('t') => Value::Text(url::decode(letters.as_str())?.into()),
        Some(_) => Value::Int(part.parse().ok()?),
    };
    Some(Cell::Value(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_comes_back() {
        let cells = [
            (RawCell::Null, Cell::Value(Value::Null)),
            (RawCell::Int(i64::MIN), Cell::Value(Value::Int(i64::MIN))),
            (RawCell::Float(1.0), Cell::Value(Value::Float(1.0))),
            (RawCell::Float(0.1), Cell::Value(Value::Float(0.1))),
            (RawCell::Float(1e300), Cell::Value(Value::Float(1e300))),
            (
                RawCell::Float(f64::NEG_INFINITY),
                Cell::Value(Value::Float(f64::NEG_INFINITY)),
            ),
            (RawCell::Text(""), Cell::Value(Value::Text("".into()))),
            (RawCell::Text("7"), Cell::Value(Value::Text("7".into()))),
            (
                RawCell::Text("a,\0%é/"),
                Cell::Value(Value::Text("a,\0%é/".into())),
            ),
            (RawCell::Bytes(b""), Cell::Value(Value::Bytes(b"".into()))),
            (RawCell::Bytes(b"7"), Cell::Value(Value::Bytes(b"7".into()))),
            (RawCell::Garbled(b"\xff,"), Cell::Garbled(b"\xff,".to_vec())),
        ];
        let text = write(cells.iter().map(|(cell, _)| *cell));
        let expect: Vec<Cell> = cells.iter().map(|(_, cell)| cell.clone()).collect();
        assert_eq!(read(&text, cells.len()), Some(expect), "{text}");
    }

    #[test]
    fn anything_else_is_no_place() {
        for text in [
            "a",
            "1.5",
            "rx",
            "x0",
            "gé",
            "t%f",
            "1,2",
            "9223372036854775808",
        ] {
            assert_eq!(read(text, 1), None, "{text}");
        }
    }
}
