//! What is accepted of browsers' answers, and why the rest is not.

mod authentication;
mod device;
mod registration;
mod vectors;

use super::*;
