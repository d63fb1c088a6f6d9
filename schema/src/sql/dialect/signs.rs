//! What tells of a statement which database it is written for, and how surely.

use super::words::{Word, closing, elements, words};

/// A database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Product {
    Postgres,
    Sqlite,
    MySql,
    SqlServer,
    Oracle,
}

use Product::{MySql, Oracle, Postgres, SqlServer, Sqlite};

/// What a statement has of a database: a sign weighs as much as it is that database's alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sign {
    pub(super) product: Product,
    /// What it is, so that it counts once in all files.
    what: &'static str,
    pub(super) weight: u32,
}

/// No other database has it.
const SURE: u32 = 5;
/// Hardly another one has it.
const LIKELY: u32 = 3;
/// Some others have it, too.
const WEAK: u32 = 1;

/// Words that tell wherever they stand in a statement that makes or changes something.
const WORDS: [(&str, Product, u32); 40] = [
    ("pg_catalog", Postgres, SURE),
    ("search_path", Postgres, SURE),
    ("timestamptz", Postgres, SURE),
    ("timetz", Postgres, SURE),
    ("bytea", Postgres, SURE),
    ("tsvector", Postgres, SURE),
    ("nextval", Postgres, SURE),
    ("plpgsql", Postgres, SURE),
    ("gen_random_uuid", Postgres, LIKELY),
    ("jsonb", Postgres, LIKELY),
    ("nocase", Sqlite, LIKELY),
    ("strftime", Sqlite, LIKELY),
    ("unixepoch", Sqlite, LIKELY),
    ("julianday", Sqlite, LIKELY),
    ("randomblob", Sqlite, LIKELY),
    ("glob", Sqlite, WEAK),
    ("ifnull", Sqlite, WEAK),
    ("unsigned", MySql, LIKELY),
    ("zerofill", MySql, LIKELY),
    ("mediumtext", MySql, SURE),
    ("longtext", MySql, SURE),
    ("mediumint", MySql, LIKELY),
    ("longblob", MySql, SURE),
    ("utf8mb4", MySql, SURE),
    ("uniqueidentifier", SqlServer, SURE),
    ("datetime2", SqlServer, SURE),
    ("datetimeoffset", SqlServer, SURE),
    ("nonclustered", SqlServer, SURE),
    ("getdate", SqlServer, SURE),
    ("newid", SqlServer, LIKELY),
    ("ansi_nulls", SqlServer, SURE),
    ("quoted_identifier", SqlServer, SURE),
    ("varchar2", Oracle, SURE),
    ("nvarchar2", Oracle, SURE),
    ("sysdate", Oracle, LIKELY),
    ("systimestamp", Oracle, LIKELY),
    ("pctfree", Oracle, SURE),
    ("nologging", Oracle, LIKELY),
    ("nocache", Oracle, LIKELY),
    ("dual", Oracle, WEAK),
];

/// Types of columns.
const TYPES: [(&str, Product, u32); 20] = [
    ("serial", Postgres, SURE),
    ("bigserial", Postgres, SURE),
    ("smallserial", Postgres, SURE),
    ("citext", Postgres, SURE),
    ("inet", Postgres, LIKELY),
    ("uuid", Postgres, WEAK),
    ("datetime", Sqlite, WEAK),
    ("datetime", MySql, WEAK),
    ("blob", Sqlite, WEAK),
    ("blob", MySql, WEAK),
    ("tinyint", Sqlite, WEAK),
    ("tinyint", MySql, WEAK),
    ("nvarchar", Sqlite, WEAK),
    ("nvarchar", SqlServer, WEAK),
    ("double", Sqlite, WEAK),
    ("clob", Sqlite, WEAK),
    ("clob", Oracle, WEAK),
    ("enum", MySql, LIKELY),
    ("number", Oracle, LIKELY),
    ("year", MySql, WEAK),
];

/// Everything that a statement tells.
pub(super) fn signs(statement: &str) -> Vec<Sign> {
    let mut signs = Signs(Vec::new());
    let words = words(statement);
    signs.of_statement(&words);
    signs.0
}

