//! All open connections: how many there may be, and how to reach everybody.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::stop::Stop;
use crate::auth::network;
use crate::delivery::Outbox;
use crate::metrics::Refused;
use crate::wire::{CloseCode, Frame, SharedFrame};

/// How many connections there may be.
#[derive(Debug, Clone, Copy)]
pub struct ConnectionLimits {
    /// In all.
    pub max: usize,
    /// Of one address, or of one network of IPv6.
    pub max_per_address: usize,
}

/// The register of open connections.
pub struct Connections {
    open: Mutex<Open>,
    limits: ConnectionLimits,
    /// Owns the connections' tasks.
    pub tasks: TaskTracker,
    /// Tells them to say goodbye.
    pub stop: Stop,
}

#[derive(Default)]
struct Open {
    /// Each with its outbox from its welcome on.
    outboxes: HashMap<Uuid, Option<Arc<Outbox>>>,
    /// How many come from where; no zeros.
    by_network: HashMap<IpAddr, usize>,
}

/// A place in the register, given back when dropped.
pub struct Admission {
    connections: Arc<Connections>,
    id: Uuid,
    network: IpAddr,
}

impl Connections {
    /// An empty register.
    pub fn new(limits: ConnectionLimits) -> Arc<Self> {
        Arc::new(Self {
            open: Mutex::default(),
            limits,
            tasks: TaskTracker::new(),
            stop: Stop::default(),
        })
    }

    /// Enters a connection from this address.
    ///
    /// # Errors
    /// There are as many as there may be, in all or of this address.
    pub fn admit(self: &Arc<Self>, id: Uuid, address: IpAddr) -> Result<Admission, Refused> {
        let network = network(address);
        let mut open = self.lock();
        if open.outboxes.len() >= self.limits.max {
            return Err(Refused::ConnectionLimit);
        }
        let neighbours = open.by_network.get(&network).copied().unwrap_or_default();
        if neighbours >= self.limits.max_per_address {
            return Err(Refused::AddressLimit);
        }
        open.by_network.insert(network, neighbours + 1);
        open.outboxes.insert(id, None);
        Ok(Admission {
            connections: Arc::clone(self),
            id,
            network,
        })
    }

    /// Closes all that have been welcomed, behind what waits for each: for a mock that seems to
    /// restart.
    pub(crate) fn close_all(&self, code: CloseCode) {
        for outbox in self.outboxes() {
            outbox.close(code);
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.lock().outboxes.len()
    }

    /// Sends a frame to everybody.
    pub fn broadcast(&self, frame: Frame) {
        let frame = Arc::new(SharedFrame::new(frame));
        for outbox in self.outboxes() {
            outbox.push_and_wake(&frame);
        }
    }

    /// Lets every connection say goodbye, and spreads their closes over `drain`, or less when there
    /// are few: over what is returned.
    pub fn stop(&self, drain: Duration) -> Duration {
        let spread = self.stop.begin(self.count(), drain);
        // Whoever is entered later looks at `stop` first.
        self.call_attention();
        spread
    }

    /// Lets every connection look at what concerns all of them: the end, what was revoked.
    pub fn call_attention(&self) {
        for outbox in self.outboxes() {
            outbox.call_attention();
        }
    }

    /// Waits until every connection has ended, after [`Self::stop`].
    pub async fn ended(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Of all that have been welcomed.
    fn outboxes(&self) -> Vec<Arc<Outbox>> {
        self.lock().outboxes.values().flatten().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Admission {
    /// Lets broadcasts reach the connection, which has been welcomed: that comes first.
    pub fn reach(&self, outbox: &Arc<Outbox>) {
        self.connections
            .lock()
            .outboxes
            .insert(self.id, Some(Arc::clone(outbox)));
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        let mut open = self.connections.lock();
        open.outboxes.remove(&self.id);
        if let Some(count) = open.by_network.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                open.by_network.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_are_counted_in_all_and_by_address() {
        let connections = Connections::new(ConnectionLimits {
            max: 5,
            max_per_address: 2,
        });
        // From where, and whether there is a place.
        let rows = [
            ("10.0.0.1", true),
            ("10.0.0.1", true),
            ("10.0.0.1", false),
            // The same one, as a socket for both versions sees it.
            ("::ffff:10.0.0.1", false),
            ("2001:db8:0:7::1", true),
            ("2001:db8:0:7:ffff::2", true),
            ("2001:db8:0:7::1", false),
            ("2001:db8:0:8::1", true),
            // Too many in all.
            ("10.0.0.2", false),
        ];
        let enter = |address: &str| connections.admit(Uuid::new_v4(), address.parse().unwrap());
        let mut open = Vec::new();
        for (n, (address, expected)) in rows.into_iter().enumerate() {
            let admission = enter(address);
            assert_eq!(admission.is_ok(), expected, "{n}: {address}");
            open.extend(admission);
        }
        assert_eq!(connections.count(), 5);
        drop(open.remove(0));
        let again = enter("10.0.0.1");
        assert!(again.is_ok() && enter("10.0.0.1").is_err());
        drop((open, again));
        assert_eq!(connections.count(), 0);
        assert!(connections.lock().by_network.is_empty());
    }
}
