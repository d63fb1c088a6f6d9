//! Expressions.

use super::item::types;
use super::statement::block;
use crate::format::printer::tokens::Cursor;
use crate::format::printer::tree::{Arm, Chain, Expr, ExprKind, FieldValue, Link};

pub(super) fn expression<'a>(tokens: &mut Cursor<'a>) -> Option<Expr<'a>> {
    let start = *tokens;
    let kind = match tokens.peek() {
        _ if tokens.is_literal() => return postfix(tokens, true),
        "&" | "*" | "!" => {
            let operator = prefix(tokens)?;
            ExprKind::Prefix(operator, Box::new(expression(tokens)?))
        }
        "|" | "move" => closure(tokens)?,
        "async" | "{" => {
            tokens.eat("async");
            tokens.eat("move");
            ExprKind::Block {
                head: start.up_to(*tokens),
                statements: block(tokens.group("{")?)?,
            }
        }
        "match" => matching(tokens)?,
        "if" | "for" | "while" | "loop" | "return" | "unsafe" => return None,
        _ => return postfix(tokens, true),
    };
    Some(Expr::new(kind, start.up_to(*tokens)))
}

fn prefix(tokens: &mut Cursor<'_>) -> Option<&'static str> {
    Some(match tokens.next()? {
        "&" if tokens.eat("mut") => "&mut ",
        "&" => "&",
        "*" => "*",
        _ => "!",
    })
}

/// `|tx| async move { … }`
fn closure<'a>(tokens: &mut Cursor<'a>) -> Option<ExprKind<'a>> {
    let start = *tokens;
    tokens.eat("move");
    tokens.expect("|")?;
    tokens.until(&["|"]).inline()?;
    tokens.expect("|")?;
    let head = start.up_to(*tokens);
    let body = Box::new(expression(tokens)?);
    Some(ExprKind::Closure { head, body })
}

/// `match form.insert(&db).await { … }`
fn matching<'a>(tokens: &mut Cursor<'a>) -> Option<ExprKind<'a>> {
    tokens.expect("match")?;
    let start = *tokens;
    let subject = if tokens.peek() == "&" {
        let operator = prefix(tokens)?;
        let inner = Box::new(postfix(tokens, false)?);
        Expr::new(ExprKind::Prefix(operator, inner), start.up_to(*tokens))
    } else {
        postfix(tokens, false)?
    };
    let mut inner = tokens.group("{")?;
    let mut arms = Vec::new();
    while !inner.is_empty() {
        let pattern = inner.until(&["=>", "if", "|"]).inline()?;
        inner.expect("=>")?;
        let body = expression(&mut inner)?;
        inner.eat(",");
        arms.push(Arm { pattern, body });
    }
    Some(ExprKind::Match {
        subject: Box::new(subject),
        arms,
    })
}

/// An expression that begins with what it is about: a path, a call, a chain. `braces` says whether a brace may
/// follow the path, as it may not in `match film { … }`.
fn postfix<'a>(tokens: &mut Cursor<'a>, braces: bool) -> Option<Expr<'a>> {
    let start = *tokens;
    let root = primary(tokens, braces)?;
    let root_tries = tries(tokens);
    let mut links = Vec::new();
    while tokens.peek() == "." {
        links.push(link(tokens)?);
    }
    // Nothing is known of operators between two expressions, of indexing, of calls of what was returned.
    if !matches!(tokens.peek(), "" | "," | ";" | "=>" | "{") {
        return None;
    }
    if links.is_empty() && root_tries == 0 {
        return Some(root);
    }
    let chain = Box::new(Chain {
        root,
        root_tries,
        links,
    });
    Some(Expr::new(ExprKind::Chain(chain), start.up_to(*tokens)))
}

/// `.find::<Film>(&key)?`
fn link<'a>(tokens: &mut Cursor<'a>) -> Option<Link<'a>> {
    let start = *tokens;
    tokens.expect(".")?;
    tokens.next()?;
    if tokens.eat("::") {
        generics(tokens)?;
    }
    let name = start.up_to(*tokens);
    let arguments = match tokens.group("(") {
        Some(inner) => Some(list(inner)?),
        None => None,
    };
    Some(Link {
        name,
        arguments,
        tries: tries(tokens),
    })
}

