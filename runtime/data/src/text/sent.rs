//! The names under which columns are sent in forms and in the addresses of lists.
//!
//! A dot never stands in the name that a column is sent under, whatever the column is called: it parts the name from
//! that of a piece of it, `span.from`. No column is sent as `_`.

use std::borrow::Cow;
use std::fmt::Write;

/// The name that a column, or what else a field stands for, is sent under: `title` → `title`, `a.b` → `a~2Eb`.
///
/// Everything that browsers send otherwise than it stands in the page is written as `~` and its bytes: line ends, the
/// quotes of a multipart form and the signs that stand for them there. So two columns never have one name.
pub fn of_column(column: &str) -> Cow<'_, str> {
    if column.is_empty() {
        // An input without a name is not sent.
        return Cow::Borrowed("~");
    }
    // The form's own names begin so, and a browser fills in a hidden input of the other name by itself.
    let is_taken = column == "_" || column.eq_ignore_ascii_case("_charset_");
    if !is_taken && column.chars().all(is_plain) {
        return Cow::Borrowed(column);
    }
    let mut name = String::with_capacity(column.len() + 8);
    for (index, character) in column.chars().enumerate() {
        if is_plain(character) && !(is_taken && index == 0) {
            name.push(character);
            continue;
        }
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            // Writing to a string does not fail.
            let _ = write!(name, "~{byte:02X}");
        }
    }
    Cow::Owned(name)
}

/// The name of a part of a field: `span.from`.
pub fn part(column: &str, part: &str) -> String {
    format!("{}.{part}", of_column(column))
}

fn is_plain(character: char) -> bool {
    !character.is_control() && !matches!(character, '.' | '~' | '"' | '%')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn most_columns_are_sent_under_their_own_names() {
        for name in [
            "title",
            "_version",
            "_original",
            "first name",
            "größe",
            "a[0]",
            "q",
        ] {
            assert_eq!(of_column(name), name);
        }
    }

    #[test]
    fn no_two_columns_have_one_name_and_none_that_of_the_form() {
        let columns = [
            "",
            "_",
            "~5F",
            "~",
            "~7E",
            "a.b",
            "a~2Eb",
            "a~2eb",
            ".version",
            "~2Eversion",
            "a\"b",
            "a%22b",
            "a\r\nb",
            "a\nb",
            "a\rb",
            "span",
            "span.from",
            "span~2Efrom",
            "_charset_",
            "~5Fcharset_",
            "_CHARSET_",
            "\u{85}",
            "~C2~85",
        ];
        let names: BTreeSet<_> = columns.iter().map(|column| of_column(column)).collect();
        assert_eq!(names.len(), columns.len(), "{names:?}");
        for name in names {
            let is_sent_as_it_is = !name.is_empty()
                && !name.eq_ignore_ascii_case("_charset_")
                && *name != *"_"
                && !name.contains(['.', '"', '%', '\r', '\n']);
            assert!(is_sent_as_it_is, "{name:?}");
        }
    }
}
