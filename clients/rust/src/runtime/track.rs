//! The position in one stream of updates: what was seen, what is seen again, what is missing.

use super::contract::Delivery;
use super::notice::Position;

/// Follows the numbers of one topic's updates.
#[derive(Debug)]
pub(super) struct Track {
    delivery: Delivery,
    epoch: String,
    /// The number of the last update; unknown between an answer and a first frame that may have
    /// any number.
    seen: Option<u64>,
    /// Behind this one updates were missing, and asking for them has not helped yet.
    missing_behind: Option<u64>,
}

/// What an update is, by its number.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// The next one.
    New,
    /// One that was seen before.
    Duplicate,
    /// Updates before it are missing: it is not counted as seen, ask for all of them.
    Gap,
    /// Likewise, and asking has not helped: it is taken as it is.
    Hole,
}

impl Track {
    pub(super) fn new(delivery: Delivery) -> Self {
        Self {
            delivery,
            epoch: String::new(),
            seen: None,
            missing_behind: None,
        }
    }

    /// From where to resume, where that is known.
    pub(super) fn position(&self) -> Option<Position> {
        let seq = self.seen?;
        Some(Position {
            epoch: self.epoch.clone(),
            seq,
        })
    }

    /// A subscription was answered. `recovered`: what was missed follows, so all stays as it is;
    /// otherwise the stream goes on behind `answer`, unless frames from before may come first.
    pub(super) fn confirmed(&mut self, answer: Position, recovered: bool, replays: bool) {
        if !recovered {
            let any_first = replays || self.delivery == Delivery::Delta;
            self.seen = (!any_first).then_some(answer.seq);
        }
        self.epoch = answer.epoch;
    }

    /// The server says where the stream goes on.
    pub(super) fn reset(&mut self, position: Position) {
        self.epoch = position.epoch;
        self.seen = Some(position.seq);
    }

    /// What was seen counts no more: the next subscription is a first one.
    pub(super) fn forget(&mut self) {
        self.seen = None;
    }

    /// An update of this number could not be read. It is gone; asking again would bring the same.
    pub(super) fn pass(&mut self, seq: u64) {
        if self.seen.is_some_and(|last| last < seq) {
            self.seen = Some(seq);
        }
    }

    /// An update came, or a snapshot, which stands for all before it.
    pub(super) fn see(&mut self, seq: u64, snapshot: bool) -> Seen {
        let mut verdict = Seen::New;
        if let Some(last) = self.seen.filter(|_| !snapshot) {
            if seq <= last {
                return Seen::Duplicate;
            }
            if seq > last + 1 && self.delivery != Delivery::Latest {
                if self.missing_behind != Some(last) {
                    self.missing_behind = Some(last);
                    return Seen::Gap;
                }
                verdict = Seen::Hole;
            }
        }
        self.seen = Some(seq);
        verdict
    }
}
