//! What views pass on from the relations that they show: keys, references, and where they take writes, rules.

use super::junction::is_required;
use super::view_key;
use crate::model::{
    Column, Dialect, ForeignKey, Key, Match, ReferenceAction, Relation, Schema, Trigger, View,
};

/// A view with what shows through it.
///
/// It has the foreign keys of its sources whose columns it shows, one to each source of which it shows the key, and
/// a key where its rows can be told apart. One that passes writes on has the defaults and the rules of the table
/// behind it, too; it takes no new rows where it hides a column that these need, and gives none up where rows of
/// other tables would go with them. Where a trigger takes the new rows instead, no default stands in for what is left
/// out, and what the trigger makes of it is not known: such a view takes new rows that a person can give whole.
pub(super) fn see_through(schema: &Schema, view: &Relation) -> Relation {
    let sources = sources(schema, view);
    let key = view_key(schema, view).filter(|key| key.certain);
    let mut seen = view.clone();
    // SQLite's triggers do not say what became of a row.
    let says_what_it_wrote = schema.dialect == Dialect::Postgres;
    if let Some(facts) = seen.view.as_mut().filter(|_| !says_what_it_wrote) {
        (facts.insertable, facts.updatable, facts.deletable) = (false, false, false);
    }
    let takes_writes = |view: &View| view.insertable || view.updatable || view.deletable;
    let passes_writes_on = key.is_some() && seen.view.as_ref().is_some_and(takes_writes);
    let takes_rows = |trigger: &Trigger| trigger.enabled && trigger.instead && trigger.on_insert;
    let by_trigger = view.triggers.iter().any(takes_rows);
    for &source in &sources {
        let shown = Shown { view, source };
        let keys = source.foreign_keys.iter();
        let keys = keys.filter_map(|key| shown.foreign_key(key));
        // The page of a row that is written to is its own.
        let own_row = shown.own_row().filter(|_| !passes_writes_on);
        for key in keys.chain(own_row) {
            if seen.foreign_keys.iter().all(|known| known.name != key.name) {
                seen.foreign_keys.push(key);
            }
        }
    }
    if let Some(key) = key {
        let source_key = sources
            .first()
            .and_then(|source| source.primary_key.as_ref());
        let name = source_key.map_or_else(|| view.name.name.clone(), |key| key.name.clone());
        seen.primary_key = Some(Key::new(name, key.columns));
    }
    if let ([source], true) = (sources.as_slice(), passes_writes_on) {
        let shown = Shown { view, source };
        for (own, origin) in seen.columns.iter_mut().zip(shown.columns()) {
            if let Some(origin) = origin {
                inherit(own, origin, by_trigger);
            }
        }
        seen.uniques.extend(shown.uniques());
        let checks = source.checks.iter();
        seen.checks.extend(
            checks
                .filter(|check| shown.keeps_names(&check.columns))
                .cloned(),
        );
        let exclusions = source.exclusions.iter();
        seen.exclusions.extend(
            exclusions
                .filter(|exclusion| shown.keeps_names(&exclusion.columns))
                .cloned(),
        );
        if let Some(facts) = &mut seen.view {
            facts.insertable &= match by_trigger {
                true => !shown.shows_what_is_filled(),
                false => !shown.hides_what_is_required(),
            };
            facts.deletable &= !takes_others_along(schema, source);
        }
    }
    seen
}

/// The relations of which the view shows columns, in the order of its columns.
fn sources<'a>(schema: &'a Schema, relation: &Relation) -> Vec<&'a Relation> {
    let mut sources: Vec<&Relation> = Vec::new();
    let columns = relation.view.iter().flat_map(|view| &view.columns);
    for shown in columns.flatten() {
        if sources.iter().all(|source| source.name != shown.relation) {
            let found = schema.relations.iter();
            sources.extend(found.filter(|relation| relation.name == shown.relation));
        }
    }
    sources
}

/// A view, and a relation of which it shows columns.
struct Shown<'a> {
    view: &'a Relation,
    source: &'a Relation,
}

