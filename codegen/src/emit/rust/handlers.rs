//! The handlers of `src/film/views.rs`, one per verb and URL.

use proc_macro2::TokenStream;
use quote::quote;

use super::choices::choices;
use super::docs;
use super::views::{filled_fields, row_type, row_variable};
use crate::plan::Table;

fn handler(verb: &str, table: &Table, path: &str, function: TokenStream) -> TokenStream {
    let docs = docs::doc(&format!("`{verb} {}{path}`", table.names.url));
    quote!(#docs #function)
}

pub(super) fn list(table: &Table) -> TokenStream {
    let names = &table.names;
    let (model, many, row) = (&names.model, &names.many, row_type(table));
    handler(
        "GET",
        table,
        "",
        quote! {
            pub async fn list(db: Db, list: List<#model>) -> Result<Html> {
                let #many = #model::query().page::<#row>(&db, list).await?;
                web::render(&ListPage { #many })
            }
        },
    )
}

pub(super) fn refresh(table: &Table) -> TokenStream {
    let model = &table.names.model;
    handler(
        "POST",
        table,
        "/refresh",
        quote! {
            pub async fn refresh(db: Db) -> Result<Response> {
                #model::refresh(&db).await?;
                Ok(web::redirect(#model::list_url()))
            }
        },
    )
}

pub(super) fn show(table: &Table) -> TokenStream {
    let (model, variable) = (&table.names.model, row_variable(table));
    let row = table.has_row().then(|| {
        let row = row_type(table);
        quote!(::<#row>)
    });
    let load = if table.has_related() {
        let relations = table.related();
        quote! {
            let relations = [#(#model::#relations.def()),*];
            let (#variable, related) = #model::query()
                .find_with_related #row(&db, &key, &relations)
                .await?;
            web::render(&ShowPage { #variable, related })
        }
    } else {
        let find = match row {
            Some(row) => quote!(find_as #row),
            None => quote!(find),
        };
        quote! {
            let #variable = #model::#find(&db, &key).await?;
            web::render(&ShowPage { #variable })
        }
    };
    handler(
        "GET",
        table,
        "/{key}",
        quote! {
            pub async fn show(db: Db, RowKey(key): RowKey<#model>) -> Result<Html> {
                #load
            }
        },
    )
}

pub(super) fn new(table: &Table) -> TokenStream {
    let model = &table.names.model;
    let fields = filled_fields(table, &quote!(Filled::blank()));
    let db = (choices(table).next().is_some()).then(|| quote!(db: Db));
    handler(
        "GET",
        table,
        "/new",
        quote! {
            pub async fn new(#db) -> Result<Html> {
                let fields = #fields;
                let page = ui::new(#model::TABLE, &fields.form, &fields);
                web::render(&layout::page(&page))
            }
        },
    )
}

pub(super) fn create(table: &Table) -> TokenStream {
    let names = &table.names;
    let (model, form, one) = (&names.model, &names.form, &names.one);
    let fields = filled_fields(table, &quote!(form.refused(error)?));
    handler(
        "POST",
        table,
        "",
        quote! {
            pub async fn create(db: Db, form: Filled<#form>) -> Result<Response> {
                match form.insert(&db).await {
                    Ok(#one) => Ok(web::redirect(&#one.url())),
                    Err(error) => {
                        let fields = #fields;
                        let page = ui::new(#model::TABLE, &fields.form, &fields);
                        web::render_with(fields.form.status(), &layout::page(&page))
                    }
                }
            }
        },
    )
}

pub(super) fn edit(table: &Table) -> TokenStream {
    let names = &table.names;
    let (model, one) = (&names.model, &names.one);
    let fields = filled_fields(table, &quote!(form));
    handler(
        "GET",
        table,
        "/{key}/edit",
        quote! {
            pub async fn edit(db: Db, RowKey(key): RowKey<#model>) -> Result<Html> {
                let #one = #model::find_versioned(&db, &key).await?;
                let form = Filled::open(&db, &#one).await?;
                let fields = #fields;
                let page = ui::edit(&*#one, &fields.form, &fields);
                web::render(&layout::page(&page))
            }
        },
    )
}

pub(super) fn update(table: &Table) -> TokenStream {
    let names = &table.names;
    let (model, form, one) = (&names.model, &names.form, &names.one);
    let fields = filled_fields(table, &quote!(form.refused(error)?));
    handler(
        "POST",
        table,
        "/{key}/edit",
        quote! {
            pub async fn update(
                db: Db,
                RowKey(key): RowKey<#model>,
                form: Filled<#form>,
            ) -> Result<Response> {
                let #one = #model::find_versioned(&db, &key).await?;
                let form = form.rebase(Filled::open(&db, &#one).await?);
                match form.update(&db, &#one).await {
                    Ok(#one) => Ok(web::redirect(&#one.url())),
                    Err(error) => {
                        let fields = #fields;
                        let page = ui::edit(&*#one, &fields.form, &fields);
                        web::render_with(fields.form.status(), &layout::page(&page))
                    }
                }
            }
        },
    )
}

pub(super) fn confirm(table: &Table) -> TokenStream {
    let names = &table.names;
    let (model, one) = (&names.model, &names.one);
    handler(
        "GET",
        table,
        "/{key}/delete",
        quote! {
            pub async fn confirm(db: Db, RowKey(key): RowKey<#model>) -> Result<Html> {
                let #one = #model::find_to_delete(&db, &key).await?;
                let effects = DeleteEffect::preview(&db, &#one).await?;
                web::render(&layout::page(&ui::delete(&#one, &effects)))
            }
        },
    )
}

pub(super) fn delete(table: &Table) -> TokenStream {
    let (model, one) = (&table.names.model, &table.names.one);
    handler(
        "POST",
        table,
        "/{key}/delete",
        quote! {
            pub async fn delete(db: Db, RowKey(key): RowKey<#model>) -> Result<Response> {
                let #one = #model::find_to_delete(&db, &key).await?;
                #one.delete(&db).await?;
                Ok(web::redirect(#model::list_url()))
            }
        },
    )
}
