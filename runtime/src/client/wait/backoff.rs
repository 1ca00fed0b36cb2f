//! How long to wait between two calls: <https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries>.

use std::time::Duration;

/// Exponential backoff with jitter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Backoff {
    pub(super) min_delay: Duration,
    pub(super) max_delay: Duration,
}

impl Backoff {
    /// How long to wait after this many calls, when so much time is left; `None` when it is too little for another call. `random` is
    /// between 0 and 1. What is left after the last delay is at least the least delay, so that no call begins in the last moment.
    pub(super) fn delay(&self, attempt: u32, left: Duration, random: f64) -> Option<Duration> {
        let last = left.checked_sub(self.min_delay).filter(|last| !last.is_zero())?;
        let random = random.clamp(0.0, 1.0);
        let delay = self.min_delay + self.ceiling(attempt).saturating_sub(self.min_delay).mul_f64(random);
        Some(if left.saturating_sub(delay) <= self.min_delay { last } else { delay })
    }

    /// The least delay, doubled after every call but the first, up to the greatest.
    fn ceiling(&self, attempt: u32) -> Duration {
        let factor = 1u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        self.min_delay.saturating_mul(factor).min(self.max_delay).max(self.min_delay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKOFF: Backoff = Backoff { min_delay: Duration::from_secs(2), max_delay: Duration::from_secs(120) };
    const LONG: Duration = Duration::from_secs(100_000);

    fn seconds(seconds: u64) -> Option<Duration> {
        Some(Duration::from_secs(seconds))
    }

    #[test]
    fn the_greatest_delay_doubles_up_to_the_limit() {
        let delays = [2, 4, 8, 16, 32, 64, 120, 120];
        for (attempt, delay) in (1..).zip(delays) {
            assert_eq!(BACKOFF.delay(attempt, LONG, 1.0), seconds(delay), "after {attempt}");
        }
        assert_eq!(BACKOFF.delay(u32::MAX, LONG, 1.0), seconds(120));
    }

    #[test]
    fn chance_decides_between_the_least_delay_and_the_greatest() {
        assert_eq!(BACKOFF.delay(3, LONG, 0.0), seconds(2));
        assert_eq!(BACKOFF.delay(3, LONG, 0.5), seconds(5));
    }

    #[test]
    fn the_last_delay_leaves_the_least_for_one_more_call() {
        assert_eq!(BACKOFF.delay(5, Duration::from_secs(10), 1.0), seconds(8));
        assert_eq!(BACKOFF.delay(1, Duration::from_secs(3), 1.0), seconds(1));
    }

    #[test]
    fn where_there_is_no_time_for_another_call_there_is_no_delay() {
        for left in [0, 1, 2] {
            assert_eq!(BACKOFF.delay(1, Duration::from_secs(left), 0.0), None, "{left}");
        }
    }

    #[test]
    fn a_greatest_delay_below_the_least_is_the_least() {
        let backoff = Backoff { max_delay: Duration::from_secs(1), ..BACKOFF };
        assert_eq!(backoff.delay(9, LONG, 1.0), seconds(2));
    }
}
