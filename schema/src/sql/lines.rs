//! Where the lines of a file begin.

use super::diagnostic::SqlFile;

/// The offsets at which lines begin: after a line feed, a carriage return, or both.
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        Self {
            starts: std::iter::once(0)
                .chain(ends.map(|(at, _)| at + 1))
                .collect(),
        }
    }

    /// `schema.sql:120:5`; columns count characters, from 1.
    pub(super) fn place(&self, file: &SqlFile, offset: usize) -> String {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let before = file.text.get(start..offset).unwrap_or_default();
        format!("{}:{line}:{}", file.name, before.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, SqlFile};

    #[track_caller]
    fn check(text: &str, offset: usize, expect: &str) {
        let file = SqlFile {
            name: "a.sql".to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(Lines::new(text).place(&file, offset), expect);
    }

    #[test]
    fn places() {
        check("é x\ny", 0, "a.sql:1:1");
        check("é x\ny", 3, "a.sql:1:3");
        check("é x\ny", 5, "a.sql:2:1");
    }

    #[test]
    fn every_end_of_a_line() {
        check("a\rb\r\nc\n\nd", 2, "a.sql:2:1");
        check("a\rb\r\nc\n\nd", 5, "a.sql:3:1");
        check("a\rb\r\nc\n\nd", 8, "a.sql:5:1");
    }
}
