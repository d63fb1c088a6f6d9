//! From the plan to files. Prints what was decided, and decides nothing.

mod html;
mod rust;
mod text;

pub(crate) use text::dotenv;

use crate::format::RustFile;
use crate::plan::App;

/// A file of the application, by its path from the application's folder.
pub(crate) struct EmittedFile {
    pub(crate) path: String,
    pub(crate) content: Content,
}

/// What a file holds, before it is formatted.
pub(crate) enum Content {
    Rust(RustFile),
    Text(String),
}

/// Every file of the application, sorted by path.
pub(crate) fn emit(app: &App) -> Vec<EmittedFile> {
    let mut files = Vec::new();
    rust::emit(app, &mut files);
    html::emit(app, &mut files);
    text::emit(app, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}
