//! Takes a file apart by the spans of its items.

use std::ops::Range;

use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Fields, ImplItem, Item, TraitItem};

use super::piece::{Parts, Piece, Shape};
use super::uses;

/// The items of a file; `None` where it does not parse.
pub(super) fn file(text: &str) -> Option<Parts<'_>> {
    // The spans of a text that begins otherwise would be counted from elsewhere.
    if text.starts_with("#!") && !text.starts_with("#![") || text.starts_with('\u{feff}') {
        return None;
    }
    let file = syn::parse_str::<syn::File>(text).ok()?;
    let start = file
        .attrs
        .iter()
        .map(|attribute| range(attribute).end)
        .max();
    let start = start.map_or(0, |end| end_of_line(text, end, text.len()));
    Some(parts(
        text,
        0..text.len(),
        start..text.len(),
        file.items.iter().map(|item| member(text, item)).collect(),
    ))
}

/// A member of a list, before its text is cut out.
struct Member<'a> {
    span: Range<usize>,
    key: String,
    shape: Shape<'a>,
}

/// Cuts `whole` into what stands before `list`, the members, and what stands behind the last of them.
fn parts<'a>(
    text: &'a str,
    whole: Range<usize>,
    list: Range<usize>,
    members: Vec<Member<'a>>,
) -> Parts<'a> {
    parts_with(text, whole, list, members, false)
}

fn parts_with<'a>(
    text: &'a str,
    whole: Range<usize>,
    list: Range<usize>,
    members: Vec<Member<'a>>,
    comma: bool,
) -> Parts<'a> {
    let mut start = list.start;
    let mut pieces = Vec::with_capacity(members.len());
    for member in members {
        let mut end = member.span.end;
        if comma {
            let rest = &text[end..list.end];
            let blank = rest.len() - rest.trim_start().len();
            if rest[blank..].starts_with(',') {
                end += blank + 1;
            }
        }
        let end = end_of_line(text, end, list.end);
        pieces.push(Piece {
            key: member.key,
            text: &text[start..end],
            body_at: start_of_line(text, member.span.start).max(start) - start,
            shape: member.shape,
        });
        start = end;
    }
    Parts {
        head: &text[whole.start..list.start],
        pieces,
        tail: &text[start..whole.end],
        comma,
    }
}

/// The start of the line, where nothing stands before the place on it; else the place itself.
fn start_of_line(text: &str, at: usize) -> usize {
    let before = text[..at].trim_end_matches([' ', '\t']);
    if before.is_empty() || before.ends_with('\n') {
        before.len()
    } else {
        at
    }
}

/// The end of the line, where nothing but a comment follows on it; else the place itself.
fn end_of_line(text: &str, at: usize, limit: usize) -> usize {
    let rest = &text[at..limit];
    let line = rest.split_inclusive('\n').next().unwrap_or_default();
    let trimmed = line.trim();
    if line.ends_with('\n') && (trimmed.is_empty() || trimmed.starts_with("//")) {
        at + line.len()
    } else {
        at
    }
}

fn range(node: &impl ToTokens) -> Range<usize> {
    node.span().byte_range()
}

