//! What is played on one topic: the examples of its updates, then variations of them, for ever.

use std::sync::Arc;

use serde_json::Value;
use tickwire_spec::{Delivery, Example, Family};

use super::random::Random;
use super::shape::Shape;
use super::vary::{Later, Moves, newest_time};
use crate::wire::{Protocol, TopicId};

/// The share of variations that begin with another example.
const CHANGE: f64 = 0.1;

/// So many updates have the same key, where that is a time: as one bar changes several times.
const UPDATES_PER_KEY: u64 = 10;

/// How much later the next key is then, in milliseconds.
const KEY_STEP: i64 = 60_000;

/// The examples of one family.
pub(super) struct Script {
    protocol: Arc<Protocol>,
    family: usize,
    /// The schema of the update's payload, and of the snapshot's.
    update: String,
    snapshot: Option<String>,
    updates: Vec<Scene>,
    state: Option<Scene>,
    moves: Moves,
    newest: Option<i64>,
}

/// An example's payload.
struct Scene {
    payload: Value,
    /// Its newest time.
    time: Option<i64>,
}

/// A topic's part: what it has come to.
pub(super) struct Play {
    script: Arc<Script>,
    topic: TopicId,
    random: Random,
    moves: Moves,
    /// How many updates have been played.
    played: u64,
    /// The example of which the newest is a variation.
    scene: usize,
    /// How much later each update is than the one before, in milliseconds.
    interval: i64,
}

impl Script {
    /// `None` for a family without examples, of which the check leaves none.
    pub(super) fn new(protocol: &Arc<Protocol>, family: usize) -> Option<Self> {
        let contract = protocol.contract();
        let messages = &protocol.family(family).messages;
        let update = contract.message(&messages.update)?;
        let shape = Shape::named(contract, &update.payload)?;
        let scene = |shape: Shape<'_>, example: &Example| {
            let payload = example.frame.get("payload").cloned().unwrap_or_default();
            Scene {
                time: newest_time(&payload, shape),
                payload,
            }
        };
        let updates: Vec<Scene> = update
            .examples
            .iter()
            .map(|example| scene(shape, example))
            .collect();
        let mut moves = Moves::default();
        for update in &updates {
            moves.add(&update.payload, shape);
        }
        let snapshot = messages
            .snapshot
            .as_deref()
            .and_then(|name| contract.message(name));
        let mut state = None;
        if let Some((message, example)) = snapshot.and_then(|it| Some((it, it.examples.first()?))) {
            let shape = Shape::named(contract, &message.payload)?;
            let scene = scene(shape, example);
            let mut of_state = Moves::default();
            of_state.add(&scene.payload, shape);
            // What an update and a snapshot have in common says what is changed, such as the price
            // of a level: would it walk, every update would be about something else.
            let common = moves.common(&of_state);
            moves.add(&scene.payload, shape);
            moves.hold(&common);
            state = Some(scene);
        }
        let newest = updates
            .iter()
            .chain(&state)
            .filter_map(|scene| scene.time)
            .max();
        (!updates.is_empty()).then(|| Self {
            protocol: Arc::clone(protocol),
            family,
            update: update.payload.clone(),
            snapshot: snapshot.map(|message| message.payload.clone()),
            updates,
            state,
            moves,
            newest,
        })
    }

    /// Whether its updates are changes of a state.
    pub(super) fn is_of_changes(&self) -> bool {
        self.family().delivery == Delivery::Delta
    }

    /// How many updates nobody sees: a snapshot comes in the place of the first change.
    fn opening(&self) -> u64 {
        u64::from(self.is_of_changes())
    }

    fn family(&self) -> &Family {
        self.protocol.family(self.family)
    }
}

impl Play {
    /// From the beginning.
    pub(super) fn new(script: Arc<Script>, topic: TopicId, seed: u64, interval: i64) -> Self {
        Self {
            random: Random::new(seed, topic.name()),
            moves: script.moves.clone(),
            played: 0,
            scene: 0,
            script,
            topic,
            interval,
        }
    }

    /// The payload of the next update.
    pub(super) fn update(&mut self) -> Value {
        let script = Arc::clone(&self.script);
        self.played += 1;
        if self.varied() == 0 {
            let opening = script.opening();
            let scene = self.played.saturating_sub(opening + 1);
            self.scene = usize::try_from(scene).unwrap_or_default();
        } else {
            self.moves.step(&mut self.random);
            if self.random.happens(CHANGE) {
                self.scene = self.random.below(script.updates.len());
            }
        }
        self.performed(&script.updates[self.scene], &script.update)
    }

    /// The payload of a snapshot: the example, moved as far as the newest update. It is not what the
    /// updates have led to; what they mean only the contract's author knows.
    pub(super) fn snapshot(&self) -> Value {
        match (&self.script.state, &self.script.snapshot) {
            (Some(state), Some(schema)) => self.performed(state, schema),
            _ => Value::Null,
        }
    }

    fn performed(&self, scene: &Scene, schema: &str) -> Value {
        let contract = self.script.protocol.contract();
        let Some(shape) = Shape::named(contract, schema) else {
            return Value::Null;
        };
        let mut payload = match self.varied() {
            0 => scene.payload.clone(),
            varied => {
                let newest = scene.time.zip(self.script.newest);
                let behind = newest.map_or(0, |(time, newest)| newest - time);
                let varied = i64::try_from(varied).unwrap_or(i64::MAX);
                let keys = varied / UPDATES_PER_KEY as i64;
                let key = self.script.family().key_pointer.as_deref();
                let later = Later {
                    by: behind.saturating_add(varied.saturating_mul(self.interval)),
                    key: key.map(|key| (key, behind.saturating_add(keys.saturating_mul(KEY_STEP)))),
                };
                self.moves.apply(&scene.payload, shape, later)
            }
        };
        self.set_parameters(&mut payload, shape);
        payload
    }

    /// How many variations have been played, after the examples themselves.
    fn varied(&self) -> u64 {
        let examples = self.script.updates.len() as u64;
        self.played.saturating_sub(self.script.opening() + examples)
    }

    /// The topic's parameters where the payload repeats them: at the place that they have in a
    /// request, and in a member of their name and schema.
    fn set_parameters(&self, payload: &mut Value, shape: Shape<'_>) {
        for (parameter, value) in self.script.protocol.parameters(&self.topic) {
            let inside = parameter.pointer.strip_prefix("/payload");
            if let Some(place @ Value::String(_)) = inside.and_then(|at| payload.pointer_mut(at)) {
                *place = value.into();
            }
            let same = shape.member(&parameter.name);
            if same.is_some_and(|member| member.name == parameter.schema)
                && let Some(place) = payload.get_mut(&parameter.name)
            {
                *place = value.into();
            }
        }
    }
}

#[cfg(test)]
mod tests;
