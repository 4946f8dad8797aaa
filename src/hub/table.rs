//! All topics by name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tickwire_spec::Source;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::lifecycle::Topic;
use super::source::{NoSource, Producers, TopicProducer};
use super::stream::Position;
use super::subscription::Lease;
use crate::delivery::{Flusher, Outbox, OutboxConfig};
use crate::sync::{self, Mutex, MutexGuard};
use crate::wire::{ErrorCode, Protocol, PublicationKind, Refusal, TopicId};

/// Limits and times of the hub.
#[derive(Debug, Clone)]
pub struct HubConfig {
    /// How long a producer goes on after its last subscriber has left.
    pub linger: Duration,
    /// How long a topic without producer keeps its updates when nobody subscribes.
    pub publish_linger: Duration,
    /// How many topics there may be at a time.
    pub max_topics: usize,
}

/// How much the hub has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HubStats {
    /// Topics that exist, those that linger included.
    pub topics: usize,
    /// Leases and subscriptions of all of them.
    pub interest: usize,
}

/// The topics of this server.
#[derive(Clone)]
pub struct Hub {
    table: Arc<Table>,
}

pub(super) struct Table {
    protocol: Arc<Protocol>,
    /// The producer of each family, by its index in the contract, and how long it goes on.
    producers: Vec<Option<(Arc<dyn TopicProducer>, Duration)>>,
    config: HubConfig,
    topics: Mutex<HashMap<Arc<str>, Arc<Topic>>>,
    flusher: Arc<Flusher>,
    next_shard: AtomicUsize,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Hub {
    /// A hub without topics, inside of a Tokio runtime. `producers` are the modules' producers by
    /// family name; families with `source: publish` need none, and take publications beside those of
    /// one.
    pub fn new(protocol: Arc<Protocol>, mut producers: Producers, config: HubConfig) -> Self {
        let nobody = || {
            (
                Arc::new(NoSource) as Arc<dyn TopicProducer>,
                config.publish_linger,
            )
        };
        let producers = protocol
            .contract()
            .families
            .iter()
            .map(|family| {
                let producer = producers.remove(family.name.as_str());
                let producer = producer.map(|producer| (producer, config.linger));
                match family.source {
                    Source::Publish => Some(producer.unwrap_or_else(nobody)),
                    Source::Service => producer,
                }
            })
            .collect();
        let metrics = Arc::clone(protocol.metrics());
        metrics.topics.limit.set(config.max_topics);
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        let table = Table {
            protocol,
            producers,
            config,
            topics: Mutex::default(),
            flusher: Flusher::start(&tasks, &stop, &metrics.delivery),
            next_shard: AtomicUsize::new(0),
            tasks,
            stop,
        };
        Self {
            table: Arc::new(table),
        }
    }

    /// An outbox for one more connection. The flusher's shards take turns.
    pub fn outbox(&self, config: OutboxConfig) -> Arc<Outbox> {
        let shards = self.table.flusher.shards();
        let shard = self.table.next_shard.fetch_add(1, Ordering::Relaxed) % shards;
        let metrics = Arc::clone(&self.table.protocol.metrics().delivery);
        Arc::new(Outbox::configured(config, shard, metrics))
    }

    /// Waits until a topic is live, starting it if need be, and keeps it so while the lease lives.
    ///
    /// Cancel safe: a waiter that gives up leaves nothing behind.
    ///
    /// # Errors
    /// [`ErrorCode::NotImplemented`] when no loaded module makes this family's updates,
    /// [`ErrorCode::LimitExceeded`] when there are too many topics, or the producer's own refusal.
    pub async fn open(&self, topic: &TopicId) -> Result<Lease, Refusal> {
        let lease = self.lease(topic)?;
        lease.live().await?;
        Ok(lease)
    }

    /// Publishes to a topic whose family says `source: publish`; to how many, and where it stands.
    ///
    /// # Errors
    /// The payload breaks the contract, or the family has a producer of its own;
    /// [`ErrorCode::SnapshotRequired`] for a change without a state that it could be applied to.
    pub async fn publish(
        &self,
        topic: &TopicId,
        kind: PublicationKind,
        payload: &Value,
    ) -> Result<(Position, usize), Refusal> {
        let family = self.table.protocol.family(topic.family());
        if family.source != Source::Publish {
            let message = format!("{} is not a topic that takes publications", family.pattern);
            return Err(Refusal::new(ErrorCode::Forbidden, message));
        }
        let protocol = &self.table.protocol;
        let update = protocol.encode_publication(topic, kind, payload)?;
        let lease = self.open(topic).await?;
        lease.publish_from_outside(update)
    }

    /// How much there is to do.
    pub fn stats(&self) -> HubStats {
        let topics = self.table.lock();
        let interest = topics.values().map(|topic| topic.lock().interest).sum();
        HubStats {
            topics: topics.len(),
            interest,
        }
    }

    /// Stops every producer and waits for them. Topics cannot be opened afterwards.
    pub async fn shutdown(&self) {
        self.table.stop.cancel();
        self.table.tasks.close();
        self.table.tasks.wait().await;
    }

    fn lease(&self, id: &TopicId) -> Result<Lease, Refusal> {
        let table = &self.table;
        let mut topics = table.lock();
        if table.stop.is_cancelled() {
            return Err(Refusal::new(
                ErrorCode::Unavailable,
                "the server is stopping",
            ));
        }
        let count = topics.len();
        let topic = match topics.entry(Arc::clone(id.name())) {
            Entry::Occupied(entry) => Arc::clone(entry.get()),
            Entry::Vacant(_) if count >= table.config.max_topics => {
                return Err(Refusal::new(
                    ErrorCode::LimitExceeded,
                    "the server has too many topics",
                ));
            }
            Entry::Vacant(entry) => {
                let topic = table.topic(id)?;
                entry.insert(Arc::clone(&topic));
                topic.metrics().topics.add(1);
                let run = Arc::clone(&topic).run(Arc::clone(table), table.stop.clone());
                sync::spawn(&table.tasks, run);
                topic
            }
        };
        Ok(Lease::new(topic))
    }
}

impl Table {
    fn topic(&self, id: &TopicId) -> Result<Arc<Topic>, Refusal> {
        let family = self.protocol.family(id.family());
        let Some((producer, linger)) = &self.producers[id.family()] else {
            let message = format!("no loaded module serves {}", family.pattern);
            return Err(Refusal::new(ErrorCode::NotImplemented, message));
        };
        Ok(Topic::new(
            id.clone(),
            Arc::clone(&self.protocol),
            Arc::clone(producer),
            *linger,
            Arc::clone(&self.flusher),
        ))
    }

    /// How long a topic goes on on which nothing was published so far. Nothing is lost with it; so where
    /// there are many topics it makes room at once, and who opens one after the other keeps nobody out.
    pub(super) fn linger_untouched(&self) -> Duration {
        let is_crowded = self.lock().len() > self.config.max_topics / 2;
        if is_crowded {
            Duration::ZERO
        } else {
            self.config.linger
        }
    }

    /// Takes a topic out, whoever may be interested.
    pub(super) fn remove(&self, topic: &Topic) {
        Self::take_out(&mut self.lock(), topic);
    }

    /// Takes a topic out unless somebody is interested. Whether it is out.
    pub(super) fn remove_unused(&self, topic: &Topic) -> bool {
        let mut topics = self.lock();
        let unused = topic.lock().interest == 0;
        if unused {
            Self::take_out(&mut topics, topic);
        }
        unused
    }

    fn take_out(topics: &mut HashMap<Arc<str>, Arc<Topic>>, topic: &Topic) {
        if topics.remove(topic.id().name()).is_some() {
            topic.metrics().topics.add(-1);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Arc<str>, Arc<Topic>>> {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
