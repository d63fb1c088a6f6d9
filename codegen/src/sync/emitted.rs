//! Every file of an application as it is emitted.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::emit::{self, Content, EmittedFile};
use crate::format::{self, FormatError, Style};
use crate::plan::App;
use crate::write::Tree;

/// Prints and formats the files, all in memory.
pub(crate) fn files(app: &App) -> Result<Tree, FormatError> {
    let mut tree = Tree::new();
    let mut unformatted = Unformatted::default();
    for file in emit::emit(app) {
        if let Some((path, text)) = unformatted.or_text(file) {
            tree.insert(path, text.into());
        }
    }
    tree.extend(
        unformatted
            .formatted()?
            .map(|(path, text)| (path, text.into())),
    );
    Ok(tree)
}

/// Plans an application and hands every file to `write` as soon as it is printed, on every processor; `write_rest` is for
/// those that are not printed from the plan alone. Syntax cannot be shared between threads, and planning takes a fraction
/// of the time that printing does: each thread makes the plan, and prints what no other has begun.
pub(crate) fn write_by_all<E: From<FormatError> + Send>(
    plan: impl Fn() -> Result<App, E> + Sync,
    write: impl Fn(&str, &str) -> Result<(), E> + Sync,
    write_rest: impl FnOnce(&App) -> Result<(), E>,
) -> Result<App, E> {
    let next = AtomicUsize::new(0);
    let others = thread::available_parallelism().map_or(1, NonZero::get) - 1;
    let (app, unformatted) = thread::scope(|scope| {
        let work = || {
            let mut unformatted = Unformatted::default();
            // Where there is no plan, the first thread says why.
            if let Ok(app) = plan() {
                unformatted.write_tables(&app, &next, &write)?;
            }
            Ok::<_, E>(unformatted)
        };
        let others: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
        let app = plan()?;
        let mut unformatted = Unformatted::default();
        unformatted.write(emit::application(&app), &write)?;
        write_rest(&app)?;
        unformatted.write_tables(&app, &next, &write)?;
        for other in others {
            let other = other.join().expect("an emitter does not fail")?;
            unformatted.0.extend(other.0);
        }
        Ok::<_, E>((app, unformatted))
    })?;
    for (path, text) in unformatted.formatted()? {
        write(&path, &text)?;
    }
    Ok(app)
}

/// The files that rustfmt has to lay out, which it does for many at once: their paths and texts.
#[derive(Default)]
struct Unformatted(Vec<(String, String)>);

impl Unformatted {
    /// Keeps a file until it is formatted, or returns its path and text where it is as it shall be.
    fn or_text(&mut self, file: EmittedFile) -> Option<(String, String)> {
        match file.content {
            Content::Text(text) => Some((file.path, text)),
            Content::Rust(rust) => {
                self.0.push((file.path, rust));
                None
            }
        }
    }

    fn write<E>(
        &mut self,
        files: Vec<EmittedFile>,
        write: impl Fn(&str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        for file in files {
            if let Some((path, text)) = self.or_text(file) {
                write(&path, &text)?;
            }
        }
        Ok(())
    }

    /// Writes the files of the tables that no thread has begun yet.
    fn write_tables<E>(
        &mut self,
        app: &App,
        next: &AtomicUsize,
        write: impl Fn(&str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        while let Some(table) = app.tables.get(next.fetch_add(1, Ordering::Relaxed)) {
            self.write(emit::table(app, table), &write)?;
        }
        Ok(())
    }

    fn formatted(self) -> Result<impl Iterator<Item = (String, String)>, FormatError> {
        let (paths, sources): (Vec<_>, Vec<_>) = self.0.into_iter().unzip();
        Ok(paths
            .into_iter()
            .zip(format::rustfmt(&Style::Umbel, &sources)?))
    }
}
