//! A sync that is limited to some tables.

use std::collections::BTreeSet;

use umbel_schema::Schema;

use crate::plan::Selection;

/// The schema of a sync that is limited to some tables: these as they are now, all others as they were.
pub(crate) fn limited(before: &Schema, after: Schema, only: &[String]) -> Schema {
    if only.is_empty() {
        return after;
    }
    let selection = Selection {
        only: only.to_vec(),
        except: Vec::new(),
    };
    let mut limited = before.clone();
    for relation in after.relations {
        if !selection.includes(&relation.name) {
            continue;
        }
        match limited
            .relations
            .iter_mut()
            .find(|other| other.name == relation.name)
        {
            Some(other) => *other = relation,
            None => limited.relations.push(relation),
        }
    }
    limited.relations.sort_by(|a, b| a.name.cmp(&b.name));
    // Types that only came are what the chosen tables may need; those that were stay as they were.
    take_new(&mut limited.enums, after.enums, |item| item.name.clone());
    take_new(&mut limited.domains, after.domains, |item| {
        item.name.clone()
    });
    take_new(&mut limited.composites, after.composites, |item| {
        item.name.clone()
    });
    take_new(&mut limited.ranges, after.ranges, |item| item.name.clone());
    limited
}

fn take_new<T, K: Ord>(items: &mut Vec<T>, more: Vec<T>, key: impl Fn(&T) -> K) {
    let known: BTreeSet<K> = items.iter().map(&key).collect();
    items.extend(more.into_iter().filter(|item| !known.contains(&key(item))));
    items.sort_by_key(key);
}
