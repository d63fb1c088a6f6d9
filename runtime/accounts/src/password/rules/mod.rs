//! What a new password must be.

mod common;
mod similar;

use super::MAX_BYTES;

/// What a new password must be. Those that are in use are not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// In characters. What many people use is known from eight characters on.
    pub min_length: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self { min_length: 8 }
    }
}

/// Something that is known of the person, which a password must not repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// As a form calls it: `e-mail address`.
    pub label: &'a str,
    pub value: &'a str,
}

/// Why a password is not taken, as what is said of the field: `must be 8 characters or more; it has 5`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    #[error("must be {min} characters or more; it has {length}")]
    TooShort { min: usize, length: usize },
    #[error("must be {MAX_BYTES} bytes or fewer; it has {length}")]
    TooLong { length: usize },
    #[error("must not contain characters that cannot be seen, such as NUL or a line break")]
    ControlCharacter,
    #[error("must not consist of digits alone")]
    EntirelyNumeric,
    #[error("must not be one that many people use: it would be guessed at once")]
    TooCommon,
    #[error("must not resemble the {label}: whoever knows it would guess the password")]
    TooSimilar { label: String },
}

impl Rules {
    /// All that is wrong with a password. One that is too long is not looked at any further.
    pub fn check(&self, password: &str, attributes: &[Attribute<'_>]) -> Vec<Refusal> {
        if password.len() > MAX_BYTES {
            let length = password.len();
            return vec![Refusal::TooLong { length }];
        }
        let mut refusals = Vec::new();
        let length = password.chars().count();
        if length < self.min_length {
            let min = self.min_length;
            refusals.push(Refusal::TooShort { min, length });
        }
        if password.contains(char::is_control) {
            refusals.push(Refusal::ControlCharacter);
        }
        if is_numeric(password) {
            refusals.push(Refusal::EntirelyNumeric);
        }
        if common::contains(password) {
            refusals.push(Refusal::TooCommon);
        }
        let resembles = |attribute: &&Attribute<'_>| similar::resembles(password, attribute.value);
        if let Some(attribute) = attributes.iter().find(resembles) {
            let label = attribute.label.to_owned();
            refusals.push(Refusal::TooSimilar { label });
        }
        refusals
    }
}

/// Digits of any script.
fn is_numeric(password: &str) -> bool {
    !password.is_empty() && password.chars().all(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(password: &str, expect: &[&str]) {
        let attributes = [
            Attribute {
                label: "user name",
                value: "rosalind.franklin",
            },
            Attribute {
                label: "e-mail address",
                value: "rosa@kings.example",
            },
        ];
        let refusals = Rules::default().check(password, &attributes);
        let refusals: Vec<String> = refusals.iter().map(ToString::to_string).collect();
        assert_eq!(refusals, expect);
    }

    #[test]
    fn good_ones() {
        check("correct horse battery staple", &[]);
        check("Пароль-на-завтра", &[]);
        check("🦀🦀🦀🦀🦀🦀🦀🦀", &[]);
        check("e\u{301}e\u{301}\u{202e}e\u{301}e\u{301}", &[]);
    }

    #[test]
    fn lengths() {
        check("x7!kq", &["must be 8 characters or more; it has 5"]);
        check("", &["must be 8 characters or more; it has 0"]);
        check(&"x7!k".repeat(1024), &[]);
        check(
            &"x7!k".repeat(250_000),
            &["must be 4096 bytes or fewer; it has 1000000"],
        );
    }

    #[test]
    fn numbers() {
        let digits = "must not consist of digits alone";
        check("8264013957", &[digits]);
        check("٨٢٦٤٠١٣٩٥٧", &[digits]);
        check("8264013957x", &[]);
    }

    #[test]
    fn what_cannot_be_seen() {
        let refusal =
            "must not contain characters that cannot be seen, such as NUL or a line break";
        check("x7!kq\0zz8w", &[refusal]);
        check("x7!kqzz8w\n", &[refusal]);
    }

    #[test]
    fn what_others_use_or_know() {
        let common = "must not be one that many people use: it would be guessed at once";
        check("iloveyou", &[common]);
        check("ILoveYou", &[common]);
        check(
            "franklin-rosalind",
            &["must not resemble the user name: whoever knows it would guess the password"],
        );
        check(
            "rosa@kings.ex",
            &["must not resemble the e-mail address: whoever knows it would guess the password"],
        );
    }
}
