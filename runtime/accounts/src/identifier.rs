//! What people sign in by: user names and e-mail addresses, and which of them are the same.

use unicode_normalization::UnicodeNormalization;

/// How long one may be, in bytes: as an e-mail address.
const MAX_BYTES: usize = 254;

/// A user name or an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// As it is shown, and where mail is sent to.
    pub text: String,
    /// What it is compared by: the key of another one that differs only in case, width or signs that cannot be seen is the
    /// same. Whoever looks an account up by it sends mail to what the account has, never to what was typed.
    pub key: String,
}

/// Why a text does not identify anybody, as what is said of the field: `must not be empty`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdentifierError {
    #[error("must not be empty")]
    Empty,
    #[error("must be {MAX_BYTES} bytes or fewer")]
    TooLong,
    #[error(
        "must not contain characters that cannot be seen or that turn the direction of writing"
    )]
    Invisible,
    #[error("must be an e-mail address, such as mary@example.com")]
    NoAddress,
}

impl Identifier {
    /// Reads a user name.
    pub fn user_name(text: &str) -> Result<Self, IdentifierError> {
        let text = normalised(text)?;
        let key = key(&text);
        match key.is_empty() {
            true => Err(IdentifierError::Empty),
            false => Ok(Self { text, key }),
        }
    }

    /// Reads an e-mail address. Whether mail arrives there, only mail can tell.
    pub fn email(text: &str) -> Result<Self, IdentifierError> {
        let identifier = Self::user_name(text)?;
        match is_address(&identifier.text) {
            true => Ok(identifier),
            false => Err(IdentifierError::NoAddress),
        }
    }
}

fn normalised(text: &str) -> Result<String, IdentifierError> {
    let text = text.trim();
    // Normalising makes a text up to eleven times as long.
    if text.len() > 2 * MAX_BYTES {
        return Err(IdentifierError::TooLong);
    }
    let text: String = text.nfkc().collect();
    if text.len() > MAX_BYTES {
        return Err(IdentifierError::TooLong);
    }
    if text.contains(is_refused) {
        return Err(IdentifierError::Invisible);
    }
    Ok(text.trim().to_owned())
}

/// Signs that would make two names look alike, or one look like another text.
fn is_refused(sign: char) -> bool {
    sign.is_control()
        || matches!(
            sign,
            // The soft hyphen, and spaces and joiners without width.
            '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
            // What ends lines and paragraphs.
            | '\u{2028}' | '\u{2029}'
            // What turns the direction of writing.
            | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
            // Letters that are empty.
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}'
            // Annotations, and tags.
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// Signs that belong to some scripts and to emoji, and tell no two names apart: joiners, and what chooses a variant.
fn is_ignored(sign: char) -> bool {
    matches!(
        sign,
        '\u{200c}' | '\u{200d}' | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
    )
}

/// `Straße` → `strasse`. The smaller letters of the greater letters of the smaller letters are what Unicode's case folding
/// comes to, but for the `ı` without a dot, which is no `i`.
fn key(text: &str) -> String {
    let signs = text.chars().filter(|sign| !is_ignored(*sign));
    let folded = signs.flat_map(char::to_lowercase).flat_map(|sign| {
        let kept = (sign == 'ı').then_some(sign);
        let upper = (sign != 'ı').then(|| sign.to_uppercase());
        let upper = upper.into_iter().flatten();
        kept.into_iter().chain(upper.flat_map(char::to_lowercase))
    });
    folded.nfkc().collect()
}

/// One `@` between a name and a host; quoted names are not taken.
fn is_address(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let is_part = |part: &str| !part.is_empty();
    let is_outside = |sign: char| sign.is_whitespace() || "()<>[]:;,\\\"@".contains(sign);
    !text.contains(char::is_whitespace)
        && !name.contains(is_outside)
        && !host.contains(is_outside)
        && name.split('.').all(is_part)
        && host.split('.').all(is_part)
        && name.len() <= 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_the_same() {
        for (left, right) in [
            ("mary", "MARY"),
            (" mary\n", "mary"),
            ("Straße", "STRASSE"),
            ("STRAẞE", "strasse"),
            ("ＭＡＲＹ", "mary"),
            ("re\u{301}my", "RÉMY"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("ﬁona", "FIONA"),
            ("İnci", "i\u{307}nci"),
            ("ⅷ", "VIII"),
            ("ᏔᏂ", "ꮤꮒ"),
            ("می\u{200c}خواهم", "میخواهم"),
            ("a\u{301}\u{323}", "a\u{323}\u{301}"),
            ("❤\u{fe0f}", "❤"),
        ] {
            let key = |text: &str| Identifier::user_name(text).unwrap().key;
            assert_eq!(key(left), key(right), "{left} {right}");
        }
    }

    #[test]
    fn names_that_are_others() {
        for (left, right) in [
            ("mary", "marie"),
            ("ırma", "irma"),
            ("remy", "rémy"),
            ("а", "a"),
        ] {
            let key = |text: &str| Identifier::user_name(text).unwrap().key;
            assert_ne!(key(left), key(right), "{left} {right}");
        }
    }

    #[test]
    fn what_is_shown() {
        let shown = |text: &str| Identifier::user_name(text).unwrap().text;
        assert_eq!(shown("  Mary Ann "), "Mary Ann");
        assert_eq!(shown("Ｍary"), "Mary");
        assert_eq!(shown("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn what_names_nobody() {
        let check =
            |text: &str, expect| assert_eq!(Identifier::user_name(text), Err(expect), "{text:?}");
        check("", IdentifierError::Empty);
        check(" \t\n", IdentifierError::Empty);
        check("\u{200d}\u{fe0f}", IdentifierError::Empty);
        check(&"x".repeat(255), IdentifierError::TooLong);
        check(&"x".repeat(1_000_000), IdentifierError::TooLong);
        check(&"\u{fdfa}".repeat(30), IdentifierError::TooLong);
        for sign in [
            '\0', '\n', '\u{7f}', '\u{85}', '\u{ad}', '\u{200b}', '\u{202e}', '\u{2066}',
        ] {
            check(&format!("ma{sign}ry"), IdentifierError::Invisible);
        }
        check("mary\u{3164}", IdentifierError::Invisible);
        check("ma\u{e0041}ry", IdentifierError::Invisible);
    }

    #[test]
    fn addresses() {
        for address in [
            "mary@example.com",
            " Mary.Ann+news@Sub.Example.com ",
            "o'connor@localhost",
            "用户@例子.广告",
            "mary＠example.com",
        ] {
            assert!(Identifier::email(address).is_ok(), "{address}");
        }
        for other in [
            "mary",
            "@example.com",
            "mary@",
            "mary@@example.com",
            "mary@example..com",
            "mary@.example.com",
            "mary@example.com.",
            ".mary@example.com",
            "mary ann@example.com",
            "mary@exam ple.com",
            "mary@a.com,eve@b.com",
            "Mary <mary@example.com>",
            "\"mary\"@example.com",
        ] {
            assert_eq!(
                Identifier::email(other),
                Err(IdentifierError::NoAddress),
                "{other}"
            );
        }
        assert_eq!(
            Identifier::email("mary@example.com\r\nBcc: eve@example.com"),
            Err(IdentifierError::Invisible)
        );
        let keys = ["MARY@EXAMPLE.COM", "mary@example.com"]
            .map(|text| Identifier::email(text).unwrap().key);
        assert_eq!(keys[0], keys[1]);
    }
}
