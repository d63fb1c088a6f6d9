//! Casts: those that were written, and those that PostgreSQL adds.

use super::literal::printed;
use super::{Binder, Expression};
use crate::sql::builtin::{
    ANY, ANYARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY, ANYCOMPATIBLENONARRAY, ANYCOMPATIBLERANGE,
    ANYELEMENT, ANYENUM, ANYMULTIRANGE, ANYNONARRAY, ANYRANGE, BOOL, Oid, RECORD, REGCLASS, TEXT,
    UNKNOWN, VARCHAR, built_ins,
};
use crate::sql::catalog::{Catalog, TypeKind, TypeUse};
use crate::sql::name::folded;

impl Binder<'_> {
    /// A value of another type where nobody wrote a cast.
    pub(super) fn coerced(&mut self, value: Expression, ty: &TypeUse) -> Expression {
        self.converted(value, ty, true)
    }

    /// A value that is stored in a column, or is its default.
    pub(in crate::sql) fn assigned(&mut self, value: Expression, ty: &TypeUse) -> Expression {
        self.converted(value, ty, true)
    }

    /// `value::type`
    pub(super) fn explicit(&mut self, value: Expression, ty: &TypeUse) -> Expression {
        self.converted(value, ty, false)
    }

    fn converted(&mut self, value: Expression, ty: &TypeUse, implicit: bool) -> Expression {
        let from = value.ty();
        let has_modifier =
            ty.suffix.is_some() || ty.modifier >= 0 && self.catalog.has_length(ty.oid);
        if is_polymorphic(ty.oid) || ty.oid == 0 || from == *ty {
            return value;
        }
        if matches!(value, Expression::Verbatim { .. }) && implicit {
            return value;
        }
        if from.oid == UNKNOWN
            && let Expression::Constant { text, .. } = value
        {
            return self.typed_constant(text, ty, implicit);
        }
        let same = from.oid == ty.oid && (!has_modifier || from.modifier == ty.modifier);
        if same || from.oid == 0 && implicit {
            return value;
        }
        Expression::Cast {
            argument: Box::new(value),
            ty: ty.clone(),
            implicit,
        }
    }

    /// A quoted text as a constant of a type.
    fn typed_constant(&mut self, text: Option<String>, ty: &TypeUse, implicit: bool) -> Expression {
        let base = self.catalog.base_of(ty);
        if let (REGCLASS, Some(text)) = (base.oid, &text)
            && let Some(oid) = relation_named(self.catalog, text)
        {
            return Expression::Relation(oid);
        }
        let is_known_whole = base.oid == crate::sql::builtin::INTERVAL;
        let own = match is_known_whole {
            true => base.clone(),
            false => TypeUse::plain(base.oid),
        };
        let text = text.map(|text| printed(self.catalog, base.oid, &text));
        let mut value = Expression::Constant {
            text,
            ty: own.clone(),
        };
        let has_modifier =
            base.suffix.is_some() || base.modifier >= 0 && self.catalog.has_length(base.oid);
        if has_modifier && !is_known_whole {
            value = Expression::Cast {
                argument: Box::new(value),
                ty: base.clone(),
                implicit,
            };
        }
        if base.oid != ty.oid {
            value = Expression::Cast {
                argument: Box::new(value),
                ty: ty.clone(),
                implicit,
            };
        }
        value
    }

    pub(super) fn as_bool(&mut self, value: Expression) -> Expression {
        self.coerced(value, &TypeUse::plain(BOOL))
    }

    pub(super) fn as_text_if_unknown(&mut self, value: Expression) -> Expression {
        match value.ty().oid {
            UNKNOWN => self.coerced(value, &TypeUse::plain(TEXT)),
            _ => value,
        }
    }

    /// The type that several values can share.
    pub(super) fn common_type(&self, values: &[Expression]) -> Option<TypeUse> {
        let types: Vec<_> = values.iter().map(Expression::ty).collect();
        self.catalog.common_type(&types)
    }
}