/// A line for psql, or rows of its COPY: nobody else's.
pub(super) const PSQL: Sign = Sign {
    product: Postgres,
    what: "psql",
    weight: SURE,
};

/// What tells of lines that are no statements of PostgreSQL's or SQLite's: what a tool of another database reads.
pub(super) fn of_lines(text: &str) -> Vec<Sign> {
    let mut signs = Signs(Vec::new());
    for line in text.split(['\n', '\r']) {
        let line = line.trim();
        // Almost every line is longer.
        match line {
            "GO" | "go" | "Go" => signs.add(SqlServer, "GO", LIKELY),
            "/" => signs.add(Oracle, "/", WEAK),
            _ if line.starts_with("/*!") => signs.add(MySql, "/*!", SURE),
            _ => {}
        }
    }
    signs.0.sort_unstable();
    signs.0.dedup();
    signs.0
}

struct Signs(Vec<Sign>);

impl Signs {
    fn add(&mut self, product: Product, what: &'static str, weight: u32) {
        self.0.push(Sign {
            product,
            what,
            weight,
        });
    }

    fn of_statement(&mut self, words: &[Word<'_>]) {
        let is = |at: usize, keyword: &str| words.get(at).is_some_and(|word| word.is(keyword));
        let has = |keyword: &str| words.iter().any(|word| word.is(keyword));
        if words.iter().any(|word| word.text.starts_with('$')) {
            self.add(Postgres, "dollar quote", SURE);
        }
        let Some(first) = words.first().map(|word| word.text.to_ascii_uppercase()) else {
            return;
        };
        match first.as_str() {
            "PRAGMA" => self.add(Sqlite, "PRAGMA", SURE - 1),
            "COMMENT" if is(1, "ON") => self.add(Postgres, "COMMENT ON", LIKELY),
            "UNLOCK" | "DELIMITER" => self.add(MySql, "DELIMITER", SURE),
            "USE" => self.add(MySql, "USE", WEAK),
            "EXEC" | "PRINT" => self.add(SqlServer, "EXEC", LIKELY),
            "DECLARE" if words.get(1).is_some_and(|word| word.is_symbol("@")) => {
                self.add(SqlServer, "DECLARE @", LIKELY);
            }
            "PROMPT" | "SPOOL" | "REM" => self.add(Oracle, "PROMPT", LIKELY),
            "INSERT" if is(1, "OR") => self.add(Sqlite, "INSERT OR", SURE),
            "INSERT" | "DELETE" if words.get(2).is_some_and(Word::is_of_sqlite) => {
                self.add(Sqlite, "sqlite_sequence", SURE);
            }
            "ALTER" if is(1, "SESSION") => self.add(Oracle, "ALTER SESSION", SURE),
            "ALTER" if is(1, "TABLE") => {
                if is(2, "ONLY") || has("OWNER") {
                    self.add(Postgres, "ALTER TABLE ONLY", SURE);
                }
                self.of_words(words);
            }
            "CREATE" => self.of_create(words),
            "SET" => self.of_words(words),
            _ => {}
        }
    }

    fn of_create(&mut self, words: &[Word<'_>]) {
        let has = |keyword: &str| words.iter().any(|word| word.is(keyword));
        let temporary = words
            .get(1)
            .is_some_and(|word| word.is("TEMP") || word.is("TEMPORARY"));
        let replaces = words.get(1).is_some_and(|word| word.is("OR"));
        let skip = 1 + usize::from(temporary) + 2 * usize::from(replaces);
        let Some((what, rest)) = words.get(skip..).and_then(<[Word<'_>]>::split_first) else {
            return;
        };
        match what.text.to_ascii_uppercase().as_str() {
            "TABLE" => {
                self.of_words(words);
                self.of_table(rest);
            }
            "VIRTUAL" => self.add(Sqlite, "CREATE VIRTUAL TABLE", SURE),
            "PACKAGE" => self.add(Oracle, "CREATE PACKAGE", SURE),
            "TRIGGER" if has("BEGIN") && !has("EXECUTE") && !replaces => {
                self.add(Sqlite, "CREATE TRIGGER … BEGIN", LIKELY);
            }
            "DOMAIN" | "EXTENSION" | "POLICY" => self.add(Postgres, "CREATE EXTENSION", SURE),
            "TYPE" => self.add(Postgres, "CREATE TYPE", SURE - 1),
            "MATERIALIZED" => self.add(Postgres, "CREATE MATERIALIZED VIEW", LIKELY),
            "INDEX" | "UNIQUE" | "VIEW" | "SEQUENCE" | "SCHEMA" => self.of_words(words),
            _ => {}
        }
    }

    fn of_words(&mut self, words: &[Word<'_>]) {
        for (at, word) in words.iter().enumerate() {
            let next = words.get(at + 1);
            if word.is_symbol(":") && next.is_some_and(|next| next.is_symbol(":")) {
                self.add(Postgres, "::", SURE);
            }
            let of_array = word.is_symbol("[") && next.is_some_and(|next| next.is_symbol("]"));
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            if of_array && before.is_some_and(|before| before.is_name() || before.is_symbol(")")) {
                self.add(Postgres, "[]", SURE);
            }
            // A name of this kind is a column's, where it stands before its type.
            let is_name = before
                .is_some_and(|before| before.is_symbol("(") || before.is_symbol(","))
                && next.is_some_and(Word::is_name);
            for (text, product, weight) in WORDS {
                if !is_name && word.is(text) {
                    self.add(product, text, weight);
                }
            }
        }
    }

    /// From the name of a table on.
    fn of_table(&mut self, words: &[Word<'_>]) {
        let has_condition = words.first().is_some_and(|word| word.is("IF"));
        let words = words
            .get(if has_condition { 3 } else { 0 }..)
            .unwrap_or_default();
        let Some(name) = words.first() else { return };
        if name.is_symbol("[") {
            let is_dbo = words.get(1).is_some_and(|word| word.is("dbo"));
            match is_dbo {
                true => self.add(SqlServer, "[dbo]", SURE),
                false => {
                    self.add(Sqlite, "[name]", LIKELY);
                    self.add(SqlServer, "[name]", LIKELY - 1);
                }
            }
        }
        if name.text.starts_with('`') {
            self.add(Sqlite, "`name`", LIKELY - 1);
            self.add(MySql, "`name`", WEAK);
        }
        // The columns stand in the first brackets, unless the table is made of something else.
        let open = words.iter().position(|word| word.is_symbol("("));
        let Some(open) = open.filter(|open| *open <= 9) else {
            return;
        };
        let between = words.get(1..open).unwrap_or_default();
        let is_plain = |word: &Word<'_>| {
            word.is_symbol(".") || word.is_symbol("[") || word.is_symbol("]") || word.is_name()
        };
        let makes = ["AS", "OF", "PARTITION", "USING"];
        if !between.iter().all(is_plain)
            || between
                .iter()
                .any(|word| makes.iter().any(|keyword| word.is(keyword)))
        {
            return;
        }
        let close = closing(words, open);
        let tail = words.get(close + 1..).unwrap_or_default();
        for element in elements(&words[open + 1..close.min(words.len())]) {
            self.of_element(element, tail);
        }
        self.of_options(tail);
    }

    /// Of a column or constraint.
    fn of_element(&mut self, words: &[Word<'_>], tail: &[Word<'_>]) {
        let is = |at: usize, keyword: &str| words.get(at).is_some_and(|word| word.is(keyword));
        // `KEY by_title (title)`, where `key varchar(10)` is a column.
        let kind = ["UNIQUE", "FULLTEXT", "SPATIAL"]
            .iter()
            .any(|kind| is(0, kind));
        if let [key, name, open, column, ..] = &words[usize::from(kind)..]
            && (key.is("KEY") || key.is("INDEX"))
            && name.is_name()
            && open.is_symbol("(")
            && column.is_name()
        {
            self.add(MySql, "KEY", SURE);
            return;
        }
        if let [name] = words
            && name.is_name()
            && !tail.first().is_some_and(|word| word.is("AS"))
        {
            self.add(Sqlite, "a column without a type", SURE - 1);
            return;
        }
        self.of_type(words);
        for (at, word) in words.iter().enumerate().skip(2) {
            self.of_clause(words, at, word);
        }
    }

    fn of_type(&mut self, words: &[Word<'_>]) {
        let is = |at: usize, keyword: &str| words.get(at).is_some_and(|word| word.is(keyword));
        let keys = [
            "CONSTRAINT",
            "PRIMARY",
            "FOREIGN",
            "UNIQUE",
            "CHECK",
            "EXCLUDE",
            "LIKE",
        ];
        if keys.iter().any(|key| is(0, key)) {
            return;
        }
        for (text, product, weight) in TYPES {
            if is(1, text) && !(text == "double" && is(2, "precision")) {
                self.add(product, text, weight);
            }
        }
        if is(1, "integer") && is(2, "primary") && is(3, "key") {
            self.add(Sqlite, "INTEGER PRIMARY KEY", WEAK);
        }
        if is(1, "int") && words.get(2).is_some_and(|word| word.is_symbol("(")) {
            self.add(MySql, "int(11)", WEAK);
        }
        if is(1, "nvarchar") && is(3, "max") {
            self.add(SqlServer, "nvarchar(max)", SURE);
        }
    }

    /// Of what stands behind the type of a column.
    fn of_clause(&mut self, words: &[Word<'_>], at: usize, word: &Word<'_>) {
        let before = &words[at - 1];
        if word.is("AUTO_INCREMENT") && word.depth == 0 && before.depth == 0 {
            let names = ["REFERENCES", "CONSTRAINT", "COLLATE"];
            if !names.iter().any(|keyword| before.is(keyword)) && !before.is_symbol(".") {
                self.add(MySql, "AUTO_INCREMENT", SURE);
            }
        }
        if word.is("AUTOINCREMENT") {
            const BEFORE: [&str; 8] = [
                "KEY", "ASC", "DESC", "ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE",
            ];
            // `PRIMARY KEY AUTOINCREMENT`, `PRIMARY KEY (id AUTOINCREMENT)`.
            let in_key = at > 2
                && words[at - 2].is_symbol("(")
                && words[at - 3].is("KEY")
                && before.is_name();
            if in_key || BEFORE.iter().any(|keyword| before.is(keyword)) {
                self.add(Sqlite, "AUTOINCREMENT", SURE);
            }
        }
        // `IDENTITY (1, 1)`, where PostgreSQL has `AS IDENTITY (START 1)`.
        let counts = words
            .get(at + 2)
            .is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()));
        if word.is("IDENTITY") && !before.is("AS") && word.depth == 0 && counts {
            self.add(SqlServer, "IDENTITY (1, 1)", SURE);
        }
        if word.is("IDENTITY") && before.is("AS") {
            self.add(Postgres, "AS IDENTITY", LIKELY);
        }
        if word.is("CURRENT_TIMESTAMP") && before.is("UPDATE") {
            self.add(MySql, "ON UPDATE CURRENT_TIMESTAMP", SURE);
        }
        if word.is("CONFLICT") && before.is("ON") {
            self.add(Sqlite, "ON CONFLICT", LIKELY);
        }
        if word.is("datetime") && words.get(at + 1).is_some_and(|next| next.is_symbol("(")) {
            self.add(Sqlite, "datetime()", LIKELY);
        }
    }

    /// Of what stands behind the columns of a table.
    fn of_options(&mut self, tail: &[Word<'_>]) {
        let engine = tail.windows(2).any(|pair| {
            pair[0].is("ENGINE")
                && pair[0].depth == 0
                && (pair[1].is_symbol("=") || pair[1].is_name())
        });
        if engine {
            self.add(MySql, "ENGINE", SURE);
        }
        let mut rest = tail.iter().filter(|word| !word.is_symbol(";"));
        let is_sqlite = rest.clone().count() > 0
            && rest.all(|word| {
                let options = ["WITHOUT", "ROWID", "STRICT"];
                options.iter().any(|keyword| word.is(keyword)) || word.is_symbol(",")
            });
        if is_sqlite {
            self.add(Sqlite, "STRICT", SURE);
        }
    }
}
