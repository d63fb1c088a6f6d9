//! Every file of an application as it is emitted.

use crate::emit::{self, Content};
use crate::format::{self, FormatError};
use crate::plan::App;
use crate::write::Tree;

/// Prints and formats the files, all in memory.
pub(crate) fn files(app: &App) -> Result<Tree, FormatError> {
    let mut tree = Tree::new();
    let (mut paths, mut sources) = (Vec::new(), Vec::new());
    for file in emit::emit(app) {
        match file.content {
            Content::Rust(rust) => {
                paths.push(file.path);
                sources.push(rust);
            }
            Content::Text(text) => {
                tree.insert(file.path, text.into());
            }
        }
    }
    let formatted = format::rustfmt(&sources)?.into_iter().map(Into::into);
    tree.extend(paths.into_iter().zip(formatted));
    Ok(tree)
}
