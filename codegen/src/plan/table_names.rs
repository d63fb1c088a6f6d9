//! The names of all tables, chosen together so that they differ.

use std::collections::BTreeMap;

use umbel_schema::model::{ObjectName, Relation, RelationKind};

use super::kept::{Kept, TableOwn};
use super::names::{Naming, Scope, ident, label, phrase, plural, reserved, singular, snake, words};
use super::type_names::{self, TypeNames};
use super::urls::Urls;
use super::{Group, TableNames};

/// The names of every table, in the order of the relations.
pub(super) fn table_names(
    relations: &[&Relation],
    groups: &[Group],
    reserved_modules: &Scope,
    types: &mut TypeNames<'_>,
    kept: &Kept,
) -> Vec<TableNames> {
    let own = |name: fn(&TableOwn) -> Option<&str>| {
        let tables = kept.tables.iter();
        tables.filter_map(move |(table, kept)| Some((table, name(&kept.own)?)))
    };
    let mut modules: BTreeMap<&str, Naming<'_, &ObjectName>> = BTreeMap::new();
    let mut routes = Naming::new(
        Scope::with(reserved::ROUTES),
        own(|own| own.routes.as_deref()),
    );
    let mut urls = Urls::new(kept);
    relations
        .iter()
        .map(|relation| {
            let group = group_of(groups, &relation.name);
            let folder = group.map_or("", |group| &group.schema);
            let modules = modules.entry(folder).or_insert_with(|| {
                let is_here = |name: &ObjectName| {
                    group_of(groups, name).map(|group| &group.schema)
                        == group.map(|group| &group.schema)
                };
                let kept = own(|own| own.module.as_deref());
                Naming::new(
                    folder_scope(reserved_modules, groups, group),
                    kept.filter(|(name, _)| is_here(name)),
                )
            });
            let name = snake(&words(&relation.name.name));
            let module = modules.name(&relation.name, &[name.clone(), format!("{name}_table")]);
            let function = match group {
                Some(group) => format!("{}_{module}", group.module),
                None => module.clone(),
            };
            let place = Place {
                group,
                module,
                routes: routes.name(&relation.name, &[function]),
                url: urls.url(&relation.name, group),
            };
            place.names(relation, types)
        })
        .collect()
}

/// What is taken in the folder of a group, or in that of the application.
fn folder_scope(reserved: &Scope, groups: &[Group], group: Option<&Group>) -> Scope {
    let mut scope = reserved.clone();
    let taken = match group {
        // No module is called like the one that it lies in.
        Some(group) => std::slice::from_ref(group),
        None => groups,
    };
    for group in taken {
        scope.set_aside([group.module.to_string().as_str()]);
    }
    scope
}

fn group_of<'a>(groups: &'a [Group], name: &ObjectName) -> Option<&'a Group> {
    groups.iter().find(|group| group.schema == name.schema)
}

/// Where a table's module lies.
struct Place<'a> {
    group: Option<&'a Group>,
    module: String,
    /// The function that returns the table's routes.
    routes: String,
    url: String,
}

impl Place<'_> {
    fn names(self, relation: &Relation, types: &mut TypeNames<'_>) -> TableNames {
        let words = words(&relation.name.name);
        let (one, many) = (singular(&words), plural(&words));
        let model = types.model(&relation.name, &one);
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
            url: self.url,
        }
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
