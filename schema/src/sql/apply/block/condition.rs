//! Conditions and other expressions of a block, asked of the catalog in memory.
//!
//! Nothing is guessed: what is not understood has no value.

use std::cmp::Ordering;

use super::query::Record;
use super::value::{Value, like};
use super::{Applier, Variables, text};
use crate::name::{qualified, quoted};
use crate::sql::catalog::RelationId;
use crate::sql::expression::{
    Operator, SyntaxTree, called, dotted, literal, literal_text, operands,
};
use crate::sql::name::folded;
use crate::sql::syntax::{Kind, Node};

/// The version that conditions are told: that of the built-in functions which expressions know.
const VERSION: i64 = 150_000;

/// What names mean: the rows of the query that they stand in, then the variables.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) rows: &'a [Record],
    pub(super) variables: &'a Variables,
}

impl Applier {
    /// The value of an expression of PL/pgSQL, which may be a whole query without its SELECT.
    pub(super) fn value(&mut self, expression: &Node, variables: &Variables) -> Option<Value> {
        let names = Names {
            rows: &[],
            variables,
        };
        if expression.child(Kind::FROM_CLAUSE).is_some() {
            return self.scalar(expression, names);
        }
        let target = expression.child(Kind::TARGET_LIST)?.child(Kind::TARGET)?;
        self.evaluated(&target.children().next()?, names)
    }

    pub(super) fn evaluated(&self, node: &Node, names: Names<'_>) -> Option<Value> {
        match node.kind() {
            Kind::LITERAL => match node.first_token()? {
                (Kind::POSITIONAL_PARAM, name) => names.column(None, &name),
                _ => constant(node),
            },
            Kind::PAREN_EXPR => {
                let inner = node.children().next()?;
                match is_query(&inner) {
                    true => self.scalar(&inner, names),
                    false => self.evaluated(&inner, names),
                }
            }
            Kind::NAME_REF => self.named(node, names),
            Kind::FIELD_EXPR => {
                let path = dotted(node)?;
                let (name, table) = path.split_last()?;
                names.column(table.last(), name)
            }
            Kind::CALL_EXPR => self.called_value(node, names),
            Kind::CAST_EXPR => self.cast_value(node, names),
            Kind::ARRAY_EXPR => {
                let items = node.children().map(|item| self.evaluated(&item, names));
                Some(Value::List(items.collect::<Option<_>>()?))
            }
            Kind::PREFIX_EXPR if node.has(Kind::NOT_KW) => {
                match self.evaluated(&node.children().last()?, names)? {
                    Value::Null => Some(Value::Null),
                    value => Some(Value::Bool(!value.truth()?)),
                }
            }
            Kind::PREFIX_EXPR if node.has(Kind::MINUS) => {
                match self.evaluated(&node.children().last()?, names)? {
                    Value::Int(number) => number.checked_neg().map(Value::Int),
                    _ => None,
                }
            }
            Kind::POSTFIX_EXPR => {
                let value = self.evaluated(&node.children().next()?, names)?;
                Some(Value::Bool(
                    (value == Value::Null) == node.has(Kind::ISNULL_KW),
                ))
            }
            Kind::BIN_EXPR => self.operation_value(&operands(node)?, names),
            _ => None,
        }
    }

    fn named(&self, node: &Node, names: Names<'_>) -> Option<Value> {
        let (kind, written) = node.first_token()?;
        match kind {
            Kind::CURRENT_SCHEMA_KW => return self.current_schema(),
            Kind::CURRENT_CATALOG_KW => return Some(Value::text(super::rows::DATABASE)),
            _ => {}
        }
        names.column(None, &folded(&written))
    }

    fn current_schema(&self) -> Option<Value> {
        Some(self.catalog.path().next().map_or(Value::Null, Value::text))
    }

