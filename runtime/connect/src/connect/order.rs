//! Any order.

use std::hash::{BuildHasher, RandomState};

/// Puts items into an order that nobody knows before.
pub(super) fn shuffle<T>(items: &mut [T]) {
    for last in (1..items.len()).rev() {
        // Each state has keys of its own.
        let chance = RandomState::new().hash_one(last);
        let place = chance % (last as u64 + 1);
        items.swap(last, usize::try_from(place).unwrap_or(last));
    }
}

#[cfg(test)]
mod tests {
    use super::shuffle;

    #[test]
    fn all_stay_and_each_comes_first_at_times() {
        let mut first = [0; 3];
        for _ in 0..200 {
            let mut items = [0, 1, 2];
            shuffle(&mut items);
            first[items[0]] += 1;
            items.sort_unstable();
            assert_eq!(items, [0, 1, 2]);
        }
        assert!(first.iter().all(|count| *count > 20), "{first:?}");
    }
}
