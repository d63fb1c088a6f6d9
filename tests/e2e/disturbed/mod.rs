//! Applications under load while all that can go wrong around them does: nothing that was saved is lost, nothing that was
//! refused is there, nobody waits for longer than the settings say, and all goes well again without help.

mod client;
mod count;
mod crowd;
mod exchange;
mod ledger;
mod load;
mod postgres;
mod running;
mod sqlite;
