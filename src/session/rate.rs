//! How many frames a client may send: a token bucket, as the generic cell rate algorithm keeps it.

use std::time::Duration;

use tokio::time::Instant;

/// Frames that are refused in a row before the client is given up, in seconds of its rate. A client
/// that waits when it is told to never comes near.
const PATIENCE_SECONDS: u32 = 2;

/// The frames of one connection: so many a second in the long run, twice as many at once.
#[derive(Debug)]
pub(super) struct Rate {
    /// The time of one frame.
    interval: Duration,
    /// How far ahead of its time a frame may come.
    burst: Duration,
    /// When the next frame would come, if they came evenly.
    due: Instant,
    refused: u32,
    patience: u32,
}

/// Why a frame is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TooFast {
    /// There is room for one more after this time.
    Wait(Duration),
    /// The client was told often enough.
    GiveUp,
}

impl Rate {
    pub(super) fn new(per_second: u32, now: Instant) -> Self {
        let per_second = per_second.max(1);
        let interval = Duration::from_secs(1) / per_second;
        Self {
            interval,
            burst: interval * (2 * per_second - 1),
            due: now,
            refused: 0,
            patience: PATIENCE_SECONDS * per_second,
        }
    }

    /// Counts a frame.
    pub(super) fn admit(&mut self, now: Instant) -> Result<(), TooFast> {
        let ahead = self.due.saturating_duration_since(now);
        if ahead > self.burst {
            self.refused += 1;
            return Err(if self.refused > self.patience {
                TooFast::GiveUp
            } else {
                TooFast::Wait(ahead - self.burst)
            });
        }
        self.refused = 0;
        self.due = self.due.max(now) + self.interval;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_the_rate() {
        let begin = Instant::now();
        let mut rate = Rate::new(10, begin);
        let admitted = |rate: &mut Rate, now| (0..).take_while(|_| rate.admit(now).is_ok()).count();
        assert_eq!(admitted(&mut rate, begin), 20);
        assert_eq!(
            rate.admit(begin),
            Err(TooFast::Wait(Duration::from_millis(100)))
        );
        // A second later there is room for as many as a second has, after a long time for the burst.
        assert_eq!(admitted(&mut rate, begin + Duration::from_secs(1)), 10);
        assert_eq!(admitted(&mut rate, begin + Duration::from_secs(60)), 20);
    }

    #[test]
    fn who_does_not_wait_is_given_up() {
        let begin = Instant::now();
        let mut rate = Rate::new(10, begin);
        let verdicts: Vec<_> = (0..41).map(|_| rate.admit(begin)).collect();
        assert!(verdicts[..20].iter().all(Result::is_ok));
        assert!(matches!(verdicts[39], Err(TooFast::Wait(_))));
        assert_eq!(verdicts[40], Err(TooFast::GiveUp));
    }

    #[test]
    fn who_waits_as_told_is_served_for_ever() {
        let mut now = Instant::now();
        let mut rate = Rate::new(1_000, now);
        for _ in 0..10_000 {
            if let Err(TooFast::Wait(time)) = rate.admit(now) {
                now += time;
                assert_eq!(rate.admit(now), Ok(()));
            }
        }
    }
}
