//! How long to wait before trying again.

use std::time::Duration;

/// Exponential, with full jitter: a random part of `base · 2^n`, at most of `cap`. So clients that
/// lost their server together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Bounds the first delay.
    pub base: Duration,
    /// Bounds all of them.
    pub cap: Duration,
}

impl Default for Backoff {
    /// 500 ms, and 30 s.
    fn default() -> Self {
        Self {
            base: Duration::from_millis(500),
            cap: Duration::from_secs(30),
        }
    }
}

impl Backoff {
    /// The delay before attempt `attempt`, which counts from 1; `random` is in `0.0..1.0`.
    pub(super) fn delay(&self, attempt: u32, random: f64) -> Duration {
        let doubled = 2u32.saturating_pow(attempt.saturating_sub(1));
        self.base
            .saturating_mul(doubled)
            .min(self.cap)
            .mul_f64(random)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_cap() {
        let backoff = Backoff {
            base: Duration::from_millis(100),
            cap: Duration::from_millis(1500),
        };
        for (attempt, random, expected) in [
            (1, 1.0, 100),
            (2, 1.0, 200),
            (4, 1.0, 800),
            (5, 1.0, 1500),
            (u32::MAX, 1.0, 1500),
            (1, 0.0, 0),
            (3, 0.5, 200),
        ] {
            assert_eq!(
                backoff.delay(attempt, random).as_millis(),
                expected,
                "{attempt}"
            );
        }
    }
}
