//! The film list and the film page.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Html;

use super::film::{self, Film, Related};

#[derive(Template)]
#[template(path = "films.html")]
struct ListPage<'a> {
    films: &'a [Film],
    count: i64,
    next: Option<i32>,
    padding: &'static str,
}

#[derive(Template)]
#[template(path = "film.html")]
struct ShowPage {
    film: Film,
    related: [Related; 3],
    padding: &'static str,
}

pub(crate) async fn list(State(state): State<super::State>) -> Result<Html<String>, StatusCode> {
    let db = state.pool.get().await.map_err(unavailable)?;
    let (films, count) = film::list(&db).await.map_err(failed)?;
    let shown = &films[..films.len().min(50)];
    let next = films.get(50).and(shown.last()).map(|film| film.film_id);
    let page = ListPage {
        films: shown,
        count,
        next,
        padding: state.list_padding,
    };
    page.render().map(Html).map_err(failed)
}

pub(crate) async fn show(
    State(state): State<super::State>,
    Path(key): Path<i32>,
) -> Result<Html<String>, StatusCode> {
    let db = state.pool.get().await.map_err(unavailable)?;
    let film = film::find(&db, key)
        .await
        .map_err(failed)?
        .ok_or(StatusCode::NOT_FOUND)?;
    let related = film::related(&db, key).await.map_err(failed)?;
    let page = ShowPage {
        film,
        related,
        padding: state.show_padding,
    };
    page.render().map(Html).map_err(failed)
}

fn unavailable(error: impl std::error::Error) -> StatusCode {
    eprintln!("{error:?}");
    StatusCode::SERVICE_UNAVAILABLE
}

fn failed(error: impl std::error::Error) -> StatusCode {
    eprintln!("{error:?}");
    StatusCode::INTERNAL_SERVER_ERROR
}
