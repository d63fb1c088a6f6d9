//! The declared type of a column → its data type.
//!
//! SQLite holds any value in any column but those of STRICT tables: a declared type says what people mean.

use super::name;
use crate::model::{Check, DataType};
use crate::rules::{Literal, Rule};

/// The data type of a column by its declared type: `NVARCHAR(40)`, `decimal(10, 2)`, `DATETIME`.
pub(super) fn data_type(declared: &str) -> DataType {
    let upper = declared.to_uppercase();
    let (word, rest) = upper.split_once('(').unwrap_or((&upper, ""));
    let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
    let sizes: Vec<u32> = rest
        .split([',', ')'])
        .map_while(|size| size.trim().parse().ok())
        .collect();
    let first = sizes.first().copied();
    match word.as_str() {
        "BOOL" | "BOOLEAN" | "BIT" => DataType::Bool,
        "TINYINT" if first == Some(1) => DataType::Bool,
        "DATE" => DataType::Date,
        "TIME" => DataType::Time,
        "DATETIME" | "DATETIME2" | "SMALLDATETIME" | "TIMESTAMP" => DataType::Timestamp,
        "TIMESTAMPTZ" | "TIMESTAMP WITH TIME ZONE" | "DATETIMEOFFSET" => DataType::TimestampTz,
        "DECIMAL" | "DEC" | "NUMERIC" | "NUMBER" => DataType::Numeric {
            precision: first.and_then(|size| size.try_into().ok()),
            scale: first.map(|_| {
                let scale = sizes.get(1).copied().unwrap_or(0);
                scale.try_into().unwrap_or(0)
            }),
        },
        "MONEY" | "SMALLMONEY" | "CURRENCY" => DataType::Numeric {
            precision: None,
            scale: None,
        },
        "JSON" => DataType::Json,
        "JSONB" => DataType::Jsonb,
        "UUID" | "GUID" | "UNIQUEIDENTIFIER" => DataType::Uuid,
        "STRING" => DataType::Text,
        "BINARY" | "VARBINARY" | "BYTEA" | "IMAGE" => DataType::Bytea,
        "POINT" | "INTERVAL" => other(declared),
        word => by_affinity(word, first, declared),
    }
}

/// The rules by which SQLite itself reads a declared type, in its order.
fn by_affinity(word: &str, size: Option<u32>, declared: &str) -> DataType {
    let has = |part: &str| word.contains(part);
    if has("INT") {
        DataType::Int8
    } else if has("CHAR") {
        match size {
            Some(length) => DataType::Varchar {
                length: Some(length),
            },
            None => DataType::Text,
        }
    } else if has("CLOB") || has("TEXT") {
        DataType::Text
    } else if has("BLOB") {
        DataType::Bytea
    } else if has("REAL") || has("FLOA") || has("DOUB") {
        DataType::Float8
    } else {
        other(declared)
    }
}

/// A type that only its author knows, or none at all: values pass as text.
fn other(declared: &str) -> DataType {
    match declared {
        "" => DataType::Unknown,
        declared => DataType::Other(name(declared)),
    }
}

/// The type that a check keeps every value of a column to, where it says more than the declared type:
/// 0 and 1 alone are truth values, and what `date`, `datetime`, `time` and `json_valid` leave as it is, is such.
pub(super) fn checked(declared: &DataType, column: &str, checks: &[Check]) -> Option<DataType> {
    checks.iter().find_map(|check| {
        if *declared == DataType::Int8 && is_flag(check, column) {
            return Some(DataType::Bool);
        }
        let text: String = check.expression.to_lowercase().split_whitespace().collect();
        let name = column.to_lowercase();
        let name = match text.contains(&format!("\"{name}\"")) {
            true => format!("\"{name}\""),
            false => name,
        };
        let text = text
            .strip_prefix(&format!("{name}isnullor"))
            .unwrap_or(&text);
        let kept = |function: &str| {
            let call = format!("{function}({name})");
            ["is", "="].iter().any(|same| {
                text == format!("{name}{same}{call}") || text == format!("{call}{same}{name}")
            })
        };
        match () {
            () if kept("date") => Some(DataType::Date),
            () if kept("datetime") => Some(DataType::Timestamp),
            () if kept("time") => Some(DataType::Time),
            () if text == format!("json_valid({name})") => Some(DataType::Json),
            () if text == format!("typeof({name})='integer'") => Some(DataType::Int8),
            () => None,
        }
    })
}

/// Whether a check leaves a column nothing but 0 and 1: the truth values of a database that has none.
fn is_flag(check: &Check, column: &str) -> bool {
    let Rule::OneOf {
        column: of, values, ..
    } = Rule::parse(&check.expression)
    else {
        return false;
    };
    let is = |digit: &str| values.contains(&Literal::Number(digit.to_owned()));
    of == column && values.len() == 2 && is("0") && is("1")
}

/// Whether the type has room for any value that a cell may hold: text and bytes have.
pub(super) fn holds_anything(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Text
            | DataType::Varchar { .. }
            | DataType::Bytea
            | DataType::Json
            | DataType::Jsonb
            | DataType::Other(_)
            | DataType::Unknown
    )
}

/// The type as it is written where there is one: `any` for a column without.
pub(super) fn sql_type(declared: &str) -> String {
    match declared {
        "" => "any".to_owned(),
        declared => declared.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Check, DataType, checked, data_type, name};

    #[track_caller]
    fn check(declared: &str, expect: DataType) {
        assert_eq!(data_type(declared), expect, "{declared}");
    }

    #[test]
    fn names_that_people_mean() {
        check("BOOLEAN", DataType::Bool);
        check("tinyint(1)", DataType::Bool);
        check("datetime", DataType::Timestamp);
        check("TIMESTAMP  with time zone", DataType::TimestampTz);
        check("UUID", DataType::Uuid);
        check("varbinary(16)", DataType::Bytea);
        let decimal = |precision, scale| DataType::Numeric { precision, scale };
        check("DECIMAL(10, 2)", decimal(Some(10), Some(2)));
        check("numeric(5)", decimal(Some(5), Some(0)));
        check("NUMERIC", decimal(None, None));
    }

    #[test]
    fn what_checks_keep() {
        let check = |declared: DataType, condition: &str| {
            let check = Check {
                name: String::new(),
                expression: condition.to_owned(),
                columns: Vec::new(),
                validated: true,
                no_inherit: false,
                comment: None,
            };
            checked(&declared, "at", &[check])
        };
        assert_eq!(check(DataType::Int8, "at IN (0, 1)"), Some(DataType::Bool));
        assert_eq!(check(DataType::Int8, "at IN (1, 2)"), None);
        assert_eq!(
            check(DataType::Text, "at IS date(at)"),
            Some(DataType::Date)
        );
        assert_eq!(
            check(DataType::Text, "at IS NULL OR datetime(at) = at"),
            Some(DataType::Timestamp)
        );
        assert_eq!(
            check(DataType::Text, "json_valid(at)"),
            Some(DataType::Json)
        );
        assert_eq!(check(DataType::Text, "date(at) > '2000'"), None);
    }

    #[test]
    fn by_affinity() {
        check("UNSIGNED BIG INT", DataType::Int8);
        check("tinyint(4)", DataType::Int8);
        check("NVARCHAR(160)", DataType::Varchar { length: Some(160) });
        check("native character", DataType::Text);
        check("LONGTEXT", DataType::Text);
        check("DOUBLE PRECISION", DataType::Float8);
        check("", DataType::Unknown);
        check("geometry", DataType::Other(name("geometry")));
    }
}
