//! What the hub and the delivery engine synchronise with: the standard library; with the feature
//! `shuttle`, a scheduler that tries interleavings, for the tests in `session::interleavings`.
//!
//! Only the locks that decide about topics, subscribers and outboxes go through here. Tokio's `Notify`
//! and `watch` do not: each of their calls is one step for the scheduler. Neither do atomics: one of
//! them is read inside of such a call, where no other thread may run.

use tokio_util::task::TaskTracker;

#[cfg(feature = "shuttle")]
pub(crate) use shuttle::sync::{Mutex, MutexGuard};
#[cfg(not(feature = "shuttle"))]
pub(crate) use std::sync::{Mutex, MutexGuard};

/// Runs a task that `tasks` waits for.
pub(crate) fn spawn(tasks: &TaskTracker, task: impl Future<Output = ()> + Send + 'static) {
    #[cfg(feature = "shuttle")]
    shuttle::future::spawn(tasks.track_future(task));
    #[cfg(not(feature = "shuttle"))]
    tasks.spawn(task);
}
