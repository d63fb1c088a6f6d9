//! From what was written to an expression: names are resolved, types found, casts added.

use super::constant::{constant, negated};
use super::syntax_tree::{self, SyntaxTree};
use super::{Entry, Expression, Scope, type_of};
use crate::sql::builtin::{BOOL, INT4, INT8, NUMERIC};
use crate::sql::catalog::{Assume, Catalog, TypeUse};
use crate::sql::name::folded;
use crate::sql::query;
use crate::sql::syntax::{Kind, Node};

/// Reads expressions.
pub(in crate::sql) struct Binder<'a> {
    pub(in crate::sql) catalog: &'a mut Catalog,
    pub(in crate::sql) scope: &'a Scope,
    /// Whether something was met whose type is known and whose text is not: a subquery, a window.
    opaque: bool,
}

impl<'a> Binder<'a> {
    pub(in crate::sql) fn new(catalog: &'a mut Catalog, scope: &'a Scope) -> Self {
        Self {
            catalog,
            scope,
            opaque: false,
        }
    }

    /// The expression, or its text where it is not understood.
    pub(in crate::sql) fn expression(&mut self, node: &Node) -> Expression {
        self.opaque = false;
        match self.bind(node) {
            Some(expression) if !self.opaque => expression,
            _ => self.verbatim(node, TypeUse::unknown()),
        }
    }

    /// A condition: the same as a boolean.
    pub(in crate::sql) fn condition(&mut self, node: &Node) -> Expression {
        let expression = self.expression(node);
        self.assigned(expression, &TypeUse::plain(BOOL))
    }

    /// The expression as a value of a column.
    pub(in crate::sql) fn value(&mut self, node: &Node, ty: &TypeUse) -> Expression {
        let expression = self.expression(node);
        self.assigned(expression, ty)
    }

    /// The type of an expression, also where its text cannot be written again.
    pub(in crate::sql) fn typed(&mut self, node: &Node) -> Option<Expression> {
        self.bind(node)
    }

    fn verbatim(&self, node: &Node, ty: TypeUse) -> Expression {
        let mut columns = Vec::new();
        for name in node.descendants(Kind::NAME_REF) {
            if let Some(Expression::Column { column, .. }) = self.column(&[name.name()]) {
                columns.push(column);
            }
        }
        Expression::Verbatim {
            text: node.text(),
            columns,
            ty,
        }
    }

    pub(super) fn bind(&mut self, node: &Node) -> Option<Expression> {
        match node.kind() {
            Kind::LITERAL => constant(node),
            Kind::NAME_REF => self.name(node),
            Kind::FIELD_EXPR => self.field(node),
            Kind::PAREN_EXPR => self.paren(node),
            Kind::TUPLE_EXPR => Some(Expression::Row(self.all(node.children())?)),
            Kind::CALL_EXPR => self.call(node),
            Kind::CAST_EXPR => self.cast(node),
            Kind::BIN_EXPR => match syntax_tree::operands(node)? {
                SyntaxTree::Operand(node) => self.bind(&node),
                tree => self.tree(&tree),
            },
            Kind::PREFIX_EXPR => self.prefix(node),
            Kind::POSTFIX_EXPR => {
                let argument = self.bind(&node.children().next()?)?;
                let what = match (node.has(Kind::ISNULL_KW), node.has(Kind::NOTNULL_KW)) {
                    (true, _) => "IS NULL",
                    (_, true) => "IS NOT NULL",
                    _ => return self.is_normalized(node, argument),
                };
                Some(Expression::Is {
                    argument: Box::new(argument),
                    what,
                })
            }
            Kind::BETWEEN_EXPR => self.between(node),
            Kind::CASE_EXPR => self.case(node),
            Kind::ARRAY_EXPR => self.array(node),
            Kind::INDEX_EXPR => self.subscript(node),
            Kind::COLLATE => {
                let argument = self.bind(&node.children().next()?)?;
                let collation = self.collation(node)?;
                let argument = self.as_text_if_unknown(argument);
                Some(Expression::Collate {
                    argument: Box::new(argument),
                    collation,
                })
            }
            _ => None,
        }
    }

