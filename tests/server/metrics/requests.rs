//! Requests: what is wrong with them, and how long they take.

use std::collections::BTreeMap;

use serde_json::json;

use super::{RECEIVED, SENT, assert_changes, invalid, welcomed};
use crate::support::plain::post;
use crate::support::published::{published_from_outside, start};
use crate::support::{Bench, Scrape};

#[tokio::test]
async fn what_is_invalid_is_counted_by_its_type() {
    let contract = published_from_outside();
    let server = start(&contract, &[]).await;
    let (address, admin) = (server.address, server.admin);
    let mut client = server.client().await;
    let before = Scrape::of(admin).await;
    let frames = [
        ("unknown", "no JSON"),
        ("unknown", r#"{"payload": {}}"#),
        ("unknown", r#"{"type": "nonsense", "payload": {}}"#),
        ("ping", r#"{"type": "ping"}"#),
        ("pong", r#"{"type": "pong", "payload": {}}"#),
        (
            "bars.subscribe",
            r#"{"type": "bars.subscribe", "payload": {}}"#,
        ),
    ];
    let mut expected = BTreeMap::from([(RECEIVED.to_owned(), 6.0), (SENT.to_owned(), 6.0)]);
    for (wire_type, frame) in frames {
        client.send_text(frame).await;
        client.expect("error").await;
        *expected.entry(invalid(wire_type, "in")).or_default() += 1.0;
    }
    // The same over HTTP.
    let posts = [
        ("unknown", "/ops/ping", "no JSON"),
        ("unknown", "/ops/nonsense", "{}"),
        ("ping", "/ops/ping", r#"{"surplus": 1}"#),
        ("trades.update", "/publish/trades:AAPL", r#"{"price": -1}"#),
    ];
    for (wire_type, path, body) in posts {
        assert!(post(address, path, body).await.status.is_client_error());
        *expected.entry(invalid(wire_type, "in")).or_default() += 1.0;
    }
    let expected: Vec<_> = expected
        .iter()
        .map(|(name, count)| (&**name, *count))
        .collect();
    assert_changes(&Scrape::of(admin).await, &before, &expected);
}

#[tokio::test]
async fn handlers_are_timed_and_their_faults_are_counted() {
    let bench = Bench::counting();
    let mut client = welcomed(bench.listen().await).await;
    let admin = bench.listen_admin().await;
    let before = Scrape::of(admin).await;
    for symbol in ["AAPL", "REFUSED", "NONSENSE", "PANICS"] {
        client.ask("bars.history", json!({"symbol": symbol})).await;
    }
    client.get("symbols.search", json!({"query": "a"})).await;
    // The schema takes `5.0` for an integer, the handler's type does not.
    client
        .send_text(r#"{"type": "bars.history", "payload": {"symbol": "AAPL", "count_back": 5.0}}"#)
        .await;
    client.expect("error").await;
    let expected = [
        (RECEIVED, 6.0),
        (SENT, 6.0),
        (
            "tickwire_handler_duration_seconds_count{operation=\"bars.history\"}",
            5.0,
        ),
        (
            "tickwire_handler_duration_seconds_count{operation=\"symbols.search\"}",
            1.0,
        ),
        (
            "tickwire_handler_panics_total{operation=\"bars.history\"}",
            1.0,
        ),
        (&invalid("bars.history", "in"), 1.0),
        (&invalid("bars.history.response", "out"), 1.0),
    ];
    assert_changes(&Scrape::of(admin).await, &before, &expected);
}
