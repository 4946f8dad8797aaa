//! The end of the server, as its connections see it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How much time the close of one connection adds to the end, at the most: a server with a few
/// connections ends in a moment, whatever time it is given.
const TIME_PER_CONNECTION: Duration = Duration::from_millis(10);

/// Announces the end of the server, and gives each connection a moment of its own to close. Closed
/// all at once, their clients would also come back all at once, to whoever takes over.
///
/// A connection that sees that the end [has begun](Self::has_begun) says `shutdown` to its client at
/// once, and goes on as before until its [moment](Self::closing_of); then it closes with
/// [`Restarting`](crate::wire::CloseCode::Restarting), behind what waits in its outbox.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    begun: CancellationToken,
    plan: Arc<OnceLock<Plan>>,
}

/// Equal parts of the time for the closes, one for each connection that was open at the beginning.
#[derive(Debug)]
struct Plan {
    begin: Instant,
    spread: Duration,
    parts: u64,
    given: AtomicU64,
}

impl Stop {
    /// Begins the end, with so many open connections, whose closes may be spread over `drain`.
    /// Returns the time over which they are. Only the first call counts.
    pub fn begin(&self, connections: usize, drain: Duration) -> Duration {
        let plan = self.plan.get_or_init(|| {
            let parts = u64::try_from(connections).unwrap_or(u64::MAX).max(1);
            let enough =
                TIME_PER_CONNECTION.saturating_mul(u32::try_from(connections).unwrap_or(u32::MAX));
            Plan {
                begin: Instant::now(),
                spread: drain.min(enough),
                parts,
                given: AtomicU64::new(0),
            }
        });
        self.begun.cancel();
        plan.spread
    }

    /// Whether the end has begun.
    pub fn has_begun(&self) -> bool {
        self.begun.is_cancelled()
    }

    /// Waits for the beginning of the end. Cancel safe.
    pub async fn begun(&self) {
        self.begun.cancelled().await;
    }

    /// When this connection is to close: somewhere in a part of the time that no other connection
    /// gets. To be asked once by each connection, after [`Self::begun`]; before it, the answer is now.
    pub fn closing_of(&self, connection: Uuid) -> Instant {
        let Some(plan) = self.plan.get() else {
            return Instant::now();
        };
        // Who came after the count begins with the first part again.
        let part = plan.given.fetch_add(1, Ordering::Relaxed) % plan.parts;
        let share = (part as f64 + jitter(connection)) / plan.parts as f64;
        plan.begin + plan.spread.mul_f64(share)
    }
}

/// A number in `[0, 1)` that is a connection's own: what many do after the same time, each should
/// do a little earlier or later than the others. Of its id, which is random (RFC 9562 section 5.4).
pub fn jitter(connection: Uuid) -> f64 {
    /// As many bits as a double holds exactly; the variant's two are above them.
    const BITS: u32 = 53;
    let (_, low) = connection.as_u64_pair();
    (low & ((1 << BITS) - 1)) as f64 / (1_u64 << BITS) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAIN: Duration = Duration::from_secs(10);

    /// When each of so many connections closes, sorted, after the beginning.
    fn closings(connections: usize) -> Vec<Duration> {
        let stop = Stop::default();
        let begin = Instant::now();
        stop.begin(connections, DRAIN);
        let mut closings: Vec<_> = (0..connections)
            .map(|_| stop.closing_of(Uuid::new_v4()) - begin)
            .collect();
        closings.sort();
        closings
    }

    #[tokio::test(start_paused = true)]
    async fn closes_are_spread_evenly() {
        // How many connections, over how long they are spread.
        let rows = [
            (1, Duration::from_millis(10)),
            (100, Duration::from_secs(1)),
            (1_000, DRAIN),
            (50_000, DRAIN),
        ];
        for (connections, spread) in rows {
            let closings = closings(connections);
            let part = spread / connections as u32;
            for (n, closing) in closings.iter().enumerate() {
                // One in each part; a nanosecond for rounding.
                let begin = spread.mul_f64(n as f64 / connections as f64);
                let end = begin + part + Duration::from_nanos(2);
                assert!(
                    begin <= *closing + Duration::from_nanos(2) && *closing <= end,
                    "{n} of {connections}: {closing:?}"
                );
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_beginning_counts() {
        let stop = Stop::default();
        assert!(!stop.has_begun());
        assert_eq!(stop.closing_of(Uuid::new_v4()), Instant::now());
        assert_eq!(stop.begin(5, DRAIN), Duration::from_millis(50));
        assert_eq!(stop.begin(5_000, DRAIN), Duration::from_millis(50));
        assert!(stop.has_begun());
        stop.begun().await;
        // Whoever came after the count has its moment, too.
        let last = Instant::now() + Duration::from_millis(50);
        assert!((0..12).all(|_| stop.closing_of(Uuid::new_v4()) <= last));
        assert_eq!(Stop::default().begin(0, DRAIN), Duration::ZERO);
    }

    #[test]
    fn jitter_is_anywhere_between_zero_and_one() {
        let mut tenths = [false; 10];
        for _ in 0..1_000 {
            let jitter = jitter(Uuid::new_v4());
            assert!((0.0..1.0).contains(&jitter), "{jitter}");
            tenths[(jitter * 10.0) as usize] = true;
        }
        assert_eq!(tenths, [true; 10]);
    }
}