    pub(super) fn all(&mut self, nodes: impl Iterator<Item = Node>) -> Option<Vec<Expression>> {
        nodes.map(|node| self.bind(&node)).collect()
    }

    /// The collation that a node of kind COLLATE names.
    pub(in crate::sql) fn collation(&self, node: &Node) -> Option<crate::model::ObjectName> {
        let path = node.child(Kind::COLLATION_REF)?.path();
        Some(self.catalog.collation(&path))
    }

    fn paren(&mut self, node: &Node) -> Option<Expression> {
        let inner = node.children().next()?;
        match inner.kind() {
            Kind::SELECT | Kind::COMPOUND_SELECT | Kind::VALUES | Kind::PAREN_SELECT => {
                let ty = query::scalar_type(self.catalog, &inner, self.scope);
                Some(self.opaque(node, ty))
            }
            _ => self.bind(&inner),
        }
    }

    /// What has a type and cannot be written again.
    pub(super) fn opaque(&mut self, node: &Node, ty: TypeUse) -> Expression {
        self.opaque = true;
        self.verbatim(node, ty)
    }

    fn name(&mut self, node: &Node) -> Option<Expression> {
        let (kind, text) = node.first_token()?;
        if let Some(keyword) = super::special::keyword(kind) {
            return Some(keyword);
        }
        let name = folded(&text);
        let is_value = kind == Kind::VALUE_KW || name == "value" && !text.starts_with('"');
        if is_value && let Some(base) = &self.scope.value {
            return Some(Expression::Value(base.clone()));
        }
        self.column(&[name])
    }

    /// `t.a`, `s.t.a`, or an attribute of a composite value.
    fn field(&mut self, node: &Node) -> Option<Expression> {
        if let Some(path) = syntax_tree::dotted(node)
            && let Some(column) = self.column(&path)
        {
            return Some(column);
        }
        let mut children = node.children();
        let argument = self.bind(&children.next()?)?;
        let name = children.next()?.name();
        let attributes = self.catalog.attributes(&argument.ty())?;
        let attribute = attributes.iter().find(|attribute| attribute.name == name)?;
        let ty = attribute.ty.clone();
        Some(Expression::Field {
            argument: Box::new(argument),
            name,
            ty,
        })
    }

    fn column(&self, path: &[String]) -> Option<Expression> {
        let (name, table) = path.split_last()?;
        let is_meant = |entry: &&Entry| match table {
            [] => !entry.qualified_only,
            [table] => entry.name == *table,
            [.., schema, table] => entry.name == *table && entry.schema.as_ref() == Some(schema),
        };
        let mut entries = self.scope.entries.iter().filter(is_meant);
        let found = entries.find_map(|entry| entry.columns.iter().find(|(own, ..)| own == name));
        let (_, column, ty) = found?;
        Some(Expression::Column {
            column: *column,
            ty: ty.clone(),
        })
    }

    fn prefix(&mut self, node: &Node) -> Option<Expression> {
        let argument = self.bind(&node.children().last()?)?;
        if node.has(Kind::NOT_KW) {
            return Some(Expression::Not(Box::new(self.as_bool(argument))));
        }
        if node.has(Kind::PLUS) {
            return Some(argument);
        }
        if node.has(Kind::MINUS) {
            return self.negative(argument);
        }
        let operator = node.child(Kind::CUSTOM_OP)?.tokens().concat();
        self.operation(&operator, None, None, argument)
    }

    /// The same with the other sign.
    pub(super) fn negative(&mut self, argument: Expression) -> Option<Expression> {
        // A number is negated at once.
        if let Expression::Constant {
            text: Some(text),
            ty,
        } = &argument
            && matches!(ty.oid, INT4 | INT8 | NUMERIC)
        {
            return Some(negated(text));
        }
        self.operation("-", None, None, argument)
    }

