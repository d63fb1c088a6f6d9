//! SQL files read without a server, beside the same files loaded into one.

mod assumed;
mod builtin;
mod compare;
mod corpus;
mod meaning;
mod mutations;
mod order;
mod psql;
mod said;
mod statements;
mod tools;
