//! How many denials of one address are written down: whoever is turned away a hundred thousand times a
//! second fills no disk, and hides nobody else's lines.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::quota::{Pace, network};

/// Denials of one address that are written in a second, in the long run.
const LINES_PER_SECOND: u32 = 50;

/// Addresses that are remembered. With more, there are so many that each may have its lines.
const MAX_ADDRESSES: usize = 65_536;

/// How often those that have become quiet are looked for at most.
const SWEEP: Duration = Duration::from_secs(1);

/// What addresses were turned away for without a line.
#[derive(Debug)]
pub(super) struct Noise {
    pace: Pace,
    heard: Mutex<Heard>,
}

#[derive(Debug)]
struct Heard {
    of: HashMap<IpAddr, Denials>,
    swept: Instant,
}

#[derive(Debug)]
struct Denials {
    /// When the next would come, if they came evenly.
    due: Instant,
    unwritten: u64,
}

/// So many denials of an address have no line of their own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unwritten {
    pub(super) address: IpAddr,
    pub(super) lines: u64,
}

impl Noise {
    pub(super) fn new() -> Self {
        Self {
            pace: Pace::new(LINES_PER_SECOND, Duration::from_secs(1)),
            heard: Mutex::new(Heard {
                of: HashMap::new(),
                swept: Instant::now(),
            }),
        }
    }

    /// Whether a denial of this address has a line; with those that had none before it.
    pub(super) fn admit(&self, address: IpAddr, now: Instant) -> Option<Option<Unwritten>> {
        let address = network(address);
        let mut heard = self.lock();
        if heard.of.len() >= MAX_ADDRESSES && !heard.of.contains_key(&address) {
            return Some(None);
        }
        let denials = heard.of.entry(address).or_insert(Denials {
            due: now,
            unwritten: 0,
        });
        if self.pace.admit(&mut denials.due, now).is_err() {
            denials.unwritten += 1;
            return None;
        }
        Some(denials.take(address))
    }

    /// Those that were left out of addresses that have become quiet. Looked for now and then, whatever is
    /// written.
    pub(super) fn become_quiet(&self, now: Instant) -> Vec<Unwritten> {
        let mut heard = self.lock();
        if now < heard.swept + SWEEP {
            return Vec::new();
        }
        heard.swept = now;
        let quiet = heard.of.extract_if(|_, denials| denials.due <= now);
        quiet
            .filter_map(|(address, mut denials)| denials.take(address))
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Denials {
    fn take(&mut self, address: IpAddr) -> Option<Unwritten> {
        let lines = std::mem::take(&mut self.unwritten);
        (lines > 0).then_some(Unwritten { address, lines })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BURST: usize = 2 * LINES_PER_SECOND as usize;

    #[test]
    fn each_address_has_so_many_lines_and_the_rest_is_counted() {
        let noise = Noise::new();
        let now = Instant::now();
        let [loud, other] = ["10.0.0.1", "10.0.0.2"].map(|text| text.parse::<IpAddr>().unwrap());
        let written = (0..1_000).filter(|_| noise.admit(loud, now).is_some());
        assert_eq!(written.count(), BURST);
        assert_eq!(noise.admit(other, now), Some(None));
        let unwritten = |lines| Unwritten {
            address: loud,
            lines,
        };
        let later = now + Duration::from_secs(1);
        assert_eq!(noise.admit(loud, later), Some(Some(unwritten(900))));
        assert_eq!(noise.admit(loud, later), Some(None));
        while noise.admit(loud, later).is_some() {}
        // What is left is told when it has become quiet, and once.
        assert_eq!(noise.become_quiet(later), []);
        let quiet = later + Duration::from_secs(2);
        assert_eq!(noise.become_quiet(quiet), [unwritten(1)]);
        assert_eq!(noise.become_quiet(quiet + SWEEP), []);
        assert!(noise.lock().of.is_empty());
    }

    #[test]
    fn memory_is_bounded() {
        let noise = Noise::new();
        let now = Instant::now();
        for n in 0..MAX_ADDRESSES as u32 + 100 {
            assert_eq!(noise.admit(IpAddr::from(n.to_be_bytes()), now), Some(None));
        }
        assert_eq!(noise.lock().of.len(), MAX_ADDRESSES);
    }
}
