//! Topics and their subscribers. Sees no socket: it fills outboxes (see [`crate::delivery`]).
//!
//! ```text
//! open(topic) ─► Lease ─► attach(outbox) ─► Subscription        drop: leaves the topic
//!     │                                          │
//!     └─ one lifecycle task per topic            └─ Stream: epoch, seq, retention, subscribers
//!        create_topic … linger … remove_topic
//! ```
//!
//! Invariants, each held by the type that could break it:
//! - one producer at a time for a topic: only the topic's lifecycle task starts and stops it;
//! - a topic exists while someone holds a [`Lease`] or a [`Subscription`], and for a linger after;
//! - `seq` has no gap within an `epoch`, and every subscriber's outbox gets the same bytes in the
//!   same order: both are decided under the lock of the topic's stream;
//! - no lock is held across an await; the lock of the table is taken before that of a stream.

mod lifecycle;
mod source;
mod stream;
mod subscription;
mod table;

pub use source::{NoSource, Producers, PublishError, StreamHandle, TopicProducer};
pub use stream::{Position, RecoveryFailure, Start};
pub use subscription::{Attached, Lease, Subscription};
pub use table::{Hub, HubConfig, HubStats};
