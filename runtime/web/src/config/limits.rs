//! How much a request may hold, and its answer.

use umbel_data::list;

/// How much a request may hold, and its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an address: path and query.
    pub url: usize,
    /// Bytes of the headers of a request.
    pub headers: usize,
    /// Filters of a list.
    pub filters: usize,
    /// Bytes of what the address of a list says, which every link of its page repeats.
    pub list: usize,
    /// Bytes of the body of a request.
    pub body: usize,
    /// Inputs of a form.
    pub fields: usize,
    /// Bytes of one text of a form; a file is part of the body alone.
    pub field: usize,
    /// Bytes of all texts of a form, which its page shows again if something is wrong.
    pub texts: usize,
    /// Bytes of what a form carries along: the texts with which it was opened.
    pub carried: usize,
    /// Bytes of all bodies that are in memory at once.
    pub bodies: usize,
    /// Bytes of a page.
    pub page: usize,
}

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

impl Limits {
    /// How much the address of a list may say.
    pub(crate) fn of_list(&self) -> list::Limits {
        list::Limits {
            filters: self.filters,
            bytes: self.list,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        let list = list::Limits::default();
        Self {
            url: 32 * KIB,
            headers: 32 * KIB,
            filters: list.filters,
            list: list.bytes,
            body: 16 * MIB,
            fields: 5_000,
            field: 4 * MIB,
            texts: 4 * MIB,
            carried: 4 * MIB,
            bodies: 64 * MIB,
            page: 32 * MIB,
        }
    }
}
