//! `.umbel/`: what the next sync needs to know of this one.

use std::sync::Arc;

use super::Tree;

/// The emitted files together with the state that goes with them: the lock, and the base, a copy of every
/// file as it was emitted, against which a person's edits are recognised.
pub(crate) fn with_state(emitted: Tree, lock: String) -> Tree {
    let mut tree = Tree::new();
    for (path, content) in &emitted {
        tree.insert(format!(".umbel/base/{path}"), Arc::clone(content));
    }
    tree.extend(emitted);
    tree.insert(".umbel/schema.lock".to_owned(), lock.into());
    tree.insert(".umbel/.gitignore".to_owned(), "/local/\n".into());
    tree
}
