//! The changes to a row that a form really made.

use umbel_data::change::Changes;
use umbel_data::model::Patch;

/// The changes to a row, without the columns whose fields were left as they were.
#[derive(Debug, Clone)]
pub(super) struct Changed<P> {
    patch: P,
    unchanged: Vec<&'static str>,
}

impl<P> Changed<P> {
    pub(super) fn new(patch: P, unchanged: Vec<&'static str>) -> Self {
        Self { patch, unchanged }
    }
}

impl<P: Patch> Patch for Changed<P> {
    type Model = P::Model;

    fn changes(self) -> Changes {
        self.patch.changes().without(&self.unchanged)
    }
}
