//! The rest of `src/film/form.rs`: saving, reading from a submission, filling from a row.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, spaced};
use crate::plan::{Entry, Field, InsertMode, ManyToMany, Source, Table};

/// `pub async fn insert(&self, db: &Db) -> Result<Film>`
pub(super) fn insert(table: &Table) -> TokenStream {
    let model = &table.names.model;
    let relations = editable(table);
    let docs = docs::doc(&format!("Inserts the {}.", enumerated(table, &relations)));
    let insert = match relations.as_slice() {
        [] => quote!(insert(db)),
        _ => quote!(insert_with(db, self.links())),
    };
    quote! {
        #docs
        pub async fn insert(&self, db: &Db) -> Result<#model> {
            self.validate()?.#insert.await
        }
    }
}

/// `pub async fn update(&self, db: &Db, film: &Versioned<Film>) -> Result<Film>`
pub(super) fn update(table: &Table) -> TokenStream {
    let names = &table.names;
    let (model, one) = (&names.model, &names.one);
    let docs = docs::doc(&format!(
        "Saves what was changed in the form, unless someone else changed the {} meanwhile.",
        names.singular
    ));
    let update = match editable(table).as_slice() {
        [] => quote!(update(db, patch)),
        _ => quote!(update_with(db, patch, self.links())),
    };
    quote! {
        #docs
        pub async fn update(&self, db: &Db, #one: &Versioned<#model>) -> Result<#model> {
            let patch = self.changed(Self::patch(self.validate()?));
            #one.#update.await
        }
    }
}

