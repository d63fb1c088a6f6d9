//! The boxes of a form's field for many linked rows: what changes, what was found, and a page of those that are linked.

use std::collections::{HashMap, HashSet};

use umbel_data::model::{COUNTED, ManyLinked};
use umbel_data::text::grouped;

use super::links::set;
use super::{ControlOption, Linked, Many, PAGE};
use crate::form::{Choice, ChoiceSet, LinkedRows};

/// The boxes of a field for many linked rows, of which a page is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPage<'a> {
    /// The boxes: what changes, where anything does, what was found, and the linked rows.
    pub groups: Vec<Boxes<'a>>,
    /// The name of the group that takes the focus after a button of the field was pressed.
    pub focus: &'static str,
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
    pub boxes: Vec<ControlOption<'a>>,
}

impl<'a> LinkPage<'a> {
    /// The boxes for many rows; `None` where all can be shown at once.
    pub(super) fn new(linked: &'a Linked, offered: &'a ChoiceSet) -> Option<Self> {
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
            Boxes::new("added", false, "To be added".to_owned(), to_add),
            Boxes::new("removed", true, "To be taken away".to_owned(), to_remove),
        ];
        groups.retain(|group| !group.boxes.is_empty());
        if is_searched {
            let mut found = Boxes::new("found", false, "Found, not linked".to_owned(), found);
            if found.boxes.is_empty() {
                found.title.push_str(": none");
            }
            groups.push(found);
        }
        let title = title(many, stored, page, is_searched);
        groups.push(Boxes::new("linked", true, title, rows));
        Some(Self {
            groups,
            focus: if is_searched && many.page == 0 {
                "found"
            } else {
                "linked"
            },
            number: many.page,
            has_next: page.has_next && (many.page + 1) * PAGE < COUNTED,
        })
    }
}

impl<'a> Boxes<'a> {
    fn new(
        name: &'static str,
        linked: bool,
        title: String,
        boxes: impl Iterator<Item = ControlOption<'a>>,
    ) -> Self {
        Self {
            name,
            title,
            linked,
            boxes: boxes.collect(),
        }
    }
}

fn selectable<'a>(value: &'a str, text: &'a str, selected: bool) -> ControlOption<'a> {
    ControlOption {
        value,
        text,
        selected,
    }
}

/// What stands above the linked rows: `Linked now: 51 to 100 of 8,501 films`, `Linked now, and found: 1 to 7`.
fn title(many: &Many, stored: &ManyLinked, page: &LinkedRows, is_searched: bool) -> String {
    let before = many.page * PAGE;
    let shown = match page.rows.len() as u64 {
        0 => "none".to_owned(),
        rows => format!("{} to {}", grouped(before + 1), grouped(before + rows)),
    };
    match is_searched {
        true => format!("Linked now, and found: {shown}"),
        false => format!("Linked now: {shown} of {}", stored.count),
    }
}
