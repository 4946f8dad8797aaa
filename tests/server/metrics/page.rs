//! The page itself: what it says is documented, and nobody makes it longer.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::Method;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::assert_changes;
use crate::support::plain::{get, http, post};
use crate::support::published::{published_from_outside, start};
use crate::support::{Scrape, Server};

/// The rows of docs/metrics.md: name, type and labels.
fn documented() -> BTreeMap<String, (String, BTreeSet<String>)> {
    let page = std::fs::read_to_string("docs/metrics.md").unwrap();
    let mut metrics = BTreeMap::new();
    for row in page.lines().filter(|line| line.starts_with("| `tickwire_")) {
        let cells: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [name, kind, labels, meaning, rise] = cells[..] else {
            panic!("five cells: {row}");
        };
        assert!(!meaning.is_empty() && !rise.is_empty(), "{row}");
        let labels = labels.split(", ").filter(|label| *label != "–");
        let labels = labels.map(|label| label.trim_matches('`').to_owned());
        let name = name.trim_matches('`').to_owned();
        let before = metrics.insert(name, (kind.to_owned(), labels.collect()));
        assert_eq!(before, None, "there are two rows: {row}");
    }
    metrics
}

#[tokio::test]
async fn what_is_documented_is_exported_and_nothing_else() {
    let scrape = Scrape::of(Server::shared().await.admin).await;
    let exported: BTreeMap<_, _> = scrape
        .types
        .iter()
        .map(|(name, kind)| (name.clone(), (kind.clone(), scrape.labels(name))))
        .collect();
    assert_eq!(documented(), exported);
    // Every close code has its series, before a connection is closed with it.
    let page = std::fs::read_to_string("docs/protocol.md").unwrap();
    let codes = page.split("## Close codes").nth(1).unwrap();
    let codes = codes.split("\n## ").next().unwrap().lines();
    let codes = codes.filter_map(|line| line.strip_prefix("| ")?.split(' ').next()?.parse().ok());
    let codes: Vec<u16> = codes.collect();
    assert!(codes.len() > 8, "{codes:?}");
    for code in codes {
        scrape.value(&format!(
            "tickwire_connections_closed_total{{code=\"{code}\"}}"
        ));
    }
}

#[tokio::test]
async fn every_metric_is_there_before_anything_has_happened() {
    let contract = published_from_outside();
    let server = start(&contract, &[]).await;
    let scrape = Scrape::of(server.admin).await;
    for name in scrape.types.keys() {
        assert!(
            scrape.series.keys().any(|series| series.starts_with(name)),
            "{name} has no series"
        );
    }
    assert_changes(&Scrape::of(server.admin).await, &scrape, &[]);
}

/// So a scrape costs the same, whatever clients do.
#[tokio::test]
async fn nobody_makes_the_page_longer() {
    let contract = published_from_outside();
    let server = start(&contract, &["--max-invalid-frames", "1000"]).await;
    let names = |scrape: &Scrape| scrape.series.keys().cloned().collect::<Vec<_>>();
    let before = names(&Scrape::of(server.admin).await);
    let mut client = server.client().await;
    for number in 0..50 {
        let symbol = format!("SYM{number}");
        client
            .get("trades.subscribe", json!({"symbol": symbol}))
            .await;
        client
            .send(json!({"type": format!("type{number}"), "payload": {}}))
            .await;
        client.expect("error").await;
        let path = format!("/ops/operation{number}");
        assert_eq!(post(server.address, &path, "{}").await.status, 404);
    }
    client
        .send_message(Message::Close(Some(CloseFrame {
            code: 4242.into(),
            reason: "none of ours".into(),
        })))
        .await;
    client.closed().await;
    let gone = |scrape: &Scrape| scrape.value("tickwire_connections") == 0.0;
    let after = Scrape::until(server.admin, "the end of the connection", gone).await;
    assert_eq!(names(&after), before);
}

#[tokio::test]
async fn the_page_can_only_be_read() {
    let server = Server::shared().await;
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let reply = http(server.admin, method, "/metrics", &[], Body::empty()).await;
        assert_eq!(reply.status, 405);
    }
    // Clients do not get it.
    assert_eq!(get(server.address, "/metrics", &[]).await.status, 404);
}
