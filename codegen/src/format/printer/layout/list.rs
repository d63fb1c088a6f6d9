//! Arguments, arrays and tuples: on one line, one to a line, or with the last one going on below.

use std::borrow::Cow;

use super::expression::expression;
use super::shape::Shape;
use super::{
    CALL_WIDTH, SHORT_ITEM_WIDTH, TAB, first_line, is_multiline, last_line, matching, new_line,
    width,
};
use crate::format::printer::tree::{Expr, ExprKind};

/// Expressions between delimiters.
pub(super) struct List<'l, 'a> {
    /// What stands before them: `Column::new`
    pub(super) head: &'l str,
    pub(super) delimiters: [&'static str; 2],
    pub(super) items: &'l [Expr<'a>],
    /// The widest that they may be on one line.
    pub(super) limit: usize,
}

/// How the items of a list stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tactic {
    OneLine,
    OnePerLine,
    /// As many to a line as fit.
    Filled,
    /// So many of them one to a line, and the others on one line, as the arguments of `write!`.
    RestOnOneLine(usize),
}

/// `Column::new("title")`, `.find(&db, &key)`
pub(super) fn call(head: &str, items: &[Expr<'_>], shape: Shape) -> Option<String> {
    List {
        head,
        delimiters: ["(", ")"],
        items,
        limit: CALL_WIDTH,
    }
    .layout(shape)
}

impl<'a> List<'_, 'a> {
    pub(super) fn layout(&self, shape: Shape) -> Option<String> {
        let Some(last) = self.items.len().checked_sub(1) else {
            let [open, close] = self.delimiters;
            let fits = self.head_width() + 2 <= shape.width;
            let line = if fits { "" } else { &new_line(shape.indent) };
            return Some([self.head, open, line, close].concat());
        };
        let room = shape.width.saturating_sub(self.head_offset(shape) + 2);
        let nested = shape.nested().before(1)?;
        let mut texts = Vec::with_capacity(self.items.len());
        for item in &self.items[..last] {
            texts.push(expression(item, nested)?);
        }
        let tactic = match self.overflow(&texts, shape, room, nested) {
            Some(overflowing) => {
                texts.push(overflowing);
                Tactic::OneLine
            }
            None => {
                texts.push(expression(&self.items[last], nested)?);
                self.tactic(&texts, room, nested)
            }
        };
        Some(self.write(&texts, tactic, shape, nested))
    }

    /// How far the head reaches on its last line, the indentation included where that is not its first.
    fn head_width(&self) -> usize {
        width(last_line(self.head))
    }

    /// How far the head reaches from where it begins.
    fn head_offset(&self, shape: Shape) -> usize {
        match is_multiline(self.head) {
            true => self.head_width().saturating_sub(shape.used()),
            false => self.head_width(),
        }
    }

    /// The last item, where it begins on the line of the others and may go on below.
    fn overflow(
        &self,
        others: &[Cow<'a, str>],
        shape: Shape,
        room: usize,
        nested: Shape,
    ) -> Option<Cow<'a, str>> {
        let last = self.items.last()?;
        let is_only = others.is_empty();
        let hugs = is_only && self.head.len() < TAB;
        if !hugs && !last.can_overflow(self.items.len()) {
            return None;
        }
        let before: usize = others.iter().map(|other| other.len() + 2).sum();
        let line = shape
            .after(self.head_width() + 1)
            .and_then(|shape| shape.before(1))
            .unwrap_or(Shape { width: 0, ..shape });
        let mut line = if is_only && !last.is_nested_call() {
            line
        } else {
            line.at_most(self.limit).after(before)?
        };
        if !hugs && last.is_method_call() {
            line.unbroken_chains = true;
        }
        let text = self.overflowing(last, line)?;
        let total = before + width(first_line(&text));
        if total > room.min(self.limit) || others.iter().any(|other| is_multiline(other)) {
            return None;
        }
        if is_only && text.matches('\n').count() == 1 {
            let alone = expression(last, nested);
            return Some(alone.filter(|alone| !is_multiline(alone)).unwrap_or(text));
        }
        Some(text)
    }

    fn overflowing(&self, last: &Expr<'a>, line: Shape) -> Option<Cow<'a, str>> {
        match &last.kind {
            ExprKind::Closure { .. } => {
                let is_closure = |item: &&Expr<'_>| matches!(item.kind, ExprKind::Closure { .. });
                if self.items.iter().filter(is_closure).count() > 1 {
                    return None;
                }
            }
            ExprKind::Match { subject, .. } if is_multiline(&matching::subject(subject, line)?) => {
                return None;
            }
            _ => {}
        }
        expression(last, line)
    }

    /// How the items stand where none of them goes on below the line of the others.
    fn tactic(&self, texts: &[Cow<'a, str>], room: usize, nested: Shape) -> Tactic {
        let total: usize = texts.iter().map(|text| width(text) + 2).sum::<usize>() - 2;
        let one_line = !texts.iter().any(|text| is_multiline(text));
        let is_only = texts.len() == 1;
        if one_line && (total <= room.min(self.limit) || is_only && room > 0 && total <= room) {
            return Tactic::OneLine;
        }
        match self.before_rest() {
            Some(before) => {
                let (first, rest) = (&self.items[..before], &self.items[before + 1..]);
                let simple = first.iter().chain(rest).all(Expr::is_simple);
                let fits = |texts: &[Cow<'a, str>]| {
                    let total: usize = texts.iter().map(|text| width(text) + 2).sum();
                    total.saturating_sub(2) <= nested.width
                        && !texts.iter().any(|text| is_multiline(text))
                };
                if simple && fits(&texts[..before]) && fits(&texts[before + 1..]) {
                    return Tactic::RestOnOneLine(before);
                }
            }
            None => {
                let short = texts.iter().all(|text| text.len() <= SHORT_ITEM_WIDTH);
                if short && self.items.iter().all(Expr::is_simple) {
                    return Tactic::Filled;
                }
            }
        }
        Tactic::OnePerLine
    }

    /// For macros that format: how many arguments come before the one whose values follow.
    fn before_rest(&self) -> Option<usize> {
        let before = match self.head {
            "format!" | "print!" | "println!" | "panic!" | "eprintln!" => 0,
            "write!" | "writeln!" | "assert!" => 1,
            "assert_eq!" | "assert_ne!" => 2,
            _ => return None,
        };
        (self.items.len() > before).then_some(before)
    }

    fn write(&self, texts: &[Cow<'a, str>], tactic: Tactic, shape: Shape, nested: Shape) -> String {
        let [open, close] = self.delimiters;
        let mut text = [self.head, open].concat();
        let comma = if shape.in_macro { "" } else { "," };
        let line = new_line(nested.indent);
        match tactic {
            Tactic::OneLine => {
                let items = texts.join(", ");
                let fits =
                    width(first_line(&items)) < shape.width.saturating_sub(self.head_width());
                if fits {
                    text.push_str(&items);
                } else {
                    text.extend([&*line, &items, &new_line(shape.indent)]);
                }
            }
            Tactic::OnePerLine => {
                for (index, item) in texts.iter().enumerate() {
                    let is_last = index + 1 == texts.len();
                    let comma = if is_last { comma } else { "," };
                    text.extend([&*line, item, comma]);
                }
            }
            Tactic::Filled => {
                text.push_str(&line);
                text.push_str(&fill(texts, nested));
                text.push_str(comma);
            }
            Tactic::RestOnOneLine(before) => {
                for item in &texts[..=before] {
                    text.extend([&*line, item, ","]);
                }
                text.push_str(&line);
                text.push_str(&texts[before + 1..].join(", "));
            }
        }
        if tactic == Tactic::OneLine {
            let is_single = close == ")" && self.head.is_empty() && texts.len() == 1;
            text.push_str(if is_single { "," } else { "" });
        } else {
            text.push_str(&new_line(shape.indent));
        }
        text.push_str(close);
        text
    }
}

/// As many items to a line as fit, commas between them.
pub(super) fn fill<T: AsRef<str>>(items: &[T], shape: Shape) -> String {
    let mut text = String::with_capacity(128);
    let (mut used, mut is_broken) = (0, false);
    for (index, item) in items.iter().map(AsRef::as_ref).enumerate() {
        let is_last = index + 1 == items.len();
        let comma = usize::from(!is_last || is_broken);
        let wide = width(item) + comma;
        if used > 0 && used + 1 + wide > shape.width {
            text.push_str(&new_line(shape.indent));
            (used, is_broken) = (0, true);
        } else if used > 0 {
            text.push(' ');
            used += 1;
        }
        text.push_str(item);
        text.push_str(if is_last { "" } else { "," });
        used += wide;
    }
    text
}
