//! What is counted, asked of a server as Prometheus does.

mod connections;
mod delivery;
mod page;
mod requests;
mod topics;

use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::support::plain::post;
use crate::support::server::connect;
use crate::support::{Client, Scrape, Server};

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

/// The series of one type and direction.
fn invalid(wire_type: &str, direction: &str) -> String {
    let labels = format!("type=\"{wire_type}\",direction=\"{direction}\"");
    format!("tickwire_validation_failures_total{{{labels}}}")
}

/// A client of a bench that listens.
async fn welcomed(address: SocketAddr) -> Client {
    let mut client = connect(address, "/ws", &[]).await;
    client.expect("welcome").await;
    client
}
