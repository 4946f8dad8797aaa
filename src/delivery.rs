//! The delivery engine: from one encoded update to the sockets of all who receive it.
//!
//! ```text
//! publish ─► a reference into each Outbox ─► Flusher, once per turn ─► Transport
//!                     │ too much waits
//!                     ▼
//!                   Queue: gives way as x-topic.delivery says, or the connection has to go
//! ```
//!
//! Nobody awaits a subscriber and no message wakes a task of its own: a shard's flusher is woken
//! once for all that a turn has published, and writes to each connection everything that waits for
//! it. A connection's own task is only needed when its socket would block.

mod flusher;
mod outbox;
mod publication;
mod transport;

pub(crate) use flusher::{Flusher, Wakes};
pub(crate) use outbox::Item;
pub use outbox::{Flushed, Outbox, OutboxConfig, OutboxState};
#[cfg(test)]
pub(crate) use publication::test_channels;
pub(crate) use publication::{Channel, Publication};
pub use transport::{Receiver, Sender, Transport};
