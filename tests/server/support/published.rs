//! The built-in contract, with topics that anyone may publish to.

use serde_json::{Value, json};
use tickwire::wire::PublicationKind;

use super::Server;
use super::plain::post;

/// A file with the contract, so that a test says when there are updates.
pub fn published_from_outside() -> tempfile::NamedTempFile {
    published("window")
}

/// The same, with another delivery class for trades.
pub fn published(trades: &str) -> tempfile::NamedTempFile {
    let text = tickwire::app::CONTRACT
        .replace(
            "source: service",
            "source: publish\n      publish_permissions: []",
        )
        .replace("delivery: window", &format!("delivery: {trades}"));
    let file = tempfile::NamedTempFile::with_suffix(".yaml").unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

/// A server for such a contract.
pub async fn start(contract: &tempfile::NamedTempFile, flags: &[&str]) -> Server {
    let spec = ["--spec", contract.path().to_str().unwrap()];
    Server::start(&[&spec[..], flags].concat()).await
}

/// Publishes a trade over HTTP; the answer.
pub async fn publish(server: &Server, price: f64) -> Value {
    let trade =
        json!({"price": price, "side": "buy", "size": 1.0, "symbol": "AAPL", "time": 1_362_153});
    post(server.address, "/publish/trades:AAPL", trade.to_string())
        .await
        .json()
}

/// Publishes so many trades, and lets the server have its turns in between.
pub async fn flood(server: &Server, trades: u64) {
    prices(server, 1, trades).await;
}

/// The same, with prices that count on from the first.
pub async fn prices(server: &Server, first: u64, count: u64) {
    let services = &server.inner.services;
    let topic = services.protocol.topic("trades:AAPL").unwrap();
    for price in first..first + count {
        let trade =
            json!({"price": price, "side": "buy", "size": 1.0, "symbol": "AAPL", "time": 0});
        services
            .hub
            .publish(&topic, PublicationKind::Update, &trade)
            .await
            .unwrap();
        tokio::task::yield_now().await;
    }
}
