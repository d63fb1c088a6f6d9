//! A value of any type, as the text that PostgreSQL reads.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::Date;
use umbel_schema::model::{DataType, Schema};

use super::limits::Limit;
use super::{pattern, types, words};
use crate::random::Random;

/// What a value is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) schema: &'a Schema,
    /// The column's name, which tells what is believable.
    pub(super) column: &'a str,
    /// The type with its modifiers: `geometry(PolygonZ,4979)`.
    pub(super) sql_type: &'a str,
    /// Counts the rows of the table, also those that were refused.
    pub(super) serial: usize,
    /// Whether no two rows may have the same value.
    pub(super) unique: bool,
}

/// A value within limits; `None` for a type of which none is known.
pub(super) fn value(
    random: &mut Random,
    place: Place<'_>,
    data_type: &DataType,
    limit: &Limit,
) -> Option<String> {
    if let Some(choices) = &limit.choices
        && !choices.is_empty()
    {
        return Some(choices[random.below(choices.len())].clone());
    }
    Some(match data_type {
        DataType::Bool => random.chance(50).to_string(),
        DataType::Int2 => integer(random, place, limit, i64::from(i16::MAX)),
        DataType::Int4 => integer(random, place, limit, i64::from(i32::MAX)),
        DataType::Int8 => integer(random, place, limit, i64::MAX),
        DataType::Float4 | DataType::Float8 => decimal(random, limit, 1e6, 2),
        DataType::Money => decimal(random, limit, 1e6, 2),
        DataType::Numeric { precision, scale } => {
            let scale = usize::try_from(scale.unwrap_or(2)).unwrap_or(0);
            let whole =
                precision.map_or(9, |precision| usize::from(precision).saturating_sub(scale));
            numeric(random, place, limit, whole, scale)
        }
        DataType::Text | DataType::Citext => text(random, place, limit, None),
        DataType::Varchar { length } => text(random, place, limit, *length),
        DataType::Char { length } => text(random, place, limit, Some(*length)),
        DataType::Bytea => {
            let length = limit.max_length.unwrap_or(8).min(limit.min_length.max(8));
            format!("\\x{}", words::hex(random, 2 * length))
        }
        DataType::Uuid => words::uuid(random),
        DataType::Date => day(random, limit),
        DataType::Time => time(random),
        DataType::TimeTz => format!("{}+02", time(random)),
        DataType::Timestamp => format!("{} {}", day(random, limit), time(random)),
        DataType::TimestampTz => format!("{} {}+00", day(random, limit), time(random)),
        DataType::Interval => format!("{} days {:02}:30:00", random.below(30), random.below(24)),
        DataType::Json | DataType::Jsonb => {
            let word = words::text(random, "word", place.serial, false);
            format!("{{\"kind\": \"{word}\", \"count\": {}}}", random.below(100))
        }
        DataType::Inet => address(random, 24),
        DataType::Cidr => format!("10.{}.{}.0/24", random.below(256), place.serial % 256),
        DataType::MacAddr => mac(random, 6),
        DataType::MacAddr8 => mac(random, 8),
        DataType::Bit { length } => bits(random, *length),
        DataType::VarBit { length } => bits(random, length.unwrap_or(8)),
        DataType::Xml => format!("<note number=\"{}\">kept</note>", place.serial),
        DataType::TsVector => words::text(random, "title", place.serial, false).to_lowercase(),
        DataType::TsQuery => words::text(random, "word", place.serial, false),
        DataType::Oid => random.below(10_000).to_string(),
        DataType::Enum(_) => {
            let labels = &types::enumeration(place.schema, data_type)?.labels;
            labels.get(random.below(labels.len()))?.clone()
        }
        DataType::Domain(_) => {
            let domain = types::domain(place.schema, data_type)?;
            let place = Place {
                sql_type: &domain.sql_type,
                ..place
            };
            value(random, place, &domain.base, limit)?
        }
        DataType::Composite(_) => composite(random, place, data_type)?,
        DataType::Range(_) => range(place, data_type)?,
        DataType::Multirange(_) => format!("{{{}}}", range(place, data_type)?),
        DataType::Array(of) => array(random, place, of, limit)?,
        DataType::Other(name) => other(random, place, &name.name)?,
        DataType::Unknown => return None,
    })
}

fn number(text: &Option<String>) -> Option<f64> {
    text.as_ref()?.parse().ok()
}

fn integer(random: &mut Random, place: Place<'_>, limit: &Limit, greatest: i64) -> String {
    let name = place.column.to_lowercase();
    let (low, high) = if name.ends_with("year") {
        (1960, 2024)
    } else if name.ends_with("month") || name.ends_with("day") {
        (1, 12)
    } else {
        (1, 1000)
    };
    let (low, high) = match (number(&limit.min), number(&limit.max)) {
        (Some(min), Some(max)) => (min as i64, max as i64),
        (Some(min), None) => (min as i64, (min as i64).saturating_add(high)),
        (None, Some(max)) => (
            (max as i64).saturating_sub(high).max(low.min(max as i64)),
            max as i64,
        ),
        (None, None) => (low, high),
    };
    let (low, high) = (
        low.clamp(-greatest, greatest),
        high.clamp(-greatest, greatest),
    );
    let serial = i64::try_from(place.serial).unwrap_or_default();
    if place.unique && low.saturating_add(serial) <= high {
        (low + serial).to_string()
    } else {
        random.between(low, high).to_string()
    }
}

