//! What the text of a CREATE statement says beyond the pragmas: names, conditions, expressions, collations.
//!
//! The text was accepted by SQLite, so that it is read by looking for what is wanted, not as a grammar.

use super::token::{Token, closing, split, text_of, tokens};
use crate::model::Deferrable;

/// What the text of a CREATE TABLE says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) keys: Vec<Key>,
    /// In the order of the text; the pragma lists them from the last to the first.
    pub(super) foreign_keys: Vec<ForeignKey>,
    pub(super) checks: Vec<Check>,
}

/// A column with what was said of it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) collation: Option<String>,
    /// The expression of a generated column, as written.
    pub(super) generated: Option<String>,
}

/// A primary key or unique constraint.
#[derive(Debug, PartialEq)]
pub(super) struct Key {
    pub(super) name: Option<String>,
    pub(super) primary: bool,
    pub(super) columns: Vec<String>,
}

/// A foreign key.
#[derive(Debug, PartialEq)]
pub(super) struct ForeignKey {
    pub(super) name: Option<String>,
    pub(super) deferrable: Option<Deferrable>,
}

/// A check.
#[derive(Debug, PartialEq)]
pub(super) struct Check {
    /// As SQLite reports it: its name, else its text.
    pub(super) name: String,
    pub(super) condition: String,
}

/// What the text of a CREATE INDEX says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Index {
    /// The elements, as written.
    pub(super) elements: Vec<String>,
    pub(super) predicate: Option<String>,
}

/// Reads the text of a CREATE TABLE.
pub(super) fn table(sql: &str) -> Table {
    let all = tokens(sql);
    let mut table = Table::default();
    let Some(open) = all.iter().position(|token| token.is_symbol("(")) else {
        return table;
    };
    let close = closing(&all, open).saturating_sub(1).max(open + 1);
    for part in split(&all[open + 1..close]) {
        let Some(first) = part.first() else { continue };
        let constraints = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];
        if constraints.iter().any(|word| first.is(word)) {
            clauses(sql, part, None, &mut table);
        } else {
            table.columns.push(Column {
                name: first.name(),
                ..Column::default()
            });
            clauses(sql, &part[1..], Some(first.name()), &mut table);
        }
    }
    table
}

