//! What the query of a view shows: its columns, their types, and where they come from.
//!
//! What cannot be told without a server has the type unknown, and is never guessed.

mod from;
mod range;
mod writable;

use std::collections::BTreeSet;

use range::Range;

use super::builtin::{Oid, TEXT, UNKNOWN};
use super::catalog::{Catalog, TypeUse};
use super::expression::{Binder, ColumnRef, Expression, Scope};
use super::syntax::{Kind, Node, column_name};

/// A query, understood as far as it goes.
#[derive(Debug, Default)]
pub(super) struct Query {
    pub(super) columns: Vec<Shown>,
    /// Whether it may show more columns than these.
    pub(super) open: bool,
    /// Every relation that it reads, with the columns that it uses.
    pub(super) sources: BTreeSet<(Oid, Option<i32>)>,
    /// The one relation whose rows it shows, if it could be written through.
    pub(super) writes_to: Option<Oid>,
}

/// A column of a query's result.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) ty: TypeUse,
    /// The column of a relation that it shows unchanged.
    pub(super) origin: Option<(Oid, i32)>,
    /// Whether the query can make it NULL, or hides from PostgreSQL where it comes from.
    pub(super) nullable: bool,
}

/// The columns of a query within a query.
#[derive(Debug, Clone, Default)]
struct Columns {
    shown: Vec<Shown>,
    /// Whether there may be more of them.
    open: bool,
}

/// Queries that have a name where another stands: WITH.
type Named = Vec<(String, Columns)>;

/// Reads a query as far as it is understood.
pub(super) fn describe(catalog: &mut Catalog, node: &Node) -> Query {
    let mut reader = Reader {
        catalog,
        named: Vec::new(),
        sources: BTreeSet::new(),
    };
    let columns = reader.query(node, &Scope::default());
    let writes_to = writable::target(reader.catalog, node);
    Query {
        columns: columns.shown,
        open: columns.open,
        sources: reader.sources,
        writes_to,
    }
}

/// The type of the one column of a subquery.
pub(super) fn scalar_type(catalog: &mut Catalog, node: &Node, outer: &Scope) -> TypeUse {
    let mut reader = Reader {
        catalog,
        named: Vec::new(),
        sources: BTreeSet::new(),
    };
    let columns = reader.query(node, outer).shown;
    columns
        .into_iter()
        .next()
        .map_or_else(TypeUse::unknown, |column| column.ty)
}

struct Reader<'a> {
    catalog: &'a mut Catalog,
    named: Named,
    sources: BTreeSet<(Oid, Option<i32>)>,
}

