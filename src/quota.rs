//! What all that comes from one address, or from one user, may take together: however many connections
//! share it, and by whichever door.
//!
//! - [`Quotas`] has the [`Quota`] of each address and of each user that is here, or was a moment ago.
//! - [`Share`] is what one connection takes of its address's and its user's, and gives back at its end.
//! - [`Pace`] is how often something may happen.

mod pace;
mod share;
mod table;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::metrics::Scope;
use crate::wire::{ErrorCode, Refusal};

pub use pace::Pace;
pub use share::Share;
use table::Table;

/// How much of each there may be, for one address or for one user.
#[derive(Debug, Clone, Copy)]
pub struct QuotaLimits {
    /// WebSockets at a time.
    pub connections: usize,
    /// Subscriptions at a time, of all of them.
    pub subscriptions: usize,
    /// Frames and HTTP requests a second in the long run; twice as many may come at once.
    pub frames_per_second: u32,
}

/// Whose quota it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// An address, or a network of IPv6.
    Address,
    /// A user, wherever they are.
    User,
}

/// What there is only so much of at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// WebSockets.
    Connections,
    /// Topics of each of them.
    Subscriptions,
}

/// A quota has no room for one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("at most {limit} {counted} of one {party}")]
pub struct Full {
    /// Whose.
    pub party: Party,
    /// Of what.
    pub counted: Counted,
    /// How many there may be.
    pub limit: usize,
}

/// Frames came too fast for a quota: there is room for one more after this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFast {
    /// Whose.
    pub party: Party,
    /// How long.
    pub wait: Duration,
}

/// What one address or one user takes.
#[derive(Debug)]
pub struct Quota {
    party: Party,
    limits: QuotaLimits,
    pace: Pace,
    taken: Mutex<Taken>,
}

#[derive(Debug)]
struct Taken {
    connections: usize,
    subscriptions: usize,
    /// When the next frame would come, if they came evenly.
    due: Instant,
}

/// The quotas of everybody.
pub struct Quotas {
    addresses: Table<IpAddr>,
    users: Table<String>,
    operators: Table<IpAddr>,
}

impl Quotas {
    /// Nobody has taken anything.
    pub fn new(of_address: QuotaLimits, of_user: QuotaLimits) -> Arc<Self> {
        Arc::new(Self {
            addresses: Table::new(Party::Address, of_address),
            users: Table::new(Party::User, of_user),
            operators: Table::new(Party::Address, of_address),
        })
    }

    /// That of an address; of IPv6, of its first 64 bits.
    pub fn of_address(&self, address: IpAddr) -> Arc<Quota> {
        self.addresses.get(&network(address))
    }

    /// That of an address at the operators' door: who asks too much at the others must not keep them out.
    pub fn of_operator(&self, address: IpAddr) -> Arc<Quota> {
        self.operators.get(&network(address))
    }

    /// That of the user whose tokens have this `sub`.
    pub fn of_user(&self, sub: &str) -> Arc<Quota> {
        self.users.get(sub)
    }
}

impl Quota {
    fn new(party: Party, limits: QuotaLimits) -> Self {
        Self {
            party,
            limits,
            pace: Pace::new(limits.frames_per_second, Duration::from_secs(1)),
            taken: Mutex::new(Taken {
                connections: 0,
                subscriptions: 0,
                due: Instant::now(),
            }),
        }
    }

    /// Counts a frame, or an HTTP request.
    ///
    /// # Errors
    /// There were too many; this one is not counted.
    pub fn frame(&self, now: Instant) -> Result<(), TooFast> {
        let party = self.party;
        self.pace
            .admit(&mut self.lock().due, now)
            .map_err(|wait| TooFast { party, wait })
    }

    /// One connection more, which has so many subscriptions already: all or nothing.
    fn connect(&self, subscriptions: usize) -> Result<(), Full> {
        let mut taken = self.lock();
        self.fits(Counted::Connections, taken.connections, 1)?;
        self.fits(Counted::Subscriptions, taken.subscriptions, subscriptions)?;
        taken.connections += 1;
        taken.subscriptions += subscriptions;
        Ok(())
    }

    fn subscribe(&self) -> Result<(), Full> {
        let mut taken = self.lock();
        self.fits(Counted::Subscriptions, taken.subscriptions, 1)?;
        taken.subscriptions += 1;
        Ok(())
    }

    fn fits(&self, counted: Counted, taken: usize, more: usize) -> Result<(), Full> {
        let limit = match counted {
            Counted::Connections => self.limits.connections,
            Counted::Subscriptions => self.limits.subscriptions,
        };
        if more <= limit.saturating_sub(taken) {
            return Ok(());
        }
        Err(Full {
            party: self.party,
            counted,
            limit,
        })
    }

    fn give_back(&self, connections: usize, subscriptions: usize) {
        let mut taken = self.lock();
        taken.connections -= connections;
        taken.subscriptions -= subscriptions;
    }

    /// Whether there is nothing to remember, as far as frames go.
    fn is_rested(&self, now: Instant) -> bool {
        self.lock().due <= now
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Address => "address",
            Self::User => "user",
        })
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connections => "connections",
            Self::Subscriptions => "subscriptions",
        })
    }
}

impl From<Party> for Scope {
    fn from(party: Party) -> Self {
        match party {
            Party::Address => Self::Address,
            Party::User => Self::User,
        }
    }
}

impl From<Full> for Refusal {
    fn from(full: Full) -> Self {
        Self::new(ErrorCode::LimitExceeded, full.to_string())
    }
}

impl From<TooFast> for Refusal {
    fn from(TooFast { party, wait }: TooFast) -> Self {
        let mut refusal = Self::rate_limited(wait);
        refusal.message = format!("too many requests of one {party} in a short time");
        refusal
    }
}

/// What is counted as one address. Whoever has one address of IPv6 usually has all that begin with
/// the same 64 bits (RFC 6177); those of the well-known prefix of NAT64 are IPv4 (RFC 6052).
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => match address.segments() {
            [0x64, 0xff9b, 0, 0, 0, 0, ..] => {
                let [.., a, b, c, d] = address.octets();
                Ipv4Addr::new(a, b, c, d).into()
            }
            [a, b, c, d, ..] => Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into(),
        },
        address => address,
    }
}

#[cfg(test)]
mod tests;
