//! Bodies of requests: forms of which some fields were changed, written in each of the ways in which browsers send them.

use umbel_tests::random::Random;

use super::seeds::Seeds;
use super::text::{encode, text};

pub(super) const URLENCODED: &str = "application/x-www-form-urlencoded";

/// The fields of a form, of which some were changed.
pub(super) fn changed(
    random: &mut Random,
    seeds: &Seeds,
    fields: &[(String, String)],
) -> Vec<(String, String)> {
    let mut fields = fields.to_vec();
    // A form that was sent before is only told where it has led to.
    for (_, value) in fields.iter_mut().filter(|(name, _)| name == "_.key") {
        if random.chance(95) {
            *value = format!("{:032x}", random.between(0, i64::MAX));
        }
    }
    for _ in 0..random.below(5) {
        let place = random.below(fields.len());
        let Some((name, _)) = fields.get(place).cloned() else {
            fields.push((text(random, seeds), text(random, seeds)));
            continue;
        };
        match random.below(20) {
            0..=11 => fields[place].1 = text(random, seeds),
            12 => drop(fields.remove(place)),
            13 => fields.push((name, text(random, seeds))),
            14 => fields[place].0 = text(random, seeds),
            15 => fields.push((format!("{name}.find"), text(random, seeds))),
            16 => {
                let button = random.pick(&["_.find", "_.more", "_.save", "_.blank"]);
                fields.push((button.to_owned(), name));
            }
            17 => {
                let part = random.pick(&["from", "to", "bounds", "clear", "more", "x"]);
                fields.push((format!("{name}.{part}"), text(random, seeds)));
            }
            18 => fields.extend((0..random.below(60)).map(|_| (name.clone(), "1".to_owned()))),
            _ => fields.push((format!("_.{}", text(random, seeds)), text(random, seeds))),
        }
    }
    // As large as any often enough, so that memory has been needed for it before a tenth of all is asked.
    if random.below(1_000) == 0 {
        let count = random.below(25_000);
        fields.extend((0..count).map(|_| ("a".to_owned(), String::new())));
    }
    fields
}

/// `title=Alien&length=117`
pub(super) fn urlencoded(random: &mut Random, fields: &[(String, String)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (number, (name, value)) in fields.iter().enumerate() {
        if number > 0 {
            body.push(b'&');
        }
        encode(random, name, &mut body);
        body.push(b'=');
        encode(random, value, &mut body);
    }
    if random.below(500) == 0 {
        body.resize(random.below(1_000_000), b'x');
    }
    body
}

/// The type, and the fields as parts; seldom what is no such body.
pub(super) fn multipart(random: &mut Random, fields: &[(String, String)]) -> (String, Vec<u8>) {
    let boundary = random.pick(&[
        "XX",
        "XX",
        "XX",
        "--",
        "a b",
        "0123456789012345678901234567890123456789",
    ]);
    let mut body = Vec::new();
    for (name, value) in fields {
        let name = name
            .replace('"', "%22")
            .replace('\r', "%0D")
            .replace('\n', "%0A");
        let file = match random.below(12) {
            0 => "; filename=\"a.png\"\r\nContent-Type: image/png",
            1 => "; filename=\"",
            2 => "; filename*=UTF-8''%ff",
            _ => "",
        };
        body.extend(
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
            )
            .bytes(),
        );
        body.extend(value.bytes());
        body.extend_from_slice(if random.chance(99) { b"\r\n" } else { b"\n" });
    }
    match random.below(30) {
        0 => {}
        1 => body.extend(format!("--{boundary}").bytes()),
        2 => body.extend(format!("--{boundary}--\r\n--{boundary}\r\n").bytes()),
        3 => body.truncate(random.below(body.len())),
        _ => body.extend(format!("--{boundary}--\r\n").bytes()),
    }
    let kind = match random.below(30) {
        0 => "multipart/form-data".to_owned(),
        1 => "multipart/form-data; boundary=\"".to_owned(),
        2 => format!("multipart/mixed; boundary={boundary}"),
        3 => format!("multipart/form-data; charset=utf-16; boundary={boundary}"),
        _ => format!("multipart/form-data; boundary=\"{boundary}\""),
    };
    (kind, body)
}

/// Writes a body in chunks; seldom wrongly: says whether rightly.
pub(super) fn chunks(random: &mut Random, body: &[u8], out: &mut Vec<u8>) -> bool {
    let mut rest = body;
    while !rest.is_empty() {
        let (chunk, more) = rest.split_at(1 + random.below(rest.len()));
        out.extend(format!("{:x}\r\n", chunk.len()).bytes());
        out.extend_from_slice(chunk);
        out.extend_from_slice(b"\r\n");
        rest = more;
    }
    let (end, is_right): (&[u8], bool) = match random.below(20) {
        0 => (b"zz\r\n", false),
        1 => (b"ffffffffffffffffff\r\n", false),
        2 => (b"-1\r\n\r\n", false),
        3 => (b"0;a=b\r\n\r\n", true),
        4 => (b"0\r\nX-Trailer: y\r\n\r\n", true),
        5 => (b"0\r\nno colon\r\n\r\n", false),
        _ => (b"0\r\n\r\n", true),
    };
    out.extend_from_slice(end);
    is_right
}
