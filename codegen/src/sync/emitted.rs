//! Every file of an application as it is emitted.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::emit::{self, Content, EmittedFile};
use crate::format::{self, FormatError};
use crate::plan::App;
use crate::write::Tree;

/// Prints and formats the files, all in memory.
pub(crate) fn files(app: &App) -> Result<Tree, FormatError> {
    formatted(emit::emit(app))
}

/// The application, its files and what `meanwhile` makes of it, on every processor. Syntax cannot be shared between
/// threads, and planning takes a fraction of the time that printing does: each thread makes the plan, and prints what no
/// other has begun.
pub(crate) fn files_by_all<T, E: From<FormatError>>(
    plan: impl Fn() -> Result<App, E> + Sync,
    meanwhile: impl FnOnce(&App) -> T,
) -> Result<(App, Tree, T), E> {
    let next = AtomicUsize::new(0);
    let others = thread::available_parallelism().map_or(1, NonZero::get) - 1;
    let (app, emitted, made) = thread::scope(|scope| {
        // Where there is no plan, the first thread says why.
        let work = || plan().map_or_else(|_| Vec::new(), |app| tables(&app, &next));
        let others: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
        let app = plan()?;
        let made = meanwhile(&app);
        let mut emitted = emit::application(&app);
        emitted.extend(tables(&app, &next));
        for other in others {
            emitted.extend(other.join().expect("an emitter does not fail"));
        }
        Ok::<_, E>((app, emitted, made))
    })?;
    Ok((app, formatted(emitted)?, made))
}

/// The files of the tables that no thread has begun yet.
fn tables(app: &App, next: &AtomicUsize) -> Vec<EmittedFile> {
    let mut files = Vec::new();
    while let Some(table) = app.tables.get(next.fetch_add(1, Ordering::Relaxed)) {
        files.extend(emit::table(app, table));
    }
    files
}

fn formatted(files: Vec<EmittedFile>) -> Result<Tree, FormatError> {
    let mut tree = Tree::new();
    let (mut paths, mut sources) = (Vec::new(), Vec::new());
    for file in files {
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
