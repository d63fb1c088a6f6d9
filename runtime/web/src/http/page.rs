//! Pages, rendered within their limit.

use std::fmt;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use umbel_data::error::{Error, Result};

use crate::visit::Answering;

/// A page.
pub type Html = axum::response::Html<String>;

/// The space that a page is given before it asks for more: most need no more.
const PAGE: usize = 48 * 1024;

/// Renders a page.
///
/// # Errors
/// If a value in it cannot be shown, or there is more of it than a page may hold.
pub fn render(page: &impl Template) -> Result<Html> {
    let mut writer = Writer {
        text: String::with_capacity(PAGE),
        most: Answering::limits().page,
        is_full: false,
    };
    let rendered = page.render_into(&mut writer);
    if writer.is_full {
        return Err(too_large(writer.most));
    }
    rendered.map_err(|error| Error::Internal(format!("the page cannot be written: {error}")))?;
    Ok(axum::response::Html(writer.text))
}

/// Renders a page with a status of its own.
///
/// # Errors
/// If a value in it cannot be shown, or there is more of it than a page may hold.
pub fn render_with(status: StatusCode, page: &impl Template) -> Result<Response> {
    Ok((status, render(page)?).into_response())
}

/// A text that holds no more than it may.
struct Writer {
    text: String,
    most: usize,
    is_full: bool,
}

impl fmt::Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.is_full |= text.len() > self.most.saturating_sub(self.text.len());
        match self.is_full {
            true => Err(fmt::Error),
            false => {
                self.text.push_str(text);
                Ok(())
            }
        }
    }
}

fn too_large(most: usize) -> Error {
    let most = umbel_data::text::size(most);
    Error::TooLarge(format!("This page would have more than {most}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Limits;

    #[derive(Template)]
    #[template(source = "{{ text }}", ext = "html")]
    struct Page {
        text: String,
    }

    #[tokio::test]
    async fn a_page_has_a_limit() {
        let limits = Limits {
            page: 10,
            ..Limits::default()
        };
        let check = async |text: &str, is_fit: bool| {
            let text = text.to_owned();
            let rendered = Answering::new(limits, None)
                .make(async { render(&Page { text }) })
                .await;
            assert_eq!(rendered.is_ok(), is_fit, "{rendered:?}");
        };
        check("0123456789", true).await;
        check("0123456789a", false).await;
        check("<<<", false).await;
    }
}
