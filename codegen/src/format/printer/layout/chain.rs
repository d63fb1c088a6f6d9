//! Chains of methods, fields, `.await` and `?`: on one line, or a link to a line.

use super::expression::expression;
use super::list::call;
use super::shape::Shape;
use super::{CHAIN_WIDTH, TAB, first_line, is_multiline, last_line, new_line, width};
use crate::format::printer::tree::{Chain, Link};

pub(super) fn chain(chain: &Chain<'_>, shape: Shape) -> Option<String> {
    let mut root = expression(&chain.root, shape.before(chain.root_tries)?)?.into_owned();
    root.extend(std::iter::repeat_n('?', chain.root_tries));
    let mut goes_on = chain.root.ends_with_block() && is_multiline(&root);
    let mut links = chain.links.as_slice();
    // A root that is shorter than a tab takes the next link beside it.
    while root.len() <= TAB.saturating_sub(shape.offset) && !is_multiline(&root) {
        let Some((first, rest)) = links.split_first() else {
            break;
        };
        let Some(text) = link(first, shape.after(root.len())?) else {
            break;
        };
        root.push_str(&text);
        goes_on = is_extendable(&root);
        links = rest;
    }
    let Some((last, others)) = links.split_last() else {
        return fitting(root, shape);
    };
    let below = shape.on_line(shape.indent + if goes_on { 0 } else { TAB });
    let mut texts = vec![root];
    for other in others {
        texts.push(link(other, below)?);
    }
    let (text, one_line) = last_link(last, &texts, chain.links.len() == 1, shape, below)?;
    texts.push(text);
    if one_line {
        return fitting(texts.concat(), shape);
    }
    if shape.unbroken_chains {
        return None;
    }
    fitting(texts.join(&new_line(below.indent)), shape)
}

/// The last link, and whether the chain then stands on one line up to where that link goes on below.
fn last_link(
    last: &Link<'_>,
    before: &[String],
    is_only: bool,
    shape: Shape,
    below: Shape,
) -> Option<(String, bool)> {
    let extendable = is_extendable(&before[0]);
    let total = last.tries
        + if extendable {
            width(last_line(&before[0]))
        } else {
            before.iter().map(|text| text_width(text)).sum()
        };
    let limit = if is_only {
        shape.width
    } else {
        shape.width.min(CHAIN_WIDTH)
    };
    let budget = limit.saturating_sub(total);
    let one_line = budget > 0 && !before.iter().any(|text| is_multiline(text));
    let on_own_line = below.before(shape.overhead() + last.tries);
    let line = if one_line {
        shape.before(last.tries)?
    } else if extendable {
        below.before(last.tries)?
    } else {
        on_own_line?
    };
    let alone = link(last, line)?;
    let beside = match one_line || extendable {
        true => line.after(total),
        false => None,
    };
    let Some(text) = beside.and_then(|beside| link(last, beside)) else {
        return Some((alone, false));
    };
    let fits = width(first_line(&text)) <= budget;
    let lines = text.lines().count();
    if fits && lines >= 5 {
        return Some((text, one_line));
    }
    Some(match link(last, on_own_line?) {
        Some(own) if !fits || own.lines().count() < lines => (own, false),
        _ => (text, fits && one_line),
    })
}

/// `.insert(&tx)?`
fn link(link: &Link<'_>, shape: Shape) -> Option<String> {
    let shape = shape.before(link.tries)?;
    // The types of a method are laid out in what is left of the line, as if its name took none.
    if types(link.name).is_some_and(|types| width(types) > shape.width) {
        return None;
    }
    let mut text = match &link.arguments {
        Some(arguments) => call(link.name, arguments, shape)?,
        None => link.name.to_owned(),
    };
    text.extend(std::iter::repeat_n('?', link.tries));
    Some(text)
}

/// `.find::<Film>` → `Film`
fn types(name: &str) -> Option<&str> {
    name.split_once("::<")?.1.strip_suffix('>')
}

/// Whether the last line is nothing but closing delimiters, so that something can go on from it.
pub(super) fn is_extendable(text: &str) -> bool {
    last_line(text)
        .chars()
        .all(|last| last.is_whitespace() || matches!(last, '(' | ')' | ']' | '}' | '?' | '>'))
}

fn text_width(text: &str) -> usize {
    text.split('\n').map(width).sum()
}

/// The chain if no line of it is too long.
fn fitting(text: String, shape: Shape) -> Option<String> {
    (shape.sticks_out || shape.fits(&text)).then_some(text)
}
