//! Topics, what is published to them, and who comes back to them.

use serde_json::{Value, json};

use super::{RECEIVED, SENT, assert_changes, invalid, welcomed};
use crate::support::plain::post;
use crate::support::published::{publish, published_from_outside, start};
use crate::support::{Bench, Scrape, lab};

#[tokio::test]
async fn topics_and_what_is_published_to_them() {
    let contract = published_from_outside();
    let server = start(&contract, &["--publish-linger", "1ms"]).await;
    let admin = server.admin;
    let mut client = server.client().await;
    let before = Scrape::of(admin).await;
    client
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    client
        .get("quotes.subscribe", json!({"symbol": "AAPL"}))
        .await;
    for price in [1.0, 2.0, 3.0] {
        assert_eq!(publish(&server, price).await["receivers"], 1);
        client.expect("trades.update").await;
    }
    let subscribed = [
        (RECEIVED, 2.0),
        (SENT, 5.0),
        ("tickwire_publications_total{family=\"trades\"}", 3.0),
        ("tickwire_subscriptions{family=\"quotes\"}", 1.0),
        ("tickwire_subscriptions{family=\"trades\"}", 1.0),
        ("tickwire_topics{family=\"quotes\"}", 1.0),
        ("tickwire_topics{family=\"trades\"}", 1.0),
    ];
    assert_changes(&Scrape::of(admin).await, &before, &subscribed);
    client
        .get("quotes.unsubscribe", json!({"symbol": "AAPL"}))
        .await;
    drop(client);
    let unused = |scrape: &Scrape| {
        let gone = |metric: &str| {
            let families = ["quotes", "trades"];
            families
                .iter()
                .all(|family| scrape.value(&format!("{metric}{{family=\"{family}\"}}")) == 0.0)
        };
        gone("tickwire_subscriptions") && gone("tickwire_topics")
    };
    Scrape::until(admin, "the end of the topics", unused).await;
}

#[tokio::test]
async fn resumes_are_counted_by_their_results() {
    let contract = published_from_outside();
    // Of quotes one is kept.
    let server = start(&contract, &[]).await;
    let quote = json!({"symbol": "AAPL", "time": 0, "bid": 1.0, "bid_size": 1.0, "ask": 2.0, "ask_size": 1.0});
    let mut epoch = Value::Null;
    for _ in 0..3 {
        let reply = post(server.address, "/publish/quotes:AAPL", quote.to_string()).await;
        epoch = reply.json()["epoch"].clone();
    }
    let before = Scrape::of(server.admin).await;
    let rows = [
        ("recovered", epoch.clone(), 2),
        ("out_of_retention", epoch.clone(), 1),
        ("ahead_of_stream", epoch, 4),
        ("epoch_changed", json!("another"), 2),
    ];
    for (result, epoch, seq) in rows {
        let mut client = server.client().await;
        let since = json!({"symbol": "AAPL", "since": {"epoch": epoch, "seq": seq}});
        let answer = client.get("quotes.subscribe", since).await;
        assert_eq!(answer["recovered"], result == "recovered", "{answer}");
        let after = Scrape::of(server.admin).await;
        let series = format!("tickwire_resumes_total{{result=\"{result}\"}}");
        assert_eq!(
            after.value(&series) - before.value(&series),
            1.0,
            "{result}"
        );
    }
}

#[tokio::test]
async fn producers_are_counted_as_they_fail() {
    let bench = Bench::counting();
    let mut client = welcomed(bench.listen().await).await;
    let admin = bench.listen_admin().await;
    let before = Scrape::of(admin).await;
    // Its own fault, and nobody's.
    for symbol in ["BROKEN", "PANICS", "REFUSED"] {
        client
            .get_error("trades.subscribe", json!({"symbol": symbol}))
            .await;
    }
    client
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    let publisher = bench.lab.trades("AAPL");
    publisher.publish(&lab::trade("AAPL", -1.0)).unwrap_err();
    publisher.end("done");
    client.expect("topic.reset").await;
    let failures =
        |cause| format!("tickwire_producer_failures_total{{family=\"trades\",cause=\"{cause}\"}}");
    let after = Scrape::until(admin, "the end of the topic", |scrape| {
        scrape.value("tickwire_topics{family=\"trades\"}") == 0.0
    });
    let expected = [
        (RECEIVED, 4.0),
        (SENT, 5.0),
        (&*failures("end"), 1.0),
        (&failures("panic"), 1.0),
        (&failures("start"), 1.0),
        (&invalid("trades.update", "out"), 1.0),
    ];
    assert_changes(&after.await, &before, &expected);
}
