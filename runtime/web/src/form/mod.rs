//! Forms: what a person types, the rules that it must satisfy, and what is said when it does not.
//!
//! A form keeps every value as the text that was typed, so that nothing is lost when something is
//! wrong; [`Check`] turns the texts into values.

mod any_form;
mod blank;
mod changed;
mod check;
mod choices;
mod choose;
mod conflict;
mod control;
mod elements;
mod entry;
mod field;
mod filled;
mod fingerprint;
mod form_body;
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
mod upload;
mod urlencoded;

pub use any_form::AnyForm;
pub use blank::Blank;
pub use check::Check;
pub use choices::{Choice, ChoiceQuery, ChoiceSet, Choices, LinkedRows};
pub use conflict::Difference;
pub use control::{Control, ControlOption, Search, Versions};
pub use entry::Entry;
pub use field::{Field, Widget};
pub use filled::Filled;
pub(crate) use fingerprint::Fingerprint;
pub use form_body::FormBody;
pub use link_page::{Boxes, LinkPage};
pub use linked::Linked;
pub(crate) use linked::{Many, PAGE};
pub use range::{RangeEnd, RangeInputs};
pub use redisplay::{Mistake, Redisplay};
pub use state::FormState;
pub use upload::Upload;

pub use umbel_data::catalog::FormKey;
pub use umbel_data::values::{FormValue, FormValues};

use umbel_data::change::LinkChange;
use umbel_data::database::Executor;
use umbel_data::error::Result;
use umbel_data::model::{Patch, Versioned};

/// Writes names and values as a browser sends them.
pub fn encode(pairs: &[(&str, &str)]) -> String {
    urlencoded::write(pairs.iter().copied())
}

/// What a person types into the form of one table, and the rules that it must satisfy.
pub trait Form: Default + Clone + Send + Sync {
    /// The row that the form is about, as it is inserted.
    type New: Send;

    /// The fields, in the order in which the page shows them.
    const FIELDS: &'static [Field];

    /// Every field beside the place where its text is kept.
    fn inputs(&mut self) -> Vec<Input<'_>>;

    /// The form of a new row, with the defaults of the table.
    fn blank() -> Self {
        Self::default()
    }

    /// Checks every rule: a row, which counts as long as nothing is wrong.
    fn validate(&self, check: &mut Check<'_>) -> Self::New;

    /// What the form changes about the rows that the row is linked with.
    fn links(&self, state: &FormState) -> Vec<LinkChange> {
        let _ = state;
        Vec::new()
    }
}

/// A form that edits rows.
pub trait EditForm: Form {
    /// Changes to a row.
    type Patch: Patch;

    /// The form of a row as it is now.
    fn open(
        db: &dyn Executor,
        row: &Versioned<<Self::Patch as Patch>::Model>,
    ) -> impl Future<Output = Result<Self>> + Send;

    /// The changes that make a row what the form says.
    fn patch(new: Self::New) -> Self::Patch;
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
