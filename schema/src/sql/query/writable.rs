//! Whether PostgreSQL can write through a view to the one relation behind it.

use crate::sql::builtin::{Oid, built_ins};
use crate::sql::catalog::{Catalog, RelationId};
use crate::sql::syntax::{Kind, Node};

/// The relation whose rows the query shows, each as one row.
pub(super) fn target(catalog: &Catalog, query: &Node) -> Option<Oid> {
    // Brackets around the query change nothing.
    if query.kind() == Kind::PAREN_SELECT {
        let is_plain = |child: &Node| {
            matches!(
                child.kind(),
                Kind::SELECT | Kind::PAREN_SELECT | Kind::ORDER_BY_CLAUSE
            )
        };
        let inner = query
            .children()
            .next()
            .filter(|_| query.children().all(|child| is_plain(&child)))?;
        return target(catalog, &inner);
    }
    if query.kind() == Kind::TABLE {
        return table(catalog, &query.child(Kind::RELATION_NAME)?);
    }
    if query.kind() != Kind::SELECT {
        return None;
    }
    let forbidden = [
        Kind::WITH_CLAUSE,
        Kind::GROUP_BY_CLAUSE,
        Kind::HAVING_CLAUSE,
        Kind::WINDOW_CLAUSE,
        Kind::LIMIT_CLAUSE,
        Kind::OFFSET_CLAUSE,
        Kind::FETCH_CLAUSE,
    ];
    if query
        .children()
        .any(|child| forbidden.contains(&child.kind()))
    {
        return None;
    }
    let select = query.child(Kind::SELECT_CLAUSE)?;
    if select.child(Kind::DISTINCT_CLAUSE).is_some() || select.child(Kind::DISTINCT).is_some() {
        return None;
    }
    let computes_over_rows = select.child(Kind::TARGET_LIST).is_some_and(|targets| {
        // What a query within computes over its rows is a single value here.
        let within: Vec<_> = targets.queries().map(|query| query.range()).collect();
        let is_own = |node: &Node| {
            let at = node.range().start;
            !within.iter().any(|range| range.contains(&at))
        };
        targets
            .descendants(Kind::OVER_CLAUSE)
            .any(|over| is_own(&over))
            || targets
                .descendants(Kind::CALL_EXPR)
                .any(|call| is_own(&call) && is_aggregate_or_set(catalog, &call))
    });
    if computes_over_rows {
        return None;
    }
    let from = query.child(Kind::FROM_CLAUSE)?;
    let items: Vec<_> = from.children().collect();
    let [item] = items.as_slice() else {
        return None;
    };
    if item.kind() != Kind::RELATION_FROM_ITEM || item.child(Kind::TABLESAMPLE_CLAUSE).is_some() {
        return None;
    }
    table(catalog, item)
}

/// The table or view that a node names.
fn table(catalog: &Catalog, node: &Node) -> Option<Oid> {
    match catalog.find_relation(&node.child(Kind::RELATION_NAME_REF)?.path())? {
        RelationId::Table(oid) => Some(oid),
        _ => None,
    }
}

fn is_aggregate_or_set(catalog: &Catalog, call: &Node) -> bool {
    let name = crate::sql::expression::called(call);
    let built_in = built_ins().functions.get(name.as_str());
    let own = catalog
        .functions
        .iter()
        .filter(|function| function.name.name == name);
    own.clone()
        .any(|function| function.aggregate || function.returns_set)
        || own.count() == 0
            && built_in.is_some_and(|all| {
                all.iter()
                    .any(|function| function.aggregate || function.returns_set)
            })
}
