//! Believable texts, by the name of their column.

use crate::random::Random;

const ADJECTIVES: [&str; 24] = [
    "Amber", "Bold", "Calm", "Deep", "Early", "Faint", "Golden", "High", "Inner", "Jolly", "Keen",
    "Lunar", "Mild", "North", "Open", "Proud", "Quiet", "Royal", "Silver", "Tall", "Upper",
    "Vivid", "Wild", "Young",
];
const NOUNS: [&str; 24] = [
    "Anchor", "Bridge", "Canyon", "Delta", "Ember", "Forest", "Garden", "Harbor", "Island",
    "Junction", "Kettle", "Lantern", "Meadow", "Needle", "Orchard", "Prairie", "Quarry", "River",
    "Summit", "Tunnel", "Upland", "Valley", "Willow", "Zephyr",
];
const FIRST_NAMES: [&str; 16] = [
    "Ada", "Bruno", "Chloé", "Dmitri", "Elif", "Farah", "Grace", "Hugo", "Inés", "Jun", "Kofi",
    "Lena", "Mateo", "Noor", "Olga", "Priya",
];
const LAST_NAMES: [&str; 16] = [
    "Abara", "Björk", "Costa", "Dubois", "Eriksen", "Fischer", "Gupta", "Haddad", "Ivanova",
    "Jansen", "Kim", "López", "Moreau", "Novák", "O'Brien", "Petrov",
];
const CITIES: [&str; 12] = [
    "Accra", "Bergen", "Cusco", "Dakar", "Évora", "Florence", "Ghent", "Hanoi", "Izmir", "Jaipur",
    "Kraków", "Lagos",
];
const COUNTRIES: [&str; 10] = [
    "Brazil", "Canada", "Denmark", "Egypt", "France", "Ghana", "India", "Japan", "Kenya",
    "Portugal",
];
const SENTENCES: [&str; 8] = [
    "Arrived in good order and was checked the same day.",
    "Needs a second look before the end of the quarter.",
    "Works as described; nothing to add.",
    "The old one was replaced after the inspection.",
    "Agreed upon by both sides.",
    "Kept for reference only.",
    "See the notes of the last meeting.",
    "A long-standing favourite of our visitors.",
];

/// A text for a column; `serial` differs from row to row and is part of the text where it must differ.
pub(super) fn text(random: &mut Random, column: &str, serial: usize, unique: bool) -> String {
    let name = column.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let number = if unique {
        serial
    } else {
        random.below(90) + 10
    };
    let two = |random: &mut Random| format!("{} {}", random.pick(&ADJECTIVES), random.pick(&NOUNS));
    let text = if has(&["email", "e_mail", "mail_address"]) {
        let (first, last) = (random.pick(&FIRST_NAMES), random.pick(&LAST_NAMES));
        return format!("{}.{}{number}@example.com", ascii(first), ascii(last));
    } else if has(&["url", "website", "homepage", "link", "uri", "href"]) {
        let noun = random.pick(&NOUNS).to_lowercase();
        return format!("https://example.com/{noun}/{number}");
    } else if has(&["phone", "fax", "mobile"]) {
        return format!("+44 20 {:04} {:04}", random.below(10_000), serial % 10_000);
    } else if has(&["uuid", "guid"]) {
        return uuid(random);
    } else if has(&["hash", "token", "digest", "secret", "password", "checksum"]) {
        return hex(random, 32);
    } else if has(&["timezone", "time_zone"]) {
        "Europe/Lisbon".to_owned()
    } else if has(&["json", "metadata"]) {
        return format!("{{\"number\": {number}}}");
    } else if has(&["color", "colour"]) {
        return hex(random, 6);
    } else if has(&["slug"]) {
        return format!("{}_{number}", random.pick(&NOUNS).to_lowercase());
    } else if has(&["zip", "postal", "postcode"]) {
        return format!("{:05}", random.below(100_000));
    } else if has(&["first_name", "firstname", "given"]) {
        random.pick(&FIRST_NAMES).to_owned()
    } else if has(&["last_name", "lastname", "surname", "family_name"]) {
        random.pick(&LAST_NAMES).to_owned()
    } else if has(&["city", "town", "district"]) {
        random.pick(&CITIES).to_owned()
    } else if has(&["country", "nation"]) {
        random.pick(&COUNTRIES).to_owned()
    } else if has(&["address", "street"]) {
        return format!("{} {} Street", number, random.pick(&NOUNS));
    } else if has(&[
        "description",
        "comment",
        "note",
        "body",
        "summary",
        "content",
        "text",
        "remark",
    ]) {
        random.pick(&SENTENCES).to_owned()
    } else if has(&["code", "abbr", "symbol", "sku", "number"]) {
        return code(serial, 4) + &number.to_string();
    } else if has(&["version", "semver"]) || name == "num" {
        return format!("{}.{}.{number}", random.below(9), random.below(20));
    } else if has(&["user", "login"]) {
        return format!("{}{number}", ascii(random.pick(&FIRST_NAMES)));
    } else if has(&["name", "title", "label", "subject"]) {
        two(random)
    } else {
        random.pick(&NOUNS).to_lowercase()
    };
    if unique {
        format!("{text} {serial}")
    } else {
        text
    }
}

/// Capital letters that count: `AAAA`, `AAAB`, …
pub(super) fn code(serial: usize, length: usize) -> String {
    let mut rest = serial;
    let mut letters = vec!['A'; length];
    for letter in letters.iter_mut().rev() {
        *letter = char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default());
        rest /= 26;
    }
    letters.into_iter().collect()
}

pub(super) fn uuid(random: &mut Random) -> String {
    let digits = hex(random, 32);
    let (a, b, c, d) = (
        &digits[..8],
        &digits[8..12],
        &digits[13..16],
        &digits[17..20],
    );
    format!("{a}-{b}-4{c}-8{d}-{}", &digits[20..])
}

pub(super) fn hex(random: &mut Random, length: usize) -> String {
    let digit = |_| char::from_digit(u32::try_from(random.below(16)).unwrap_or_default(), 16);
    (0..length).filter_map(digit).collect()
}

fn ascii(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_lowercase()
}
