//! What each statement does to the catalog: a function for each family of statements.

mod alter_column;
mod alter_table;
mod assumed;
mod beside;
mod block;
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
mod session;
mod stub;
mod table;
mod trigger;
mod types;
mod variable;
mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(super) use beside::without_structure;

use super::builtin::Oid;
use super::catalog::{Catalog, TypeKind};
use super::diagnostic::{Problem, Severity};
use super::expression::{ColumnRef, Entry, Scope};
use super::syntax::{Kind, Node, parse};
use crate::model::FormerNames;

/// Applies statements, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Applier {
    pub(super) catalog: Catalog,
    /// What was found in the statement at hand.
    pub(super) problems: Vec<Problem>,
    transaction: Option<session::Transaction>,
    /// The table that a CREATE TABLE is making.
    pub(super) in_creation: Option<Oid>,
    /// The indexes of its keys whose names were chosen.
    unnamed: BTreeSet<Oid>,
    /// What no file makes, and is referred to.
    stubs: stub::Stubs,
    calls: block::Calls,
    /// The search path that a session begins with.
    path: Vec<String>,
    /// How many statements of each kind carried no structure.
    pub(super) skipped: BTreeMap<String, usize>,
}

/// Why a statement could not be applied.
#[derive(Debug)]
pub(super) struct Fault {
    range: Range<usize>,
    message: String,
    /// The name that PostgreSQL has for the condition: `duplicate_table`; empty where no handler asks for it.
    condition: &'static str,
}

impl Fault {
    /// The same as one of PostgreSQL's conditions.
    fn of(self, condition: &'static str) -> Self {
        Self { condition, ..self }
    }
}

type Done = Result<(), Fault>;

/// What to do where a statement is beyond a reader of files.
pub(super) const SCRATCH: &str = "`--scratch URL` reads the files through a PostgreSQL server";

fn fault(at: &Node, message: impl Into<String>) -> Fault {
    Fault {
        range: at.range(),
        message: message.into(),
        condition: "",
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
            transaction: None,
            in_creation: None,
            unnamed: BTreeSet::new(),
            stubs: stub::Stubs::default(),
            calls: block::Calls::default(),
            path: vec!["public".to_owned()],
            skipped: BTreeMap::new(),
        }
    }

    /// Applies one statement; returns what kind of statement it is, where it carries no structure.
    pub(super) fn statement(&mut self, text: &str) -> Option<String> {
        self.calls = block::Calls::default();
        self.follow(text);
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
            if let Some(kind) = with_variables(text) {
                return Some(self.skip(kind));
            }
            self.problems.extend(problems.into_iter().take(1));
            return None;
        }
        match self.attempt(&statement) {
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

    /// The same for a statement of which nothing stays where a part of it fails.
    pub(super) fn attempt(&mut self, node: &Node) -> Result<Option<String>, Fault> {
        self.remember();
        let has_parts = match node.kind() {
            Kind::CREATE_SCHEMA => true,
            Kind::ALTER_TABLE => node.children().count() > 2,
            _ => false,
        };
        let before = has_parts.then(|| self.catalog.clone());
        let done = self.apply(node);
        if let (Err(_), Some(before)) = (&done, before) {
            self.catalog = before;
        }
        match done {
            Ok(_) => self.say_assumed(),
            Err(_) => self.catalog.assumed.clear(),
        }
        if !self.is_in_transaction() {
            self.end_of_passing();
        }
        done
    }

    /// Applies a parsed statement, or says what kind of statement without structure it is.
    fn apply(&mut self, node: &Node) -> Result<Option<String>, Fault> {
        match node.kind() {
            Kind::CREATE_SCHEMA => self.create_schema(node),
            Kind::CREATE_EXTENSION => self.create_extension(node),
            Kind::SET => self.set(node),
            Kind::CREATE_TABLE | Kind::CREATE_FOREIGN_TABLE => self.create_table(node),
            Kind::CREATE_TABLE_AS => self.create_table_as(node),
            Kind::SELECT | Kind::SELECT_INTO => return self.select(node, &block::Variables::new()),
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
            Kind::CREATE_FUNCTION | Kind::CREATE_PROCEDURE | Kind::CREATE_AGGREGATE => {
                self.create_function(node)?;
                return Ok(Some(kind_in_words(node)));
            }
            Kind::ALTER_FUNCTION
            | Kind::ALTER_PROCEDURE
            | Kind::ALTER_ROUTINE
            | Kind::ALTER_AGGREGATE => {
                self.alter_function(node)?;
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
            | Kind::DROP_PROCEDURE
            | Kind::DROP_ROUTINE
            | Kind::DROP_AGGREGATE
            | Kind::DROP_TRIGGER
            | Kind::DROP_POLICY
            | Kind::DROP_RULE => self.drop(node),
            Kind::DO => return self.run(node),
            Kind::CALL => return self.run_call(node),
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
    fn numbers(&mut self, table: Oid, names: &[String], at: &Node) -> Result<Vec<i32>, Fault> {
        for name in names {
            self.learn_column(table, name);
        }
        let table = self.catalog.tables.get(&table);
        let number = |name: &String| {
            let column = table.and_then(|table| table.column(name));
            let table = table.map_or_else(String::new, |table| table.name.name.clone());
            column.map(|column| column.number).ok_or_else(|| {
                let message = format!("column `{name}` of `{table}` does not exist");
                fault(at, message).of("undefined_column")
            })
        };
        names.iter().map(number).collect()
    }
}

/// What a statement is called that has variables of psql where nothing of the schema stands.
fn with_variables(text: &str) -> Option<String> {
    let plain = variable::named(text)?;
    let (statement, problems) = parse(&plain);
    let statement = statement.filter(|_| problems.is_empty())?;
    let owner = |child: &Node| child.kind() == Kind::OWNER_TO;
    let is_select = statement.kind() == Kind::SELECT;
    let is_owner = format!("{:?}", statement.kind()).starts_with("ALTER")
        && statement.children().last().as_ref().is_some_and(owner);
    (is_select || is_owner || !variable::carries_structure(statement.kind()))
        .then(|| kind_in_words(&statement))
}

/// `CREATE_FUNCTION` → `CREATE FUNCTION`
fn kind_in_words(node: &Node) -> String {
    format!("{:?}", node.kind()).replace('_', " ")
}
