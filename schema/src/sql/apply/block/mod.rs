//! DO blocks and functions that are called: what they do to the schema, as far as the files tell.
//!
//! Statements are applied as they are elsewhere. A failure that a handler names is survived, with what the block had
//! done before it undone. A condition is asked of the catalog in memory; what cannot be decided is warned of.

mod call;
mod condition;
mod execute;
mod flow;
mod query;
mod rows;
mod text;
mod value;

use std::collections::BTreeMap;

use super::{Applier, Fault, SCRATCH, fault, without_structure};
use crate::sql::name::folded;
use crate::sql::syntax::{Body, Kind, Node, parse};
pub(super) use call::Calls;
use condition::is_query;
use value::Value;

/// The variables of a block, as far as they are known.
pub(super) type Variables = BTreeMap<String, Value>;

/// Why the statements of a block come to an end.
enum End {
    Failed(Fault),
    Returned,
}

type Run = Result<(), End>;

impl Applier {
    /// Runs a DO statement; says what kind it is where nothing in it carries structure.
    pub(super) fn run(&mut self, node: &Node) -> Result<Option<String>, Fault> {
        let body = Body::of(node);
        let block = body
            .as_ref()
            .and_then(|body| body.root.child(Kind::PLPGSQL_BLOCK));
        let (Some(body), Some(block)) = (body, block) else {
            self.warn(
                node,
                "a DO block is not run: what it does to the schema is missing",
                Some(SCRATCH),
            );
            return Ok(None);
        };
        if !has_structure(&body.root) && !self.calls_changing(&body.root) {
            return Ok(Some("DO".to_owned()));
        }
        let before = self.catalog.clone();
        let known = self.problems.len();
        let ended = self.block(&block, &mut Variables::new());
        for problem in &mut self.problems[known..] {
            problem.range = body.range(&problem.range);
        }
        match ended {
            Ok(()) | Err(End::Returned) => Ok(None),
            Err(End::Failed(fault)) => {
                self.catalog = before;
                Err(Fault {
                    range: body.range(&fault.range),
                    ..fault
                })
            }
        }
    }

    fn block(&mut self, block: &Node, variables: &mut Variables) -> Run {
        if let Some(section) = block.child(Kind::PLPGSQL_DECLARE_SECTION) {
            for cursor in section.all(Kind::PLPGSQL_CURSOR_DECL) {
                let name = cursor.child(Kind::PLPGSQL_VAR_NAME);
                let query = cursor.children().find(is_query).map(Value::Query);
                assign(variables, name.as_ref(), query);
            }
            for declared in section.all(Kind::PLPGSQL_VAR_DECL) {
                let name = declared.child(Kind::PLPGSQL_VAR_NAME);
                let initial = declared.child(Kind::PLPGSQL_VAR_INIT);
                let value = match initial.and_then(|initial| initial.child(Kind::PLPGSQL_EXPR)) {
                    Some(expression) => self.value(&expression, variables),
                    None => Some(Value::Null),
                };
                assign(variables, name.as_ref(), value);
            }
        }
        let Some(body) = block.child(Kind::PLPGSQL_BODY) else {
            return Ok(());
        };
        let Some(section) = block.child(Kind::PLPGSQL_EXCEPTION_SECTION) else {
            return self.statements(&body, variables);
        };
        let before = self.catalog.clone();
        let known = self.problems.len();
        let mut ended = self.statements(&body, variables);
        if ended.is_ok() && self.has_assumed_since(&before) {
            let missing = fault(block, "a type does not exist").of("undefined_object");
            let mut handlers = section.all(Kind::PLPGSQL_EXCEPTION_HANDLER);
            if handlers.any(|handler| names(&handler, &missing)) {
                self.problems.truncate(known);
                ended = Err(End::Failed(missing));
            }
        }
        match ended {
            Err(End::Failed(fault)) => {
                let mut handlers = section.all(Kind::PLPGSQL_EXCEPTION_HANDLER);
                let Some(handler) = handlers.find(|handler| names(handler, &fault)) else {
                    return Err(End::Failed(fault));
                };
                self.catalog = before;
                match handler.child(Kind::PLPGSQL_BODY) {
                    Some(body) => self.statements(&body, variables),
                    None => Ok(()),
                }
            }
            ended => ended,
        }
    }

