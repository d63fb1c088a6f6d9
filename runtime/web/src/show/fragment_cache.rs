//! Parts of a page that say the same to everyone who asks for a whole list: rendered once for each table.

use std::collections::HashMap;
use std::fmt::{self, Display};
use std::ptr;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use askama::filters::HtmlSafe;
use askama::{FastWritable, Template, Values};
use umbel_data::list::ListState;

/// A part of the pages of lists that depends on nothing but the state of the list, such as its filters.
#[derive(Debug)]
pub struct FragmentCache(LazyLock<RwLock<HashMap<usize, Kept>>>);

/// A part that is kept, and the columns that it is about.
#[derive(Debug)]
struct Kept {
    columns: Vec<&'static str>,
    part: Fragment,
}

/// The HTML of a part; none, where something in it cannot be shown, which is an error of the page.
#[derive(Debug, Clone)]
pub struct Fragment(Option<Arc<str>>);

impl FragmentCache {
    /// Nothing is kept at first.
    pub const fn new() -> Self {
        Self(LazyLock::new(RwLock::default))
    }

    /// The part of a page with this list: where its address says nothing of it, as it was before.
    pub fn part(&self, list: &ListState, template: &impl Template) -> Fragment {
        self.part_of(list, std::iter::empty(), template)
    }

    /// The part of a page with this list that is about some columns: the list of a table may be shown with others elsewhere.
    pub fn part_of(
        &self,
        list: &ListState,
        columns: impl Iterator<Item = &'static str> + Clone,
        template: &impl Template,
    ) -> Fragment {
        let render = || Fragment(template.render().ok().map(Arc::from));
        if !list.is_plain() {
            return render();
        }
        // What the application knows of a table never moves.
        let table = ptr::from_ref(list.table).addr();
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = all.get(&table)
            && columns.clone().eq(kept.columns.iter().copied())
        {
            return kept.part.clone();
        }
        drop(all);
        let part = render();
        if part.0.is_some() {
            let kept = Kept {
                columns: columns.collect(),
                part: part.clone(),
            };
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            all.insert(table, kept);
        }
        part
    }
}

impl Default for FragmentCache {
    fn default() -> Self {
        Self::new()
    }
}

impl Display for Fragment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.as_deref().ok_or(fmt::Error)?)
    }
}

impl FastWritable for Fragment {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        Ok(write!(out, "{self}")?)
    }
}

impl HtmlSafe for Fragment {}
