//! Writes what publications have left in outboxes: once per turn, for all of them.
//!
//! A publication pushes a reference into each outbox and enters those that were clean into the
//! list of their shard. The shard's task runs when whoever published has come to an end of what it
//! had at hand, so a burst leaves as one write per connection. Nobody awaits a subscriber, and one
//! wake serves all of a shard's.

use std::sync::{Arc, PoisonError};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Outbox;
use super::outbox::Flushed;
use crate::metrics::{DeliveryMetrics, Tally};
use crate::sync::{self, Mutex};

/// Writes in a row after which other tasks of the thread have their turn.
const WRITES_PER_TURN: usize = 128;

/// The shards, as many as there are threads to run them.
#[derive(Debug)]
pub(crate) struct Flusher {
    shards: Box<[Shard]>,
}

#[derive(Debug, Default)]
struct Shard {
    /// Outboxes with something to write, each once: an outbox knows whether it is in here.
    dirty: Mutex<Vec<Arc<Outbox>>>,
    wake: Notify,
}

/// Shards whose tasks have to be woken, a bit for each.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Wakes(u64);

impl std::ops::BitOrAssign for Wakes {
    fn bitor_assign(&mut self, Self(other): Self) {
        self.0 |= other;
    }
}

impl Flusher {
    /// Shards that nobody looks after yet.
    pub(crate) fn new(shards: usize) -> Self {
        Self {
            shards: (0..shards).map(|_| Shard::default()).collect(),
        }
    }

    /// Starts a task for each shard, which ends with `stop`.
    pub(crate) fn start(
        tasks: &TaskTracker,
        stop: &CancellationToken,
        metrics: &Arc<DeliveryMetrics>,
    ) -> Arc<Self> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        // More shards than `Wakes` has bits would hardly be faster.
        let shards = threads.min(u64::BITS as usize);
        let flusher = Arc::new(Self::new(shards));
        for shard in 0..shards {
            let run = Arc::clone(&flusher).run(shard, stop.clone(), Arc::clone(metrics));
            sync::spawn(tasks, run);
        }
        flusher
    }

    /// How many shards there are.
    pub(crate) fn shards(&self) -> usize {
        self.shards.len()
    }

    /// Sees to outboxes of one shard that have just become dirty. Whether [`Self::wake`] has to be
    /// called for it, once no lock is held.
    #[must_use]
    pub(crate) fn enter(&self, shard: usize, outboxes: impl Iterator<Item = Arc<Outbox>>) -> Wakes {
        let Some(list) = self.shards.get(shard) else {
            return Wakes::default();
        };
        let mut dirty = list.dirty.lock().unwrap_or_else(PoisonError::into_inner);
        let was_empty = dirty.is_empty();
        dirty.extend(outboxes);
        Wakes(u64::from(was_empty && !dirty.is_empty()) << shard)
    }

    /// Wakes the tasks of shards.
    pub(crate) fn wake(&self, Wakes(shards): Wakes) {
        if shards == 0 {
            return;
        }
        for (number, shard) in self.shards.iter().enumerate() {
            if shards >> number & 1 == 1 {
                shard.wake.notify_one();
            }
        }
    }

    async fn run(
        self: Arc<Self>,
        shard: usize,
        stop: CancellationToken,
        metrics: Arc<DeliveryMetrics>,
    ) {
        let shard = &self.shards[shard];
        let mut batch = Vec::new();
        let mut tally = Tally::default();
        loop {
            tokio::select! {
                () = shard.wake.notified() => {}
                () = stop.cancelled() => return,
            }
            // A woken task runs next; those that are about to publish, too, should come before.
            tokio::task::yield_now().await;
            std::mem::swap(
                &mut batch,
                &mut *shard.dirty.lock().unwrap_or_else(PoisonError::into_inner),
            );
            for (written, outbox) in batch.drain(..).enumerate() {
                if written % WRITES_PER_TURN == WRITES_PER_TURN - 1 {
                    metrics.sent(&std::mem::take(&mut tally));
                    tokio::task::yield_now().await;
                }
                if outbox.flush_with(&mut tally) != Flushed::Empty {
                    outbox.call_attention();
                }
            }
            metrics.sent(&std::mem::take(&mut tally));
        }
    }
}
