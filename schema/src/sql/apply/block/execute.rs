//! Texts that are run as statements: those of `EXECUTE`, and those that a query answers with.

use std::ops::Range;

use super::condition::{Names, is_query};
use super::value::Value;
use super::{Applier, End, Fault, Run, Variables, assign, forget, text, without_structure};
use crate::sql::diagnostic::Severity;
use crate::sql::syntax::{Kind, Node, parse};

impl Applier {
    /// `EXECUTE`: the text is known, or it is clear that nothing of the schema stands in it.
    pub(super) fn execute(&mut self, node: &Node, variables: &mut Variables) -> Run {
        let Some(expression) = node.child(Kind::PLPGSQL_EXPR) else {
            return Ok(());
        };
        let text = match self.value(&expression, variables) {
            Some(Value::Text(text)) => text,
            _ => {
                forget(node, variables);
                self.undecided(node);
                return Ok(());
            }
        };
        if let Some(clause) = node.child(Kind::PLPGSQL_INTO_CLAUSE) {
            return self.execute_into(&clause, &text, variables);
        }
        for range in crate::sql::statements(&text) {
            let text = &text[range];
            if without_structure(text).is_some() {
                continue;
            }
            let (statement, problems) = parse(text);
            let Some(statement) = statement.filter(|_| problems.is_empty()) else {
                self.undecided(node);
                continue;
            };
            let known = self.problems.len();
            let done = match statement.kind() {
                Kind::SELECT => self.select(&statement, variables),
                _ => self.attempt(&statement),
            };
            // The place of the text is that of the statement which executes it.
            for problem in &mut self.problems[known..] {
                problem.range = node.range();
            }
            done.map_err(|fault| {
                End::Failed(Fault {
                    range: node.range(),
                    ..fault
                })
            })?;
        }
        Ok(())
    }

    /// `EXECUTE … INTO v`: the variables have what the query finds, as far as that is known.
    fn execute_into(&mut self, clause: &Node, text: &str, variables: &mut Variables) -> Run {
        let (query, problems) = parse(text);
        let query = query.filter(|query| problems.is_empty() && is_query(query));
        let value = query.as_ref().and_then(|query| {
            let names = Names {
                rows: &[],
                variables,
            };
            self.scalar(query, names)
        });
        forget(clause, variables);
        let mut targets = clause.descendants(Kind::PLPGSQL_VAR_NAME_REF);
        if let (Some(target), None) = (targets.next(), targets.next()) {
            assign(variables, Some(&target), value);
        }
        match query {
            Some(query) => self.call_functions(&query, variables).map_err(End::Failed),
            None => Ok(()),
        }
    }

    /// Runs what a query answers with, row by row, as `\gexec` does; false where that is not known and may matter.
    pub(in crate::sql) fn execute_result(&mut self, query: &str, place: Range<usize>) -> bool {
        let (node, problems) = parse(query);
        let Some(node) = node.filter(|node| problems.is_empty() && is_query(node)) else {
            return false;
        };
        let Some(rows) = self.records(&node, &Variables::new()) else {
            return !text::may_have_structure(&node);
        };
        for (_, value) in rows.into_iter().flatten() {
            let text = value.shown().unwrap_or_default();
            for range in crate::sql::statements(&text) {
                let known = self.problems.len();
                drop(self.statement(&text[range]));
                for problem in &mut self.problems[known..] {
                    // Each of them fails by itself.
                    problem.severity = Severity::Warning;
                    problem.range = place.clone();
                }
            }
        }
        true
    }
}