    pub(super) fn operation_value(&self, written: &SyntaxTree, names: Names<'_>) -> Option<Value> {
        let (left, operator, right) = match written {
            SyntaxTree::Operand(node) => return self.evaluated(node, names),
            SyntaxTree::Minus(_) => return None,
            SyntaxTree::Binary {
                left,
                operator,
                right,
            } => (left, operator, right),
        };
        if matches!(operator.kind, Kind::AND_KW | Kind::OR_KW) {
            let decides = operator.kind == Kind::OR_KW;
            let sides = [left, right].map(|side| {
                self.operation_value(side, names)
                    .and_then(|value| match value {
                        Value::Null => None,
                        value => value.truth(),
                    })
            });
            // One side may decide, whatever the other is.
            return match sides {
                [Some(one), _] | [_, Some(one)] if one == decides => Some(Value::Bool(decides)),
                [Some(_), Some(_)] => Some(Value::Bool(!decides)),
                _ => None,
            };
        }
        let value = self.operation_value(left, names)?;
        let SyntaxTree::Operand(node) = &**right else {
            let other = self.operation_value(right, names)?;
            return compared(&value, operator, &other);
        };
        match operator.kind {
            Kind::IS_KW | Kind::IS_NOT => {
                let is = match node.text().to_ascii_uppercase().as_str() {
                    "NULL" => value == Value::Null,
                    "TRUE" => value == Value::Bool(true),
                    "FALSE" => value == Value::Bool(false),
                    _ => return None,
                };
                Some(Value::Bool(is == (operator.kind == Kind::IS_KW)))
            }
            Kind::IN_KW | Kind::NOT_IN => {
                let first = node.children().next()?;
                let list = match is_query(&first) {
                    true => self.column_of(&first, names)?,
                    false => {
                        let items = node.children().map(|item| self.evaluated(&item, names));
                        items.collect::<Option<_>>()?
                    }
                };
                among(&value, &list, operator.kind == Kind::NOT_IN)
            }
            _ => match any_of(node) {
                Some(list) => {
                    let list = match is_query(&list) {
                        true => self.column_of(&list, names)?,
                        false => match self.evaluated(&list, names)? {
                            Value::List(list) => list,
                            _ => return None,
                        },
                    };
                    match operator.text.as_str() {
                        "=" => among(&value, &list, false),
                        _ => None,
                    }
                }
                None => compared(&value, operator, &self.evaluated(node, names)?),
            },
        }
    }

    fn called_value(&self, node: &Node, names: Names<'_>) -> Option<Value> {
        let callee = node.children().next()?;
        if callee.kind() == Kind::EXISTS_FN {
            let query = callee.children().find(is_query)?;
            return self.exists(&query, names).map(Value::Bool);
        }
        let arguments = node.child(Kind::ARG_LIST)?;
        let arguments = arguments.all(Kind::ARG).map(|argument| {
            let argument = argument.children().next()?;
            self.evaluated(&argument, names)
        });
        let arguments: Vec<Value> = arguments.collect::<Option<_>>()?;
        match (called(node).as_str(), arguments.as_slice()) {
            ("to_regclass", [Value::Text(name)]) => Some(self.relation_value(name)),
            ("to_regtype", [Value::Text(name)]) => Some(self.type_value(name)),
            ("to_regnamespace", [Value::Text(name)]) => {
                Some(super::rows::schema_number(&self.catalog, &folded(name)))
            }
            ("lower", [Value::Text(text)]) => Some(Value::text(text.to_lowercase())),
            ("upper", [Value::Text(text)]) => Some(Value::text(text.to_uppercase())),
            ("replace", [Value::Text(text), Value::Text(from), Value::Text(to)])
                if !from.is_empty() =>
            {
                Some(Value::Text(text.replace(from, to)))
            }
            (
                "regexp_replace",
                [
                    Value::Text(text),
                    Value::Text(from),
                    Value::Text(to),
                    rest @ ..,
                ],
            ) => text::replaced(text, from, to, rest),
            ("quote_ident", [Value::Text(text)]) => Some(Value::text(quoted(text))),
            ("quote_literal", [Value::Text(text)]) => Some(Value::text(literal(text))),
            ("format", all) => text::format(all).map(Value::Text),
            ("concat", all) => {
                let known = all.iter().filter(|value| **value != Value::Null);
                let parts: Option<Vec<String>> = known.map(Value::shown).collect();
                Some(Value::Text(parts?.concat()))
            }
            ("coalesce", all) => {
                let first = all.iter().find(|value| **value != Value::Null);
                Some(first.cloned().unwrap_or(Value::Null))
            }
            ("current_schema", []) => self.current_schema(),
            ("current_database", []) => Some(Value::text(super::rows::DATABASE)),
            ("current_schemas", [_]) => {
                Some(Value::List(self.catalog.path().map(Value::text).collect()))
            }
            ("current_setting", [Value::Text(name), ..]) if name == "server_version_num" => {
                Some(Value::text(VERSION.to_string()))
            }
            ("array_length" | "cardinality", [Value::List(list), ..]) => {
                i64::try_from(list.len()).ok().map(Value::Int)
            }
            _ => None,
        }
    }

