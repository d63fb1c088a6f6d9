//! Which indexes the pages of an application miss: from the plan, the schema and the sizes of its tables.
//!
//! Nothing here asks a database or prints; what is proposed is itself an index, by which the same rules find that it
//! serves.

mod broken;
mod chosen;
mod estimate;
mod indexes;
mod lists;
mod relations;
mod search;
mod statement;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use umbel_schema::derive;
use umbel_schema::model::{Dialect, ObjectName, Relation, RelationKind, Schema, Size, Sizes};

use crate::plan::{App, Options, Selection, Table};
use chosen::Chosen;
use indexes::Indexes;
use statement::Writer;

/// What was found.
#[derive(Debug)]
pub(crate) struct Checkup {
    /// The tables that are large, the largest first.
    pub(crate) large: Vec<Examined>,
    /// How many others there are.
    pub(crate) smaller: usize,
}

/// A large table.
#[derive(Debug)]
pub(crate) struct Examined {
    /// As a statement names it.
    pub(crate) name: String,
    pub(crate) rows: u64,
    pub(crate) bytes: Option<u64>,
    pub(crate) index_bytes: Option<u64>,
    /// What to know before running the statements.
    pub(crate) caution: Option<&'static str>,
    pub(crate) findings: Vec<Finding>,
    /// What no index helps, or what nobody needs to do anything about.
    pub(crate) remarks: Vec<String>,
}

/// Something that a statement puts right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) area: Area,
    /// What it is about, where the statement does not say it.
    pub(crate) subject: String,
    pub(crate) statements: Vec<String>,
    /// About how large the index will be.
    pub(crate) bytes: Option<u64>,
}

/// What an index is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Area {
    /// Nothing, until it is made anew.
    Broken,
    Relation,
    List,
    Search,
    /// The planner, which is to know what there is.
    Statistics,
}

/// What there is to be examined.
pub(crate) struct Subject<'a> {
    pub(crate) app: &'a App,
    /// As it was read.
    pub(crate) schema: &'a Schema,
    pub(crate) sizes: &'a Sizes,
    pub(crate) options: &'a Options,
    /// The tables among those of the application.
    pub(crate) selection: &'a Selection,
    /// From how many rows on a table is large.
    pub(crate) threshold: u64,
}

/// Lets the plan have every table and column of a server, whatever the role that looks at the catalog may read.
pub(crate) fn as_readable(schema: &mut Schema) {
    if schema.dialect != Dialect::Postgres {
        return;
    }
    for relation in &mut schema.relations {
        relation.privileges.select = true;
        for column in &mut relation.columns {
            column.can_select = true;
        }
    }
}

/// Examines every table that can have indexes.
pub(crate) fn examine(subject: &Subject<'_>) -> Checkup {
    let completed = derive::complete(subject.schema);
    let mut writer = Writer::new(subject.schema, &subject.sizes.trigrams);
    let mut patients = Vec::new();
    let mut smaller = 0;
    for (name, table) in tables(subject.app) {
        let find = |schema: &'_ Schema| schema.relations.iter().position(|own| own.name == name);
        let (Some(at), Some(size)) = (find(subject.schema), subject.sizes.relations.get(&name))
        else {
            continue;
        };
        let relation = &subject.schema.relations[at];
        let is_chosen = subject.selection.includes(&name);
        if !is_chosen || !can_have_indexes(relation) {
            continue;
        }
        let rows = estimate::rows(relation, size);
        if rows < subject.threshold {
            smaller += 1;
            continue;
        }
        patients.push(Patient {
            schema: subject.schema,
            relation,
            // What shows through a materialized view refers to what the tables behind it refer to.
            completed: find(&completed).map_or(relation, |at| &completed.relations[at]),
            chosen: table.map(|table| Chosen::of(table, subject.options)),
            size,
            rows,
        });
    }
    patients.sort_by_key(|patient| Reverse((patient.rows, patient.size.bytes)));
    let patients = patients.iter();
    let large = patients.map(|patient| patient.examine(subject.sizes, &mut writer));
    Checkup {
        large: large.collect(),
        smaller,
    }
}

/// The tables of the application, and those that only link rows of two of them.
fn tables(app: &App) -> BTreeMap<ObjectName, Option<&Table>> {
    let links = app.tables.iter().flat_map(|table| &table.many_to_many);
    let junctions = links.map(|link| {
        let (schema, name) = &link.junction;
        (ObjectName::new(schema, name), None)
    });
    let tables = app.tables.iter().map(|table| {
        let name = ObjectName::new(&table.schema, &table.name);
        (name, Some(table))
    });
    junctions.chain(tables).collect()
}

fn can_have_indexes(relation: &Relation) -> bool {
    match relation.kind {
        RelationKind::Table | RelationKind::PartitionedTable | RelationKind::MaterializedView => {
            true
        }
        RelationKind::View | RelationKind::ForeignTable => false,
    }
}

/// How the statement begins that lets nobody write meanwhile.
const LOCKING: &str = "CREATE INDEX ON ";

const CAUTION: &str = "It is partitioned, so that no index can be made CONCURRENTLY: nobody can write to it meanwhile.";

/// A large table, from all sides.
struct Patient<'a> {
    schema: &'a Schema,
    relation: &'a Relation,
    /// The relation with what follows for it.
    completed: &'a Relation,
    /// None of a table that only links rows of two others, and has no list.
    chosen: Option<Chosen<'a>>,
    size: &'a Size,
    rows: u64,
}

/// What was found about a table, and the indexes that it has by then.
struct Record<'a> {
    indexes: Indexes<'a>,
    findings: Vec<Finding>,
    remarks: Vec<String>,
}

impl Patient<'_> {
    fn examine(&self, sizes: &Sizes, writer: &mut Writer<'_>) -> Examined {
        let mut record = Record {
            indexes: Indexes::of(self.schema.dialect, self.relation, &self.size.partitions),
            findings: Vec::new(),
            remarks: Vec::new(),
        };
        broken::examine(self, sizes, writer, &mut record);
        relations::examine(self, writer, &mut record);
        if let Some(chosen) = &self.chosen {
            lists::examine(self, chosen, writer, &mut record);
            search::examine(self, chosen, writer, &mut record);
            lists::remark(self, chosen, writer, &mut record);
        }
        if !self.size.analysed {
            record.findings.push(Finding {
                area: Area::Statistics,
                subject: String::new(),
                statements: vec![writer.analyse(self.relation)],
                bytes: None,
            });
        }
        let is_made_at_once = |finding: &Finding| {
            finding
                .statements
                .iter()
                .any(|text| text.starts_with(LOCKING))
        };
        Examined {
            caution: record
                .findings
                .iter()
                .any(is_made_at_once)
                .then_some(CAUTION)
                .filter(|_| self.relation.kind == RelationKind::PartitionedTable),
            name: writer.table(&self.relation.name),
            rows: self.rows,
            bytes: self.size.bytes,
            index_bytes: self.size.index_bytes,
            findings: record.findings,
            remarks: record.remarks,
        }
    }
}
