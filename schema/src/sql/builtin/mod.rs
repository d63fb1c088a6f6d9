//! What `pg_catalog` holds: types, functions, operators, casts, default operator classes, as of PostgreSQL 15.
//!
//! The tables beside this file are its catalogs, a row a line, as the queries beside them read them from a server;
//! `tests/sql/builtin.rs` compares the two.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The number of a type: PostgreSQL's own for a built-in one.
pub(super) type Oid = u32;

pub(super) const BOOL: Oid = 16;
pub(super) const BYTEA: Oid = 17;
pub(super) const NAME: Oid = 19;
pub(super) const INT8: Oid = 20;
pub(super) const INT2: Oid = 21;
pub(super) const INT4: Oid = 23;
pub(super) const TEXT: Oid = 25;
pub(super) const JSON: Oid = 114;
pub(super) const XML: Oid = 142;
pub(super) const FLOAT4: Oid = 700;
pub(super) const FLOAT8: Oid = 701;
pub(super) const UNKNOWN: Oid = 705;
pub(super) const BPCHAR: Oid = 1042;
pub(super) const VARCHAR: Oid = 1043;
pub(super) const DATE: Oid = 1082;
pub(super) const TIME: Oid = 1083;
pub(super) const TIMESTAMP: Oid = 1114;
pub(super) const TIMESTAMPTZ: Oid = 1184;
pub(super) const INTERVAL: Oid = 1186;
pub(super) const TIMETZ: Oid = 1266;
pub(super) const BIT: Oid = 1560;
pub(super) const VARBIT: Oid = 1562;
pub(super) const NUMERIC: Oid = 1700;
pub(super) const UUID: Oid = 2950;
pub(super) const REGCLASS: Oid = 2205;
pub(super) const RECORD: Oid = 2249;
pub(super) const ANY: Oid = 2276;
pub(super) const ANYARRAY: Oid = 2277;
pub(super) const VOID: Oid = 2278;
pub(super) const ANYELEMENT: Oid = 2283;
pub(super) const ANYNONARRAY: Oid = 2776;
pub(super) const ANYENUM: Oid = 3500;
pub(super) const JSONB: Oid = 3802;
pub(super) const ANYRANGE: Oid = 3831;
pub(super) const ANYMULTIRANGE: Oid = 4537;
pub(super) const ANYCOMPATIBLE: Oid = 5077;
pub(super) const ANYCOMPATIBLEARRAY: Oid = 5078;
pub(super) const ANYCOMPATIBLENONARRAY: Oid = 5079;
pub(super) const ANYCOMPATIBLERANGE: Oid = 5080;

/// A type of `pg_catalog`.
#[derive(Debug, Clone, Copy)]
pub(super) struct BuiltIn {
    pub(super) oid: Oid,
    pub(super) name: &'static str,
    pub(super) category: char,
    pub(super) preferred: bool,
    /// The type of the elements, 0 if it is no array.
    pub(super) element: Oid,
    /// `b`ase, `p`seudo, `r`ange, `m`ultirange.
    pub(super) kind: &'static str,
    /// What a range is over.
    pub(super) subtype: Oid,
    /// The multirange of a range, the range of a multirange.
    pub(super) partner: Oid,
    /// The name that SQL has for it: `character varying`.
    pub(super) sql_name: &'static str,
}

/// A function of `pg_catalog`.
#[derive(Debug, Clone)]
pub(super) struct Function {
    pub(super) result: Oid,
    pub(super) aggregate: bool,
    pub(super) returns_set: bool,
    pub(super) variadic: bool,
    pub(super) defaults: usize,
    pub(super) arguments: Vec<Oid>,
}

/// An operator of `pg_catalog`; `left` is 0 for a prefix operator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operator {
    pub(super) left: Oid,
    pub(super) right: Oid,
    pub(super) result: Oid,
}

/// All of it.
pub(super) struct BuiltIns {
    pub(super) types: BTreeMap<Oid, BuiltIn>,
    pub(super) by_name: HashMap<&'static str, Oid>,
    /// From the type of the elements to that of the array.
    pub(super) arrays: HashMap<Oid, Oid>,
    pub(super) functions: HashMap<&'static str, Vec<Function>>,
    pub(super) operators: HashMap<&'static str, Vec<Operator>>,
    /// `i`mplicit, in an `a`ssignment, `e`xplicit.
    pub(super) casts: HashMap<(Oid, Oid), char>,
    operator_classes: HashMap<(&'static str, Oid), &'static str>,
}

/// The tables, parsed once.
pub(super) fn built_ins() -> &'static BuiltIns {
    static ALL: LazyLock<BuiltIns> = LazyLock::new(parse);
    &ALL
}

impl BuiltIns {
    /// The default operator class of an index method for a type.
    pub(super) fn operator_class(&self, method: &str, oid: Oid) -> Option<&'static str> {
        self.operator_classes
            .iter()
            .find(|((of, ty), _)| *of == method && *ty == oid)
            .map(|(_, class)| *class)
    }
}

fn parse() -> BuiltIns {
    let types: Vec<_> = rows(include_str!("types.txt")).map(built_in).collect();
    let mut functions: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows(include_str!("functions.txt")) {
        functions.entry(row[0]).or_default().push(function(&row));
    }
    let mut operators: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows(include_str!("operators.txt")) {
        operators.entry(row[0]).or_default().push(Operator {
            left: oid(row[1]),
            right: oid(row[2]),
            result: oid(row[3]),
        });
    }
    let casts = rows(include_str!("casts.txt"));
    let classes = rows(include_str!("operator_classes.txt"));
    BuiltIns {
        by_name: types.iter().map(|ty| (ty.name, ty.oid)).collect(),
        arrays: types
            .iter()
            .filter(|ty| ty.element != 0)
            .map(|ty| (ty.element, ty.oid))
            .collect(),
        types: types.into_iter().map(|ty| (ty.oid, ty)).collect(),
        functions,
        operators,
        casts: casts
            .map(|row| ((oid(row[0]), oid(row[1])), letter(row[2])))
            .collect(),
        operator_classes: classes.map(|row| ((row[0], oid(row[1])), row[2])).collect(),
    }
}

fn built_in(row: Vec<&'static str>) -> BuiltIn {
    BuiltIn {
        oid: oid(row[0]),
        name: row[1],
        category: letter(row[2]),
        preferred: row[3] == "t",
        element: oid(row[4]),
        kind: row[5],
        subtype: oid(row[6]),
        partner: oid(row[7]),
        sql_name: row[8],
    }
}

fn function(row: &[&'static str]) -> Function {
    let arguments = row[6].split(',').filter(|argument| *argument != "-");
    Function {
        result: oid(row[1]),
        aggregate: row[2] == "a",
        returns_set: row[3] == "s",
        variadic: row[4] == "v",
        defaults: row[5].parse().unwrap_or_default(),
        arguments: arguments.map(oid).collect(),
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().map(|line| line.splitn(9, ' ').collect())
}

fn oid(text: &str) -> Oid {
    text.parse().unwrap_or_default()
}

fn letter(text: &str) -> char {
    text.chars().next().unwrap_or_default()
}
