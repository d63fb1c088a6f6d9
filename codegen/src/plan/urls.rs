//! The paths of lists, under which a row and the forms of a table have theirs: no two may meet.

use std::collections::{BTreeMap, BTreeSet};

use umbel_schema::model::ObjectName;

use super::Group;
use super::kept::Kept;
use super::names::{reserved, segment};

/// The paths of one application.
#[derive(Default)]
pub(super) struct Urls<'a> {
    taken: BTreeSet<String>,
    /// Every path that another one is below.
    above: BTreeSet<String>,
    kept: BTreeMap<&'a ObjectName, &'a str>,
}

impl<'a> Urls<'a> {
    /// What kept its path takes it from the start, as far as nothing else has it.
    pub(super) fn new(kept: &'a Kept) -> Self {
        let mut urls = Self::default();
        for (name, table) in &kept.tables {
            if let Some(url) = &table.own.url
                && urls.claim(url)
            {
                urls.kept.insert(name, url);
            }
        }
        urls
    }

    /// The path of a table's list: `/film`, or `/sales/order`.
    pub(super) fn url(&mut self, name: &ObjectName, group: Option<&Group>) -> String {
        if let Some(kept) = self.kept.get(name) {
            return (*kept).to_owned();
        }
        let url = plain(name, group);
        let stem = url.trim_end_matches('_');
        let others = (2..).map(|number| format!("{stem}_{number}"));
        let mut candidates = [url.clone(), format!("{stem}_")].into_iter().chain(others);
        let url = candidates.find(|url| self.claim(url));
        url.expect("the numbers do not end")
    }

    /// Takes a path, if it is free.
    fn claim(&mut self, url: &str) -> bool {
        let is_free = !self.taken.contains(url)
            && !self.above.contains(url)
            && !ancestors(url).any(|above| self.taken.contains(above))
            && !reserved::SEGMENTS.contains(&first_segment(url));
        if is_free {
            self.taken.insert(url.to_owned());
            self.above.extend(ancestors(url).map(str::to_owned));
        }
        is_free
    }
}

/// `/film`, or `/sales/order`; what is no table's stays free.
fn plain(name: &ObjectName, group: Option<&Group>) -> String {
    let first = |name: &str| match segment(name) {
        segment if reserved::SEGMENTS.contains(&segment.as_str()) => format!("/{segment}_"),
        segment => format!("/{segment}"),
    };
    match group {
        Some(group) => format!("{}/{}", first(&group.schema), segment(&name.name)),
        None => first(&name.name),
    }
}

/// `/sales/order` → `/sales`
fn ancestors(url: &str) -> impl Iterator<Item = &str> {
    let slashes = url.match_indices('/').map(|(at, _)| at);
    slashes.filter(|at| *at > 0).map(|at| &url[..at])
}

fn first_segment(url: &str) -> &str {
    url.split('/').nth(1).unwrap_or_default()
}
