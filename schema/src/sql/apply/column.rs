//! Columns: their types, defaults, identities.

use super::{Applier, Done, Fault, fault};
use crate::model::{IdentityMode, ObjectName};
use crate::sql::builtin::{INT2, INT4, INT8, Oid, TEXT};
use crate::sql::catalog::{Assume, Column, Sequence, SequenceOptions, TypeUse};
use crate::sql::expression::{Binder, Expression, Form, Scope, is_type, type_of};
use crate::sql::name::chosen;
use crate::sql::syntax::{Kind, Node};

impl Applier {
    /// A column with its type, and with what needs no other column; returns its name.
    pub(super) fn define_column(&mut self, table: Oid, node: &Node) -> Result<String, Fault> {
        let name = node
            .child(Kind::COLUMN_NAME)
            .map_or_else(|| node.name(), |name| name.name());
        let known = self
            .table(table)
            .and_then(|table| table.column(&name))
            .cloned();
        // A partition may say more about a column of its parent without naming its type.
        let written = node.children().find(is_type);
        let (ty, serial) = match (&written, &known) {
            (Some(written), _) => match serial(written) {
                Some(oid) => (TypeUse::plain(oid), true),
                None => {
                    let ty = type_of(&mut self.catalog, written, Assume::OfSchemas)
                        .map_err(|message| fault(written, message))?;
                    (ty, false)
                }
            },
            (None, Some(known)) => (known.ty.clone(), false),
            (None, None) => {
                return Err(fault(
                    node,
                    format!("the type of column `{name}` is missing"),
                ));
            }
        };
        let collation = match node.child(Kind::COLLATE) {
            Some(clause) => Binder::new(&mut self.catalog, &Scope::default()).collation(&clause),
            None => None,
        };
        let generated = node.child(Kind::GENERATED_CONSTRAINT);
        let mode = generated
            .as_ref()
            .and_then(|clause| clause.child(Kind::GENERATED_IDENTITY))
            .map(|identity| mode(&identity));
        let not_null = serial
            || mode.is_some()
            || node.child(Kind::NOT_NULL_CONSTRAINT).is_some()
            || node.child(Kind::PRIMARY_KEY_CONSTRAINT).is_some();
        self.add_column(
            table,
            Column {
                not_null,
                identity: mode,
                collation,
                ..Column::of(&name, ty.clone())
            },
        );
        if serial {
            let sequence = self.owned_sequence(table, &name, &ty, SequenceOptions::default(), None);
            let default = Expression::Call {
                schema: None,
                name: "nextval".to_owned(),
                arguments: vec![Expression::Relation(sequence)],
                variadic: false,
                ty: TypeUse::plain(INT8),
                form: Form::Plain,
            };
            self.set_default(table, &name, Some(default));
        }
        if let Some(identity) = generated
            .as_ref()
            .and_then(|clause| clause.child(Kind::GENERATED_IDENTITY))
        {
            self.identity_sequence(table, &name, &ty, &identity)?;
        }
        Ok(name)
    }

    /// The defaults and the expressions of generated columns, once all columns are there.
    pub(super) fn define_values(&mut self, table: Oid, arguments: &Option<Node>) -> Done {
        for column in arguments.iter().flat_map(|list| list.all(Kind::COLUMN)) {
            let name = column
                .child(Kind::COLUMN_NAME)
                .map_or_else(|| column.name(), |name| name.name());
            self.define_value(table, &name, &column);
        }
        Ok(())
    }

    /// The default or the expression of one column, from the clauses of a node.
    pub(super) fn define_value(&mut self, table: Oid, name: &str, node: &Node) {
        if let Some(expression) = node
            .child(Kind::DEFAULT_CONSTRAINT)
            .and_then(|clause| value_of(&clause))
        {
            let default = self.default_value(table, name, &expression);
            self.set_default(table, name, default);
        }
        let stored = node
            .child(Kind::GENERATED_CONSTRAINT)
            .and_then(|clause| clause.child(Kind::GENERATED_STORED));
        if let Some(stored) = stored
            && let Some(expression) = stored.children().find(|child| !is_keyword_node(child))
        {
            let scope = self.table_scope(table);
            let ty = self.column_type(table, name);
            let expression = Binder::new(&mut self.catalog, &scope).value(&expression, &ty);
            if let Some(column) = self
                .catalog
                .tables
                .get_mut(&table)
                .and_then(|table| table.column_mut(name))
            {
                column.expression = Some(expression);
                column.generated = Some(stored.child(Kind::STORED).is_some());
            }
        }
    }

