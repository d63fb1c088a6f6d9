//! Operands and operators as they were written one after the other: AND and OR, IS, IN, LIKE, ANY.

use super::coerce::is_polymorphic;
use super::operator::normal;
use super::syntax_tree::{Operator, SyntaxTree};
use super::{Binder, Expression, Form};
use crate::sql::builtin::{BOOL, TIMESTAMPTZ, UNKNOWN};
use crate::sql::catalog::TypeUse;
use crate::sql::syntax::{Kind, Node};

impl Binder<'_> {
    /// A tree of operators.
    pub(super) fn tree(&mut self, written: &SyntaxTree) -> Option<Expression> {
        let (left, operator, right) = match written {
            SyntaxTree::Operand(node) => return self.bind(node),
            SyntaxTree::Minus(node) => {
                let argument = self.bind(node)?;
                return self.negative(argument);
            }
            SyntaxTree::Binary {
                left,
                operator,
                right,
            } => (left, operator, right),
        };
        match operator.kind {
            Kind::AND_KW => Some(Expression::And(self.terms(written, Kind::AND_KW)?)),
            Kind::OR_KW => Some(Expression::Or(self.terms(written, Kind::OR_KW)?)),
            Kind::IS_KW | Kind::IS_NOT => self.is(left, operator, right),
            Kind::IS_DISTINCT_FROM | Kind::IS_NOT_DISTINCT_FROM => {
                let left = self.tree(left)?;
                let right = self.tree(right)?;
                if let (Expression::Row(ones), Expression::Row(others)) = (&left, &right)
                    && ones.len() == others.len()
                {
                    let distinct = self.distinct_rows(ones.clone(), others.clone())?;
                    return Some(match operator.kind {
                        Kind::IS_DISTINCT_FROM => distinct,
                        _ => Expression::Not(Box::new(distinct)),
                    });
                }
                let Expression::Operator {
                    left: Some(left),
                    right,
                    ..
                } = self.operation("=", None, Some(left), right)?
                else {
                    return None;
                };
                let distinct = Expression::Distinct { left, right };
                Some(match operator.kind {
                    Kind::IS_DISTINCT_FROM => distinct,
                    _ => Expression::Not(Box::new(distinct)),
                })
            }
            Kind::IN_KW | Kind::NOT_IN => self.one_of(left, right, operator.kind == Kind::NOT_IN),
            Kind::LIKE_KW => self.like("~~", left, right),
            Kind::NOT_LIKE => self.like("!~~", left, right),
            Kind::ILIKE_KW => self.like("~~*", left, right),
            Kind::NOT_ILIKE => self.like("!~~*", left, right),
            Kind::SIMILAR_TO => self.similar("~", left, right),
            Kind::NOT_SIMILAR_TO => self.similar("!~", left, right),
            Kind::AT_TIME_ZONE => {
                let source = self.tree(left)?;
                let zone = self.tree(right)?;
                // An unknown source is taken for a time with a zone.
                let source = match source.ty().oid {
                    UNKNOWN => self.coerced(source, &TypeUse::plain(TIMESTAMPTZ)),
                    _ => source,
                };
                self.built_in_call("timezone", vec![zone, source], Form::AtTimeZone)
            }
            Kind::OVERLAPS_KW => {
                let (left, right) = (self.tree(left)?, self.tree(right)?);
                let (Expression::Row(mut ends), Expression::Row(more)) = (left, right) else {
                    return None;
                };
                ends.extend(more);
                self.built_in_call("overlaps", ends, Form::Overlaps)
            }
            _ => self.compare(left, operator, right),
        }
    }

    fn compare(
        &mut self,
        left: &SyntaxTree,
        operator: &Operator,
        right: &SyntaxTree,
    ) -> Option<Expression> {
        let value = self.tree(left)?;
        if let SyntaxTree::Operand(node) = right
            && let Some((list, all)) = quantified(node)
        {
            if matches!(
                list.kind(),
                Kind::SELECT | Kind::COMPOUND_SELECT | Kind::VALUES
            ) {
                return Some(self.opaque(&list, TypeUse::plain(BOOL)));
            }
            let array = self.bind(&list)?;
            return self.quantified(&operator.text, all, value, array);
        }
        let right = self.tree(right)?;
        match operator.schema {
            None => self.compared(&operator.text, value, right),
            Some(_) => self.operation(&operator.text, operator.schema.clone(), Some(value), right),
        }
    }

    /// Two values; rows are equal or not column by column.
    fn compared(
        &mut self,
        operator: &str,
        left: Expression,
        right: Expression,
    ) -> Option<Expression> {
        let operator = normal(operator);
        if let (Expression::Row(ones), Expression::Row(others)) = (&left, &right)
            && ones.len() == others.len()
            && matches!(operator, "=" | "<>")
        {
            let pairs = ones.iter().cloned().zip(others.iter().cloned());
            let terms = pairs.map(|(one, other)| self.operation(operator, None, Some(one), other));
            let terms = terms.collect::<Option<_>>()?;
            return Some(match operator {
                "=" => Expression::And(terms),
                _ => Expression::Or(terms),
            });
        }
        self.operation(operator, None, Some(left), right)
    }

    /// `(a, b) IS DISTINCT FROM (c, d)`: one column after the other is.
    fn distinct_rows(
        &mut self,
        ones: Vec<Expression>,
        others: Vec<Expression>,
    ) -> Option<Expression> {
        let mut all = None;
        for (one, other) in ones.into_iter().zip(others) {
            let Expression::Operator {
                left: Some(left),
                right,
                ..
            } = self.operation("=", None, Some(one), other)?
            else {
                return None;
            };
            let distinct = Expression::Distinct { left, right };
            all = Some(match all {
                Some(before) => Expression::Or(vec![before, distinct]),
                None => distinct,
            });
        }
        all
    }

    /// `a AND b AND c` as three terms; brackets around the first of them change nothing.
    fn terms(&mut self, written: &SyntaxTree, kind: Kind) -> Option<Vec<Expression>> {
        match written {
            SyntaxTree::Binary {
                left,
                operator,
                right,
            } if operator.kind == kind => {
                let mut terms = self.terms(left, kind)?;
                let right = self.tree(right)?;
                terms.push(self.as_bool(right));
                Some(terms)
            }
            SyntaxTree::Operand(node) => {
                let mut inner = node.clone();
                while inner.kind() == Kind::PAREN_EXPR {
                    inner = inner.children().next()?;
                }
                if inner.kind() == Kind::BIN_EXPR {
                    let tree = super::syntax_tree::operands(&inner)?;
                    if matches!(&tree, SyntaxTree::Binary { operator, .. } if operator.kind == kind)
                    {
                        return self.terms(&tree, kind);
                    }
                }
                let term = self.bind(node)?;
                Some(vec![self.as_bool(term)])
            }
            other => {
                let term = self.tree(other)?;
                Some(vec![self.as_bool(term)])
            }
        }
    }

    fn is(
        &mut self,
        left: &SyntaxTree,
        operator: &Operator,
        right: &SyntaxTree,
    ) -> Option<Expression> {
        let SyntaxTree::Operand(right) = right else {
            return None;
        };
        let not = operator.kind == Kind::IS_NOT;
        let what = match (right.text().to_ascii_uppercase().as_str(), not) {
            ("NULL", false) => "IS NULL",
            ("NULL", true) => "IS NOT NULL",
            ("TRUE", false) => "IS TRUE",
            ("TRUE", true) => "IS NOT TRUE",
            ("FALSE", false) => "IS FALSE",
            ("FALSE", true) => "IS NOT FALSE",
            ("UNKNOWN", false) => "IS UNKNOWN",
            ("UNKNOWN", true) => "IS NOT UNKNOWN",
            _ => return None,
        };
        let argument = self.tree(left)?;
        let argument = match what.ends_with("NULL") {
            true => argument,
            false => self.as_bool(argument),
        };
        Some(Expression::Is {
            argument: Box::new(argument),
            what,
        })
    }

    /// `a IN (…)`: with several constants `a = ANY (ARRAY[…])`, with one `a = …`.
    fn one_of(&mut self, left: &SyntaxTree, right: &SyntaxTree, not: bool) -> Option<Expression> {
        let SyntaxTree::Operand(list) = right else {
            return None;
        };
        let first = list.children().next()?;
        if matches!(
            first.kind(),
            Kind::SELECT | Kind::COMPOUND_SELECT | Kind::VALUES | Kind::PAREN_SELECT
        ) {
            self.tree(left)?;
            return Some(self.opaque(list, TypeUse::plain(BOOL)));
        }
        let value = self.tree(left)?;
        let items = match list.kind() {
            Kind::TUPLE_EXPR | Kind::PAREN_EXPR => self.all(list.children())?,
            _ => return None,
        };
        let (columns, constants): (Vec<_>, Vec<_>) = items
            .into_iter()
            .partition(|item| !item.columns().is_empty());
        let (operator, mut terms) = (if not { "<>" } else { "=" }, Vec::new());
        let mut single = columns;
        if constants.len() > 1 && !matches!(value, Expression::Row(_)) {
            let mut all = vec![value.clone()];
            all.extend(constants.iter().cloned());
            let element = self.common_type(&all)?;
            let array = TypeUse::plain(self.catalog.array_of(element.oid)?);
            let elements = constants
                .into_iter()
                .map(|item| self.coerced(item, &TypeUse::plain(element.oid)))
                .collect();
            let array = Expression::Array {
                elements,
                ty: array,
            };
            terms.push(self.quantified(operator, not, value.clone(), array)?);
        } else {
            single.extend(constants);
        }
        for item in single {
            terms.push(self.compared(operator, value.clone(), item)?);
        }
        Some(match (terms.len(), not) {
            (1, _) => terms.remove(0),
            (_, true) => Expression::And(terms),
            (_, false) => Expression::Or(terms),
        })
    }

    fn quantified(
        &mut self,
        operator: &str,
        all: bool,
        left: Expression,
        array: Expression,
    ) -> Option<Expression> {
        let array_type = array.ty();
        let element = match array_type.oid {
            UNKNOWN => UNKNOWN,
            oid => self
                .catalog
                .element_of(self.catalog.base_of(&TypeUse::plain(oid)).oid)?,
        };
        let types = [left.ty().oid, element];
        let chosen = self.chosen(operator, &types)?;
        let left = self.coerced(left, &TypeUse::plain(chosen.left));
        let right = match is_polymorphic(chosen.right) {
            true => match element {
                UNKNOWN => self.catalog.array_of(left.ty().oid)?,
                _ => array_type.oid,
            },
            false => self.catalog.array_of(chosen.right)?,
        };
        let array = self.coerced(array, &TypeUse::plain(right));
        Some(Expression::Quantified {
            operator: normal(operator).to_owned(),
            all,
            left: Box::new(left),
            array: Box::new(array),
        })
    }

    fn like(
        &mut self,
        operator: &str,
        left: &SyntaxTree,
        right: &SyntaxTree,
    ) -> Option<Expression> {
        let value = self.tree(left)?;
        if let SyntaxTree::Operand(node) = right
            && let Some((list, all)) = quantified(node)
        {
            let array = self.bind(&list)?;
            return self.quantified(operator, all, value, array);
        }
        let pattern = match right {
            SyntaxTree::Binary {
                left,
                operator,
                right,
            } if operator.kind == Kind::ESCAPE_KW => {
                let arguments = vec![self.tree(left)?, self.tree(right)?];
                self.built_in_call("like_escape", arguments, Form::Plain)?
            }
            other => self.tree(other)?,
        };
        self.operation(operator, None, Some(value), pattern)
    }

    fn similar(
        &mut self,
        operator: &str,
        left: &SyntaxTree,
        right: &SyntaxTree,
    ) -> Option<Expression> {
        let value = self.tree(left)?;
        let pattern = self.tree(right)?;
        let pattern = self.built_in_call("similar_to_escape", vec![pattern], Form::Plain)?;
        self.operation(operator, None, Some(value), pattern)
    }
}

/// `ANY (list)` and `ALL (list)`.
fn quantified(node: &Node) -> Option<(Node, bool)> {
    if node.kind() != Kind::CALL_EXPR {
        return None;
    }
    let function = node.children().next()?;
    let all = match function.kind() {
        Kind::ANY_FN | Kind::SOME_FN => false,
        Kind::ALL_FN => true,
        _ => return None,
    };
    let mut list = function.children().next()?;
    while list.kind() == Kind::PAREN_EXPR {
        list = list.children().next()?;
    }
    Some((list, all))
}