    fn statements(&mut self, body: &Node, variables: &mut Variables) -> Run {
        for statement in body.children() {
            self.block_statement(&statement, variables)?;
        }
        Ok(())
    }

    fn block_statement(&mut self, node: &Node, variables: &mut Variables) -> Run {
        match node.kind() {
            Kind::PLPGSQL_BLOCK => self.block(node, variables),
            Kind::PLPGSQL_IF_STMT => self.branch(node, variables),
            Kind::PLPGSQL_EXEC_SQL_STMT => self.embedded(node, variables),
            Kind::PLPGSQL_PERFORM_STMT => {
                if let Some(query) = node.children().next() {
                    if query.kind() == Kind::SELECT {
                        self.select(&query, variables).map_err(End::Failed)?;
                    }
                    self.note_found(&query, variables);
                }
                Ok(())
            }
            Kind::PLPGSQL_CALL_STMT => match node.child(Kind::CALL) {
                Some(call) => self.call(&call, &[], variables).map_err(End::Failed),
                None => Ok(()),
            },
            Kind::PLPGSQL_DYN_EXECUTE_STMT => self.execute(node, variables),
            Kind::PLPGSQL_ASSIGN_STMT => {
                let target = node.child(Kind::PLPGSQL_ASSIGN_TARGET);
                let value = node.child(Kind::PLPGSQL_EXPR);
                let value = value.and_then(|value| self.value(&value, variables));
                assign(variables, target.as_ref(), value);
                Ok(())
            }
            Kind::ERROR => {
                self.not_parsed(node, variables);
                Ok(())
            }
            Kind::PLPGSQL_RAISE_STMT => raised(node),
            Kind::PLPGSQL_RETURN_STMT => Err(End::Returned),
            Kind::PLPGSQL_FOR_EACH_STMT => self.for_each(node, variables),
            Kind::PLPGSQL_FOR_QUERY_STMT => self.for_query(node, variables),
            Kind::PLPGSQL_FOR_CURSOR_STMT => self.for_cursor(node, variables),
            Kind::PLPGSQL_FOR_DYN_STMT => self.for_text(node, variables),
            Kind::PLPGSQL_FOR_I_STMT => self.for_numbers(node, variables),
            Kind::PLPGSQL_NULL_STMT => Ok(()),
            _ => {
                forget(node, variables);
                self.undecided(node);
                Ok(())
            }
        }
    }

    /// A statement of SQL that stands in the block.
    fn embedded(&mut self, node: &Node, variables: &mut Variables) -> Run {
        let Some(statement) = node.children().next() else {
            return Ok(());
        };
        match statement.kind() {
            // What a query finds goes into variables here, and not into a table.
            Kind::SELECT | Kind::SELECT_INTO | Kind::COMPOUND_SELECT => {
                self.call_functions(&statement, variables)
                    .map_err(End::Failed)?;
                self.select_into_variables(&statement, variables);
                Ok(())
            }
            _ => self.attempt_within(&statement),
        }
    }

    /// What the parser of blocks does not know: `SELECT … INTO v` is read as a statement of its own.
    fn not_parsed(&mut self, node: &Node, variables: &mut Variables) {
        let (statement, problems) = parse(&node.text());
        let is_query =
            |statement: &Node| matches!(statement.kind(), Kind::SELECT | Kind::SELECT_INTO);
        match statement.filter(|own| problems.is_empty() && is_query(own)) {
            Some(query) => self.select_into_variables(&query, variables),
            None => {
                // Any of them may have another value now.
                variables.clear();
                self.undecided(node);
            }
        }
    }

    fn attempt_within(&mut self, statement: &Node) -> Run {
        match without_structure(&statement.text()) {
            Some(_) => Ok(()),
            None => self.attempt(statement).map(|_| ()).map_err(End::Failed),
        }
    }

    /// Warns of a part of a block that may change the schema, if it can.
    fn undecided(&mut self, node: &Node) {
        if has_structure(node) || self.calls_changing(node) {
            self.warn(
                node,
                "whether this part of the DO block is run, and on what, cannot be told from the files",
                Some(SCRATCH),
            );
        }
    }
}

