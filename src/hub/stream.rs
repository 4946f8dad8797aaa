//! One topic's numbered updates, those that are kept, and who receives them.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::time::Instant;

use crate::delivery::{Flusher, Item, Outbox, Publication};
use crate::wire::{Encoding, Frame, SharedFrame};

/// A place in a topic's stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// One life of the stream; positions of different epochs do not compare.
    pub epoch: Arc<str>,
    /// The newest update, counted from 1; 0 before the first.
    pub seq: u64,
}

/// Where a subscriber wants to begin. By default with now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Start {
    /// The last update that it has seen.
    pub since: Option<Position>,
    /// How many of the newest updates to replay when `since` is not given or cannot be honoured.
    pub history: usize,
}

/// Why the updates after a position cannot be replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecoveryFailure {
    /// The position belongs to another life of the stream.
    EpochChanged,
    /// Some of the missed updates are no longer kept.
    OutOfRetention,
    /// The position has not been reached yet.
    AheadOfStream,
}

/// Bytes that a topic may keep for replay, whatever the number of its updates.
const MAX_RETAINED_BYTES: usize = 4 * 1024 * 1024;

#[derive(Debug)]
pub(super) struct Stream {
    epoch: Arc<str>,
    seq: u64,
    /// The newest updates; the last one has number `seq`.
    kept: VecDeque<Arc<Publication>>,
    kept_bytes: usize,
    max_kept: usize,
    /// By the flusher's shards.
    subscribers: Box<[Vec<Arc<Outbox>>]>,
    flusher: Arc<Flusher>,
}

impl Stream {
    pub(super) fn new(max_kept: usize, flusher: Arc<Flusher>) -> Self {
        Self {
            epoch: new_epoch(),
            seq: 0,
            kept: VecDeque::new(),
            kept_bytes: 0,
            max_kept,
            subscribers: vec![Vec::new(); flusher.shards()].into(),
            flusher,
        }
    }

    pub(super) fn position(&self) -> Position {
        Position {
            epoch: Arc::clone(&self.epoch),
            seq: self.seq,
        }
    }

    /// Forgets what was: a new epoch, numbered from 1 again. Subscribers stay.
    pub(super) fn restart(&mut self) {
        self.epoch = new_epoch();
        self.seq = 0;
        self.kept.clear();
        self.kept_bytes = 0;
    }

    /// Numbers an update, keeps it and gives it to every subscriber. `encode` gets the number.
    pub(super) fn publish(
        &mut self,
        encode: impl FnOnce(&Arc<str>, u64) -> Publication,
    ) -> (u64, usize) {
        self.seq += 1;
        let publication = Arc::new(encode(&self.epoch, self.seq));
        let receivers = self.send(&Item::Update(Arc::clone(&publication)));
        self.keep(publication);
        (self.seq, receivers)
    }

    /// Gives everyone a frame that is no update: it has no number and is not kept.
    pub(super) fn notify(&self, frame: Frame) {
        self.send(&Item::Shared(Arc::new(SharedFrame::new(frame))));
    }

    fn send(&self, item: &Item) -> usize {
        let now = Instant::now();
        let mut receivers = 0;
        for (shard, subscribers) in self.subscribers.iter().enumerate() {
            receivers += subscribers.len();
            let dirty = subscribers
                .iter()
                .filter(|outbox| outbox.offer(item.clone(), now));
            self.flusher.enter(shard, dirty.cloned());
        }
        receivers
    }

    /// Replays what `start` asks for, then lets live updates follow, as one step.
    pub(super) fn attach(
        &mut self,
        outbox: &Arc<Outbox>,
        start: &Start,
    ) -> Option<Result<(), RecoveryFailure>> {
        let (room, encoding) = (outbox.room_for_replay(), outbox.encoding());
        let recovery = start.since.as_ref().map(|since| {
            let missed = self.missed_since(since)?;
            // As if it were not kept: the outbox could not take it.
            let fits = self.newest_within(missed, room, encoding) == missed;
            fits.then_some(missed)
                .ok_or(RecoveryFailure::OutOfRetention)
        });
        let replayed = match recovery {
            Some(Ok(missed)) => missed,
            _ => self.newest_within(start.history.min(self.kept.len()), room, encoding),
        };
        let now = Instant::now();
        for publication in self.kept.range(self.kept.len() - replayed..) {
            if outbox.offer(Item::Update(Arc::clone(publication)), now) {
                self.flusher
                    .enter(outbox.shard, std::iter::once(Arc::clone(outbox)));
            }
        }
        self.subscribers[outbox.shard].push(Arc::clone(outbox));
        recovery.map(|result| result.map(drop))
    }

    pub(super) fn detach(&mut self, outbox: &Arc<Outbox>) {
        let subscribers = &mut self.subscribers[outbox.shard];
        if let Some(index) = subscribers
            .iter()
            .position(|other| Arc::ptr_eq(other, outbox))
        {
            subscribers.swap_remove(index);
        }
    }

    /// Nobody receives any more, and nothing is kept. How many there were.
    pub(super) fn end(&mut self) -> usize {
        let receivers = self.subscribers.iter().map(Vec::len).sum();
        self.subscribers.iter_mut().for_each(Vec::clear);
        self.kept.clear();
        self.kept_bytes = 0;
        receivers
    }

