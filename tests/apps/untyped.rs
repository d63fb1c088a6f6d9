//! Pages of every table that know the type of no row.

use umbel::any::{AnyModel, AnyRow};
use umbel::axum::Router;
use umbel::axum::extract::RawQuery;
use umbel::axum::response::{Html, IntoResponse, Response};
use umbel::axum::routing::get;
use umbel::db::Db;
use umbel::form::{AnyForm, Field, FormBody};
use umbel::list::ListState;
use umbel::show::{Show, escape};
use umbel::web::{Problem, redirect};
use umbel::{App, Error};

pub fn routes() -> Router<App> {
    Router::new().route("/~untyped", get(rows).post(save))
}

/// The rows of the page whose address is asked for: those of a list, or one.
async fn rows(db: Db, RawQuery(url): RawQuery) -> Result<Html<String>, Problem> {
    let url = url.ok_or(Error::NotFound)?;
    let mut html = String::new();
    match model(&url) {
        Some(model) => {
            let page = model.page(&db, ListState::new(model.table)).await?;
            page.rows.iter().for_each(|row| write(row, &mut html));
        }
        None => {
            let (path, key) = url.rsplit_once('/').ok_or(Error::NotFound)?;
            let model = model(path).ok_or(Error::NotFound)?;
            write(&model.find(&db, key).await?, &mut html);
        }
    }
    Ok(Html(html))
}

/// Saves a form: as a new row, where the address is that of a list, or as the row that has the address.
async fn save(db: Db, RawQuery(url): RawQuery, mut body: FormBody) -> Result<Response, Problem> {
    let url = url.ok_or(Error::NotFound)?;
    let saved = match model(&url) {
        Some(model) => {
            let form = AnyForm::read(model, fields(&url), &mut body);
            form.insert(&db).await.map_err(|error| (form, error))
        }
        None => {
            let (path, key) = url.rsplit_once('/').ok_or(Error::NotFound)?;
            let model = model(path).ok_or(Error::NotFound)?;
            let row = model.open(&db, key).await?;
            let form = AnyForm::read(model, fields(path), &mut body);
            let form = form.rebase(AnyForm::open(fields(path), &row));
            form.update(&db, &row).await.map_err(|error| (form, error))
        }
    };
    match saved {
        Ok(row) => Ok(redirect(&row.url())),
        Err((form, error)) => {
            let form = form.refused(error)?;
            let mistakes = form.errors().summary(form.fields());
            let said: Vec<_> = mistakes.into_iter().map(|mistake| mistake.text).collect();
            Ok((form.status(), said.join("\n")).into_response())
        }
    }
}

fn fields(path: &str) -> &'static [Field] {
    let found = FORMS.iter().find(|(of, _)| *of == path);
    found.map_or(&[], |(_, fields)| fields)
}

fn model(path: &str) -> Option<AnyModel> {
    let mut models = crate::routes::TABLES.iter();
    models.find(|model| model.table.path == path).copied()
}

/// The row as a list of its own: its label, its page, a cell for each column, and the rows that it refers to.
fn write(row: &AnyRow, out: &mut String) {
    out.push_str("<dl title=\"");
    escape(out, &row.to_string());
    out.push_str("\" cite=\"");
    escape(out, &row.url());
    out.push_str("\">");
    for (column, cell) in row.cells() {
        write_fact(column.label, &cell, out);
    }
    for (relation, related) in row.labels() {
        write_fact(relation.label, &related.cloned(), out);
    }
    out.push_str("</dl>");
}

fn write_fact(heading: &str, value: &impl Show, out: &mut String) {
    out.push_str("<dt>");
    escape(out, heading);
    out.push_str(&format!("</dt><dd>{}</dd>", value.show()));
}
