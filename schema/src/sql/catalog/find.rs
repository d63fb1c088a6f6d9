//! Finding objects by the names that statements use, along the search path.

use super::{Catalog, RelationId, TEMPORARY, TypeUse};
use crate::model::ObjectName;
use crate::sql::builtin::{Oid, built_ins};

/// Where an extension's types are known: `citext` and its like.
const EXTENSION_TYPES: [(&str, &[&str]); 16] = [
    ("citext", &["citext"]),
    ("hstore", &["hstore"]),
    ("ltree", &["ltree", "lquery", "ltxtquery"]),
    ("cube", &["cube"]),
    ("seg", &["seg"]),
    ("intarray", &["query_int"]),
    ("pg_trgm", &["gtrgm"]),
    (
        "isn",
        &[
            "ean13", "isbn13", "ismn13", "issn13", "isbn", "ismn", "issn", "upc",
        ],
    ),
    ("lo", &["lo"]),
    ("earthdistance", &["earth"]),
    ("vector", &["vector", "halfvec", "sparsevec"]),
    (
        "postgis",
        &[
            "geometry",
            "geography",
            "box2d",
            "box3d",
            "box2df",
            "gidx",
            "spheroid",
        ],
    ),
    ("postgis_raster", &["raster"]),
    ("postgis_topology", &["topogeometry"]),
    ("uint", &["uint1", "uint2", "uint4", "uint8", "int1"]),
    ("timescaledb", &["rxid"]),
];

/// Functions that defaults draw on, with the extension that has them.
const EXTENSION_FUNCTIONS: [(&str, &[&str]); 3] = [
    (
        "uuid-ossp",
        &[
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v3",
            "uuid_generate_v4",
            "uuid_generate_v5",
            "uuid_nil",
        ],
    ),
    (
        "pgcrypto",
        &["gen_random_bytes", "crypt", "gen_salt", "digest", "hmac"],
    ),
    ("unaccent", &["unaccent"]),
];

/// Operator classes that indexes name.
const EXTENSION_CLASSES: [(&str, &[&str]); 4] = [
    ("pg_trgm", &["gin_trgm_ops", "gist_trgm_ops"]),
    (
        "intarray",
        &["gin__int_ops", "gist__int_ops", "gist__intbig_ops"],
    ),
    ("ltree", &["gist_ltree_ops", "gist__ltree_ops", "ltree_ops"]),
    (
        "vector",
        &[
            "vector_l2_ops",
            "vector_ip_ops",
            "vector_cosine_ops",
            "vector_l1_ops",
            "halfvec_l2_ops",
        ],
    ),
];

/// Tables and views that extensions bring; those that begin with `pg_` may always be.
const EXTENSION_RELATIONS: [(&str, &[&str]); 4] = [
    (
        "postgis",
        &["geometry_columns", "geography_columns", "spatial_ref_sys"],
    ),
    ("postgis_raster", &["raster_columns", "raster_overviews"]),
    ("postgis_topology", &["topology", "layer"]),
    ("pg_cron", &["job", "job_run_details"]),
];

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

    pub(in crate::sql) fn find_own_type(&self, path: &[String]) -> Option<Oid> {
        self.resolve(path, |name| self.type_names.get(name).copied())
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
    }

    fn extension_type(&mut self, path: &[String]) -> Option<Oid> {
        let (schema, name) = match path {
            [.., schema, name] => (Some(schema), name),
            [name] => (None, name),
            [] => return None,
        };
        let fits =
            |extension: &&super::Extension| schema.is_none_or(|schema| extension.schema == *schema);
        let knows = |extension: &&super::Extension| known(&EXTENSION_TYPES, &extension.name, name);
        let all = || self.extensions.iter().filter(fits);
        let extension = all().find(knows).or_else(|| {
            // Of an extension that is not known here any type may be.
            all().find(|extension| !is_known(&extension.name))
        })?;
        let name = ObjectName::new(&extension.schema, name);
        let oid = self.add_type(name, super::TypeKind::Base);
        if let Some(ty) = self.types.get_mut(&oid) {
            ty.of_extension = true;
        }
        Some(oid)
    }

    /// The schema of an extension's function or operator class, for a name that nothing else has.
    pub(in crate::sql) fn extension_schema_of(&self, name: &str) -> Option<&str> {
        let found = self.extension_of(name);
        found.map(|extension| extension.schema.as_str())
    }

    /// The extension that has brought a type, a function or an operator class of this name.
    pub(in crate::sql) fn extension_of(&self, name: &str) -> Option<&super::Extension> {
        let knows = |extension: &&super::Extension| {
            known(&EXTENSION_FUNCTIONS, &extension.name, name)
                || known(&EXTENSION_CLASSES, &extension.name, name)
                || known(&EXTENSION_TYPES, &extension.name, name)
        };
        self.extensions.iter().find(knows)
    }

    /// Whether a relation may exist that no statement made: one of the system, or of an extension.
    pub(in crate::sql) fn may_exist(&self, path: &[String]) -> bool {
        let (schema, name) = match path {
            [.., schema, name] => (schema.as_str(), name),
            [name] => ("", name),
            [] => return false,
        };
        let of_extension = |extension: &super::Extension| {
            let is_there = schema.is_empty() || schema == extension.schema;
            is_there && !is_known(&extension.name)
                || known(&EXTENSION_RELATIONS, &extension.name, name)
        };
        matches!(schema, "pg_catalog" | "information_schema")
            || name.starts_with("pg_")
            || schema.starts_with("timescaledb_")
            || self.extensions.iter().any(of_extension)
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

fn known(table: &[(&str, &[&str])], extension: &str, name: &str) -> bool {
    table
        .iter()
        .any(|(of, names)| *of == extension && names.contains(&name))
}

/// Whether it is known what the extension brings, or that it brings no types.
fn is_known(extension: &str) -> bool {
    const WITHOUT_TYPES: [&str; 46] = [
        "adminpack",
        "amcheck",
        "auth_delay",
        "autoinc",
        "auto_explain",
        "bloom",
        "bool_plperl",
        "btree_gin",
        "btree_gist",
        "dblink",
        "dict_int",
        "dict_xsyn",
        "file_fdw",
        "fuzzystrmatch",
        "insert_username",
        "intagg",
        "moddatetime",
        "old_snapshot",
        "pageinspect",
        "pg_buffercache",
        "pg_cron",
        "pg_freespacemap",
        "pg_prewarm",
        "pg_stat_statements",
        "pg_surgery",
        "pg_visibility",
        "pg_walinspect",
        "pgcrypto",
        "pgrowlocks",
        "pgstattuple",
        "plperl",
        "plperlu",
        "plpgsql",
        "plpython3u",
        "pltcl",
        "pltclu",
        "postgres_fdw",
        "refint",
        "sslinfo",
        "tablefunc",
        "tcn",
        "tsm_system_rows",
        "tsm_system_time",
        "unaccent",
        "uuid-ossp",
        "xml2",
    ];
    WITHOUT_TYPES.contains(&extension) || EXTENSION_TYPES.iter().any(|(of, _)| *of == extension)
}
