//! Chance that a seed decides: the same seed makes the same rows.

/// A source of numbers (SplitMix64).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to `end`, which it never reaches; 0 where there is no room.
    pub fn below(&mut self, end: usize) -> usize {
        match u64::try_from(end) {
            Ok(0) | Err(_) => 0,
            Ok(end) => (self.bits() % end) as usize,
        }
    }

    /// A number from `low` to `high`, both included; `low` where there is no room.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let room = i128::from(high) - i128::from(low) + 1;
        if room <= 1 {
            return low;
        }
        let offset = i128::from(self.bits()) % room;
        i64::try_from(i128::from(low) + offset).unwrap_or(low)
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.bits() % 100 < percent
    }

    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}
