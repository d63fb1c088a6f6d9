//! Pages of every table that know the type of no row.

use umbel::any::{AnyModel, AnyRow};
use umbel::axum::Router;
use umbel::axum::extract::RawQuery;
use umbel::axum::response::Html;
use umbel::axum::routing::get;
use umbel::db::Db;
use umbel::list::ListState;
use umbel::show::{Show, escape};
use umbel::web::Problem;
use umbel::{App, Error};

pub fn routes() -> Router<App> {
    Router::new().route("/~untyped", get(rows))
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

fn model(path: &str) -> Option<AnyModel> {
    let mut models = crate::routes::TABLES.iter();
    models.find(|model| model.table.path == path).copied()
}

/// The row as a list of its own: its label, its page, and a cell for each column.
fn write(row: &AnyRow, out: &mut String) {
    out.push_str("<dl title=\"");
    escape(out, &row.to_string());
    out.push_str("\" cite=\"");
    escape(out, &row.url());
    out.push_str("\">");
    for (column, cell) in row.cells() {
        out.push_str("<dt>");
        escape(out, column.label);
        out.push_str(&format!("</dt><dd>{}</dd>", cell.show()));
    }
    out.push_str("</dl>");
}
