//! A condition on the rows of a model.

use std::marker::PhantomData;
use std::ops::Not;

use crate::catalog::Node;

/// A condition on the rows of `M`.
#[derive(Debug)]
pub struct Condition<M> {
    pub(crate) node: Node,
    model: PhantomData<fn() -> M>,
}

impl<M> Condition<M> {
    pub(crate) fn new(node: Node) -> Self {
        let model = PhantomData;
        Self { node, model }
    }

    /// Holds for every row.
    pub fn always() -> Self {
        Self::new(Node::All(Vec::new()))
    }

    /// Holds where every one of them holds.
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self::new(Node::All(
            conditions
                .into_iter()
                .map(|condition| condition.node)
                .collect(),
        ))
    }

    /// Holds where one of them holds.
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self::new(Node::Any(
            conditions
                .into_iter()
                .map(|condition| condition.node)
                .collect(),
        ))
    }

    /// Holds where both hold.
    pub fn and(self, other: Self) -> Self {
        Self::new(self.node.and(other.node))
    }

    /// Holds where one or both hold.
    pub fn or(self, other: Self) -> Self {
        Self::new(Node::Any(vec![self.node, other.node]))
    }
}

impl<M> Not for Condition<M> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(Node::Not(Box::new(self.node)))
    }
}

impl<M> Clone for Condition<M> {
    fn clone(&self) -> Self {
        Self::new(self.node.clone())
    }
}
