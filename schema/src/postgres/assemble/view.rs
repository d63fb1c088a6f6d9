//! What views are made of: which columns they pass on, and which of those cannot be NULL.

use std::collections::{BTreeMap, BTreeSet};

use super::by;
use super::column::Columns;
use super::tree::{self, Node};
use super::types::Types;
use crate::model::{ObjectName, View, ViewColumn};
use crate::postgres::catalog::{RelationRow, ViewRuleRow, ViewSourceRow};

/// A column by relation and number.
pub(crate) type ColumnId = (u32, i32);

/// Where the columns of views come from unchanged.
pub(crate) type Origins = BTreeMap<ColumnId, Origin>;

/// A longer chain of views is not followed; a circular one, which PostgreSQL accepts until it is used, ends here.
const DEPTH: usize = 64;

/// The views of the schema, and what they show.
pub(super) struct Views {
    sources: BTreeMap<u32, Vec<ViewSourceRow>>,
    origins: Origins,
    /// The columns of tables that refuse NULL.
    not_null: BTreeSet<ColumnId>,
}

/// Where a column of a view comes from unchanged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Origin {
    pub(crate) column: ColumnId,
    /// Whether the view itself can make it NULL, by an outer join or by grouping sets.
    pub(crate) nullable: bool,
}

impl Views {
    pub(super) fn new(
        relations: &[RelationRow],
        columns: &Columns,
        types: &Types,
        origins: Origins,
        sources: Vec<ViewSourceRow>,
    ) -> Self {
        let mut not_null: BTreeSet<ColumnId> = sources
            .iter()
            .filter(|row| row.not_null)
            .filter_map(|row| Some((row.source, row.number?)))
            .collect();
        // A domain's NOT NULL holds for what is stored, not for what a view computes.
        let tables = relations.iter().filter(|row| row.view_definition.is_none());
        for column in tables.flat_map(|table| columns.of(table.oid)) {
            if column.not_null || types.refuses_null(column.type_oid) {
                not_null.insert((column.relation, column.number));
            }
        }
        Self {
            origins,
            sources: by(sources, |row| row.view),
            not_null,
        }
    }

    /// Whether NULL cannot occur in a column of a table or view.
    pub(super) fn not_null(&self, relation: u32, number: i32) -> bool {
        let mut column = (relation, number);
        for _ in 0..DEPTH {
            match self.origins.get(&column) {
                Some(origin) if origin.nullable => return false,
                Some(origin) => column = origin.column,
                None => return self.not_null.contains(&column),
            }
        }
        false
    }

    /// What only views have, if the relation is one.
    pub(super) fn view(&self, row: &RelationRow, columns: &Columns) -> Option<View> {
        let definition = row.view_definition.as_deref()?;
        let sources = self.sources.get(&row.oid).map_or(&[][..], Vec::as_slice);
        let shown = |number| {
            let origin = self.origins.get(&(row.oid, number))?;
            let source = sources
                .iter()
                .find(|row| (row.source, row.number) == (origin.column.0, Some(origin.column.1)))?;
            Some(ViewColumn {
                relation: ObjectName::new(&source.schema, &source.name),
                column: source.column.clone()?,
            })
        };
        let mut names: Vec<_> = sources
            .iter()
            .map(|row| ObjectName::new(&row.schema, &row.name))
            .collect();
        names.sort();
        names.dedup();
        let allows = |command: i32| row.view_commands & (1 << command) != 0;
        Some(View {
            definition: definition.trim().trim_end_matches(';').to_owned(),
            updatable: allows(2),
            insertable: allows(3),
            deletable: allows(4),
            simple: row.view_simple,
            sources: names,
            columns: columns
                .of(row.oid)
                .iter()
                .map(|column| shown(column.number))
                .collect(),
        })
    }
}

/// The origins of the columns of all views.
pub(crate) fn origins(rules: &[ViewRuleRow]) -> Origins {
    let of_view = |rule: &ViewRuleRow| {
        let view = rule.relation;
        origins_in(&rule.tree)
            .into_iter()
            .map(move |(number, origin)| ((view, number), origin))
    };
    rules.iter().flat_map(of_view).collect()
}

/// The origins of a view's columns, by column number, from the text of its stored query.
///
/// The parser notes them in each entry of the target list, through subqueries and joins but not through
/// views (`resorigtbl`, `resorigcol`); nothing is concluded from a text of unknown form.
fn origins_in(text: &str) -> BTreeMap<i32, Origin> {
    let mut origins = BTreeMap::new();
    let Some(Node::List(queries)) = tree::parse(text) else {
        return origins;
    };
    let [query] = queries.as_slice() else {
        return origins;
    };
    let padded = padded(query);
    for target in query.list("targetList") {
        let source = (target.number("resorigtbl"), target.number("resorigcol"));
        let (Some(number), (Some(relation), Some(column))) = (target.number("resno"), source)
        else {
            continue;
        };
        if relation == 0 || column <= 0 {
            continue;
        }
        let column = (relation, column);
        let nullable = !shows_rows_of(query, target, &padded, column);
        origins.insert(number, Origin { column, nullable });
    }
    origins
}

/// Whether the target is a plain column of a relation of the query's own FROM, which nothing pads with NULL.
fn shows_rows_of(
    query: &Node<'_>,
    target: &Node<'_>,
    padded: &BTreeSet<usize>,
    (relation, column): ColumnId,
) -> bool {
    if !query.list("groupingSets").is_empty() {
        return false;
    }
    let Some(var) = target.get("expr").filter(|expr| expr.tag() == "VAR") else {
        return false;
    };
    let Some(entry) = var.number::<usize>("varno") else {
        return false;
    };
    let table = entry
        .checked_sub(1)
        .and_then(|index| query.list("rtable").get(index));
    table.is_some_and(|table| {
        table.number("rtekind") == Some(0)
            && table.number("relid") == Some(relation)
            && var.number("varattno") == Some(column)
            && var.number("varlevelsup") == Some(0)
            && !padded.contains(&entry)
    })
}

/// The entries of the range table on the optional side of an outer join.
fn padded(query: &Node<'_>) -> BTreeSet<usize> {
    let mut padded = BTreeSet::new();
    if let Some(from) = query.get("jointree") {
        walk(from, false, &mut padded);
    }
    padded
}

fn walk(item: &Node<'_>, optional: bool, padded: &mut BTreeSet<usize>) {
    match item.tag() {
        "RANGETBLREF" => {
            let entry: Option<usize> = item.number("rtindex");
            padded.extend(entry.filter(|_| optional));
        }
        "JOINEXPR" => {
            // Of an unknown kind of join both sides may be padded.
            let (left, right) = match item.number("jointype") {
                Some(0) => (false, false),
                Some(1) => (false, true),
                Some(3) => (true, false),
                _ => (true, true),
            };
            for (side, padding) in [("larg", left), ("rarg", right)] {
                if let Some(item) = item.get(side) {
                    walk(item, optional || padding, padded);
                }
            }
        }
        _ => {
            for item in item.list("fromlist") {
                walk(item, optional, padded);
            }
        }
    }
}