    /// How many updates came after a position, if all of them are still kept.
    fn missed_since(&self, since: &Position) -> Result<usize, RecoveryFailure> {
        if since.epoch != self.epoch {
            return Err(RecoveryFailure::EpochChanged);
        }
        let missed = self
            .seq
            .checked_sub(since.seq)
            .ok_or(RecoveryFailure::AheadOfStream)?;
        usize::try_from(missed)
            .ok()
            .filter(|missed| *missed <= self.kept.len())
            .ok_or(RecoveryFailure::OutOfRetention)
    }

    /// How many of the `count` newest updates fit into this many bytes.
    fn newest_within(&self, count: usize, mut bytes: usize, encoding: Encoding) -> usize {
        let newest = self.kept.iter().rev().take(count);
        let fitting = newest.take_while(|publication| {
            let length = publication.frame.encoded(encoding).len();
            let fits = length <= bytes;
            bytes = bytes.saturating_sub(length);
            fits
        });
        fitting.count()
    }

    fn keep(&mut self, publication: Arc<Publication>) {
        self.kept_bytes += plain_len(&publication);
        self.kept.push_back(publication);
        while self.kept.len() > self.max_kept || self.kept_bytes > MAX_RETAINED_BYTES {
            let Some(oldest) = self.kept.pop_front() else {
                break;
            };
            self.kept_bytes -= plain_len(&oldest);
        }
    }
}

/// Whatever encodings its subscribers speak, an update counts by its plain one.
fn plain_len(publication: &Publication) -> usize {
    publication.frame.encoded(Encoding::default()).len()
}

/// 50 random bits in base 32: short on the wire, and no two lives of a topic share one.
fn new_epoch() -> Arc<str> {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let (bits, _) = uuid::Uuid::new_v4().as_u64_pair();
    (0..10)
        .map(|digit| DIGITS[(bits >> (digit * 5)) as usize % 32] as char)
        .collect::<String>()
        .into()
}

#[cfg(test)]
mod tests {
    use bytes::BytesMut;

    use super::*;
    use crate::delivery::test_channels;

    fn publish(stream: &mut Stream, count: usize) {
        let [topic] = test_channels(["trades:AAPL"]);
        for _ in 0..count {
            stream.publish(|epoch, seq| Publication {
                frame: SharedFrame::new(Frame::text(format!("{seq};").as_bytes())),
                seq,
                epoch: Arc::clone(epoch),
                key: None,
                topic: Arc::clone(&topic),
            });
        }
    }

    /// What an outbox received, as the numbers in its frames.
    fn received(outbox: &Outbox) -> String {
        let mut buffer = BytesMut::new();
        outbox.drain(&mut buffer, usize::MAX);
        let text = |byte: &u8| byte.is_ascii_digit() || *byte == b';';
        String::from_utf8(buffer.iter().copied().filter(text).collect()).unwrap()
    }

    #[test]
    fn a_subscriber_begins_where_it_asks_to() {
        let mut stream = Stream::new(3, Arc::new(Flusher::new(1)));
        publish(&mut stream, 5);
        let epoch = Arc::clone(&stream.epoch);
        let since = |epoch: &str, seq| {
            Some(Position {
                epoch: epoch.into(),
                seq,
            })
        };
        let rows = [
            (Start::default(), None, ""),
            (
                Start {
                    since: None,
                    history: 2,
                },
                None,
                "4;5;",
            ),
            (
                Start {
                    since: None,
                    history: 99,
                },
                None,
                "3;4;5;",
            ),
            (
                Start {
                    since: since(&epoch, 5),
                    history: 9,
                },
                Some(Ok(())),
                "",
            ),
            (
                Start {
                    since: since(&epoch, 2),
                    history: 0,
                },
                Some(Ok(())),
                "3;4;5;",
            ),
            (
                Start {
                    since: since(&epoch, 1),
                    history: 0,
                },
                Some(Err(RecoveryFailure::OutOfRetention)),
                "",
            ),
            (
                Start {
                    since: since(&epoch, 1),
                    history: 1,
                },
                Some(Err(RecoveryFailure::OutOfRetention)),
                "5;",
            ),
            (
                Start {
                    since: since(&epoch, 6),
                    history: 0,
                },
                Some(Err(RecoveryFailure::AheadOfStream)),
                "",
            ),
            (
                Start {
                    since: since("other", 5),
                    history: 0,
                },
                Some(Err(RecoveryFailure::EpochChanged)),
                "",
            ),
        ];
        for (start, recovery, replayed) in rows {
            let outbox = Arc::new(Outbox::new(1000));
            assert_eq!(stream.attach(&outbox, &start), recovery, "{start:?}");
            assert_eq!(received(&outbox), replayed, "{start:?}");
            stream.detach(&outbox);
        }
        assert!(stream.subscribers.iter().all(Vec::is_empty));
    }

    #[test]
    fn a_restart_begins_a_new_epoch() {
        let mut stream = Stream::new(3, Arc::new(Flusher::new(1)));
        publish(&mut stream, 2);
        let before = stream.position();
        stream.restart();
        assert_ne!(stream.position().epoch, before.epoch);
        assert_eq!(stream.position().seq, 0);
        let outbox = Arc::new(Outbox::new(1000));
        let start = Start {
            since: Some(before),
            history: 3,
        };
        assert_eq!(
            stream.attach(&outbox, &start),
            Some(Err(RecoveryFailure::EpochChanged))
        );
        assert_eq!(received(&outbox), "");
    }
}
