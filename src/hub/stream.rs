//! One topic's numbered publications, and who receives them.

mod retention;

use std::sync::Arc;

use tickwire_spec::{Delivery, Retention as Limits};
use tokio::time::Instant;

use crate::delivery::{Channel, Flusher, Item, Outbox, Publication, Wakes};
use crate::wire::{Frame, SharedFrame};
use retention::Retention;

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

#[derive(Debug)]
pub(super) struct Stream {
    channel: Arc<Channel>,
    epoch: Arc<str>,
    seq: u64,
    retained: Retention,
    /// By the flusher's shards.
    subscribers: Box<[Vec<Arc<Outbox>>]>,
    flusher: Arc<Flusher>,
    /// Whom to wake once the lock of the stream is free.
    wakes: Wakes,
}

impl Stream {
    pub(super) fn new(channel: Arc<Channel>, limits: Limits, flusher: Arc<Flusher>) -> Self {
        Self {
            channel,
            epoch: new_epoch(),
            seq: 0,
            retained: Retention::new(limits),
            subscribers: vec![Vec::new(); flusher.shards()].into(),
            flusher,
            wakes: Wakes::default(),
        }
    }

    /// Whom the flusher has to wake: to be asked by whoever gives the lock of the stream back.
    pub(super) fn take_wakes(&mut self) -> Wakes {
        std::mem::take(&mut self.wakes)
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
        self.retained.clear();
    }

    /// Numbers a publication, keeps it and gives it to every subscriber. `encode` gets the number.
    pub(super) fn publish(
        &mut self,
        encode: impl FnOnce(&Arc<str>, u64) -> Publication,
    ) -> (u64, usize) {
        self.seq += 1;
        let publication = Arc::new(encode(&self.epoch, self.seq));
        let receivers = self.send(&Item::Update(Arc::clone(&publication)));
        self.retained.keep(publication);
        (self.seq, receivers)
    }

    /// Numbers a publication and keeps it, without giving it to anybody: on purpose, by a mock.
    pub(super) fn withhold(&mut self, encode: impl FnOnce(&Arc<str>, u64) -> Publication) {
        self.seq += 1;
        let publication = Arc::new(encode(&self.epoch, self.seq));
        self.retained.keep(publication);
    }

    /// Whether the next publication has to be a snapshot.
    pub(super) fn needs_snapshot(&self) -> bool {
        self.retained.needs_snapshot()
    }

    /// Whether a snapshot of now would be worth having, for those who join.
    pub(super) fn wants_base(&self) -> bool {
        self.retained.wants_base()
    }

    /// Takes a snapshot of the newest position, for those who join later. Nobody is sent it now.
    pub(super) fn rebase(&mut self, encode: impl FnOnce(&Arc<str>, u64) -> Publication) {
        let snapshot = Arc::new(encode(&self.epoch, self.seq));
        self.retained.rebase(snapshot);
    }

    /// The next publication has to be a snapshot: what subscribers hold is no longer what the
    /// producer has.
    pub(super) fn forget_base(&mut self) {
        self.retained.forget_base();
    }

    /// Gives everyone a frame that is no update: it has no number and is not kept.
    pub(super) fn notify(&mut self, frame: Frame) {
        self.send(&Item::Shared(Arc::new(SharedFrame::new(frame))));
    }

    fn send(&mut self, item: &Item) -> usize {
        let now = Instant::now();
        let mut receivers = 0;
        for (shard, subscribers) in self.subscribers.iter().enumerate() {
            receivers += subscribers.len();
            let dirty = subscribers
                .iter()
                .filter(|outbox| outbox.offer(item.clone(), now));
            self.wakes |= self.flusher.enter(shard, dirty.cloned());
        }
        receivers
    }

