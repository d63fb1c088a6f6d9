//! The FROM of a query: which columns it offers, under which names.

use super::range::{Range, Table};
use super::{Columns, Reader, Shown, is_query};
use crate::sql::builtin::{INT8, JSON, JSONB, Oid, RECORD, TEXT};
use crate::sql::catalog::{Assume, RelationId, TypeUse};
use crate::sql::expression::{Binder, ColumnRef, Scope, type_of};
use crate::sql::syntax::{Kind, Node};

/// Functions of the system that return rows of several columns.
const PAIRS: [(&str, [(&str, Oid); 2]); 4] = [
    ("json_each", [("key", TEXT), ("value", JSON)]),
    ("json_each_text", [("key", TEXT), ("value", TEXT)]),
    ("jsonb_each", [("key", TEXT), ("value", JSONB)]),
    ("jsonb_each_text", [("key", TEXT), ("value", TEXT)]),
];

impl Reader<'_> {
    /// The columns that an item of FROM adds to `*`.
    pub(super) fn item(
        &mut self,
        item: &Node,
        outer: &Scope,
        range: &mut Range,
    ) -> Option<Vec<ColumnRef>> {
        let alias = item.child(Kind::FROM_ALIAS);
        let alias = alias.as_ref();
        match item.kind() {
            Kind::RELATION_FROM_ITEM => {
                let path = item.child(Kind::RELATION_NAME_REF)?.path();
                self.relation(&path, alias, range)
            }
            Kind::JOIN_EXPR => self.join(item, outer, range),
            Kind::PAREN_FROM_ITEM => {
                let inner = item.children().next()?;
                if inner.kind() == Kind::PAREN_EXPR {
                    let inner = inner.children().next()?;
                    if !is_query(&inner) {
                        return self.item(&inner, outer, range);
                    }
                    let columns = self.query(&inner, outer);
                    return Some(range.add(derived(alias, columns)));
                }
                let mut scope = range.scope();
                scope.depth = outer.depth + 1;
                scope.entries.extend(outer.entries.iter().cloned());
                let columns = self.query(&inner, &scope);
                Some(range.add(derived(alias, columns)))
            }
            Kind::FUNCTION_FROM_ITEM | Kind::EXPR_FROM_ITEM => {
                self.function(item, alias, outer, range)
            }
            _ => None,
        }
    }

    pub(super) fn relation(
        &mut self,
        path: &[String],
        alias: Option<&Node>,
        range: &mut Range,
    ) -> Option<Vec<ColumnRef>> {
        if let [name] = path
            && let Some((_, columns)) = self.named.iter().rev().find(|(own, _)| own == name)
        {
            let mut table = derived(alias, columns.clone());
            if table.name.is_empty() {
                table.name.clone_from(name);
            }
            return Some(range.add(table));
        }
        let Some(RelationId::Table(oid)) = self.catalog.find_relation(path) else {
            return None;
        };
        self.sources.insert((oid, None));
        let source = self.catalog.tables.get(&oid)?;
        let columns = source.columns.iter().map(|column| Shown {
            name: column.name.clone(),
            ty: column.ty.clone(),
            origin: Some((oid, column.number)),
            nullable: false,
        });
        let mut table = Table {
            schema: alias.is_none().then(|| source.name.schema.clone()),
            name: source.name.name.clone(),
            relation: Some(oid),
            columns: columns.collect(),
            open: source.open,
            padded: false,
        };
        table.rename(alias);
        Some(range.add(table))
    }

    fn join(&mut self, node: &Node, outer: &Scope, range: &mut Range) -> Option<Vec<ColumnRef>> {
        let mut parts = node.children();
        let (left, join) = (parts.next()?, parts.next()?);
        let before = range.tables.len();
        let left = self.item(&left, outer, range)?;
        let middle = range.tables.len();
        let right = join.children().find(is_from_item)?;
        let right = self.item(&right, outer, range)?;
        let kind = join.children().next()?.kind();
        let pads_left = matches!(kind, Kind::JOIN_RIGHT | Kind::JOIN_FULL);
        let pads_right = matches!(kind, Kind::JOIN_LEFT | Kind::JOIN_FULL);
        for (index, table) in range.tables.iter_mut().enumerate().skip(before) {
            table.padded |= if index < middle {
                pads_left
            } else {
                pads_right
            };
        }
        if let Some(condition) = join.child(Kind::ON_CLAUSE) {
            let mut scope = range.scope();
            scope.depth = outer.depth + 1;
            scope.entries.extend(outer.entries.iter().cloned());
            self.note_subqueries_of(&condition, &scope);
        }
        let names = match join.child(Kind::JOIN_USING_CLAUSE) {
            Some(clause) => clause
                .child(Kind::COLUMN_REF_LIST)?
                .names(Kind::COLUMN_NAME_REF),
            None if join.has(Kind::NATURAL_KW) => {
                let names = left.iter().map(|column| range.name_of(column).to_owned());
                names
                    .filter(|name| right.iter().any(|column| range.name_of(column) == name))
                    .collect()
            }
            None => Vec::new(),
        };
        let mut columns = Vec::new();
        for name in &names {
            let of = |side: &[ColumnRef]| {
                side.iter()
                    .find(|column| range.name_of(column) == name)
                    .copied()
            };
            let stands = match kind {
                Kind::JOIN_RIGHT if of(&right).is_some() => of(&right)?,
                // Of both sides one is taken, and no column is shown unchanged.
                Kind::JOIN_FULL if of(&left).is_some() => {
                    let shown = range.shown(&of(&left)?);
                    let both = Shown {
                        origin: None,
                        nullable: true,
                        ..shown
                    };
                    range.add(derived(None, only(both))).first().copied()?
                }
                _ => match of(&left).or_else(|| of(&right)) {
                    Some(column) => column,
                    // Both sides may have columns that are not known.
                    None => {
                        let unknown = computed(name, TypeUse::unknown());
                        range.add(derived(None, only(unknown))).first().copied()?
                    }
                },
            };
            columns.push(stands);
            range.merged.insert(0, (name.clone(), stands));
        }
        let rest = left.iter().chain(&right).filter(|column| {
            let name = range.name_of(column);
            !names.iter().any(|merged| merged == name)
        });
        columns.extend(rest);
        Some(columns)
    }

    /// A function that returns rows, or one value as a row.
    fn function(
        &mut self,
        item: &Node,
        alias: Option<&Node>,
        outer: &Scope,
        range: &mut Range,
    ) -> Option<Vec<ColumnRef>> {
        let mut scope = range.scope();
        scope.depth = outer.depth + 1;
        scope.entries.extend(outer.entries.iter().cloned());
        let call = item
            .children()
            .find(|child| child.kind() != Kind::FROM_ALIAS)?;
        let name = crate::sql::expression::called(&call);
        let defined = alias.and_then(|alias| alias.child(Kind::COLUMN_DEF_LIST));
        let mut columns = if let Some(list) = defined {
            let mut columns = Vec::new();
            for column in list.all(Kind::COLUMN_DEF) {
                let ty = column.children().nth(1)?;
                let ty = type_of(self.catalog, &ty, Assume::OfExtensions).ok()?;
                columns.push(computed(&column.child(Kind::COLUMN_NAME)?.name(), ty));
            }
            columns
        } else {
            self.columns_of(&call, &name, &scope)
        };
        if item.child(Kind::WITH_ORDINALITY).is_some() {
            columns.push(computed("ordinality", TypeUse::plain(INT8)));
        }
        let mut table = Table {
            schema: None,
            name,
            relation: None,
            open: false,
            columns,
            padded: false,
        };
        // A single value takes the name of its table.
        if let Some(own) = alias.and_then(|alias| alias.child(Kind::TABLE_ALIAS))
            && let [only] = table.columns.as_mut_slice()
            && only.name == table.name
        {
            only.name = own.name();
        }
        table.rename(alias);
        Some(range.add(table))
    }

    fn columns_of(&mut self, call: &Node, name: &str, scope: &Scope) -> Vec<Shown> {
        let own = self
            .catalog
            .functions
            .iter()
            .find(|function| function.name.name == name && !function.columns.is_empty());
        if let Some(own) = own {
            return own
                .columns
                .iter()
                .map(|(name, ty)| computed(name, ty.clone()))
                .collect();
        }
        if let Some((_, columns)) = PAIRS.iter().find(|(own, _)| *own == name) {
            let columns = columns.iter();
            return columns
                .map(|(name, ty)| computed(name, TypeUse::plain(*ty)))
                .collect();
        }
        let expression = Binder::new(self.catalog, scope).typed(call);
        let ty = expression.map_or_else(TypeUse::unknown, |expression| expression.ty());
        // Rows of a table are read by its columns, wherever they come from.
        if let Some(table) = self.catalog.tables.get(&ty.oid) {
            self.sources.insert((ty.oid, None));
            let numbers = table.columns.iter().map(|column| Some(column.number));
            self.sources.extend(numbers.map(|number| (ty.oid, number)));
        }
        if let Some(attributes) = self.catalog.attributes(&ty) {
            return attributes
                .iter()
                .map(|column| computed(&column.name, column.ty.clone()))
                .collect();
        }
        let ty = if ty.oid == RECORD {
            TypeUse::unknown()
        } else {
            ty
        };
        vec![computed(name, ty)]
    }
}

fn computed(name: &str, ty: TypeUse) -> Shown {
    Shown {
        name: name.to_owned(),
        ty,
        origin: None,
        nullable: true,
    }
}

fn only(column: Shown) -> Columns {
    Columns {
        shown: vec![column],
        open: false,
    }
}

fn derived(alias: Option<&Node>, columns: Columns) -> Table {
    let mut table = Table {
        schema: None,
        name: String::new(),
        relation: None,
        columns: columns.shown,
        open: columns.open,
        padded: false,
    };
    table.rename(alias);
    table
}

fn is_from_item(node: &Node) -> bool {
    matches!(
        node.kind(),
        Kind::RELATION_FROM_ITEM
            | Kind::JOIN_EXPR
            | Kind::PAREN_FROM_ITEM
            | Kind::FUNCTION_FROM_ITEM
            | Kind::EXPR_FROM_ITEM
            | Kind::ROWS_FROM_ITEM
            | Kind::XML_TABLE_FROM_ITEM
            | Kind::JSON_TABLE_FROM_ITEM
    )
}