    fn cast_value(&self, node: &Node, names: Names<'_>) -> Option<Value> {
        let parts: Vec<Node> = node.children().collect();
        let ty = parts
            .iter()
            .find(|part| crate::sql::expression::is_type(part))?;
        let operand = parts.iter().find(|part| {
            !crate::sql::expression::is_type(part) && part.kind() != Kind::COLON_COLON
        })?;
        let value = self.evaluated(operand, names)?;
        match (ty.text().to_ascii_lowercase().as_str(), value) {
            (_, Value::Null) => Some(Value::Null),
            ("regclass", Value::Text(name)) => match self.relation_value(&name) {
                // The server fails here.
                Value::Null => None,
                relation => Some(relation),
            },
            ("regclass", Value::Int(oid)) => u32::try_from(oid).ok().map(Value::Relation),
            ("regtype", Value::Text(name)) => Some(self.type_value(&name)),
            ("regnamespace", Value::Text(name)) => {
                Some(super::rows::schema_number(&self.catalog, &folded(&name)))
            }
            (
                "text" | "varchar" | "name" | "information_schema.sql_identifier",
                Value::Relation(oid),
            ) => {
                let name = self.catalog.relation_name(oid)?;
                let is_visible = self.catalog.path().next() == Some(&name.schema);
                Some(Value::text(match is_visible {
                    true => quoted(&name.name),
                    false => qualified(name),
                }))
            }
            ("text" | "varchar" | "name", value) => value.shown().map(Value::Text),
            ("int" | "integer" | "bigint" | "numeric" | "oid", Value::Text(text)) => {
                text.trim().parse().ok().map(Value::Int)
            }
            ("int" | "integer" | "bigint" | "numeric" | "oid", value) => Some(value),
            ("bool" | "boolean", value @ Value::Bool(_)) => Some(value),
            ("text[]" | "name[]", value @ Value::List(_)) => Some(value),
            _ => None,
        }
    }

    fn relation_value(&self, name: &str) -> Value {
        let found = self.catalog.find_relation(&path(name));
        found.map_or(Value::Null, |relation| match relation {
            RelationId::Table(oid)
            | RelationId::Sequence(oid)
            | RelationId::Index(oid)
            | RelationId::Composite(oid) => Value::Relation(oid),
        })
    }

    fn type_value(&self, name: &str) -> Value {
        let path = path(name);
        let built_in = match path.as_slice() {
            [name] => crate::sql::builtin::built_ins()
                .by_name
                .get(name.as_str())
                .copied(),
            _ => None,
        };
        let oid = built_in.or_else(|| self.catalog.find_own_type(&path));
        oid.map_or(Value::Null, Value::oid)
    }
}

