//! The controls of foreign keys and many-to-many relations, and the parts of a key that was chosen.

use umbel_data::model::Model;
use umbel_data::text::url;

use super::control::{Control, ControlOption, Search};
use super::redisplay::at;
use super::{Check, Field, FormValue, LinkPage, Linked, Redisplay};
use crate::form::{ChoiceQuery, Choices};

impl Field {
    /// The rows of `M`, of which the field refers to one, now to that of a key.
    pub fn one_of<'a, M: Model>(&self, key: &'a str) -> ChoiceQuery<'a> {
        ChoiceQuery::new(self, M::TABLE, vec![key])
    }

    /// The rows of `M`, of which the field refers to any number, now to these.
    pub fn any_of<'a, M: Model>(&self, linked: &'a Linked) -> ChoiceQuery<'a> {
        ChoiceQuery::of_links(self, M::TABLE, linked)
    }

    /// The control of a field that refers to a row of another table.
    pub fn choose<'a>(
        &'a self,
        key: &'a str,
        choices: &'a Choices,
        errors: &'a Redisplay,
    ) -> Control<'a> {
        let mut control = Control::new(self, vec![key], errors);
        control.offer(choices);
        control
    }

    /// The control of a field that refers to any number of rows of another table.
    pub fn choose_many<'a>(
        &'a self,
        linked: &'a Linked,
        choices: &'a Choices,
        errors: &'a Redisplay,
    ) -> Control<'a> {
        let keys = linked.ticked.iter().map(String::as_str);
        let mut control = Control::new(self, keys.collect(), errors);
        control.offer(choices);
        let offered = choices.of(self.name);
        control.links = offered.and_then(|offered| LinkPage::new(linked, offered));
        // What is chosen is seen without scrolling.
        control.options.sort_by_key(|option| !option.selected);
        control
    }
}

impl<'a> Control<'a> {
    fn offer(&mut self, choices: &'a Choices) {
        let Some(offered) = choices.of(self.field.name) else {
            return;
        };
        let options = offered
            .options
            .iter()
            .map(|choice| (choice.key.as_str(), choice.text.as_str()));
        self.options = ControlOption::all(options, &self.values);
        self.search = (!offered.complete).then(|| Search {
            text: offered.search.as_deref().unwrap_or_default(),
            looked: offered.looked.as_deref(),
        });
    }
}

impl Check<'_> {
    /// One column of the key that was chosen, where a foreign key has several; one must be chosen.
    pub fn required_part<T: FormValue>(&mut self, field: &Field, key: &str, at: usize) -> T {
        match key.is_empty() {
            true => self.once(field, |check| check.required(field, "")),
            false => self.part(field, key, at),
        }
    }

    /// One column of the key that was chosen, where a foreign key has several; none may be chosen.
    pub fn optional_part<T: FormValue>(
        &mut self,
        field: &Field,
        key: &str,
        at: usize,
    ) -> Option<T> {
        (!key.is_empty()).then(|| self.part(field, key, at))
    }

    fn part<T: FormValue>(&mut self, field: &Field, key: &str, at: usize) -> T {
        // `1,a%2Cb%00` → `a,b`: the mark at the end keeps an empty text apart from none.
        let part = key.split(',').nth(at).and_then(url::decode);
        let part = part.unwrap_or_default();
        let text = part.strip_suffix('\0').unwrap_or(&part);
        match T::parse(text) {
            Ok(value) => value,
            Err(_) => self.once(field, |check| {
                check.wrong(field, "", vec!["must be one of the options".to_owned()]);
                T::placeholder()
            }),
        }
    }

    /// Says what is wrong with a key but once, however many columns it has.
    fn once<T: FormValue>(&mut self, field: &Field, say: impl FnOnce(&mut Self) -> T) -> T {
        let is_said = at(&self.errors, field).next().is_some();
        match is_said {
            true => T::placeholder(),
            false => say(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{FormState, Widget};

    const STAFF: Field = Field::new("staff", "Staff", Widget::Choice).required();

    fn check(key: &str) -> Result<(i32, String), Vec<String>> {
        let state = FormState::default();
        let mut check = Check::new(&state);
        let staff = (
            check.required_part(&STAFF, key, 0),
            check.required_part(&STAFF, key, 1),
        );
        check
            .finish(staff)
            .map_err(|errors| at(&errors, &STAFF).map(str::to_owned).collect())
    }

    #[test]
    fn a_key_of_several_columns() {
        assert_eq!(check("7,a%2Cb"), Ok((7, "a,b".to_owned())));
        assert_eq!(check("7,%00"), Ok((7, String::new())));
        assert_eq!(check(""), Err(vec!["Staff: choose one".to_owned()]));
        let unknown = vec!["Staff must be one of the options".to_owned()];
        assert_eq!(check("x,y"), Err(unknown));
    }
}
