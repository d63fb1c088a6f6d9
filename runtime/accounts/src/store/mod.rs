//! What is stored of accounts, in the own [`tables`](crate::tables): whose row something is, is a type here.
//!
//! Everything is asked of the database that is given, for nobody, and takes the time as an argument. Where two requests
//! want the same at once, one statement decides, and the other one is told.

mod asked;
mod attempt;
mod group;
mod history;
mod identity;
mod moment;
mod passkey;
mod permission;
mod recovery_code;
mod session;
mod state;
mod token;
mod totp;
mod user;

pub use attempt::{Attempts, Taken};
pub use group::Group;
pub use history::{History, NewHistory};
pub use identity::Identity;
pub use passkey::Passkey;
pub use permission::{Holder, permissions, restrict, unrestrict};
pub use recovery_code::RecoveryCodes;
pub use session::{NewSession, Session};
pub use state::{NewState, State};
pub use token::{ApiToken, NewApiToken};
pub use totp::Totp;
pub use user::{NewUser, PasswordHash, User};

use asked::{all, change, changes, clear, digest, first, id, words};
use moment::{TOUCHED_EVERY, earlier, system_time};
pub(crate) use moment::{later, until};
