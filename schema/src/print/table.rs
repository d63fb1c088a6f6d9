//! Lines of cells, aligned.

/// How wide a cell is at most that others are aligned with: a default may be a whole document.
const WIDE: usize = 200;

/// Adds the lines to `out`, each indented, with every column of cells as wide as its widest.
pub(super) fn align(out: &mut String, indent: &str, lines: &[Vec<String>]) {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        let widths = cells.map(|cell| cell.chars().count());
        widths.map(|width| width.min(WIDE)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for line in lines {
        let mut text = indent.to_owned();
        for (cell, width) in line.iter().zip(&widths) {
            if *width > 0 {
                text.push_str(&format!("{cell:width$}  "));
            }
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
}
