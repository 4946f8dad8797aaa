//! What is counted, asked of a server as Prometheus does.

mod connections;
mod delivery;
mod page;
mod requests;
mod topics;

use std::net::SocketAddr;

use crate::support::server::connect;
use crate::support::{Client, Scrape};

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