/// Reads what stands behind a column's name, or a constraint of the table.
fn clauses(sql: &str, tokens: &[Token<'_>], column: Option<String>, table: &mut Table) {
    let mut name = None;
    let mut at = 0;
    // The words in brackets that follow a position, and where they end.
    let group = |from: usize| {
        let open = from
            + tokens[from..]
                .iter()
                .position(|token| token.is_symbol("("))?;
        let end = closing(tokens, open);
        Some((&tokens[open + 1..(end - 1).max(open + 1)], end))
    };
    while let Some(token) = tokens.get(at) {
        at += 1;
        let next = tokens.get(at);
        if token.is("CONSTRAINT") {
            name = next.map(Token::name);
            at += 1;
        } else if token.is("PRIMARY") || token.is("UNIQUE") {
            let columns = match &column {
                Some(column) => vec![column.clone()],
                None => group(at).map_or_else(Vec::new, |(list, end)| {
                    at = end;
                    names(list)
                }),
            };
            table.keys.push(Key {
                name: name.take(),
                primary: token.is("PRIMARY"),
                columns,
            });
        } else if token.is("CHECK") {
            if let Some((condition, end)) = group(at) {
                at = end;
                let condition = text_of(sql, condition).to_owned();
                table.checks.push(Check {
                    name: name.take().unwrap_or_else(|| condition.clone()),
                    condition,
                });
            }
        } else if token.is("REFERENCES") {
            at += 1;
            table.foreign_keys.push(ForeignKey {
                name: name.take(),
                deferrable: None,
            });
        } else if token.is("DEFERRABLE") {
            let negated = at >= 2 && tokens[at - 2].is("NOT");
            if let Some(key) = table.foreign_keys.last_mut().filter(|_| !negated) {
                let deferred = tokens.get(at + 1).is_some_and(|word| word.is("DEFERRED"));
                key.deferrable = Some(match deferred {
                    true => Deferrable::InitiallyDeferred,
                    false => Deferrable::InitiallyImmediate,
                });
            }
        } else if token.is("COLLATE") {
            if let Some(column) = table.columns.last_mut().filter(|_| column.is_some()) {
                column.collation = next.map(Token::name);
            }
            at += 1;
        } else if token.is("AS") {
            if let (Some((expression, end)), Some(column)) = (group(at), table.columns.last_mut()) {
                at = end;
                column.generated = Some(text_of(sql, expression).to_owned());
            }
        } else if token.is_symbol("(") {
            at = closing(tokens, at - 1);
        }
    }
}

/// The columns of a list such as `(a, "b" COLLATE NOCASE DESC)`.
fn names(list: &[Token<'_>]) -> Vec<String> {
    split(list)
        .iter()
        .filter_map(|element| element.first())
        .map(Token::name)
        .collect()
}

/// Reads the text of a CREATE INDEX.
pub(super) fn index(sql: &str) -> Index {
    let all = tokens(sql);
    let Some(open) = all.iter().position(|token| token.is_symbol("(")) else {
        return Index::default();
    };
    let end = closing(&all, open);
    let elements = split(&all[open + 1..(end - 1).max(open + 1)]);
    let rest = &all[end..];
    let predicate = rest.iter().position(|token| token.is("WHERE"));
    Index {
        elements: elements
            .iter()
            .map(|element| text_of(sql, without_order(element)).to_owned())
            .collect(),
        predicate: predicate.map(|at| text_of(sql, &rest[at + 1..]).to_owned()),
    }
}

/// An element of an index without `COLLATE name`, `ASC` or `DESC` behind it.
fn without_order<'t, 'a>(element: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match element {
        [rest @ .., last] if last.is("ASC") || last.is("DESC") => without_order(rest),
        [rest @ .., collate, _] if collate.is("COLLATE") => without_order(rest),
        all => all,
    }
}

/// The condition of a view's or trigger's text behind its first `AS`: the definition of a view.
pub(super) fn view(sql: &str) -> String {
    let all = tokens(sql);
    let start = all.iter().position(|token| token.is("AS"));
    start.map_or_else(String::new, |at| text_of(sql, &all[at + 1..]).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_pragmas_do_not_tell() {
        let found = table(
            "CREATE TABLE \"film (old)\" (
                 id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key, of course
                 title NVARCHAR(40) NOT NULL COLLATE NOCASE CONSTRAINT once UNIQUE ON CONFLICT ABORT,
                 length INT DEFAULT (1, 2) CHECK ( length > 0 ) CONSTRAINT short CHECK(length<900),
                 hours REAL GENERATED ALWAYS AS (length / 60.0) STORED,
                 language_id REFERENCES language (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
                 CONSTRAINT pair UNIQUE (title, length DESC) CONSTRAINT more CHECK (title <> ')'),
                 CONSTRAINT far FOREIGN KEY (length, hours) REFERENCES x NOT DEFERRABLE
             ) STRICT, WITHOUT ROWID",
        );
        let columns: Vec<_> = found.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(columns, ["id", "title", "length", "hours", "language_id"]);
        assert_eq!(found.columns[1].collation.as_deref(), Some("NOCASE"));
        assert_eq!(found.columns[3].generated.as_deref(), Some("length / 60.0"));
        let keys: Vec<_> = found
            .keys
            .iter()
            .map(|key| (key.primary, key.name.as_deref(), key.columns.join(",")))
            .collect();
        assert_eq!(
            keys,
            [
                (true, None, "id".to_owned()),
                (false, Some("once"), "title".to_owned()),
                (false, Some("pair"), "title,length".to_owned()),
            ]
        );
        let checks: Vec<_> = found
            .checks
            .iter()
            .map(|check| (check.name.as_str(), check.condition.as_str()))
            .collect();
        assert_eq!(
            checks,
            [
                ("length > 0", "length > 0"),
                ("short", "length<900"),
                ("more", "title <> ')'"),
            ]
        );
        let keys: Vec<_> = found
            .foreign_keys
            .iter()
            .map(|key| (key.name.as_deref(), key.deferrable))
            .collect();
        assert_eq!(
            keys,
            [
                (None, Some(Deferrable::InitiallyDeferred)),
                (Some("far"), None)
            ]
        );
    }

    #[test]
    fn indexes() {
        let found = index(
            "CREATE UNIQUE INDEX i ON t (lower(a) COLLATE NOCASE DESC, \"b\" ASC) WHERE a > 0",
        );
        assert_eq!(found.elements, ["lower(a)", "\"b\""]);
        assert_eq!(found.predicate.as_deref(), Some("a > 0"));
    }

    #[test]
    fn views() {
        assert_eq!(view("CREATE VIEW v (a) AS SELECT 1 AS x"), "SELECT 1 AS x");
    }
}
