//! The changes to a row that a form really made.

use umbel_data::change::Changes;
use umbel_data::model::Patch;

/// The changes to a row, without the columns whose fields were left as they were.
#[derive(Debug, Clone)]
pub struct Changed<P> {
    patch: P,
    unchanged: Vec<&'static str>,
    /// What the form said, if something else had its say since.
    typed: Option<Changes>,
}

impl<P: Patch + Clone> Changed<P> {
    /// The changes themselves, for what is to be changed besides: even a column whose field was left as it was.
    pub fn patch_mut(&mut self) -> &mut P {
        if self.typed.is_none() {
            self.typed = Some(self.patch.clone().changes());
        }
        &mut self.patch
    }
}

impl<P> Changed<P> {
    pub(super) fn new(patch: P, unchanged: Vec<&'static str>) -> Self {
        Self {
            patch,
            unchanged,
            typed: None,
        }
    }
}

impl<P: Patch> Patch for Changed<P> {
    type Model = P::Model;

    fn changes(self) -> Changes {
        self.patch
            .changes()
            .without(&self.unchanged, self.typed.as_ref())
    }
}
