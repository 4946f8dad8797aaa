//! What happens while a lock is held or a turn lasts, in plain numbers, until it is counted at once.

use tickwire_spec::Delivery;
use tokio::time::Instant;

use super::delivery::LATENCY_BOUNDS;
use super::histogram::{Age, Local};
use super::label::{Coding, DropCause, Label};

/// Writes after which the clock is read again: it costs a hundredth of a write, and in between some
/// tens of microseconds go by.
const WRITES_PER_READING: u64 = 16;

/// What a turn has written to sockets.
#[derive(Debug, Default)]
pub struct Tally {
    sent: [Sent; Coding::ALL.len()],
    writes: u64,
    ages: Local<{ LATENCY_BOUNDS.len() + 1 }>,
    reading: Option<Reading>,
}

/// The clock, and how old an update was by it. Many connections get the same one at a time.
#[derive(Debug, Clone, Copy)]
struct Reading {
    now: Instant,
    /// The write that reads it anew.
    until: u64,
    oldest: Instant,
    age: Age,
}

/// Frames and their bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sent {
    pub(super) frames: u64,
    pub(super) bytes: u64,
}

impl Tally {
    /// A write has taken so many bytes, with which so many frames are complete; `oldest` is when the
    /// oldest update among them was published.
    pub fn wrote(&mut self, coding: Coding, frames: u64, bytes: u64, oldest: Option<Instant>) {
        let sent = &mut self.sent[coding.index()];
        sent.frames += frames;
        sent.bytes += bytes;
        self.writes += 1;
        if let Some(oldest) = oldest {
            let age = match self.reading {
                Some(last) if last.oldest == oldest && self.writes < last.until => last.age,
                last => self.age(last, oldest),
            };
            self.ages.observe(age);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.writes == 0
    }

    pub(super) fn sent(&self, coding: Coding) -> Sent {
        self.sent[coding.index()]
    }

    pub(super) fn writes(&self) -> u64 {
        self.writes
    }

    /// `None` when nothing was an update: most turns of a connection only answer.
    pub(super) fn ages(&self) -> Option<&Local<{ LATENCY_BOUNDS.len() + 1 }>> {
        self.reading.is_some().then_some(&self.ages)
    }

    fn age(&mut self, last: Option<Reading>, oldest: Instant) -> Age {
        let (now, until) = match last {
            Some(last) if self.writes < last.until => (last.now, last.until),
            _ => (Instant::now(), self.writes + WRITES_PER_READING),
        };
        let age = Age::new(&LATENCY_BOUNDS, now.saturating_duration_since(oldest));
        self.reading = Some(Reading {
            now,
            until,
            oldest,
            age,
        });
        age
    }
}

/// Updates that a subscriber does not get.
#[derive(Debug, Default)]
pub struct Losses(Vec<(Delivery, DropCause, u64)>);

impl Losses {
    /// One more.
    pub fn add(&mut self, delivery: Delivery, cause: DropCause) {
        self.add_many(delivery, cause, 1);
    }

    /// So many more.
    pub fn add_many(&mut self, delivery: Delivery, cause: DropCause, more: u64) {
        let same = |loss: &&mut (Delivery, DropCause, u64)| (loss.0, loss.1) == (delivery, cause);
        match self.0.iter_mut().find(same) {
            Some((_, _, updates)) => *updates += more,
            None => self.0.push((delivery, cause, more)),
        }
    }

    /// Whether there is nothing to be counted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn take(&mut self) -> Vec<(Delivery, DropCause, u64)> {
        std::mem::take(&mut self.0)
    }
}