fn numeric(
    random: &mut Random,
    place: Place<'_>,
    limit: &Limit,
    whole: usize,
    scale: usize,
) -> String {
    let greatest = 10_f64.powi(i32::try_from(whole.min(15)).unwrap_or(9));
    if scale == 0 {
        return integer(random, place, limit, greatest as i64 - 1);
    }
    let step = 10_f64.powi(-i32::try_from(scale).unwrap_or(2));
    decimal(random, limit, greatest - step, scale)
}

fn decimal(random: &mut Random, limit: &Limit, greatest: f64, scale: usize) -> String {
    let low = number(&limit.min).unwrap_or(0.0).max(-greatest);
    let high = number(&limit.max).unwrap_or(low + 500.0).min(greatest);
    let part = random.below(10_001) as f64 / 10_000.0;
    let value = low + (high - low).max(0.0) * part;
    format!("{value:.*}", scale.min(6))
}

fn text(random: &mut Random, place: Place<'_>, limit: &Limit, length: Option<u32>) -> String {
    if let Some(text) = limit
        .pattern
        .as_ref()
        .and_then(|pattern| pattern::matching(pattern, random))
    {
        return text;
    }
    let own = length.and_then(|length| usize::try_from(length).ok());
    let most = match (own, limit.max_length) {
        (Some(own), Some(limit)) => own.min(limit),
        (own, limit) => own.or(limit).unwrap_or(usize::MAX),
    };
    if most <= 4 {
        return words::code(place.serial, most);
    }
    let mut text = words::text(random, place.column, place.serial, place.unique);
    while text.chars().count() < limit.min_length {
        text.push(char::from(
            b'a' + u8::try_from(random.below(26)).unwrap_or_default(),
        ));
    }
    if text.chars().count() > most && place.unique {
        return words::code(place.serial, most.min(8));
    }
    let cut: String = text.chars().take(most).collect();
    cut.trim_end().to_owned()
}

/// A day between two bounds, which may be instants.
fn day(random: &mut Random, limit: &Limit) -> String {
    let bound = |text: &Option<String>| -> Option<Date> { text.as_ref()?.get(..10)?.parse().ok() };
    let (first, last) = match (bound(&limit.min), bound(&limit.max)) {
        (Some(first), Some(last)) => (first, last),
        (Some(first), None) => (first, first.saturating_add(300.days())),
        (None, Some(last)) => (last.saturating_sub(3000.days()), last),
        (None, None) => (
            jiff::civil::date(2015, 1, 1),
            jiff::civil::date(2024, 5, 31),
        ),
    };
    let room = first
        .until(last)
        .map_or(0, |span| i64::from(span.get_days()));
    // On the first and last day an instant may lie outside.
    let offset = if room > 2 {
        random.between(1, room - 1)
    } else {
        random.between(0, room.max(0))
    };
    first.saturating_add(offset.days()).to_string()
}

fn time(random: &mut Random) -> String {
    format!("{:02}:{:02}:00", random.below(24), random.below(60))
}

fn address(random: &mut Random, mask: usize) -> String {
    format!(
        "10.{}.{}.{}/{mask}",
        random.below(256),
        random.below(256),
        random.between(1, 254)
    )
}

fn mac(random: &mut Random, parts: usize) -> String {
    let parts: Vec<String> = (0..parts).map(|_| words::hex(random, 2)).collect();
    parts.join(":")
}

fn bits(random: &mut Random, length: u32) -> String {
    (0..length)
        .map(|_| if random.chance(50) { '1' } else { '0' })
        .collect()
}

/// `("Alien",117)`
fn composite(random: &mut Random, place: Place<'_>, data_type: &DataType) -> Option<String> {
    let attributes = &types::composite(place.schema, data_type)?.attributes;
    let mut text = String::from("(");
    for (index, attribute) in attributes.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        let place = Place {
            column: &attribute.name,
            sql_type: &attribute.sql_type,
            ..place
        };
        let limits = super::limits::Limits::of_type(place.schema, attribute, random);
        text.push_str(&quoted(&value(
            random,
            place,
            &attribute.data_type,
            &limits,
        )?));
    }
    Some(text + ")")
}

/// `{"one","two"}`
fn array(random: &mut Random, place: Place<'_>, of: &DataType, limit: &Limit) -> Option<String> {
    let length = random.below(3) + 1;
    let limit = Limit {
        choices: None,
        ..limit.clone()
    };
    let elements: Option<Vec<String>> = (0..length)
        .map(|_| Some(quoted(&value(random, place, of, &limit)?)))
        .collect();
    Some(format!("{{{}}}", elements?.join(",")))
}

