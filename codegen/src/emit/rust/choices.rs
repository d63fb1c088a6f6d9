//! The inputs whose value is a row of another table: what they offer.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Input, Source, Table, Target};

/// The inputs whose value is chosen among the rows of another table, with that table.
pub(super) fn choices(table: &Table) -> impl Iterator<Item = (&Input, &Target)> {
    table.inputs.iter().filter_map(|input| match &input.source {
        Source::Field(_) => None,
        Source::Choice { relation, .. } | Source::Key { relation, .. } => {
            Some((input, &table.to_one[*relation].target))
        }
        Source::Choices(relation) => Some((input, &table.many_to_many[*relation].target)),
    })
}

/// `SECTION_ID.one_of::<Section>(&form.section_id),`
pub(super) fn offer(form: &TokenStream, input: &Input, target: &Target) -> TokenStream {
    let Input { constant, name, .. } = input;
    let model = &target.model;
    let many = matches!(input.source, Source::Choices(_));
    let offer = if many { quote!(any_of) } else { quote!(one_of) };
    quote!(#constant.#offer::<#model>(&#form.#name),)
}
