//! Real time to market time and back.

use std::{sync::Arc, time::Duration};

use crate::MarketTime;

/// Plays a market's sessions one after the other, leaving out the time between them, and starts
/// over when there are no more.
///
/// It holds no time of its own: real time is what has elapsed since the caller's start. Clones
/// share the list of sessions.
#[derive(Clone, Debug)]
pub struct Clock {
    spans: Arc<[Span]>,
    /// Market milliseconds in a lap.
    lap: u64,
    pace: Pace,
}

/// A moment on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// How often the clock has started over. What was known in an earlier lap is void: whoever
    /// keeps state of a symbol begins anew.
    pub lap: u64,
    /// What the clock shows.
    pub time: MarketTime,
}

/// Market milliseconds per real nanoseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    pub(crate) market_millis: u64,
    pub(crate) real_nanos: u64,
}

/// A stretch of market time that is played without a gap.
#[derive(Clone, Copy, Debug)]
struct Span {
    open: i64,
    millis: u64,
    /// Market milliseconds of the lap before this span.
    before: u64,
}

impl Pace {
    pub(crate) const REAL_TIME: Self = Self {
        market_millis: 1,
        real_nanos: 1_000_000,
    };
}

impl Clock {
    /// Plays the given spans (`open`, `close`), which ascend and do not overlap.
    pub(crate) fn new(
        spans: impl IntoIterator<Item = (MarketTime, MarketTime)>,
        pace: Pace,
    ) -> Self {
        let mut lap = 0;
        let spans = spans.into_iter().map(|(open, close)| {
            let millis = close.millis().abs_diff(open.millis());
            let span = Span {
                open: open.millis(),
                millis,
                before: lap,
            };
            lap += millis;
            span
        });
        let spans: Arc<[Span]> = spans.collect();
        assert!(lap > 0, "a clock has something to play");
        Self { spans, lap, pace }
    }

    /// Real time, from `start` on without an end.
    pub(crate) fn real_time(start: MarketTime) -> Self {
        Self::new(
            [(start, MarketTime::from_millis(i64::MAX))],
            Pace::REAL_TIME,
        )
    }

    /// What the clock shows after this much real time.
    pub fn at(&self, elapsed: Duration) -> Moment {
        let played = elapsed
            .as_nanos()
            .saturating_mul(self.pace.market_millis.into())
            / u128::from(self.pace.real_nanos);
        let lap = u64::try_from(played / u128::from(self.lap)).unwrap_or(u64::MAX);
        let played = (played % u128::from(self.lap)) as u64;
        let span = self.spans[self.spans.partition_point(|span| span.before <= played) - 1];
        let time = MarketTime::from_millis(span.open + (played - span.before) as i64);
        Moment { lap, time }
    }

    /// The real time at which the clock reaches a moment; for one in a gap between two sessions,
    /// at which it leaps over it; for one after the last session, the end of the lap.
    pub fn due(&self, moment: Moment) -> Duration {
        let after = self
            .spans
            .partition_point(|span| span.open <= moment.time.millis());
        let played = match after.checked_sub(1).map(|index| self.spans[index]) {
            None => 0,
            Some(span) => span.before + moment.time.millis().abs_diff(span.open).min(span.millis),
        };
        let played = u128::from(moment.lap) * u128::from(self.lap) + u128::from(played);
        let nanos = played
            .saturating_mul(self.pace.real_nanos.into())
            .div_ceil(self.pace.market_millis.into());
        let seconds = u64::try_from(nanos / 1_000_000_000).unwrap_or(u64::MAX);
        Duration::new(seconds, (nanos % 1_000_000_000) as u32)
    }

    /// What the clock shows at the beginning of each lap.
    pub fn start(&self) -> MarketTime {
        MarketTime::from_millis(self.spans[0].open)
    }

    /// How much real time passes until the clock starts over.
    pub fn lap_duration(&self) -> Duration {
        self.due(Moment {
            lap: 1,
            time: self.start(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two spans of 1000 and 500 ms, each market millisecond taking 2 real ones.
    fn clock() -> Clock {
        let spans = [(10_000, 11_000), (50_000, 50_500)];
        Clock::new(
            spans.map(|(a, b)| (MarketTime::from_millis(a), MarketTime::from_millis(b))),
            Pace {
                market_millis: 1,
                real_nanos: 2_000_000,
            },
        )
    }

    fn check(real_millis: u64, lap: u64, time: i64) {
        let moment = Moment {
            lap,
            time: MarketTime::from_millis(time),
        };
        assert_eq!(
            clock().at(Duration::from_millis(real_millis)),
            moment,
            "at {real_millis}"
        );
        assert_eq!(
            clock().due(moment),
            Duration::from_millis(real_millis),
            "due {moment:?}"
        );
    }

    #[test]
    fn gaps_are_leapt_over_and_laps_counted() {
        check(0, 0, 10_000);
        check(1_998, 0, 10_999);
        check(2_000, 0, 50_000);
        check(2_998, 0, 50_499);
        check(3_000, 1, 10_000);
        check(6_002, 2, 10_001);
        assert_eq!(clock().lap_duration(), Duration::from_secs(3));
    }

    #[test]
    fn what_lies_in_a_gap_is_due_when_it_is_leapt_over() {
        let due = |time| {
            clock().due(Moment {
                lap: 0,
                time: MarketTime::from_millis(time),
            })
        };
        assert_eq!(due(11_000), Duration::from_secs(2));
        assert_eq!(due(30_000), Duration::from_secs(2));
        assert_eq!(due(99_000), Duration::from_secs(3));
        assert_eq!(due(-5), Duration::ZERO);
    }

    #[test]
    fn no_elapsed_time_is_too_long() {
        let clock = Clock::real_time(MarketTime::from_millis(1_700_000_000_000));
        assert_eq!(
            clock.at(Duration::from_millis(250)).time.millis(),
            1_700_000_000_250
        );
        let end = clock.at(Duration::MAX);
        assert!(clock.due(end) > Duration::from_secs(1 << 32));
    }
}
