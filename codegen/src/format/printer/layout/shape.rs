//! The room that a piece of code is laid out in.

use super::{MAX_WIDTH, TAB, first_line, is_multiline, last_line, width};

/// Where a piece of code begins, and how wide it may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// The indentation of the line that it begins on.
    pub(super) indent: usize,
    /// What stands on that line before it, after the indentation.
    pub(super) offset: usize,
    /// How many columns are left for it on that line.
    pub(super) width: usize,
    /// Whether chains must not break: what holds them would rather break itself.
    pub(super) unbroken_chains: bool,
    /// Whether this is an argument of a macro, where a comma at the end may mean something.
    pub(super) in_macro: bool,
    /// Whether a chain may have lines that are too long, since a string in it fits on none.
    pub(super) sticks_out: bool,
}

impl Shape {
    /// A line of its own.
    pub(super) fn line(indent: usize) -> Self {
        Self {
            indent,
            offset: 0,
            width: MAX_WIDTH.saturating_sub(indent),
            unbroken_chains: false,
            in_macro: false,
            sticks_out: false,
        }
    }

    /// A line of its own, under the same constraints.
    pub(super) fn on_line(self, indent: usize) -> Self {
        Self {
            indent,
            offset: 0,
            width: MAX_WIDTH.saturating_sub(indent),
            ..self
        }
    }

    /// A line of its own, one step further in.
    pub(super) fn nested(self) -> Self {
        self.on_line(self.indent + TAB)
    }

    /// After some text on the same line.
    pub(super) fn after(self, width: usize) -> Option<Self> {
        Some(Self {
            offset: self.offset + width,
            ..self.before(width)?
        })
    }

    /// Before some text on the same line.
    pub(super) fn before(self, width: usize) -> Option<Self> {
        Some(Self {
            width: self.width.checked_sub(width)?,
            ..self
        })
    }

    /// At most that wide.
    pub(super) fn at_most(self, width: usize) -> Self {
        Self {
            width: self.width.min(width),
            ..self
        }
    }

    /// The columns of the line before this.
    pub(super) fn used(self) -> usize {
        self.indent + self.offset
    }

    /// The columns of the line that must be left free after this.
    pub(super) fn overhead(self) -> usize {
        MAX_WIDTH.saturating_sub(self.used() + self.width)
    }

    /// Whether the first line of a text fits here, the others on a page, and the last with what must follow.
    pub(super) fn fits(self, text: &str) -> bool {
        width(first_line(text)) <= self.width
            && (!is_multiline(text)
                || text.lines().skip(1).all(|line| width(line) <= MAX_WIDTH)
                    && width(last_line(text)) <= self.used() + self.width)
    }
}
