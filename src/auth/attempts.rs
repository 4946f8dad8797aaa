//! Failed authentications of each address: above a rate, nothing that it shows is looked at any more.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Addresses that are remembered, a few megabytes. Above it an arbitrary one is forgotten: whoever has so
/// many is not held up by their rate.
const MAX_ADDRESSES: usize = 65_536;

/// How often those that have nothing to wait for are looked for at most.
const SWEEP: Duration = Duration::from_secs(1);

/// What addresses have failed: so often a minute in the long run, and twice as often at once. A token bucket,
/// as the generic cell rate algorithm keeps it: one moment for each address.
pub struct Attempts {
    /// The time of one failure.
    interval: Duration,
    /// How far ahead of its time a failure may come.
    burst: Duration,
    failed: Mutex<Failed>,
}

#[derive(Default)]
struct Failed {
    /// When the next failure would come, if they came evenly.
    due: HashMap<IpAddr, Instant>,
    swept: Option<Instant>,
}

impl Attempts {
    /// Nobody has failed yet.
    pub fn new(per_minute: u32) -> Self {
        let per_minute = per_minute.max(1);
        let interval = Duration::from_secs(60) / per_minute;
        Self {
            interval,
            burst: interval.saturating_mul(per_minute.saturating_mul(2) - 1),
            failed: Mutex::default(),
        }
    }

    /// Whether this address may show something.
    ///
    /// # Errors
    /// In this time.
    pub fn admit(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let due = self.lock().due.get(&network(address)).copied();
        let ahead = due.map_or(Duration::ZERO, |due| due.saturating_duration_since(now));
        match ahead.checked_sub(self.burst) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => Ok(()),
        }
    }

    /// What it has shown was not taken.
    pub fn failed(&self, address: IpAddr, now: Instant) {
        let address = network(address);
        let mut failed = self.lock();
        if failed.due.len() >= MAX_ADDRESSES && !failed.due.contains_key(&address) {
            failed.make_room(now);
        }
        let due = failed.due.entry(address).or_insert(now);
        *due = (*due).max(now) + self.interval;
    }

    fn lock(&self) -> MutexGuard<'_, Failed> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Failed {
    fn make_room(&mut self, now: Instant) {
        if self.swept.is_none_or(|at| now - at >= SWEEP) {
            self.swept = Some(now);
            self.due.retain(|_, due| *due > now);
        }
        if self.due.len() >= MAX_ADDRESSES
            && let Some(some) = self.due.keys().next().copied()
        {
            self.due.remove(&some);
        }
    }
}

/// What is counted as one address. Whoever has one address of IPv6 usually has all that begin with
/// the same 64 bits (RFC 6177).
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures_until_refused(attempts: &Attempts, address: &str, now: Instant) -> usize {
        let address = address.parse().unwrap();
        let mut failures = 0;
        while attempts.admit(address, now).is_ok() {
            attempts.failed(address, now);
            failures += 1;
        }
        failures
    }

    #[test]
    fn a_burst_and_then_the_rate() {
        let attempts = Attempts::new(10);
        let begin = Instant::now();
        assert_eq!(failures_until_refused(&attempts, "10.0.0.1", begin), 20);
        let address = "10.0.0.1".parse().unwrap();
        let wait = attempts.admit(address, begin);
        assert_eq!(wait, Err(Duration::from_secs(6)));
        let minute = begin + Duration::from_secs(60);
        assert_eq!(failures_until_refused(&attempts, "10.0.0.1", minute), 10);
        // Others are served on; neighbours in IPv6 are the same, as is the mapped form.
        assert_eq!(
            failures_until_refused(&attempts, "::ffff:10.0.0.1", minute),
            0
        );
        assert_eq!(failures_until_refused(&attempts, "2001:db8::1", minute), 20);
        assert_eq!(
            failures_until_refused(&attempts, "2001:db8::ffff:2", minute),
            0
        );
        assert_eq!(
            failures_until_refused(&attempts, "2001:db8:0:1::1", minute),
            20
        );
    }

    #[test]
    fn memory_is_bounded() {
        let attempts = Attempts::new(1);
        let begin = Instant::now();
        let address = |n: u32| IpAddr::from(n.to_be_bytes());
        for n in 0..MAX_ADDRESSES as u32 + 100 {
            attempts.failed(address(n), begin);
        }
        assert_eq!(attempts.lock().due.len(), MAX_ADDRESSES);
        // Those whose time is over are not kept for ever.
        attempts.failed(address(u32::MAX), begin + Duration::from_secs(61));
        assert_eq!(attempts.lock().due.len(), 1);
    }
}
