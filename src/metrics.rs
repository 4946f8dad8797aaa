//! What is counted while the server runs, and the page that Prometheus reads.
//!
//! Whoever does something counts it here, by plain methods: `metrics.topics.resumes.of(…)`. Each
//! part writes its own metrics, so a name stands beside the number that it belongs to;
//! `docs/metrics.md` tells operators what they mean.
//!
//! Two rules keep this harmless. Counting waits for nobody: numbers are relaxed atomics, and those
//! that several cores would fight for exist once for each ([`Striped`]). And what a page costs does
//! not depend on who connects: labels are enums ([`Label`]) or names of the contract, and every
//! series exists from the start, at zero.

mod connections;
mod delivery;
mod histogram;
mod http;
mod label;
mod number;
mod page;
mod requests;
mod tally;
mod topics;

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use tickwire_spec::Contract;
use tokio::runtime::Handle;

pub use connections::{ConnectionMetrics, OpenConnection};
pub use delivery::DeliveryMetrics;
pub use histogram::Histogram;
pub use http::HttpMetrics;
pub use label::{Coding, DropCause, Failure, GivenUp, Label, Refused, Resume, Scope, Way};
pub use number::{Counter, CounterBy, Gauge, Striped};
pub use page::CONTENT_TYPE;
pub use requests::{HandlerMetrics, RequestMetrics};
pub use tally::{Losses, Tally};
pub use topics::{FamilyMetrics, TopicMetrics};

use page::Page;

/// Everything that one server counts.
#[derive(Debug)]
pub struct Metrics {
    /// Who connects.
    pub connections: Arc<ConnectionMetrics>,
    /// Who is connected by HTTP alone.
    pub http: Arc<HttpMetrics>,
    /// What passes through sockets and waits for them.
    pub delivery: Arc<DeliveryMetrics>,
    /// Topics and their updates.
    pub topics: TopicMetrics,
    /// Requests and what is wrong with them.
    pub requests: RequestMetrics,
    contract: [String; 2],
    started: SystemTime,
}

impl Metrics {
    /// All at zero. The contract has the names of what is counted, and `close_codes` are those that
    /// a connection may end with.
    pub fn new(contract: &Contract, close_codes: impl IntoIterator<Item = u16>) -> Arc<Self> {
        Arc::new(Self {
            connections: ConnectionMetrics::new(close_codes),
            http: Arc::default(),
            delivery: Arc::default(),
            topics: TopicMetrics::new(contract),
            requests: RequestMetrics::new(contract),
            contract: [contract.title.clone(), contract.version.clone()],
            started: SystemTime::now(),
        })
    }

    /// The page, in the format that [`CONTENT_TYPE`] names.
    pub fn page(&self) -> String {
        let mut page = Page::default();
        let [title, version] = &self.contract;
        let build = [
            ("version", env!("CARGO_PKG_VERSION")),
            ("contract", title.as_str()),
            ("contract_version", version.as_str()),
        ];
        page.gauge(
            "tickwire_build_info",
            "The program and the contract that it serves; always 1.",
        )
        .value(&build, 1);
        let started = self.started.duration_since(UNIX_EPOCH).unwrap_or_default();
        page.gauge(
            "tickwire_process_start_time_seconds",
            "When the server started, in Unix time.",
        )
        .value(&[], started.as_secs_f64());
        // Whoever asks for the page does so in the server's own runtime.
        let tasks = Handle::try_current().map_or(0, |runtime| runtime.metrics().num_alive_tasks());
        page.gauge("tickwire_tasks", "Tasks of the server's runtime.")
            .value(&[], tasks);
        self.connections.write(&mut page);
        self.http.write(&mut page);
        self.delivery.write(&mut page);
        self.topics.write(&mut page);
        self.requests.write(&mut page);
        page.into_text()
    }
}
