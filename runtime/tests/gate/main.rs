//! What is read and written for somebody: policies, hooks and links have their say, over either database.

mod databases;
mod hooks;
mod houses;
mod permissions;
mod policies;
mod rooms;
#[path = "../database/server.rs"]
#[expect(dead_code, unreachable_pub, reason = "other tests need the rest")]
mod server;
