//! Branches and loops of a block.

use super::value::Value;
use super::{Applier, Run, Variables, assign, forget};
use crate::sql::syntax::{Kind, Node};

impl Applier {
    pub(super) fn branch(&mut self, node: &Node, variables: &mut Variables) -> Run {
        let own = (
            node.child(Kind::PLPGSQL_EXPR),
            node.child(Kind::PLPGSQL_BODY),
        );
        let others = node.all(Kind::PLPGSQL_ELSIF_CLAUSE).map(|clause| {
            (
                clause.child(Kind::PLPGSQL_EXPR),
                clause.child(Kind::PLPGSQL_BODY),
            )
        });
        let branches: Vec<_> = std::iter::once(own).chain(others).collect();
        for (condition, body) in branches {
            let holds = condition.and_then(|condition| self.value(&condition, variables));
            match holds.and_then(|holds| holds.truth()) {
                Some(true) => {
                    return body.map_or(Ok(()), |body| self.statements(&body, variables));
                }
                Some(false) => {}
                None => {
                    forget(node, variables);
                    self.undecided(node);
                    return Ok(());
                }
            }
        }
        let otherwise = node.child(Kind::PLPGSQL_ELSE_CLAUSE);
        match otherwise.and_then(|clause| clause.child(Kind::PLPGSQL_BODY)) {
            Some(body) => self.statements(&body, variables),
            None => Ok(()),
        }
    }

    pub(super) fn for_each(&mut self, node: &Node, variables: &mut Variables) -> Run {
        let array = node.child(Kind::PLPGSQL_EXPR);
        let values = array.and_then(|array| self.value(&array, variables));
        let (Some(Value::List(values)), Some(body), Some(variable)) = (
            values,
            node.child(Kind::PLPGSQL_BODY),
            node.child(Kind::PLPGSQL_FOR_VARIABLE),
        ) else {
            forget(node, variables);
            self.undecided(node);
            return Ok(());
        };
        for value in values {
            assign(variables, Some(&variable), Some(value));
            self.statements(&body, variables)?;
        }
        Ok(())
    }

    pub(super) fn for_query(&mut self, node: &Node, variables: &mut Variables) -> Run {
        let query = node.children().find(|child| child.kind() == Kind::SELECT);
        let rows = query.and_then(|query| self.records(&query, variables));
        let (Some(rows), Some(body), Some(variable)) = (
            rows,
            node.child(Kind::PLPGSQL_BODY),
            node.child(Kind::PLPGSQL_FOR_VARIABLE),
        ) else {
            forget(node, variables);
            self.undecided(node);
            return Ok(());
        };
        let record = variable.name();
        for row in rows {
            for (name, value) in row {
                variables.insert(format!("{record}.{name}"), value);
            }
            self.statements(&body, variables)?;
        }
        Ok(())
    }
}