    /// Replays what `start` asks for, then lets live updates follow, as one step.
    pub(super) fn attach(
        &mut self,
        outbox: &Arc<Outbox>,
        start: &Start,
    ) -> Option<Result<(), RecoveryFailure>> {
        outbox.forget(&self.channel);
        let (room, encoding) = (outbox.room_for_replay(), outbox.encoding());
        let recovery = start.since.as_ref().map(|since| {
            let missed = self.missed_since(since)?;
            // As if it were not kept: the outbox could not take it.
            let fits = self.retained.newest_within(missed, room, encoding) == missed;
            fits.then_some(missed)
                .ok_or(RecoveryFailure::OutOfRetention)
        });
        let replay = match recovery {
            Some(Ok(missed)) => self.retained.newest(missed),
            _ if self.channel.delivery == Delivery::Delta => self.retained.state(),
            _ => {
                let count = self.retained.newest_within(start.history, room, encoding);
                self.retained.newest(count)
            }
        };
        let now = Instant::now();
        for publication in replay {
            if outbox.replay(Item::Update(Arc::clone(publication)), now) {
                self.wakes |= self
                    .flusher
                    .enter(outbox.shard, std::iter::once(Arc::clone(outbox)));
            }
        }
        self.subscribers[outbox.shard].push(Arc::clone(outbox));
        recovery.map(|result| result.map(drop))
    }

    /// Gives a subscriber that is behind, in its turn, what leads to the newest state: the changes that
    /// it missed, or the base with those since, if that is newer than what it has.
    pub(super) fn catch_up(&self, outbox: &Outbox) {
        outbox.catch_up(&self.channel, |standing| {
            let known = (standing.epoch == self.epoch).then_some(standing.seq);
            self.retained.lead(known).cloned().collect()
        });
    }

    pub(super) fn detach(&mut self, outbox: &Arc<Outbox>) {
        outbox.forget(&self.channel);
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
        for outbox in self.subscribers.iter_mut().flat_map(std::mem::take) {
            outbox.forget(&self.channel);
        }
        self.retained.clear();
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
            .filter(|missed| *missed <= self.retained.len())
            .ok_or(RecoveryFailure::OutOfRetention)
    }
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
    use crate::wire::CloseCode;
    use crate::wire::PublicationKind::{self, Snapshot, Update};

    fn stream(topic: &str, max_kept: usize) -> Stream {
        let [channel] = test_channels([topic]);
        let limits = Limits {
            replay: max_kept,
            bytes: Limits::DEFAULT_BYTES,
        };
        Stream::new(channel, limits, Arc::new(Flusher::new(1)))
    }

    /// A publication of this many bytes, whose text is `mark` and its number.
    fn publication(
        stream: &Stream,
        kind: PublicationKind,
        mark: &str,
        bytes: usize,
    ) -> impl FnOnce(&Arc<str>, u64) -> Publication + use<> {
        let (topic, mark) = (Arc::clone(&stream.channel), mark.to_owned());
        move |epoch, seq| Publication {
            frame: SharedFrame::new(Frame::text(
                format!("{:>bytes$}", format!("{mark}{seq};")).as_bytes(),
            )),
            kind,
            seq,
            epoch: Arc::clone(epoch),
            key: None,
            topic,
        }
    }

    fn publish(stream: &mut Stream, count: usize) {
        for _ in 0..count {
            stream.publish(publication(stream, Update, "", 0));
        }
    }

    /// What an outbox received, as the texts in its frames.
    fn received(outbox: &Outbox) -> String {
        let mut buffer = BytesMut::new();
        outbox.drain(&mut buffer, usize::MAX);
        let text = |byte: &u8| byte.is_ascii_digit() || b";=".contains(byte);
        String::from_utf8(buffer.iter().copied().filter(text).collect()).unwrap()
    }

    fn check(
        stream: &mut Stream,
        start: &Start,
        recovery: Option<Result<(), RecoveryFailure>>,
        replayed: &str,
    ) {
        let outbox = Arc::new(Outbox::new(100_000));
        assert_eq!(stream.attach(&outbox, start), recovery, "{start:?}");
        assert_eq!(received(&outbox), replayed, "{start:?}");
        stream.detach(&outbox);
    }

    fn since(epoch: &str, seq: u64, history: usize) -> Start {
        let epoch = epoch.into();
        Start {
            since: Some(Position { epoch, seq }),
            history,
        }
    }

    fn history(history: usize) -> Start {
        Start {
            since: None,
            history,
        }
    }