/// Whether something in a block can change what the schema tells of.
fn has_structure(node: &Node) -> bool {
    let embedded = node.descendants(Kind::PLPGSQL_EXEC_SQL_STMT).any(|own| {
        let statement = own.children().next();
        statement.is_some_and(|statement| {
            let is_query = matches!(
                statement.kind(),
                Kind::SELECT | Kind::SELECT_INTO | Kind::COMPOUND_SELECT | Kind::VALUES
            );
            !is_query && without_structure(&statement.text()).is_none()
        })
    });
    let dynamic = node
        .descendants(Kind::PLPGSQL_DYN_EXECUTE_STMT)
        .any(|own| text::may_have_structure(&own));
    let path = node
        .descendants(Kind::PLPGSQL_PERFORM_STMT)
        .any(|own| own.text().contains("search_path"));
    // What is no query and not parsed may be anything.
    let unknown = node.descendants(Kind::ERROR).any(|own| {
        let text = own.text();
        let word = text.split_whitespace().next().unwrap_or_default();
        !["SELECT", "WITH"].contains(&word.to_ascii_uppercase().as_str())
            && without_structure(&text).is_none()
    });
    embedded
        || unknown
        || dynamic
        || path
        || node.descendants(Kind::PLPGSQL_DO_STMT).next().is_some()
        || node
            .descendants(Kind::PLPGSQL_FOR_DYN_STMT)
            .next()
            .is_some()
}

/// Variables that a part of a block gives a value which is not known.
fn forget(node: &Node, variables: &mut Variables) {
    let named = node.descendants(Kind::PLPGSQL_VAR_NAME_REF);
    for name in named.map(|name| name.name()).chain(["found".to_owned()]) {
        variables.remove(&name);
        let prefix = format!("{name}.");
        variables.retain(|own, _| !own.starts_with(&prefix));
    }
}

fn assign(variables: &mut Variables, name: Option<&Node>, value: Option<Value>) {
    let Some(name) = name.map(Node::name) else {
        return;
    };
    match value {
        Some(value) => variables.insert(name, value),
        None => variables.remove(&name),
    };
}

/// `RAISE EXCEPTION` fails; other levels say something.
fn raised(node: &Node) -> Run {
    let level = node.child(Kind::PLPGSQL_RAISE_LEVEL);
    let fails = level.is_none_or(|level| level.text().eq_ignore_ascii_case("exception"));
    match fails {
        true => {
            let failed = fault(node, "the DO block raises an exception");
            Err(End::Failed(failed.of("raise_exception")))
        }
        false => Ok(()),
    }
}

/// Whether a handler names a failure.
fn names(handler: &Node, fault: &Fault) -> bool {
    handler.all(Kind::PLPGSQL_CONDITION).any(|condition| {
        let tokens = condition.tokens();
        match tokens.as_slice() {
            [word, state] if word.eq_ignore_ascii_case("sqlstate") => {
                condition_of(state.trim_matches('\'')) == Some(fault.condition)
            }
            [name, ..] => {
                let name = folded(name);
                name == "others" || name == fault.condition
            }
            [] => false,
        }
    })
}

/// The condition of an SQLSTATE, of those that a reader of files meets.
fn condition_of(state: &str) -> Option<&'static str> {
    const STATES: [(&str, &str); 14] = [
        ("2BP01", "dependent_objects_still_exist"),
        ("22023", "invalid_parameter_value"),
        ("42701", "duplicate_column"),
        ("42703", "undefined_column"),
        ("42704", "undefined_object"),
        ("42710", "duplicate_object"),
        ("42723", "duplicate_function"),
        ("42809", "wrong_object_type"),
        ("42883", "undefined_function"),
        ("42P01", "undefined_table"),
        ("42P06", "duplicate_schema"),
        ("42P07", "duplicate_table"),
        ("42P16", "invalid_table_definition"),
        ("P0001", "raise_exception"),
    ];
    let mut states = STATES.iter();
    states.find(|(own, _)| *own == state).map(|(_, name)| *name)
}
