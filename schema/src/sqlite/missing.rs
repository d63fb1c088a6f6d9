//! What a file needs and only the program has that made it: collations, functions and modules of its own. SQLite says
//! so when it compiles what needs them.

use std::fmt;

use rusqlite::functions::FunctionFlags;
use rusqlite::types::Null;
use rusqlite::{Connection, Error, Result};

/// Something that a file needs and that nothing here brings along.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Missing {
    Collation(String),
    Function(String),
    /// Of virtual tables.
    Module(String),
    /// Of full texts.
    Tokenizer(String),
}

impl Missing {
    /// What an error says to be missing, if that is what it says.
    pub(crate) fn of(error: &Error) -> Option<Self> {
        let message = match error {
            Error::SqliteFailure(_, message) => message.as_deref()?,
            Error::SqlInputError { msg, .. } => msg,
            _ => return None,
        };
        let (said, name) = message.split_once(": ")?;
        let name = name.trim_end_matches("()").to_owned();
        Some(match said {
            "no such collation sequence" => Self::Collation(name),
            "no such function" | "unknown function" => Self::Function(name),
            "no such module" => Self::Module(name),
            "no such tokenizer" | "unknown tokenizer" => Self::Tokenizer(name),
            _ => return None,
        })
    }

    /// Gives a connection something of the name, so that it compiles what needs it; whether that can be.
    fn lend(&self, connection: &Connection) -> bool {
        let lent = match self {
            Self::Collation(name) => connection.create_collation(name.as_str(), |a, b| a.cmp(b)),
            Self::Function(name) => {
                let flags = FunctionFlags::SQLITE_UTF8
                    | FunctionFlags::SQLITE_DETERMINISTIC
                    | FunctionFlags::SQLITE_INNOCUOUS;
                connection.create_scalar_function(name.as_str(), -1, flags, |_| Ok(Null))
            }
            Self::Module(_) | Self::Tokenizer(_) => return false,
        };
        lent.is_ok()
    }

    /// Takes back what was lent.
    fn take_back(&self, connection: &Connection) -> Result<()> {
        match self {
            Self::Collation(name) => connection.remove_collation(name.as_str()),
            Self::Function(name) => connection.remove_function(name.as_str(), -1),
            Self::Module(_) | Self::Tokenizer(_) => Ok(()),
        }
    }
}

/// What a connection was lent, and the errors that it asked for it with.
#[derive(Debug, Default)]
pub(crate) struct Lent(Vec<(Missing, Option<Error>)>);

impl Lent {
    /// Lends something before it is asked for.
    pub(super) fn lend(&mut self, connection: &Connection, missing: Missing) {
        if !self.has(&missing) && missing.lend(connection) {
            self.0.push((missing, None));
        }
    }

    /// Lends what an error asks for; or gives the error back.
    pub(crate) fn answer(&mut self, connection: &Connection, error: Error) -> Result<()> {
        match Missing::of(&error) {
            Some(missing) if !self.has(&missing) && missing.lend(connection) => {
                self.0.push((missing, Some(error)));
                Ok(())
            }
            _ => Err(error),
        }
    }

    /// Lends the collation that an error asks for, which nothing but an order depends on; or gives the error back.
    pub(super) fn answer_order(&mut self, connection: &Connection, error: Error) -> Result<()> {
        match Missing::of(&error) {
            Some(Missing::Collation(_)) => self.answer(connection, error),
            _ => Err(error),
        }
    }

    /// The collation among what was lent by which a query compares, and not only shows what is so ordered; with the
    /// error that asked for it. SQLite's program of the query says so: `Eq … unicase-8`, `OpenRead … k(1,unicase)`.
    pub(super) fn compared(
        &mut self,
        connection: &Connection,
        query: &str,
    ) -> Result<Option<(Missing, Option<Error>)>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let mut program = connection.prepare(&format!("EXPLAIN {query}"))?;
        let operands = program.query_map([], |row| {
            row.get_ref("p4").map(|p4| {
                p4.as_str_or_null()
                    .ok()
                    .flatten()
                    .unwrap_or_default()
                    .to_owned()
            })
        })?;
        let operands = operands.collect::<Result<Vec<String>>>()?;
        let compared = self.0.iter().position(|(missing, _)| match missing {
            Missing::Collation(name) => operands.iter().any(|operand| operand.contains(name)),
            _ => false,
        });
        Ok(compared.map(|at| {
            let (missing, error) = &mut self.0[at];
            (missing.clone(), error.take())
        }))
    }

    /// Takes everything back.
    pub(crate) fn take_back(self, connection: &Connection) -> Result<()> {
        self.0
            .iter()
            .try_for_each(|(missing, _)| missing.take_back(connection))
    }

    fn has(&self, missing: &Missing) -> bool {
        self.0.iter().any(|(lent, _)| lent == missing)
    }
}

/// The collation and its name.
impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (noun, name) = match self {
            Self::Collation(name) => ("collation", name),
            Self::Function(name) => ("function", name),
            Self::Module(name) => ("module", name),
            Self::Tokenizer(name) => ("tokenizer", name),
        };
        write!(f, "the {noun} `{name}`")
    }
}
