//! The rest of `src/film/form.rs`: what the form is, and how it edits rows.

use proc_macro2::TokenStream;
use quote::quote;

use super::form::checked_value;
use super::spaced;
use crate::plan::{Entry, Field, Input, InsertMode, ManyToMany, Source, Table};

/// `impl Form for FilmForm`
pub(super) fn form_impl(table: &Table) -> TokenStream {
    let (form, new) = (&table.names.form, &table.names.new);
    let constants = table.inputs.iter().map(|input| &input.constant);
    let members = [
        Some(quote!(type New = #new;)),
        Some(quote!(const FIELDS: &'static [Field] = &[#(#constants),*];)),
        Some(inputs(table)),
        table.pages.new.then(|| blank(table)).flatten(),
        Some(validate(table)),
        links(table),
    ];
    let members = spaced(members.into_iter().flatten());
    quote! {
        impl Form for #form {
            #members
        }
    }
}

/// `fn inputs(&mut self) -> Vec<Input<'_>>`
fn inputs(table: &Table) -> TokenStream {
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
    quote! {
        fn inputs(&mut self) -> Vec<Input<'_>> {
            vec![#(#inputs)*]
        }
    }
}

/// `fn blank() -> Self`, where the table has defaults that a person sees.
fn blank(table: &Table) -> Option<TokenStream> {
    let initial: Vec<TokenStream> = (table.inputs.iter())
        .filter_map(|input| {
            let (name, initial) = (&input.name, input.initial.as_ref()?);
            Some(quote!(#name: #initial.to_owned(),))
        })
        .collect();
    let rest = (initial.len() < table.inputs.len()).then(|| quote!(..Self::default()));
    (!initial.is_empty()).then(|| {
        quote! {
            fn blank() -> Self {
                Self { #(#initial)* #rest }
            }
        }
    })
}

/// `fn validate(&self, check: &mut Check<'_>) -> NewFilm`
fn validate(table: &Table) -> TokenStream {
    let new = &table.names.new;
    let inserted: Vec<(usize, &Field)> = (table.fields.iter().enumerate())
        .filter(|(_, field)| field.insert != InsertMode::Never)
        .collect();
    let fields = inserted.iter().map(|(index, field)| {
        let name = &field.name;
        let value = checked_value(table, *index, field);
        quote!(#name: #value,)
    });
    let is_typed = |(field, _): &(usize, &Field)| {
        let mut inputs = table.inputs.iter();
        inputs.any(|input| input.source.fields().contains(field))
    };
    let check = if inserted.iter().any(is_typed) {
        quote!(check)
    } else {
        quote!(_)
    };
    quote! {
        fn validate(&self, #check: &mut Check<'_>) -> #new {
            #new { #(#fields)* }
        }
    }
}

/// `fn links(&self, state: &FormState) -> Vec<LinkChange>`
fn links(table: &Table) -> Option<TokenStream> {
    let model = &table.names.model;
    let mut changed = (editable(table))
        .map(|relation| {
            let ManyToMany { constant, name, .. } = relation;
            quote!(#model::#constant.changed(state.links(&#constant, &self.#name)))
        })
        .peekable();
    changed.peek()?;
    let changed = quote!(vec![#(#changed),*]);
    Some(quote! {
        fn links(&self, state: &FormState) -> Vec<LinkChange> {
            #changed
        }
    })
}

/// `impl EditForm for FilmForm`
pub(super) fn edit_impl(table: &Table) -> TokenStream {
    let (form, patch) = (&table.names.form, &table.names.patch);
    let members = spaced([
        quote!(type Patch = #patch;),
        open(table),
        self::patch(table),
    ]);
    quote! {
        impl EditForm for #form {
            #members
        }
    }
}

/// `async fn open(db: &dyn Executor, film: &Versioned<Film>) -> Result<Self>`
fn open(table: &Table) -> TokenStream {
    let (model, one) = (&table.names.model, &table.names.one);
    let inputs = table.inputs.iter().map(|input| {
        let (name, shown) = (&input.name, shown(table, input));
        quote!(#name: #shown,)
    });
    let db = match editable(table).next() {
        Some(_) => quote!(db),
        None => quote!(_),
    };
    quote! {
        async fn open(#db: &dyn Executor, #one: &Versioned<#model>) -> Result<Self> {
            Ok(Self { #(#inputs)* })
        }
    }
}

/// What an input shows of a row.
fn shown(table: &Table, input: &Input) -> TokenStream {
    let (model, one, constant) = (&table.names.model, &table.names.one, &input.constant);
    match &input.source {
        Source::Choices(relation) => {
            let relation = &table.many_to_many[*relation].constant;
            quote!(#model::#relation.linked(db, #one).await?.into())
        }
        Source::Key { relation, .. } => {
            let relation = &table.to_one[*relation].constant;
            quote!(#one.chosen(#model::#relation))
        }
        Source::Field(field) | Source::Choice { field, .. } => {
            let Field { name, nullable, .. } = &table.fields[*field];
            let has_blanks = input.blanks.len() > 1;
            match input.entry {
                Entry::List if has_blanks => quote!(#constant.shown_list(&#one.#name)),
                Entry::Text if has_blanks => quote!(#constant.shown(&#one.#name)),
                Entry::List => quote!(#one.#name.to_inputs()),
                Entry::Text | Entry::Tick => quote!(#one.#name.to_input()),
                Entry::Key => quote!(#one.#name.to_key()),
                Entry::File if *nullable => quote!(Upload::stored(#one.#name.as_deref())),
                Entry::File => quote!(Upload::stored(Some(&#one.#name))),
            }
        }
    }
}

/// `fn patch(film: NewFilm) -> FilmPatch`: of a row that is there already, only what the form has changes.
fn patch(table: &Table) -> TokenStream {
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

fn editable(table: &Table) -> impl Iterator<Item = &ManyToMany> {
    let relations = table.many_to_many.iter();
    relations.filter(|relation| relation.editable)
}
