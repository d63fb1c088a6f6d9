//! The command line of umbel.

fn main() {}
