//! Deciding about whole trees.
