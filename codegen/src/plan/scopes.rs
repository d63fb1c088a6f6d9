//! Which relations lead to tables whose rows a person's own code may narrow.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::Table;

/// Marks the ends of relations that have hooks: these are known when every table is planned.
pub(super) fn mark(tables: &mut [Table]) {
    let with_hooks = tables.iter().filter(|table| table.hooks);
    let scoped: BTreeSet<Ident> = with_hooks.map(|table| table.names.model.clone()).collect();
    for table in tables {
        let to_one = table.to_one.iter_mut().map(|relation| &mut relation.target);
        let many = table.many_to_many.iter_mut();
        let many = many.map(|relation| &mut relation.target);
        for target in to_one.chain(many) {
            target.scoped = scoped.contains(&target.model);
        }
    }
}
