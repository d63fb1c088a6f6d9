//! Who may open an address.

use std::fmt;

use umbel_data::actor::{Action, Actor};
use umbel_data::catalog::Table;

/// Who may open an address.
#[derive(Debug, Clone, Copy)]
pub enum Access {
    /// Everyone.
    Public,
    /// Whoever has signed in.
    SignedIn,
    /// Whoever may do this with the table.
    May(Action, &'static Table),
    /// Whoever may do this with the table, by a word of the application's own.
    MayDo(&'static str, &'static Table),
}

impl Access {
    /// Whether it is for somebody.
    pub fn is_for(self, actor: &Actor) -> bool {
        match self {
            Self::Public => true,
            Self::SignedIn => !matches!(actor, Actor::Anonymous(_)),
            Self::May(action, table) => actor.may(action, table),
            Self::MayDo(word, table) => actor.may_do(word, table),
        }
    }
}

/// `view main.film`
impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, table) = match self {
            Self::Public => return f.pad("everyone"),
            Self::SignedIn => return f.pad("signed in"),
            Self::May(action, table) => (action.word(), table),
            Self::MayDo(word, table) => (*word, table),
        };
        f.pad(&format!("{word} {}.{}", table.schema, table.name))
    }
}