fn member<'a>(text: &'a str, item: &Item) -> Member<'a> {
    let span = range(item);
    let (key, shape) = match item {
        Item::Use(item) => match uses::import(item) {
            Some(import) => (import.key(), Shape::Import(import)),
            None => (format!("use {}", plain(item)), Shape::Line),
        },
        Item::Mod(item) => {
            let shape = match &item.content {
                Some((braces, items)) => {
                    let members = items.iter().map(|item| member(text, item)).collect();
                    block(text, &span, braces.span.join(), members)
                }
                None => Shape::Declaration,
            };
            (format!("mod {}", item.ident), shape)
        }
        Item::Impl(item) => {
            let members = item.items.iter().map(impl_member).collect();
            let shape = block(text, &span, item.brace_token.span.join(), members);
            (impl_key(item), shape)
        }
        Item::Trait(item) => {
            let members = item.items.iter().map(trait_member).collect();
            let shape = block(text, &span, item.brace_token.span.join(), members);
            (format!("type {}", item.ident), shape)
        }
        Item::Struct(item) => {
            let shape = match &item.fields {
                Fields::Named(fields) => {
                    let members = fields.named.iter().map(|field| Member {
                        span: range(field),
                        key: format!("field {}", plain(&field.ident)),
                        shape: Shape::Line,
                    });
                    list(
                        text,
                        &span,
                        fields.brace_token.span.join(),
                        members.collect(),
                    )
                }
                Fields::Unnamed(_) | Fields::Unit => Shape::Whole,
            };
            (format!("type {}", item.ident), shape)
        }
        Item::Enum(item) => {
            let members = item.variants.iter().map(|variant| Member {
                span: range(variant),
                key: format!("variant {}", variant.ident),
                shape: Shape::Line,
            });
            let shape = list(text, &span, item.brace_token.span.join(), members.collect());
            (format!("type {}", item.ident), shape)
        }
        Item::Fn(item) => (format!("fn {}", item.sig.ident), Shape::Whole),
        Item::Const(item) if item.ident != "_" => (format!("const {}", item.ident), Shape::Line),
        Item::Static(item) => (format!("const {}", item.ident), Shape::Line),
        Item::Type(item) => (format!("type {}", item.ident), Shape::Line),
        Item::Union(item) => (format!("type {}", item.ident), Shape::Whole),
        other => (format!("item {}", plain(other)), Shape::Whole),
    };
    Member { span, key, shape }
}

fn impl_key(item: &syn::ItemImpl) -> String {
    let generics = plain(&item.generics);
    let of = match &item.trait_ {
        Some((path, _)) => format!("{} for ", plain(path)),
        None => String::new(),
    };
    let condition = plain(&item.generics.where_clause);
    format!("impl{generics} {of}{}{condition}", plain(&item.self_ty))
}

fn impl_member<'a>(item: &ImplItem) -> Member<'a> {
    let (key, shape) = match item {
        ImplItem::Fn(item) => (format!("fn {}", item.sig.ident), Shape::Whole),
        ImplItem::Const(item) => (format!("const {}", item.ident), Shape::Line),
        ImplItem::Type(item) => (format!("type {}", item.ident), Shape::Line),
        other => (format!("item {}", plain(other)), Shape::Whole),
    };
    Member {
        span: range(item),
        key,
        shape,
    }
}

fn trait_member<'a>(item: &TraitItem) -> Member<'a> {
    let (key, shape) = match item {
        TraitItem::Fn(item) => (format!("fn {}", item.sig.ident), Shape::Whole),
        TraitItem::Const(item) => (format!("const {}", item.ident), Shape::Line),
        TraitItem::Type(item) => (format!("type {}", item.ident), Shape::Line),
        other => (format!("item {}", plain(other)), Shape::Whole),
    };
    Member {
        span: range(item),
        key,
        shape,
    }
}

/// Members between braces.
fn block<'a>(
    text: &'a str,
    span: &Range<usize>,
    braces: proc_macro2::Span,
    members: Vec<Member<'a>>,
) -> Shape<'a> {
    let inside = inside(text, span, braces);
    Shape::Block(parts(text, whole(text, span), inside, members))
}

/// Fields or variants between braces.
fn list<'a>(
    text: &'a str,
    span: &Range<usize>,
    braces: proc_macro2::Span,
    members: Vec<Member<'a>>,
) -> Shape<'a> {
    let inside = inside(text, span, braces);
    Shape::Block(parts_with(text, whole(text, span), inside, members, true))
}

/// An item up to the end of its last line, as the piece has it.
fn whole(text: &str, span: &Range<usize>) -> Range<usize> {
    start_of_line(text, span.start)..end_of_line(text, span.end, text.len())
}

fn inside(text: &str, span: &Range<usize>, braces: proc_macro2::Span) -> Range<usize> {
    let braces = braces.byte_range();
    let start = end_of_line(text, braces.start + 1, span.end);
    start..(braces.end - 1).max(start)
}

/// The tokens of a node without the space between them, which a layout may change.
fn plain(node: &impl ToTokens) -> String {
    node.to_token_stream().to_string().replace(' ', "")
}
