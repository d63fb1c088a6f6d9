//! From the plan to files. Prints what was decided, and decides nothing.

mod html;
mod manifest;
mod rust;
mod text;
mod ui;

pub(crate) use text::{dotenv, umbel_toml};

use crate::plan::{App, Table};

/// A file of the application, by its path from the application's folder.
pub(crate) struct EmittedFile {
    pub(crate) path: String,
    pub(crate) content: Content,
}

/// What a file holds, before it is formatted.
pub(crate) enum Content {
    /// Rust that the printer does not know, still without the layout of rustfmt.
    Rust(String),
    Text(String),
}

/// Every file of the application, sorted by path.
pub(crate) fn emit(app: &App) -> Vec<EmittedFile> {
    let mut files = application(app);
    files.extend(app.tables.iter().flat_map(|table| self::table(app, table)));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The files that are about the application as a whole.
pub(crate) fn application(app: &App) -> Vec<EmittedFile> {
    let mut files = Vec::new();
    rust::application(app, &mut files);
    html::application(app, &mut files);
    text::application(app, &mut files);
    ui::application(app, &mut files);
    files
}

/// The files that are about one of its tables.
pub(crate) fn table(app: &App, table: &Table) -> Vec<EmittedFile> {
    let mut files = Vec::new();
    rust::table(app, table, &mut files);
    html::table(table, &mut files);
    files
}

/// Whether a character turns the direction of the text around it, which the compiler refuses wherever it finds it.
fn turns_text(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
