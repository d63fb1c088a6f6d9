//! What `umbel doctor` prints: for people, or as a script.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use umbel_schema::model::Dialect;
use umbel_schema::print::thousands;
use umbel_schema::words::one_line;
use unicode_width::UnicodeWidthStr;

use crate::doctor::{Area, Checkup, Examined, Finding};

/// What was found, and in what.
pub(super) struct Report<'a> {
    pub(super) checkup: &'a Checkup,
    pub(super) dialect: Dialect,
    pub(super) threshold: u64,
}

impl Report<'_> {
    /// The large tables by size, then what each of them misses.
    pub(super) fn text(&self) -> String {
        let mut text = self.table();
        let large = &self.checkup.large;
        for examined in large.iter().filter(|examined| examined.has_to_be_told()) {
            write!(text, "\n{}\n", one_line(&examined.name)).expect(TEXT);
            if let Some(caution) = examined.caution {
                writeln!(text, "  {caution}").expect(TEXT);
            }
            for (area, findings) in examined.by_area() {
                writeln!(text, "  {}:", area.word()).expect(TEXT);
                for line in findings.iter().flat_map(|finding| finding.lines()) {
                    writeln!(text, "    {line}").expect(TEXT);
                }
            }
            for remark in &examined.remarks {
                writeln!(text, "  {}", one_line(remark)).expect(TEXT);
            }
        }
        let areas: BTreeSet<Area> = self.areas().collect();
        if !areas.is_empty() {
            text.push('\n');
        }
        for area in areas {
            writeln!(text, "{}", area.sentence()).expect(TEXT);
        }
        text
    }

    /// The statements, with comments on what they are for.
    pub(super) fn sql(&self) -> String {
        if self.areas().next().is_none() {
            return "-- No index is missing.\n".to_owned();
        }
        let mut text =
            "-- Indexes that the pages of an application miss. Their sizes are estimates.\n"
                .to_owned();
        if self.dialect == Dialect::Postgres {
            text.push_str("-- CREATE INDEX CONCURRENTLY runs in no transaction: not with `psql --single-transaction`.\n");
        }
        for examined in &self.checkup.large {
            if let Some(caution) = examined.caution {
                write!(text, "\n-- {}: {caution}\n", one_line(&examined.name)).expect(TEXT);
            }
            for (area, findings) in examined.by_area() {
                let head = format!("{}, {}", examined.name, area.word());
                write!(text, "\n-- {}\n", one_line(&head)).expect(TEXT);
                for line in findings.iter().flat_map(|finding| finding.lines()) {
                    writeln!(text, "{line}").expect(TEXT);
                }
            }
        }
        text
    }

    fn areas(&self) -> impl Iterator<Item = Area> {
        let findings = self.checkup.large.iter();
        findings
            .flat_map(|examined| &examined.findings)
            .map(|finding| finding.area)
    }

    fn table(&self) -> String {
        let Checkup { large, smaller } = self.checkup;
        let mut text = String::new();
        if large.is_empty() {
            let limit = thousands(self.threshold);
            writeln!(text, "No index is missing: no table has {limit} rows.").expect(TEXT);
            return text;
        }
        let head = ["table", "rows, about", "table size", "indexes", "missing"];
        let mut lines = vec![head.map(str::to_owned)];
        lines.extend(large.iter().map(line));
        let widths: Vec<usize> = (0..head.len())
            .map(|at| lines.iter().map(|line| line[at].width()).max().unwrap_or(0))
            .collect();
        for line in &lines {
            let mut row = String::new();
            for (at, (cell, width)) in line.iter().zip(&widths).enumerate() {
                let gap = " ".repeat(width - cell.width());
                match at {
                    0 => write!(row, "{cell}{gap}").expect(TEXT),
                    _ => write!(row, "  {gap}{cell}").expect(TEXT),
                }
            }
            writeln!(text, "{}", row.trim_end()).expect(TEXT);
        }
        match smaller {
            0 => {}
            1 => text.push_str("1 smaller table needs none.\n"),
            more => writeln!(
                text,
                "{} smaller tables need none.",
                thousands(*more as u64)
            )
            .expect(TEXT),
        }
        if self.areas().next().is_none() {
            text.push_str("\nNo index is missing.\n");
        }
        text
    }
}

