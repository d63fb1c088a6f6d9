//! The track list.

use std::error::Error;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Html;

use super::track::{self, Track};

#[derive(Template)]
#[template(path = "tracks.html")]
struct ListPage<'a> {
    tracks: &'a [Track],
    count: i64,
    next: Option<i64>,
    padding: &'static str,
}

pub(super) async fn list(State(state): State<super::State>) -> Result<Html<String>, StatusCode> {
    let (tracks, count) = state.pool.with(track::list).await.map_err(failed)?;
    let shown = &tracks[..tracks.len().min(50)];
    let next = tracks.get(50).and(shown.last()).map(|track| track.track_id);
    let page = ListPage {
        tracks: shown,
        count,
        next,
        padding: state.padding,
    };
    page.render().map(Html).map_err(failed)
}

fn failed(error: impl Error) -> StatusCode {
    eprintln!("{error:?}");
    StatusCode::INTERNAL_SERVER_ERROR
}