/// A range that meets no other of the table: each begins where the serial says.
fn range(place: Place<'_>, data_type: &DataType) -> Option<String> {
    let range = types::range(place.schema, data_type)?;
    let mut subtype = &range.subtype;
    while let Some(domain) = types::domain(place.schema, subtype) {
        subtype = &domain.base;
    }
    let start = i64::try_from(place.serial % 20_000).unwrap_or_default() * 4;
    let from_day = |days: i64| jiff::civil::date(2000, 1, 1).saturating_add(days.days());
    let (low, high) = match subtype {
        DataType::Date | DataType::Timestamp | DataType::TimestampTz => {
            (from_day(start).to_string(), from_day(start + 2).to_string())
        }
        DataType::Time | DataType::TimeTz => ("08:00".to_owned(), "17:30".to_owned()),
        DataType::Inet => ("10.0.0.1".to_owned(), "10.0.0.9".to_owned()),
        DataType::Text | DataType::Varchar { .. } | DataType::Citext => (
            words::code(place.serial, 6),
            words::code(place.serial + 1, 6),
        ),
        _ => (start.to_string(), (start + 2).to_string()),
    };
    Some(format!("[{},{})", quoted(&low), quoted(&high)))
}

/// In double quotes, as composites, arrays and ranges have their parts.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

/// Types that a schema names and nothing else here knows.
fn other(random: &mut Random, place: Place<'_>, name: &str) -> Option<String> {
    let mut point = || format!("({}.5,{}.25)", random.below(90), random.below(90));
    Some(match name {
        "point" => point(),
        "lseg" | "path" => format!("[{},{}]", point(), point()),
        "box" => format!("{},{}", point(), point()),
        "polygon" => format!("({},{},{})", point(), point(), point()),
        "circle" => format!("<{},3>", point()),
        "line" => format!("{{{},2,3}}", place.serial + 1),
        "pg_lsn" => format!("0/{:X}", place.serial + 16),
        "ltree" => format!("top.branch.leaf{}", place.serial),
        "hstore" => format!("\"size\"=>\"{}\",\"kind\"=>\"plain\"", place.serial),
        "name" => words::text(random, place.column, place.serial, place.unique),
        "char" => words::code(place.serial, 1),
        "jsonpath" => "$.kind".to_owned(),
        "regclass" => "pg_class".to_owned(),
        "regtype" => "integer".to_owned(),
        "regproc" => "now".to_owned(),
        "regprocedure" => "now()".to_owned(),
        "regoper" => "||/".to_owned(),
        "regoperator" => "+(integer,integer)".to_owned(),
        "regconfig" => "english".to_owned(),
        "regdictionary" => "english_stem".to_owned(),
        "regnamespace" => "public".to_owned(),
        "xid" | "cid" | "xid8" => place.serial.to_string(),
        "tid" => format!("(0,{})", place.serial % 100 + 1),
        "txid_snapshot" | "pg_snapshot" => "10:20:".to_owned(),
        "geometry" | "geography" => shape(random, place.sql_type),
        "vector" => {
            let length = place
                .sql_type
                .split_once('(')
                .and_then(|(_, rest)| rest.strip_suffix(')'));
            let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or(3);
            let numbers: Vec<String> = (0..length)
                .map(|_| format!("0.{}", random.below(100)))
                .collect();
            format!("[{}]", numbers.join(","))
        }
        _ => return None,
    })
}

/// `geometry(PolygonZ,4979)` → `SRID=4979;POLYGON Z ((…))`
fn shape(random: &mut Random, sql_type: &str) -> String {
    let modifiers = sql_type
        .split_once('(')
        .map_or("", |(_, rest)| rest.trim_end_matches(')'));
    let (kind, srid) = modifiers.split_once(',').unwrap_or((modifiers, "0"));
    let kind = kind.to_uppercase();
    let has_z = kind.ends_with('Z') || kind.ends_with("ZM");
    let plain = kind.trim_end_matches(['Z', 'M']);
    let (x, y) = (random.below(80), random.below(80));
    let at = |dx: usize, dy: usize| {
        let mut text = format!("{} {}", x + dx, y + dy);
        if has_z {
            // Writing to a string does not fail.
            let _ = write!(text, " {}", 1);
        }
        text
    };
    let ring = format!("({},{},{},{})", at(0, 0), at(0, 4), at(4, 4), at(0, 0));
    let line = format!("({},{})", at(0, 0), at(3, 3));
    let body = match plain {
        "POLYGON" => format!("({ring})"),
        "MULTIPOLYGON" => format!("(({ring}))"),
        "LINESTRING" => line,
        "MULTILINESTRING" | "MULTICURVE" => format!("({line})"),
        "MULTIPOINT" => format!("({})", at(0, 0)),
        "GEOMETRYCOLLECTION" => format!("(POINT{} ({}))", if has_z { " Z" } else { "" }, at(0, 0)),
        _ => format!("({})", at(0, 0)),
    };
    let plain = if matches!(plain, "" | "GEOMETRY") {
        "POINT"
    } else {
        plain
    };
    let dimensions = if has_z { " Z" } else { "" };
    format!("SRID={srid};{plain}{dimensions} {body}")
}
