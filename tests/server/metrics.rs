//! What is counted, asked of a server as Prometheus does.

mod delivery;

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use crate::support::plain::{Raw, get, http, post};
use crate::support::server::connect;
use crate::support::{Bench, Client, Scrape, Server, lab};

/// A file with the built-in contract whose updates come from outside, so that a test says when.
fn published_from_outside() -> tempfile::NamedTempFile {
    published("window")
}

/// The same, with another delivery class for trades.
fn published(trades: &str) -> tempfile::NamedTempFile {
    let text = tickwire::app::CONTRACT
        .replace("source: service", "source: publish")
        .replace("delivery: window", &format!("delivery: {trades}"));
    let file = tempfile::NamedTempFile::with_suffix(".yaml").unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

async fn start(contract: &tempfile::NamedTempFile, flags: &[&str]) -> Server {
    let spec = ["--spec", contract.path().to_str().unwrap()];
    Server::start(&[&spec[..], flags].concat()).await
}

async fn publish(server: &Server, price: f64) -> Value {
    let trade =
        json!({"price": price, "side": "buy", "size": 1.0, "symbol": "AAPL", "time": 1_362_153});
    post(server.address, "/publish/trades:AAPL", trade.to_string())
        .await
        .json()
}

const RECEIVED: &str = "tickwire_frames_received_total";
const SENT: &str = "tickwire_frames_sent_total{encoding=\"json\"}";

/// What has changed, and nothing else.
fn assert_changes(after: &Scrape, before: &Scrape, expected: &[(&str, f64)]) {
    assert_eq!(after.since(before), expected.iter().copied().collect());
}

// ---------------------------------------------------------------------------- the documentation --

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
    let scrape = Scrape::of(Server::shared().await.address).await;
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
    let scrape = Scrape::of(server.address).await;
    for name in scrape.types.keys() {
        assert!(
            scrape.series.keys().any(|series| series.starts_with(name)),
            "{name} has no series"
        );
    }
    assert_changes(&Scrape::of(server.address).await, &scrape, &[]);
}

/// So a scrape costs the same, whatever clients do.
#[tokio::test]
async fn nobody_makes_the_page_longer() {
    let contract = published_from_outside();
    let server = start(&contract, &["--max-invalid-frames", "1000"]).await;
    let names = |scrape: &Scrape| scrape.series.keys().cloned().collect::<Vec<_>>();
    let before = names(&Scrape::of(server.address).await);
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
    let after = Scrape::until(server.address, "the end of the connection", gone).await;
    assert_eq!(names(&after), before);
}

// ------------------------------------------------------------------------------------- counting --

#[tokio::test]
async fn connections_are_counted_as_they_come_and_go() {
    let server = Server::start(&["--modules", "none", "--max-connections", "2"]).await;
    let address = server.address;
    let before = Scrape::of(address).await;
    assert_eq!(before.value("tickwire_connections_limit"), 2.0);
    let mut first = server.client().await;
    let second = server.client().await;
    assert_eq!(Scrape::of(address).await.value("tickwire_connections"), 2.0);
    // Turned away: as one too many, with another protocol, for no topic, without a handshake.
    assert_eq!(server.connect("/ws", &[]).await.closed().await, 4430);
    let other = server.connect("/ws", &["another.protocol"]).await;
    assert_eq!({ other }.closed().await, 4406);
    for (path, status) in [("/ws/nonsense", 404), ("/ws", 426)] {
        assert_eq!(get(address, path, &[]).await.status, status);
    }
    first.send_message(Message::Close(None)).await;
    assert_eq!(first.closed().await, 1000);
    drop(second);
    let gone = |scrape: &Scrape| scrape.value("tickwire_connections") == 0.0;
    let after = Scrape::until(address, "the end of both connections", gone).await;
    let refused = |cause| format!("tickwire_connections_refused_total{{cause=\"{cause}\"}}");
    for cause in ["connection_limit", "subprotocol", "topic", "handshake"] {
        assert_eq!(after.value(&refused(cause)), 1.0, "{cause}");
    }
    assert_eq!(after.value("tickwire_connections_opened_total"), 2.0);
    let closed = "tickwire_connections_closed_total{code=\"1000\"}";
    assert_eq!(after.value(closed), 2.0);
}

