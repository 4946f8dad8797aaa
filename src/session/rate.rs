//! How many frames a client may send.

use std::time::Duration;

use tokio::time::Instant;

use crate::metrics::Scope;
use crate::quota::{Pace, Share};
use crate::wire::Refusal;

/// How many more frames may be refused than admitted before the client is given up, in seconds of its
/// rate. A client that waits when it is told to never comes near; one that sends more than twice what it
/// may gets there.
const PATIENCE_SECONDS: u32 = 2;

/// The frames of one connection: so many a second in the long run, twice as many at once.
#[derive(Debug)]
pub(super) struct Rate {
    pace: Pace,
    /// When the next frame would come, if they came evenly.
    due: Instant,
    /// Those that were refused, less those that were admitted since.
    refused: u32,
    patience: u32,
}

/// Why a frame is refused.
#[derive(Debug)]
pub(super) enum TooFast {
    /// The client is told so, and when there is room for one more.
    Wait(Scope, Refusal),
    /// It was told often enough.
    GiveUp,
}

impl Rate {
    pub(super) fn new(per_second: u32, now: Instant) -> Self {
        Self {
            pace: Pace::new(per_second, Duration::from_secs(1)),
            due: now,
            refused: 0,
            patience: per_second.max(1).saturating_mul(PATIENCE_SECONDS),
        }
    }

    /// Counts a frame, here and among those that others send with whom the connection shares a quota. Its own
    /// rate comes first: what is beyond that takes nothing from others.
    pub(super) fn admit(&mut self, share: &Share, now: Instant) -> Result<(), TooFast> {
        let own = self.pace.admit(&mut self.due, now);
        let own = own.map_err(|wait| (Scope::Connection, Refusal::rate_limited(wait)));
        let shared = |()| share.frame(now).map_err(|it| (it.party.into(), it.into()));
        let Err((scope, refusal)) = own.and_then(shared) else {
            self.refused = self.refused.saturating_sub(1);
            return Ok(());
        };
        self.refused += 1;
        Err(if self.refused > self.patience {
            TooFast::GiveUp
        } else {
            TooFast::Wait(scope, refusal)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;
    use crate::quota::{QuotaLimits, Quotas};

    fn share(frames_per_second: u32) -> Share {
        let limits = QuotaLimits {
            connections: 1,
            subscriptions: 1,
            frames_per_second,
        };
        let address = IpAddr::from(Ipv4Addr::LOCALHOST);
        Share::new(&Quotas::new(limits, limits), address)
    }

    /// How many are admitted, how many are told to wait, and how long the last.
    fn course(rate: &mut Rate, share: &Share, now: Instant) -> (usize, usize, Option<Duration>) {
        let (mut admitted, mut told, mut last) = (0, 0, None);
        for _ in 0..1_000 {
            match rate.admit(share, now) {
                Ok(()) => admitted += 1,
                Err(TooFast::Wait(_, refusal)) => {
                    told += 1;
                    last = refusal.retry_after;
                }
                Err(TooFast::GiveUp) => return (admitted, told, last),
            }
        }
        panic!("never given up");
    }

    #[test]
    fn who_does_not_wait_is_given_up() {
        let wait = |milliseconds| Some(Duration::from_millis(milliseconds));
        let course_of = |own, shared| {
            let share = share(shared);
            let now = Instant::now();
            course(&mut Rate::new(own, now), &share, now)
        };
        assert_eq!(course_of(10, 1_000), (20, 20, wait(100)));
        // By what is shared as well; in the end by its own rate, too.
        assert_eq!(course_of(100, 10), (20, 200, wait(10)));
    }

    #[test]
    fn one_that_is_admitted_makes_up_for_those_that_were_not() {
        let share = share(1_000);
        let mut now = Instant::now();
        let mut rate = Rate::new(10, now);
        for n in 0..1_000 {
            match rate.admit(&share, now) {
                Ok(()) => {}
                Err(TooFast::Wait(_, refusal)) => now += refusal.retry_after.expect("a time"),
                Err(TooFast::GiveUp) => panic!("given up at {n}"),
            }
        }
    }

    /// However much is admitted in between.
    #[test]
    fn who_sends_three_times_as_much_is_given_up_and_who_sends_a_little_too_much_is_not() {
        let after = |interval: Duration| {
            let share = share(100_000);
            let begin = Instant::now();
            let mut rate = Rate::new(1_000, begin);
            let admitted = |n: u32| rate.admit(&share, begin + interval * n);
            (0..100_000)
                .map(admitted)
                .position(|admitted| matches!(admitted, Err(TooFast::GiveUp)))
        };
        let given_up = after(Duration::from_secs(1) / 3_000).expect("given up");
        // A burst of 2,000, then two of three refused, until there are 2,000 more of these.
        assert!((8_000..10_000).contains(&given_up), "{given_up}");
        assert_eq!(after(Duration::from_secs(1) / 1_500), None);
        assert!(after(Duration::from_micros(1)).expect("given up") < 4_100);
    }

    #[test]
    fn what_is_too_fast_for_the_connection_takes_nothing_from_others() {
        let share = share(15);
        let now = Instant::now();
        let mut rate = Rate::new(10, now);
        let (admitted, ..) = course(&mut rate, &share, now);
        assert_eq!(admitted, 20);
        let left = (0..).take_while(|_| share.frame(now).is_ok()).count();
        assert_eq!(left, 10);
    }
}
