//! Branches and loops of a block.

use super::value::Value;
use super::{Applier, Run, Variables, assign, forget};
use crate::sql::syntax::{Kind, Node, parse};

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

    /// `FOR row IN SELECT …`
    pub(super) fn for_query(&mut self, node: &Node, variables: &mut Variables) -> Run {
        let query = node.children().find(|child| child.kind() == Kind::SELECT);
        self.for_rows(node, query, variables)
    }

    /// `FOR row IN cursor`
    pub(super) fn for_cursor(&mut self, node: &Node, variables: &mut Variables) -> Run {
        let cursor = node.child(Kind::PLPGSQL_CURSOR_VARIABLE_REF);
        let query = match cursor.and_then(|cursor| variables.get(&cursor.name())) {
            Some(Value::Query(query)) if node.child(Kind::ARG_LIST).is_none() => {
                Some(query.clone())
            }
            _ => None,
        };
        self.for_rows(node, query, variables)
    }

    /// `FOR row IN EXECUTE '…'`
    pub(super) fn for_text(&mut self, node: &Node, variables: &mut Variables) -> Run {
        let text = node.child(Kind::PLPGSQL_EXPR);
        let text = text.and_then(|text| self.value(&text, variables));
        let query = match text {
            Some(Value::Text(text)) => match parse(&text) {
                (query, problems) if problems.is_empty() => query,
                _ => None,
            },
            _ => None,
        };
        self.for_rows(node, query, variables)
    }

    fn for_rows(&mut self, node: &Node, query: Option<Node>, variables: &mut Variables) -> Run {
        let rows = query.and_then(|query| self.records(&query, variables));
        let names: Vec<Node> = node.all(Kind::PLPGSQL_FOR_VARIABLE).collect();
        let (Some(rows), Some(body), [first, ..]) =
            (rows, node.child(Kind::PLPGSQL_BODY), names.as_slice())
        else {
            forget(node, variables);
            self.undecided(node);
            return Ok(());
        };
        let record = first.name();
        for row in rows {
            // One that is declared as a text takes the one column.
            if let [(_, value)] = row.as_slice() {
                variables.insert(record.clone(), value.clone());
            }
            if names.len() > 1 {
                for (name, (_, value)) in names.iter().zip(&row) {
                    assign(variables, Some(name), Some(value.clone()));
                }
            }
            for (name, value) in row {
                variables.insert(format!("{record}.{name}"), value);
            }
            self.statements(&body, variables)?;
        }
        Ok(())
    }

    /// `FOR i IN 1..10 BY 2`
    pub(super) fn for_numbers(&mut self, node: &Node, variables: &mut Variables) -> Run {
        /// Loops that are longer are about rows.
        const LONGEST: usize = 1_000;
        let range = node.child(Kind::PLPGSQL_FOR_RANGE);
        let bounds = range.iter().flat_map(|range| range.all(Kind::PLPGSQL_EXPR));
        let bounds: Vec<_> = bounds
            .map(|bound| {
                self.value(&bound, variables)
                    .and_then(|value| value.number())
            })
            .collect();
        let (first, last, step) = match bounds.as_slice() {
            [Some(first), Some(last)] => (*first, *last, 1),
            [Some(first), Some(last), Some(step)] if *step > 0 => (*first, *last, *step),
            _ => (0, i64::MAX, 1),
        };
        let numbers: Vec<i64> = match node.has(Kind::REVERSE_KW) {
            true => std::iter::successors(Some(first), |number| number.checked_sub(step))
                .take_while(|number| *number >= last)
                .take(LONGEST + 1)
                .collect(),
            false => std::iter::successors(Some(first), |number| number.checked_add(step))
                .take_while(|number| *number <= last)
                .take(LONGEST + 1)
                .collect(),
        };
        let (Some(body), Some(variable), false) = (
            node.child(Kind::PLPGSQL_BODY),
            node.child(Kind::PLPGSQL_FOR_VARIABLE),
            numbers.len() > LONGEST,
        ) else {
            forget(node, variables);
            self.undecided(node);
            return Ok(());
        };
        for number in numbers {
            assign(variables, Some(&variable), Some(Value::Int(number)));
            self.statements(&body, variables)?;
        }
        Ok(())
    }
}
