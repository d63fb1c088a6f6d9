//! From items to the text of a file, laid out as rustfmt lays it out.

mod imports;
mod printer;
mod rust_file;
mod rustfmt;

pub(crate) use imports::Imports;
pub(crate) use rust_file::{Printed, RustFile, blank_line};
pub(crate) use rustfmt::{EDITION, FormatError, Style, run, rustfmt};
