//! Tables as they are made.

use super::{Applier, Done, Fault, fault, query_of};
use crate::model::ObjectName;
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Column, Constraint, TEMPORARY, Table, TableKind, TypeKind, TypeUse};
use crate::sql::query::Shown;
use crate::sql::syntax::{Kind, Node};

impl Applier {
    pub(super) fn create_table(&mut self, node: &Node) -> Done {
        let Some(name) = self.name_of_new(node, Kind::TABLE_NAME)? else {
            return Ok(());
        };
        let kind = match node.kind() {
            Kind::CREATE_FOREIGN_TABLE => TableKind::Foreign,
            _ if node.child(Kind::PARTITION_BY).is_some() => TableKind::Partitioned,
            _ => TableKind::Table,
        };
        let table = self.add_table(name, kind);
        let defined = self.define_table(table, node);
        if defined.is_err() {
            self.in_creation = None;
            self.catalog.drop_table(table);
        }
        defined
    }

    /// Everything that the statement says of its table.
    fn define_table(&mut self, table: Oid, node: &Node) -> Done {
        self.set_persistence(table, node);
        let parents = node.child(Kind::INHERITS);
        for parent in parents
            .iter()
            .flat_map(|parents| parents.all(Kind::TABLE_NAME_REF))
        {
            let oid = self.table_of(&parent)?;
            self.inherit(table, oid);
        }
        if let Some(clause) = node.child(Kind::PARTITION_OF) {
            self.make_partition(table, &clause)?;
        }
        if let Some(of) = node.child(Kind::OF_TYPE) {
            self.take_attributes(table, &of)?;
        }
        let mut constraints: Vec<(Node, Option<String>)> = Vec::new();
        let mut likes = Vec::new();
        let arguments = node.child(Kind::TABLE_ARG_LIST);
        for argument in arguments.iter().flat_map(Node::children) {
            match argument.kind() {
                Kind::COLUMN => {
                    let name = self.define_column(table, &argument)?;
                    let clauses = argument
                        .children()
                        .map(|clause| (clause, Some(name.clone())));
                    constraints.extend(clauses);
                }
                Kind::LIKE_CLAUSE => {
                    self.copy_columns(table, &argument)?;
                    likes.push(argument);
                }
                _ => constraints.push((argument, None)),
            }
        }
        self.define_values(table, &arguments)?;
        if let Some(clause) = node.child(Kind::PARTITION_BY) {
            self.set_partition_key(table, &clause)?;
        }
        self.in_creation = Some(table);
        let added = self.add_constraints(table, &constraints);
        self.in_creation = None;
        self.unnamed.clear();
        added?;
        for like in likes {
            self.copy_indexes(table, &like)?;
        }
        self.add_parent_keys(table);
        Ok(())
    }

    /// The name of an object to be made; none if it exists and that is allowed.
    pub(super) fn name_of_new(
        &mut self,
        node: &Node,
        kind: Kind,
    ) -> Result<Option<ObjectName>, Fault> {
        let Some(written) = node.child(kind) else {
            return Err(fault(node, "a name is missing"));
        };
        let path = written.path();
        let is_temporary = node.child(Kind::TEMP).is_some();
        let name = match (is_temporary, path.as_slice()) {
            (true, [.., name]) => ObjectName::new(TEMPORARY, name),
            _ => self.new_name(&written)?,
        };
        if self.catalog.relations.contains_key(&name) {
            if node.child(Kind::IF_NOT_EXISTS).is_some() {
                return Ok(None);
            }
            let message = format!("`{name}` already exists");
            return Err(fault(&written, message).of("duplicate_table"));
        }
        Ok(Some(name))
    }

    /// A table without columns, and the type of its rows.
    pub(super) fn add_table(&mut self, name: ObjectName, kind: TableKind) -> Oid {
        let oid = self.catalog.number();
        self.catalog.add_type_as(oid, name.clone(), TypeKind::Row);
        self.catalog.relations.insert(name.clone(), oid);
        self.catalog.tables.insert(
            oid,
            Table {
                oid,
                temporary: name.schema == TEMPORARY,
                passes: false,
                open: false,
                of_type: None,
                name,
                kind,
                unlogged: false,
                comment: None,
                row_security: false,
                columns: Vec::new(),
                last_number: 0,
                constraints: Vec::new(),
                partition_key: None,
                partition_of: None,
                parents: Vec::new(),
                triggers: Vec::new(),
                policies: Vec::new(),
                rules: Vec::new(),
                view: None,
                notes: Vec::new(),
            },
        );
        oid
    }