    /// A default as the column keeps it; none for a NULL that needs no conversion.
    pub(super) fn default_value(
        &mut self,
        table: Oid,
        name: &str,
        expression: &Node,
    ) -> Option<Expression> {
        let ty = self.column_type(table, name);
        let value = Binder::new(&mut self.catalog, &Scope::default()).value(expression, &ty);
        match value {
            Expression::Constant { text: None, .. } if self.catalog.domain(ty.oid).is_none() => {
                None
            }
            value => Some(value),
        }
    }

    pub(super) fn set_default(&mut self, table: Oid, name: &str, default: Option<Expression>) {
        if let Some(column) = self
            .catalog
            .tables
            .get_mut(&table)
            .and_then(|table| table.column_mut(name))
        {
            column.expression = default;
        }
    }

    pub(super) fn column_type(&self, table: Oid, name: &str) -> TypeUse {
        let column = self.table(table).and_then(|table| table.column(name));
        column.map_or_else(|| TypeUse::plain(TEXT), |column| column.ty.clone())
    }

    /// The sequence of `GENERATED … AS IDENTITY`.
    pub(super) fn identity_sequence(
        &mut self,
        table: Oid,
        column: &str,
        ty: &TypeUse,
        node: &Node,
    ) -> Done {
        let list = node.child(Kind::SEQUENCE_OPTION_LIST);
        let options = list.iter().flat_map(Node::children).collect::<Vec<_>>();
        let name = options
            .iter()
            .find(|option| option.kind() == Kind::OPTION_SEQUENCE_NAME);
        let name = name
            .and_then(|option| option.child(Kind::SEQUENCE))
            .map(|name| name.path());
        let name = match name {
            Some(path) => Some(
                self.catalog
                    .new_name(&path)
                    .map_err(|message| fault(node, message))?,
            ),
            None => None,
        };
        let mut kept = SequenceOptions::default();
        self.read_options(&mut kept, &options)?;
        self.owned_sequence(table, column, ty, kept, name);
        Ok(())
    }

    /// A sequence that belongs to a column, by the name that PostgreSQL gives it.
    pub(super) fn owned_sequence(
        &mut self,
        table: Oid,
        column: &str,
        ty: &TypeUse,
        options: SequenceOptions,
        name: Option<ObjectName>,
    ) -> Oid {
        let oid = self.catalog.number();
        let (owner, number) = match self.table(table) {
            Some(owner) => (
                owner.name.clone(),
                owner.column(column).map_or(0, |column| column.number),
            ),
            None => (ObjectName::new("public", ""), 0),
        };
        let name = name.unwrap_or_else(|| {
            let taken = |name: &str| self.catalog.has_relation(&owner.schema, name);
            ObjectName::new(
                &owner.schema,
                chosen(&owner.name, Some(column), "seq", taken),
            )
        });
        self.catalog.relations.insert(name.clone(), oid);
        self.catalog.sequences.insert(
            oid,
            Sequence {
                oid,
                name,
                options: SequenceOptions {
                    data_type: options.data_type.or(Some(ty.oid)),
                    ..options
                },
                owner: Some((table, number)),
            },
        );
        oid
    }
}

/// `serial` and its like.
fn serial(ty: &Node) -> Option<Oid> {
    if ty.kind() != Kind::PATH_TYPE {
        return None;
    }
    match ty.text().to_ascii_lowercase().as_str() {
        "serial" | "serial4" => Some(INT4),
        "bigserial" | "serial8" => Some(INT8),
        "smallserial" | "serial2" => Some(INT2),
        _ => None,
    }
}

/// ALWAYS or BY DEFAULT.
pub(super) fn mode(node: &Node) -> IdentityMode {
    match node.child(Kind::GENERATED_ALWAYS).is_some() {
        true => IdentityMode::Always,
        false => IdentityMode::ByDefault,
    }
}

/// The expression of DEFAULT, CHECK and so on.
pub(super) fn value_of(clause: &Node) -> Option<Node> {
    clause.children().find(|child| !is_keyword_node(child))
}

/// Nodes that stand beside the expression of a clause.
fn is_keyword_node(node: &Node) -> bool {
    matches!(
        node.kind(),
        Kind::CONSTRAINT_NAME_CLAUSE
            | Kind::GENERATED_ALWAYS
            | Kind::GENERATED_BY_DEFAULT
            | Kind::STORED
            | Kind::VIRTUAL
            | Kind::NO_INHERIT
            | Kind::NOT_VALID
            | Kind::DEFERRABLE_CONSTRAINT_OPTION
            | Kind::NOT_DEFERRABLE_CONSTRAINT_OPTION
            | Kind::INITIALLY_DEFERRED_CONSTRAINT_OPTION
            | Kind::INITIALLY_IMMEDIATE_CONSTRAINT_OPTION
            | Kind::ENFORCED
            | Kind::NOT_ENFORCED
    )
}
