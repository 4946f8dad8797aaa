//! Connections that are no WebSockets, or not yet.

use super::label::GivenUp;
use super::number::{Counter, CounterBy, Gauge};
use super::page::Page;

/// HTTP connections.
#[derive(Debug, Default)]
pub struct HttpMetrics {
    /// How many there may be.
    pub limit: Gauge,
    /// How many there are.
    pub open: Gauge,
    /// Those that the server ended.
    pub given_up: CounterBy<GivenUp>,
    /// How often none could be accepted.
    pub accept_failures: Counter,
}

impl HttpMetrics {
    pub(super) fn write(&self, page: &mut Page) {
        page.gauge(
            "tickwire_http_connections",
            "Open connections that are no WebSockets, or not yet.",
        )
        .value(&[], self.open.value());
        page.gauge(
            "tickwire_http_connections_limit",
            "Most such connections that may be open.",
        )
        .value(&[], self.limit.value());
        let mut given_up = page.counter(
            "tickwire_http_connections_given_up_total",
            "Such connections that the server ended while it waited for the client.",
        );
        for (cause, count) in self.given_up.values() {
            given_up.value(&[("cause", cause)], count);
        }
        page.counter(
            "tickwire_accept_failures_total",
            "Times that no connection could be accepted.",
        )
        .value(&[], self.accept_failures.value());
    }
}