    #[test]
    fn a_subscriber_begins_where_it_asks_to() {
        use RecoveryFailure::{AheadOfStream, EpochChanged, OutOfRetention};

        let mut stream = stream("trades:AAPL", 3);
        publish(&mut stream, 5);
        let epoch = Arc::clone(&stream.epoch);
        for (start, recovery, replayed) in [
            (Start::default(), None, ""),
            (history(2), None, "4;5;"),
            (history(99), None, "3;4;5;"),
            (since(&epoch, 5, 9), Some(Ok(())), ""),
            (since(&epoch, 2, 0), Some(Ok(())), "3;4;5;"),
            (since(&epoch, 1, 0), Some(Err(OutOfRetention)), ""),
            (since(&epoch, 1, 1), Some(Err(OutOfRetention)), "5;"),
            (since(&epoch, 6, 0), Some(Err(AheadOfStream)), ""),
            (since("other", 5, 0), Some(Err(EpochChanged)), ""),
        ] {
            check(&mut stream, &start, recovery, replayed);
        }
        assert!(stream.subscribers.iter().all(Vec::is_empty));
    }

    /// However many may be kept, they are bounded in bytes.
    #[test]
    fn what_is_kept_is_bounded_in_bytes() {
        let [channel] = test_channels(["trades:AAPL"]);
        let limits = Limits {
            replay: 100,
            bytes: 4096,
        };
        let mut stream = Stream::new(channel, limits, Arc::new(Flusher::new(1)));
        for _ in 0..9 {
            stream.publish(publication(&stream, Update, "", 1_000));
        }
        // Each has a header of four bytes.
        check(&mut stream, &history(99), None, "6;7;8;9;");
    }

    #[test]
    fn a_restart_begins_a_new_epoch() {
        let mut stream = stream("trades:AAPL", 3);
        publish(&mut stream, 2);
        let before = stream.position();
        stream.restart();
        assert_ne!(stream.position().epoch, before.epoch);
        assert_eq!(stream.position().seq, 0);
        let start = since(&before.epoch, before.seq, 3);
        let changed = Some(Err(RecoveryFailure::EpochChanged));
        check(&mut stream, &start, changed, "");
    }

    #[test]
    fn a_state_begins_with_a_snapshot() {
        use RecoveryFailure::{AheadOfStream, EpochChanged, OutOfRetention};

        let mut stream = stream("orderbook:AAPL", 3);
        assert!(stream.needs_snapshot(), "nothing that could be changed");
        check(&mut stream, &history(9), None, "");
        stream.publish(publication(&stream, Snapshot, "=", 0));
        publish(&mut stream, 5);
        let epoch = Arc::clone(&stream.epoch);
        // All changes since the base are kept, more than the retention.
        let whole = "=1;2;3;4;5;6;";
        for (start, recovery, replayed) in [
            (Start::default(), None, whole),
            (history(1), None, whole),
            (since(&epoch, 6, 0), Some(Ok(())), ""),
            (since(&epoch, 2, 0), Some(Ok(())), "3;4;5;6;"),
            (since(&epoch, 1, 0), Some(Ok(())), "2;3;4;5;6;"),
            (since(&epoch, 0, 0), Some(Err(OutOfRetention)), whole),
            (since(&epoch, 7, 0), Some(Err(AheadOfStream)), whole),
            (since("other", 6, 0), Some(Err(EpochChanged)), whole),
        ] {
            check(&mut stream, &start, recovery, replayed);
        }
        // A newer base: what is before it is kept as far as the retention says.
        stream.rebase(publication(&stream, Snapshot, "=", 0));
        publish(&mut stream, 1);
        for (start, recovery, replayed) in [
            (Start::default(), None, "=6;7;"),
            (since(&epoch, 4, 0), Some(Ok(())), "5;6;7;"),
            (since(&epoch, 3, 0), Some(Err(OutOfRetention)), "=6;7;"),
        ] {
            check(&mut stream, &start, recovery, replayed);
        }
        // One that is published is a publication like others.
        stream.publish(publication(&stream, Snapshot, "=", 0));
        publish(&mut stream, 1);
        check(&mut stream, &Start::default(), None, "=8;9;");
        check(&mut stream, &since(&epoch, 6, 0), Some(Ok(())), "7;=8;9;");
        stream.restart();
        assert!(stream.needs_snapshot());
        check(&mut stream, &Start::default(), None, "");
        let changed = Some(Err(EpochChanged));
        check(&mut stream, &since(&epoch, 9, 9), changed, "");
    }