/// `fn links(&self) -> Vec<LinkChange>`
pub(super) fn links(table: &Table) -> Option<TokenStream> {
    let names = &table.names;
    let model = &names.model;
    let relations = editable(table);
    let docs = docs::doc(&format!(
        "What the form changes about the rows that the {} is linked with.",
        names.singular
    ));
    let changed = relations.iter().map(|relation| {
        let ManyToMany { constant, name, .. } = relation;
        quote!(#model::#constant.changed(self.state.links(&#constant, &self.#name)))
    });
    let changed = quote!(vec![#(#changed),*]);
    (!relations.is_empty()).then(|| {
        quote! {
            #docs
            fn links(&self) -> Vec<LinkChange> {
                #changed
            }
        }
    })
}

/// `pub async fn open(db: &Db, film: &Versioned<Film>) -> Result<Self>`
pub(super) fn open(table: &Table) -> TokenStream {
    let names = &table.names;
    let (model, one) = (&names.model, &names.one);
    let docs = docs::doc(&format!("The form of {} as it is now.", names.with_article));
    let relations = editable(table);
    let keys = relations.iter().map(|relation| {
        let ManyToMany { constant, name, .. } = relation;
        quote!(#name: #model::#constant.linked(db, #one).await?.into(),)
    });
    let chosen: Vec<TokenStream> = (table.inputs.iter())
        .filter_map(|input| match &input.source {
            Source::Key { relation, .. } => {
                let (name, constant) = (&input.name, &table.to_one[*relation].constant);
                Some(quote!(#name: #one.chosen(#model::#constant),))
            }
            _ => None,
        })
        .collect();
    let shown = if shows_fields(table) {
        quote!(Self::from(&**#one))
    } else {
        quote!(Self::default())
    };
    let form = if relations.is_empty() && chosen.is_empty() {
        shown
    } else {
        quote!(Self { #(#chosen)* #(#keys)* ..#shown })
    };
    let db = if relations.is_empty() {
        quote!(_)
    } else {
        quote!(db)
    };
    quote! {
        #docs
        pub async fn open(#db: &Db, #one: &Versioned<#model>) -> Result<Self> {
            let form = #form;
            Ok(form.opened(#one.version()))
        }
    }
}

/// `fn patch(film: NewFilm) -> FilmPatch`: of a row that is there already, only what the form has changes.
pub(super) fn patch(table: &Table) -> TokenStream {
    let names = &table.names;
    let (new, patch, one) = (&names.new, &names.patch, &names.one);
    let filled: Vec<usize> = (table.inputs.iter())
        .flat_map(|input| input.source.fields())
        .collect();
    let typed: Vec<&Field> = (filled.iter())
        .map(|&field| &table.fields[field])
        .filter(|field| field.update)
        .collect();
    let fields = typed.iter().map(|field| {
        let name = &field.name;
        match field.insert {
            InsertMode::OrDefault => quote!(#name: #one.#name,),
            InsertMode::Given | InsertMode::Never => quote!(#name: Some(#one.#name),),
        }
    });
    let updatable = table.fields.iter().filter(|field| field.update).count();
    let rest = (typed.len() < updatable).then(|| quote!(..#patch::default()));
    quote! {
        fn patch(#one: #new) -> #patch {
            #patch { #(#fields)* #rest }
        }
    }
}

fn editable(table: &Table) -> Vec<&ManyToMany> {
    table
        .many_to_many
        .iter()
        .filter(|relation| relation.editable)
        .collect()
}

/// `film`, `film and its actors`
fn enumerated(table: &Table, relations: &[&ManyToMany]) -> String {
    let singular = &table.names.singular;
    match relations {
        [] => singular.clone(),
        [relation] => format!("{singular} and its {}", relation.label.to_lowercase()),
        _ => format!("{singular} and what it is linked with"),
    }
}

/// `impl Form for FilmForm`
pub(super) fn form_impl(table: &Table) -> TokenStream {
    let form = &table.names.form;
    let constants = table.inputs.iter().map(|input| &input.constant);
    let inputs = table.inputs.iter().map(|input| {
        let (name, constant) = (&input.name, &input.constant);
        let variant = match (&input.source, input.entry) {
            (Source::Choices(_), _) => quote!(Links),
            (_, Entry::Text | Entry::Key | Entry::Tick) => quote!(Text),
            (_, Entry::List) => quote!(List),
            (_, Entry::File) => quote!(File),
        };
        quote!(Input::#variant(&#constant, &mut self.#name),)
    });
    let members = spaced([
        quote!(const FIELDS: &'static [Field] = &[#(#constants),*];),
        quote! {
            fn inputs(&mut self) -> Vec<Input<'_>> {
                vec![#(#inputs)*]
            }
        },
        quote! {
            fn state(&mut self) -> &mut FormState {
                &mut self.state
            }
        },
    ]);
    quote! {
        impl Form for #form {
            #members
        }
    }
}

/// Whether any input shows the value of a field as it is.
fn shows_fields(table: &Table) -> bool {
    let mut inputs = table.inputs.iter();
    inputs.any(|input| input.source.field().is_some())
}

/// `impl From<&Film> for FilmForm`, unless all that the form shows is chosen.
pub(super) fn from_model(table: &Table) -> Option<TokenStream> {
    let names = &table.names;
    let (form, model, one) = (&names.form, &names.model, &names.one);
    let fields = table.inputs.iter().filter_map(|input| {
        let field = &table.fields[input.source.field()?];
        let is_nullable = field.nullable;
        let (constant, blanks) = (&input.constant, input.blanks.len());
        let (input_entry, input, field) = (input.entry, &input.name, &field.name);
        Some(match input_entry {
            Entry::List if blanks > 1 => quote!(#input: #constant.shown_list(&#one.#field),),
            Entry::Text if blanks > 1 => quote!(#input: #constant.shown(&#one.#field),),
            Entry::List => quote!(#input: #one.#field.to_inputs(),),
            Entry::Text | Entry::Tick => quote!(#input: #one.#field.to_input(),),
            Entry::Key => quote!(#input: #one.#field.to_key(),),
            Entry::File if is_nullable => quote!(#input: Upload::stored(#one.#field.as_deref()),),
            Entry::File => quote!(#input: Upload::stored(Some(&#one.#field)),),
        })
    });
    shows_fields(table).then(|| {
        quote! {
            impl From<&#model> for #form {
                fn from(#one: &#model) -> Self {
                    Self {
                        #(#fields)*
                        ..Self::default()
                    }
                }
            }
        }
    })
}
