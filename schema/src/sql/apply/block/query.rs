//! Queries of a block over the catalogs of PostgreSQL.

use super::condition::{Names, is_query};
use super::value::Value;
use super::{Applier, Variables, rows};
use crate::sql::expression::{SyntaxTree, operands};
use crate::sql::syntax::{Kind, Node, column_name};

/// A row of one of the tables of a query, under the name that it has there.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) alias: String,
    pub(super) cells: rows::Cells,
}

impl Record {
    pub(super) fn value(&self, column: &str) -> Option<&Value> {
        let mut cells = self.cells.iter();
        cells
            .find(|(name, _)| *name == column)
            .map(|(_, value)| value)
    }
}

/// What a query finds: rows for certain, and whether there may be others.
struct Found {
    rows: Vec<Vec<Record>>,
    more: bool,
}

impl Applier {
    /// Whether a query finds something.
    pub(super) fn exists(&self, query: &Node, outer: Names<'_>) -> Option<bool> {
        let query = plain(query)?;
        let found = self.found(&query, outer)?;
        match (found.rows.is_empty(), found.more) {
            (false, _) => Some(true),
            (true, false) => Some(false),
            (true, true) => None,
        }
    }

    /// The one value of a query.
    pub(super) fn scalar(&self, query: &Node, names: Names<'_>) -> Option<Value> {
        let query = plain(query)?;
        let found = self.found(&query, names)?;
        let target = target(&query)?;
        if counts(&target) {
            let count = i64::try_from(found.rows.len()).ok()?;
            return (!found.more).then_some(Value::Int(count));
        }
        match found.rows.first() {
            Some(row) => self.shown(&target, row, names),
            None if found.more => None,
            None => Some(Value::Null),
        }
    }

    /// The values of the one column of a query.
    pub(super) fn column_of(&self, query: &Node, names: Names<'_>) -> Option<Vec<Value>> {
        let query = plain(query)?;
        let found = self.found(&query, names)?;
        let target = target(&query)?;
        let values = found.rows.iter().map(|row| self.shown(&target, row, names));
        values.collect::<Option<_>>().filter(|_| !found.more)
    }

    /// The rows of a query, by the names of its columns.
    pub(super) fn records(
        &self,
        query: &Node,
        variables: &Variables,
    ) -> Option<Vec<Vec<(String, Value)>>> {
        let names = Names {
            rows: &[],
            variables,
        };
        let query = plain(query)?;
        let found = self.found(&query, names)?;
        if found.more {
            return None;
        }
        let list = query.child(Kind::SELECT_CLAUSE)?.child(Kind::TARGET_LIST)?;
        let targets: Vec<Node> = list.all(Kind::TARGET).collect();
        let row = |row: &Vec<Record>| {
            let mut cells = Vec::new();
            for target in &targets {
                if target.has(Kind::STAR) {
                    let all = row.iter().flat_map(|record| &record.cells);
                    cells.extend(all.map(|(name, value)| ((*name).to_owned(), value.clone())));
                } else {
                    cells.push((column_name(target)?, self.shown(target, row, names)?));
                }
            }
            Some(cells)
        };
        found.rows.iter().map(row).collect()
    }

    /// The rows of the tables of a query; none where they are not known.
    pub(super) fn rows_of(&self, query: &Node, variables: &Variables) -> Option<Vec<Vec<Record>>> {
        let from = query.child(Kind::FROM_CLAUSE);
        let mut items = from.iter().flat_map(Node::children);
        let names = Names {
            rows: &[],
            variables,
        };
        match items.any(|item| item.kind() != Kind::FUNCTION_FROM_ITEM) {
            true => {
                let found = self.found(query, names)?;
                (!found.more).then_some(found.rows)
            }
            false => Some(vec![Vec::new()]),
        }
    }

    /// `SELECT … INTO v`: the variables have what the query finds, as far as that is known.
    pub(super) fn select_into_variables(&mut self, query: &Node, variables: &mut Variables) {
        let Some(clause) = query.child(Kind::INTO_CLAUSE) else {
            return;
        };
        let words = clause.tokens();
        let named = words.iter().filter(|word| {
            !word.eq_ignore_ascii_case("into") && !word.eq_ignore_ascii_case("strict")
        });
        let named: Vec<String> = named.map(|word| crate::sql::name::folded(word)).collect();
        let names = Names {
            rows: &[],
            variables,
        };
        let value = match named.as_slice() {
            [_] => self.scalar(query, names),
            _ => None,
        };
        for name in &named {
            variables.remove(name);
        }
        if let ([name], Some(value)) = (named.as_slice(), value) {
            variables.insert(name.clone(), value);
        }
        self.note_found(query, variables);
    }

    /// FOUND says whether the last query found something.
    pub(super) fn note_found(&mut self, query: &Node, variables: &mut Variables) {
        let names = Names {
            rows: &[],
            variables,
        };
        match self.exists(query, names) {
            Some(found) => variables.insert("found".to_owned(), Value::Bool(found)),
            None => variables.remove("found"),
        };
    }

    fn shown(&self, target: &Node, row: &[Record], outer: Names<'_>) -> Option<Value> {
        let names = Names {
            rows: row,
            variables: outer.variables,
        };
        self.evaluated(&target.children().next()?, names)
    }

