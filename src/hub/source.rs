//! The producer's side of a topic.

mod faults;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Weak};

use futures_util::future::BoxFuture;
use serde::Serialize;

use super::lifecycle::Topic;
use crate::metrics::Failure;
use crate::wire::{ContractViolation, PublicationKind, Refusal, TopicId, Update};

/// What makes a family's updates. The hub calls it from one task per topic, so for one topic
/// `create` and `remove` alternate and never overlap.
pub trait TopicProducer: Send + Sync + 'static {
    /// Starts to produce. The topic's first subscribers wait for it.
    ///
    /// # Errors
    /// What its subscribers are told; the topic is then gone, and `remove` is not called.
    fn create(&self, topic: TopicId, stream: StreamHandle) -> BoxFuture<'_, Result<(), Refusal>>;

    /// Stops to produce. What is published afterwards reaches nobody.
    fn remove(&self, topic: TopicId) -> BoxFuture<'_, ()>;
}

/// The producers of a server, by the names of their families.
pub type Producers = HashMap<Cow<'static, str>, Arc<dyn TopicProducer>>;

/// For topics whose updates come from outside (`source: publish`): nothing to start or stop.
#[derive(Debug, Clone, Copy)]
pub struct NoSource;

impl TopicProducer for NoSource {
    fn create(&self, _: TopicId, _: StreamHandle) -> BoxFuture<'_, Result<(), Refusal>> {
        Box::pin(async { Ok(()) })
    }

    fn remove(&self, _: TopicId) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

/// Where a producer puts its updates: one life of one topic. Outlives it harmlessly.
#[derive(Debug, Clone)]
pub struct StreamHandle {
    topic: Weak<Topic>,
    life: u64,
}

/// Why an update reached nobody.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The topic was stopped meanwhile.
    #[error("the topic is closed")]
    Closed,
    /// The update breaks the contract. It was logged; nobody received it.
    #[error("the update breaks the contract")]
    Violation(#[from] ContractViolation),
}

impl StreamHandle {
    pub(super) fn new(topic: &Arc<Topic>, life: u64) -> Self {
        Self {
            topic: Arc::downgrade(topic),
            life,
        }
    }

    /// Sends an update that stands for itself to all subscribers and returns its `seq`.
    ///
    /// # Errors
    /// See [`PublishError`].
    pub fn publish<U: Serialize>(&self, update: &U) -> Result<u64, PublishError> {
        let topic = self.topic.upgrade().ok_or(PublishError::Closed)?;
        let update = encoded(&topic, PublicationKind::Update, update)?;
        topic
            .publish(self.life, update)
            .map(|(seq, _)| seq)
            .ok_or(PublishError::Closed)
    }

    /// Sends a change to all subscribers and returns its `seq`. `snapshot` gives what it leads to,
    /// when that is needed: see [`Publisher::publish_delta`](crate::service::Publisher).
    ///
    /// # Errors
    /// See [`PublishError`].
    pub fn publish_delta<U: Serialize, S: Serialize>(
        &self,
        change: &U,
        snapshot: impl FnOnce() -> S,
    ) -> Result<u64, PublishError> {
        let topic = self.topic.upgrade().ok_or(PublishError::Closed)?;
        let change = encoded(&topic, PublicationKind::Update, change)
            .inspect_err(|_| topic.lose_track(self.life))?;
        topic.publish_change(self.life, change, || {
            encoded(&topic, PublicationKind::Snapshot, &snapshot())
        })
    }

    /// Begins the stream anew, in another epoch, and tells the subscribers (`topic.reset`).
    pub fn restart(&self, message: &str) {
        if let Some(topic) = self.topic.upgrade() {
            topic.restart(self.life, message);
        }
    }

    /// Ends the topic: its producer cannot go on. The subscribers are told (`topic.reset`) and
    /// their subscriptions are over; the next one starts it again.
    pub fn end(&self, message: &str) {
        if let Some(topic) = self.topic.upgrade()
            && topic.end(self.life, message)
        {
            topic.metrics().failures.of(Failure::End).increment();
        }
    }
}

/// A publication that satisfies the contract; one that does not is logged.
fn encoded<P: Serialize>(
    topic: &Topic,
    kind: PublicationKind,
    payload: &P,
) -> Result<Update, ContractViolation> {
    let encoded = topic.protocol().encode_update(topic.id(), kind, payload);
    encoded.inspect_err(|violation| {
        tracing::error!(topic = %topic.id(), %violation, "refused an update that breaks the contract");
    })
}
