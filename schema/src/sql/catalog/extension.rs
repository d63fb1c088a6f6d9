//! What extensions bring: their types, functions, operator classes and relations, as far as they are known by name.

use super::{Catalog, Extension, TypeKind};
use crate::model::ObjectName;
use crate::sql::builtin::Oid;

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
const EXTENSION_CLASSES: [(&str, &[&str]); 9] = [
    ("pg_trgm", &["gin_trgm_ops", "gist_trgm_ops"]),
    (
        "intarray",
        &["gin__int_ops", "gist__int_ops", "gist__intbig_ops"],
    ),
    ("ltree", &["gist_ltree_ops", "gist__ltree_ops", "ltree_ops"]),
    ("citext", &["citext_ops", "citext_pattern_ops"]),
    (
        "hstore",
        &[
            "gin_hstore_ops",
            "gist_hstore_ops",
            "btree_hstore_ops",
            "hash_hstore_ops",
        ],
    ),
    ("cube", &["gist_cube_ops", "cube_ops"]),
    ("seg", &["gist_seg_ops", "seg_ops"]),
    (
        "postgis",
        &[
            "gist_geometry_ops_2d",
            "gist_geometry_ops_nd",
            "gist_geography_ops",
            "spgist_geometry_ops_2d",
            "spgist_geometry_ops_nd",
            "spgist_geography_ops_nd",
            "brin_geometry_inclusion_ops_2d",
            "brin_geometry_inclusion_ops_3d",
            "brin_geography_inclusion_ops",
        ],
    ),
    (
        "vector",
        &[
            "vector_l2_ops",
            "vector_ip_ops",
            "vector_cosine_ops",
            "vector_l1_ops",
            "halfvec_l2_ops",
            "halfvec_ip_ops",
            "halfvec_cosine_ops",
            "halfvec_l1_ops",
            "sparsevec_l2_ops",
            "sparsevec_ip_ops",
            "sparsevec_cosine_ops",
            "bit_hamming_ops",
            "bit_jaccard_ops",
        ],
    ),
];

/// Those of them that an index has where it names none.
const DEFAULT_CLASSES: [(&str, &str); 10] = [
    ("gin", "gin_hstore_ops"),
    ("gist", "gist_hstore_ops"),
    ("gist", "gist_ltree_ops"),
    ("gist", "gist__ltree_ops"),
    ("gist", "gist_cube_ops"),
    ("gist", "gist_seg_ops"),
    ("gist", "gist_geometry_ops_2d"),
    ("gist", "gist_geography_ops"),
    ("spgist", "spgist_geometry_ops_2d"),
    ("ivfflat", "vector_l2_ops"),
];

/// Whether an index has an extension's operator class where it names none.
pub(in crate::sql) fn is_default_class(method: &str, class: &str) -> bool {
    DEFAULT_CLASSES.contains(&(method, class))
}

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
    /// A type that an extension has which the files create; it comes to be with its first use.
    pub(super) fn extension_type(&mut self, path: &[String]) -> Option<Oid> {
        let (schema, name) = match path {
            [.., schema, name] => (Some(schema), name),
            [name] => (None, name),
            [] => return None,
        };
        let fits = |extension: &&Extension| schema.is_none_or(|schema| extension.schema == *schema);
        let knows = |extension: &&Extension| known(&EXTENSION_TYPES, &extension.name, name);
        let all = || self.extensions.iter().filter(fits);
        let extension = all().find(knows).or_else(|| {
            // Of an extension that is not known here any type may be.
            all().find(|extension| !is_known(&extension.name))
        })?;
        let name = ObjectName::new(&extension.schema, name);
        let oid = self.add_type(name, TypeKind::Base);
        if let Some(ty) = self.types.get_mut(&oid) {
            ty.of_extension = true;
        }
        Some(oid)
    }

    /// The schema of an extension's function or operator class, for a name that nothing else has; an extension that no
    /// statement creates is taken to be where a new one would go.
    pub(in crate::sql) fn extension_schema_of(&self, name: &str) -> Option<&str> {
        if let Some(extension) = self.extension_of(name) {
            return Some(extension.schema.as_str());
        }
        let mut known = EXTENSION_FUNCTIONS.iter().chain(&EXTENSION_CLASSES);
        let is_known = known.any(|(_, names)| names.contains(&name));
        self.path().next().filter(|_| is_known).map(String::as_str)
    }

    /// The extension that has brought a type, a function or an operator class of this name.
    pub(in crate::sql) fn extension_of(&self, name: &str) -> Option<&Extension> {
        let knows = |extension: &&Extension| {
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
        let of_extension = |extension: &Extension| {
            let is_there = schema.is_empty() || schema == extension.schema;
            is_there && !is_known(&extension.name)
                || known(&EXTENSION_RELATIONS, &extension.name, name)
        };
        matches!(schema, "pg_catalog" | "information_schema")
            || name.starts_with("pg_")
            || schema.starts_with("timescaledb_")
            || self.extensions.iter().any(of_extension)
    }
}

/// The extension that has types of a name.
pub(super) fn extension_with(name: &str) -> Option<&'static str> {
    let mut known = EXTENSION_TYPES.iter();
    known
        .find(|(_, types)| types.contains(&name))
        .map(|(extension, _)| *extension)
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
