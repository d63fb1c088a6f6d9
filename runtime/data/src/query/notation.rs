//! Values of which one SQLite file has this notation, another one that: times as texts or as milliseconds, truth values
//! as numbers or as words, texts as bytes. They are compared by what they mean.

use sea_query::{BinOper, Expr, ExprTrait, Func};

use super::sql::Sql;
use crate::catalog::{ColumnDef, Comparison, Test};
use crate::database::{Dialect, MEANING};
use crate::values::{Kind, Value, truth};

/// What the functions call kinds that have several notations.
pub(super) fn name(kind: &Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::DateTime | Kind::Timestamp => "'moment'",
        Kind::Date => "'day'",
        Kind::Time => "'clock'",
        Kind::Bool => "'truth'",
        Kind::Uuid => "'uuid'",
        Kind::Text => "'text'",
        Kind::Bytes => "'bytes'",
        Kind::Json => "'json'",
        Kind::Raw => "'raw'",
        _ => return None,
    })
}

/// A value as the functions take it.
pub(super) fn plain(value: Value) -> Value {
    const DAY: i64 = 86_400_000_000;
    match value {
        Value::DateTime(time) => Value::Int(time.micros_since_2000()),
        Value::Timestamp(time) => Value::Int(time.micros_since_2000()),
        Value::Date(day) if day.is_finite() => {
            Value::Int(i64::from(day.days_since_2000()).saturating_mul(DAY))
        }
        Value::Time(time) => Value::Int(time.micros()),
        Value::Bool(said) => Value::Int(said.into()),
        Value::Uuid(uuid) => Value::Bytes(uuid.as_bytes().to_vec().into()),
        other => other,
    }
}

/// Every cell that is read as a value, where they can be listed, so that an index finds them.
pub(super) fn spellings(kind: &Kind, value: &Value) -> Option<Vec<Value>> {
    match (kind, value) {
        (Kind::Bool, Value::Bool(said)) => Some(truth::spellings(*said)),
        (Kind::Text, Value::Text(text)) => {
            let bytes = Value::Bytes(text.as_bytes().to_vec().into());
            let shown = text
                .strip_prefix("x'")
                .and_then(|text| text.strip_suffix('\''));
            let shown = shown.and_then(|digits| Kind::Bytes.parse(digits).ok());
            Some([value.clone(), bytes].into_iter().chain(shown).collect())
        }
        (Kind::Uuid, Value::Uuid(uuid)) => {
            let texts = [
                uuid.hyphenated().to_string(),
                uuid.simple().to_string(),
                uuid.braced().to_string(),
            ];
            let upper = texts.clone().map(|text| text.to_uppercase());
            let texts = texts
                .into_iter()
                .chain(upper)
                .map(|text| Value::Text(text.into()));
            let bytes = Value::Bytes(uuid.as_bytes().to_vec().into());
            Some(texts.chain([bytes]).collect())
        }
        _ => None,
    }
}

/// Whether a value is of the kind, so that it can be written down in another notation.
pub(super) fn suits(kind: &Kind, value: &Value) -> bool {
    matches!(
        (kind, value),
        (Kind::DateTime, Value::DateTime(_))
            | (Kind::Timestamp, Value::Timestamp(_))
            | (Kind::Date, Value::Date(_))
            | (Kind::Time, Value::Time(_))
            | (Kind::Bool, Value::Bool(_))
            | (Kind::Uuid, Value::Uuid(_))
            | (Kind::Text | Kind::Raw | Kind::Json, Value::Text(_))
            | (Kind::Bytes, Value::Bytes(_))
    )
}

/// Whether a kind knows its notations by their storage class alone.
pub(super) fn is_by_class(kind: &Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Bytes | Kind::Raw | Kind::Json)
}

