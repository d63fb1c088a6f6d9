//! From tokens to the tree. What is not known here is `None`, and is printed by others.

mod expression;
mod item;
mod statement;

pub(super) use item::items;