fn tries(tokens: &mut Cursor<'_>) -> usize {
    let mut tries = 0;
    while tokens.eat("?") {
        tries += 1;
    }
    tries
}

fn primary<'a>(tokens: &mut Cursor<'a>, braces: bool) -> Option<Expr<'a>> {
    let start = *tokens;
    let kind = if tokens.is_literal() {
        // Others print a literal over several lines.
        (!tokens.next()?.contains('\n')).then_some(ExprKind::Simple)?
    } else if let Some(inner) = tokens.group("(") {
        let is_tuple = inner.is_empty() || has_comma(inner);
        is_tuple.then_some(ExprKind::Tuple(list(inner)?))?
    } else if let Some(inner) = tokens.group("[") {
        ExprKind::Array(list(inner)?)
    } else {
        named(tokens, braces)?
    };
    Some(Expr::new(kind, start.up_to(*tokens)))
}

fn has_comma(mut tokens: Cursor<'_>) -> bool {
    tokens.until(&[","]);
    tokens.peek() == ","
}

/// What begins with a name: a path, a call, a macro, a struct.
fn named<'a>(tokens: &mut Cursor<'a>, braces: bool) -> Option<ExprKind<'a>> {
    let start = *tokens;
    tokens.word()?;
    let mut is_path = false;
    let mut path = start.up_to(*tokens);
    let mut generics = Vec::new();
    while tokens.eat("::") {
        is_path = true;
        if tokens.peek() == "<" {
            generics = self::generics(tokens)?;
            break;
        }
        tokens.word()?;
        path = start.up_to(*tokens);
    }
    match tokens.peek() {
        "(" => Some(ExprKind::Call {
            path,
            generics,
            arguments: list(tokens.group("(")?)?,
        }),
        _ if !generics.is_empty() => None,
        "!" => {
            tokens.next();
            invocation(start.up_to(*tokens), tokens)
        }
        "{" if braces => structure(path, tokens),
        _ if is_path => Some(ExprKind::Path),
        _ => Some(ExprKind::Simple),
    }
}

/// `<Film>`
fn generics<'a>(tokens: &mut Cursor<'a>) -> Option<Vec<&'a str>> {
    tokens.expect("<")?;
    let inner = tokens.until(&[">"]);
    tokens.expect(">")?;
    types(inner)
}

/// `vec![…]`: only macros whose arguments are expressions, in brackets only where rustfmt knows the macro.
fn invocation<'a>(name: &'a str, tokens: &mut Cursor<'a>) -> Option<ExprKind<'a>> {
    let brackets = name == "vec!";
    let inner = tokens.group(if brackets { "[" } else { "(" })?;
    Some(ExprKind::Macro {
        name,
        brackets,
        arguments: list(inner)?,
    })
}

/// `NewPage { fields }`
fn structure<'a>(path: &'a str, tokens: &mut Cursor<'a>) -> Option<ExprKind<'a>> {
    let mut inner = tokens.group("{")?;
    let mut fields = Vec::new();
    let mut base = None;
    while !inner.is_empty() {
        if inner.eat("..") {
            base = Some(Box::new(expression(&mut inner)?));
            break;
        }
        let name = inner.word()?;
        let value = match inner.eat(":") {
            true => Some(expression(&mut inner)?),
            false => None,
        };
        fields.push(FieldValue { name, value });
        if !inner.is_empty() {
            inner.expect(",")?;
        }
    }
    let is_whole = inner.is_empty();
    is_whole.then_some(ExprKind::Struct { path, fields, base })
}

/// Expressions with commas between them.
fn list<'a>(mut tokens: Cursor<'a>) -> Option<Vec<Expr<'a>>> {
    let mut items = Vec::new();
    while !tokens.is_empty() {
        items.push(expression(&mut tokens)?);
        if !tokens.is_empty() {
            tokens.expect(",")?;
        }
    }
    Some(items)
}
