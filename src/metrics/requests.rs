//! What is asked of the server: frames that break the contract, and how long handlers take.

use std::collections::BTreeMap;
use std::time::Duration;

use tickwire_spec::{Contract, OperationKind};

use super::histogram::Histogram;
use super::label::{Label, Scope, Way};
use super::number::{Counter, CounterBy};
use super::page::Page;

/// Handlers take from what a table in memory takes to what a slow database does.
const HANDLER_BOUNDS: [u64; 13] = {
    const MICROSECOND: u64 = 1_000;
    const MILLISECOND: u64 = 1_000_000;
    const SECOND: u64 = 1_000_000_000;
    [
        10 * MICROSECOND,
        50 * MICROSECOND,
        100 * MICROSECOND,
        500 * MICROSECOND,
        MILLISECOND,
        5 * MILLISECOND,
        10 * MILLISECOND,
        50 * MILLISECOND,
        100 * MILLISECOND,
        500 * MILLISECOND,
        SECOND,
        5 * SECOND,
        10 * SECOND,
    ]
};

/// What a frame is counted as whose type the contract does not know.
const UNKNOWN: &str = "unknown";

/// Requests.
#[derive(Debug)]
pub struct RequestMetrics {
    /// By their indexes in the contract, then what is none of them.
    types: Vec<(String, CounterBy<Way>)>,
    unknown: usize,
    handlers: BTreeMap<String, HandlerMetrics>,
    /// Frames and HTTP requests that came too fast.
    pub rate_limited: CounterBy<Scope>,
    /// Subscriptions for which there was no room.
    pub subscriptions_refused: CounterBy<Scope>,
}

/// What answers one operation.
#[derive(Debug)]
pub struct HandlerMetrics {
    durations: Histogram,
    /// How often it panicked.
    pub panics: Counter,
}

impl HandlerMetrics {
    /// It has answered, refused or panicked after so long.
    pub fn took(&self, duration: Duration) {
        self.durations.observe(duration);
    }
}

impl RequestMetrics {
    pub(super) fn new(contract: &Contract) -> Self {
        let mut names: Vec<_> = contract
            .messages
            .iter()
            .map(|message| &*message.name)
            .collect();
        // A contract may have a type of this name, and a series may not be there twice.
        let unknown = names.iter().position(|name| *name == UNKNOWN);
        let unknown = unknown.unwrap_or_else(|| {
            names.push(UNKNOWN);
            names.len() - 1
        });
        let requests = contract
            .operations
            .iter()
            .filter(|operation| operation.kind == OperationKind::Request);
        let handler = || HandlerMetrics {
            durations: Histogram::new(&HANDLER_BOUNDS),
            panics: Counter::default(),
        };
        Self {
            types: names
                .into_iter()
                .map(|name| (name.to_owned(), CounterBy::default()))
                .collect(),
            unknown,
            handlers: requests
                .map(|operation| (operation.name.clone(), handler()))
                .collect(),
            rate_limited: CounterBy::default(),
            subscriptions_refused: CounterBy::default(),
        }
    }

    /// Counts a frame that breaks the contract. `message` is the index of its type in the
    /// contract, if it is one of the contract's.
    pub fn invalid(&self, message: Option<usize>, way: Way) {
        let (_, counters) = &self.types[message.unwrap_or(self.unknown)];
        counters.of(way).increment();
    }

    /// What answers requests of this wire type; `None` when the contract has no such request.
    pub fn handler(&self, wire_type: &str) -> Option<&HandlerMetrics> {
        self.handlers.get(wire_type)
    }

    pub(super) fn write(&self, page: &mut Page) {
        let mut invalid = page.counter(
            "tickwire_validation_failures_total",
            "Frames and payloads that break the contract.",
        );
        for (name, counters) in &self.types {
            for way in Way::ALL {
                let labels = [("type", name.as_str()), ("direction", way.name())];
                invalid.value(&labels, counters.of(*way).value());
            }
        }
        let mut rate_limited = page.counter(
            "tickwire_rate_limited_total",
            "Frames and HTTP requests that came too fast.",
        );
        for (scope, count) in self.rate_limited.values() {
            rate_limited.value(&[("scope", scope)], count);
        }
        let mut refused = page.counter(
            "tickwire_subscriptions_refused_total",
            "Subscriptions that were refused since there were as many as there may be.",
        );
        for (scope, count) in self.subscriptions_refused.values() {
            refused.value(&[("scope", scope)], count);
        }
        let mut durations = page.histogram(
            "tickwire_handler_duration_seconds",
            "Time from the call of a module's handler to its answer, waiting included.",
        );
        for (operation, handler) in &self.handlers {
            let together = Histogram::together([&handler.durations]);
            durations.durations(&[("operation", operation)], &together);
        }
        let mut panics = page.counter(
            "tickwire_handler_panics_total",
            "Handlers that panicked instead of answering.",
        );
        for (operation, handler) in &self.handlers {
            panics.value(&[("operation", operation)], handler.panics.value());
        }
    }
}
