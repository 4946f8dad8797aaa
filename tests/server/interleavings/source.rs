//! A source of updates whose starts and stops take their time and sometimes fail, and which
//! remembers what it has published.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::json;
use tickwire::hub::{Producers, StreamHandle, TopicProducer};
use tickwire::wire::{ErrorCode, Refusal, TopicId};

use crate::support::lab;

/// Where a source is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Stopped,
    Starting,
    Running,
    Stopping,
}

/// A source that notes when it is not treated as promised. It does not panic, since that is
/// caught where it is called.
pub struct Source {
    pub topics: Mutex<HashMap<String, Topic>>,
    /// How long the next starts and stops take, and whether they fail; over and over.
    script: Vec<(Pace, bool)>,
    step: AtomicUsize,
    broken_promises: Mutex<Vec<String>>,
}

#[derive(Debug, Clone, Copy)]
pub enum Pace {
    Sleep(u64),
    Yield(u64),
}

pub struct Topic {
    pub phase: Phase,
    pub stream: StreamHandle,
    /// The newest number, as far as publishing told.
    pub seq: u64,
    /// The newest number of each key, likewise: what a client of a `latest` topic has to end with.
    pub newest: HashMap<u64, u64>,
}

impl Source {
    pub fn new(script: Vec<(Pace, bool)>) -> Arc<Self> {
        Arc::new(Self {
            topics: Mutex::default(),
            script,
            step: AtomicUsize::new(0),
            broken_promises: Mutex::default(),
        })
    }

    pub fn producers(self: &Arc<Self>) -> Producers {
        let producer = || Arc::clone(self) as Arc<dyn TopicProducer>;
        HashMap::from([
            ("trades".into(), producer()),
            ("quotes".into(), producer()),
            ("bars".into(), producer()),
        ])
    }

    /// Takes the next step of the script; whether it is to fail.
    async fn pace(&self) -> bool {
        let step = self.step.fetch_add(1, Ordering::Relaxed);
        let (pace, fails) = self.script[step % self.script.len()];
        match pace {
            Pace::Sleep(millis) => tokio::time::sleep(Duration::from_millis(millis)).await,
            Pace::Yield(times) => {
                for _ in 0..times {
                    tokio::task::yield_now().await;
                }
            }
        }
        fails
    }

    fn turn(&self, topic: &TopicId, from: Phase, to: Phase) {
        let mut topics = self.topics.lock().unwrap();
        let phase = &mut topics.get_mut(&**topic.name()).unwrap().phase;
        if *phase != from {
            let broken = format!("{topic} went from {phase:?} to {to:?}");
            self.broken_promises.lock().unwrap().push(broken);
        }
        *phase = to;
    }

    /// Does something with a topic's newest stream, if there has been one.
    pub fn with<T>(&self, topic: &str, act: impl FnOnce(&mut Topic) -> T) -> Option<T> {
        self.topics.lock().unwrap().get_mut(topic).map(act)
    }

    pub fn publish(&self, name: &str, number: u32) {
        self.with(name, |topic| {
            let (family, rest) = name.split_once(':').unwrap();
            let price = f64::from(number);
            let (key, published) = match family {
                "trades" => (0, topic.stream.publish(&lab::trade(rest, price))),
                "quotes" => (0, topic.stream.publish(&lab::quote(rest, price))),
                // Three updates in a row are of one bar.
                _ => {
                    let time = u64::from(number / 3) * 60_000;
                    let bar = json!({"symbol": "A", "resolution": "1", "time": time, "open": price,
                        "high": price, "low": price, "close": price, "volume": 1.0, "closed": false});
                    (time, topic.stream.publish(&bar))
                }
            };
            if let Ok(seq) = published {
                topic.seq = seq;
                topic.newest.insert(key, seq);
            }
        });
    }

    pub fn restart(&self, name: &str) {
        self.with(name, |topic| {
            topic.stream.restart("as the test wants");
            topic.seq = 0;
            topic.newest.clear();
        });
    }

    pub fn end(&self, name: &str) {
        self.with(name, |topic| topic.stream.end("as the test wants"));
    }

    pub fn assert_kept_promises(&self) {
        assert_eq!(*self.broken_promises.lock().unwrap(), [""; 0]);
        for (name, topic) in &*self.topics.lock().unwrap() {
            assert_eq!(topic.phase, Phase::Stopped, "{name}");
        }
    }
}

impl TopicProducer for Source {
    fn create(&self, topic: TopicId, stream: StreamHandle) -> BoxFuture<'_, Result<(), Refusal>> {
        Box::pin(async move {
            match self.topics.lock().unwrap().entry(topic.to_string()) {
                Entry::Occupied(mut entry) => {
                    entry.get_mut().stream = stream;
                    entry.get_mut().seq = 0;
                    entry.get_mut().newest.clear();
                }
                Entry::Vacant(entry) => {
                    entry.insert(Topic {
                        phase: Phase::Stopped,
                        stream,
                        seq: 0,
                        newest: HashMap::new(),
                    });
                }
            }
            self.turn(&topic, Phase::Stopped, Phase::Starting);
            if self.pace().await {
                self.turn(&topic, Phase::Starting, Phase::Stopped);
                return Err(Refusal::new(ErrorCode::TopicUnavailable, "out of order"));
            }
            self.turn(&topic, Phase::Starting, Phase::Running);
            Ok(())
        })
    }

    fn remove(&self, topic: TopicId) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.turn(&topic, Phase::Running, Phase::Stopping);
            self.pace().await;
            self.turn(&topic, Phase::Stopping, Phase::Stopped);
        })
    }
}
