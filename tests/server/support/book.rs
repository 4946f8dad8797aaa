//! An order book at either end: as its producer has it, and as a client makes it of what it gets.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tickwire::api::topic::Orderbook;
use tickwire::api::types;
use tickwire::hub::PublishError;
use tickwire::service::Publisher;

/// Sizes by price, in cents.
type Side = BTreeMap<i64, i64>;

/// Both sides of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    pub bids: Side,
    pub asks: Side,
}

/// A book that changes from step to step, always in the same way.
#[derive(Debug, Clone, Default)]
pub struct Changing {
    pub book: Book,
    steps: i64,
}

impl Changing {
    /// Changes a few levels of either side; the payload that says so.
    pub fn change(&mut self) -> Value {
        self.steps += 1;
        let step = self.steps;
        let changes = |low: i64| -> Side {
            let level = |n: i64| (low + (step * (7 + n)).rem_euclid(25), (step * n) % 4);
            (1..=3).map(level).collect()
        };
        let (bids, asks) = (changes(100), changes(125));
        apply(&mut self.book.bids, &bids);
        apply(&mut self.book.asks, &asks);
        payload(step, &bids, &asks)
    }

    /// The whole of it.
    pub fn snapshot(&self) -> Value {
        payload(self.steps, &self.book.bids, &self.book.asks)
    }

    /// Changes, and lets everybody know.
    pub fn publish(&mut self, publisher: &Publisher<Orderbook>) -> Result<u64, PublishError> {
        let change: types::BookUpdate = serde_json::from_value(self.change()).unwrap();
        publisher.publish_delta(&change, || serde_json::from_value(self.snapshot()).unwrap())
    }
}

/// A price of the wire in cents.
pub fn cents(price: &Value) -> i64 {
    (price.as_f64().unwrap() * 100.0).round() as i64
}

fn cents_to_price(cents: i64) -> f64 {
    cents as f64 / 100.0
}

/// The same changes once more, to hold what a follower has against what was so at its position.
#[derive(Debug, Default)]
pub struct Replica(Changing);

impl Replica {
    /// Lets the follower take a frame; its book is then that of the position, to the last level.
    pub fn follow(&mut self, follower: &mut Follower, frame: &Value) {
        follower.receive(frame);
        let seq = i64::try_from(follower.seq).unwrap();
        while self.0.steps < seq {
            self.0.change();
        }
        assert_eq!(follower.book.as_ref(), Some(&self.0.book), "at {seq}");
    }
}

fn apply(side: &mut Side, changes: &Side) {
    side.extend(changes);
    side.retain(|_, size| *size > 0);
}

fn payload(time: i64, bids: &Side, asks: &Side) -> Value {
    let level =
        |(price, size): (&i64, &i64)| json!({"price": cents_to_price(*price), "size": size});
    json!({"symbol": "AAPL", "time": time,
        "bids": bids.iter().rev().map(level).collect::<Vec<_>>(),
        "asks": asks.iter().map(level).collect::<Vec<_>>()})
}

/// What a client knows of an order book's topic.
#[derive(Debug, Default)]
pub struct Follower {
    pub book: Option<Book>,
    pub seq: u64,
    /// How many snapshots it has got.
    pub snapshots: usize,
}

impl Follower {
    /// Takes a snapshot, or an update, which has to be the next one.
    pub fn receive(&mut self, frame: &Value) {
        let side = |name: &str| -> Side {
            let levels = frame["payload"][name].as_array().unwrap().iter();
            levels
                .map(|level| {
                    (
                        cents(&level["price"]),
                        level["size"].as_f64().unwrap() as i64,
                    )
                })
                .collect()
        };
        let (bids, asks, seq) = (side("bids"), side("asks"), frame["seq"].as_u64().unwrap());
        if frame["type"] == "orderbook.snapshot" {
            // Within an epoch a snapshot leads onwards.
            assert!(
                self.book.is_none() || seq > self.seq,
                "{seq} after {}",
                self.seq
            );
            self.snapshots += 1;
            self.book = Some(Book { bids, asks });
        } else {
            assert_eq!(
                (&frame["type"], seq),
                (&json!("orderbook.update"), self.seq + 1)
            );
            let book = self.book.as_mut().expect("a snapshot comes first");
            apply(&mut book.bids, &bids);
            apply(&mut book.asks, &asks);
        }
        self.seq = seq;
    }
}
