//! Tables that no file makes and that are another tool's: `auth.users` of Supabase.
//!
//! What refers to one says as much of it as an application needs: its name, the key and the type of that.

use std::collections::BTreeSet;

use super::assumed::Made;
use super::{Applier, Fault, fault};
use crate::model::ObjectName;
use crate::name::in_quotes;
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Column, RelationId, TableKind};
use crate::sql::name::folded;
use crate::sql::scan::{Lexeme, Scanner};
use crate::sql::script::Script;
use crate::sql::split::Kind as Piece;
use crate::sql::syntax::Node;

/// What is known of the tables that no file makes.
#[derive(Debug, Clone, Default)]
pub(in crate::sql) struct Stubs {
    /// `schema.name` of whatever a file makes, wherever it does.
    made: BTreeSet<String>,
    /// The schemas that some file makes or drops.
    pub(super) schemas: BTreeSet<String>,
    /// The types that some file makes.
    pub(super) made_types: Made,
    tables: BTreeSet<Oid>,
    /// The statements that would make them on a server.
    pub(super) statements: Vec<String>,
}

impl Applier {
    /// One for what a script makes.
    pub(in crate::sql) fn for_files(script: &Script<'_>) -> Self {
        let mut applier = Self::new();
        let statements = script
            .steps
            .iter()
            .filter(|step| step.statement.kind == Piece::Sql);
        applier.stubs.made = statements
            .clone()
            .filter_map(|step| made(&step.text))
            .collect();
        for step in statements {
            applier.stubs.schemas.extend(schemas(&step.text));
            applier.stubs.made_types.add(&step.text);
        }
        applier
    }

    /// The statements that would make the tables of other tools, as far as they are known.
    pub(in crate::sql) fn stubs(&self) -> &[String] {
        &self.stubs.statements
    }

    /// Where a new object with this name goes; a schema that no file makes is taken to be there.
    pub(super) fn new_name(&mut self, written: &Node) -> Result<ObjectName, Fault> {
        let path = written.path();
        if let [.., schema, _] = path.as_slice()
            && !self.catalog.schemas.contains(schema)
            && !self.stubs.schemas.contains(schema)
            && schema != "pg_temp"
        {
            self.warn(
                written,
                format!("no file makes the schema `{schema}`: it is taken to be there"),
                Some("a file with its CREATE SCHEMA, named before this one, makes it"),
            );
            self.stubs
                .statements
                .push(format!("CREATE SCHEMA {}", in_quotes(schema)));
            self.catalog.schemas.push(schema.clone());
        }
        self.catalog
            .new_name(&path)
            .map_err(|message| fault(written, message).of("invalid_schema_name"))
    }

    /// The table that a foreign key refers to; one that no file makes is taken for another tool's.
    pub(super) fn target_of(
        &mut self,
        reference: &Node,
        table: Oid,
        columns: &[String],
        wanted: &[String],
    ) -> Result<Oid, Fault> {
        let path = reference.path();
        let [schema, name] = path.as_slice() else {
            return self.table_of(reference);
        };
        let object = ObjectName::new(schema, name);
        let known = match self.catalog.relation(&object) {
            Some(RelationId::Table(oid)) if self.stubs.tables.contains(&oid) => Some(oid),
            Some(_) => return self.table_of(reference),
            None => None,
        };
        if known.is_none()
            && (schema == "public" || self.stubs.made.contains(&object.to_string().to_lowercase()))
        {
            return self.table_of(reference);
        }
        let target = known.unwrap_or_else(|| self.add_stub(object, reference));
        self.add_stub_columns(target, table, columns, wanted);
        Ok(target)
    }

    fn add_stub(&mut self, name: ObjectName, reference: &Node) -> Oid {
        self.warn(
            reference,
            format!("`{name}` is made by no file: it is taken for another tool's, of which only the key is known"),
            Some("a file with its CREATE TABLE, named before this one, says what it has"),
        );
        if !self.catalog.schemas.contains(&name.schema) {
            self.stubs
                .statements
                .push(format!("CREATE SCHEMA {}", in_quotes(&name.schema)));
            self.catalog.schemas.push(name.schema.clone());
        }
        self.stubs
            .statements
            .push(format!("CREATE TABLE {} ()", quoted_name(&name)));
        let table = self.add_table(name, TableKind::Table);
        self.stubs.tables.insert(table);
        table
    }

