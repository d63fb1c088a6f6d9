//! Views, materialized views and the rules that rewrite writes to them.

use super::{Applier, Done, Fault, SCRATCH, fault, query_of};
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Rule, TableKind, TypeUse, View, ViewColumn};
use crate::sql::query::{self, Query, Shown};
use crate::sql::syntax::{Kind, Node};

impl Applier {
    pub(super) fn create_view(&mut self, node: &Node) -> Done {
        let Some(written) = node.child(Kind::VIEW) else {
            return Ok(());
        };
        let path = written.path();
        let replaced = match node.child(Kind::OR_REPLACE) {
            Some(_) => self.catalog.find_table(&path).ok(),
            None => None,
        };
        let query = query_of(node);
        let query = query.ok_or_else(|| fault(node, "the query of the view is missing"))?;
        let names = node
            .child(Kind::COLUMN_LIST)
            .map_or_else(Vec::new, |list| list.names(Kind::COLUMN_NAME));
        let described = query::describe(&mut self.catalog, &query);
        let described = described.unwrap_or_else(|| self.unknown_columns(node, &names));
        let table = match replaced {
            Some(table) => table,
            None => {
                let Some(name) = self.name_of_new(node, Kind::VIEW)? else {
                    return Ok(());
                };
                let kind = match node.kind() {
                    Kind::CREATE_MATERIALIZED_VIEW => TableKind::MaterializedView,
                    _ => TableKind::View,
                };
                self.add_table(name, kind)
            }
        };
        self.show(table, described, &names, &query)
    }

    /// What is left to say of a view whose query is not understood.
    fn unknown_columns(&mut self, node: &Node, names: &[String]) -> Query {
        self.warn(
            node,
            "the columns of this view cannot be told from its query",
            Some(SCRATCH),
        );
        let columns = names.iter().map(|name| Shown {
            name: name.clone(),
            ty: TypeUse::unknown(),
            origin: None,
            nullable: true,
        });
        Query {
            columns: columns.collect(),
            ..Query::default()
        }
    }

    fn show(
        &mut self,
        table: Oid,
        query: Query,
        names: &[String],
        written: &Node,
    ) -> Result<(), Fault> {
        let columns = query.columns.iter().map(|column| ViewColumn {
            origin: column.origin,
            nullable: column.nullable,
            direct: column
                .origin
                .is_some_and(|(relation, _)| query.writes_to == Some(relation)),
        });
        let view = View {
            definition: written.text().trim_end_matches(';').trim().to_owned(),
            columns: columns.collect(),
            sources: query.sources.into_iter().collect(),
            writes_to: query.writes_to,
        };
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            table.view = Some(view);
            for (index, column) in query.columns.iter().enumerate().take(table.columns.len()) {
                // What is replaced keeps its columns; a dump begins with a view of NULLs.
                table.columns[index].ty = column.ty.clone();
            }
        }
        let known = self.table(table).map_or(0, |table| table.columns.len());
        let new = query.columns.into_iter().skip(known).collect();
        self.add_shown(
            table,
            new,
            names.get(known.min(names.len())..).unwrap_or_default(),
        );
        Ok(())
    }

    pub(super) fn create_rule(&mut self, node: &Node) -> Done {
        let tokens = node.tokens();
        let words: Vec<String> = tokens
            .iter()
            .map(|token| token.to_ascii_uppercase())
            .collect();
        let place = |word: &str| words.iter().position(|own| own == word);
        let name = node
            .child(Kind::RULE)
            .map_or_else(String::new, |name| name.name());
        let relation = node
            .descendants(Kind::RELATION_NAME_REF)
            .next()
            .or_else(|| node.descendants(Kind::TABLE_NAME_REF).next());
        let relation = relation.ok_or_else(|| fault(node, "the table of the rule is missing"))?;
        let table = self.table_of(&relation)?;
        let event = place("ON")
            .and_then(|at| words.get(at + 1))
            .map(String::as_str);
        let command = match event {
            Some("UPDATE") => Some(2),
            Some("INSERT") => Some(3),
            Some("DELETE") => Some(4),
            _ => None,
        };
        let does = place("DO").unwrap_or(words.len());
        let instead = words.get(does + 1).is_some_and(|word| word == "INSTEAD");
        let conditional = words[..does.min(words.len())]
            .iter()
            .any(|word| word == "WHERE");
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            table.rules.retain(|rule| rule.name != name);
            table.rules.push(Rule {
                name,
                replaces: command.filter(|_| instead && !conditional),
            });
        }
        Ok(())
    }
}