    fn found(&self, query: &Node, outer: Names<'_>) -> Option<Found> {
        let beyond = [
            Kind::WITH_CLAUSE,
            Kind::GROUP_BY_CLAUSE,
            Kind::HAVING_CLAUSE,
            Kind::OFFSET_CLAUSE,
        ];
        if query.children().any(|child| beyond.contains(&child.kind())) {
            return None;
        }
        let mut conditions = Vec::new();
        if let Some(clause) = query.child(Kind::WHERE_CLAUSE) {
            conditions.push(clause.children().next()?);
        }
        let mut found = Found {
            rows: vec![outer.rows.to_vec()],
            more: false,
        };
        let from = query.child(Kind::FROM_CLAUSE);
        for item in from.iter().flat_map(Node::children) {
            self.joined(&item, &mut conditions, outer, &mut found)?;
        }
        // What is still undecided with all tables at hand may be either.
        let mut rows = Vec::new();
        for row in std::mem::take(&mut found.rows) {
            match self.holds(&conditions, &row, outer) {
                Some(true) => rows.push(row),
                Some(false) => {}
                None => found.more = true,
            }
        }
        found.rows = rows;
        Some(found)
    }

    /// Adds the rows of an item of FROM to those so far.
    fn joined(
        &self,
        item: &Node,
        conditions: &mut Vec<Node>,
        outer: Names<'_>,
        found: &mut Found,
    ) -> Option<()> {
        match item.kind() {
            Kind::RELATION_FROM_ITEM => {
                let path = item.child(Kind::RELATION_NAME_REF)?.path();
                let alias = item.child(Kind::FROM_ALIAS);
                let alias = alias.and_then(|alias| alias.child(Kind::TABLE_ALIAS));
                let alias =
                    alias.map_or_else(|| path.last().cloned(), |alias| Some(alias.name()))?;
                let (table, complete) = rows::of(&self.catalog, &path)?;
                found.more |= !complete;
                let mut rows = Vec::new();
                for before in &found.rows {
                    for cells in &table {
                        let mut row = before.clone();
                        row.push(Record {
                            alias: alias.clone(),
                            cells: cells.clone(),
                        });
                        // Rows that are out already need not meet the tables to come.
                        if self.holds(conditions, &row, outer) != Some(false) {
                            rows.push(row);
                        }
                    }
                }
                found.rows = rows;
                Some(())
            }
            Kind::JOIN_EXPR => {
                let mut parts = item.children();
                let (left, join) = (parts.next()?, parts.next()?);
                let kind = join.children().next()?.kind();
                let right = join
                    .children()
                    .find(|child| child.kind() == Kind::RELATION_FROM_ITEM)?;
                // Every object is in a schema: to join it from outside or from inside is the same.
                let is_schema = right.child(Kind::RELATION_NAME_REF).is_some_and(|name| {
                    name.path()
                        .last()
                        .is_some_and(|name| name == "pg_namespace")
                });
                if kind != Kind::JOIN_INNER && !(kind == Kind::JOIN_LEFT && is_schema) {
                    return None;
                }
                let condition = join.child(Kind::ON_CLAUSE)?.children().next()?;
                conditions.push(condition);
                self.joined(&left, conditions, outer, found)?;
                self.joined(&right, conditions, outer, found)
            }
            _ => None,
        }
    }

    /// Whether all conditions hold of a row; false as soon as a part of one does not.
    fn holds(&self, conditions: &[Node], row: &[Record], outer: Names<'_>) -> Option<bool> {
        let names = Names {
            rows: row,
            variables: outer.variables,
        };
        let mut all = Some(true);
        for condition in conditions {
            match self.condition_holds(condition, names) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => all = None,
            }
        }
        all
    }

    fn condition_holds(&self, condition: &Node, names: Names<'_>) -> Option<bool> {
        // The terms of AND one by one: one that is false decides.
        if condition.kind() == Kind::BIN_EXPR
            && let Some(tree) = operands(condition)
        {
            return self.term_holds(&tree, names);
        }
        self.evaluated(condition, names)?.truth()
    }

    fn term_holds(&self, tree: &SyntaxTree, names: Names<'_>) -> Option<bool> {
        match tree {
            SyntaxTree::Binary {
                left,
                operator,
                right,
            } if operator.kind == Kind::AND_KW => {
                match (self.term_holds(left, names), self.term_holds(right, names)) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                }
            }
            SyntaxTree::Operand(node) => self.condition_holds(node, names),
            other => self.operation_value(other, names)?.truth(),
        }
    }
}

/// The query without brackets around it.
fn plain(query: &Node) -> Option<Node> {
    match query.kind() {
        Kind::PAREN_SELECT => plain(&query.children().find(is_query)?),
        Kind::SELECT | Kind::SELECT_INTO | Kind::PLPGSQL_EXPR => Some(query.clone()),
        _ => None,
    }
}

/// The one column of a query.
fn target(query: &Node) -> Option<Node> {
    let list = query
        .child(Kind::SELECT_CLAUSE)
        .unwrap_or_else(|| query.clone())
        .child(Kind::TARGET_LIST)?;
    let mut targets = list.all(Kind::TARGET);
    let first = targets.next()?;
    targets.next().is_none().then_some(first)
}

/// `count(*)`
fn counts(target: &Node) -> bool {
    let call = target.children().next();
    call.is_some_and(|call| {
        call.kind() == Kind::CALL_EXPR && crate::sql::expression::called(&call) == "count"
    })
}
