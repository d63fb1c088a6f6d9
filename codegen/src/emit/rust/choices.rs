//! The inputs whose value is a row of another table: what they offer, and the check that what was chosen is offered.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
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

/// Those of them whose rows a person's own code may narrow.
pub(super) fn scoped(table: &Table) -> impl Iterator<Item = (&Input, &Target)> {
    choices(table).filter(|(_, target)| target.scoped)
}

/// `SECTION_ID.one_of::<Section>(&form.section_id),`
pub(super) fn offer(form: &TokenStream, input: &Input, target: &Target) -> TokenStream {
    let Input { constant, name, .. } = input;
    let model = &target.model;
    let many = matches!(input.source, Source::Choices(_));
    let offer = if many { quote!(any_of) } else { quote!(one_of) };
    quote!(#constant.#offer::<#model>(&#form.#name),)
}

/// `async fn check_choices(&self, db: &Database) -> Result<()>`
pub(super) fn check(table: &Table) -> Option<TokenStream> {
    let offers: Vec<TokenStream> = scoped(table)
        .map(|(input, target)| offer(&quote!(self), input, target))
        .collect();
    let docs = docs::doc("Refuses what was chosen, if it is out of the scope of its table.");
    (!offers.is_empty()).then(|| {
        quote! {
            #docs
            async fn check_choices(&self, db: &Database) -> Result<()> {
                Choices::check(db, &self.state, &[#(#offers)*]).await
            }
        }
    })
}

/// `self.check_choices(db).await?;`
pub(super) fn checked(table: &Table) -> Option<TokenStream> {
    let has_any = scoped(table).next().is_some();
    has_any.then(|| quote!(self.check_choices(db).await?;))
}
