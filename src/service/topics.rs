//! Typed topics: what the generated topic types are, and how a module feeds them.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde::Serialize;

use crate::hub::{PublishError, StreamHandle, TopicProducer};
use crate::wire::{Refusal, TopicId};

/// A generated topic type, such as `topic::Bars`. `Display` and `FromStr` are inverse.
pub trait TopicFamily:
    fmt::Display + FromStr<Err = TopicParseError> + Clone + Send + Sync + 'static
{
    /// The family's name in the contract.
    const FAMILY: &'static str;
    /// Its pattern, such as `bars:{symbol}:{resolution}`.
    const PATTERN: &'static str;
    /// The payload of its updates.
    type Update: Serialize + Send + 'static;
}

/// A family whose updates stand for themselves: any but those with `delivery: delta`.
pub trait PlainFamily: TopicFamily {}

/// A family whose updates are changes of a state (`delivery: delta`), such as an order book.
pub trait DeltaFamily: TopicFamily {
    /// The payload of its snapshots: the whole state.
    type Snapshot: Serialize;
}

/// A text that is not a topic of a family.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{topic:?} is not a topic of the form {pattern}")]
pub struct TopicParseError {
    topic: String,
    pattern: &'static str,
}

impl TopicParseError {
    /// `topic` was expected to be of the form `pattern`.
    pub fn new(topic: &str, pattern: &'static str) -> Self {
        Self {
            topic: topic.to_owned(),
            pattern,
        }
    }
}

/// Makes the updates of one topic family.
///
/// For each topic, calls alternate: `create_topic`, later `remove_topic`, perhaps again
/// `create_topic`; never two at once. Different topics come concurrently.
pub trait TopicSource<T: TopicFamily>: Send + Sync + 'static {
    /// Starts to publish the updates of a topic. Its first subscribers wait for it.
    ///
    /// # Errors
    /// What the subscribers are told. The topic is then gone, without a `remove_topic`.
    fn create_topic(
        &self,
        topic: T,
        publisher: Publisher<T>,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// Stops to publish: the last subscriber has left, a while ago.
    fn remove_topic(&self, topic: T) -> impl Future<Output = ()> + Send;
}

/// Publishes the updates of one topic, during one life of it.
pub struct Publisher<T> {
    stream: StreamHandle,
    family: PhantomData<fn(T)>,
}

impl<T: PlainFamily> Publisher<T> {
    /// Validates an update against the contract and sends it to all subscribers. Returns its `seq`.
    ///
    /// # Errors
    /// [`PublishError::Closed`] when the topic was stopped meanwhile;
    /// [`PublishError::Violation`] when the update breaks the contract: it was logged, and nobody
    /// received it.
    pub fn publish(&self, update: &T::Update) -> Result<u64, PublishError> {
        self.stream.publish(update)
    }
}

impl<T: DeltaFamily> Publisher<T> {
    /// Validates a change against the contract and sends it to all subscribers. Returns its `seq`.
    ///
    /// `snapshot` gives the state *with* this change. It is called when one is needed: the first
    /// publication of an epoch is sent as a snapshot, instead of the change, and now and then a
    /// fresh one is kept for those who join. It runs under the topic's lock, so it has to be short,
    /// and must not call the publisher.
    ///
    /// ```
    /// # use tickwire::api::{topic::Orderbook, types};
    /// # use tickwire::hub::PublishError;
    /// # use tickwire::service::Publisher;
    /// # fn example(
    /// #     publisher: &Publisher<Orderbook>, change: types::BookUpdate, book: &types::BookSnapshot,
    /// # ) -> Result<(), PublishError> {
    /// publisher.publish_delta(&change, || book.clone())?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`Publisher::publish`]. After a [`PublishError::Violation`] the next publication is
    /// a snapshot for everyone, so that no subscriber holds a state without this change.
    pub fn publish_delta(
        &self,
        change: &T::Update,
        snapshot: impl FnOnce() -> T::Snapshot,
    ) -> Result<u64, PublishError> {
        self.stream.publish_delta(change, snapshot)
    }
}

impl<T: TopicFamily> Publisher<T> {
    /// Begins the stream anew, in another epoch; subscribers get `topic.reset` with the reason.
    pub fn restart(&self, message: &str) {
        self.stream.restart(message);
    }

    /// Ends the topic, since its updates cannot go on; subscribers get `topic.reset`.
    pub fn end(&self, message: &str) {
        self.stream.end(message);
    }
}

impl<T> Clone for Publisher<T> {
    fn clone(&self) -> Self {
        Self {
            stream: self.stream.clone(),
            family: PhantomData,
        }
    }
}

impl<T: TopicFamily> fmt::Debug for Publisher<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Publisher({})", T::FAMILY)
    }
}

/// A module as the hub sees it: topics as text.
pub(super) struct Untyped<T, M> {
    pub(super) module: Arc<M>,
    pub(super) family: PhantomData<fn(T)>,
}

impl<T: TopicFamily, M: TopicSource<T>> TopicProducer for Untyped<T, M> {
    fn create(&self, topic: TopicId, stream: StreamHandle) -> BoxFuture<'_, Result<(), Refusal>> {
        Box::pin(async move {
            let publisher = Publisher {
                stream,
                family: PhantomData,
            };
            self.module.create_topic(typed(&topic)?, publisher).await
        })
    }

    fn remove(&self, topic: TopicId) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // It was created, so it parses.
            if let Ok(topic) = typed::<T>(&topic) {
                self.module.remove_topic(topic).await;
            }
        })
    }
}

/// The contract has checked the topic, so this fails only where the generated type is stricter.
fn typed<T: TopicFamily>(topic: &TopicId) -> Result<T, Refusal> {
    topic.name().parse().map_err(|error: TopicParseError| {
        Refusal::new(crate::wire::ErrorCode::InvalidTopic, error.to_string())
    })
}
