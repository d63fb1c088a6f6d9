//! `src/film/form.rs`: the fields of the form, what a person typed, and its checks.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{docs, form_impl, markdown};
use crate::format::{Imports, RustFile};
use crate::plan::{Blank, Entry, Field, Input, InsertMode, Rules, Source, Table};

pub(super) fn file(table: &Table) -> RustFile {
    let mut imports = Imports::default();
    for name in ["Check", "Field", "Form", "Input", "Widget"] {
        imports.add(&format!("umbel::form::{name}"));
    }
    let of_fields = || {
        table
            .inputs
            .iter()
            .filter(|input| input.source.field().is_some())
    };
    if table.inputs.iter().any(|input| !input.blanks.is_empty()) {
        imports.add("umbel::form::Blank");
    }
    if (table.inputs.iter()).any(|input| matches!(input.source, Source::Choices(_))) {
        imports.add("umbel::form::FormState");
        imports.add("umbel::form::Linked");
        imports.add("umbel::model::LinkChange");
    }
    let optional = [
        (Entry::Text, "FormValue"),
        (Entry::Key, "FormKey"),
        (Entry::Tick, "FormValue"),
        (Entry::List, "FormValues"),
        (Entry::File, "Upload"),
    ];
    // What shows a value of a row.
    let optional = optional.into_iter();
    for (entry, name) in optional.filter(|(entry, _)| table.pages.edit || *entry == Entry::File) {
        // What stands for nothing, too, is made by the field.
        let is_its_own = |input: &Input| input.blanks.len() < 2;
        if of_fields().any(|input| input.entry == entry && is_its_own(input)) {
            imports.add(&format!("umbel::form::{name}"));
        }
    }
    if table.pages.edit {
        for path in [
            "Result",
            "db::Executor",
            "form::EditForm",
            "model::Versioned",
        ] {
            imports.add(&format!("umbel::{path}"));
        }
    }
    let names = &table.names;
    let edited = [&names.model, &names.patch].into_iter();
    for name in edited.filter(|_| table.pages.edit).chain([&names.new]) {
        imports.add(&format!("super::model::{name}"));
    }
    let constants = (table.inputs.iter())
        .map(|input| constant(table, input))
        .collect::<TokenStream>();
    RustFile {
        docs: vec![format!(
            "The form of {}: what a person types, and the rules that it must satisfy.",
            markdown::inline(&table.names.with_article)
        )],
        imports,
        items: [constants, form(table), form_impl::form_impl(table)]
            .into_iter()
            .chain(table.pages.edit.then(|| form_impl::edit_impl(table)))
            .collect(),
        ..RustFile::default()
    }
}

