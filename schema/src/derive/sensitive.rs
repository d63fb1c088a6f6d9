//! Columns that a page should not show by itself.

use super::words::words;
use crate::model::{Column, DataType, Relation};

/// Whether the column holds a secret, to judge by its name and type:
/// `password_hash`, `apiKey` and `token` do, `token_count` and `password_changed_at` do not.
/// A bare `key` is one in a table of `api_keys`.
pub fn is_sensitive(relation: &Relation, column: &Column) -> bool {
    let mut name = words(&column.name);
    if let [only] = name.as_slice()
        && only == "key"
    {
        name = words(&relation.name.name);
    }
    can_hold_secret(&column.data_type) && is_secret(&name)
}

fn can_hold_secret(data_type: &DataType) -> bool {
    match data_type {
        DataType::Text
        | DataType::Varchar { .. }
        | DataType::Char { .. }
        | DataType::Citext
        | DataType::Bytea
        | DataType::Uuid
        | DataType::Json
        | DataType::Jsonb
        | DataType::Domain(_)
        | DataType::Other(_) => true,
        DataType::Array(element) => can_hold_secret(element),
        _ => false,
    }
}

fn is_secret(words: &[String]) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some((last, rest)) = words.split_last() else {
        return false;
    };
    match *last {
        "password" | "passwords" | "passwd" | "passphrase" | "pwd" | "secret" | "secrets"
        | "token" | "tokens" | "apikey" | "otp" | "cvv" | "cvc" => true,
        // Also the hash of a file is called so; alone it stands beside a login.
        "hash" | "digest" | "salt" | "encrypted" | "ciphertext" => {
            rest.is_empty() && *last != "encrypted" || rest.iter().any(|word| is_credential(word))
        }
        "key" | "keys" => {
            rest.iter().any(|word| {
                [
                    "api",
                    "private",
                    "secret",
                    "encryption",
                    "signing",
                    "auth",
                    "recovery",
                    "session",
                ]
                .contains(word)
            }) || rest == ["access"]
        }
        "codes" | "code" => rest
            .iter()
            .any(|word| ["recovery", "backup"].contains(word)),
        "credentials" | "credential" => true,
        _ => is_credential(last),
    }
}

/// Names without a separator too: `userpassword`, `passwordhash`.
fn is_credential(word: &str) -> bool {
    matches!(
        word,
        "password" | "passwd" | "pass" | "pwd" | "secret" | "token"
    ) || [
        "password",
        "passwordhash",
        "passwordsalt",
        "passwordsalthash",
        "apikey",
    ]
    .iter()
    .any(|end| word.ends_with(end))
}
