//! The topics that somebody follows: who, from where, and how far subscribing is.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::contract::{Contract, Delivery, Family};
use super::error::Refusal;
use super::notice::Position;
use super::track::Track;

/// Names a subscriber.
pub(super) type SubscriberId = u64;

/// All topics that have subscribers.
#[derive(Debug, Default)]
pub(super) struct Topics {
    by_name: BTreeMap<String, Topic>,
    lives: u64,
}

/// One topic. Its subscribers share what is subscribed to on the wire.
#[derive(Debug)]
pub(super) struct Topic {
    pub subscribers: Vec<SubscriberId>,
    pub wire: Wire,
    pub track: Track,
    /// How often in a row it was refused for now.
    pub refusals: u32,
    family: &'static Family,
    parameters: Map<String, Value>,
    history: Option<u32>,
}

/// How far subscribing to a topic is, on this connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wire {
    /// To be asked for.
    Idle,
    /// To be asked for then, since it was refused.
    Refused { until: Instant },
    /// Asked for. An answer counts for the life in which it was asked for only: the topic may have
    /// been left and subscribed to again meanwhile.
    Asked { life: u64 },
    /// Its updates come.
    Live,
}

/// What a subscriber wants to follow.
#[derive(Debug)]
pub(super) struct Wanted {
    pub topic: String,
    pub family: &'static Family,
    pub parameters: Map<String, Value>,
    pub history: Option<u32>,
}

/// A request for one topic or several.
#[derive(Debug)]
pub(super) struct Asking {
    pub wire_type: &'static str,
    pub payload: Value,
    /// The topics, each with the life that it is asked for in.
    pub topics: Vec<(String, u64)>,
}

/// The answer for one topic, alone or in a batch.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    pub epoch: Option<String>,
    pub seq: Option<u64>,
    pub recovered: Option<bool>,
    pub reason: Option<String>,
    pub error: Option<Refusal>,
    #[serde(default)]
    pub message: String,
}

impl Topics {
    /// Adds a subscriber; the topic, and whether it needs another snapshot for this one.
    pub(super) fn join(&mut self, subscriber: SubscriberId, wanted: Wanted) -> (String, bool) {
        let Wanted {
            topic: name,
            family,
            parameters,
            history,
        } = wanted;
        let topic = self.by_name.entry(name.clone()).or_insert_with(|| Topic {
            subscribers: Vec::new(),
            wire: Wire::Idle,
            track: Track::new(family.delivery),
            refusals: 0,
            family,
            parameters,
            history,
        });
        topic.subscribers.push(subscriber);
        (name, topic.has_sent_its_snapshot())
    }

    /// Removes a subscriber. With the last one the topic goes, and is given back.
    pub(super) fn leave(&mut self, subscriber: SubscriberId) -> Option<(String, Topic)> {
        let name = self.of(subscriber)?;
        let topic = self.by_name.get_mut(&name)?;
        topic.subscribers.retain(|&other| other != subscriber);
        if topic.subscribers.is_empty() {
            self.by_name.remove_entry(&name)
        } else {
            None
        }
    }

    /// The topic of a subscriber.
    pub(super) fn of(&self, subscriber: SubscriberId) -> Option<String> {
        let mut topics = self.by_name.iter();
        let (name, _) = topics.find(|(_, topic)| topic.subscribers.contains(&subscriber))?;
        Some(name.clone())
    }

    pub(super) fn get(&mut self, name: &str) -> Option<&mut Topic> {
        self.by_name.get_mut(name)
    }

    pub(super) fn remove(&mut self, name: &str) -> Option<Topic> {
        self.by_name.remove(name)
    }

    pub(super) fn take_all(&mut self) -> BTreeMap<String, Topic> {
        std::mem::take(&mut self.by_name)
    }

    /// The connection is lost: everything has to be asked for again.
    pub(super) fn disconnected(&mut self) {
        for topic in self.by_name.values_mut() {
            if !matches!(topic.wire, Wire::Refused { .. }) {
                topic.wire = Wire::Idle;
            }
        }
    }

