//! Types, and their use with modifiers.

use super::Catalog;
use crate::model::ObjectName;
use crate::name::qualified;
use crate::sql::builtin::{
    BIT, BPCHAR, BuiltIn, INTERVAL, NUMERIC, Oid, TIME, TIMESTAMP, TIMESTAMPTZ, TIMETZ, UNKNOWN,
    VARBIT, VARCHAR, built_ins,
};
use crate::sql::expression::Expression;

/// A type with its modifier: `numeric(4,2)`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::sql) struct TypeUse {
    /// 0 where the type is not known.
    pub(in crate::sql) oid: Oid,
    /// `atttypmod`; -1 for none.
    pub(in crate::sql) modifier: i32,
    /// The modifiers of a type whose own they are, or of an interval: `(Point,4326)`.
    pub(in crate::sql) suffix: Option<String>,
}

/// A type that is not in `pg_catalog`.
#[derive(Debug, Clone)]
pub(in crate::sql) struct Type {
    pub(in crate::sql) oid: Oid,
    pub(in crate::sql) name: ObjectName,
    pub(in crate::sql) kind: Kind,
    pub(in crate::sql) of_extension: bool,
    /// Whether no statement made it so far.
    pub(in crate::sql) assumed: bool,
    pub(in crate::sql) comment: Option<String>,
}

#[derive(Debug, Clone)]
pub(in crate::sql) enum Kind {
    Base,
    Enum(Vec<String>),
    Domain(Box<Domain>),
    /// `CREATE TYPE … AS (…)`; its attributes are kept as a table's columns are.
    Composite {
        attributes: Vec<super::Column>,
    },
    /// The rows of a table or view.
    Row,
    Range {
        subtype: TypeUse,
        multirange: Oid,
    },
    Multirange {
        range: Oid,
    },
    Array {
        element: Oid,
    },
}

#[derive(Debug, Clone)]
pub(in crate::sql) struct Domain {
    pub(in crate::sql) base: TypeUse,
    pub(in crate::sql) not_null: bool,
    pub(in crate::sql) default: Option<Expression>,
    pub(in crate::sql) collation: Option<ObjectName>,
    pub(in crate::sql) checks: Vec<DomainCheck>,
}

#[derive(Debug, Clone)]
pub(in crate::sql) struct DomainCheck {
    pub(in crate::sql) name: String,
    pub(in crate::sql) expression: Expression,
    pub(in crate::sql) validated: bool,
    pub(in crate::sql) comment: Option<String>,
}

impl TypeUse {
    /// A type without modifiers.
    pub(in crate::sql) fn plain(oid: Oid) -> Self {
        Self {
            oid,
            modifier: -1,
            suffix: None,
        }
    }

    pub(in crate::sql) fn unknown() -> Self {
        Self::plain(0)
    }
}

