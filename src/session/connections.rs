//! All open connections: how many there may be, and how to reach everybody.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::delivery::Outbox;
use crate::wire::{Frame, SharedFrame};

/// The register of open connections.
pub struct Connections {
    /// With its outbox from its welcome on.
    open: Mutex<HashMap<Uuid, Option<Arc<Outbox>>>>,
    max: usize,
    /// Owns the connections' tasks.
    pub tasks: TaskTracker,
    /// Tells them to say goodbye.
    pub stop: CancellationToken,
}

/// A place in the register, given back when dropped.
pub struct Admission {
    connections: Arc<Connections>,
    id: Uuid,
}

impl Connections {
    /// An empty register for at most `max` connections.
    pub fn new(max: usize) -> Arc<Self> {
        Arc::new(Self {
            open: Mutex::default(),
            max,
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
        })
    }

    /// Enters a connection; `None` when there are as many as there may be.
    pub fn admit(self: &Arc<Self>, id: Uuid) -> Option<Admission> {
        let mut open = self.lock();
        if open.len() >= self.max {
            return None;
        }
        open.insert(id, None);
        Some(Admission {
            connections: Arc::clone(self),
            id,
        })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.lock().len()
    }

    /// Sends a frame to everybody.
    pub fn broadcast(&self, frame: Frame) {
        let frame = Arc::new(SharedFrame::new(frame));
        let outboxes: Vec<_> = self.lock().values().flatten().cloned().collect();
        for outbox in outboxes {
            outbox.push_and_wake(&frame);
        }
    }

    /// Lets every connection say goodbye.
    pub fn stop(&self) {
        self.stop.cancel();
        // Whoever is entered later looks at `stop` first.
        let outboxes: Vec<_> = self.lock().values().flatten().cloned().collect();
        for outbox in outboxes {
            outbox.call_attention();
        }
    }

    /// The same, and waits until they have.
    pub async fn shutdown(&self) {
        self.stop();
        self.tasks.close();
        self.tasks.wait().await;
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Option<Arc<Outbox>>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Admission {
    /// Lets broadcasts reach the connection, which has been welcomed: that comes first.
    pub fn reach(&self, outbox: &Arc<Outbox>) {
        self.connections
            .lock()
            .insert(self.id, Some(Arc::clone(outbox)));
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        self.connections.lock().remove(&self.id);
    }
}
