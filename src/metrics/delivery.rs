//! What passes through sockets, what waits for them, and what never gets there.

use tickwire_spec::Delivery;

use super::histogram::Histogram;
use super::label::{Coding, DropCause, Label};
use super::number::{Counter, CounterBy, Gauge, Striped};
use super::page::Page;
use super::tally::{Losses, Tally};

/// From a write at once to a reader that is about to be closed.
pub(super) const LATENCY_BOUNDS: [u64; 16] = {
    const MICROSECOND: u64 = 1_000;
    const MILLISECOND: u64 = 1_000_000;
    const SECOND: u64 = 1_000_000_000;
    [
        50 * MICROSECOND,
        100 * MICROSECOND,
        250 * MICROSECOND,
        500 * MICROSECOND,
        MILLISECOND,
        5 * MILLISECOND / 2,
        5 * MILLISECOND,
        10 * MILLISECOND,
        25 * MILLISECOND,
        50 * MILLISECOND,
        100 * MILLISECOND,
        250 * MILLISECOND,
        500 * MILLISECOND,
        SECOND,
        5 * SECOND,
        30 * SECOND,
    ]
};

/// Delivery. Every method may be called while a lock is held: none waits.
#[derive(Debug, Default)]
pub struct DeliveryMetrics {
    /// Bytes that may wait for one connection.
    pub outbox_limit: Gauge,
    traffic: Striped<Traffic>,
    high_water: Counter,
    /// By delivery class.
    dropped: [CounterBy<DropCause>; Delivery::ALL.len()],
}

/// What one thread has moved.
#[derive(Debug)]
struct Traffic {
    frames_received: Counter,
    bytes_received: Counter,
    frames_sent: CounterBy<Coding>,
    bytes_sent: CounterBy<Coding>,
    writes: Counter,
    latency: Histogram,
    /// May be negative: another thread has added what this one has taken away.
    waiting: Gauge,
}

impl Default for Traffic {
    fn default() -> Self {
        Self {
            frames_received: Counter::default(),
            bytes_received: Counter::default(),
            frames_sent: CounterBy::default(),
            bytes_sent: CounterBy::default(),
            writes: Counter::default(),
            latency: Histogram::new(&LATENCY_BOUNDS),
            waiting: Gauge::default(),
        }
    }
}

impl DeliveryMetrics {
    /// Messages of clients, with the bytes of their payloads.
    pub fn received(&self, frames: u64, bytes: u64) {
        let traffic = self.traffic.here();
        traffic.frames_received.add(frames);
        traffic.bytes_received.add(bytes);
    }

    /// What one turn has written.
    pub fn sent(&self, tally: &Tally) {
        if tally.is_empty() {
            return;
        }
        let traffic = self.traffic.here();
        for coding in Coding::ALL {
            let sent = tally.sent(*coding);
            if sent.bytes > 0 {
                traffic.frames_sent.of(*coding).add(sent.frames);
                traffic.bytes_sent.of(*coding).add(sent.bytes);
            }
        }
        traffic.writes.add(tally.writes());
        if let Some(ages) = tally.ages() {
            traffic.latency.add(ages);
        }
    }

    /// What waits for one connection has changed from so many bytes to so many.
    pub fn waits(&self, before: usize, after: usize) {
        let change = after as i64 - before as i64;
        self.traffic.here().waiting.add(change);
        if change > 0 {
            self.high_water.raise_to(after as u64);
        }
    }

    /// Updates that one subscriber does not get. Nothing is left to be counted afterwards.
    pub fn lost(&self, losses: &mut Losses) {
        for (delivery, cause, updates) in losses.take() {
            self.dropped[delivery.index()].of(cause).add(updates);
        }
    }

    /// Bytes that wait for connections that are not served at once.
    pub fn waiting_bytes(&self) -> u64 {
        let stripes = self.traffic.all().map(|traffic| traffic.waiting.value());
        // Read one after the other, they may not fit together for a moment.
        u64::try_from(stripes.sum::<i64>()).unwrap_or(0)
    }

    fn total(&self, counter: impl Fn(&Traffic) -> &Counter) -> u64 {
        let counters = self.traffic.all().map(counter);
        counters.map(Counter::value).sum()
    }

    pub(super) fn write(&self, page: &mut Page) {
        page.counter(
            "tickwire_frames_received_total",
            "Messages from clients, control frames not among them.",
        )
        .value(&[], self.total(|traffic| &traffic.frames_received));
        page.counter("tickwire_received_bytes_total", "Bytes of these messages.")
            .value(&[], self.total(|traffic| &traffic.bytes_received));
        let mut frames = page.counter(
            "tickwire_frames_sent_total",
            "Frames handed to sockets: updates, answers and all else.",
        );
        for coding in Coding::ALL {
            let sent = self.total(|traffic| traffic.frames_sent.of(*coding));
            frames.value(&[("encoding", coding.name())], sent);
        }
        let mut bytes = page.counter(
            "tickwire_sent_bytes_total",
            "Bytes of these frames, headers included.",
        );
        for coding in Coding::ALL {
            let sent = self.total(|traffic| traffic.bytes_sent.of(*coding));
            bytes.value(&[("encoding", coding.name())], sent);
        }
        page.counter(
            "tickwire_socket_writes_total",
            "System calls that wrote these frames.",
        )
        .value(&[], self.total(|traffic| &traffic.writes));
        let latency = self.traffic.all().map(|traffic| &traffic.latency);
        page.histogram(
            "tickwire_delivery_latency_seconds",
            "Time from the publication of the oldest update in a write to the end of that write.",
        )
        .durations(&[], &Histogram::together(latency));
        page.gauge(
            "tickwire_outbox_bytes",
            "Bytes that wait for connections that are not served at once.",
        )
        .value(&[], self.waiting_bytes());
        page.gauge(
            "tickwire_outbox_high_water_bytes",
            "Most bytes that have waited for one connection since the start.",
        )
        .value(&[], self.high_water.value());
        page.gauge(
            "tickwire_outbox_limit_bytes",
            "Most bytes that may wait for one connection.",
        )
        .value(&[], self.outbox_limit.value());
        self.write_dropped(page);
    }

    fn write_dropped(&self, page: &mut Page) {
        let mut dropped = page.counter(
            "tickwire_updates_dropped_total",
            "Updates that a subscriber did not get because it read too slowly.",
        );
        for delivery in Delivery::ALL {
            for cause in DropCause::ALL {
                let count = self.dropped[delivery.index()].of(*cause).value();
                if count > 0 || may_drop(*delivery, *cause) {
                    let labels = [("delivery", delivery.name()), ("cause", cause.name())];
                    dropped.value(&labels, count);
                }
            }
        }
    }
}

/// Which causes a class knows. The others would be rows of zeros for ever.
fn may_drop(delivery: Delivery, cause: DropCause) -> bool {
    match cause {
        DropCause::SlowConsumer => true,
        DropCause::Replaced => delivery == Delivery::Latest,
        DropCause::Overflow | DropCause::Age => delivery == Delivery::Window,
        DropCause::Snapshot => delivery == Delivery::Delta,
    }
}
