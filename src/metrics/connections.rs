//! Who connects, who does not get in, and how connections end.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::label::Refused;
use super::number::{Counter, CounterBy, Gauge};
use super::page::Page;

/// A connection that ended without a close of ours: its task was given up, or panicked. RFC 6455
/// section 7.4.1 keeps this number for an end that nobody announced.
const WITHOUT_CLOSE: u16 = 1006;

/// Connections.
#[derive(Debug)]
pub struct ConnectionMetrics {
    /// How many there may be.
    pub limit: Gauge,
    /// Those that were turned away.
    pub refused: CounterBy<Refused>,
    open: Gauge,
    opened: Counter,
    closed: Mutex<BTreeMap<u16, u64>>,
}

/// One open connection. Dropping it counts its end.
#[derive(Debug)]
pub struct OpenConnection {
    metrics: Arc<ConnectionMetrics>,
    code: u16,
}

impl ConnectionMetrics {
    pub(super) fn new(close_codes: impl IntoIterator<Item = u16>) -> Arc<Self> {
        let codes = close_codes.into_iter().chain([WITHOUT_CLOSE]);
        Arc::new(Self {
            limit: Gauge::default(),
            refused: CounterBy::default(),
            open: Gauge::default(),
            opened: Counter::default(),
            closed: Mutex::new(codes.map(|code| (code, 0)).collect()),
        })
    }

    /// Counts a connection that has got in.
    pub fn opened(self: &Arc<Self>) -> OpenConnection {
        self.opened.increment();
        self.open.add(1);
        OpenConnection {
            metrics: Arc::clone(self),
            code: WITHOUT_CLOSE,
        }
    }

    pub(super) fn write(&self, page: &mut Page) {
        page.gauge("tickwire_connections", "Open WebSockets.")
            .value(&[], self.open.value());
        page.gauge(
            "tickwire_connections_limit",
            "Most WebSockets that may be open.",
        )
        .value(&[], self.limit.value());
        page.counter("tickwire_connections_opened_total", "WebSockets opened.")
            .value(&[], self.opened.value());
        let mut closed = page.counter(
            "tickwire_connections_closed_total",
            "WebSockets closed, by the close code that the server sent.",
        );
        for (code, count) in &*self.closed.lock().unwrap_or_else(PoisonError::into_inner) {
            closed.value(&[("code", &code.to_string())], count);
        }
        let mut refused = page.counter(
            "tickwire_connections_refused_total",
            "Attempts to open a WebSocket that were refused.",
        );
        for (cause, count) in self.refused.values() {
            refused.value(&[("cause", cause)], count);
        }
    }
}

impl OpenConnection {
    /// It ends with this close code.
    pub fn closed(mut self, code: u16) {
        self.code = code;
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.metrics.open.add(-1);
        let closed = &self.metrics.closed;
        // Every code is in the map from the start, but one that was forgotten is counted as well.
        *closed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(self.code)
            .or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_is_counted_once() {
        let metrics = ConnectionMetrics::new([1000]);
        let connections = [metrics.opened(), metrics.opened(), metrics.opened()];
        assert_eq!(metrics.open.value(), 3);
        let [closed, given_up, unknown] = connections;
        closed.closed(1000);
        drop(given_up);
        unknown.closed(4999);
        assert_eq!(metrics.open.value(), 0);
        let counts = metrics.closed.lock().unwrap().clone();
        assert_eq!(counts, BTreeMap::from([(1000, 1), (1006, 1), (4999, 1)]));
    }
}
