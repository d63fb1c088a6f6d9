//! The boxes of a form's field for many linked rows: what changes, what was found, and a page of those that are linked.

use std::collections::{HashMap, HashSet};

use super::links::set;
use super::{CAP, Linked, Many, PAGE, Selectable, Stored};
use crate::choices::{Choice, LinkedRows, Offered};
use crate::model::grouped;

/// The boxes of a field for many linked rows, of which a page is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPage<'a> {
    /// The boxes: what changes and what was found, where there is any, and the linked rows.
    pub groups: Vec<Boxes<'a>>,
    /// Which page of the linked rows it is; the first is 0.
    pub number: u64,
    /// Whether there are linked rows after them that a button leads to.
    pub has_next: bool,
}

/// Some of the boxes of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boxes<'a> {
    /// What is part of their `id`s.
    pub name: &'static str,
    /// What a person reads above them.
    pub title: String,
    /// Whether their rows are linked now: then unticking them takes the link away.
    pub linked: bool,
    /// The boxes.
    pub boxes: Vec<Selectable<'a>>,
}

impl<'a> LinkPage<'a> {
    /// The boxes for many rows; `None` where all can be shown at once.
    pub(super) fn new(linked: &'a Linked, offered: &'a Offered) -> Option<Self> {
        let many = linked.many.as_ref()?;
        let (stored, page) = (many.stored.as_ref()?, offered.linked.as_ref()?);
        let (added, removed) = (set(&linked.ticked), set(&many.removed));
        let on_page = page.rows.iter().map(|row| row.key.as_str());
        let on_page: HashSet<&str> = on_page.collect();
        let texts = offered.options.iter();
        let texts = texts.map(|choice| (choice.key.as_str(), choice.text.as_str()));
        let texts: HashMap<&str, &str> = texts.collect();

        let elsewhere = |key: &&'a String| !on_page.contains(key.as_str());
        let is_found = |choice: &&'a Choice| {
            let key = choice.key.as_str();
            !added.contains(key) && !removed.contains(key) && !on_page.contains(key)
        };
        let to_add = linked.ticked.iter().filter(elsewhere).map(|key| {
            let text = texts.get(key.as_str()).copied();
            selectable(key, text.unwrap_or(key), true)
        });
        let to_remove = many.removed.iter().filter(elsewhere);
        let to_remove =
            to_remove.filter_map(|key| Some(selectable(key, texts.get(key.as_str())?, false)));
        let found = offered.options.iter().filter(is_found);
        let found = found.map(|choice| selectable(&choice.key, &choice.text, false));
        let rows = page.rows.iter();
        let rows = rows.map(|row| {
            let is_kept = !removed.contains(row.key.as_str());
            selectable(&row.key, &row.text, is_kept)
        });

        let is_searched = offered.search.is_some();
        let mut groups = vec![
            Boxes::new("added", "To be added", false, to_add),
            Boxes::new("removed", "To be taken away", true, to_remove),
            Boxes::new("found", "Found, to be ticked if wanted", false, found),
        ];
        groups.retain(|group| !group.boxes.is_empty());
        groups.push(Boxes::new(
            "linked",
            &title(many, stored, page, is_searched),
            true,
            rows,
        ));
        Some(Self {
            groups,
            number: many.page,
            has_next: page.has_next && (many.page + 1) * PAGE < CAP,
        })
    }
}

impl<'a> Boxes<'a> {
    fn new(
        name: &'static str,
        title: &str,
        linked: bool,
        boxes: impl Iterator<Item = Selectable<'a>>,
    ) -> Self {
        Self {
            name,
            title: title.to_owned(),
            linked,
            boxes: boxes.collect(),
        }
    }
}

fn selectable<'a>(value: &'a str, text: &'a str, selected: bool) -> Selectable<'a> {
    Selectable {
        value,
        text,
        selected,
    }
}

/// What stands above the linked rows: `8,501 films: 51 to 100`, `Found among 8,501 films: 1 to 7`.
fn title(many: &Many, stored: &Stored, page: &LinkedRows, is_searched: bool) -> String {
    let count = &stored.count;
    let which = if is_searched { "Found among " } else { "" };
    let first = many.page * PAGE + 1;
    let shown = match page.rows.len() as u64 {
        0 => "none".to_owned(),
        shown => format!(
            "{} to {}",
            grouped(first),
            grouped(many.page * PAGE + shown)
        ),
    };
    format!("{which}{count} that are linked: {shown}")
}