impl Catalog {
    pub(in crate::sql) fn built_in(oid: Oid) -> Option<&'static BuiltIn> {
        built_ins().types.get(&oid)
    }

    /// Adds a type, and that of its arrays.
    pub(in crate::sql) fn add_type(&mut self, name: ObjectName, kind: Kind) -> Oid {
        let oid = self.type_number(&name);
        self.add_type_as(oid, name, kind);
        oid
    }

    /// The same with a number that was taken before.
    pub(in crate::sql) fn add_type_as(&mut self, oid: Oid, name: ObjectName, kind: Kind) {
        // An assumed type has had its arrays before.
        let known = self.arrays.get(&oid).copied();
        let array = known.unwrap_or_else(|| self.number());
        self.arrays.insert(oid, array);
        let array_name = ObjectName::new(&name.schema, format!("_{}", name.name));
        let mut insert = |oid, name: ObjectName, kind| {
            let ty = Type {
                oid,
                name,
                kind,
                of_extension: false,
                assumed: false,
                comment: None,
            };
            self.types.insert(oid, ty);
        };
        insert(oid, name.clone(), kind);
        insert(array, array_name, Kind::Array { element: oid });
        self.type_names.insert(name, oid);
    }

    /// The type of the elements, if it is an array.
    pub(in crate::sql) fn element_of(&self, oid: Oid) -> Option<Oid> {
        match self.types.get(&oid).map(|ty| &ty.kind) {
            Some(Kind::Array { element }) => Some(*element),
            Some(_) => None,
            // `point` and its like have elements too, and are no arrays.
            None => Self::built_in(oid)
                .map(|ty| ty.element)
                .filter(|element| *element != 0),
        }
    }

    pub(in crate::sql) fn array_of(&self, element: Oid) -> Option<Oid> {
        let own = self.arrays.get(&element);
        own.or_else(|| built_ins().arrays.get(&element)).copied()
    }

    pub(in crate::sql) fn domain(&self, oid: Oid) -> Option<&Domain> {
        match &self.types.get(&oid)?.kind {
            Kind::Domain(domain) => Some(domain),
            _ => None,
        }
    }

    pub(in crate::sql) fn domain_mut(&mut self, oid: Oid) -> Option<&mut Domain> {
        match &mut self.types.get_mut(&oid)?.kind {
            Kind::Domain(domain) => Some(domain),
            _ => None,
        }
    }

    /// The type beneath all domains.
    pub(in crate::sql) fn base_of(&self, ty: &TypeUse) -> TypeUse {
        let mut ty = ty;
        while let Some(domain) = self.domain(ty.oid) {
            ty = &domain.base;
        }
        ty.clone()
    }

    /// The type as PostgreSQL writes it: `numeric(4,2)`, `public.mpaa_rating[]`.
    pub(in crate::sql) fn type_text(&self, ty: &TypeUse) -> String {
        if let Some(element) = self.element_of(ty.oid) {
            let element = TypeUse {
                oid: element,
                ..ty.clone()
            };
            return format!("{}[]", self.type_text(&element));
        }
        if let Some(own) = self.types.get(&ty.oid) {
            let suffix = ty.suffix.as_deref().unwrap_or_default();
            return format!("{}{suffix}", qualified(&own.name));
        }
        let Some(built_in) = Self::built_in(ty.oid) else {
            return "unknown".to_owned();
        };
        if let Some(suffix) = &ty.suffix {
            return format!("{}{suffix}", built_in.sql_name);
        }
        with_modifier(built_in, ty.modifier)
    }

    pub(in crate::sql) fn category(&self, oid: Oid) -> char {
        match self.types.get(&oid) {
            Some(ty) => match &ty.kind {
                Kind::Array { .. } => 'A',
                Kind::Enum(_) => 'E',
                Kind::Range { .. } | Kind::Multirange { .. } => 'R',
                Kind::Composite { .. } | Kind::Row => 'C',
                Kind::Domain(domain) => self.category(domain.base.oid),
                Kind::Base if ty.of_extension && ty.name.name == "citext" => 'S',
                Kind::Base => 'U',
            },
            None => Self::built_in(oid).map_or('U', |ty| ty.category),
        }
    }

    pub(in crate::sql) fn is_preferred(&self, oid: Oid) -> bool {
        Self::built_in(oid).is_some_and(|ty| ty.preferred)
    }

    /// Whether a modifier of the type cuts or rounds values, by a function of its own.
    pub(in crate::sql) fn has_length(&self, oid: Oid) -> bool {
        let of = self.element_of(oid).unwrap_or(oid);
        matches!(
            of,
            VARCHAR
                | BPCHAR
                | NUMERIC
                | BIT
                | VARBIT
                | TIME
                | TIMETZ
                | TIMESTAMP
                | TIMESTAMPTZ
                | INTERVAL
        )
    }
}

/// `character varying` and 44 → `character varying(40)`.
fn with_modifier(ty: &BuiltIn, modifier: i32) -> String {
    if modifier < 0 {
        return ty.sql_name.to_owned();
    }
    match ty.oid {
        VARCHAR => format!("character varying({})", modifier - 4),
        BPCHAR => format!("character({})", modifier - 4),
        NUMERIC => {
            let packed = modifier - 4;
            let scale = ((packed & 0x7ff) ^ 0x400) - 0x400;
            format!("numeric({},{scale})", packed >> 16)
        }
        BIT => format!("bit({modifier})"),
        VARBIT => format!("bit varying({modifier})"),
        TIME | TIMETZ | TIMESTAMP | TIMESTAMPTZ => {
            let (kind, zone) = ty.sql_name.split_once(' ').unwrap_or((ty.sql_name, ""));
            format!("{kind}({modifier}) {zone}")
        }
        UNKNOWN => "unknown".to_owned(),
        _ => ty.sql_name.to_owned(),
    }
}
