//! The bytes of a file as text.

use super::diagnostic::SqlFile;
use super::error::Error;

impl SqlFile {
    /// A file whose text is UTF-8, UTF-16, or what it says of itself: `SET client_encoding = 'LATIN1'`.
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Self, Error> {
        let name = name.into();
        if let Some(text) = utf16(bytes) {
            return Ok(Self { name, text });
        }
        // From the declaration on the server takes every byte for a character.
        let (unicode, latin) = bytes.split_at(latin_from(bytes).unwrap_or(bytes.len()));
        let mut text = match str::from_utf8(unicode) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                return Err(Error::NotUtf8 {
                    file: name,
                    offset: error.valid_up_to(),
                });
            }
        };
        text.extend(latin.iter().map(|&byte| char::from(byte)));
        Ok(Self { name, text })
    }
}

/// The text of a file in UTF-16, as editors of Windows write it: told by its byte order mark, or by the first character
/// of an SQL file, which takes one byte.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (read, bytes): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xff, 0xfe, rest @ ..] => (u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => (u16::from_be_bytes, rest),
        [1..=255, 0, 1..=255, 0, ..] => (u16::from_le_bytes, bytes),
        [0, 1..=255, 0, 1..=255, ..] => (u16::from_be_bytes, bytes),
        _ => return None,
    };
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| read(*pair));
    let characters = char::decode_utf16(units);
    Some(
        characters
            .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}

/// Where the file declares that it goes on in Latin-1.
fn latin_from(bytes: &[u8]) -> Option<usize> {
    const WORD: &[u8] = b"client_encoding";
    let places = bytes.windows(WORD.len()).enumerate();
    let mut declared = places.filter(|(_, window)| window.eq_ignore_ascii_case(WORD));
    declared.find_map(|(at, _)| {
        let after = &bytes[at + WORD.len()..];
        let end = after
            .iter()
            .position(|&byte| byte == b';' || byte == b'\n')?;
        let value = String::from_utf8_lossy(&after[..end]).to_ascii_lowercase();
        let name: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = name.strip_prefix("to").unwrap_or(&name);
        matches!(name, "latin1" | "iso88591").then_some(at + WORD.len() + end)
    })
}

#[cfg(test)]
mod tests {
    use super::SqlFile;

    fn check(bytes: &[u8], expect: Option<&str>) {
        let file = SqlFile::from_bytes("a.sql", bytes).ok();
        assert_eq!(file.map(|file| file.text).as_deref(), expect);
    }

    #[test]
    fn unicode() {
        check("é".as_bytes(), Some("é"));
        check(b"\xe9", None);
    }

    #[test]
    fn of_windows() {
        check(b"\xff\xfea\0\xe9\0", Some("aé"));
        check(b"\xfe\xff\0a\0\xe9", Some("aé"));
        check(b"a\0b\0", Some("ab"));
        check(b"\0a\0b", Some("ab"));
        check(b"\xff\xfea\0\x00\xd8x", Some("a\u{fffd}"));
        check(b"\xef\xbb\xbfa", Some("\u{feff}a"));
    }

    #[test]
    fn latin_where_the_file_says_so() {
        check(
            b"SET client_encoding = 'LATIN1';\xe9",
            Some("SET client_encoding = 'LATIN1';é"),
        );
        check(
            b"SET CLIENT_ENCODING TO latin1;\xe9",
            Some("SET CLIENT_ENCODING TO latin1;é"),
        );
        check(b"SET client_encoding = 'UTF8';\xe9", None);
    }
}
