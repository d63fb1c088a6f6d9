//! Schemas, extensions, the search path.

use super::block::Variables;
use super::{Applier, Done, Fault, fault};
use crate::model::ObjectName;
use crate::sql::catalog::Extension;
use crate::sql::expression::literal_text;
use crate::sql::name::folded;
use crate::sql::syntax::{Kind, Node};

impl Applier {
    /// `CREATE SCHEMA x CREATE TABLE …`: what stands within is made in it.
    pub(super) fn create_schema(&mut self, node: &Node) -> Done {
        let Some(target) = node
            .children()
            .find(|child| !is_element(child) && child.kind() != Kind::IF_NOT_EXISTS)
        else {
            return Ok(());
        };
        let name = match target.descendants(Kind::SCHEMA).next() {
            Some(schema) => schema.name(),
            // Without a name it is that of the role.
            None => target
                .descendants(Kind::ROLE_REF)
                .next()
                .map_or_else(|| target.name(), |role| role.name()),
        };
        if self.catalog.schemas.contains(&name) {
            if node.child(Kind::IF_NOT_EXISTS).is_none() && name != "public" {
                let message = format!("schema `{name}` already exists");
                return Err(fault(&target, message).of("duplicate_schema"));
            }
        } else {
            self.catalog.schemas.push(name.clone());
        }
        let path = std::mem::take(&mut self.catalog.search_path);
        self.catalog.search_path = std::iter::once(name).chain(path.iter().cloned()).collect();
        let mut elements: Vec<_> = node.children().filter(is_element).collect();
        // PostgreSQL makes tables before views, and both before what belongs to them.
        elements.sort_by_key(|element| match element.kind() {
            Kind::CREATE_SEQUENCE => 0,
            Kind::CREATE_TABLE | Kind::CREATE_TYPE | Kind::CREATE_DOMAIN => 1,
            Kind::CREATE_VIEW => 2,
            _ => 3,
        });
        let made = elements
            .iter()
            .try_for_each(|element| self.apply(element).map(|_| ()));
        self.catalog.search_path = path;
        made
    }

    pub(super) fn alter_schema(&mut self, node: &Node) -> Done {
        let Some(rename) = node.child(Kind::SCHEMA_RENAME_TO) else {
            return Ok(());
        };
        let old = node
            .child(Kind::SCHEMA_REF)
            .map_or_else(String::new, |name| name.name());
        let new = rename
            .child(Kind::SCHEMA)
            .map_or_else(String::new, |name| name.name());
        self.catalog.rename_schema(&old, &new);
        self.catalog.rename_in_expressions(&old, &new);
        Ok(())
    }

    pub(super) fn create_extension(&mut self, node: &Node) -> Done {
        let name = node
            .child(Kind::EXTENSION)
            .map_or_else(String::new, |name| name.name());
        let schema = node
            .child(Kind::EXTENSION_SCHEMA)
            .and_then(|clause| clause.child(Kind::SCHEMA_REF));
        let schema = match schema {
            Some(schema) => schema.name(),
            None => self
                .catalog
                .path()
                .next()
                .cloned()
                .unwrap_or_else(|| "public".to_owned()),
        };
        let known = self
            .catalog
            .extensions
            .iter()
            .any(|extension| extension.name == name);
        if known && node.child(Kind::IF_NOT_EXISTS).is_none() && name != "plpgsql" {
            let message = format!("extension `{name}` already exists");
            return Err(fault(node, message).of("duplicate_object"));
        }
        if !known {
            self.catalog.extensions.push(Extension { name, schema });
        }
        Ok(())
    }

    pub(super) fn create_collation(&mut self, node: &Node) -> Done {
        let path = node
            .children()
            .find(|child| child.child(Kind::PATH).is_some());
        let path = path.map_or_else(Vec::new, |name| name.path());
        let name = self
            .catalog
            .new_name(&path)
            .map_err(|message| fault(node, message))?;
        if is_nondeterministic(node) {
            self.catalog.nondeterministic.push(name.clone());
        }
        self.catalog.collations.push(name);
        Ok(())
    }