impl Reader<'_> {
    fn query(&mut self, node: &Node, outer: &Scope) -> Columns {
        let mut columns = self.operand(node, outer);
        for column in &mut columns.shown {
            // A text without a type is one, where nothing else asks for it.
            if column.ty.oid == UNKNOWN {
                column.ty = TypeUse::plain(TEXT);
            }
        }
        columns
    }

    /// The same, where UNION or its like has still to say what a text without a type is.
    fn operand(&mut self, node: &Node, outer: &Scope) -> Columns {
        let known = self.named.len();
        let columns = match outer.depth > DEPTH {
            true => None,
            false => self.query_with(node, outer),
        };
        self.named.truncate(known);
        columns.unwrap_or(Columns {
            shown: Vec::new(),
            open: true,
        })
    }

    fn query_with(&mut self, node: &Node, outer: &Scope) -> Option<Columns> {
        if let Some(with) = node.child(Kind::WITH_CLAUSE) {
            for table in with.all(Kind::WITH_TABLE) {
                self.with_table(&table, outer);
            }
        }
        match node.kind() {
            Kind::SELECT | Kind::SELECT_INTO => self.select(node, outer),
            Kind::COMPOUND_SELECT => self.compound(node, outer),
            Kind::PAREN_SELECT => {
                let inner = node.children().find(is_query)?;
                Some(self.operand(&inner, outer))
            }
            Kind::VALUES => self.values(node, outer),
            Kind::TABLE => {
                let mut range = Range::default();
                self.relation(
                    &node
                        .child(Kind::RELATION_NAME)?
                        .child(Kind::RELATION_NAME_REF)?
                        .path(),
                    None,
                    &mut range,
                )?;
                let all = range.all_columns();
                self.note_shown(&all);
                Some(Columns {
                    shown: all,
                    open: range.is_open(),
                })
            }
            _ => None,
        }
    }

    fn with_table(&mut self, table: &Node, outer: &Scope) {
        let Some(name) = table.child(Kind::CTE_NAME).map(|name| name.name()) else {
            return;
        };
        let Some(query) = table.children().find(is_query) else {
            return;
        };
        // A recursive query is what its first part is.
        let first = match query.kind() {
            Kind::COMPOUND_SELECT => query
                .children()
                .find(is_query)
                .unwrap_or_else(|| query.clone()),
            _ => query.clone(),
        };
        let recursive = self.query(&first, outer);
        let aliases = table
            .child(Kind::COLUMN_LIST)
            .map(|list| list.names(Kind::COLUMN_NAME));
        let renamed = |mut columns: Columns| {
            for (column, alias) in columns.shown.iter_mut().zip(aliases.iter().flatten()) {
                column.name.clone_from(alias);
            }
            columns
        };
        self.named.push((name.clone(), renamed(recursive)));
        let columns = self.query(&query, outer);
        self.named.push((name, renamed(columns)));
    }

    fn select(&mut self, node: &Node, outer: &Scope) -> Option<Columns> {
        let mut range = Range::default();
        if let Some(from) = node.child(Kind::FROM_CLAUSE) {
            for item in from.children() {
                match self.item(&item, outer, &mut range) {
                    Some(columns) => range.visible.extend(columns),
                    None => range.open = true,
                }
            }
        }
        let mut scope = range.scope();
        scope.depth = outer.depth + 1;
        scope
            .entries
            .extend(outer.entries.iter().cloned().map(|mut entry| {
                // Columns of the query outside count as coming from nowhere.
                for (_, column, _) in &mut entry.columns {
                    column.entry += OUTSIDE;
                }
                entry
            }));
        self.note_subqueries(node, &scope);
        let grouped = node.child(Kind::GROUP_BY_CLAUSE).is_some_and(|clause| {
            [
                Kind::GROUPING_SETS,
                Kind::GROUPING_ROLLUP,
                Kind::GROUPING_CUBE,
            ]
            .iter()
            .any(|kind| clause.descendants(*kind).next().is_some())
        });
        let mut shown = Vec::new();
        let mut open = false;
        let targets = node.child(Kind::SELECT_CLAUSE)?.child(Kind::TARGET_LIST);
        for target in targets.iter().flat_map(|list| list.all(Kind::TARGET)) {
            if target.has(Kind::STAR) {
                let all: Vec<_> = range
                    .visible
                    .iter()
                    .map(|column| range.shown(column))
                    .collect();
                self.note_shown(&all);
                shown.extend(all);
                open |= range.is_open();
                continue;
            }
            let expression = target.children().next()?;
            if expression.kind() == Kind::FIELD_EXPR && expression.has(Kind::STAR) {
                let all = range.starred(&expression);
                open |= all.open;
                self.note_shown(&all.shown);
                shown.extend(all.shown);
                continue;
            }
            let name = column_name(&target).unwrap_or_else(|| "?column?".to_owned());
            let bound = Binder::new(self.catalog, &scope).typed(&expression);
            shown.push(self.target(name, bound, &range));
        }
        if grouped {
            for column in &mut shown {
                column.nullable = true;
            }
        }
        self.note_columns(node, &scope, &range);
        Some(Columns { shown, open })
    }

    fn target(&self, name: String, bound: Option<Expression>, range: &Range) -> Shown {
        if let Some(Expression::Column { column, .. }) = &bound
            && let Some(shown) = range.by_reference(*column)
        {
            return Shown { name, ..shown };
        }
        Shown {
            name,
            ty: bound.map_or_else(TypeUse::unknown, |expression| expression.ty()),
            origin: None,
            nullable: true,
        }
    }

    fn note_shown(&mut self, shown: &[Shown]) {
        let origins = shown.iter().filter_map(|column| column.origin);
        self.sources
            .extend(origins.map(|(oid, number)| (oid, Some(number))));
    }

    /// The columns of its relations that a query uses anywhere.
    fn note_columns(&mut self, node: &Node, scope: &Scope, range: &Range) {
        let mut used: BTreeSet<ColumnRef> = BTreeSet::new();
        let names = node.descendants(Kind::NAME_REF);
        let fields = node.descendants(Kind::FIELD_EXPR);
        for name in names.chain(fields) {
            if let Some(Expression::Column { column, .. }) =
                Binder::new(self.catalog, scope).typed(&name)
            {
                used.insert(column);
            }
        }
        let origins = used.into_iter().filter_map(|column| range.source(column));
        self.sources
            .extend(origins.map(|(oid, number)| (oid, Some(number))));
    }

    /// Subqueries outside FROM read relations too.
    fn note_subqueries(&mut self, node: &Node, scope: &Scope) {
        for part in node
            .children()
            .filter(|part| !matches!(part.kind(), Kind::FROM_CLAUSE | Kind::WITH_CLAUSE))
        {
            self.note_subqueries_of(&part, scope);
        }
    }

    pub(super) fn note_subqueries_of(&mut self, part: &Node, scope: &Scope) {
        let mut passed = 0;
        for query in part.queries() {
            let range = query.range();
            // What stands within another subquery is met there.
            if range.start >= passed {
                passed = range.end;
                self.query(&query, scope);
            }
        }
    }

    fn compound(&mut self, node: &Node, outer: &Scope) -> Option<Columns> {
        let parts: Vec<_> = node.children().filter(is_query).collect();
        let left = self.operand(parts.first()?, outer);
        let right = self.operand(parts.get(1)?, outer);
        let together = left.shown.into_iter().zip(right.shown);
        let together = together.map(|(left, right)| Shown {
            ty: self
                .catalog
                .common_type(&[left.ty, right.ty])
                .unwrap_or_else(TypeUse::unknown),
            name: left.name,
            origin: None,
            nullable: true,
        });
        Some(Columns {
            shown: together.collect(),
            open: left.open || right.open,
        })
    }

    fn values(&mut self, node: &Node, outer: &Scope) -> Option<Columns> {
        let mut columns: Vec<Vec<TypeUse>> = Vec::new();
        for row in node.child(Kind::ROW_LIST)?.all(Kind::ROW) {
            for (index, value) in row.children().enumerate() {
                let bound = Binder::new(self.catalog, outer).typed(&value);
                let ty = bound.map_or_else(TypeUse::unknown, |value| value.ty());
                match columns.get_mut(index) {
                    Some(types) => types.push(ty),
                    None => columns.push(vec![ty]),
                }
            }
        }
        let shown = columns.into_iter().enumerate().map(|(index, types)| Shown {
            name: format!("column{}", index + 1),
            ty: self
                .catalog
                .common_type(&types)
                .unwrap_or_else(TypeUse::unknown),
            origin: None,
            nullable: true,
        });
        Some(Columns {
            shown: shown.collect(),
            open: false,
        })
    }
}

/// Queries within queries within queries: deeper ones are not followed.
const DEPTH: usize = 10;

/// Far above the number of any table of a query.
const OUTSIDE: usize = 1 << 20;

fn is_query(node: &Node) -> bool {
    matches!(
        node.kind(),
        Kind::SELECT
            | Kind::SELECT_INTO
            | Kind::COMPOUND_SELECT
            | Kind::PAREN_SELECT
            | Kind::VALUES
            | Kind::TABLE
    )
}
