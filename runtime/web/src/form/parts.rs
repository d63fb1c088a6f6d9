//! The names and values of a form, each found at once, however many there are.

use std::collections::{HashMap, VecDeque};
use std::hash::{Hash, Hasher};

use axum::body::Bytes;
use umbel_data::error::{Error, Result};

use super::name::ORIGINAL;
use crate::config::Limits;

/// The names and values of a form.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// In the order in which the names came.
    groups: Vec<Group>,
    places: HashMap<String, usize>,
}

/// What was sent under one name.
#[derive(Debug, Default, Hash)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) texts: VecDeque<String>,
    files: VecDeque<Bytes>,
}

impl Parts {
    /// Adds a text, after those that there are of its name.
    pub(super) fn add_text(&mut self, name: String, text: String) {
        self.group_mut(name).texts.push_back(text);
    }

    /// Takes the first text of a name out.
    pub(super) fn take_text(&mut self, name: &str) -> Option<String> {
        let place = *self.places.get(name)?;
        self.groups.get_mut(place)?.texts.pop_front()
    }

    /// Takes all texts of a name out.
    pub(super) fn take_texts(&mut self, name: &str) -> Vec<String> {
        let place = self.places.get(name);
        let group = place.and_then(|place| self.groups.get_mut(*place));
        group.map_or_else(Vec::new, |group| std::mem::take(&mut group.texts).into())
    }

    /// Takes the first file of a name out.
    pub(super) fn take_file(&mut self, name: &str) -> Option<Bytes> {
        let place = *self.places.get(name)?;
        self.groups.get_mut(place)?.files.pop_front()
    }

    /// What there still is of a name.
    pub(super) fn group(&self, name: &str) -> Option<&Group> {
        let group = self.groups.get(*self.places.get(name)?)?;
        (!group.texts.is_empty() || !group.files.is_empty()).then_some(group)
    }

    /// All groups, in the order in which their names came.
    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    fn group_mut(&mut self, name: String) -> &mut Group {
        let place = match self.places.get(&name) {
            Some(place) => *place,
            None => {
                self.groups.push(Group {
                    name: name.clone(),
                    ..Group::default()
                });
                self.places.insert(name, self.groups.len() - 1);
                self.groups.len() - 1
            }
        };
        &mut self.groups[place]
    }
}

/// Feeds a hasher with the parts of a form but those of one name.
pub(super) fn hash_without(parts: &Parts, name: &str, hasher: &mut impl Hasher) {
    for group in parts.groups() {
        if group.name != name {
            group.hash(hasher);
        }
    }
}

/// The parts of a form while they are read, within its limits.
pub(super) struct Reading {
    parts: Parts,
    limits: Limits,
    count: usize,
    texts: usize,
}

impl Reading {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            parts: Parts::default(),
            limits,
            count: 0,
            texts: 0,
        }
    }

    /// Refuses what is too much however it is decoded: three bytes may stand for one.
    ///
    /// # Errors
    /// 413 if it is too much.
    pub(super) fn encoded(&self, length: usize) -> Result<()> {
        let (field, carried) = (self.limits.field, self.limits.carried);
        most(length / 3, field.max(carried), "One text of a form")
    }

    /// Adds a text.
    ///
    /// # Errors
    /// 413 if it is too much.
    pub(super) fn text(&mut self, name: String, text: String) -> Result<()> {
        self.count()?;
        let limits = self.limits;
        if name == ORIGINAL {
            most(text.len(), limits.carried, "What a form carries along")?;
            let pairs = memchr::memchr_iter(b'&', text.as_bytes()).count();
            if pairs >= limits.fields {
                return Err(too_many(limits.fields));
            }
        } else {
            most(text.len(), limits.field, "One text of a form")?;
            self.texts += name.len() + text.len();
            most(self.texts, limits.texts, "The texts of a form")?;
        }
        self.parts.add_text(name, text);
        Ok(())
    }

    /// Adds a file.
    ///
    /// # Errors
    /// 413 if it is too much.
    pub(super) fn file(&mut self, name: String, bytes: Bytes) -> Result<()> {
        self.count()?;
        self.parts.group_mut(name).files.push_back(bytes);
        Ok(())
    }

    pub(super) fn finish(self) -> Parts {
        self.parts
    }

    fn count(&mut self) -> Result<()> {
        self.count += 1;
        match self.count > self.limits.fields {
            true => Err(too_many(self.limits.fields)),
            false => Ok(()),
        }
    }
}

fn most(length: usize, most: usize, what: &str) -> Result<()> {
    match length > most {
        true => {
            let most = umbel_data::text::size(most);
            Err(Error::TooLarge(format!("{what} may have at most {most}")))
        }
        false => Ok(()),
    }
}

fn too_many(fields: usize) -> Error {
    Error::TooLarge(format!("The form has more than {fields} fields"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        url: 0,
        headers: 0,
        filters: 0,
        list: 0,
        body: 0,
        fields: 3,
        field: 4,
        texts: 12,
        carried: 6,
        bodies: 0,
        page: 0,
    };

    fn check(pairs: &[(&str, &str)], expect: Option<&str>) {
        let mut reading = Reading::new(LIMITS);
        let mut pairs = pairs.iter();
        let read =
            pairs.try_for_each(|(name, text)| reading.text((*name).to_owned(), (*text).to_owned()));
        assert_eq!(read.err().map(|error| error.to_string()).as_deref(), expect);
    }

    #[test]
    fn limits_of_a_form() {
        check(&[("a", "1234"), ("b", "1234")], None);
        check(
            &[("a", "12345")],
            Some("One text of a form may have at most 4 bytes"),
        );
        let texts = "The texts of a form may have at most 12 bytes";
        check(&[("a", "1234"), ("b", "1234"), ("c", "12")], Some(texts));
        let fields = "The form has more than 3 fields";
        check(&[("a", ""), ("b", ""), ("a", ""), ("c", "")], Some(fields));
        check(&[(ORIGINAL, "a=1&b=")], None);
        let carried = "What a form carries along may have at most 6 bytes";
        check(&[(ORIGINAL, "a=1&b=2")], Some(carried));
        check(&[(ORIGINAL, "&&&")], Some(fields));
    }

    #[test]
    fn values_of_a_name_stay_in_order() {
        let mut parts = Parts::default();
        for (name, text) in [("a", "1"), ("b", "2"), ("a", "3")] {
            parts.add_text(name.to_owned(), text.to_owned());
        }
        assert_eq!(parts.take_text("a").as_deref(), Some("1"));
        assert_eq!(parts.take_texts("a"), ["3"]);
        assert!(parts.group("a").is_none() && parts.group("b").is_some());
        assert_eq!(parts.take_text("c"), None);
    }
}
