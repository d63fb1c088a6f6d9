//! The rules that a field states about one value, and what is said when they are broken.

use std::cmp::Ordering;

use umbel_data::values::number;

use super::Field;

impl Field {
    /// What is wrong with a text, whatever it means.
    pub(super) fn faults_of_text(&self, text: &str) -> Vec<String> {
        let mut faults = Vec::new();
        if text.contains('\0') {
            faults.push("must not contain the character NUL".to_owned());
        }
        let length = text.chars().count();
        if let Some(max) = self.max_length.filter(|max| length > *max) {
            faults.push(format!(
                "must be {max} characters or fewer; it has {length}"
            ));
        }
        if let Some(min) = self.min_length.filter(|min| length < *min) {
            faults.push(format!("must be {min} characters or more; it has {length}"));
        }
        faults
    }

    /// What is wrong with a value that was read from a text; `value` is how it would be typed.
    pub(super) fn faults_of_value(&self, text: &str, value: &str) -> Vec<String> {
        let mut faults = Vec::new();
        if !self.options.is_empty() && !self.options.contains(&value) {
            faults.push("must be one of the options".to_owned());
        }
        if !self.holds(value) {
            faults.push(self.range());
        }
        let decimals = self.step.and_then(number::decimals_of_step);
        if let Some(allowed) = decimals.filter(|allowed| number::decimals(text) > *allowed) {
            faults.push(match allowed {
                0 => "must be a whole number".to_owned(),
                1 => "must have at most 1 decimal".to_owned(),
                _ => format!("must have at most {allowed} decimals"),
            });
        }
        faults
    }

    /// What is wrong with a text that cannot be read: a number that no type holds is out of range too.
    pub(super) fn fault_of_unread(&self, text: &str, message: String) -> String {
        match number::is_plain(text) && !self.holds(text) {
            true => self.range(),
            false => message,
        }
    }

    fn holds(&self, value: &str) -> bool {
        let below = |min| compare(value, min) == Some(Ordering::Less);
        let above = |max| compare(value, max) == Some(Ordering::Greater);
        !self.min.is_some_and(below) && !self.max.is_some_and(above)
    }

    fn range(&self) -> String {
        match (self.min, self.max) {
            (Some(min), Some(max)) => format!("must be between {min} and {max}"),
            (Some(min), None) => format!("must be {min} or more"),
            (None, Some(max)) => format!("must be {max} or less"),
            (None, None) => "is out of range".to_owned(),
        }
    }
}

/// Compares two values as they are typed: as numbers, else as dates and times, which order as text does.
fn compare(value: &str, limit: &str) -> Option<Ordering> {
    let digits = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    let dated = limit.len() >= 5 && digits(limit) && digits(value);
    number::compare(value, limit).or_else(|| dated.then(|| value.cmp(limit)))
}
