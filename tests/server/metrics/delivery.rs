//! What passes through sockets and what waits for them.

use serde_json::json;

use tickwire::wire::PublicationKind;

use crate::support::book::{Changing, Follower};
use crate::support::plain::{HANDSHAKE, Raw, masked};
use crate::support::published::{flood, publish, published, published_from_outside, start};
use crate::support::{Scrape, Server, within};

fn sent(what: &str, encoding: &str) -> String {
    format!("tickwire_{what}_total{{encoding=\"{encoding}\"}}")
}

#[tokio::test]
async fn all_that_a_client_gets_is_counted() {
    let contract = published_from_outside();
    let server = start(&contract, &[]).await;
    let mut client = server.client().await;
    client
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    for price in [1.0, 2.0, 3.0] {
        publish(&server, price).await;
        client.expect("trades.update").await;
    }
    client.send_text("nonsense").await;
    client.expect("error").await;
    // The server's own account of this connection, which is the only one; its answer comes on top.
    let status = client.get("get_status", json!({})).await;
    let counters = &status["counters"];
    let scrape = Scrape::of(server.admin).await;
    let number = |name: &str| counters[name].as_f64().unwrap();
    assert_eq!(number("frames_sent"), 6.0);
    assert_eq!(scrape.value(&sent("frames_sent", "json")), 7.0);
    assert!(scrape.value(&sent("sent_bytes", "json")) > number("bytes_sent"));
    let received = scrape.value("tickwire_frames_received_total");
    assert_eq!((received, number("frames_received")), (3.0, 3.0));
    let bytes = scrape.value("tickwire_received_bytes_total");
    assert_eq!(bytes, number("bytes_received"));
    let writes = scrape.value("tickwire_socket_writes_total");
    assert!((4.0..=7.0).contains(&writes), "{writes}");
    assert_eq!(scrape.value("tickwire_outbox_bytes"), 0.0);
}

#[tokio::test]
async fn each_write_with_updates_is_timed() {
    let contract = published_from_outside();
    let server = start(&contract, &[]).await;
    let mut client = server.client().await;
    client
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    client.alive().await;
    let timed = |scrape: &Scrape| scrape.value("tickwire_delivery_latency_seconds_count");
    assert_eq!(timed(&Scrape::of(server.admin).await), 0.0);
    for number in [1.0, 2.0] {
        publish(&server, number).await;
        client.expect("trades.update").await;
        client.alive().await;
        let scrape = Scrape::of(server.admin).await;
        assert_eq!(timed(&scrape), number);
        assert!(scrape.value("tickwire_delivery_latency_seconds_sum") > 0.0);
        let all = "tickwire_delivery_latency_seconds_bucket{le=\"+Inf\"}";
        assert_eq!(scrape.value(all), number);
    }
}

#[tokio::test]
async fn frames_are_counted_by_their_encoding() {
    let server = Server::start(&[
        "--modules",
        "none",
        "--compression",
        "--compression-threshold",
        "1",
    ])
    .await;
    let mut packed = server.connect("/ws", &["tickwire.v1.msgpack"]).await;
    packed.next_message().await.unwrap();
    let deflate = "\r\nsec-websocket-extensions: permessage-deflate\r\n\r\n";
    let handshake = HANDSHAKE.replace("\r\n\r\n", deflate);
    let (_, mut inflating) = Raw::handshake(server.address, &handshake).await;
    inflating.next_frame().await.expect("a welcome");
    let scrape = Scrape::of(server.admin).await;
    for (encoding, frames) in [
        ("json", 0.0),
        ("json_deflate", 1.0),
        ("msgpack", 1.0),
        ("msgpack_deflate", 0.0),
    ] {
        assert_eq!(scrape.value(&sent("frames_sent", encoding)), frames);
        assert_eq!(
            scrape.value(&sent("sent_bytes", encoding)) > 0.0,
            frames > 0.0
        );
    }
}

