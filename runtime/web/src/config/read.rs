//! What a setting says, read from its texts: numbers, sizes, times, addresses.

use std::net::SocketAddr;
use std::str::FromStr;
use std::time::Duration;

/// What is wrong with the texts of a setting.
pub(super) type Read<T> = Result<T, String>;

/// The one text of a setting.
pub(super) fn one(texts: &[String]) -> Read<&str> {
    match texts {
        [text] => Ok(text),
        _ => Err("needs one value".to_owned()),
    }
}

/// A number that is not 0: `1000`, `1_000`.
pub(super) fn number<N: FromStr + Default + PartialOrd>(texts: &[String]) -> Read<N> {
    let text = one(texts)?;
    let number: Option<N> = text.replace('_', "").parse().ok();
    number
        .filter(|number| *number > N::default())
        .ok_or_else(|| format!("`{text}` is no number from 1 on"))
}

/// A number of bytes: `65536`, `64 KiB`, `16MiB`.
pub(super) fn bytes(texts: &[String]) -> Read<usize> {
    let text = one(texts)?;
    let (number, unit) = split(text);
    let factor = match unit {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => 0,
    };
    let number: Option<usize> = number.parse().ok();
    number
        .and_then(|number| number.checked_mul(factor))
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| format!("`{text}` is no number of bytes, such as 65536 or \"16 MiB\""))
}

/// A time: `30` and `30s` are seconds, `500ms`, `2min`.
pub(super) fn time(texts: &[String]) -> Read<Duration> {
    let text = one(texts)?;
    let (number, unit) = split(text);
    let milliseconds = match unit {
        "ms" => 1,
        "" | "s" => 1_000,
        "min" => 60_000,
        _ => 0,
    };
    // A day is more than anyone waits, and far from what a clock cannot hold.
    let number: Option<u64> = number.parse().ok();
    number
        .and_then(|number| number.checked_mul(milliseconds))
        .filter(|milliseconds| (1..=86_400_000).contains(milliseconds))
        .map(Duration::from_millis)
        .ok_or_else(|| format!("`{text}` is no time, such as 30 (seconds), \"500ms\" or \"2min\""))
}

/// Each text of a setting, read as `T`.
pub(super) fn each<T: FromStr>(texts: &[String], what: &str) -> Read<Vec<T>> {
    let read = |text: &String| text.parse().map_err(|_| format!("`{text}` is no {what}"));
    texts.iter().map(read).collect()
}

/// The path in front of every path: `/shop`, `shop/` → `/shop`; `/` → nothing.
pub(super) fn base(text: &str) -> Option<String> {
    let path = text.trim_matches('/');
    if path.is_empty() {
        return Some(String::new());
    }
    let is_part = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
        !part.is_empty() && part != "." && part != ".." && part.bytes().all(plain)
    };
    path.split('/').all(is_part).then(|| format!("/{path}"))
}

/// An address to listen on, and what is wrong with it.
pub fn address(text: &str) -> Result<SocketAddr, (String, &'static str)> {
    let local = text.replace("localhost:", "127.0.0.1:");
    local.parse().map_err(|_| {
        (
            format!("`{text}` is not an address to listen on"),
            "give an IP address and a port, such as 127.0.0.1:8000",
        )
    })
}

/// `16 MiB` → `16`, `MiB`
fn split(text: &str) -> (String, &str) {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '_');
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    (number.replace('_', ""), unit.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> [String; 1] {
        [text.to_owned()]
    }

    #[test]
    fn numbers_of_bytes() {
        let check = |text: &str, expect: Option<usize>| {
            assert_eq!(bytes(&texts(text)).ok(), expect, "{text}");
        };
        check("65536", Some(65_536));
        check("64 KiB", Some(65_536));
        check("1_0MiB", Some(10 << 20));
        check("2 GiB", Some(2 << 30));
        for wrong in [
            "",
            "0",
            "-1",
            "1.5 MiB",
            "1 MB",
            "lots",
            "99999999999999999999",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn times() {
        let check = |text: &str, expect: Option<u64>| {
            let expect = expect.map(Duration::from_millis);
            assert_eq!(time(&texts(text)).ok(), expect, "{text}");
        };
        check("30", Some(30_000));
        check("30s", Some(30_000));
        check("500ms", Some(500));
        check("2 min", Some(120_000));
        for wrong in ["", "0", "-1", "1.5", "1h", "soon", "99999999999999999999"] {
            check(wrong, None);
        }
    }

    #[test]
    fn paths_in_front() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(base(text).as_deref(), expect, "{text}");
        };
        check("", Some(""));
        check("/", Some(""));
        check("/shop", Some("/shop"));
        check("shop/", Some("/shop"));
        check("/a/b-c", Some("/a/b-c"));
        for wrong in ["/a//b", "/a b", "/..", "/a?b", "/a\"b", "/%41"] {
            check(wrong, None);
        }
    }
}
