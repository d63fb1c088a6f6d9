//! Statements and blocks.

use super::expression::expression;
use super::item::use_tree;
use crate::format::printer::tokens::Cursor;
use crate::format::printer::tree::{Block, Line, Statement};

/// What stands between the braces of a block.
pub(super) fn block<'a>(mut tokens: Cursor<'a>) -> Option<Block<'a>> {
    let mut lines = Vec::new();
    while !tokens.is_empty() {
        lines.push(if blank_line(&mut tokens) {
            Line::Blank
        } else {
            Line::Node(statement(&mut tokens)?)
        });
    }
    Some(lines)
}

/// Takes the mark that stands for a blank line.
pub(super) fn blank_line(tokens: &mut Cursor<'_>) -> bool {
    if tokens.peek() != "blank_line" {
        return false;
    }
    tokens.until(&[";"]);
    tokens.eat(";")
}

fn statement<'a>(tokens: &mut Cursor<'a>) -> Option<Statement<'a>> {
    match tokens.peek() {
        "use" => Some(Statement::Use(use_tree("", tokens)?)),
        "let" => {
            let start = *tokens;
            tokens.until(&["=", ";"]).inline()?;
            tokens.expect("=")?;
            let head = start.up_to(*tokens);
            let value = expression(tokens)?;
            tokens.expect(";")?;
            Some(Statement::Let { head, value })
        }
        "#" | "fn" | "struct" | "const" | "static" | "return" => None,
        _ => {
            let expr = expression(tokens)?;
            let ends = tokens.eat(";");
            // Only the last one, or a block, may stand without a semicolon.
            let is_whole = ends || tokens.is_empty() || expr.is_block_like();
            is_whole.then_some(Statement::Expr { expr, ends })
        }
    }
}
