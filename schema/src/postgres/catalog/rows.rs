//! The rows of the catalog queries as plain structs, a field per column.

use tokio_postgres::Row;

/// A row of one catalog query.
pub(crate) trait CatalogRow: Sized {
    const SQL: &'static str;

    fn read(row: &Row) -> Result<Self, tokio_postgres::Error>;
}

/// Declares the struct of a query's rows; a field takes the column of its name.
macro_rules! rows {
    ($($row:ident from $sql:literal { $($field:ident: $ty:ty,)* })*) => {$(
        #[derive(Debug, Clone)]
        pub(crate) struct $row {
            $(pub(crate) $field: $ty,)*
        }

        impl CatalogRow for $row {
            const SQL: &'static str = include_str!($sql);

            fn read(row: &Row) -> Result<Self, tokio_postgres::Error> {
                Ok(Self {
                    $($field: row.try_get(stringify!($field))?,)*
                })
            }
        }
    )*};
}

pub(crate) use rows;

rows! {
    SessionRow from "session.sql" {
        role: String,
        database: String,
        database_oid: u32,
        tells_system: bool,
    }

    SystemRow from "system.sql" {
        identifier: String,
    }

    NamespaceRow from "namespaces.sql" {
        name: String,
        usable: bool,
        relations: i64,
    }

    RelationRow from "relations.sql" {
        oid: u32,
        schema: String,
        name: String,
        kind: String,
        persistence: String,
        comment: Option<String>,
        row_security: bool,
        partition_key: Option<String>,
        view_definition: Option<String>,
        view_commands: i32,
        view_simple: bool,
        estimated_rows: Option<i64>,
        can_select: bool,
        can_insert: bool,
        can_update: bool,
        can_delete: bool,
    }

    ParentRow from "parents.sql" {
        relation: u32,
        schema: String,
        name: String,
    }

    PartitionRow from "partitions.sql" {
        relation: u32,
        oid: u32,
        leaf: bool,
        schema: String,
        name: String,
    }

    ColumnRow from "columns.sql" {
        relation: u32,
        number: i32,
        name: String,
        type_oid: u32,
        modifier: i32,
        sql_type: String,
        not_null: bool,
        expression: Option<String>,
        identity: String,
        generated: String,
        collation_schema: Option<String>,
        collation_name: Option<String>,
        nondeterministic: bool,
        comment: Option<String>,
        inherited: bool,
        can_select: bool,
        can_insert: bool,
        can_update: bool,
        locked_schema: Option<String>,
        locked_name: Option<String>,
    }

    SequenceRow from "sequences.sql" {
        relation: u32,
        number: i32,
        identity: bool,
        schema: String,
        name: String,
        start: i64,
        increment: i64,
        min: i64,
        max: i64,
        cache: i64,
        cycle: bool,
    }

    ConstraintRow from "constraints.sql" {
        relation: u32,
        name: String,
        kind: String,
        columns: Vec<String>,
        include: Option<Vec<String>>,
        nulls_not_distinct: bool,
        target_schema: Option<String>,
        target_name: Option<String>,
        target_columns: Option<Vec<String>>,
        on_delete: String,
        on_delete_columns: Vec<String>,
        on_update: String,
        match_type: String,
        deferrable: bool,
        deferred: bool,
        validated: bool,
        no_inherit: bool,
        expression: Option<String>,
        definition: Option<String>,
        operators: Option<Vec<String>>,
        comment: Option<String>,
    }

    IndexRow from "indexes.sql" {
        oid: u32,
        relation: u32,
        name: String,
        unique: bool,
        constraint: Option<String>,
        method: String,
        predicate: Option<String>,
        nulls_not_distinct: bool,
        valid: bool,
        definition: String,
        comment: Option<String>,
    }

    IndexColumnRow from "index_columns.sql" {
        index: u32,
        included: bool,
        column: Option<String>,
        expression: Option<String>,
        descending: bool,
        nulls_first: bool,
        operator_class: Option<String>,
        collation: Option<String>,
    }

    TriggerRow from "triggers.sql" {
        relation: u32,
        name: String,
        definition: String,
        enabled: bool,
        bits: i32,
        update_columns: Vec<String>,
        function_schema: String,
        function_name: String,
    }

    PolicyRow from "policies.sql" {
        relation: u32,
        name: String,
        command: String,
        permissive: bool,
        roles: Vec<String>,
        using: Option<String>,
        check: Option<String>,
    }

    TypeRow from "types.sql" {
        oid: u32,
        schema: String,
        name: String,
        kind: String,
        element: Option<u32>,
        base: Option<u32>,
        base_modifier: i32,
        base_sql: Option<String>,
        not_null: bool,
        expression: Option<String>,
        collation_schema: Option<String>,
        collation_name: Option<String>,
        relation: Option<u32>,
        is_row: bool,
        subtype: Option<u32>,
        multirange_schema: Option<String>,
        multirange_name: Option<String>,
        range: Option<u32>,
        of_extension: bool,
        comment: Option<String>,
    }

    EnumLabelRow from "enum_labels.sql" {
        oid: u32,
        type_oid: u32,
        label: String,
    }

    DomainCheckRow from "domain_checks.sql" {
        type_oid: u32,
        name: String,
        expression: String,
        validated: bool,
        comment: Option<String>,
    }

    ViewRuleRow from "view_rules.sql" {
        relation: u32,
        tree: String,
    }

    ViewSourceRow from "view_sources.sql" {
        view: u32,
        source: u32,
        schema: String,
        name: String,
        number: Option<i32>,
        column: Option<String>,
        not_null: bool,
    }

    NoteRow from "notes.sql" {
        subject: String,
        message: String,
    }
}
