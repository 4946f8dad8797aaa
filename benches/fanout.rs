//! One publication of a module: a typed value, validated, encoded and framed once, and a reference to
//! it pushed into each of N outboxes. No sockets; those are in `sockets`.

#[path = "support/cpu_time.rs"]
mod cpu_time;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::BytesMut;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use futures_util::future::BoxFuture;
use serde_json::json;
use tickwire::api::types::TradeUpdate;
use tickwire::app::CONTRACT;
use tickwire::delivery::Outbox;
use tickwire::hub::{Hub, HubConfig, Start, StreamHandle, Subscription, TopicProducer};
use tickwire::wire::{Protocol, Refusal, TopicId};

use cpu_time::CpuTime;

/// Hands out what a module would publish through.
#[derive(Default)]
struct Capture(Mutex<Option<StreamHandle>>);

impl TopicProducer for Capture {
    fn create(&self, _: TopicId, stream: StreamHandle) -> BoxFuture<'_, Result<(), Refusal>> {
        *self.0.lock().expect("nobody panicked") = Some(stream);
        Box::pin(async { Ok(()) })
    }

    fn remove(&self, _: TopicId) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

/// A topic with subscribers.
struct Stage {
    stream: StreamHandle,
    outboxes: Vec<Arc<Outbox>>,
    _subscriptions: Vec<Subscription>,
}

async fn stage(subscribers: usize) -> Stage {
    let contract = tickwire_spec::load("asyncapi.yaml", CONTRACT).expect("a sound contract");
    let protocol = Arc::new(Protocol::new(contract).expect("a sound contract"));
    let capture = Arc::new(Capture::default());
    let producers = HashMap::from([(
        "trades".into(),
        Arc::clone(&capture) as Arc<dyn TopicProducer>,
    )]);
    let hour = Duration::from_secs(3600);
    let config = HubConfig {
        linger: hour,
        publish_linger: hour,
        max_topics: 1,
    };
    let hub = Hub::new(Arc::clone(&protocol), producers, config);
    let topic = protocol.topic("trades:AAPL").expect("a topic");
    let mut outboxes = Vec::new();
    let mut subscriptions = Vec::new();
    for _ in 0..subscribers {
        let outbox = Arc::new(Outbox::new(usize::MAX));
        let lease = hub.open(&topic).await.expect("it opens");
        let (subscription, _) = lease
            .attach(&outbox, &Start::default())
            .expect("it is live");
        outboxes.push(outbox);
        subscriptions.push(subscription);
    }
    let stream = capture
        .0
        .lock()
        .expect("nobody panicked")
        .clone()
        .expect("it was created");
    Stage {
        stream,
        outboxes,
        _subscriptions: subscriptions,
    }
}

fn update() -> TradeUpdate {
    let value = json!({"symbol": "AAPL", "time": 1_230_906_604_000_i64, "price": 85.97, "size": 200,
        "side": "buy"});
    serde_json::from_value(value).expect("an update")
}

fn fanout(criterion: &mut Criterion<CpuTime>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let mut group = criterion.benchmark_group("publication");
    for (subscribers, batch) in [(1, 1), (1_000, 1), (1_000, 64)] {
        let stage = runtime.block_on(stage(subscribers));
        let update = update();
        let id = BenchmarkId::new(format!("{subscribers} outboxes"), format!("{batch} a turn"));
        group.bench_function(id, |bencher| {
            bencher.iter_custom(|publications| {
                let mut took = Duration::ZERO;
                let mut left = publications;
                while left > 0 {
                    let batch = left.min(batch);
                    let begin = cpu_time::now();
                    for _ in 0..batch {
                        stage.stream.publish(&update).expect("it is sound");
                    }
                    took += cpu_time::now() - begin;
                    for outbox in &stage.outboxes {
                        let mut bytes = BytesMut::new();
                        outbox.drain(&mut bytes, usize::MAX);
                        assert!(!bytes.is_empty());
                    }
                    // The flusher finds nothing to write, and takes the outboxes off its list.
                    runtime.block_on(tokio::task::yield_now());
                    left -= batch;
                }
                took
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = fanout
}
criterion_main!(benches);