    #[test]
    fn who_is_behind_gets_what_leads_on() {
        let mut stream = stream("orderbook:AAPL", 3);
        let outbox = Arc::new(Outbox::new(1_000));
        stream.attach(&outbox, &Start::default());
        stream.publish(publication(&stream, Snapshot, "=", 300));
        for _ in 2..=5 {
            stream.publish(publication(&stream, Update, "", 250));
        }
        // Together more than may wait: all have given way.
        assert_eq!(received(&outbox), "");
        assert!(
            outbox
                .behind()
                .is_some_and(|topic| Arc::ptr_eq(&topic, &stream.channel))
        );
        publish(&mut stream, 1);
        stream.catch_up(&outbox);
        assert_eq!(received(&outbox), "=1;2;3;", "as much as finds room");
        stream.catch_up(&outbox);
        assert_eq!(received(&outbox), "4;5;6;", "what comes next");
        assert!(outbox.behind().is_none());
        publish(&mut stream, 1);
        assert_eq!(received(&outbox), "7;", "live again");
        // The base is newer than what it has.
        for _ in 8..=12 {
            stream.publish(publication(&stream, Update, "", 250));
        }
        stream.rebase(publication(&stream, Snapshot, "=", 300));
        publish(&mut stream, 1);
        stream.catch_up(&outbox);
        assert_eq!(received(&outbox), "=12;13;");
        // A new life has nothing to lead to, until its first publication.
        for _ in 14..=18 {
            stream.publish(publication(&stream, Update, "", 250));
        }
        stream.restart();
        stream.catch_up(&outbox);
        assert_eq!(
            (received(&outbox).as_str(), outbox.behind().is_none()),
            ("", true)
        );
        stream.publish(publication(&stream, Snapshot, "=", 0));
        assert_eq!(received(&outbox), "=1;");
        // Who leaves is behind in nothing.
        for _ in 2..=6 {
            stream.publish(publication(&stream, Update, "", 250));
        }
        assert!(outbox.behind().is_some());
        stream.detach(&outbox);
        assert_eq!(
            (received(&outbox).as_str(), outbox.behind().is_none()),
            ("", true)
        );
    }

    #[test]
    fn what_waits_when_a_connection_ends_is_still_written() {
        let mut stream = stream("orderbook:AAPL", 3);
        let outbox = Arc::new(Outbox::new(1_000));
        stream.attach(&outbox, &Start::default());
        stream.publish(publication(&stream, Snapshot, "=", 0));
        publish(&mut stream, 1);
        outbox.close(CloseCode::Restarting);
        stream.detach(&outbox);
        assert_eq!(received(&outbox), "=1;2;");
    }

    #[test]
    fn a_base_is_replaced_when_much_has_changed() {
        for (base, change, expected) in [(10, 100, 41), (10_000, 100, 197), (10_000, 30_000, 1)] {
            let mut stream = stream("orderbook:AAPL", 0);
            stream.publish(publication(&stream, Snapshot, "=", base));
            let wanted = (1..).find(|_| {
                assert!(!stream.needs_snapshot());
                stream.publish(publication(&stream, Update, "", change));
                stream.wants_base()
            });
            assert_eq!(wanted, Some(expected), "{base} and {change}");
            stream.rebase(publication(&stream, Snapshot, "=", base));
            assert!(!stream.wants_base());
            assert_eq!(stream.retained.len(), 0);
        }
    }

    /// Without a snapshot, what is kept for those who join is bounded all the same.
    #[test]
    fn changes_without_end_are_refused() {
        let mut stream = stream("orderbook:AAPL", 3);
        stream.publish(publication(&stream, Snapshot, "=", 0));
        let changes = (0..).take_while(|_| {
            let fits = !stream.needs_snapshot();
            if fits {
                stream.publish(publication(&stream, Update, "", 60_000));
            }
            fits
        });
        assert_eq!(changes.count(), Limits::DEFAULT_BYTES / 60_004 + 1);
        stream.publish(publication(&stream, Snapshot, "=", 0));
        assert!(!stream.needs_snapshot());
        assert_eq!(stream.retained.len(), 3);
    }
}
