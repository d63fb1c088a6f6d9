//! Small schemas for tests, from a few words.

use crate::model::{
    Column, DataType, Dialect, ForeignKey, Key, Match, ObjectName, Persistence, Privileges,
    ReferenceAction, Relation, RelationKind, Schema,
};

pub(crate) fn schema(relations: Vec<Relation>) -> Schema {
    Schema {
        dialect: Dialect::Postgres,
        origin: None,
        role: None,
        relations,
        enums: Vec::new(),
        domains: Vec::new(),
        composites: Vec::new(),
        ranges: Vec::new(),
        notes: Vec::new(),
    }
}

/// A table from lines such as `id int not null`, `made timestamptz default now()`, `primary key a b`,
/// `unique a b`, `references film by film_id id`.
pub(crate) fn table(name: &str, lines: &[&str]) -> Relation {
    let mut table = empty(name);
    for line in lines {
        if let Some(columns) = line.strip_prefix("primary key ") {
            table.primary_key = Some(key(&format!("{name}_pkey"), columns));
        } else if let Some(columns) = line.strip_prefix("unique ") {
            let key_name = format!("{name}_{}_key", columns.replace(' ', "_"));
            table.uniques.push(key(&key_name, columns));
        } else if let Some(reference) = line.strip_prefix("references ") {
            let key = foreign_key(name, reference);
            table.foreign_keys.push(key);
        } else {
            table.columns.push(column(line));
        }
    }
    table
}

/// `film by film_id other_id to id id as name`; the target's columns default to the own, the name to PostgreSQL's.
fn foreign_key(table: &str, text: &str) -> ForeignKey {
    let (text, name) = text.split_once(" as ").unwrap_or((text, ""));
    let (text, targets) = text.split_once(" to ").unwrap_or((text, ""));
    let (target, own) = text.split_once(" by ").expect("`by`");
    let columns = words(own);
    let name = match name {
        "" => format!("{table}_{}_fkey", columns.join("_")),
        name => name.to_owned(),
    };
    ForeignKey {
        name,
        target: object(target),
        target_columns: if targets.is_empty() {
            columns.clone()
        } else {
            words(targets)
        },
        columns,
        on_delete: ReferenceAction::NoAction,
        on_delete_columns: Vec::new(),
        on_update: ReferenceAction::NoAction,
        match_type: Match::Simple,
        deferrable: None,
        validated: true,
        comment: None,
    }
}

fn column(line: &str) -> Column {
    let (line, default) = match line.split_once(" default ") {
        Some((line, default)) => (line, Some(default.to_owned())),
        None => (line, None),
    };
    let not_null = line.ends_with(" not null");
    let (name, sql_type) = line
        .trim_end_matches(" not null")
        .split_once(' ')
        .expect("a type");
    Column {
        name: name.to_owned(),
        data_type: match sql_type {
            "int" => DataType::Int4,
            "text" => DataType::Text,
            "bool" => DataType::Bool,
            "bytea" => DataType::Bytea,
            "timestamptz" => DataType::TimestampTz,
            other => panic!("no type {other}"),
        },
        sql_type: sql_type.to_owned(),
        loose: false,
        not_null,
        null_key: false,
        default,
        identity: None,
        sequence: None,
        generated: None,
        collation: None,
        nondeterministic: false,
        bytewise: false,
        comment: None,
        inherited: false,
        can_select: true,
        can_insert: true,
        can_update: true,
        locked: None,
        identifier: None,
    }
}

fn key(name: &str, columns: &str) -> Key {
    Key {
        name: name.to_owned(),
        columns: words(columns),
        include: Vec::new(),
        nulls_not_distinct: false,
        deferrable: None,
        comment: None,
    }
}

fn empty(name: &str) -> Relation {
    Relation {
        name: object(name),
        kind: RelationKind::Table,
        persistence: Persistence::Permanent,
        comment: None,
        columns: Vec::new(),
        primary_key: None,
        uniques: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        exclusions: Vec::new(),
        indexes: Vec::new(),
        triggers: Vec::new(),
        parents: Vec::new(),
        partition_key: None,
        partitions: Vec::new(),
        view: None,
        row_security: false,
        policies: Vec::new(),
        estimated_rows: None,
        privileges: Privileges {
            select: true,
            insert: true,
            update: true,
            delete: true,
        },
        identifier: None,
    }
}

fn object(name: &str) -> ObjectName {
    match name.split_once('.') {
        Some((schema, name)) => ObjectName::new(schema, name),
        None => ObjectName::new("public", name),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}
