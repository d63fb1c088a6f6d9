//! A column of a table.

use crate::model::{Column, ColumnPrerequisites, Identity, IdentityMode};
use crate::name::{qualified, quoted};

/// `title text NOT NULL DEFAULT ''::text`; `is_late` where the default is set at the end.
pub(super) fn column(
    column: &Column,
    prerequisites: &ColumnPrerequisites,
    is_late: bool,
) -> String {
    let mut text = format!("{} {}", quoted(&column.name), column.sql_type);
    if let Some(options) = &prerequisites.foreign {
        text.push_str(&format!(" {options}"));
    }
    if let Some(collation) = &column.collation {
        text.push_str(&format!(" COLLATE {}", qualified(collation)));
    }
    if prerequisites.not_null {
        text.push_str(" NOT NULL");
    }
    if let Some(identity) = &column.identity {
        text.push_str(&self::identity(identity, prerequisites));
    } else if let Some(generated) = &column.generated {
        let kept = if generated.stored {
            "STORED"
        } else {
            "VIRTUAL"
        };
        text.push_str(&format!(
            " GENERATED ALWAYS AS ({}) {kept}",
            generated.expression
        ));
    } else if let Some(default) = column.default.as_ref().filter(|_| !is_late) {
        text.push_str(&format!(" DEFAULT {default}"));
    }
    text
}

fn identity(identity: &Identity, prerequisites: &ColumnPrerequisites) -> String {
    let mode = match identity.mode {
        IdentityMode::Always => "ALWAYS",
        IdentityMode::ByDefault => "BY DEFAULT",
    };
    let sequence = &identity.sequence;
    let mut options = Vec::new();
    if let Some(name) = &prerequisites.identity_sequence {
        options.push(format!("SEQUENCE NAME {name}"));
    }
    options.push(format!("START WITH {}", sequence.start));
    options.push(format!("INCREMENT BY {}", sequence.increment));
    options.push(format!("MINVALUE {}", sequence.min));
    options.push(format!("MAXVALUE {}", sequence.max));
    options.push(format!("CACHE {}", sequence.cache));
    if sequence.cycle {
        options.push("CYCLE".to_owned());
    }
    format!(" GENERATED {mode} AS IDENTITY ({})", options.join(" "))
}
