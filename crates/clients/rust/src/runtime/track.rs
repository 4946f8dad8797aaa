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

#[cfg(test)]
mod tests {
    use super::*;

    fn track(delivery: Delivery, seq: u64) -> Track {
        let mut track = Track::new(delivery);
        track.confirmed(at(seq), false, false);
        track
    }

    fn at(seq: u64) -> Position {
        Position {
            epoch: "e".to_owned(),
            seq,
        }
    }

    #[test]
    fn numbers_tell_duplicates_and_gaps() {
        use Seen::{Duplicate, Gap, Hole, New};
        let all = [Delivery::Lossless, Delivery::Window, Delivery::Latest];
        for delivery in all {
            let mut track = track(delivery, 4);
            assert_eq!(track.see(5, false), New);
            assert_eq!(track.see(5, false), Duplicate);
            assert_eq!(track.see(2, false), Duplicate);
            let skipped = track.see(8, false);
            if delivery == Delivery::Latest {
                assert_eq!((skipped, track.position()), (New, Some(at(8))));
                continue;
            }
            assert_eq!((skipped, track.position()), (Gap, Some(at(5))));
            track.confirmed(at(8), true, false);
            assert_eq!(track.see(8, false), Hole, "the repair did not help");
            assert_eq!(track.see(9, false), New);
            assert_eq!(track.see(11, false), Gap, "another one is repaired again");
        }
    }

    #[test]
    fn a_snapshot_is_taken_at_any_number() {
        let mut track = track(Delivery::Delta, 9);
        assert_eq!(track.position(), None, "nothing was seen of the state yet");
        assert_eq!(track.see(7, true), Seen::New);
        assert_eq!(track.see(8, false), Seen::New);
        assert_eq!(track.see(20, true), Seen::New);
        assert_eq!(track.see(22, false), Seen::Gap);
        track.confirmed(at(22), false, false);
        assert_eq!(
            track.see(15, true),
            Seen::New,
            "the snapshot that replaces all"
        );
        assert_eq!(track.position(), Some(at(15)));
    }

    #[test]
    fn after_an_answer_the_position_is_its_own_unless_a_replay_comes() {
        let mut track = Track::new(Delivery::Window);
        track.confirmed(at(9), false, true);
        assert_eq!(track.position(), None);
        assert_eq!(track.see(7, false), Seen::New);
        assert_eq!(track.see(9, false), Seen::Gap);
        track.pass(8);
        assert_eq!(
            track.position(),
            Some(at(8)),
            "what can't be read counts as seen"
        );
        track.pass(3);
        assert_eq!(track.position(), Some(at(8)));
        track.reset(at(30));
        assert_eq!(track.see(31, false), Seen::New);
        track.forget();
        assert_eq!(track.position(), None);
    }
}
