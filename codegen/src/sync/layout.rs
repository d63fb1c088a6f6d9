//! The layout that an application's Rust has: that of rustfmt, or what the project's own configuration makes of it.
//!
//! Files are compared and merged in one layout; what is emitted is kept in `.umbel/base` without any configuration.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml_edit::Document;

use super::Entry;
use super::ending::{Ending, plain};
use crate::format::{self, FormatError, Style};
use crate::merge::{Language, TokenKind, tokens};

/// What lays out the files of an application. By default nothing does, and they are taken as they are.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    style: Option<Style>,
    /// How every line of Rust ends, where the project says so.
    ending: Option<Ending>,
    /// What is emitted, by its text without a configuration.
    printed: HashMap<Arc<str>, Arc<str>>,
}

/// Why the layout of the project cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LayoutError {
    #[error(
        "`{config}` says how the application is laid out, and `rustfmt`, which reads it, cannot be run: {error}"
    )]
    Missing {
        config: PathBuf,
        error: std::io::Error,
    },
    #[error("`{config}`: {reason}")]
    Config { config: PathBuf, reason: String },
}

impl LayoutError {
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "`rustup component add rustfmt` installs it",
            Self::Config { .. } => "`cargo fmt --check` says more about it",
        }
    }
}

impl Layout {
    /// The layout of the application in a folder.
    pub(crate) fn of(root: &Path) -> Result<Self, LayoutError> {
        Self::configured(root, edition(root))
    }

    /// The layout of an application that is to be made somewhere.
    pub(crate) fn of_new(folder: &Path) -> Result<Self, LayoutError> {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let mut folders = folder.ancestors();
        match folders.find(|folder| folder.is_dir()) {
            Some(root) => Self::configured(root, None),
            None => Ok(Self::standard()),
        }
    }

    fn configured(root: &Path, edition: Option<String>) -> Result<Self, LayoutError> {
        let Some(config) = config(root) else {
            return Ok(Self::standard());
        };
        let style = Style::Project {
            root: root.to_owned(),
            edition: edition.unwrap_or_else(|| format::EDITION.to_owned()),
        };
        // A text with the ends of lines of Windows tells whether they are to stay.
        match format::run(&style, "fn main() {}\r\n") {
            Ok(text) => Ok(Self {
                ending: (!text.contains('\r')).then_some(Ending::Lf),
                ..Self::new(style)
            }),
            Err(FormatError::Missing(error)) => Err(LayoutError::Missing { config, error }),
            Err(FormatError::Failed(reason)) => Err(LayoutError::Config {
                config,
                reason: reason.trim().to_owned(),
            }),
        }
    }

    fn new(style: Style) -> Self {
        Self {
            style: Some(style),
            ending: None,
            printed: HashMap::new(),
        }
    }

    /// How the lines of a file end that stands in the place of another.
    pub(crate) fn ending(&self, path: &str, before: Option<&[u8]>) -> Ending {
        let of_project = self.ending.filter(|_| Language::of(path) == Language::Rust);
        of_project.unwrap_or_else(|| before.map_or(Ending::Lf, Ending::of))
    }

    /// Emitted files of Rust as the project has them.
    pub(crate) fn print_all(&self, files: &[String]) -> Result<Vec<String>, FormatError> {
        match &self.style {
            Some(style) => format::rustfmt(style, files),
            None => Ok(files.to_vec()),
        }
    }

    /// Lays out many emitted files at once, so that it need not be done for each.
    pub(crate) fn prepare(&mut self, entries: &[Entry]) {
        if !self.is_own() {
            return;
        }
        let changed = entries.iter().filter(|entry| {
            let is_rust = Language::of(&entry.path) == Language::Rust;
            is_rust && entry.base != entry.theirs
        });
        let texts = changed.flat_map(|entry| entry.base.iter().chain(&entry.theirs));
        let texts: Vec<&Arc<str>> = texts.collect();
        let sources: Vec<String> = texts.iter().map(|text| text.to_string()).collect();
        // What cannot be laid out together is laid out alone, when it is asked for.
        if let Ok(printed) = self.print_all(&sources) {
            let printed = printed.into_iter().map(Arc::from);
            self.printed = texts.into_iter().cloned().zip(printed).collect();
        }
    }

    /// An emitted file as the project has it.
    pub(crate) fn printed(&self, path: &str, text: &Arc<str>) -> Arc<str> {
        if !self.is_own() || Language::of(path) != Language::Rust {
            return Arc::clone(text);
        }
        match self.printed.get(text) {
            Some(printed) => Arc::clone(printed),
            None => self.lay_out(text).map_or(Arc::clone(text), Arc::from),
        }
    }

    /// A text of a person as the project's formatter lays it out; `None` where it does not parse.
    pub(crate) fn lay_out(&self, text: &str) -> Option<String> {
        let (inline, modules) = inline_modules(text);
        let formatted = format::run(self.style.as_ref()?, &inline).ok()?;
        Some(outline_modules(&formatted, &modules))
    }

