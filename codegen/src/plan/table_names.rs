//! The names of all tables, chosen together so that they differ.

use std::collections::BTreeMap;

use umbel_schema::model::{ObjectName, Relation, RelationKind};

use super::kept::Kept;
use super::names::{
    Scope, ident, label, phrase, plural, reserved, segment, singular, snake, words,
};
use super::type_names::{self, TypeNames};
use super::{Group, TableNames};

/// The names of every table, in the order of the relations.
pub(super) fn table_names(
    relations: &[&Relation],
    groups: &[Group],
    reserved_modules: &Scope,
    types: &mut TypeNames,
    kept: &Kept,
) -> Vec<TableNames> {
    let mut modules: BTreeMap<&str, Scope> = BTreeMap::new();
    let mut routes = Scope::with(reserved::ROUTES);
    let mut urls = Scope::default();
    for relation in relations {
        if let Some(own) = kept.own(&relation.name) {
            let group = group_of(groups, relation);
            let scope = modules
                .entry(group.map_or("", |group| &group.schema))
                .or_insert_with(|| reserved_modules.clone());
            scope.keep(own.module.as_deref());
            routes.keep(own.routes.as_deref());
            urls.keep(own.url.as_deref());
        }
    }
    relations
        .iter()
        .map(|relation| {
            let own = kept.own(&relation.name);
            let group = group_of(groups, relation);
            let scope = modules
                .entry(group.map_or("", |group| &group.schema))
                .or_insert_with(|| reserved_modules.clone());
            let name = snake(&words(&relation.name.name));
            let candidates = [name.clone(), format!("{name}_table")];
            let module = scope.kept_or_take(own.and_then(|own| own.module.as_deref()), &candidates);
            let function = match group {
                Some(group) => format!("{}_{module}", group.module),
                None => module.clone(),
            };
            let place = Place {
                group,
                module,
                routes: routes.kept_or_take(own.and_then(|own| own.routes.as_deref()), &[function]),
                model: own.and_then(|own| own.model.as_deref()),
                url: urls.kept_or_take(
                    own.and_then(|own| own.url.as_deref()),
                    &[url(group, &relation.name)],
                ),
            };
            place.names(relation, types)
        })
        .collect()
}

fn group_of<'a>(groups: &'a [Group], relation: &Relation) -> Option<&'a Group> {
    groups
        .iter()
        .find(|group| group.schema == relation.name.schema)
}

/// Where a table's module lies.
struct Place<'a> {
    group: Option<&'a Group>,
    module: String,
    /// The function that returns the table's routes.
    routes: String,
    /// The model's name, where it is kept.
    model: Option<&'a str>,
    /// The path of the list.
    url: String,
}

impl Place<'_> {
    fn names(&self, relation: &Relation, types: &mut TypeNames) -> TableNames {
        let words = words(&relation.name.name);
        let (one, many) = (singular(&words), plural(&words));
        let model = match self.model {
            Some(kept) => kept.to_owned(),
            None => types.take_model(&relation.name, &one),
        };
        let noun = Noun::of(relation.kind, &words);
        TableNames {
            folder: match self.group {
                Some(group) => format!("{}/{}", group.module, self.module),
                None => self.module.clone(),
            },
            part: None,
            module: (self.group.map(|group| group.module.clone()).into_iter())
                .chain([ident(&self.module)])
                .collect(),
            row: ident(&type_names::row(&model)),
            new: ident(&type_names::new(&model)),
            patch: ident(&type_names::patch(&model)),
            form: ident(&type_names::form(&model)),
            model: ident(&model),
            one: ident(&variable(&one)),
            many: ident(&variable(&different(many, &one))),
            with_article: with_article(&noun.singular),
            title: noun.title,
            singular: noun.singular,
            plural: noun.plural,
            routes: ident(&self.routes),
            url: self.url.clone(),
        }
    }
}

/// `/film`, or `/sales/order`; what is no table's stays free.
fn url(group: Option<&Group>, name: &ObjectName) -> String {
    let first = |name: &str| match segment(name) {
        segment if reserved::SEGMENTS.contains(&segment.as_str()) => format!("/{segment}_"),
        segment => format!("/{segment}"),
    };
    match group {
        Some(group) => format!("{}/{}", first(&group.schema), segment(&name.name)),
        None => first(&name.name),
    }
}

/// What people call the rows.
struct Noun {
    title: String,
    singular: String,
    plural: String,
}

impl Noun {
    /// A table is named after its rows, a view after the whole that it shows: `customer_list`.
    fn of(kind: RelationKind, words: &[String]) -> Self {
        match kind {
            RelationKind::View | RelationKind::MaterializedView => Self {
                title: label(words),
                singular: "row".to_owned(),
                plural: "rows".to_owned(),
            },
            RelationKind::Table | RelationKind::PartitionedTable | RelationKind::ForeignTable => {
                Self {
                    title: label(&plural(words)),
                    singular: phrase(&singular(words)),
                    plural: phrase(&plural(words)),
                }
            }
        }
    }
}

fn variable(words: &[String]) -> String {
    let name = snake(words);
    if reserved::VARIABLES.contains(&name.as_str()) {
        format!("{name}_record")
    } else {
        name
    }
}

/// Several of what has no plural: `news` → `news list`.
fn different(many: Vec<String>, one: &[String]) -> Vec<String> {
    if many == one {
        [many, vec!["list".to_owned()]].concat()
    } else {
        many
    }
}

/// `a film`, `an actor`, `a user`
pub(super) fn with_article(singular: &str) -> String {
    let has_vowel = singular.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O']);
    let sounds_like_consonant = ["eu", "one", "uni", "us", "ut"]
        .iter()
        .any(|start| singular.starts_with(start));
    let article = if has_vowel && !sounds_like_consonant {
        "an"
    } else {
        "a"
    };
    format!("{article} {singular}")
}
