use std::sync::LazyLock;

use serde_json::json;

use super::*;
use crate::wire::PublicationKind;

const CONTRACTS: [&str; 3] = [
    include_str!("../../../asyncapi.yaml"),
    include_str!("../../../examples/vehicles.yaml"),
    include_str!("../../../examples/scoreboard.yaml"),
];

static PROTOCOLS: LazyLock<Vec<Arc<Protocol>>> = LazyLock::new(|| {
    let protocol = |text| {
        let contract = tickwire_spec::load("a contract", text).unwrap();
        Arc::new(Protocol::new(contract).unwrap())
    };
    CONTRACTS.map(protocol).into()
});

/// A play of a topic of one of the contracts.
fn play(contract: usize, topic: &str, seed: u64) -> Play {
    let protocol = &PROTOCOLS[contract];
    let topic = protocol.topic(topic).unwrap();
    let script = Script::new(protocol, topic.family()).unwrap();
    Play::new(Arc::new(script), topic, seed, 250)
}

/// Topics of every family, other than those of the examples where that is possible.
const TOPICS: [(usize, &str); 8] = [
    (0, "bars:MSFT:D"),
    (0, "quotes:MSFT"),
    (0, "trades:BRK.B"),
    (0, "orderbook:MSFT"),
    (1, "vehicle:south:TW-7"),
    (1, "fleet_alert:south"),
    (
        2,
        "match:second-division:019a2f6e-7c1a-7b3e-9d55-0a4c1f2e6b78",
    ),
    (2, "standings:3rd-division"),
];

#[test]
fn every_family_plays_what_its_contract_allows_on_that_topic() {
    let families: usize = PROTOCOLS
        .iter()
        .map(|it| it.contract().families.len())
        .sum();
    assert_eq!(families, TOPICS.len());
    for (contract, topic) in TOPICS {
        let id = PROTOCOLS[contract].topic(topic).unwrap();
        for seed in 0..10 {
            let mut play = play(contract, topic, seed);
            for _ in 0..300 {
                let update = play.update();
                let judge = |kind, payload| PROTOCOLS[contract].encode_update(&id, kind, payload);
                judge(PublicationKind::Update, &update).unwrap_or_else(|error| panic!("{error}"));
                if play.script.is_of_changes() {
                    judge(PublicationKind::Snapshot, &play.snapshot())
                        .unwrap_or_else(|error| panic!("{error}"));
                }
            }
        }
    }
}

#[test]
fn the_same_seed_plays_the_same() {
    for (contract, topic) in TOPICS {
        let played = |seed| -> Vec<Value> {
            let mut play = play(contract, topic, seed);
            (0..200).map(|_| play.update()).collect()
        };
        assert_eq!(played(5), played(5), "{topic}");
        assert_ne!(played(5), played(6), "{topic}");
    }
}

#[test]
fn the_examples_come_first_as_they_are() {
    let mut vehicle = play(1, "vehicle:south:TW-7", 1);
    let examples = &PROTOCOLS[1]
        .contract()
        .message("vehicle.update")
        .unwrap()
        .examples;
    for example in examples {
        let mut expected = example.frame["payload"].clone();
        expected["fleet"] = "south".into();
        expected["vehicle_id"] = "TW-7".into();
        assert_eq!(vehicle.update(), expected);
    }
    assert_ne!(vehicle.update()["latitude"], 59.3293);
    // A snapshot takes the place of the first change, so that is said again.
    let mut book = play(0, "orderbook:AAPL", 1);
    let example = &PROTOCOLS[0]
        .contract()
        .message("orderbook.update")
        .unwrap()
        .examples[0];
    assert_eq!(
        [book.update(), book.update()],
        [&example.frame["payload"]; 2].map(Clone::clone)
    );
    assert_ne!(book.update(), example.frame["payload"]);
}

#[test]
fn time_never_runs_backwards_and_a_key_stays_for_a_while() {
    let time = |payload: &Value| payload["time"].as_i64().unwrap();
    for (contract, topic) in [(0, "trades:AAPL"), (1, "vehicle:south:TW-7")] {
        let mut play = play(contract, topic, 4);
        let times: Vec<i64> = (0..300).map(|_| time(&play.update())).collect();
        assert!(times.is_sorted(), "{topic}: {times:?}");
        assert!(times[299] - times[3] == 296 * 250, "{topic}");
    }
    let mut bars = play(0, "bars:AAPL:1", 4);
    let times: Vec<i64> = (0..41).map(|_| time(&bars.update())).collect();
    assert!(times.is_sorted());
    for (index, count) in [(0, 10), (10, 10), (20, 10), (30, 10), (40, 1)] {
        let expected = times[0] + index as i64 / 10 * 60_000;
        assert_eq!(
            times[index..index + count],
            vec![expected; count],
            "{index}"
        );
    }
}

#[test]
fn changes_are_about_what_is_in_the_snapshot() {
    let mut book = play(0, "orderbook:AAPL", 9);
    let prices = |payload: &Value, side: &str| -> Vec<Value> {
        let levels = payload[side].as_array().unwrap();
        levels.iter().map(|level| level["price"].clone()).collect()
    };
    let (mut sizes, mut snapshots) = (Vec::new(), Vec::new());
    for _ in 0..50 {
        let update = book.update();
        assert_eq!(prices(&update, "bids"), [json!(85.95)]);
        assert_eq!(prices(&update, "asks"), [json!(85.97), json!(86.22)]);
        assert_eq!(update["asks"][0]["size"], 0, "gone is gone");
        sizes.push(update["bids"][0]["size"].clone());
        assert_eq!(
            prices(&book.snapshot(), "bids"),
            [json!(85.96), json!(85.95)]
        );
        snapshots.push(book.snapshot()["bids"][1]["size"].clone());
    }
    sizes.dedup();
    snapshots.dedup();
    assert!(sizes.len() > 20 && snapshots.len() > 20, "they change");
}