#[tokio::test]
async fn who_is_given_up_is_counted_by_the_cause() {
    let flags = ["--modules", "none", "--handshake-timeout", "500ms"];
    let limits = [
        "--keep-alive",
        "500ms",
        "--max-connections-per-address",
        "1",
    ];
    let server = Server::start(&[flags, limits].concat()).await;
    let address = server.address;
    let before = Scrape::of(address).await;
    assert!(before.value("tickwire_http_connections") >= 1.0, "its own");
    // One says nothing, one has had its answer.
    Raw::connect(address).await.rest().await;
    let (_, mut idle) = Raw::handshake(address, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await;
    idle.rest().await;
    // Of one address there is one WebSocket.
    let _client = server.client().await;
    assert_eq!(server.connect("/ws", &[]).await.closed().await, 4430);
    let given_up = |cause| format!("tickwire_http_connections_given_up_total{{cause=\"{cause}\"}}");
    let expected = [
        ("tickwire_connections", 1.0),
        ("tickwire_connections_opened_total", 1.0),
        (
            "tickwire_connections_refused_total{cause=\"address_limit\"}",
            1.0,
        ),
        (&given_up("handshake"), 1.0),
        (&given_up("idle"), 1.0),
        (SENT, 2.0),
    ];
    assert_changes(&Scrape::of(address).await, &before, &expected);
}

#[tokio::test]
async fn topics_and_what_is_published_to_them() {
    let contract = published_from_outside();
    let server = start(&contract, &["--publish-linger", "1ms"]).await;
    let address = server.address;
    let mut client = server.client().await;
    let before = Scrape::of(address).await;
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
    assert_changes(&Scrape::of(address).await, &before, &subscribed);
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
    Scrape::until(address, "the end of the topics", unused).await;
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
    let before = Scrape::of(server.address).await;
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
        let after = Scrape::of(server.address).await;
        let series = format!("tickwire_resumes_total{{result=\"{result}\"}}");
        assert_eq!(
            after.value(&series) - before.value(&series),
            1.0,
            "{result}"
        );
    }
}

/// The series of one type and direction.
fn invalid(wire_type: &str, direction: &str) -> String {
    let labels = format!("type=\"{wire_type}\",direction=\"{direction}\"");
    format!("tickwire_validation_failures_total{{{labels}}}")
}

#[tokio::test]
async fn what_is_invalid_is_counted_by_its_type() {
    let contract = published_from_outside();
    let server = start(&contract, &[]).await;
    let address = server.address;
    let mut client = server.client().await;
    let before = Scrape::of(address).await;
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
    assert_changes(&Scrape::of(address).await, &before, &expected);
}

async fn welcomed(address: std::net::SocketAddr) -> Client {
    let mut client = connect(address, "/ws", &[]).await;
    client.expect("welcome").await;
    client
}

#[tokio::test]
async fn handlers_are_timed_and_their_faults_are_counted() {
    let bench = Bench::counting();
    let address = bench.listen().await;
    let mut client = welcomed(address).await;
    let before = Scrape::of(address).await;
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
    assert_changes(&Scrape::of(address).await, &before, &expected);
}

#[tokio::test]
async fn producers_are_counted_as_they_fail() {
    let bench = Bench::counting();
    let address = bench.listen().await;
    let mut client = welcomed(address).await;
    let before = Scrape::of(address).await;
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
    let after = Scrape::until(address, "the end of the topic", |scrape| {
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

#[tokio::test]
async fn the_page_can_only_be_read() {
    let address = Server::shared().await.address;
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let reply = http(address, method, "/metrics", &[], Body::empty()).await;
        assert_eq!(reply.status, 405);
    }
}
