//! Types that no statement made and that are used: they are assumed to be there, so that nothing is lost for their sake.

use std::ops::Range;

use super::{Catalog, TypeKind};
use crate::model::ObjectName;
use crate::sql::builtin::Oid;

/// Which types are assumed to be there where no statement made them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sql) enum Assume {
    Nothing,
    /// Those that are known to be of an extension: `citext`.
    OfExtensions,
    /// Those and what is said to be of a schema, `other.mood`: a name alone may be mistyped.
    OfSchemas,
}

/// A type that came to be by its use alone.
#[derive(Debug, Clone)]
pub(in crate::sql) struct Assumed {
    pub(in crate::sql) name: ObjectName,
    /// As it was written.
    pub(in crate::sql) written: String,
    /// The extension that has types of this name.
    pub(in crate::sql) extension: Option<&'static str>,
    /// Where it stands in the statement.
    pub(in crate::sql) range: Range<usize>,
}

impl Assumed {
    /// The name of a function that converts values of the type.
    pub(in crate::sql) fn function(&self, what: &str) -> ObjectName {
        ObjectName::new(&self.name.schema, format!("{}_{what}", self.name.name))
    }
}

impl Catalog {
    /// The type of a name that means nothing so far.
    pub(in crate::sql) fn assume_type(
        &mut self,
        path: &[String],
        range: Range<usize>,
        which: Assume,
    ) -> Option<Oid> {
        let (schema, name) = match path {
            [.., schema, name] => (schema.clone(), name),
            [name] => (self.path().next()?.clone(), name),
            [] => return None,
        };
        let extension = super::extension::extension_with(name);
        let is_assumed = match which {
            Assume::Nothing => false,
            Assume::OfExtensions => extension.is_some(),
            Assume::OfSchemas => extension.is_some() || path.len() > 1,
        };
        if !is_assumed {
            return None;
        }
        let name = ObjectName::new(schema, name);
        let oid = self.add_type(name.clone(), TypeKind::Base);
        if let Some(ty) = self.types.get_mut(&oid) {
            ty.assumed = true;
            ty.of_extension = extension.is_some();
        }
        self.assumed.push(Assumed {
            name,
            written: path.join("."),
            extension,
            range,
        });
        Some(oid)
    }

    /// The number for a type that is made: that of an assumed one with its name, which it replaces.
    pub(in crate::sql) fn type_number(&mut self, name: &ObjectName) -> Oid {
        let assumed = self.type_names.get(name).copied();
        let assumed = assumed.filter(|_| self.made_type(name).is_none());
        assumed.unwrap_or_else(|| self.number())
    }
}
