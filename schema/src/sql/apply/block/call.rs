//! Functions and procedures of the files, where a statement calls them: they may change the schema.

use std::sync::Arc;

use super::condition::Names;
use super::query::Record;
use super::{Applier, End, Fault, SCRATCH, Variables, has_structure};
use crate::sql::catalog::Function;
use crate::sql::expression::{called, dotted};
use crate::sql::syntax::{Body, Kind, Node, parse};

/// Functions that call functions are followed so far.
const DEEPEST: usize = 16;

/// So many calls of one statement are followed.
const MOST: usize = 1_000;

/// The calls of a statement that are being followed.
#[derive(Debug, Clone, Default)]
pub(in crate::sql::apply) struct Calls {
    depth: usize,
    count: usize,
}

impl Applier {
    /// The text of a function that may change the schema when it is called.
    pub(in crate::sql::apply) fn changing(&self, node: &Node) -> Option<Arc<str>> {
        let changes = match Body::of(node) {
            Some(body) => has_structure(&body.root) || self.calls_changing(&body.root),
            None => false,
        };
        changes.then(|| Arc::from(node.text()))
    }

    /// `CALL p(…)`
    pub(in crate::sql::apply) fn run_call(&mut self, node: &Node) -> Result<Option<String>, Fault> {
        self.call(node, &[], &Variables::new())?;
        Ok(Some("CALL".to_owned()))
    }

    /// Runs the functions that a query calls, for each row that it finds.
    pub(in crate::sql::apply) fn call_functions(
        &mut self,
        query: &Node,
        variables: &Variables,
    ) -> Result<(), Fault> {
        if !self.calls_changing(query) {
            return Ok(());
        }
        let from = query.child(Kind::FROM_CLAUSE);
        let items = from.iter().flat_map(Node::children);
        for item in items.filter(|item| item.kind() == Kind::FUNCTION_FROM_ITEM) {
            for call in item.all(Kind::CALL_EXPR) {
                self.call(&call, &[], variables)?;
            }
        }
        let clause = query.child(Kind::SELECT_CLAUSE);
        let list = clause.and_then(|clause| clause.child(Kind::TARGET_LIST));
        let targets = list.iter().flat_map(|list| list.all(Kind::TARGET));
        let calls: Vec<Node> = targets
            .flat_map(|target| target.descendants(Kind::CALL_EXPR))
            .filter(|call| self.may_change(call))
            .collect();
        if calls.is_empty() {
            return Ok(());
        }
        let Some(rows) = self.rows_of(query, variables) else {
            self.in_doubt(query);
            return Ok(());
        };
        for row in rows {
            for call in &calls {
                self.call(call, &row, variables)?;
            }
        }
        Ok(())
    }

    /// Whether something in a statement or a block calls what may change the schema.
    pub(super) fn calls_changing(&self, node: &Node) -> bool {
        let is_known = self
            .catalog
            .functions
            .iter()
            .any(|own| own.changing.is_some());
        let is_call = |node: &Node| matches!(node.kind(), Kind::CALL_EXPR | Kind::CALL);
        is_known
            && (node.nodes(is_call).any(|call| self.may_change(&call))
                || self.executes_changing(node))
    }

    /// Whether a text that EXECUTE runs names what may change the schema.
    fn executes_changing(&self, node: &Node) -> bool {
        let mut executed = node.descendants(Kind::PLPGSQL_DYN_EXECUTE_STMT);
        executed.any(|statement| {
            let text = statement.text();
            let mut functions = self.catalog.functions.iter();
            functions.any(|own| own.changing.is_some() && text.contains(&own.name.name))
        })
    }

    fn may_change(&self, call: &Node) -> bool {
        let name = called(call);
        let mut functions = self.catalog.functions.iter();
        functions.any(|own| own.changing.is_some() && own.name.name == name)
    }

    pub(super) fn call(
        &mut self,
        call: &Node,
        row: &[Record],
        variables: &Variables,
    ) -> Result<(), Fault> {
        let Some(text) = self.meant(call).and_then(|own| own.changing.clone()) else {
            return Ok(());
        };
        if self.calls.depth == DEEPEST || self.calls.count == MOST {
            self.in_doubt(call);
            return Ok(());
        }
        let (Some(function), _) = parse(&text) else {
            return Ok(());
        };
        let body = Body::of(&function);
        let block = body
            .as_ref()
            .and_then(|body| body.root.child(Kind::PLPGSQL_BLOCK));
        let Some(block) = block else {
            return Ok(());
        };
        let names = Names {
            rows: row,
            variables,
        };
        let mut own = self.bound(&function, call, names);
        let before = self.catalog.clone();
        let known = self.problems.len();
        self.calls.depth += 1;
        self.calls.count += 1;
        let ended = self.block(&block, &mut own);
        self.calls.depth -= 1;
        // Once is enough: what is in doubt of a function is so for all of its statements.
        if self.problems.len() > known {
            self.problems.truncate(known);
            self.in_doubt(call);
        }
        match ended {
            Ok(()) | Err(End::Returned) => Ok(()),
            Err(End::Failed(fault)) => {
                self.catalog = before;
                let message = format!("the function `{}` fails: {}", called(call), fault.message);
                Err(Fault {
                    range: call.range(),
                    message,
                    ..fault
                })
            }
        }
    }

    /// The function that a call means.
    fn meant(&self, call: &Node) -> Option<&Function> {
        let callee = call.children().next()?;
        let path = dotted(&callee).unwrap_or_else(|| callee.path());
        let (name, schema) = path.split_last()?;
        let given = call
            .child(Kind::ARG_LIST)
            .map_or(0, |list| list.all(Kind::ARG).count());
        self.catalog.functions.iter().find(|own| {
            let is_visible = match schema.last() {
                Some(schema) => own.name.schema == *schema,
                None => self.catalog.path().any(|schema| *schema == own.name.schema),
            };
            let most = own.arguments.len();
            let fits = (most - own.defaults.min(most)..=most).contains(&given);
            own.name.name == *name && is_visible && fits
        })
    }

    /// The parameters of a function with the values that a call gives them, as far as those are known.
    fn bound(&self, function: &Node, call: &Node, names: Names<'_>) -> Variables {
        let arguments = call.child(Kind::ARG_LIST);
        let arguments: Vec<Node> = arguments
            .iter()
            .flat_map(|list| list.all(Kind::ARG))
            .collect();
        let list = function.child(Kind::PARAM_LIST);
        let parameters = list.iter().flat_map(|list| list.all(Kind::PARAM));
        let taken = parameters.filter(|parameter| parameter.child(Kind::PARAM_OUT).is_none());
        let mut bound = Variables::new();
        for (at, parameter) in taken.enumerate() {
            let given = match arguments.get(at) {
                Some(argument) => argument.children().next(),
                None => parameter
                    .child(Kind::PARAM_DEFAULT)
                    .and_then(|default| default.children().next()),
            };
            let Some(value) = given.and_then(|given| self.evaluated(&given, names)) else {
                continue;
            };
            if let Some(name) = parameter.child(Kind::PARAM_NAME) {
                bound.insert(name.name(), value.clone());
            }
            bound.insert(format!("${}", at + 1), value);
        }
        bound
    }

    /// Warns of a call that may change the schema in a way that the files do not tell.
    fn in_doubt(&mut self, at: &Node) {
        self.warn(
            at,
            "what the function that is called here does to the schema cannot be told from the files",
            Some(SCRATCH),
        );
    }
}
