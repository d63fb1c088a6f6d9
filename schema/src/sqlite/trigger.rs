//! Triggers: when they fire, from their text.

use super::catalog::TriggerRow;
use super::name;
use super::token::{Token, split, tokens};
use crate::model::Trigger;

/// A trigger, from `CREATE TRIGGER touch AFTER UPDATE OF title, length ON film BEGIN … END`.
pub(super) fn trigger(row: &TriggerRow) -> Trigger {
    let all = tokens(&row.sql);
    let head_end = all.iter().position(|token| token.is("BEGIN"));
    let head = &all[..head_end.unwrap_or(all.len())];
    let at = |word: &str| head.iter().position(|token| token.is(word));
    let event = ["DELETE", "INSERT", "UPDATE"]
        .into_iter()
        .filter_map(|word| Some((at(word)?, word)))
        .min();
    let on = event.map_or(head.len(), |(start, _)| {
        let on = head[start..].iter().position(|token| token.is("ON"));
        on.map_or(head.len(), |on| start + on)
    });
    let of = event.filter(|(start, _)| head.get(start + 1).is_some_and(|word| word.is("OF")));
    let update_columns = of.map_or_else(Vec::new, |(start, _)| {
        let columns = split(&head[start + 2..on]);
        columns
            .iter()
            .filter_map(|column| column.first())
            .map(Token::name)
            .collect()
    });
    let is = |word| event.is_some_and(|(_, event)| event == word);
    Trigger {
        // Without a word, a trigger fires before.
        before: at("AFTER").is_none() && at("INSTEAD").is_none(),
        instead: at("INSTEAD").is_some(),
        on_insert: is("INSERT"),
        on_update: is("UPDATE"),
        on_delete: is("DELETE"),
        update_columns,
        name: row.name.clone(),
        definition: row.sql.clone(),
        enabled: true,
        function: name(&row.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_it_fires() {
        let read = |sql: &str| {
            trigger(&TriggerRow {
                name: "t".to_owned(),
                relation: "film".to_owned(),
                sql: sql.to_owned(),
            })
        };
        let touch = read(
            "CREATE TRIGGER t AFTER UPDATE OF title, \"a b\" ON film BEGIN DELETE FROM x; END",
        );
        assert!(touch.on_update && !touch.on_delete && !touch.before);
        assert_eq!(touch.update_columns, ["title", "a b"]);
        let guard = read("CREATE TRIGGER t DELETE ON film WHEN old.id > 1 BEGIN SELECT 1; END");
        assert!(guard.on_delete && guard.before);
    }
}