    /// When a topic that was refused is to be asked for again.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let untils = self.by_name.values().filter_map(|topic| match topic.wire {
            Wire::Refused { until } => Some(until),
            _ => None,
        });
        untils.min()
    }

    /// Asks for everything that is due, in as few frames as `fits` allows.
    pub(super) fn due(
        &mut self,
        contract: &Contract,
        now: Instant,
        fits: impl Fn(&Value) -> bool,
    ) -> Vec<Asking> {
        let mut due = Vec::new();
        for (name, topic) in &mut self.by_name {
            let is_due = match topic.wire {
                Wire::Idle => true,
                Wire::Refused { until } => until <= now,
                Wire::Asked { .. } | Wire::Live => false,
            };
            if is_due {
                self.lives += 1;
                topic.wire = Wire::Asked { life: self.lives };
                due.push((name, self.lives, &*topic));
            }
        }
        if !contract.has("subscribe") {
            let alone = due.into_iter().map(|(name, life, topic)| Asking {
                wire_type: topic.family.subscribe,
                payload: topic.own_request(),
                topics: vec![(name.clone(), life)],
            });
            return alone.collect();
        }
        let mut frames = Vec::new();
        let mut rest = &due[..];
        while !rest.is_empty() {
            let most = rest.len().min(contract.max_topics.max(1));
            // Halving finds a size that fits soon, and need not find the largest.
            let size = std::iter::successors(Some(most), |size| Some(size / 2))
                .find(|&size| size <= 1 || fits(&batch(&rest[..size])))
                .unwrap_or(1);
            let (these, others) = rest.split_at(size.max(1));
            let asked = these.iter().map(|(name, life, _)| ((*name).clone(), *life));
            frames.push(Asking {
                wire_type: "subscribe",
                payload: batch(these),
                topics: asked.collect(),
            });
            rest = others;
        }
        frames
    }
}

impl Topic {
    /// The request that ends the subscription on the wire.
    pub(super) fn farewell(&self, name: &str, contract: &Contract) -> (&'static str, Value) {
        if contract.has("unsubscribe") {
            ("unsubscribe", json!({"topics": [name]}))
        } else {
            (
                self.family.unsubscribe,
                Value::Object(self.parameters.clone()),
            )
        }
    }

    /// Whether the server believes, or will, that this topic is subscribed to.
    pub(super) fn is_on_the_wire(&self) -> bool {
        matches!(self.wire, Wire::Asked { .. } | Wire::Live)
    }

    /// Whether frames from before the answer's position come first.
    pub(super) fn replays(&self) -> bool {
        self.history.is_some()
    }

    pub(super) fn is_snapshot(&self, wire_type: &str) -> bool {
        self.family.snapshot == Some(wire_type)
    }

    pub(super) fn is_update(&self, wire_type: &str) -> bool {
        self.family.update == wire_type || self.is_snapshot(wire_type)
    }

    /// Changes mean nothing to one who comes after the state that they change.
    fn has_sent_its_snapshot(&self) -> bool {
        self.family.delivery == Delivery::Delta
            && self.wire == Wire::Live
            && self.track.position().is_some()
    }

    /// The payload of the family's own `subscribe`.
    fn own_request(&self) -> Value {
        let mut payload = self.parameters.clone();
        if let Some(since) = self.track.position().filter(|_| self.family.since) {
            payload.insert("since".to_owned(), json!(since));
        }
        if let Some(history) = self.history.filter(|_| self.family.history) {
            payload.insert("history".to_owned(), json!(history));
        }
        payload.into()
    }

    /// Where the topic should begin, in a batch.
    fn options(&self, name: &str) -> Option<Value> {
        let mut options = Map::new();
        if let Some(since) = self.track.position() {
            options.insert("since".to_owned(), json!(since));
        }
        if let Some(history) = self.history {
            options.insert("history".to_owned(), json!(history));
        }
        if options.is_empty() {
            return None;
        }
        options.insert("topic".to_owned(), json!(name));
        Some(options.into())
    }
}

/// The payload of a `subscribe`.
fn batch(due: &[(&String, u64, &Topic)]) -> Value {
    let topics: Vec<&String> = due.iter().map(|(name, ..)| *name).collect();
    let options: Vec<Value> = due
        .iter()
        .filter_map(|(name, _, topic)| topic.options(name))
        .collect();
    if options.is_empty() {
        json!({"topics": topics})
    } else {
        json!({"topics": topics, "options": options})
    }
}

impl Answer {
    /// The position that it tells, or why there is none.
    pub(super) fn position(self) -> Result<(Position, Option<bool>, Option<String>), Refusal> {
        match (self.error, self.epoch, self.seq) {
            (None, Some(epoch), Some(seq)) => {
                Ok((Position { epoch, seq }, self.recovered, self.reason))
            }
            (error, ..) => Err(Refusal::of_topic(error, self.message)),
        }
    }
}
