//! The plan of a table or view: its names, its parts and its pages.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::package::{MODELS, PAGES};
use super::{Cell, Constraint, Field, Input, ManyToMany, Target, ToMany, ToOne};

/// A table or view as a module of the application.
#[derive(Debug)]
pub(crate) struct Table {
    /// The database schema, as the database spells it.
    pub(crate) schema: String,
    /// The name, as the database spells it.
    pub(crate) name: String,
    pub(crate) kind: TableKind,
    pub(crate) names: TableNames,
    /// The comment of the table, if it has one.
    pub(crate) comment: Option<String>,
    pub(crate) fields: Vec<Field>,
    /// The indexes of the key's fields; empty without a key.
    pub(crate) key: Vec<usize>,
    /// The columns whose text tells one row from another, as people see it.
    pub(crate) label: Vec<String>,
    /// The order of the list, as its URL has it: `-release_year,title`; empty for that of the key.
    pub(crate) sort: String,
    pub(crate) to_one: Vec<ToOne>,
    pub(crate) to_many: Vec<ToMany>,
    pub(crate) many_to_many: Vec<ManyToMany>,
    pub(crate) constraints: Vec<Constraint>,
    /// The inputs of the form, in order; those of many-to-many relations at the end.
    pub(crate) inputs: Vec<Input>,
    /// The columns of the list.
    pub(crate) list: Vec<Cell>,
    /// The lines of the page of one row.
    pub(crate) show: Vec<Cell>,
    /// Whether the application has pages of its rows: at least a list.
    pub(crate) has_pages: bool,
    pub(crate) pages: Pages,
    /// Whether a person's own code takes part in what is written.
    pub(crate) hooks: bool,
    /// Whether a person's own code says who may do what with its rows.
    pub(crate) policy: bool,
}

/// What a table is, in a word of its documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableKind {
    Table,
    /// A table of which the role may read some columns only.
    PartialTable,
    ForeignTable,
    View,
    MaterializedView,
}

/// Every name that is made of the table's.
#[derive(Debug, Clone)]
pub(crate) struct TableNames {
    /// The folder under `src` and `templates`: `film`, `sales/order`.
    pub(crate) folder: String,
    /// The part of the application that has the pages, where it is made of several crates.
    pub(crate) part: Option<String>,
    /// The module's path from the crate: `crate::film`.
    pub(crate) module: Vec<Ident>,
    /// `Film`
    pub(crate) model: Ident,
    /// `FilmWithLabels`
    pub(crate) row: Ident,
    /// `NewFilm`
    pub(crate) new: Ident,
    /// `FilmPatch`
    pub(crate) patch: Ident,
    /// `FilmForm`
    pub(crate) form: Ident,
    /// A variable for one: `film`
    pub(crate) one: Ident,
    /// A variable for several: `films`
    pub(crate) many: Ident,
    /// Within a sentence: `film`, `sales order`
    pub(crate) singular: String,
    /// Within a sentence: `films`
    pub(crate) plural: String,
    /// `a film`, `an actor`
    pub(crate) with_article: String,
    /// As a heading: `Films`
    pub(crate) title: String,
    /// The function that returns the table's routes: `film`, `sales_order`
    pub(crate) routes: Ident,
    /// The path of the list: `/film`
    pub(crate) url: String,
}

/// How a materialized view is filled again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refresh {
    /// Whether it can be read meanwhile.
    pub(crate) concurrently: bool,
}

/// Which pages the table has besides its list, if it has that, or could have: what can be done with its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pages {
    pub(crate) show: bool,
    pub(crate) new: bool,
    pub(crate) edit: bool,
    pub(crate) delete: bool,
    /// A button that fills a materialized view again.
    pub(crate) refresh: Option<Refresh>,
}

impl TableNames {
    /// The folder of the model: `src/film`, or `models/src/film`.
    pub(crate) fn model_folder(&self) -> String {
        match self.part {
            Some(_) => format!("{MODELS}/src/{}", self.folder),
            None => format!("src/{}", self.folder),
        }
    }

    /// The folder of the form and of the pages' code: `src/film`, or `pages/f/src/film`.
    pub(crate) fn pages_folder(&self) -> String {
        match &self.part {
            Some(part) => format!("{PAGES}/{part}/src/{}", self.folder),
            None => format!("src/{}", self.folder),
        }
    }

    /// The folder of the pages' HTML: `templates/film`.
    pub(crate) fn templates_folder(&self) -> String {
        format!("templates/{}", self.folder)
    }

    /// Every folder that is the table's own, once.
    pub(crate) fn folders(&self) -> BTreeSet<String> {
        BTreeSet::from([
            self.model_folder(),
            self.pages_folder(),
            self.templates_folder(),
        ])
    }
}

impl Table {
    /// `public.film`, as the documentation of the emitted code names it.
    pub(crate) fn qualified_name(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }

    /// The fields of the key, in the key's order.
    pub(crate) fn key_fields(&self) -> impl Iterator<Item = &Field> {
        self.key.iter().map(|&index| &self.fields[index])
    }

    /// The fields of the label, in the label's order.
    pub(crate) fn label_fields(&self) -> impl Iterator<Item = &Field> {
        let find = |column: &String| self.fields.iter().find(|field| field.column == *column);
        self.label.iter().filter_map(find)
    }

    /// Whether rows can be added or changed at all.
    pub(crate) fn is_writable(&self) -> bool {
        self.pages.new || self.pages.edit
    }

    /// Whether the application has a form for its rows.
    pub(crate) fn has_form(&self) -> bool {
        self.has_pages && self.is_writable()
    }

    /// The to-one relations whose other row the pages show by its label.
    pub(crate) fn linked(&self) -> impl Iterator<Item = &ToOne> {
        self.to_one.iter().filter(|relation| relation.linked)
    }

    /// Whether pages show a row together with the labels of other rows.
    pub(crate) fn has_row(&self) -> bool {
        self.linked().next().is_some()
    }

    /// Whether the labels of all rows that a row refers to are shown with it.
    pub(crate) fn shows_every_relation(&self) -> bool {
        self.to_one.iter().all(|relation| relation.linked)
    }

    /// The constants of the relations whose rows stand on the page of a row.
    pub(crate) fn related(&self) -> impl Iterator<Item = &syn::Ident> {
        let shown = self.to_many.iter().filter(|relation| relation.shown);
        let many_to_many = self.many_to_many.iter();
        many_to_many
            .map(|relation| &relation.constant)
            .chain(shown.map(|relation| &relation.constant))
    }

    /// Whether rows of other tables stand on the page of a row.
    pub(crate) fn has_related(&self) -> bool {
        self.related().next().is_some()
    }

    /// Every table that a relation of this one leads to, once.
    pub(crate) fn targets(&self) -> Vec<&Target> {
        let to_one = self.to_one.iter().map(|relation| &relation.target);
        let to_many = self.to_many.iter().map(|relation| &relation.target);
        let many_to_many = self.many_to_many.iter().map(|relation| &relation.target);
        let mut targets: Vec<&Target> = to_one.chain(to_many).chain(many_to_many).collect();
        targets.sort_by(|a, b| a.model.cmp(&b.model));
        targets.dedup_by(|a, b| a.model == b.model);
        targets
    }
}
