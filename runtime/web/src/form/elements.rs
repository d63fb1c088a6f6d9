//! The inputs of an array → its elements.

use umbel_data::values::{Array, WHOLE};

use super::{Blank, Check, Field, FormValue};

impl Check<'_> {
    /// The values of a field with one text per element; empty texts are left out.
    ///
    /// One text alone may be the whole array, as the database writes it: `array:{1,NULL}`.
    pub fn list<T: FormValue>(&mut self, field: &Field, texts: &[String]) -> Array<T> {
        let filled = || texts.iter().filter(|text| is_filled(text));
        if let Some(whole) = filled().find_map(|text| text.trim().strip_prefix(WHOLE)) {
            if filled().count() == 1
                && let Some(array) = Array::from_text(whole)
            {
                return self.elements(field, array);
            }
            let message = "must be an array alone, such as array:{1,NULL}".to_owned();
            self.wrong(field, "", vec![message]);
            return Array::new();
        }
        let mut values: Vec<T> = Vec::with_capacity(texts.len());
        for (at, text) in texts.iter().enumerate() {
            if is_filled(text) {
                values.push(self.element(field, text, at));
            }
        }
        values.into()
    }

    /// Like [`Check::list`]; where all texts are empty, what the field stands for then.
    pub fn optional_list<T: FormValue>(
        &mut self,
        field: &Field,
        texts: &[String],
    ) -> Option<Array<T>> {
        let mark = texts.first().map_or("", String::as_str);
        let is_null = !texts.iter().any(|text| is_filled(text)) && field.blank(mark) == Blank::Null;
        (!is_null).then(|| self.list(field, texts))
    }

    /// Like [`Check::optional_list`], and in a new row left to the column's default if all texts are empty, unless
    /// something else was chosen.
    pub fn optional_list_or_default<T: FormValue>(
        &mut self,
        field: &Field,
        texts: &[String],
    ) -> Option<Option<Array<T>>> {
        let is_left = texts.iter().all(|text| text.trim().is_empty());
        let values = self.optional_list(field, texts);
        (self.state.is_edit() || !is_left).then_some(values)
    }

    fn elements<T: FormValue>(&mut self, field: &Field, texts: Array<String>) -> Array<T> {
        let (items, shape) = texts.into_parts();
        let values = items.into_iter().enumerate();
        let values = values.map(|(at, text)| text.map(|text| self.element(field, &text, at)));
        Array::with_shape(values.collect(), shape).unwrap_or_default()
    }

    fn element<T: FormValue>(&mut self, field: &Field, text: &str, at: usize) -> T {
        let place = format!(" (value {})", at + 1);
        self.wrong(field, &place, field.faults_of_text(text));
        self.value(field, text, &place, T::parse(text))
    }

    /// Like [`Check::list`], for a column with a default: `None` if all texts of a new row are empty.
    pub fn list_or_default<T: FormValue>(
        &mut self,
        field: &Field,
        texts: &[String],
    ) -> Option<Array<T>> {
        match self.state.is_edit() {
            true => Some(self.list(field, texts)),
            false => self.optional_list(field, texts),
        }
    }
}

/// Whether a text is an element: not the empty input at the end, nor what stands for the array as a whole.
fn is_filled(text: &str) -> bool {
    !text.trim().is_empty() && Blank::of_mark(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{FormState, Widget};

    const YEAR: Field = Field::new("year", "Release year", Widget::List)
        .min("1901")
        .max("2155");
    const FEATURES: Field = Field::new("features", "Features", Widget::List).max_length(3);

    #[test]
    fn a_list() {
        let texts = ["abc".to_owned(), String::new(), "abcd".to_owned()];
        let state = FormState::default();
        let mut check = Check::new(&state);
        let list = check.optional_list::<String>(&FEATURES, &texts);
        assert_eq!(
            check.finish(list).unwrap_err().to_string(),
            "features: Features (value 3) must be 3 characters or fewer; it has 4"
        );
    }

    #[test]
    fn a_whole_array() {
        let state = FormState::default();
        let list = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            let mut check = Check::new(&state);
            let array = check.list::<i32>(&YEAR, &texts);
            check.finish(array).map_err(|errors| errors.to_string())
        };
        assert_eq!(
            list(&["array:{1950,NULL}", ""]),
            Ok(vec![Some(1950), None].into())
        );
        assert_eq!(list(&["array:{}"]), Ok(Array::new()));
        assert_eq!(
            list(&["array:{{1950},{1}}"]).unwrap_err(),
            "year: Release year (value 2) must be between 1901 and 2155"
        );
        assert!(list(&["array:{1950}", "1951"]).is_err());
        assert!(list(&["array:{1950"]).is_err());
    }
}
