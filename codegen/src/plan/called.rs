//! An application under the names that it had: a word may have become one of umbel's own since they were chosen.

use syn::Ident;
use umbel_schema::model::ObjectName;

use super::kept::{Kept, KeptTable, Member};
use super::names::ident;
use super::{App, Enum, Table, type_names};

impl Kept {
    /// Whether something has another name in `now`.
    pub(crate) fn differs(&self, now: &Self) -> bool {
        let tables = self.tables.iter().any(|(name, kept)| {
            let now = now.tables.get(name);
            now.is_some_and(|now| is_another(kept, now))
        });
        let mut enums = self.enums.iter();
        tables
            || enums.any(|(name, kept)| {
                let now = now.enums.get(name);
                now.is_some_and(|now| {
                    let mut variants = kept.variants.iter();
                    kept.model.is_some() && kept.model != now.model
                        || variants.any(|(label, name)| {
                            now.variants.get(label).is_some_and(|now| now != name)
                        })
                })
            })
    }
}

fn is_another(kept: &KeptTable, now: &KeptTable) -> bool {
    let own = [
        (&kept.own.module, &now.own.module),
        (&kept.own.model, &now.own.model),
        (&kept.own.routes, &now.own.routes),
        (&kept.own.url, &now.own.url),
    ];
    let members = [
        (&kept.fields, &now.fields),
        (&kept.relations, &now.relations),
    ];
    let is_other = |kept: &Option<String>, now: &Option<String>| kept.is_some() && kept != now;
    own.into_iter().any(|(kept, now)| is_other(kept, now))
        || members.into_iter().any(|(kept, now)| {
            let mut kept = kept.iter();
            kept.any(|(name, kept)| now.get(name).is_some_and(|now| now != kept))
        })
        || kept
            .rows
            .iter()
            .any(|(name, kept)| now.rows.get(name).is_some_and(|now| now != kept))
}

impl App {
    /// The application with the kept names, whether or not they can still be given; for nothing but to compare names.
    pub(crate) fn called(mut self, kept: &Kept) -> Self {
        for table in &mut self.tables {
            let name = ObjectName::new(&table.schema, &table.name);
            if let Some(kept) = kept.tables.get(&name) {
                rename_table(table, kept);
            }
        }
        for item in &mut self.enums {
            let name = ObjectName::new(&item.schema, &item.name);
            let Some(kept) = kept.enums.get(&name) else {
                continue;
            };
            let Enum {
                model, variants, ..
            } = item;
            put(model, kept.model.as_ref());
            for variant in variants {
                put(&mut variant.name, kept.variants.get(&variant.label));
            }
        }
        self
    }
}

fn rename_table(table: &mut Table, kept: &KeptTable) {
    let names = &mut table.names;
    if let Some(module) = &kept.own.module {
        names.folder = match names.folder.rsplit_once('/') {
            Some((group, _)) => format!("{group}/{module}"),
            None => module.clone(),
        };
        names.module.pop();
        names.module.push(ident(module));
    }
    if let Some(model) = &kept.own.model {
        names.model = ident(model);
        names.row = ident(&type_names::row(model));
        names.new = ident(&type_names::new(model));
        names.patch = ident(&type_names::patch(model));
        names.form = ident(&type_names::form(model));
    }
    put(&mut names.routes, kept.own.routes.as_ref());
    names
        .url
        .clone_from(kept.own.url.as_ref().unwrap_or(&names.url.clone()));
    let put_member = |constant: &mut Ident, name: &mut Ident, member: Option<&Member>| {
        put(constant, member.map(|member| &member.constant));
        put(name, member.map(|member| &member.name));
    };
    for field in &mut table.fields {
        let member = kept.fields.get(&field.column);
        put_member(&mut field.constant, &mut field.name, member);
    }
    for to in &mut table.to_one {
        put_member(
            &mut to.constant,
            &mut to.name,
            kept.relations.get(&to.origin),
        );
    }
    for to in &mut table.many_to_many {
        put_member(
            &mut to.constant,
            &mut to.name,
            kept.relations.get(&to.origin),
        );
    }
    for to in &mut table.to_many {
        put(&mut to.constant, kept.rows.get(&to.origin));
    }
}

fn put(name: &mut Ident, kept: Option<&String>) {
    if let Some(kept) = kept {
        *name = ident(kept);
    }
}