impl Catalog {
    /// The type that values of several types can share; none if they are of different kinds.
    pub(in crate::sql) fn common_type(&self, types: &[TypeUse]) -> Option<TypeUse> {
        let first = types.first()?;
        if first.oid != UNKNOWN && types.iter().all(|ty| ty == first) {
            return Some(first.clone());
        }
        if first.oid != UNKNOWN && types.iter().all(|ty| ty.oid == first.oid) {
            return Some(TypeUse::plain(first.oid));
        }
        let mut common = UNKNOWN;
        for ty in types {
            let ty = self.base_of(ty).oid;
            if ty == 0 {
                return Some(TypeUse::unknown());
            }
            if ty == UNKNOWN || ty == common {
                continue;
            }
            if common == UNKNOWN {
                common = ty;
            } else if self.category(common) != self.category(ty) {
                return None;
            } else if !self.is_preferred(common)
                && self.can_coerce(common, ty)
                && !self.can_coerce(ty, common)
            {
                common = ty;
            }
        }
        Some(TypeUse::plain(if common == UNKNOWN {
            TEXT
        } else {
            common
        }))
    }

    /// Whether a value is converted without being asked to.
    pub(in crate::sql) fn can_coerce(&self, from: Oid, to: Oid) -> bool {
        if from == to || from == UNKNOWN {
            return true;
        }
        let is_array = || {
            self.element_of(self.base_of(&TypeUse::plain(from)).oid)
                .is_some()
        };
        match to {
            ANY | ANYELEMENT | ANYCOMPATIBLE => return true,
            ANYARRAY | ANYCOMPATIBLEARRAY => return is_array(),
            ANYNONARRAY | ANYCOMPATIBLENONARRAY => return !is_array(),
            ANYENUM => return self.category(from) == 'E',
            ANYRANGE | ANYCOMPATIBLERANGE => return self.is_range(from),
            ANYMULTIRANGE => return self.category(from) == 'R' && !self.is_range(from),
            RECORD => return self.category(from) == 'C',
            _ => {}
        }
        let from = self.base_of(&TypeUse::plain(from)).oid;
        let to = self.base_of(&TypeUse::plain(to)).oid;
        if from == to {
            return true;
        }
        if let (Some(from), Some(to)) = (self.element_of(from), self.element_of(to)) {
            return self.can_coerce(from, to);
        }
        if self.category(from) == 'S' && self.types.contains_key(&from) {
            return matches!(to, TEXT | VARCHAR);
        }
        built_ins().casts.get(&(from, to)) == Some(&'i')
    }

    pub(in crate::sql) fn is_range(&self, oid: Oid) -> bool {
        match self.types.get(&oid) {
            Some(ty) => matches!(ty.kind, TypeKind::Range { .. }),
            None => Self::built_in(oid).is_some_and(|ty| ty.kind == "r"),
        }
    }

    /// The collation that a path names.
    pub(in crate::sql) fn collation(&self, path: &[String]) -> crate::model::ObjectName {
        use crate::model::ObjectName;
        match path {
            [.., schema, name] => ObjectName::new(schema, name),
            [name] if self.collations.iter().any(|own| own.name == *name) => {
                let own = self.collations.iter().find(|own| own.name == *name);
                own.cloned()
                    .unwrap_or_else(|| ObjectName::new("pg_catalog", name))
            }
            [name] => ObjectName::new("pg_catalog", name),
            [] => ObjectName::new("pg_catalog", "default"),
        }
    }
}

pub(super) fn is_polymorphic(oid: Oid) -> bool {
    matches!(
        oid,
        ANY | ANYELEMENT
            | ANYCOMPATIBLE
            | ANYARRAY
            | ANYCOMPATIBLEARRAY
            | ANYNONARRAY
            | ANYCOMPATIBLENONARRAY
            | ANYENUM
            | ANYRANGE
            | ANYCOMPATIBLERANGE
            | ANYMULTIRANGE
    )
}

/// The relation that the text of a `regclass` names.
fn relation_named(catalog: &Catalog, text: &str) -> Option<Oid> {
    let mut path = Vec::new();
    let mut part = String::new();
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                part.push(c);
            }
            '.' if !quoted => path.push(folded(&std::mem::take(&mut part))),
            _ => part.push(c),
        }
    }
    path.push(folded(&part));
    use crate::sql::catalog::RelationId;
    match catalog.find_relation(&path)? {
        RelationId::Table(oid)
        | RelationId::Sequence(oid)
        | RelationId::Index(oid)
        | RelationId::Composite(oid) => Some(oid),
    }
}
