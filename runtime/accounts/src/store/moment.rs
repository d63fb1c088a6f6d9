//! Moments that are some time before or after others.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use umbel_data::values::Timestamp;

/// How much later it is noted that a session or a token was used once more.
pub(super) const TOUCHED_EVERY: Duration = Duration::from_secs(60);

/// A moment that is later than another one.
pub(crate) fn later(moment: Timestamp, by: Duration) -> Timestamp {
    let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros_since_2000(moment.micros_since_2000().saturating_add(by))
}

/// A moment that is earlier than another one.
pub(super) fn earlier(moment: Timestamp, by: Duration) -> Timestamp {
    let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros_since_2000(moment.micros_since_2000().saturating_sub(by))
}

/// How long it is from a moment to another one.
pub(crate) fn until(now: Timestamp, then: Timestamp) -> Duration {
    let micros = (then.micros_since_2000()).saturating_sub(now.micros_since_2000());
    Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}

/// A moment as the standard library has it; the beginning of 1970, if it is earlier.
pub(super) fn system_time(moment: Timestamp) -> SystemTime {
    const FROM_1970_TO_2000: i64 = 10_957 * 24 * 60 * 60 * 1_000_000;
    let micros = moment.micros_since_2000().saturating_add(FROM_1970_TO_2000);
    UNIX_EPOCH + Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}
