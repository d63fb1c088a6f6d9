//! Writes an expression as PostgreSQL does when it is asked for a default, a check or an index.

use super::pretty::is_simple;
use super::{ColumnRef, Expression, Form};
use crate::name::{qualified, quoted};
use crate::sql::builtin::{BIT, BOOL, INT4, NUMERIC, Oid, UNKNOWN, VARBIT};
use crate::sql::catalog::{Catalog, TypeUse};

/// Writes the expressions of one table.
pub(in crate::sql) struct Deparser<'a> {
    pub(in crate::sql) catalog: &'a Catalog,
    /// The table whose columns the expressions use.
    pub(in crate::sql) table: Option<Oid>,
    /// What stands before the name of a column of an entry: `new.`; empty for none.
    pub(in crate::sql) entries: &'a [&'a str],
    /// With brackets only where they are needed, as `\d` shows indexes.
    pub(in crate::sql) pretty: bool,
}

/// Whether casts that nobody wrote are shown.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Implicit {
    Shown,
    Hidden,
}

use Implicit::{Hidden, Shown};

impl Deparser<'_> {
    pub(in crate::sql) fn text(&self, expression: &Expression) -> String {
        // CASE begins a line of its own, which the one before it does not end with a blank.
        self.write(expression, Hidden).replace(" \nCASE", "\nCASE")
    }

    fn write(&self, expression: &Expression, implicit: Implicit) -> String {
        match expression {
            Expression::Column { column, .. } => self.column(*column),
            Expression::Value(_) => "VALUE".to_owned(),
            Expression::Constant { text, ty } => self.constant(text.as_deref(), ty, true),
            Expression::Relation(oid) => self.relation(*oid),
            Expression::Cast {
                argument,
                implicit: true,
                ..
            } if implicit == Hidden => self.write(argument, Hidden),
            Expression::Cast { argument, ty, .. } => self.cast(argument, ty, expression),
            Expression::Call { .. } => self.call(expression),
            Expression::Operator {
                schema,
                name,
                left,
                right,
                ..
            } => {
                let name = match schema {
                    Some(schema) => format!("OPERATOR({}.{name})", quoted(schema)),
                    None => name.clone(),
                };
                let right = self.operand(right, expression, Shown);
                self.enclosed(match left {
                    Some(left) => {
                        format!("{} {name} {right}", self.operand(left, expression, Shown))
                    }
                    None => format!("{name} {right}"),
                })
            }
            Expression::Quantified {
                operator,
                all,
                left,
                array,
            } => {
                let word = if *all { "ALL" } else { "ANY" };
                self.enclosed(format!(
                    "{} {operator} {word} ({})",
                    self.operand(left, expression, Shown),
                    self.operand(array, expression, Shown)
                ))
            }
            Expression::And(parts) => self.joined(parts, " AND ", expression),
            Expression::Or(parts) => self.joined(parts, " OR ", expression),
            Expression::Not(argument) => self.enclosed(format!(
                "NOT {}",
                self.operand(argument, expression, Hidden)
            )),
            Expression::Is { argument, what } => self.enclosed(format!(
                "{} {what}",
                self.operand(argument, expression, Shown)
            )),
            Expression::Distinct { left, right } => self.enclosed(format!(
                "{} IS DISTINCT FROM {}",
                self.operand(left, expression, Shown),
                self.operand(right, expression, Shown)
            )),
            Expression::Case {
                operand,
                branches,
                otherwise,
                ..
            } => self.case(operand.as_deref(), branches, otherwise.as_deref()),
            Expression::Choice {
                name, arguments, ..
            } => format!("{name}({})", self.list(arguments)),
            Expression::Array { elements, ty } => {
                let array = format!("ARRAY[{}]", self.list(elements));
                // Of no elements nothing tells the type.
                match elements.is_empty() {
                    true => format!("{array}::{}", self.catalog.type_text(ty)),
                    false => array,
                }
            }
            Expression::Row(parts) => format!("ROW({})", self.list(parts)),
            Expression::Subscript {
                argument, index, ..
            } => {
                let index = self.write(index, Hidden);
                match **argument {
                    Expression::Column { .. } => {
                        format!("{}[{index}]", self.write(argument, Shown))
                    }
                    _ => format!("({})[{index}]", self.write(argument, Shown)),
                }
            }
            Expression::Field { argument, name, .. } => {
                format!("({}).{}", self.write(argument, Shown), quoted(name))
            }
            Expression::Keyword { text, .. } => text.clone(),
            Expression::Collate {
                argument,
                collation,
            } => {
                let argument = self.operand(argument, expression, implicit);
                self.enclosed(format!("{argument} COLLATE {}", collation_text(collation)))
            }
            Expression::Verbatim { text, .. } => text.clone(),
        }
    }

    /// An operand; brackets that its own form does not bring are added where they are needed.
    fn operand(&self, expression: &Expression, parent: &Expression, implicit: Implicit) -> String {
        let text = self.write(expression, implicit);
        if self.pretty && !is_simple(expression, parent, implicit) {
            format!("({text})")
        } else {
            text
        }
    }

    fn enclosed(&self, text: String) -> String {
        if self.pretty {
            text
        } else {
            format!("({text})")
        }
    }

    fn joined(&self, parts: &[Expression], operator: &str, parent: &Expression) -> String {
        let parts: Vec<_> = parts
            .iter()
            .map(|part| self.operand(part, parent, Hidden))
            .collect();
        self.enclosed(parts.join(operator))
    }

    fn list(&self, arguments: &[Expression]) -> String {
        let texts: Vec<_> = arguments
            .iter()
            .map(|argument| self.write(argument, Shown))
            .collect();
        texts.join(", ")
    }

    fn column(&self, column: ColumnRef) -> String {
        let table = self.table.and_then(|oid| self.catalog.tables.get(&oid));
        let name = table.map_or_else(String::new, |table| table.column_name(column.number));
        let entry = self.entries.get(column.entry).copied().unwrap_or_default();
        format!("{entry}{}", quoted(&name))
    }

    fn relation(&self, oid: Oid) -> String {
        let name = self.catalog.relation_name(oid);
        let name = name.map_or_else(String::new, qualified);
        format!("{}::regclass", literal(&name))
    }

    fn cast(&self, argument: &Expression, ty: &TypeUse, parent: &Expression) -> String {
        let text = match argument {
            // A length that is given to a constant: the constant needs no type of its own.
            Expression::Constant {
                text,
                ty: TypeUse {
                    oid, modifier: -1, ..
                },
            } if *oid == ty.oid => self.constant(text.as_deref(), ty, false),
            _ if self.pretty => self.operand(argument, parent, Hidden),
            _ => format!("({})", self.write(argument, Hidden)),
        };
        format!("{text}::{}", self.catalog.type_text(ty))
    }

    /// `'x'::text`, `5`, `true`.
    fn constant(&self, text: Option<&str>, ty: &TypeUse, labelled: bool) -> String {
        let label = |text: String| match labelled {
            true => format!("{text}::{}", self.catalog.type_text(ty)),
            false => text,
        };
        let Some(text) = text else {
            return label("NULL".to_owned());
        };
        let starts_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
        match ty.oid {
            BOOL => text.to_owned(),
            INT4 if starts_with_digit => text.to_owned(),
            NUMERIC if starts_with_digit && text.contains(['.', 'e', 'E']) => match ty.modifier {
                -1 => text.to_owned(),
                _ => label(text.to_owned()),
            },
            BIT | VARBIT => label(format!("'{text}'")),
            UNKNOWN => literal(text),
            _ => label(literal(text)),
        }
    }

    fn call(&self, expression: &Expression) -> String {
        let Expression::Call {
            schema,
            name,
            arguments,
            variadic,
            form,
            ..
        } = expression
        else {
            return String::new();
        };
        let written: Vec<String> = arguments
            .iter()
            .map(|argument| match form {
                Form::Plain => self.write(argument, Shown),
                // With a syntax of its own a function shows no cast that nobody wrote.
                _ => self.write(argument, Hidden),
            })
            .collect();
        match (form, written.as_slice()) {
            (Form::Extract, [_, source]) => {
                let field = match &arguments[0] {
                    Expression::Constant {
                        text: Some(text), ..
                    } => text.clone(),
                    _ => written[0].clone(),
                };
                format!("EXTRACT({field} FROM {source})")
            }
            (Form::AtTimeZone, [zone, source]) => {
                let (zone, source) = match self.pretty {
                    true => (
                        self.operand(&arguments[0], expression, Hidden),
                        self.operand(&arguments[1], expression, Hidden),
                    ),
                    false => (zone.clone(), source.clone()),
                };
                format!("({source} AT TIME ZONE {zone})")
            }
            (Form::Trim(side), [text]) => format!("TRIM({side} FROM {text})"),
            (Form::Trim(side), [text, characters]) => {
                format!("TRIM({side} {characters} FROM {text})")
            }
            (Form::Substring, [text, from]) => format!("SUBSTRING({text} FROM {from})"),
            (Form::Substring, [text, from, length]) => {
                format!("SUBSTRING({text} FROM {from} FOR {length})")
            }
            (Form::Position, [text, part]) => format!("POSITION(({part}) IN ({text}))"),
            (Form::Overlay, [text, part, from]) => {
                format!("OVERLAY({text} PLACING {part} FROM {from})")
            }
            (Form::Overlay, [text, part, from, length]) => {
                format!("OVERLAY({text} PLACING {part} FROM {from} FOR {length})")
            }
            (Form::Normalize | Form::IsNormalized, [text, _]) => {
                let unicode = match &arguments[1] {
                    Expression::Constant {
                        text: Some(text), ..
                    } => text.clone(),
                    _ => written[1].clone(),
                };
                match form {
                    Form::Normalize => format!("NORMALIZE({text}, {unicode})"),
                    _ => format!("({text} IS {unicode} NORMALIZED)"),
                }
            }
            (Form::Normalize, [text]) => format!("NORMALIZE({text})"),
            (Form::IsNormalized, [text]) => format!("({text} IS NORMALIZED)"),
            (Form::Overlaps, [a, b, c, d]) => format!("(({a}, {b}) OVERLAPS ({c}, {d}))"),
            _ => {
                let name = match schema {
                    Some(schema) => format!("{}.{}", quoted(schema), quoted(name)),
                    // These words would be taken for something else.
                    None => function_name(name),
                };
                let mut written = written;
                if let (true, Some(last)) = (*variadic, written.last_mut()) {
                    *last = format!("VARIADIC {last}");
                }
                format!("{name}({})", written.join(", "))
            }
        }
    }

    fn case(
        &self,
        operand: Option<&Expression>,
        branches: &[(Expression, Expression)],
        otherwise: Option<&Expression>,
    ) -> String {
        let mut text = "\nCASE".to_owned();
        if let Some(operand) = operand {
            text.push_str(&format!(" {}", self.write(operand, Shown)));
        }
        for (condition, result) in branches {
            text.push_str(&format!(
                "\n    WHEN {} THEN {}",
                self.write(condition, Hidden),
                self.write(result, Shown)
            ));
        }
        if let Some(otherwise) = otherwise {
            text.push_str(&format!("\n    ELSE {}", self.write(otherwise, Shown)));
        }
        text.push_str("\nEND");
        text
    }
}

/// `'it''s'`
pub(in crate::sql) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// `"C"`, `public.german`: those of the system need no schema.
pub(in crate::sql) fn collation_text(collation: &crate::model::ObjectName) -> String {
    if collation.schema == "pg_catalog" {
        quoted(&collation.name)
    } else {
        qualified(collation)
    }
}

fn function_name(name: &str) -> String {
    const NEED_SCHEMA: [&str; 8] = [
        "date_part_",
        "extract",
        "overlay",
        "position",
        "timezone_",
        "trim",
        "coalesce",
        "substring_",
    ];
    if NEED_SCHEMA.contains(&name) {
        format!("pg_catalog.\"{name}\"")
    } else {
        quoted(name)
    }
}
