//! `multipart/form-data`, read from a body that is in memory: the bytes of a file are not copied.

use axum::body::Bytes;
use umbel_data::error::Result;

use super::form_body::refused;
use super::parts::Reading;

/// The boundary that a content type names.
pub(super) fn boundary(kind: &str) -> Option<&str> {
    kind.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.trim().split_once('=')?;
        let value = value.trim().trim_matches('"');
        (name.eq_ignore_ascii_case("boundary") && (1..=70).contains(&value.len())).then_some(value)
    })
}

/// Reads the parts of a body.
pub(super) fn read(body: &Bytes, boundary: &str, reading: &mut Reading) -> Result<()> {
    let first = format!("--{boundary}");
    let delimiter = format!("\r\n--{boundary}");
    let mut rest = after(body, 0, first.as_bytes()).ok_or_else(cut_off)?;
    while !body[rest..].starts_with(b"--") {
        let head = after(body, rest, b"\r\n").ok_or_else(cut_off)?;
        // A part without any header has its empty line at once.
        let start = match body[head..].starts_with(b"\r\n") {
            true => head + 2,
            false => after(body, head, b"\r\n\r\n").ok_or_else(cut_off)?,
        };
        let next = after(body, start, delimiter.as_bytes()).ok_or_else(cut_off)?;
        let content = body.slice(start..next - delimiter.len());
        part(&body[head..start], content, reading)?;
        rest = next;
    }
    Ok(())
}

/// Reads one part; nothing for a file input that was left empty.
fn part(head: &[u8], content: Bytes, reading: &mut Reading) -> Result<()> {
    let head = std::str::from_utf8(head).map_err(|_| not_utf8())?;
    let disposition = head
        .split("\r\n")
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"))
        .map(|(_, value)| value)
        .ok_or_else(|| refused("A part of the form has no name"))?;
    let name =
        parameter(disposition, "name").ok_or_else(|| refused("A part of the form has no name"))?;
    match parameter(disposition, "filename") {
        Some(file) if file.is_empty() && content.is_empty() => Ok(()),
        Some(_) => reading.file(name, content),
        None => {
            let text = std::str::from_utf8(&content).map_err(|_| not_utf8())?;
            reading.text(name, text.to_owned())
        }
    }
}

/// A quoted parameter: `; name="title"`. Browsers write a quote or a line end in it as `%22`, `%0D`, `%0A`.
fn parameter(disposition: &str, wanted: &str) -> Option<String> {
    let mut rest = disposition;
    while let Some((_, parameters)) = rest.split_once(';') {
        let (name, value) = parameters.split_once('=')?;
        let value = value.trim_start();
        let (value, remainder) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => value.split_at(value.find(';').unwrap_or(value.len())),
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            let value = value.replace("%22", "\"").replace("%0D", "\r");
            return Some(value.replace("%0A", "\n"));
        }
        rest = remainder;
    }
    None
}

/// The place after the next `needle`.
fn after(body: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(body.get(from..)?, needle).map(|at| from + at + needle.len())
}

fn cut_off() -> umbel_data::error::Error {
    refused("The form was cut off on its way")
}

fn not_utf8() -> umbel_data::error::Error {
    refused("The form is not valid UTF-8")
}

#[cfg(test)]
mod tests {
    use super::super::parts::Parts;
    use super::*;
    use crate::config::Limits;

    fn parts(body: &str) -> Result<Parts> {
        let body = Bytes::from(body.replace('\n', "\r\n"));
        let mut reading = Reading::new(Limits::default());
        read(&body, "XX", &mut reading)?;
        Ok(reading.finish())
    }

    #[test]
    fn a_boundary() {
        assert_eq!(boundary("multipart/form-data; boundary=abc"), Some("abc"));
        assert_eq!(
            boundary("multipart/form-data; boundary=\"a b\""),
            Some("a b")
        );
        assert_eq!(boundary("multipart/form-data"), None);
    }

    #[test]
    fn texts_and_files() {
        let body = "--XX\nContent-Disposition: form-data; name=\"title\"\n\nA\nB\n--XX\n\
            content-disposition: form-data; name=\"a;b%22\"; filename=\"x.png\"\nContent-Type: image/png\n\nbytes\n--XX\n\
            Content-Disposition: form-data; name=\"none\"; filename=\"\"\nContent-Type: x/y\n\n\n--XX--\n";
        let mut parts = parts(body).unwrap();
        assert_eq!(parts.take_text("title").as_deref(), Some("A\r\nB"));
        let file = parts.take_file("a;b\"").unwrap();
        assert_eq!(file, Bytes::from_static(b"bytes"));
        assert!(parts.group("none").is_none());
    }

    #[test]
    fn no_parts() {
        assert!(parts("--XX--\n").unwrap().groups().is_empty());
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        for body in [
            "",
            "--XX",
            "--XX\n",
            "--XX\nContent-Disposition: form-data; name=\"a\"\n\nA",
            "--XX\n\nA\n--XX--",
        ] {
            assert!(parts(body).is_err(), "{body:?}");
        }
    }
}
