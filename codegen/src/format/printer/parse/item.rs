//! Items and members.

use std::borrow::Cow;

use super::expression::expression;
use super::statement::{blank_line, block};
use crate::format::printer::tokens::Cursor;
use crate::format::printer::tree::{DataField, Function, Item, ItemKind, Line, UseTree};

/// The items of a file, or the members of an `impl`.
pub(in crate::format::printer) fn items<'a>(mut tokens: Cursor<'a>) -> Option<Vec<Line<Item<'a>>>> {
    let mut lines = Vec::new();
    while !tokens.is_empty() {
        lines.push(if blank_line(&mut tokens) {
            Line::Blank
        } else {
            Line::Node(item(&mut tokens)?)
        });
    }
    Some(lines)
}

fn item<'a>(tokens: &mut Cursor<'a>) -> Option<Item<'a>> {
    let attributes = attributes(tokens)?;
    let start = *tokens;
    visibility(tokens);
    let kind = match tokens.peek() {
        "mod" | "type" => simple(start, tokens)?,
        "use" => ItemKind::Use(use_tree(start.up_to(*tokens), tokens)?),
        "const" | "static" => constant(start, tokens)?,
        "struct" | "enum" => data(start, tokens)?,
        "impl" => implementation(start, tokens)?,
        "fn" | "async" => ItemKind::Fn(Box::new(function(start, tokens)?)),
        _ => return None,
    };
    Some(Item { attributes, kind })
}

fn attributes<'a>(tokens: &mut Cursor<'a>) -> Option<Vec<Cow<'a, str>>> {
    let mut attributes = Vec::new();
    while tokens.peek() == "#" {
        let start = *tokens;
        tokens.next();
        let mut inner = tokens.group("[")?;
        attributes.push(if inner.peek() == "doc" {
            inner.next();
            inner.expect("=")?;
            Cow::Owned(documentation(inner.next()?)?)
        } else {
            inner.inline()?;
            Cow::Borrowed(start.up_to(*tokens))
        });
    }
    Some(attributes)
}

/// `" A film."` → `/// A film.`
fn documentation(literal: &str) -> Option<String> {
    let raw = literal.strip_prefix("r");
    let plain = raw.unwrap_or(literal);
    let plain = plain.strip_prefix('"')?.strip_suffix('"')?;
    let text = if raw.is_none() && plain.contains('\\') {
        Cow::Owned(syn::parse_str::<syn::LitStr>(literal).ok()?.value())
    } else {
        Cow::Borrowed(plain)
    };
    // Other texts are no comment of this kind.
    let is_line = text.is_empty() || text.starts_with(' ');
    let stays = !text.contains(['\n', '\r']) && text.trim_end() == text;
    (is_line && stays).then(|| ["///", &text].concat())
}

/// Takes `pub` or `pub(crate)`.
fn visibility(tokens: &mut Cursor<'_>) {
    if tokens.eat("pub") {
        tokens.group("(");
    }
}

/// `pub(crate) mod views;`, `type Key = (i32, i32);`
fn simple<'a>(start: Cursor<'a>, tokens: &mut Cursor<'a>) -> Option<ItemKind<'a>> {
    tokens.until(&["=", ";"]).inline()?;
    tokens.eat("=");
    let head = start.up_to(*tokens);
    let kind = match tokens.group("(") {
        Some(inner) => ItemKind::Tuple {
            head,
            types: types(inner)?,
        },
        None => {
            tokens.until(&[";"]).inline()?;
            ItemKind::Simple(start.up_to(*tokens))
        }
    };
    tokens.expect(";")?;
    Some(kind)
}

/// Types, or parameters, with commas between them.
pub(super) fn types<'a>(mut tokens: Cursor<'a>) -> Option<Vec<&'a str>> {
    let mut types = Vec::new();
    while !tokens.is_empty() {
        types.push(tokens.until(&[","]).inline()?);
        tokens.eat(",");
    }
    Some(types)
}

pub(super) fn use_tree<'a>(visibility: &'a str, tokens: &mut Cursor<'a>) -> Option<UseTree<'a>> {
    tokens.expect("use")?;
    let mut path = Vec::new();
    while tokens.peek_at(1) == "::" {
        path.push(tokens.word()?);
        tokens.expect("::")?;
    }
    let names = match tokens.group("{") {
        Some(inner) => types(inner)?,
        None => types(tokens.until(&[";"]))?,
    };
    tokens.expect(";")?;
    let is_flat = names.iter().all(|name| !name.contains([':', '*']));
    is_flat.then_some(UseTree {
        visibility,
        path,
        names,
    })
}

fn constant<'a>(start: Cursor<'a>, tokens: &mut Cursor<'a>) -> Option<ItemKind<'a>> {
    tokens.until(&[":", "=", ";"]).inline()?;
    tokens.expect(":")?;
    tokens.until(&["<", "=", ";"]).inline()?;
    let path = start.up_to(*tokens);
    let mut generics = Vec::new();
    if tokens.eat("<") {
        generics = types(tokens.until(&[">"]))?;
        tokens.expect(">")?;
    }
    tokens.expect("=")?;
    let head = start.up_to(*tokens);
    let value = expression(tokens)?;
    tokens.expect(";")?;
    Some(ItemKind::Const {
        head,
        start: path,
        generics,
        value,
    })
}

fn data<'a>(start: Cursor<'a>, tokens: &mut Cursor<'a>) -> Option<ItemKind<'a>> {
    tokens.until(&["{", ";", "("]).inline()?;
    let head = start.up_to(*tokens);
    let mut inner = tokens.group("{")?;
    let mut fields = Vec::new();
    while !inner.is_empty() {
        let attributes = attributes(&mut inner)?;
        let head = inner.until(&[":", ","]).inline()?;
        let ty = match inner.eat(":") {
            true => Some(inner.until(&[","]).inline()?),
            false => None,
        };
        inner.eat(",");
        fields.push(DataField {
            attributes,
            head,
            ty,
        });
    }
    Some(ItemKind::Data { head, fields })
}

fn implementation<'a>(start: Cursor<'a>, tokens: &mut Cursor<'a>) -> Option<ItemKind<'a>> {
    tokens.until(&["for", "{", "where"]).inline()?;
    let head = start.up_to(*tokens);
    let of = match tokens.eat("for") {
        true => Some(tokens.until(&["{", "where"]).inline()?),
        false => None,
    };
    let members = items(tokens.group("{")?)?;
    Some(ItemKind::Impl { head, of, members })
}

fn function<'a>(start: Cursor<'a>, tokens: &mut Cursor<'a>) -> Option<Function<'a>> {
    tokens.until(&["(", "{", ";"]).inline()?;
    let head = start.up_to(*tokens);
    let parameters = types(tokens.group("(")?)?;
    let output = tokens.until(&["{", ";", "where"]).inline()?;
    let signature = start.up_to(*tokens);
    let body = block(tokens.group("{")?)?;
    Some(Function {
        signature,
        head,
        parameters,
        output,
        body,
    })
}
