//! Texts that are nearly what is asked for, and the ways in which they are written into an address or a form.

use umbel_tests::random::Random;

use super::seeds::Seeds;

/// The ordinary and the odd of every type, in no order.
const ODD: &[&str] = &[
    "",
    " ",
    "0",
    "1",
    "2",
    "7",
    "-1",
    "-0",
    "+5",
    "0.1",
    "1e400",
    "1e-400",
    "NaN",
    "infinity",
    "-infinity",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999",
    "0x10",
    "1_000",
    "٣",
    "2024-02-29",
    "2022-02-30",
    "2024-02-29T10:00:00Z",
    "2024-02-29T10:00",
    "294277-01-01",
    "0001-01-01 BC",
    "10:00",
    "25:00",
    "24:00:00",
    "{",
    "{}",
    "{1,2}",
    "{a,NULL}",
    "{\"a\":1}",
    "[]",
    "[1,2)",
    "(,)",
    "empty",
    "null",
    "NULL",
    "true",
    "false",
    "on",
    "'",
    "''",
    "\"",
    "\\",
    "\\x00",
    "%",
    "_",
    "%%%",
    "\u{202e}",
    "\0",
    "a\0b",
    "🎬",
    "👨\u{200d}👩",
    "e\u{301}",
    "ß",
    "İ",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "\r\n",
    "\n",
    "\t",
    "a,b",
    ",",
    "~",
    "~2E",
    "1,2",
    "(0,1)",
    "(4294967295,65535)",
    "<script>",
    "'; DROP TABLE paper; --",
    "192.168.0.1/33",
    "::1",
    "08:00:2b:01:02:03",
    "P1Y2M",
    "1 day",
    "-178000000 years",
    "a",
    "abc",
    "x'00ff'",
    "x'0",
    "00112233-4455-6677-8899-aabbccddeeff",
    "'a':1 & b",
    "(((",
    "a & !",
    "$.a[*]",
    "a=>1",
    "101",
    "q",
    "sort",
    "after",
    "../..",
    "/",
    "//",
    ".",
    "..",
    "new",
    "edit",
    "delete",
    "B'1'",
    "1/0",
    "$1",
];

/// A text for any place.
pub(super) fn text(random: &mut Random, seeds: &Seeds) -> String {
    match random.below(100) {
        0..=54 => ODD[random.below(ODD.len())].to_owned(),
        55..=69 => match seeds.values.get(random.below(seeds.values.len())) {
            Some(value) => value.clone(),
            None => String::new(),
        },
        70..=79 => (0..random.below(20)).map(|_| letter(random)).collect(),
        80..=89 => number(random),
        90..=94 => {
            let (first, second) = (text(random, seeds), text(random, seeds));
            // Two of the longest would be a rare thing after the first.
            first.chars().chain(second.chars()).take(9_000).collect()
        }
        95..=98 => {
            let length = random.below(5_000);
            letter(random).to_string().repeat(length)
        }
        _ => {
            let length = random.below(40_000);
            ODD[random.below(ODD.len())]
                .chars()
                .cycle()
                .take(length)
                .collect()
        }
    }
}

fn letter(random: &mut Random) -> char {
    let end = [0x80, 0x250, 0x3000, 0x11_0000][random.below(4)];
    let code = u32::try_from(random.below(end)).unwrap_or_default();
    char::from_u32(code).unwrap_or('\u{fffd}')
}

fn number(random: &mut Random) -> String {
    let sign = if random.chance(30) { "-" } else { "" };
    let most = [3, 12, 40, 400][random.below(4)];
    let length = 1 + random.below(most);
    let digits = (0..length).map(|_| char::from(b"0123456789"[random.below(10)]));
    let mut number: String = sign.chars().chain(digits).collect();
    if random.chance(20) {
        let place = number.len() - random.below(length);
        number.insert(place, b".e:-"[random.below(4)].into());
    }
    number
}

/// Writes a text as it stands in an address or a form; seldom wrongly.
pub(super) fn encode(random: &mut Random, text: &str, out: &mut Vec<u8>) {
    let style = random.below(100);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' if style > 4 => {
                out.push(byte);
            }
            b' ' if style > 30 => out.push(b'+'),
            b'!'..=b'~' if style < 7 && !b"#&%+".contains(&byte) => out.push(byte),
            _ if style < 15 => out.extend(format!("%{byte:02x}").bytes()),
            _ => out.extend(format!("%{byte:02X}").bytes()),
        }
    }
    let broken: &[u8] = match style {
        15 => b"%",
        16 => b"%z",
        17 => b"%FF%FE",
        18 => b"%C3",
        19 => b"%00",
        _ => b"",
    };
    out.extend_from_slice(broken);
}