    fn set_persistence(&mut self, table: Oid, node: &Node) {
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            table.unlogged = node.child(Kind::UNLOGGED).is_some();
            let on_commit = node.child(Kind::ON_COMMIT);
            table.passes = on_commit.is_some_and(|clause| clause.child(Kind::DROP).is_some());
            self.catalog.has_passing |= table.passes;
        }
    }

    /// The table or view that a reference names.
    pub(super) fn table_of(&self, reference: &Node) -> Result<Oid, Fault> {
        self.catalog
            .find_table(&reference.path())
            .map_err(|message| fault(reference, message).of("undefined_table"))
    }

    /// A column that a statement names of a table whose columns are not all known.
    pub(super) fn learn_column(&mut self, table: Oid, name: &str) {
        let is_new = self
            .table(table)
            .is_some_and(|table| table.open && table.column(name).is_none());
        if is_new {
            self.add_column(table, Column::of(name, TypeUse::unknown()));
        }
    }

    pub(super) fn table(&self, oid: Oid) -> Option<&Table> {
        self.catalog.tables.get(&oid)
    }

    /// Adds a column at the end, or changes the one that a parent brought.
    pub(super) fn add_column(&mut self, table: Oid, column: Column) {
        let Some(table) = self.catalog.tables.get_mut(&table) else {
            return;
        };
        match table.columns.iter_mut().find(|own| own.name == column.name) {
            Some(own) => {
                own.not_null |= column.not_null;
                own.inherited |= column.inherited;
                own.expression = column.expression.or(own.expression.take());
                own.comment = column.comment.or(own.comment.take());
            }
            None => {
                table.last_number += 1;
                table.columns.push(Column {
                    number: table.last_number,
                    ..column
                });
            }
        }
    }

    /// Takes the columns and checks of a parent.
    pub(super) fn inherit(&mut self, table: Oid, parent: Oid) {
        let Some(source) = self.catalog.tables.get(&parent).cloned() else {
            return;
        };
        for column in &source.columns {
            self.add_column(
                table,
                Column {
                    inherited: true,
                    identity: None,
                    comment: None,
                    ..column.clone()
                },
            );
        }
        let numbers = self.numbers_by_name(table, &source);
        let Some(own) = self.catalog.tables.get_mut(&table) else {
            return;
        };
        own.parents.push(parent);
        for constraint in &source.constraints {
            if let Constraint::Check(check) = constraint
                && !check.no_inherit
                && !own.constraints.iter().any(|own| own.name() == check.name)
            {
                let mut check = check.clone();
                check.inherited = true;
                check.comment = None;
                check.expression.renumber(&numbers);
                own.constraints.push(Constraint::Check(check));
            }
        }
        let generated: Vec<i32> = own
            .columns
            .iter()
            .filter(|column| column.generated.is_some())
            .map(|column| column.number)
            .collect();
        for column in own
            .columns
            .iter_mut()
            .filter(|column| generated.contains(&column.number))
        {
            if let Some(expression) = &mut column.expression {
                expression.renumber(&numbers);
            }
        }
    }

    /// From the numbers of another table's columns to those of this one's, by name.
    pub(super) fn numbers_by_name(
        &self,
        table: Oid,
        source: &Table,
    ) -> std::collections::BTreeMap<i32, i32> {
        let own = self.catalog.tables.get(&table);
        let pairs = source.columns.iter().filter_map(|column| {
            let own = own?.column(&column.name)?;
            Some((column.number, own.number))
        });
        pairs.collect()
    }

    /// `CREATE TABLE x OF type`
    fn take_attributes(&mut self, table: Oid, of: &Node) -> Done {
        let path = of
            .children()
            .next()
            .map_or_else(Vec::new, |name| name.path());
        let ty = self
            .catalog
            .find_type(&path)
            .ok_or_else(|| fault(of, format!("type `{}` does not exist", path.join("."))))?;
        let attributes = self
            .catalog
            .attributes(&TypeUse::plain(ty))
            .map(<[Column]>::to_vec);
        let attributes = attributes.ok_or_else(|| {
            fault(
                of,
                format!("the attributes of `{}` are not known", path.join(".")),
            )
        })?;
        for attribute in attributes {
            self.add_column(
                table,
                Column {
                    comment: None,
                    ..attribute
                },
            );
        }
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            table.of_type = Some(ty);
        }
        Ok(())
    }

    pub(super) fn create_table_as(&mut self, node: &Node) -> Done {
        let Some(name) = self.name_of_new(node, Kind::TABLE_NAME)? else {
            return Ok(());
        };
        let Some(query) = query_of(node) else {
            self.warn(
                node,
                format!("the columns of `{name}` cannot be told from its query"),
                Some(super::SCRATCH),
            );
            return Ok(());
        };
        let query = self.described(&query)?;
        let names = node.child(Kind::TABLE_ARG_LIST).map(|list| {
            let columns = list
                .children()
                .filter_map(|column| column.child(Kind::COLUMN_NAME));
            columns.map(|name| name.name()).collect::<Vec<_>>()
        });
        let table = self.add_table(name, TableKind::Table);
        self.set_persistence(table, node);
        self.set_open(table, query.open);
        self.add_shown(table, query.columns, &names.unwrap_or_default());
        Ok(())
    }

    pub(super) fn select_into(&mut self, node: &Node) -> Done {
        let Some(clause) = node.child(Kind::INTO_CLAUSE) else {
            return Ok(());
        };
        let Some(name) = self.name_of_new(&clause, Kind::TABLE_NAME)? else {
            return Ok(());
        };
        let query = self.described(node)?;
        let table = self.add_table(name, TableKind::Table);
        self.set_open(table, query.open);
        self.add_shown(table, query.columns, &[]);
        Ok(())
    }

    pub(super) fn set_open(&mut self, table: Oid, open: bool) {
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            table.open = open;
        }
    }

    /// Columns of the types that a query shows.
    pub(super) fn add_shown(&mut self, table: Oid, shown: Vec<Shown>, names: &[String]) {
        for (index, column) in shown.into_iter().enumerate() {
            self.add_column(
                table,
                Column::of(names.get(index).unwrap_or(&column.name), column.ty),
            );
        }
    }
}
