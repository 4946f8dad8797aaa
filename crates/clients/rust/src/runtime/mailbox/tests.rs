//! What a reader finds who was away.

use std::fmt;

use serde_json::{Map, json};

use super::*;
use crate::runtime::contract::{Change, Family};

macro_rules! topic {
    ($name:ident, $delivery:ident, $snapshot:expr) => {
        struct $name;

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "t")
            }
        }

        impl Topic for $name {
            const FAMILY: &'static Family = &Family {
                name: "t",
                delivery: Delivery::$delivery,
                subscribe: "t.subscribe",
                unsubscribe: "t.unsubscribe",
                update: "t.update",
                snapshot: $snapshot,
                since: true,
                history: true,
            };
            type Item = Change<u64, u64>;

            fn parameters(&self) -> Map<String, Value> {
                Map::new()
            }

            fn read(wire_type: &str, payload: &Value) -> Result<Self::Item, serde_json::Error> {
                let number = serde_json::from_value(payload.clone())?;
                Ok(if wire_type == "t.snapshot" {
                    Change::Snapshot(number)
                } else {
                    Change::Update(number)
                })
            }
        }
    };
}

topic!(Latest, Latest, None);
topic!(Window, Window, None);
topic!(Delta, Delta, Some("t.snapshot"));

/// What a reader finds behind these numbers, with room for three; a snapshot is negative.
fn found<T: Topic<Item = Change<u64, u64>>>(numbers: impl IntoIterator<Item = i64>) -> Vec<String> {
    let buffer = Buffer::<T>::new(3);
    for number in numbers {
        let wire_type = if number < 0 { "t.snapshot" } else { "t.update" };
        let seq = number.unsigned_abs();
        assert!(buffer.update(wire_type, seq, &json!(seq)).is_ok());
    }
    let context = Context::from_waker(Waker::noop());
    let mut found = Vec::new();
    while let Poll::Ready(Some(event)) = buffer.poll_next(&context) {
        found.push(match event {
            Event::Update(update) if matches!(update.payload, Change::Snapshot(_)) => {
                format!("={}", update.seq)
            }
            Event::Update(update) => update.seq.to_string(),
            Event::Notice(Notice::Lost { from, to }) => format!("lost {from}-{to}"),
            Event::Notice(other) => format!("{other:?}"),
        });
    }
    found
}

#[test]
fn what_fits_waits() {
    assert_eq!(found::<Latest>(1..=3), ["1", "2", "3"]);
    assert_eq!(found::<Window>(1..=3), ["1", "2", "3"]);
}

#[test]
fn the_newest_states_stay() {
    assert_eq!(found::<Latest>(1..=5), ["3", "4", "5"]);
}

#[test]
fn a_loss_of_updates_is_told_in_one_piece() {
    assert_eq!(found::<Window>(1..=4), ["lost 1-3", "4"]);
    assert_eq!(found::<Window>(1..=9), ["lost 1-7", "8", "9"]);
}

#[test]
fn after_a_loss_of_changes_only_a_snapshot_makes_sense() {
    assert_eq!(found::<Delta>(1..=9), ["lost 1-9"]);
    assert_eq!(
        found::<Delta>([1, 2, 3, 4, 5, -6, 7]),
        ["lost 1-5", "=6", "7"]
    );
}

#[test]
fn what_is_of_another_type_is_refused() {
    let buffer = Buffer::<Window>::new(3);
    assert!(buffer.update("t.update", 1, &json!("one")).is_err());
    buffer.notify(&Notice::Ended);
    let context = Context::from_waker(Waker::noop());
    assert_eq!(
        buffer.poll_next(&context),
        Poll::Ready(Some(Event::Notice(Notice::Ended)))
    );
    assert_eq!(buffer.poll_next(&context), Poll::Ready(None));
    assert!(matches!(
        buffer.poll_begun(&context),
        Begun::Over(Notice::Ended)
    ));
}
