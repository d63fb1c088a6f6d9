//! What each statement does to the catalog: a function for each family of statements.

mod alter_table;
mod column;
mod comment;
mod constraint;
mod domain;
mod drop;
mod function;
mod index;
mod key;
mod partition;
mod rename;
mod schema;
mod sequence;
mod table;
mod trigger;
mod types;
mod view;

use std::collections::BTreeMap;
use std::ops::Range;

use super::builtin::Oid;
use super::catalog::{Catalog, TypeKind};
use super::diagnostic::{Problem, Severity};
use super::expression::{ColumnRef, Entry, Scope};
use super::former::FormerNames;
use super::syntax::{Kind, Node, parse};

/// Applies statements, one after the other.
#[derive(Debug)]
pub(super) struct Applier {
    pub(super) catalog: Catalog,
    /// What was found in the statement at hand.
    pub(super) problems: Vec<Problem>,
    /// The table that a CREATE TABLE is making.
    pub(super) in_creation: Option<Oid>,
    /// How many statements of each kind carried no structure.
    pub(super) skipped: BTreeMap<String, usize>,
}

/// Why a statement could not be applied.
#[derive(Debug)]
pub(super) struct Fault {
    range: Range<usize>,
    message: String,
}

type Done = Result<(), Fault>;

/// What to do where a statement is beyond a reader of files.
pub(super) const SCRATCH: &str = "`--scratch URL` reads the files through a PostgreSQL server";

fn fault(at: &Node, message: impl Into<String>) -> Fault {
    Fault {
        range: at.range(),
        message: message.into(),
    }
}

/// The query that a view or table is made from.
fn query_of(statement: &Node) -> Option<Node> {
    statement.children().find(|child| {
        matches!(
            child.kind(),
            Kind::SELECT | Kind::COMPOUND_SELECT | Kind::PAREN_SELECT | Kind::VALUES | Kind::TABLE
        )
    })
}

impl Applier {
    pub(super) fn new() -> Self {
        Self {
            catalog: Catalog::new(),
            problems: Vec::new(),
            in_creation: None,
            skipped: BTreeMap::new(),
        }
    }

    /// Applies one statement; returns what kind of statement it is, where it carries no structure.
    pub(super) fn statement(&mut self, text: &str) -> Option<String> {
        if let Some(kind) = without_structure(text) {
            return Some(self.skip(kind));
        }
        let (statement, problems) = parse(text);
        let Some(statement) = statement else {
            self.problems.extend(problems);
            return None;
        };
        // What a function's body holds is no concern of the schema, nor is what a server would say to it.
        let has_body = matches!(
            statement.kind(),
            Kind::CREATE_FUNCTION
                | Kind::CREATE_PROCEDURE
                | Kind::CREATE_AGGREGATE
                | Kind::CREATE_RULE
        );
        if !problems.is_empty() && !has_body {
            self.problems.extend(problems.into_iter().take(1));
            return None;
        }
        match self.apply(&statement) {
            Ok(None) => None,
            Ok(Some(kind)) => Some(self.skip(kind)),
            Err(fault) => {
                self.problems.push(Problem {
                    severity: Severity::Error,
                    range: fault.range,
                    message: fault.message,
                    hint: None,
                });
                None
            }
        }
    }

    /// What the tables and enums were called before.
    pub(super) fn former_names(&self) -> FormerNames {
        let catalog = &self.catalog;
        let relations = catalog.tables.values().filter_map(|table| {
            let column = |number| {
                let mut columns = table.columns.iter();
                let column = columns.find(|column| column.number == number);
                column.map(|column| column.name.clone())
            };
            catalog.former.of_relation(table.oid, &table.name, column)
        });
        let enums = catalog.types.values();
        let enums = enums.filter(|ty| matches!(ty.kind, TypeKind::Enum(_)));
        let enums = enums.filter_map(|ty| catalog.former.of_enum(ty.oid, &ty.name));
        FormerNames {
            relations: relations.collect(),
            enums: enums.collect(),
        }
    }

    fn skip(&mut self, kind: String) -> String {
        *self.skipped.entry(kind.clone()).or_default() += 1;
        kind
    }

    /// Warns of what the schema may lack.
    fn warn(&mut self, at: &Node, message: impl Into<String>, hint: Option<&str>) {
        self.problems.push(Problem {
            severity: Severity::Warning,
            range: at.range(),
            message: message.into(),
            hint: hint.map(ToOwned::to_owned),
        });
    }

