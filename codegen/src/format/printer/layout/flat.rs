//! Expressions on one line, and what kinds of them there are as far as layout goes.

use super::{ARRAY_WIDTH, CALL_WIDTH, CHAIN_WIDTH, STRUCT_WIDTH, TAB, width};
use crate::format::printer::tree::{Chain, Expr, ExprKind, FieldValue, Link};

impl<'a> Expr<'a> {
    pub(in crate::format::printer) fn new(kind: ExprKind<'a>, text: &'a str) -> Self {
        let needs = needs(&kind, text);
        Self { kind, text, needs }
    }

    /// Whether it ends with a brace, and is a statement without a semicolon.
    pub(in crate::format::printer) fn is_block_like(&self) -> bool {
        matches!(self.kind, ExprKind::Block { .. } | ExprKind::Match { .. })
    }

    /// Whether it is a method call, or a reference to one.
    pub(super) fn is_method_call(&self) -> bool {
        match &self.kind {
            ExprKind::Prefix(_, inner) => inner.is_method_call(),
            ExprKind::Chain(chain) => match chain.links.last() {
                Some(link) => link.arguments.is_some(),
                None => chain.root.is_method_call(),
            },
            _ => false,
        }
    }

    /// Whether it is a call, which as the only argument of a call is kept short.
    pub(super) fn is_nested_call(&self) -> bool {
        match &self.kind {
            ExprKind::Call { .. } | ExprKind::Macro { .. } => true,
            ExprKind::Prefix(_, inner) => inner.is_nested_call(),
            ExprKind::Chain(chain) => chain.links.is_empty() && chain.root.is_nested_call(),
            _ => false,
        }
    }

    /// Whether it is a name, a literal, or a field of such.
    pub(super) fn is_simple(&self) -> bool {
        match &self.kind {
            ExprKind::Simple => true,
            ExprKind::Prefix(_, inner) => inner.is_simple(),
            ExprKind::Chain(chain) => {
                let is_field = |link: &Link<'_>| link.arguments.is_none() && link.name != ".await";
                chain.root.is_simple() && chain.links.iter().all(is_field)
            }
            _ => false,
        }
    }

    /// Whether, as the last of so many arguments, it may begin on the line of the call and go on below.
    pub(super) fn can_overflow(&self, arguments: usize) -> bool {
        match &self.kind {
            ExprKind::Block { .. } | ExprKind::Closure { .. } => true,
            ExprKind::Match { .. }
            | ExprKind::Array(_)
            | ExprKind::Struct { .. }
            | ExprKind::Macro { .. }
            | ExprKind::Call { .. }
            | ExprKind::Tuple(_) => arguments == 1,
            ExprKind::Prefix(_, inner) => inner.can_overflow(arguments),
            ExprKind::Chain(chain) => match chain.links.last() {
                // A field or `.await` cannot.
                Some(link) => link.arguments.is_some() && arguments == 1,
                None => chain.root.can_overflow(arguments),
            },
            ExprKind::Path | ExprKind::Simple => false,
        }
    }

    /// Whether, broken over lines, it ends with a line that something can go on from.
    pub(super) fn ends_with_block(&self) -> bool {
        match &self.kind {
            ExprKind::Call { .. }
            | ExprKind::Macro { .. }
            | ExprKind::Array(_)
            | ExprKind::Struct { .. }
            | ExprKind::Block { .. }
            | ExprKind::Match { .. } => true,
            ExprKind::Prefix(operator, inner) => {
                !operator.starts_with('&') && inner.ends_with_block()
            }
            ExprKind::Closure { body, .. } => body.ends_with_block(),
            ExprKind::Chain(_) | ExprKind::Tuple(_) | ExprKind::Path | ExprKind::Simple => false,
        }
    }
}

/// The width on which the expression may stand on one line, where no rule forbids that however wide the page is.
fn needs(kind: &ExprKind<'_>, text: &str) -> Option<usize> {
    match kind {
        ExprKind::Path | ExprKind::Simple => Some(width(text)),
        ExprKind::Prefix(operator, inner) => Some(inner.needs?.saturating_add(operator.len())),
        ExprKind::Call {
            path, arguments, ..
        } => list(text, path, arguments, CALL_WIDTH),
        ExprKind::Macro {
            name,
            brackets,
            arguments,
        } => {
            let limit = if *brackets { ARRAY_WIDTH } else { CALL_WIDTH };
            list(text, name, arguments, limit)
        }
        ExprKind::Tuple(items) => list(text, "", items, CALL_WIDTH),
        ExprKind::Array(items) => list(text, "", items, ARRAY_WIDTH),
        ExprKind::Struct { path, fields, base } => structure(text, path, fields, base.as_deref()),
        ExprKind::Chain(chain) => self::chain(text, chain),
        ExprKind::Closure { body, .. } => {
            body.needs?;
            Some(width(text))
        }
        ExprKind::Block { .. } | ExprKind::Match { .. } => None,
    }
}

/// `Some(film)`, of which `Some` is the head.
fn list(text: &str, head: &str, items: &[Expr<'_>], limit: usize) -> Option<usize> {
    let total = width(text);
    if let [item] = items {
        let needs = item.needs?;
        let inner = width(item.text);
        if item.is_nested_call() && needs > limit {
            return None;
        }
        if inner > limit && head.len() < TAB {
            // Such an item must fit on a line of its own too, which may be the shorter one.
            return Some(usize::MAX);
        }
        return Some(needs.saturating_add(total - inner));
    }
    let inner = sum(items
        .iter()
        .map(|item| item.needs.map(|_| width(item.text))))?;
    (inner <= limit).then_some(total)
}

/// The width of these, commas between them, if all have one.
fn sum(widths: impl Iterator<Item = Option<usize>>) -> Option<usize> {
    let total: usize = widths
        .map(|width| Some(width? + 2))
        .sum::<Option<usize>>()?;
    Some(total.saturating_sub(2))
}

/// `NewPage { fields }`
fn structure(
    text: &str,
    path: &str,
    fields: &[FieldValue<'_>],
    base: Option<&Expr<'_>>,
) -> Option<usize> {
    let values = fields.iter().filter_map(|field| field.value.as_ref());
    let flat = values.chain(base).all(|value| value.needs.is_some());
    let total = width(text);
    let inner = total - width(path) - " {  }".len().min(total - width(path));
    (flat && inner <= STRUCT_WIDTH).then_some(total)
}

/// `film.insert(&tx).await?`
fn chain(text: &str, chain: &Chain<'_>) -> Option<usize> {
    chain.root.needs?;
    for link in &chain.links {
        link.arguments.as_deref().map_or(Some(()), fit)?;
    }
    // Each `?` at the end counts twice.
    let tries = chain.links.last().map_or(0, |link| link.tries);
    let needs = width(text) + tries;
    (chain.links.len() < 2 || needs <= CHAIN_WIDTH).then_some(needs)
}

/// Says whether the arguments of a method may stand on one line.
fn fit(arguments: &[Expr<'_>]) -> Option<()> {
    match arguments {
        [only] => {
            let needs = only.needs?;
            (!only.is_nested_call() || needs <= CALL_WIDTH).then_some(())
        }
        _ => {
            let inner = sum(arguments
                .iter()
                .map(|item| item.needs.map(|_| width(item.text))))?;
            (inner <= CALL_WIDTH).then_some(())
        }
    }
}
