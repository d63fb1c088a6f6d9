//! Finding objects by the names that statements use, along the search path.

use super::{Catalog, RelationId, TEMPORARY, TypeUse};
use crate::model::ObjectName;
use crate::sql::builtin::{Oid, built_ins};

impl Catalog {
    /// The schemas in which a name without one is looked for.
    pub(in crate::sql) fn path(&self) -> impl Iterator<Item = &String> {
        let known = |name: &&String| self.schemas.contains(name);
        self.search_path.iter().filter(known)
    }

    /// Where a new object with this name would go.
    pub(in crate::sql) fn new_name(&self, path: &[String]) -> Result<ObjectName, String> {
        match path {
            [.., schema, name] if schema == TEMPORARY || self.schemas.contains(schema) => {
                Ok(ObjectName::new(schema, name))
            }
            [.., schema, _] => Err(format!("schema `{schema}` does not exist")),
            [name] => match self
                .search_path
                .iter()
                .find(|schema| *schema == TEMPORARY || self.schemas.contains(schema))
            {
                Some(schema) => Ok(ObjectName::new(schema, name)),
                None => Err(
                    "no schema to create it in: `search_path` names none that exists".to_owned(),
                ),
            },
            [] => Err("a name is missing".to_owned()),
        }
    }

    /// What a name means, if anything.
    fn resolve<T>(&self, path: &[String], get: impl Fn(&ObjectName) -> Option<T>) -> Option<T> {
        match path {
            [.., schema, name] => get(&ObjectName::new(schema, name)),
            // What the session has for itself hides all else.
            [name] => get(&ObjectName::new(TEMPORARY, name)).or_else(|| {
                let mut path = self.path();
                path.find_map(|schema| get(&ObjectName::new(schema, name)))
            }),
            [] => None,
        }
    }

    pub(in crate::sql) fn find_relation(&self, path: &[String]) -> Option<RelationId> {
        self.resolve(path, |name| self.relation(name))
    }

    pub(in crate::sql) fn find_table(&self, path: &[String]) -> Result<Oid, String> {
        match self.find_relation(path) {
            Some(RelationId::Table(oid)) => Ok(oid),
            Some(_) => Err(format!("`{}` is no table", path.join("."))),
            None => Err(format!("table `{}` does not exist", path.join("."))),
        }
    }

    /// A type that a statement made.
    pub(in crate::sql) fn find_own_type(&self, path: &[String]) -> Option<Oid> {
        self.resolve(path, |name| self.made_type(name))
    }

    /// The type with a name, unless it is only assumed to be there.
    pub(in crate::sql) fn made_type(&self, name: &ObjectName) -> Option<Oid> {
        let oid = *self.type_names.get(name)?;
        let is_made = self.types.get(&oid).is_some_and(|ty| !ty.assumed);
        is_made.then_some(oid)
    }

    /// A type by its name; that of an extension comes to be with its first use.
    pub(in crate::sql) fn find_type(&mut self, path: &[String]) -> Option<Oid> {
        let built_in = |name: &String| built_ins().by_name.get(name.as_str()).copied();
        match path {
            // `pg_catalog` comes first unless the search path says otherwise.
            [name] if built_in(name).is_some() => return built_in(name),
            [.., schema, name] if schema == "pg_catalog" => return built_in(name),
            _ => {}
        }
        self.find_own_type(path)
            .or_else(|| self.extension_type(path))
            .or_else(|| self.resolve(path, |name| self.type_names.get(name).copied()))
    }

    /// The columns of a composite type, a table or a view.
    pub(in crate::sql) fn attributes(&self, ty: &TypeUse) -> Option<&[super::Column]> {
        let oid = self.base_of(ty).oid;
        if let Some(table) = self.tables.get(&oid) {
            return Some(&table.columns);
        }
        match &self.types.get(&oid)?.kind {
            super::TypeKind::Composite { attributes } => Some(attributes),
            _ => None,
        }
    }
}
