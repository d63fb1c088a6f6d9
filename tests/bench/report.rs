//! The table that the benchmarks print.

use std::fmt;

/// What was measured, in the order of measuring.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
}

struct Row {
    what: String,
    result: String,
    goal: String,
}

impl Report {
    /// Adds a line; the goal is empty for a figure that is only told.
    pub(crate) fn add(&mut self, what: impl Into<String>, result: impl Into<String>, goal: &str) {
        let row = Row {
            what: what.into(),
            result: result.into(),
            goal: goal.to_owned(),
        };
        eprintln!("  {}: {}", row.what, row.result);
        self.rows.push(row);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: fn(&Row) -> &str| {
            self.rows
                .iter()
                .map(|row| column(row).chars().count())
                .max()
                .unwrap_or(0)
        };
        let (what, result, goal) = (
            width(|row| &row.what),
            width(|row| &row.result).max(6),
            width(|row| &row.goal).max(4),
        );
        writeln!(
            f,
            "| {:what$} | {:result$} | {:goal$} |",
            "", "result", "goal"
        )?;
        writeln!(f, "|-{:-<what$}-|-{:-<result$}-|-{:-<goal$}-|", "", "", "")?;
        for row in &self.rows {
            writeln!(
                f,
                "| {:what$} | {:result$} | {:goal$} |",
                row.what, row.result, row.goal
            )?;
        }
        Ok(())
    }
}
