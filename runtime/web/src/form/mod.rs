//! Forms: what a person types, the rules that it must satisfy, and what is said when it does not.
//!
//! A form keeps every value as the text that was typed, so that nothing is lost when something is
//! wrong; [`Check`] turns the texts into values.

mod blank;
mod changed;
mod check;
mod choices;
mod choose;
mod conflict;
mod control;
mod elements;
mod field;
mod fingerprint;
mod limits;
mod link_page;
mod linked;
mod links;
mod multipart;
mod name;
mod native;
mod parts;
mod range;
mod redisplay;
mod state;
mod submitted;
mod upload;
mod urlencoded;

pub use blank::Blank;
pub use changed::Changed;
pub use check::Check;
pub use choices::{Choice, Choices, LinkedRows, Offer, Offered};
pub use conflict::Difference;
pub use control::{Control, Search, Selectable, Versions};
pub use field::{Field, Widget};
pub(crate) use fingerprint::Fingerprint;
pub use link_page::{Boxes, LinkPage};
pub use linked::Linked;
pub(crate) use linked::{Many, PAGE};
pub use range::{RangeEnd, RangeInputs};
pub use redisplay::{Mistake, Redisplay};
pub use state::FormState;
pub use submitted::Submitted;
pub use upload::Upload;

pub use umbel_data::catalog::FormKey;
pub use umbel_data::values::{FormValue, FormValues};

use umbel_data::model::Patch;

/// Writes names and values as a browser sends them.
pub fn encode(pairs: &[(&str, &str)]) -> String {
    urlencoded::write(pairs.iter().copied())
}

/// What a person typed into the form of one table.
pub trait Form: Default {
    /// The fields, in the order in which the page shows them.
    const FIELDS: &'static [Field];

    /// Every field beside the place where its text is kept.
    fn inputs(&mut self) -> Vec<Input<'_>>;

    /// What the form carries besides its fields.
    fn state(&mut self) -> &mut FormState;

    /// The form as it was sent.
    fn read(submitted: &mut Submitted) -> Self {
        let mut form = Self::default();
        let absent = submitted.fill(form.inputs());
        *form.state() = FormState {
            absent,
            ..submitted.state()
        };
        form
    }

    /// The form as it is opened to edit a row: remembers the row's version and every text, so that
    /// a change by someone else is noticed when the form comes back.
    fn opened(mut self, version: impl Into<String>) -> Self {
        let original = conflict::snapshot(self.inputs());
        self.state().open(version.into(), original);
        self
    }

    /// The changes to a row, without the columns whose fields were left as they were: so an empty text is
    /// not made null by a form that shows both alike.
    fn changed<P: Patch>(&self, patch: P) -> Changed<P>
    where
        Self: Clone,
    {
        let mut form = self.clone();
        let original = std::mem::take(form.state()).original;
        Changed::new(patch, conflict::unchanged(&original, form.inputs()))
    }

    /// The form as it came back, laid over the row as it is now.
    ///
    /// What only the other person changed is taken over, what both changed stays as it was typed, and
    /// either is shown before anything is saved: see [`Difference`].
    fn rebase(mut self, mut current: Self) -> Self {
        let now = std::mem::take(current.state());
        let opened = std::mem::take(self.state());
        let state = conflict::rebase(opened, now, self.inputs(), current.inputs());
        *self.state() = state;
        self
    }
}

/// A field of a form beside the place where its text is kept.
#[derive(Debug)]
pub enum Input<'a> {
    /// One text.
    Text(&'static Field, &'a mut String),
    /// Any number of texts.
    List(&'static Field, &'a mut Vec<String>),
    /// The rows that the row is linked with.
    Links(&'static Field, &'a mut Linked),
    /// A file.
    File(&'static Field, &'a mut Upload),
}

impl Input<'_> {
    /// The field.
    pub fn field(&self) -> &'static Field {
        match self {
            Self::Text(field, _)
            | Self::List(field, _)
            | Self::Links(field, _)
            | Self::File(field, _) => field,
        }
    }
}
