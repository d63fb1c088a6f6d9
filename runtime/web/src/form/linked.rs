//! The rows that a form links its row with: all of them where they are few, else what is added and taken away.

use std::collections::HashSet;

use umbel_data::change::Links;
use umbel_data::model::{COUNTED, LinkedKeys, ManyLinked};

use super::links::{alike, merged, set};
use super::{Difference, Field};

/// How many of many linked rows a page of them shows.
pub(crate) const PAGE: u64 = 50;

/// The rows that a form links its row with: all of them where they are few, else what is added and taken away.
#[derive(Debug, Clone, Default)]
pub struct Linked {
    /// The keys of all of them; where they are many, of those that are added.
    pub(crate) ticked: Vec<String>,
    /// The rest of what the form knows, where they are many.
    pub(crate) many: Option<Many>,
}

/// What a form knows of many linked rows besides those that are added.
#[derive(Debug, Clone, Default)]
pub(crate) struct Many {
    /// The keys of those that are taken away.
    pub(crate) removed: Vec<String>,
    /// Which page of them is shown; the first is 0.
    pub(crate) page: u64,
    /// Those that are linked now; `None` until the form is laid over its row.
    pub(crate) stored: Option<ManyLinked>,
}

impl From<Vec<String>> for Linked {
    /// Exactly the rows with these keys.
    fn from(keys: Vec<String>) -> Self {
        Self {
            ticked: keys,
            many: None,
        }
    }
}

impl From<LinkedKeys> for Linked {
    /// The rows that are linked now, of which none is added and none taken away.
    fn from(keys: LinkedKeys) -> Self {
        match keys {
            LinkedKeys::All(keys) => keys.into(),
            LinkedKeys::Many(stored) => Self {
                ticked: Vec::new(),
                many: Some(Many {
                    stored: Some(stored),
                    ..Many::default()
                }),
            },
        }
    }
}

impl Linked {
    /// What was sent of many rows: the keys of the boxes that are ticked, and of the linked rows that the page showed.
    pub(super) fn sent(ticked: Vec<String>, shown: &[String], page: u64) -> Self {
        let many = Many {
            removed: without(shown, &ticked),
            page: page.min(COUNTED / PAGE - 1),
            stored: None,
        };
        Self {
            ticked: without(&ticked, shown),
            many: Some(many),
        }
    }

    /// The keys of all rows, where they are few.
    pub(super) fn all(&self) -> &[String] {
        match self.many {
            Some(_) => &[],
            None => &self.ticked,
        }
    }

    /// What the form changes, if these rows were linked when it was opened.
    pub(super) fn links(&self, field: &Field, was: &[String]) -> Links {
        let (added, removed) = match &self.many {
            Some(many) => (self.ticked.clone(), many.removed.clone()),
            None => (without(&self.ticked, was), without(was, &self.ticked)),
        };
        Links {
            field: field.name,
            added,
            removed,
        }
    }

    /// Lays what was ticked over what is linked now, and says what someone else has changed meanwhile, where all was
    /// shown: of many rows, only those are changed that the person has changed.
    pub(super) fn rebase(
        &mut self,
        field: &Field,
        was: &[String],
        now: Self,
    ) -> Option<Difference> {
        let Links { added, removed, .. } = self.links(field, was);
        match (self.many.take(), now.many) {
            (None, None) => self.rebase_few(field, was, now.ticked),
            (Some(many), Some(now)) => {
                let stored = now.stored;
                self.many = Some(Many { stored, ..many });
                None
            }
            (Some(_), None) => {
                self.ticked = without(&now.ticked, &removed);
                self.ticked.extend(without(&added, &now.ticked));
                None
            }
            (None, Some(now)) => {
                let difference = now.stored.as_ref().map(|stored| {
                    let count = |keys: &[String]| stored.table.counted(keys.len() as u64);
                    let is_changed = !added.is_empty() || !removed.is_empty();
                    Difference {
                        name: field.name,
                        was: vec![count(was)],
                        now: vec![stored.count.to_string()],
                        typed: is_changed.then(|| vec![count(&self.ticked)]),
                    }
                });
                self.ticked = added;
                self.many = Some(Many { removed, ..now });
                difference
            }
        }
    }

    fn rebase_few(
        &mut self,
        field: &Field,
        was: &[String],
        now: Vec<String>,
    ) -> Option<Difference> {
        let ticked = std::mem::take(&mut self.ticked);
        if alike(was, &now) || alike(&ticked, &now) {
            self.ticked = ticked;
            return None;
        }
        let is_changed = !alike(was, &ticked);
        self.ticked = match is_changed {
            true => merged(was, &now, &ticked),
            false => now.clone(),
        };
        Some(Difference {
            name: field.name,
            was: was.to_vec(),
            now,
            typed: is_changed.then_some(ticked),
        })
    }
}

fn without(keys: &[String], others: &[String]) -> Vec<String> {
    let others: HashSet<&str> = set(others);
    let keys = keys.iter().filter(|key| !others.contains(key.as_str()));
    keys.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Widget;

    const TAGS: Field = Field::new("tags", "Tags", Widget::Choices);

    fn keys(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn what_is_sent_of_a_page_is_what_was_changed() {
        let check = |ticked, shown, added, removed| {
            let links = Linked::sent(keys(ticked), &keys(shown), 0).links(&TAGS, &[]);
            assert_eq!((links.added, links.removed), (keys(added), keys(removed)));
        };
        check("1 2 3", "1 2 3", "", "");
        check("1 3 9", "1 2 3", "9", "2");
        check("", "1", "", "1");
        check("1 1", "2 2", "1 1", "2 2");
        check("", "", "", "");
    }

    #[test]
    fn no_page_is_beyond_what_is_counted() {
        let page = |number| {
            Linked::sent(Vec::new(), &[], number)
                .many
                .map(|many| many.page)
        };
        assert_eq!((page(199), page(u64::MAX)), (Some(199), Some(199)));
    }

    #[test]
    fn many_that_became_few_keep_what_was_changed() {
        let mut linked = Linked::sent(keys("7 2 3"), &keys("1 2"), 4);
        let difference = linked.rebase(&TAGS, &[], keys("1 2 3 4").into());
        assert_eq!((difference, linked.all()), (None, &keys("2 3 4 7")[..]));
    }
}