impl<'a> Shown<'a> {
    /// The source's column for each of the view's.
    fn columns(&self) -> impl Iterator<Item = Option<&'a Column>> {
        let (view, source) = (self.view, self.source);
        let origins = view.view.iter().flat_map(|view| &view.columns);
        origins.map(move |origin| {
            let origin = origin.as_ref()?;
            let mut columns = source.columns.iter();
            (origin.relation == source.name)
                .then(|| columns.find(|column| column.name == origin.column))?
        })
    }

    /// The name that a column of the source has in the view.
    fn name(&self, column: &str) -> Option<String> {
        let mut pairs = self.view.columns.iter().zip(self.columns());
        let found = pairs.find(|(_, origin)| origin.is_some_and(|origin| origin.name == column));
        found.map(|(own, _)| own.name.clone())
    }

    fn names(&self, columns: &[String]) -> Option<Vec<String>> {
        columns.iter().map(|column| self.name(column)).collect()
    }

    /// Whether the view shows all of these columns under their own names, so that an expression reads the same.
    fn keeps_names(&self, columns: &[String]) -> bool {
        self.names(columns).is_some_and(|names| names == columns)
    }

    fn foreign_key(&self, key: &ForeignKey) -> Option<ForeignKey> {
        Some(ForeignKey {
            columns: self.names(&key.columns)?,
            ..key.clone()
        })
    }

    /// The reference to the row of the source that a row shows.
    fn own_row(&self) -> Option<ForeignKey> {
        let key = self.source.primary_key.as_ref()?;
        Some(ForeignKey {
            name: key.name.clone(),
            columns: self.names(&key.columns)?,
            target: self.source.name.clone(),
            target_columns: key.columns.clone(),
            on_delete: ReferenceAction::NoAction,
            on_delete_columns: Vec::new(),
            on_update: ReferenceAction::NoAction,
            match_type: Match::Simple,
            deferrable: None,
            validated: true,
            comment: None,
        })
    }

    /// What must be unique in the source, as far as the view shows it.
    fn uniques(&self) -> Vec<Key> {
        let constraints = self.source.uniques.iter();
        let constraints = constraints.map(|key| (&key.name, key.columns.clone()));
        let indexes = self.source.indexes.iter();
        let indexes = indexes.filter(|index| index.is_unique_alone());
        let indexes = indexes.map(|index| {
            let columns = index.columns.iter().filter_map(|part| part.column.clone());
            (&index.name, columns.collect())
        });
        let all = constraints.chain(indexes);
        all.map(|(name, columns): (_, Vec<String>)| {
            let shown = columns.iter().filter_map(|column| self.name(column));
            Key::new(name.clone(), shown.collect())
        })
        .filter(|key| !key.columns.is_empty())
        .collect()
    }

    /// Whether the view shows a column without NULL that the table would fill by itself.
    fn shows_what_is_filled(&self) -> bool {
        let mut columns = self.columns().flatten();
        columns.any(|column| column.not_null && !is_required(column))
    }

    /// Whether no row can be made without a column that the view does not show.
    fn hides_what_is_required(&self) -> bool {
        let mut columns = self.source.columns.iter();
        columns.any(|column| is_required(column) && self.name(&column.name).is_none())
    }
}

/// Gives a column of a view what the table's column behind it does with values, unless a trigger does it.
fn inherit(own: &mut Column, origin: &Column, by_trigger: bool) {
    own.not_null |= origin.not_null;
    own.comment = own.comment.take().or_else(|| origin.comment.clone());
    if by_trigger {
        return;
    }
    own.identity.clone_from(&origin.identity);
    own.sequence.clone_from(&origin.sequence);
    own.generated.clone_from(&origin.generated);
    own.default = own.default.take().or_else(|| origin.default.clone());
}

/// Whether rows of other tables go, or change, with a row of the table.
fn takes_others_along(schema: &Schema, table: &Relation) -> bool {
    let tables = schema.relations.iter().filter(|other| other.view.is_none());
    let keys = tables.flat_map(|other| &other.foreign_keys);
    keys.filter(|key| key.target == table.name).any(|key| {
        !matches!(
            key.on_delete,
            ReferenceAction::NoAction | ReferenceAction::Restrict
        )
    })
}
