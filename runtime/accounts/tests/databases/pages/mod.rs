//! Signing in and out, and looking after one's account: an application as browsers and programs see it.

mod account;
mod cookies;
mod links;
mod log_in;
mod next;
mod password;
mod shop;
mod throttle;
mod tokens;
