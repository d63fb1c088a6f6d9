//! The templates beside a file of Rust: what they mention stands in the scope of the code that names them.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The templates of an application in the versions that are merged, and as they are afterwards; each by its path as code
/// names it: `film/list.html`.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    pub(super) ours: Texts,
    pub(super) theirs: Texts,
    pub(super) merged: Texts,
}

/// Templates by path.
pub(super) type Texts = BTreeMap<String, Arc<str>>;

impl Templates {
    /// Adds a template in ours, in theirs, and as it is afterwards.
    pub(crate) fn put(&mut self, name: &str, versions: [Option<Arc<str>>; 3]) {
        let sides = [&mut self.ours, &mut self.theirs, &mut self.merged];
        for (side, text) in sides.into_iter().zip(versions) {
            side.extend(text.map(|text| (name.to_owned(), text)));
        }
    }

    /// Whether a person's templates belong to the code, which may use what no emitted template does.
    pub(crate) fn are_edited(&self, code: &str) -> bool {
        let mut merged = self.merged.iter();
        merged.any(|(name, text)| {
            self.theirs.get(name) != Some(text) && code.contains(&format!("\"{name}\""))
        })
    }
}

/// The path of a template as code names it; `None` for what is none.
pub(crate) fn template(path: &str) -> Option<&str> {
    let name = path.strip_prefix("templates/")?;
    name.ends_with(".html").then_some(name)
}

/// The code between the braces of a template.
pub(super) fn code(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let opens = ["{{", "{%", "{#"].map(|open| rest.find(open).map(|at| (at, open)));
        let (start, open) = opens.into_iter().flatten().min()?;
        let close = match open {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let inner = &rest[start + open.len()..];
        let end = inner.find(close).unwrap_or(inner.len());
        rest = inner.get(end + close.len()..).unwrap_or_default();
        Some(if open == "{#" { "" } else { &inner[..end] })
    })
}