    /// A text of Rust with other names in it, as long as they may be: laid out again, where it was laid out before.
    pub(crate) fn keep(&self, path: &str, before: &str, renamed: String) -> String {
        if renamed == before || Language::of(path) != Language::Rust {
            return renamed;
        }
        let standard = Self::standard();
        let mut layouts = [self, &standard].into_iter();
        let had = layouts.find(|layout| {
            let laid_out = layout.lay_out(before);
            laid_out.is_some_and(|text| plain(&text) == before)
        });
        let again = had.and_then(|layout| layout.lay_out(&renamed));
        again.map_or(renamed, |text| plain(&text).into_owned())
    }

    /// The layout of what is emitted.
    pub(crate) fn standard() -> Self {
        Self::new(Style::Umbel)
    }

    /// Whether nothing but the layout differs from what was emitted.
    pub(crate) fn is_same(&self, path: &str, base: &Arc<str>, text: &str) -> bool {
        if text == &**base {
            return true;
        }
        if Language::of(path) != Language::Rust {
            return false;
        }
        let printed = self.printed(path, base);
        text == &*plain(&printed)
            || self
                .lay_out(text)
                .is_some_and(|text| plain(&text) == plain(&printed))
    }

    /// Whether the project has a layout of its own.
    pub(crate) fn is_own(&self) -> bool {
        matches!(self.style, Some(Style::Project { .. }))
    }
}

/// The configuration that rustfmt finds for the files of a folder.
fn config(root: &Path) -> Option<PathBuf> {
    let home = env::home_dir();
    let of_person = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let of_person = of_person.or_else(|| home.as_ref().map(|home| home.join(".config")));
    let folders = root.ancestors().map(Path::to_owned);
    let folders = folders
        .chain(home)
        .chain(of_person.map(|folder| folder.join("rustfmt")));
    let files =
        folders.flat_map(|folder| [".rustfmt.toml", "rustfmt.toml"].map(|name| folder.join(name)));
    files.into_iter().find(|file| file.is_file())
}

/// The edition that cargo tells rustfmt: the package's own, or that of the workspace around it.
fn edition(root: &Path) -> Option<String> {
    let manifest = |folder: &Path| {
        let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        Document::parse(text).ok()
    };
    let own = root.ancestors().find_map(manifest)?;
    let edition = own.get("package")?.get("edition")?;
    if let Some(edition) = edition.as_str() {
        return Some(edition.to_owned());
    }
    root.ancestors().find_map(|folder| {
        let manifest = manifest(folder)?;
        let workspace = manifest.get("workspace")?.get("package")?;
        workspace.get("edition")?.as_str().map(str::to_owned)
    })
}

/// `mod film;` → `extern crate film;`, for which rustfmt looks for no file and which it sorts alike, and the names of
/// these modules.
fn inline_modules(text: &str) -> (String, Vec<&str>) {
    const MOD: &str = "mod";
    let mut inline = String::with_capacity(text.len() + 64);
    let mut modules = Vec::new();
    let mut last = ["", ""];
    let mut mod_at = 0;
    for token in tokens(text) {
        if token.text == ";" && last[0] == MOD {
            inline.replace_range(mod_at..mod_at + MOD.len(), CRATE);
            modules.push(last[1]);
        }
        if token.text == MOD {
            mod_at = inline.len();
        }
        inline.push_str(token.text);
        if !matches!(token.kind, TokenKind::Space | TokenKind::Comment) {
            last = [last[1], token.text];
        }
    }
    (inline, modules)
}

/// What is as short as a module that lies in another file, and needs none.
const CRATE: &str = "extern crate";

/// `extern crate film;` → `mod film;`, where it was that before.
fn outline_modules(text: &str, modules: &[&str]) -> String {
    let mut outlined = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let module = line.split_once(CRATE).filter(|(_, rest)| {
            let name = rest.trim().strip_suffix(';');
            name.is_some_and(|name| modules.contains(&name))
        });
        match module {
            Some((before, name)) => outlined.extend([before, "mod", name]),
            None => outlined.push_str(line),
        }
    }
    outlined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_in_other_files() {
        assert_eq!(
            Layout::standard()
                .lay_out("pub mod b ;\nmod a;\nmod c { }\nfn f ( ) { }\n")
                .unwrap(),
            "mod a;\npub mod b;\nmod c {}\nfn f() {}\n"
        );
        assert_eq!(Layout::standard().lay_out("fn f( {}"), None);
    }

    #[test]
    fn a_shorter_name_is_laid_out_again_where_a_person_had_the_file_laid_out() {
        let long = "x".repeat(70);
        let wide = format!("fn f(\n    {long}: u8,\n    y: u8,\n) {{\n}}\n");
        let laid_out = Layout::standard().lay_out(&wide).unwrap();
        let keep = |before: &str| {
            let renamed = before.replace(&long, "x");
            Layout::standard().keep("src/film/views.rs", before, renamed)
        };
        assert_eq!(keep(&laid_out), "fn f(x: u8, y: u8) {}\n");
        let own = laid_out.replace(": u8", " : u8");
        assert_eq!(keep(&own), own.replace(&long, "x"));
    }
}
