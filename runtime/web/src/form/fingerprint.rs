//! What tells a form that was sent from every other.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// What tells a form, with all that it was sent with, from every other.
pub(crate) type Fingerprint = u128;

/// The key of a form, in an input of its own: a form with another key is another form, whatever is typed into it.
pub(crate) fn key() -> String {
    let random = || RandomState::new().hash_one(std::process::id());
    format!("{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_forms_have_one_key() {
        let keys: std::collections::BTreeSet<String> = (0..1000).map(|_| key()).collect();
        assert_eq!(keys.len(), 1000);
    }
}