/// Why a text takes what is written to it.
const TEXT: &str = "a text grows";

impl Examined {
    fn has_to_be_told(&self) -> bool {
        !self.findings.is_empty() || !self.remarks.is_empty()
    }

    fn by_area(&self) -> BTreeMap<Area, Vec<&Finding>> {
        let mut areas: BTreeMap<Area, Vec<&Finding>> = BTreeMap::new();
        for finding in &self.findings {
            areas.entry(finding.area).or_default().push(finding);
        }
        areas
    }
}

impl Finding {
    /// The statements, the last of them with what it is about and the size of what it makes.
    fn lines(&self) -> impl Iterator<Item = String> {
        let size = self.bytes.filter(|bytes| *bytes > 0);
        let size = size.map(|bytes| format!("about {}", size_of(bytes)));
        let subject = (!self.subject.is_empty()).then(|| one_line(&self.subject));
        let said: Vec<String> = subject.into_iter().chain(size).collect();
        let comment = match said.is_empty() {
            true => String::new(),
            false => format!("  -- {}", said.join("; ")),
        };
        let last = self.statements.len().saturating_sub(1);
        let statements = self.statements.iter().enumerate();
        statements.map(move |(at, statement)| match at == last {
            true => format!("{statement}{comment}"),
            false => statement.clone(),
        })
    }
}

impl Area {
    fn word(self) -> &'static str {
        match self {
            Self::Broken => "not valid",
            Self::Relation => "relations",
            Self::List => "lists",
            Self::Search => "search",
            Self::Statistics => "statistics",
        }
    }

    /// What is amiss without.
    fn sentence(self) -> &'static str {
        match self {
            Self::Broken => {
                "not valid: an index that is kept up to date and never used, as a CREATE INDEX CONCURRENTLY leaves it that fails."
            }
            Self::Relation => {
                "relations: without the index, the page of a row that is referred to, deleting it and changing its key read the whole table."
            }
            Self::List => {
                "lists: a list of this size is sorted and filtered by what an index finds, and by nothing else."
            }
            Self::Search => {
                "search: without the index, a search looks for words in the column among recent rows alone."
            }
            Self::Statistics => {
                "statistics: without them, the database guesses how to find rows, and the sizes here are guesses."
            }
        }
    }
}

fn line(examined: &Examined) -> [String; 5] {
    let bytes = |bytes: Option<u64>| bytes.map_or_else(|| "unknown".to_owned(), size_of);
    [
        one_line(&examined.name),
        thousands(rounded(examined.rows)),
        bytes(examined.bytes),
        bytes(examined.index_bytes),
        match examined.findings.len() {
            0 => "none".to_owned(),
            missing => missing.to_string(),
        },
    ]
}

/// Three digits of an estimate: `1,234,567` → `1,230,000`.
fn rounded(number: u64) -> u64 {
    let digits = number.checked_ilog10().unwrap_or(0);
    let unit = 10_u64.pow(digits.saturating_sub(2));
    (number + unit / 2) / unit * unit
}

/// `532 kB`, `1.2 GB`.
fn size_of(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["bytes", "kB", "MB", "GB", "TB", "PB"];
    let mut number = bytes as f64;
    let mut unit = 0;
    while number >= 999.5 && unit + 1 < UNITS.len() {
        number /= 1024.0;
        unit += 1;
    }
    match unit > 0 && number < 9.95 {
        true => format!("{number:.1} {}", UNITS[unit]),
        false => format!("{number:.0} {}", UNITS[unit]),
    }
}

#[cfg(test)]
mod tests {
    use super::{rounded, size_of};

    #[test]
    fn sizes() {
        let check = |bytes: u64, expect: &str| assert_eq!(size_of(bytes), expect);
        check(0, "0 bytes");
        check(8_192, "8.0 kB");
        check(1_023 * 1_024, "1.0 MB");
        check(1_288_490_189, "1.2 GB");
        check(u64::MAX, "16384 PB");
    }

    #[test]
    fn estimates_have_three_digits() {
        let check = |number: u64, expect: u64| assert_eq!(rounded(number), expect);
        check(0, 0);
        check(7, 7);
        check(1_234, 1_230);
        check(9_999_999, 10_000_000);
    }
}
