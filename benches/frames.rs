//! From the bytes of a client's frame to a validated, typed request, or to its refusal.
//!
//! Beside our way stand the naive ones, in the same run and on the same frames:
//! - *union*: parse into a `Value`, validate against the `oneOf` of all frames, then into the type;
//! - *serde only*: straight into the type, without a schema. What it lets pass is not a request.

#[path = "support/cpu_time.rs"]
mod cpu_time;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tickwire::api::types;
use tickwire::app::CONTRACT;
use tickwire::wire::{Format, Protocol, Rejection, TopicId};

use cpu_time::CpuTime;

/// 191 bytes, three topics: what a client sends after it has connected.
const SUBSCRIBE: &str = r#"{"type":"subscribe","msg_id":"01931f4e-7c1a-7b3e-9d55-0a4c1f2e6b01","direction":"c2s","timestamp":"2026-11-02T14:30:00.250Z","payload":{"topics":["bars:AAPL:1","quotes:BRK.B","trades:MSFT"]}}"#;
const HISTORY: &str = r#"{"type":"bars.history","msg_id":"29","payload":{"symbol":"AAPL","resolution":"D","from":1199145600000,"to":1230768000000}}"#;
/// Three violations: a symbol in small letters, an unknown resolution, a negative count.
const INVALID: &str = r#"{"type":"bars.history","msg_id":"29","payload":{"symbol":"aapl","resolution":"7","count_back":-100}}"#;

/// What the server does: parse once, look up the type, validate against that one schema.
fn decode(protocol: &Protocol, text: &str) -> Result<Value, Rejection> {
    protocol
        .decode(Format::Json, text.as_bytes())
        .map(|request| request.into_payload())
}

/// What the server makes of a batch: topics of the contract.
fn topics(protocol: &Protocol, payload: &Value) -> Vec<TopicId> {
    let topics = payload["topics"].as_array().expect("it is valid");
    topics
        .iter()
        .map(|topic| {
            protocol
                .topic(topic.as_str().expect("a text"))
                .expect("a topic")
        })
        .collect()
}

fn typed<T: DeserializeOwned>(value: Value) -> T {
    serde_path_to_error::deserialize(value).expect("it is valid")
}

/// The naive way.
fn union<T: DeserializeOwned>(
    all_frames: &jsonschema::Validator,
    text: &str,
) -> Result<T, Vec<String>> {
    let value: Value = serde_json::from_str(text).map_err(|error| vec![error.to_string()])?;
    if !all_frames.is_valid(&value) {
        return Err(all_frames
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect());
    }
    serde_json::from_value(value).map_err(|error| vec![error.to_string()])
}

fn frames(criterion: &mut Criterion<CpuTime>) {
    assert_eq!(SUBSCRIBE.len(), 191);
    let contract = tickwire_spec::load("asyncapi.yaml", CONTRACT).expect("a sound contract");
    let all_frames = tickwire_spec::validator(&contract.schemas_document()).expect("a schema");
    let protocol = Protocol::new(contract).expect("a sound contract");
    assert_eq!(
        decode(&protocol, INVALID)
            .expect_err("it is invalid")
            .refusal
            .details
            .len(),
        3
    );
    assert!(union::<types::BarsHistoryFrame>(&all_frames, INVALID).is_err());
    // Why a schema: the types know no bounds.
    let unbounded = r#"{"type":"bars.history","payload":{"symbol":"AAPL","count_back":-100}}"#;
    assert!(serde_json::from_str::<types::BarsHistoryFrame>(unbounded).is_ok());
    assert!(decode(&protocol, unbounded).is_err());

    let mut group = criterion.benchmark_group("frame");
    let id = |way: &str, frame: &str| BenchmarkId::new(way.to_owned(), frame);
    group.bench_function(id("tickwire", "subscribe"), |bencher| {
        bencher.iter(|| {
            topics(
                &protocol,
                &decode(&protocol, black_box(SUBSCRIBE)).expect("valid"),
            )
        });
    });
    group.bench_function(id("union", "subscribe"), |bencher| {
        bencher.iter(|| {
            union::<types::SubscribeFrame>(&all_frames, black_box(SUBSCRIBE)).expect("valid")
        });
    });
    group.bench_function(id("serde only", "subscribe"), |bencher| {
        bencher.iter(|| {
            serde_json::from_str::<types::SubscribeFrame>(black_box(SUBSCRIBE)).expect("valid")
        });
    });
    group.bench_function(id("tickwire", "bars.history"), |bencher| {
        bencher.iter(|| {
            typed::<types::BarsHistoryRequest>(
                decode(&protocol, black_box(HISTORY)).expect("valid"),
            )
        });
    });
    group.bench_function(id("union", "bars.history"), |bencher| {
        bencher.iter(|| {
            union::<types::BarsHistoryFrame>(&all_frames, black_box(HISTORY)).expect("valid")
        });
    });
    group.bench_function(id("serde only", "bars.history"), |bencher| {
        bencher.iter(|| {
            serde_json::from_str::<types::BarsHistoryFrame>(black_box(HISTORY)).expect("valid")
        });
    });
    group.bench_function(id("tickwire", "invalid"), |bencher| {
        bencher.iter(|| decode(&protocol, black_box(INVALID)).expect_err("invalid"));
    });
    group.bench_function(id("union", "invalid"), |bencher| {
        bencher.iter(|| {
            union::<types::BarsHistoryFrame>(&all_frames, black_box(INVALID)).expect_err("invalid")
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = frames
}
criterion_main!(benches);
