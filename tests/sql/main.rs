//! SQL files read without a server, beside the same files loaded into one.

mod builtin;
mod compare;
mod corpus;
mod mutations;
mod order;