impl Names<'_> {
    fn column(&self, table: Option<&String>, name: &str) -> Option<Value> {
        let mut rows = self.rows.iter().rev();
        let found = match table {
            Some(table) => rows.find(|row| row.alias == *table),
            None => rows.find(|row| row.value(name).is_some()),
        };
        if let Some(row) = found {
            return row.value(name).cloned();
        }
        let variable = table.map_or_else(|| name.to_owned(), |table| format!("{table}.{name}"));
        self.variables.get(&variable).cloned()
    }
}

fn constant(node: &Node) -> Option<Value> {
    let (kind, text) = node.first_token()?;
    match kind {
        Kind::INT_NUMBER => text.parse().ok().map(Value::Int),
        Kind::TRUE_KW => Some(Value::Bool(true)),
        Kind::FALSE_KW => Some(Value::Bool(false)),
        Kind::NULL_KW => Some(Value::Null),
        Kind::NUMERIC_NUMBER | Kind::BIT_STRING => None,
        _ => literal_text(node).map(Value::Text),
    }
}

/// `left operator right`
fn compared(left: &Value, operator: &Operator, right: &Value) -> Option<Value> {
    if *left == Value::Null || *right == Value::Null {
        return Some(Value::Null);
    }
    let is = |holds: bool| Some(Value::Bool(holds));
    if operator.text == "||" {
        return Some(Value::Text(left.shown()? + &right.shown()?));
    }
    if let (Value::Int(left), Value::Int(right)) = (left, right) {
        let sum = match operator.text.as_str() {
            "+" => Some(left.checked_add(*right)),
            "-" => Some(left.checked_sub(*right)),
            "*" => Some(left.checked_mul(*right)),
            _ => None,
        };
        if let Some(sum) = sum {
            return sum.map(Value::Int);
        }
    }
    let pattern = |holds: bool| match (left, right) {
        (Value::Text(text), Value::Text(pattern)) => is(like(text, pattern) == holds),
        _ => None,
    };
    match operator.kind {
        Kind::LIKE_KW => return pattern(true),
        Kind::NOT_LIKE => return pattern(false),
        _ => {}
    }
    let order = left.compared(right)?;
    match operator.text.as_str() {
        "=" => is(order == Ordering::Equal),
        "<>" | "!=" => is(order != Ordering::Equal),
        "<" => is(order == Ordering::Less),
        ">" => is(order == Ordering::Greater),
        "<=" => is(order != Ordering::Greater),
        ">=" => is(order != Ordering::Less),
        _ => None,
    }
}

fn among(value: &Value, list: &[Value], not: bool) -> Option<Value> {
    if *value == Value::Null {
        return Some(Value::Null);
    }
    let found = list
        .iter()
        .any(|item| value.compared(item) == Some(Ordering::Equal));
    Some(Value::Bool(found != not))
}

/// The array or query of `ANY (…)`.
fn any_of(node: &Node) -> Option<Node> {
    let function = node
        .children()
        .next()
        .filter(|_| node.kind() == Kind::CALL_EXPR)?;
    let mut list = match function.kind() {
        Kind::ANY_FN | Kind::SOME_FN => function.children().next()?,
        _ => return None,
    };
    while list.kind() == Kind::PAREN_EXPR {
        list = list.children().next()?;
    }
    Some(list)
}

pub(super) fn is_query(node: &Node) -> bool {
    matches!(
        node.kind(),
        Kind::SELECT | Kind::PAREN_SELECT | Kind::COMPOUND_SELECT
    )
}

/// `public."Film"` → its parts.
fn path(name: &str) -> Vec<String> {
    let mut path = vec![String::new()];
    let mut is_quoted = false;
    for c in name.trim().chars() {
        match c {
            '.' if !is_quoted => path.push(String::new()),
            c => {
                is_quoted ^= c == '"';
                if let Some(part) = path.last_mut() {
                    part.push(c);
                }
            }
        }
    }
    path.iter().map(|part| folded(part)).collect()
}