/// A client that subscribes and then reads nothing, until something has been dropped.
#[tokio::test]
async fn what_slow_readers_miss_is_counted() {
    let rows = [
        ("window", "overflow", "30s"),
        ("window", "age", "1s"),
        ("latest", "replaced", "30s"),
        ("lossless", "slow_consumer", "30s"),
    ];
    for (delivery, cause, max_age) in rows {
        let contract = published(delivery);
        let max_bytes = if cause == "age" { "100000000" } else { "65536" };
        let flags = ["--max-outbox-bytes", max_bytes, "--max-outbox-age", max_age];
        let server = start(&contract, &flags).await;
        let mut reader = Raw::narrow(server.address).await;
        let subscribe = br#"{"type":"trades.subscribe","payload":{"symbol":"AAPL"}}"#;
        reader.send(&masked(0x81, subscribe)).await;
        reader.next_frame().await.unwrap();

        let dropped =
            format!("tickwire_updates_dropped_total{{delivery=\"{delivery}\",cause=\"{cause}\"}}");
        let mut waited = 0.0;
        let flood = async {
            loop {
                flood(&server, 200).await;
                let scrape = Scrape::of(server.admin).await;
                waited = f64::max(waited, scrape.value("tickwire_outbox_bytes"));
                if scrape.value(&dropped) > 0.0 {
                    break;
                }
            }
        };
        within(&dropped, flood).await;
        let scrape = Scrape::of(server.admin).await;
        let most = scrape.value("tickwire_outbox_high_water_bytes");
        assert!(0.0 < waited && waited <= most, "{dropped}: {waited} {most}");
        let limit = scrape.value("tickwire_outbox_limit_bytes");
        assert_eq!(limit, max_bytes.parse::<f64>().unwrap());

        drop(reader);
        let gone = |scrape: &Scrape| scrape.value("tickwire_connections") == 0.0;
        let after = Scrape::until(server.admin, "the end of the connection", gone).await;
        assert_eq!(after.value("tickwire_outbox_bytes"), 0.0, "{dropped}");
        let closed = after.value("tickwire_connections_closed_total{code=\"4450\"}");
        assert_eq!(closed == 1.0, cause == "slow_consumer", "{dropped}");
    }
}

/// Each change is either sent, or stood for by a snapshot and counted.
#[tokio::test]
async fn what_a_snapshot_stands_for_is_counted() {
    const LAST: u64 = 3_000;
    let contract = published_from_outside();
    let server = start(&contract, &["--max-outbox-bytes", "65536"]).await;
    let mut reader = Raw::narrow(server.address).await;
    let subscribe = br#"{"type":"orderbook.subscribe","payload":{"symbol":"AAPL"}}"#;
    reader.send(&masked(0x81, subscribe)).await;
    reader.next_frame().await.unwrap();

    let services = &server.inner.services;
    let topic = services.protocol.topic("orderbook:AAPL").unwrap();
    let mut truth = Changing::default();
    for seq in 1..=LAST {
        let change = truth.change();
        let (kind, payload) = match seq % 500 {
            1 => (PublicationKind::Snapshot, truth.snapshot()),
            _ => (PublicationKind::Update, change),
        };
        services.hub.publish(&topic, kind, &payload).await.unwrap();
    }
    let (mut follower, mut received) = (Follower::default(), 0);
    while follower.seq < LAST {
        let (_, frame) = reader.next_frame().await.unwrap();
        follower.receive(&serde_json::from_slice(&frame).unwrap());
        received += 1;
    }
    assert_eq!(follower.book.as_ref(), Some(&truth.book));
    let dropped = "tickwire_updates_dropped_total{delivery=\"delta\",cause=\"snapshot\"}";
    let dropped = Scrape::of(server.admin).await.value(dropped);
    // A snapshot that was published is both.
    let twice = follower.snapshots as f64;
    let all = dropped + f64::from(received);
    assert!(
        dropped > 0.0 && (LAST as f64..=LAST as f64 + twice).contains(&all),
        "{dropped} {received}"
    );
}
