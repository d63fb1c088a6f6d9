//! Views, materialized views and the rules that rewrite writes to them.

use super::{Applier, Done, Fault, SCRATCH, fault, query_of};
use crate::model::ObjectName;
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Assume, Rule, TEMPORARY, TableKind, View, ViewColumn};
use crate::sql::expression::{is_type, type_of};
use crate::sql::query::{self, Query};
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
        let new_name = match replaced {
            Some(_) => None,
            None => match self.name_of_new(node, Kind::VIEW)? {
                Some(name) => Some(name),
                None => return Ok(()),
            },
        };
        let described = self.described(&query)?;
        if described.open && names.is_empty() {
            self.warn(
                node,
                "not all columns of this view can be told from its query",
                Some(SCRATCH),
            );
        }
        let table = match (replaced, new_name) {
            (Some(table), _) => table,
            (None, Some(name)) => {
                let kind = match node.kind() {
                    Kind::CREATE_MATERIALIZED_VIEW => TableKind::MaterializedView,
                    _ => TableKind::View,
                };
                self.add_table(self.where_it_belongs(name, &described), kind)
            }
            (None, None) => return Ok(()),
        };
        self.show(table, described, &names, &query)
    }

    /// A view of what is of the session alone is of the session, too.
    fn where_it_belongs(&self, name: ObjectName, query: &Query) -> ObjectName {
        let reads_temporary = query.sources.iter().any(|(source, _)| {
            let source = self.table(*source);
            source.is_some_and(|source| source.temporary)
        });
        match reads_temporary {
            true => ObjectName::new(TEMPORARY, name.name),
            false => name,
        }
    }

    /// What a query shows; every relation that it names must be there.
    pub(super) fn described(&mut self, query: &Node) -> Result<Query, Fault> {
        let named: Vec<String> = query
            .descendants(Kind::CTE_NAME)
            .map(|name| name.name())
            .collect();
        for item in query.descendants(Kind::RELATION_FROM_ITEM) {
            let Some(reference) = item.child(Kind::RELATION_NAME_REF) else {
                continue;
            };
            let path = reference.path();
            let is_named = matches!(path.as_slice(), [name] if named.contains(name));
            if !is_named
                && self.catalog.find_relation(&path).is_none()
                && !self.catalog.may_exist(&path)
            {
                let message = format!("relation `{}` does not exist", path.join("."));
                return Err(fault(&reference, message).of("undefined_table"));
            }
        }
        Ok(query::describe(&mut self.catalog, query))
    }

    /// The functions and types that a query names.
    fn used_by(&mut self, query: &Node) -> Vec<Oid> {
        let mut used = Vec::new();
        for call in query.descendants(Kind::CALL_EXPR) {
            let name = crate::sql::expression::called(&call);
            let given = call.child(Kind::ARG_LIST);
            let given = given.map_or(0, |list| list.all(Kind::ARG).count());
            let functions = self.catalog.functions.iter().filter(|function| {
                let most = function.arguments.len();
                function.name.name == name
                    && (function.variadic
                        || (most - function.defaults.min(most)..=most).contains(&given))
            });
            used.extend(functions.map(|function| function.oid));
        }
        let types: Vec<Node> = query.nodes(is_type).collect();
        for written in types {
            if let Ok(ty) = type_of(&mut self.catalog, &written, Assume::Nothing) {
                let oid = self.catalog.element_of(ty.oid).unwrap_or(ty.oid);
                used.push(oid);
            }
        }
        used
    }

    fn show(
        &mut self,
        table: Oid,
        query: Query,
        names: &[String],
        written: &Node,
    ) -> Result<(), Fault> {
        // A view that is replaced by one that reads it reads nothing.
        let origin = |origin: Option<(Oid, i32)>| origin.filter(|(source, _)| *source != table);
        let columns = query.columns.iter().map(|column| ViewColumn {
            origin: origin(column.origin),
            nullable: column.nullable,
            direct: column
                .origin
                .is_some_and(|(relation, _)| query.writes_to == Some(relation)),
        });
        let view = View {
            definition: written.text().trim_end_matches(';').trim().to_owned(),
            columns: columns.collect(),
            sources: query
                .sources
                .into_iter()
                .filter(|(source, _)| *source != table)
                .collect(),
            uses: self.used_by(written),
            writes_to: query.writes_to,
        };
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            table.open = query.open;
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