    fn between(&mut self, node: &Node) -> Option<Expression> {
        if node.has(Kind::SYMMETRIC_KW) {
            return None;
        }
        let mut parts = self.all(node.children())?.into_iter();
        let (value, low, high) = (parts.next()?, parts.next()?, parts.next()?);
        let negated = node.has(Kind::NOT_KW);
        let (first, second) = if negated { ("<", ">") } else { (">=", "<=") };
        let first = self.operation(first, None, Some(value.clone()), low)?;
        let second = self.operation(second, None, Some(value), high)?;
        let both = vec![first, second];
        Some(if negated {
            Expression::Or(both)
        } else {
            Expression::And(both)
        })
    }

    fn case(&mut self, node: &Node) -> Option<Expression> {
        let list = node.child(Kind::WHEN_CLAUSE_LIST)?;
        let mut operand = None;
        let first = node.children().next()?;
        if first.kind() != Kind::WHEN_CLAUSE_LIST {
            let bound = self.bind(&first)?;
            operand = Some(self.as_text_if_unknown(bound));
        }
        let mut conditions = Vec::new();
        let mut results = Vec::new();
        for branch in list.all(Kind::WHEN_CLAUSE) {
            let mut parts = self.all(branch.children())?.into_iter();
            let condition = parts.next()?;
            conditions.push(match &operand {
                // `CASE a WHEN 1` compares; it is written with what it compares with.
                Some(operand) => {
                    let equal = self.operation("=", None, Some(operand.clone()), condition)?;
                    match equal {
                        Expression::Operator { right, .. } => *right,
                        _ => return None,
                    }
                }
                None => self.as_bool(condition),
            });
            results.push(parts.next()?);
        }
        let otherwise = match node.child(Kind::ELSE_CLAUSE) {
            Some(clause) => Some(self.bind(&clause.children().next()?)?),
            None => None,
        };
        // The result of ELSE is asked first.
        let has_otherwise = otherwise.is_some();
        let mut all: Vec<_> = otherwise.into_iter().chain(results).collect();
        let ty = self.common_type(&all)?;
        all = all
            .into_iter()
            .map(|result| self.coerced(result, &ty))
            .collect();
        let rest = all.split_off(usize::from(has_otherwise));
        let otherwise = match all.pop() {
            Some(otherwise) => otherwise,
            None => Expression::Constant {
                text: None,
                ty: ty.clone(),
            },
        };
        Some(Expression::Case {
            operand: operand.map(Box::new),
            branches: conditions.into_iter().zip(rest).collect(),
            otherwise: Some(Box::new(otherwise)),
            ty,
        })
    }

    fn cast(&mut self, node: &Node) -> Option<Expression> {
        let (types, operands): (Vec<_>, Vec<_>) = node
            .children()
            .filter(|child| child.kind() != Kind::COLON_COLON)
            .partition(syntax_tree::is_type);
        let ty = type_of(self.catalog, types.first()?, Assume::OfExtensions).ok()?;
        let operand = operands.first()?;
        // `ARRAY[]::text[]` knows what it is an array of.
        if operand.kind() == Kind::ARRAY_EXPR && operand.children().next().is_none() {
            return Some(Expression::Array {
                elements: Vec::new(),
                ty,
            });
        }
        // The elements of an array are cast one by one, and not the array.
        let mut array = operand.clone();
        while array.kind() == Kind::PAREN_EXPR {
            array = array.children().next()?;
        }
        if array.kind() == Kind::ARRAY_EXPR
            && !array.has(Kind::L_PAREN)
            && let Some(element) = self.catalog.element_of(ty.oid)
        {
            let element = TypeUse {
                oid: element,
                ..ty.clone()
            };
            let array = self.typed_array(&array, &ty, &element)?;
            return Some(self.explicit(array, &ty));
        }
        let argument = self.bind(operand)?;
        Some(self.explicit(argument, &ty))
    }
}

/// The name of the function that a call calls, in lower case, without its schema.
pub(in crate::sql) fn called(call: &Node) -> String {
    let callee = call.children().next();
    match callee.as_ref().and_then(syntax_tree::dotted) {
        Some(path) => path.last().cloned().unwrap_or_default(),
        None => callee.map_or_else(String::new, |callee| callee.name()),
    }
}
