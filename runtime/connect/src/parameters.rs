//! What a session is told as if on the server's command line → settings, each with its value.

use crate::Error;

/// The settings that `options` asks for, in its order.
///
/// # Errors
/// Where it asks for anything else: behind a pooler there is no command line.
pub(crate) fn read(options: &str) -> Result<Vec<(String, String)>, Error> {
    let mut words = words(options).into_iter();
    let mut parameters = Vec::new();
    while let Some(word) = words.next() {
        let setting = match word.strip_prefix("--") {
            Some(setting) => Some(setting.to_owned()),
            None if word == "-c" => words.next(),
            None => word.strip_prefix("-c").map(str::to_owned),
        };
        let Some((name, value)) = setting
            .as_deref()
            .and_then(|setting| setting.split_once('='))
        else {
            return Err(Error::Setting {
                place: "the option `options`".to_owned(),
                reason: "behind a pooler it can only set what a session can set".to_owned(),
                hint: "write each setting as `-c name=value`".to_owned(),
            });
        };
        parameters.push((name.replace('-', "_"), value.to_owned()));
    }
    Ok(parameters)
}

/// A value as a part of a word.
pub(crate) fn escape(value: &str) -> String {
    let mut escaped = String::new();
    for character in value.chars() {
        if character.is_ascii_whitespace() || character == '\\' {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Words with space between them; a `\` takes the character behind it as it is.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = None::<String>;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            _ if character.is_ascii_whitespace() => words.extend(word.take()),
            '\\' => word.get_or_insert_default().extend(characters.next()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::{Environment, Settings};

    fn parameters(options: &str) -> String {
        let environment = Environment {
            variables: BTreeMap::from([("PGOPTIONS".to_owned(), options.to_owned())]),
            home: None,
        };
        let settings = Settings::read_in("postgres://me@localhost/shop", &environment);
        match settings.and_then(|settings| settings.parameters()) {
            Ok(parameters) => {
                let parameters = parameters.iter();
                let parameters = parameters.map(|(name, value)| format!("{name}={value}"));
                parameters.collect::<Vec<_>>().join(" | ")
            }
            Err(error) => error.sentence(),
        }
    }

    #[test]
    fn a_command_line_is_read_as_the_server_reads_it() {
        for (options, expect) in [
            ("-c a=1 -cb=2  --c-d=3", "a=1 | b=2 | c_d=3"),
            (r"-c search_path=a,\ b\\c -c x=", r"search_path=a, b\c | x="),
            (
                "-d 5",
                "the option `options`: behind a pooler it can only set what a session can set; \
                 write each setting as `-c name=value`",
            ),
        ] {
            assert_eq!(parameters(options), expect, "{options}");
        }
    }
}
