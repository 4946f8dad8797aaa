//! Failed authentications of each address: above a rate, nothing that it shows is looked at any more.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::quota::{Pace, network};

/// Addresses that are remembered, a few megabytes. Above it an arbitrary one is forgotten: whoever has so
/// many is not held up by their rate.
const MAX_ADDRESSES: usize = 65_536;

/// How often those that have nothing to wait for are looked for at most.
const SWEEP: Duration = Duration::from_secs(1);

/// What addresses have failed: so often a minute in the long run, and twice as often at once.
pub struct Attempts {
    pace: Pace,
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
        Self {
            pace: Pace::new(per_minute, Duration::from_secs(60)),
            failed: Mutex::default(),
        }
    }

    /// Whether what this address shows is looked at.
    ///
    /// # Errors
    /// In this time.
    pub fn admit(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let due = self.lock().due.get(&network(address)).copied();
        due.map_or(Ok(()), |due| self.pace.has_room(due, now))
    }

    /// What it has shown was not taken: counts that.
    ///
    /// # Errors
    /// So many were looked at at the same time that this one is beyond what the address may fail. Then it is not
    /// told that it has failed, but when to come again.
    pub fn failed(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let address = network(address);
        let mut failed = self.lock();
        if failed.due.len() >= MAX_ADDRESSES && !failed.due.contains_key(&address) {
            failed.make_room(now);
        }
        self.pace
            .admit(failed.due.entry(address).or_insert(now), now)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn failures_until_refused(attempts: &Attempts, address: &str, now: Instant) -> usize {
        let address = address.parse().unwrap();
        let mut failures = 0;
        while attempts.admit(address, now).is_ok() {
            attempts.failed(address, now).unwrap();
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
    fn as_many_fail_as_may_however_many_are_looked_at_at_once() {
        let attempts = Attempts::new(10);
        let now = Instant::now();
        let address = "10.0.0.1".parse().unwrap();
        let looked_at = (0..100).filter(|_| attempts.admit(address, now).is_ok());
        assert_eq!(looked_at.count(), 100);
        let told = (0..100).filter(|_| attempts.failed(address, now).is_ok());
        assert_eq!(told.count(), 20);
        // Those beyond are not held against it for longer.
        assert_eq!(attempts.failed(address, now), Err(Duration::from_secs(6)));
    }

    #[test]
    fn memory_is_bounded() {
        let attempts = Attempts::new(1);
        let begin = Instant::now();
        let address = |n: u32| IpAddr::from(n.to_be_bytes());
        for n in 0..MAX_ADDRESSES as u32 + 100 {
            attempts.failed(address(n), begin).unwrap();
        }
        assert_eq!(attempts.lock().due.len(), MAX_ADDRESSES);
        // Those whose time is over are not kept for ever.
        let later = begin + Duration::from_secs(61);
        attempts.failed(address(u32::MAX), later).unwrap();
        assert_eq!(attempts.lock().due.len(), 1);
    }
}