impl Sql {
    /// What is asked of a column of SQLite, where its cells may write the value down in several ways.
    pub(super) fn test_notation(
        &mut self,
        own: &Expr,
        column: &ColumnDef,
        test: &Test,
    ) -> Option<Expr> {
        if self.dialect != Dialect::Sqlite {
            return None;
        }
        let values = match test {
            Test::In(values) => values.as_slice(),
            Test::Compare(_, value) | Test::Same(value) => std::slice::from_ref(value),
            Test::Key(Comparison::Equal, value @ Value::Uuid(_)) => std::slice::from_ref(value),
            _ => return None,
        };
        if !values.iter().all(|value| suits(&column.kind, value)) {
            return match column.kind {
                Kind::Raw => self.test_cell(own, test),
                _ => self.test_number(own, column, test),
            };
        }
        let spelled: Option<Vec<Vec<Value>>> =
            (values.iter().map(|value| spellings(&column.kind, value))).collect();
        match (spelled, test) {
            (Some(spelled), Test::Compare(Comparison::NotEqual, _)) => {
                Some(self.is_one_of(own.clone(), &spelled.concat()).not())
            }
            (Some(spelled), Test::Same(_)) => {
                let is_it = self.is_one_of(own.clone(), &spelled.concat());
                Some(is_it.is(Expr::cust("TRUE")))
            }
            (Some(spelled), Test::In(_) | Test::Compare(Comparison::Equal, _) | Test::Key(..)) => {
                Some(self.is_one_of(own.clone(), &spelled.concat()))
            }
            _ => self.test_meaning(own, column, test),
        }
    }

    /// What is asked of what a cell means.
    fn test_meaning(&mut self, own: &Expr, column: &ColumnDef, test: &Test) -> Option<Expr> {
        let is_raw = matches!(column.kind, Kind::Raw);
        if is_by_class(&column.kind) && !is_raw {
            return None;
        }
        let meant = self.meaning(own.clone(), &column.kind);
        Some(match test {
            Test::Compare(comparison, value) if is_raw && comparison.is_ordering() => {
                self.test_raw(own, *comparison, value)
            }
            Test::Compare(comparison, value) => {
                meant.binary(comparison.operator(), self.bind(plain(value.clone())))
            }
            Test::Same(value) => meant.binary(
                BinOper::Custom("IS NOT DISTINCT FROM"),
                self.bind(plain(value.clone())),
            ),
            Test::In(values) => {
                let values: Vec<Value> = values.iter().cloned().map(plain).collect();
                self.is_one_of(meant, &values)
            }
            _ => return None,
        })
    }

    /// That a cell of a column that nobody has said a type of is more or less: among numbers, if the value is one,
    /// else among texts.
    fn test_raw(&mut self, own: &Expr, comparison: Comparison, value: &Value) -> Expr {
        let text = value.to_string();
        let number = text.parse::<i64>().map(Value::Int).ok();
        let real = || text.parse::<f64>().ok().filter(|real| real.is_finite());
        let number = number.or_else(|| real().map(Value::Float));
        let within = match number.is_some() {
            true => own.clone().lt(Expr::cust("''")),
            false => {
                let texts = own.clone().gte(Expr::cust("''"));
                texts.and(own.clone().lt(Expr::cust("x''")))
            }
        };
        let value = self.bind(number.unwrap_or(Value::Text(text.into())));
        own.clone().binary(comparison.operator(), value).and(within)
    }

    /// That a cell of a column that nobody has said a type of is another cell, to the letter.
    fn test_cell(&mut self, own: &Expr, test: &Test) -> Option<Expr> {
        let own = own.clone();
        Some(match test {
            Test::Compare(comparison, value) => {
                own.binary(comparison.operator(), self.bind(value.clone()))
            }
            Test::Same(value) => own.is(self.bind(value.clone())),
            Test::In(values) => self.is_one_of(own, values),
            _ => return None,
        })
    }

    /// That a number is greater; to SQLite, every text and all bytes are.
    fn test_number(&mut self, own: &Expr, column: &ColumnDef, test: &Test) -> Option<Expr> {
        let Test::Compare(comparison @ (Comparison::Greater | Comparison::GreaterOrEqual), value) =
            test
        else {
            return None;
        };
        if !column.kind.is_number() {
            return None;
        }
        let greater = own
            .clone()
            .binary(comparison.operator(), self.bind(value.clone()));
        Some(greater.and(own.clone().lt(Expr::cust("''"))))
    }

    /// What a cell means, so that it can be compared.
    pub(super) fn meaning(&self, own: Expr, kind: &Kind) -> Expr {
        let name = name(kind).unwrap_or("'raw'");
        Func::cust(MEANING).arg(Expr::cust(name)).arg(own).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::Date;

    #[test]
    fn a_day_beyond_every_instant_is_the_last_or_the_first() {
        let instant = |days| plain(Value::Date(Date::from_days_since_2000(days)));
        assert_eq!(instant(1), Value::Int(86_400_000_000));
        assert_eq!(instant(i32::MAX - 1), Value::Int(i64::MAX));
        assert_eq!(instant(i32::MIN + 1), Value::Int(i64::MIN));
    }
}