/// `pub const TITLE: Field = Field::new("title", "Title", Widget::Text).required();`
fn constant(table: &Table, input: &Input) -> TokenStream {
    let Input {
        constant,
        key,
        label,
        widget,
        ..
    } = input;
    let rules = rules(&input.rules);
    let required = input.required.then(|| quote!(.required()));
    let default = input
        .default
        .as_ref()
        .map(|default| quote!(.default(#default)));
    let help = input.help.as_ref().map(|help| quote!(.help(#help)));
    let blanks = input.blanks.iter().map(|blank| match blank {
        Blank::Null => quote!(Blank::Null),
        Blank::Empty => quote!(Blank::Empty),
    });
    let blanks = (!input.blanks.is_empty()).then(|| quote!(.blanks(&[#(#blanks),*])));
    let columns = input.source.fields();
    let columns = (columns.len() > 1).then(|| {
        let columns = columns.iter().map(|&field| &table.fields[field].column);
        quote!(.columns(&[#(#columns),*]))
    });
    quote! {
        pub const #constant: Field =
            Field::new(#key, #label, Widget::#widget) #columns #required #rules #blanks #help #default;
    }
}

fn rules(rules: &Rules) -> TokenStream {
    let Rules {
        min,
        max,
        step,
        min_length,
        max_length,
        options,
    } = rules;
    let text = |name: &str, value: &Option<String>| {
        let name = syn::Ident::new(name, proc_macro2::Span::call_site());
        value.as_ref().map(|value| quote!(.#name(#value)))
    };
    let (min, max, step) = (text("min", min), text("max", max), text("step", step));
    let min_length = min_length.map(Literal::u32_unsuffixed);
    let min_length = min_length.map(|length| quote!(.min_length(#length)));
    let max_length = max_length.map(Literal::u32_unsuffixed);
    let max_length = max_length.map(|length| quote!(.max_length(#length)));
    let options = (!options.is_empty()).then(|| quote!(.options(&[#(#options),*])));
    quote!(#step #min #max #min_length #max_length #options)
}

/// `pub struct FilmForm { … }`
fn form(table: &Table) -> TokenStream {
    let docs = docs::doc(&docs::form(table));
    let form = &table.names.form;
    let fields = table.inputs.iter().map(|input| {
        let name = &input.name;
        let ty = entry_type(input);
        quote!(pub #name: #ty,)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, Default)]
        pub struct #form {
            #(#fields)*
        }
    }
}

/// What an input submits.
fn entry_type(input: &Input) -> TokenStream {
    match (&input.source, input.entry) {
        (Source::Choices(_), _) => quote!(Linked),
        (_, Entry::Text | Entry::Key | Entry::Tick) => quote!(String),
        (_, Entry::List) => quote!(Vec<String>),
        (_, Entry::File) => quote!(Upload),
    }
}

/// The value of a field, checked: `check.required(&TITLE, &self.title)`.
pub(super) fn checked_value(table: &Table, index: usize, field: &Field) -> TokenStream {
    let Some(input) = table
        .inputs
        .iter()
        .find(|input| input.source.fields().contains(&index))
    else {
        return quote!(None);
    };
    let (name, constant) = (&input.name, &input.constant);
    if let Source::Key { parts, .. } = &input.source {
        let part = parts.iter().find(|part| part.field == index);
        let at = part.map(|part| Literal::usize_unsuffixed(part.at));
        let method = if input.required {
            quote!(required_part)
        } else {
            quote!(optional_part)
        };
        return quote!(check.#method(&#constant, &self.#name, #at));
    }
    let with_default = field.insert == InsertMode::OrDefault;
    let is_left_to_default = with_default && input.initial.is_none();
    // What `NewFilm` has for a column with a default has one level more, which says whether it is given at all.
    let (method, is_given) = match (input.entry, field.nullable) {
        (Entry::Tick, _) => (quote!(required), true),
        (Entry::Text | Entry::Key, _) if input.required => (quote!(required), true),
        (Entry::Text | Entry::Key, true) if is_left_to_default => (quote!(or_default), false),
        (Entry::Text | Entry::Key, true) => (quote!(optional), true),
        (Entry::Text | Entry::Key, false) if is_left_to_default => {
            (quote!(required_or_default), false)
        }
        (Entry::Text | Entry::Key, false) => (quote!(or_empty), true),
        (Entry::List, true) if input.default.is_some() => (quote!(optional_list_or_default), false),
        (Entry::List, true) => (quote!(optional_list), true),
        (Entry::List, false) if is_left_to_default => (quote!(list_or_default), false),
        (Entry::List, false) => (quote!(list), true),
        (Entry::File, _) if input.required => (quote!(required_file), true),
        (Entry::File, _) => (quote!(file), false),
    };
    let rest = match (input.entry, input.required) {
        (Entry::File, true) => Some(quote!(.unwrap_or_default())),
        (Entry::File, false) if !(with_default && field.nullable) => Some(quote!(.flatten())),
        _ => None,
    };
    let value = quote!(check.#method(&#constant, &self.#name) #rest);
    if with_default && is_given {
        quote!(Some(#value))
    } else {
        value
    }
}
