//! All open connections: how many there may be, and how to reach everybody.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::stop::Stop;
use crate::delivery::Outbox;
use crate::metrics::Refused;
use crate::wire::{CloseCode, Frame, SharedFrame};

/// The register of open connections.
pub struct Connections {
    /// Each with its outbox from its welcome on.
    open: Mutex<HashMap<Uuid, Option<Arc<Outbox>>>>,
    max: usize,
    /// Owns the connections' tasks.
    pub tasks: TaskTracker,
    /// Tells them to say goodbye.
    pub stop: Stop,
}

/// A place in the register, given back when dropped.
pub struct Admission {
    connections: Arc<Connections>,
    id: Uuid,
}

impl Connections {
    /// An empty register, of at most so many.
    pub fn new(max: usize) -> Arc<Self> {
        Arc::new(Self {
            open: Mutex::default(),
            max,
            tasks: TaskTracker::new(),
            stop: Stop::default(),
        })
    }

    /// Enters a connection.
    ///
    /// # Errors
    /// There are as many as there may be.
    pub fn admit(self: &Arc<Self>, id: Uuid) -> Result<Admission, Refused> {
        let mut open = self.lock();
        if open.len() >= self.max {
            return Err(Refused::ConnectionLimit);
        }
        open.insert(id, None);
        Ok(Admission {
            connections: Arc::clone(self),
            id,
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
        self.lock().len()
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
        self.lock().values().flatten().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Option<Arc<Outbox>>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Admission {
    /// Lets broadcasts reach the connection, which has been welcomed: that comes first.
    pub fn reach(&self, outbox: &Arc<Outbox>) {
        let outbox = Some(Arc::clone(outbox));
        self.connections.lock().insert(self.id, outbox);
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        self.connections.lock().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_so_many_in_all() {
        let connections = Connections::new(2);
        let enter = || connections.admit(Uuid::new_v4());
        let mut open = vec![enter().unwrap(), enter().unwrap()];
        assert_eq!(enter().err(), Some(Refused::ConnectionLimit));
        assert_eq!(connections.count(), 2);
        open.pop();
        let again = enter();
        assert!(again.is_ok() && enter().is_err());
        drop((open, again));
        assert_eq!(connections.count(), 0);
    }
}