    /// `SET search_path TO a, b`
    pub(super) fn set(&mut self, node: &Node) -> Done {
        let local = node
            .tokens()
            .get(1)
            .is_some_and(|word| word.eq_ignore_ascii_case("local"));
        if let Some(schema) = node
            .child(Kind::SET_SCHEMA_VALUE)
            .and_then(|value| value.child(Kind::LITERAL))
        {
            self.set_path(literal_text(&schema).into_iter().collect(), local);
            return Ok(());
        }
        let Some(config) = node.child(Kind::SET_CONFIG) else {
            return Ok(());
        };
        let parameter = config.child(Kind::CONFIG_PARAMETER_REF);
        if parameter.is_none_or(|parameter| parameter.path() != ["search_path"]) {
            return Ok(());
        }
        let Some(value) = config.children().nth(1) else {
            return Ok(());
        };
        if value
            .tokens()
            .iter()
            .any(|token| token.eq_ignore_ascii_case("default"))
        {
            self.set_path(self.path.clone(), local);
            return Ok(());
        }
        let names = value.children().filter_map(|name| match name.kind() {
            Kind::LITERAL => literal_text(&name),
            _ => Some(name.name()),
        });
        self.set_path(names.collect(), local);
        Ok(())
    }

    /// A query that changes the search path, or makes a table.
    pub(super) fn select(
        &mut self,
        node: &Node,
        variables: &Variables,
    ) -> Result<Option<String>, Fault> {
        if node.kind() == Kind::SELECT_INTO {
            self.select_into(node)?;
            return Ok(None);
        }
        for call in node.descendants(Kind::CALL_EXPR) {
            if crate::sql::expression::called(&call) != "set_config" {
                continue;
            }
            let literals: Vec<_> = call
                .descendants(Kind::LITERAL)
                .filter_map(|literal| literal_text(&literal))
                .collect();
            if let [parameter, value, ..] = literals.as_slice()
                && parameter == "search_path"
            {
                let names = value
                    .split(',')
                    .map(str::trim)
                    .filter(|name| !name.is_empty());
                let local = call
                    .tokens()
                    .iter()
                    .rev()
                    .find(|token| *token != ")")
                    .is_some_and(|token| token.eq_ignore_ascii_case("true"));
                self.set_path(names.map(folded).collect(), local);
            }
        }
        self.call_functions(node, variables)?;
        Ok(Some("SELECT".to_owned()))
    }
}

impl crate::sql::catalog::Catalog {
    /// Gives a schema another name, and everything in it.
    fn rename_schema(&mut self, old: &str, new: &str) {
        for schema in self.schemas.iter_mut().chain(&mut self.search_path) {
            if schema == old {
                new.clone_into(schema);
            }
        }
        let moved = |name: &ObjectName| match name.schema == old {
            true => ObjectName::new(new, &name.name),
            false => name.clone(),
        };
        self.relations = self
            .relations
            .iter()
            .map(|(name, oid)| (moved(name), *oid))
            .collect();
        self.type_names = self
            .type_names
            .iter()
            .map(|(name, oid)| (moved(name), *oid))
            .collect();
        for table in self.tables.values() {
            if table.name.schema == old {
                self.former.relation(table.oid, table.name.clone());
            }
        }
        for ty in self.types.values() {
            if ty.name.schema == old {
                self.former.ty(ty.oid, ty.name.clone());
            }
        }
        let names = self.tables.values_mut().map(|table| &mut table.name);
        let names = names.chain(
            self.sequences
                .values_mut()
                .map(|sequence| &mut sequence.name),
        );
        let names = names.chain(self.indexes.values_mut().map(|index| &mut index.name));
        let names = names.chain(self.types.values_mut().map(|ty| &mut ty.name));
        for name in names.chain(self.functions.iter_mut().map(|function| &mut function.name)) {
            *name = moved(name);
        }
    }
}

fn is_element(node: &Node) -> bool {
    matches!(
        node.kind(),
        Kind::CREATE_TABLE
            | Kind::CREATE_VIEW
            | Kind::CREATE_INDEX
            | Kind::CREATE_SEQUENCE
            | Kind::CREATE_TRIGGER
            | Kind::CREATE_TYPE
            | Kind::CREATE_DOMAIN
            | Kind::CREATE_FUNCTION
            | Kind::GRANT
    )
}

/// `CREATE COLLATION x (provider = icu, deterministic = false)`
fn is_nondeterministic(collation: &Node) -> bool {
    let tokens = collation.tokens();
    tokens.windows(3).any(|three| {
        let value = three[2].trim_matches('\'');
        let is_false = ["false", "off", "no", "0", "f", "n"];
        three[0].eq_ignore_ascii_case("deterministic")
            && three[1] == "="
            && is_false.iter().any(|word| value.eq_ignore_ascii_case(word))
    })
}