    /// Applies a parsed statement, or says what kind of statement without structure it is.
    fn apply(&mut self, node: &Node) -> Result<Option<String>, Fault> {
        match node.kind() {
            Kind::CREATE_SCHEMA => self.create_schema(node),
            Kind::CREATE_EXTENSION => self.create_extension(node),
            Kind::SET => self.set(node),
            Kind::CREATE_TABLE | Kind::CREATE_FOREIGN_TABLE => self.create_table(node),
            Kind::CREATE_TABLE_AS => self.create_table_as(node),
            Kind::SELECT | Kind::SELECT_INTO => return self.select(node),
            Kind::ALTER_TABLE
            | Kind::ALTER_FOREIGN_TABLE
            | Kind::ALTER_VIEW
            | Kind::ALTER_MATERIALIZED_VIEW => self.alter_table(node),
            Kind::CREATE_INDEX => self.create_index(node),
            Kind::ALTER_INDEX => self.alter_index(node),
            Kind::CREATE_VIEW | Kind::CREATE_MATERIALIZED_VIEW => self.create_view(node),
            Kind::CREATE_SEQUENCE => self.create_sequence(node),
            Kind::ALTER_SEQUENCE => self.alter_sequence(node),
            Kind::CREATE_TYPE => self.create_type(node),
            Kind::ALTER_TYPE => self.alter_type(node),
            Kind::CREATE_DOMAIN => self.create_domain(node),
            Kind::ALTER_DOMAIN => self.alter_domain(node),
            Kind::ALTER_SCHEMA => self.alter_schema(node),
            Kind::CREATE_FUNCTION | Kind::CREATE_AGGREGATE => {
                self.create_function(node);
                return Ok(Some(kind_in_words(node)));
            }
            Kind::CREATE_COLLATION => self.create_collation(node),
            Kind::CREATE_TRIGGER => self.create_trigger(node),
            Kind::ALTER_TRIGGER => self.alter_trigger(node),
            Kind::CREATE_POLICY => self.create_policy(node),
            Kind::CREATE_RULE => self.create_rule(node),
            Kind::COMMENT_ON => self.comment(node),
            Kind::DROP_TABLE
            | Kind::DROP_FOREIGN_TABLE
            | Kind::DROP_VIEW
            | Kind::DROP_MATERIALIZED_VIEW
            | Kind::DROP_SEQUENCE
            | Kind::DROP_INDEX
            | Kind::DROP_TYPE
            | Kind::DROP_DOMAIN
            | Kind::DROP_SCHEMA
            | Kind::DROP_EXTENSION
            | Kind::DROP_FUNCTION
            | Kind::DROP_TRIGGER
            | Kind::DROP_POLICY
            | Kind::DROP_RULE => self.drop(node),
            Kind::DO => {
                self.warn(
                    node,
                    "a DO block is not run: what it does to the schema is missing",
                    Some(SCRATCH),
                );
                Ok(())
            }
            _ => return Ok(Some(kind_in_words(node))),
        }?;
        Ok(None)
    }

    /// What names mean in an expression of a table.
    fn table_scope(&self, table: Oid) -> Scope {
        let entries = self.catalog.tables.get(&table).map(|table| {
            vec![Entry {
                schema: Some(table.name.schema.clone()),
                name: table.name.name.clone(),
                columns: table
                    .columns
                    .iter()
                    .map(|column| {
                        let reference = ColumnRef {
                            entry: 0,
                            number: column.number,
                        };
                        (column.name.clone(), reference, column.ty.clone())
                    })
                    .collect(),
                qualified_only: false,
            }]
        });
        Scope {
            entries: entries.unwrap_or_default(),
            ..Scope::default()
        }
    }

    /// The numbers of the columns that a list names.
    fn numbers(&self, table: Oid, names: &[String], at: &Node) -> Result<Vec<i32>, Fault> {
        let table = self.catalog.tables.get(&table);
        let number = |name: &String| {
            let column = table.and_then(|table| table.column(name));
            let table = table.map_or_else(String::new, |table| table.name.name.clone());
            column
                .map(|column| column.number)
                .ok_or_else(|| fault(at, format!("column `{name}` of `{table}` does not exist")))
        };
        names.iter().map(number).collect()
    }
}

/// `CREATE_FUNCTION` → `CREATE FUNCTION`
fn kind_in_words(node: &Node) -> String {
    format!("{:?}", node.kind()).replace('_', " ")
}

/// What a statement is called, if its first words tell that it carries no structure.
pub(super) fn without_structure(text: &str) -> Option<String> {
    const KINDS: [&str; 34] = [
        "INSERT",
        "UPDATE",
        "DELETE",
        "MERGE",
        "TRUNCATE",
        "COPY",
        "GRANT",
        "REVOKE",
        "BEGIN",
        "START",
        "COMMIT",
        "END",
        "ROLLBACK",
        "SAVEPOINT",
        "RELEASE",
        "ANALYZE",
        "VACUUM",
        "CLUSTER",
        "REINDEX",
        "REFRESH",
        "LOCK",
        "RESET",
        "SHOW",
        "EXPLAIN",
        "CALL",
        "NOTIFY",
        "LISTEN",
        "DISCARD",
        "CHECKPOINT",
        "SECURITY",
        "REASSIGN",
        "IMPORT",
        "VALUES",
        "DECLARE",
    ];
    let first = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()?
        .to_ascii_uppercase();
    if KINDS.contains(&first.as_str()) {
        return Some(first);
    }
    // Settings that change nothing of what is read.
    if first == "SET"
        && !text.to_ascii_lowercase().contains("search_path")
        && !text.to_ascii_lowercase().contains("schema")
    {
        return Some(first);
    }
    None
}