    /// Gives it the columns that are referred to, with the types of those that refer to them.
    fn add_stub_columns(&mut self, target: Oid, table: Oid, columns: &[String], wanted: &[String]) {
        let is_new = self
            .table(target)
            .is_some_and(|target| target.columns.is_empty());
        let wanted: Vec<String> = match (wanted, columns) {
            ([], _) if !is_new => return,
            ([], [_]) => vec!["id".to_owned()],
            ([], columns) => columns.to_vec(),
            (wanted, _) => wanted.to_vec(),
        };
        let Some(name) = self.table(target).map(|target| target.name.clone()) else {
            return;
        };
        let mut added = Vec::new();
        for (own, wanted) in columns.iter().zip(&wanted) {
            let source = self
                .table(table)
                .and_then(|table| table.column(own))
                .cloned();
            let is_there = self
                .table(target)
                .is_some_and(|target| target.column(wanted).is_some());
            let Some(source) = source.filter(|_| !is_there) else {
                continue;
            };
            let ty = self.catalog.type_text(&source.ty);
            added.push((wanted, format!("ADD COLUMN {} {ty}", in_quotes(wanted))));
            let column = Column {
                name: wanted.clone(),
                not_null: true,
                expression: None,
                generated: None,
                identity: None,
                comment: None,
                inherited: false,
                ..source
            };
            self.add_column(target, column);
        }
        if added.is_empty() {
            return;
        }
        let names: Vec<String> = added.iter().map(|(name, _)| in_quotes(name)).collect();
        let kind = if is_new { "PRIMARY KEY" } else { "UNIQUE" };
        let key = format!("ADD {kind} ({})", names.join(", "));
        let columns: Vec<&str> = added.iter().map(|(_, column)| column.as_str()).collect();
        let alter = format!("ALTER TABLE {}", quoted_name(&name));
        self.stubs
            .statements
            .push(format!("{alter} {}, {key}", columns.join(", ")));
        drop(self.statement(&format!("{alter} {key}")));
    }
}

/// The schemas that a statement names where it makes or drops one.
fn schemas(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '\''));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let is =
        |word: Option<&&str>, what: &str| word.is_some_and(|word| word.eq_ignore_ascii_case(what));
    let mut named = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !word.eq_ignore_ascii_case("schema") {
            continue;
        }
        let mut name = at + 1;
        while ["if", "not", "exists"]
            .iter()
            .any(|skipped| is(words.get(name), skipped))
        {
            name += 1;
        }
        named.extend(words.get(name).map(|name| folded(name)));
    }
    named
}

/// `schema.name` of the table that a statement makes, if it says a schema.
fn made(text: &str) -> Option<String> {
    let starts = |keyword: &str| {
        text.get(..keyword.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(keyword))
    };
    if !starts("CREATE") {
        return None;
    }
    let mut scanner = Scanner::new(text);
    let mut words: Vec<&str> = Vec::new();
    while words.len() < 12 {
        let start = scanner.at;
        match scanner.pass() {
            Ok(Some(Lexeme::Nothing)) => {}
            Ok(Some(_)) => words.push(&text[start..scanner.at]),
            Ok(None) | Err(_) => break,
        }
    }
    let is_kind = |word: &str| {
        ["TABLE", "VIEW"]
            .iter()
            .any(|kind| word.eq_ignore_ascii_case(kind))
    };
    let name = words.iter().position(|word| is_kind(word))? + 1;
    let has_condition = words
        .get(name)
        .is_some_and(|word| word.eq_ignore_ascii_case("IF"));
    let name = words.get(name + if has_condition { 3 } else { 0 }..)?;
    let plain = |word: &str| word.trim_matches('"').to_lowercase();
    match name {
        [schema, ".", name, ..] => Some(format!("{}.{}", plain(schema), plain(name))),
        _ => None,
    }
}

/// The same with its database schema.
pub(super) fn quoted_name(name: &ObjectName) -> String {
    format!("{}.{}", in_quotes(&name.schema), in_quotes(&name.name))
}
