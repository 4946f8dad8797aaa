//! How often something may happen: a token bucket, as the generic cell rate algorithm keeps it.

use std::time::Duration;

use tokio::time::Instant;

/// So many in each period in the long run, and those of two periods at once.
///
/// What it has to remember is one moment, which whoever counts keeps: when the next would come, if they
/// came evenly. A moment in the past says that nothing has to be remembered.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The time of one.
    interval: Duration,
    /// How far ahead of its time one may come.
    burst: Duration,
}

impl Pace {
    /// `count` in each `period`; none is taken for one.
    pub fn new(count: u32, period: Duration) -> Self {
        let count = count.max(1);
        let interval = period / count;
        Self {
            interval,
            burst: interval.saturating_mul(count.saturating_mul(2) - 1),
        }
    }

    /// Counts one.
    ///
    /// # Errors
    /// It came too early, and is not counted: there is room for it after this time.
    pub fn admit(self, due: &mut Instant, now: Instant) -> Result<(), Duration> {
        self.has_room(*due, now)?;
        *due = (*due).max(now) + self.interval;
        Ok(())
    }

    /// The same, without counting it.
    ///
    /// # Errors
    /// There is room after this time.
    pub fn has_room(self, due: Instant, now: Instant) -> Result<(), Duration> {
        let ahead = due.saturating_duration_since(now);
        match ahead.checked_sub(self.burst) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_the_rate() {
        let begin = Instant::now();
        let pace = Pace::new(10, Duration::from_secs(1));
        let mut due = begin;
        let mut admitted = |now| {
            (0..)
                .take_while(|_| pace.admit(&mut due, now).is_ok())
                .count()
        };
        assert_eq!(admitted(begin), 20);
        assert_eq!(admitted(begin), 0);
        // A second later there is room for as many as a second has, after a long time for the burst.
        assert_eq!(admitted(begin + Duration::from_secs(1)), 10);
        assert_eq!(admitted(begin + Duration::from_secs(60)), 20);
    }

    #[test]
    fn who_waits_as_told_is_admitted_for_ever() {
        let mut now = Instant::now();
        let pace = Pace::new(1_000, Duration::from_secs(1));
        let mut due = now;
        for _ in 0..10_000 {
            if let Err(wait) = pace.admit(&mut due, now) {
                now += wait;
                assert_eq!(pace.admit(&mut due, now), Ok(()));
            }
        }
    }

    #[test]
    fn asking_counts_nothing() {
        let begin = Instant::now();
        let pace = Pace::new(1, Duration::from_secs(60));
        let mut due = begin;
        for _ in 0..2 {
            assert_eq!(pace.has_room(due, begin), Ok(()));
            assert_eq!(pace.has_room(due, begin), Ok(()));
            assert_eq!(pace.admit(&mut due, begin), Ok(()));
        }
        let minute = Err(Duration::from_secs(60));
        assert_eq!(pace.has_room(due, begin), minute);
        assert_eq!(pace.admit(&mut due, begin), minute);
    }
}
