//! Variations of examples that satisfy the schema because the example does.
//!
//! | value | in a variation |
//! |---|---|
//! | number | walks near the example, in its decimals, within the bounds; zero stays |
//! | time | goes on |
//! | enum | goes on to the next of its values, now and then |
//! | boolean | changes, now and then |
//! | any other text, the number of items, which members there are | stay |
//!
//! All values of one schema move together. So what an example has in order stays in order (low below
//! high, bid below ask), and items that differ go on to differ.

mod number;
mod time;

use std::collections::BTreeMap;

use serde_json::Value;

use super::random::Random;
use super::shape::{Place, Shape, scalars};
use number::Walk;
use time::Time;

/// The share of steps in which an enum goes on, or a boolean changes.
const SELDOM: f64 = 0.2;

/// What moves in the examples of a message, and where it has got to.
#[derive(Debug, Clone, Default)]
pub(super) struct Moves {
    /// By the names of schemas.
    walks: BTreeMap<String, Walk>,
    turns: BTreeMap<String, usize>,
}

/// How much later than the example a variation is, in milliseconds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Later<'a> {
    /// All times but one.
    pub(super) by: i64,
    /// That of the time which tells updates apart (`x-topic.key`), and where it is.
    pub(super) key: Option<(&'a str, i64)>,
}

impl Moves {
    /// Lets what is in an example move with the rest.
    pub(super) fn add(&mut self, example: &Value, shape: Shape<'_>) {
        scalars(example, shape, &mut |place, shape, value| {
            if Time::of(place, shape, value).is_some() {
                return;
            }
            match value {
                Value::Number(number) => self
                    .walks
                    .entry(shape.name.to_owned())
                    .or_insert_with(|| Walk::new(shape.schema))
                    .add(number),
                Value::Bool(_) => {
                    self.turns.entry(shape.name.to_owned()).or_default();
                }
                Value::String(_) if !shape.values().is_empty() => {
                    self.turns.entry(shape.name.to_owned()).or_default();
                }
                _ => {}
            }
        });
    }

    /// The schemas of which a number is in the examples of both.
    pub(super) fn common(&self, others: &Self) -> Vec<String> {
        let shares = |(name, walk): (&String, &Walk)| {
            let other = others.walks.get(name)?;
            walk.shares(other).then(|| name.clone())
        };
        self.walks.iter().filter_map(shares).collect()
    }

    /// Holds the numbers of these schemas still.
    pub(super) fn hold(&mut self, names: &[String]) {
        self.walks.retain(|name, _| !names.contains(name));
    }

    /// Moves everything a little.
    pub(super) fn step(&mut self, random: &mut Random) {
        for walk in self.walks.values_mut() {
            walk.step(random);
        }
        for turns in self.turns.values_mut() {
            *turns += usize::from(random.happens(SELDOM));
        }
    }

    /// An example as it is now.
    pub(super) fn apply(&self, example: &Value, shape: Shape<'_>, later: Later<'_>) -> Value {
        self.vary(example, shape, &Place::default(), later)
    }

    fn vary(&self, value: &Value, shape: Shape<'_>, place: &Place<'_>, later: Later<'_>) -> Value {
        if let Some(time) = Time::of(place, shape, value) {
            let by = match later.key {
                Some((pointer, by)) if pointer == place.pointer => by,
                _ => later.by,
            };
            return time.later(by, shape).unwrap_or_else(|| value.clone());
        }
        let turns = self.turns.get(shape.name).copied().unwrap_or_default();
        match value {
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| {
                    let varied = match shape.member(name) {
                        Some(shape) => self.vary(value, shape, &place.member(name), later),
                        None => value.clone(),
                    };
                    (name.clone(), varied)
                })
                .collect(),
            Value::Array(items) => match shape.items() {
                Some(shape) => items
                    .iter()
                    .enumerate()
                    .map(|(index, value)| self.vary(value, shape, &place.item(index), later))
                    .collect(),
                None => value.clone(),
            },
            Value::Number(number) => match self.walks.get(shape.name) {
                Some(walk) => Value::Number(walk.moved(number)),
                None => value.clone(),
            },
            Value::Bool(flag) => Value::Bool(*flag ^ (turns % 2 == 1)),
            Value::String(_) => next(shape.values(), value, turns),
            Value::Null => Value::Null,
        }
    }
}

/// The newest time in an example, in milliseconds since 1970.
pub(super) fn newest_time(example: &Value, shape: Shape<'_>) -> Option<i64> {
    let mut newest = None;
    scalars(example, shape, &mut |place, shape, value| {
        let time = Time::of(place, shape, value).map(Time::millis);
        newest = newest.max(time);
    });
    newest
}

/// The value of an enum that comes so many after this one.
fn next(values: &[Value], value: &Value, turns: usize) -> Value {
    let index = values.iter().position(|other| other == value);
    let next = index.and_then(|index| values.get((index + turns) % values.len()));
    next.unwrap_or(value).clone()
}

#[cfg(test)]
mod tests;
