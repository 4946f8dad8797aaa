//! Topics whose updates are changes (`delta`), when they are too many: all of a topic's give way at
//! once, to a place in the queue. When its turn comes, the topic's stream is asked for what leads
//! from where the client stands to the newest state: so what it gets is fresh, however long the
//! queue, and no connection is so slow that it never gets it.

use std::collections::hash_map;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use tickwire_spec::Delivery;
use tokio::time::Instant;

use super::{Entry, Item, Queue, Waiting};
use crate::delivery::publication::{Channel, Publication};
use crate::metrics::DropCause;
use crate::wire::PublicationKind;

/// The topics that have such a place. Nothing is queued for them meanwhile.
#[derive(Debug, Default)]
pub(super) struct Behind(HashMap<usize, Standing>);

/// Names a topic for as long as its place is in the queue.
fn address(topic: &Arc<Channel>) -> usize {
    Arc::as_ptr(topic).addr()
}

/// Where a client stands that is behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The life of the stream of which it was last queued something.
    pub(crate) epoch: Arc<str>,
    /// The last publication that it has got; before a snapshot that gave way, whatever it had.
    pub(crate) seq: u64,
}

impl Standing {
    /// Right before a publication.
    fn before(publication: &Publication) -> Self {
        Self {
            epoch: Arc::clone(&publication.epoch),
            seq: publication.seq.saturating_sub(1),
        }
    }

    /// Right after a publication.
    fn after(publication: &Publication) -> Self {
        Self {
            epoch: Arc::clone(&publication.epoch),
            seq: publication.seq,
        }
    }
}

impl Queue {
    /// Whether a publication is left out, because its topic has a place already.
    pub(super) fn leaves_out(&mut self, item: &Item, now: Instant) -> bool {
        let Item::Update(publication) = item else {
            return false;
        };
        if self.behind.0.is_empty() {
            return false;
        }
        let Some(standing) = self.behind.0.get_mut(&address(&publication.topic)) else {
            return false;
        };
        if standing.epoch != publication.epoch {
            // What the client is told of the new life has to come first.
            *standing = Standing::before(publication);
            let place = Entry::CatchUp(Arc::clone(&publication.topic));
            self.items
                .retain(|waiting| !waiting.entry.is_place_of(&publication.topic));
            self.items.push_back(Waiting {
                since: now,
                entry: place,
            });
        }
        true
    }

    /// Lets all changes give way, each topic's to a place where the first of them was that belongs to
    /// the stream's newest life: behind what the client is told of that.
    pub(super) fn drop_changes(&mut self) {
        // The topics that need a place.
        let mut new = HashSet::new();
        for waiting in self.items.iter().rev() {
            let Some(publication) = waiting.entry.as_change() else {
                continue;
            };
            let before = Standing::before(publication);
            match self.behind.0.entry(address(&publication.topic)) {
                hash_map::Entry::Occupied(mut known) => {
                    // What is of an earlier life leads nowhere.
                    if known.get().epoch == before.epoch && before.seq < known.get().seq {
                        known.insert(before);
                    }
                }
                hash_map::Entry::Vacant(unknown) => {
                    new.insert(*unknown.key());
                    unknown.insert(before);
                }
            }
        }
        let mut kept = VecDeque::with_capacity(self.items.len());
        for waiting in std::mem::take(&mut self.items) {
            let Some(publication) = waiting.entry.as_change() else {
                kept.push_back(waiting);
                continue;
            };
            self.bytes -= publication.frame.encoded(self.encoding).len();
            let address = address(&publication.topic);
            let standing = self.behind.0.get(&address);
            let is_newest = standing.is_some_and(|known| known.epoch == publication.epoch);
            if is_newest && new.remove(&address) {
                kept.push_back(Waiting {
                    since: waiting.since,
                    entry: Entry::CatchUp(Arc::clone(&publication.topic)),
                });
            }
        }
        self.items = kept;
    }

    /// The topic whose turn it is to catch up.
    pub(in super::super) fn behind(&self) -> Option<&Arc<Channel>> {
        match &self.items.front()?.entry {
            Entry::CatchUp(topic) => Some(topic),
            Entry::Item(_) => None,
        }
    }

    /// Puts what `lead` gives for where the client stands to the front, if it is this topic's turn.
    /// What finds no room is left for another turn; something always does.
    pub(in super::super) fn catch_up(
        &mut self,
        topic: &Arc<Channel>,
        lead: impl FnOnce(&Standing) -> Vec<Arc<Publication>>,
        now: Instant,
    ) {
        if self.behind().is_none_or(|next| !Arc::ptr_eq(next, topic)) {
            return;
        }
        let place = self.items.pop_front();
        let Some(standing) = self.behind.0.remove(&address(topic)) else {
            return;
        };
        let publications = lead(&standing);
        if let Some(first) = publications
            .first()
            .filter(|first| first.kind == PublicationKind::Snapshot)
        {
            // Of another life nobody knows how far the client is from its end.
            let known = if standing.epoch == first.epoch {
                standing.seq
            } else {
                0
            };
            let missed = first.seq.saturating_sub(known);
            self.losses
                .add_many(topic.delivery, DropCause::Snapshot, missed);
        }
        let mut room = (self.max_bytes - self.max_bytes / 8).saturating_sub(self.bytes);
        let fitting = publications.iter().take_while(|publication| {
            let length = publication.frame.encoded(self.encoding).len();
            let fits = length <= room;
            room = room.saturating_sub(length);
            fits
        });
        let fitting = fitting.count().max(1);
        if let (Some(last), true) = (publications.get(fitting - 1), fitting < publications.len()) {
            self.behind.0.insert(address(topic), Standing::after(last));
            place
                .into_iter()
                .for_each(|place| self.items.push_front(place));
        }
        for publication in publications.into_iter().take(fitting).rev() {
            self.bytes += publication.frame.encoded(self.encoding).len();
            self.items.push_front(Waiting {
                since: now,
                entry: Entry::Item(Item::Update(publication)),
            });
        }
    }

    /// Forgets a topic that the client leaves or joins: nothing that was queued before is of use.
    pub(in super::super) fn forget(&mut self, topic: &Arc<Channel>) {
        if topic.delivery != Delivery::Delta {
            return;
        }
        self.behind.0.remove(&address(topic));
        let (bytes, encoding) = (&mut self.bytes, self.encoding);
        self.items.retain(|waiting| {
            let change = waiting.entry.as_change();
            let change = change.filter(|change| Arc::ptr_eq(&change.topic, topic));
            *bytes -= change.map_or(0, |change| change.frame.encoded(encoding).len());
            change.is_none() && !waiting.entry.is_place_of(topic)
        });
    }

    /// Forgets all places: the connection is about to end.
    pub(in super::super) fn forget_places(&mut self) {
        self.behind.0.clear();
        self.items
            .retain(|waiting| matches!(waiting.entry, Entry::Item(_)));
    }
}

impl Entry {
    fn is_place_of(&self, topic: &Arc<Channel>) -> bool {
        matches!(self, Self::CatchUp(other) if Arc::ptr_eq(other, topic))
    }

    /// A publication of a topic of changes.
    fn as_change(&self) -> Option<&Arc<Publication>> {
        match self {
            Self::Item(Item::Update(publication))
                if publication.topic.delivery == Delivery::Delta =>
            {
                Some(publication)
            }
            Self::Item(_) | Self::CatchUp(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::delivery::publication::test_channels;
    use crate::wire::{Encoding, Frame, SharedFrame};

    const MAX_BYTES: usize = 4_000;
    const SNAPSHOT_BYTES: usize = 300;

    fn publication(
        topic: &Arc<Channel>,
        kind: PublicationKind,
        epoch: u64,
        seq: u64,
    ) -> Arc<Publication> {
        let length = match kind {
            PublicationKind::Update => 100,
            PublicationKind::Snapshot => SNAPSHOT_BYTES,
        };
        Arc::new(Publication {
            frame: SharedFrame::new(Frame::text(&vec![b'x'; length])),
            kind,
            seq,
            epoch: epoch.to_string().into(),
            key: None,
            topic: Arc::clone(topic),
        })
    }

    /// A topic of changes as its stream has it, and as a client has made it of what it got.
    struct Book {
        topic: Arc<Channel>,
        epoch: u64,
        base: Option<Arc<Publication>>,
        changes: Vec<Arc<Publication>>,
        seq: u64,
        told_epoch: u64,
        seen: Option<u64>,
    }

    impl Book {
        fn new(topic: Arc<Channel>) -> Self {
            Self {
                topic,
                epoch: 0,
                base: None,
                changes: Vec::new(),
                seq: 0,
                told_epoch: 0,
                seen: None,
            }
        }

        fn publish(&mut self) -> Item {
            self.seq += 1;
            let of_kind = |kind| publication(&self.topic, kind, self.epoch, self.seq);
            let sent = if self.base.is_none() {
                of_kind(PublicationKind::Snapshot)
            } else {
                of_kind(PublicationKind::Update)
            };
            if self.base.is_none() || self.seq.is_multiple_of(60) {
                self.base = Some(of_kind(PublicationKind::Snapshot));
                self.changes.clear();
            } else {
                self.changes.push(Arc::clone(&sent));
            }
            Item::Update(sent)
        }

        fn restart(&mut self) -> Item {
            self.epoch += 1;
            self.seq = 0;
            self.base = None;
            self.changes.clear();
            let told = format!("{} {}", self.topic.id, self.epoch);
            Item::Shared(Arc::new(SharedFrame::new(Frame::text(told.as_bytes()))))
        }

        /// As `hub::stream` has it.
        fn lead(&self, standing: &Standing) -> Vec<Arc<Publication>> {
            let known = *standing.epoch == self.epoch.to_string();
            let base = self.base.iter();
            let seen = known.then_some(standing.seq);
            let is_newer = |base: &&Arc<Publication>| seen.is_none_or(|seen| seen < base.seq);
            let changes = self.changes.iter();
            base.filter(is_newer)
                .chain(changes.filter(|change| seen.is_none_or(|seen| seen < change.seq)))
                .cloned()
                .collect()
        }

        fn receive(&mut self, publication: &Publication) {
            assert_eq!(*publication.epoch, *self.told_epoch.to_string());
            match publication.kind {
                PublicationKind::Snapshot => assert!(self.seen < Some(publication.seq)),
                PublicationKind::Update => assert_eq!(self.seen, Some(publication.seq - 1)),
            }
            self.seen = Some(publication.seq);
        }
    }

    /// Reads one item, as a connection does; whether there was one.
    fn read(queue: &mut Queue, books: &mut [Book; 2]) -> bool {
        while let Some(topic) = queue.behind().cloned() {
            let book = books.iter().find(|book| Arc::ptr_eq(&book.topic, &topic));
            let book = book.expect("one of them");
            queue.catch_up(&topic, |standing| book.lead(standing), Instant::now());
        }
        match queue.pop() {
            None => return false,
            Some(Item::Update(publication)) => {
                let topic = &publication.topic;
                if let Some(book) = books
                    .iter_mut()
                    .find(|book| Arc::ptr_eq(&book.topic, topic))
                {
                    book.receive(&publication);
                }
            }
            Some(Item::Shared(frame)) => {
                let told = frame.encoded(Encoding::default()).payload();
                let told = String::from_utf8_lossy(told).into_owned();
                let (topic, epoch) = told.split_once(' ').expect("two words");
                let book = books
                    .iter_mut()
                    .find(|book| *book.topic.id.name().as_ref() == *topic);
                let book = book.expect("one of them");
                (book.told_epoch, book.seen) = (epoch.parse().expect("a number"), None);
            }
            Some(Item::Frame(_) | Item::Gap(_)) => {}
        }
        true
    }

    #[test]
    fn a_topic_has_one_place_behind_its_newest_life() {
        let now = Instant::now();
        let [topic] = test_channels(["orderbook:AAPL"]);
        let mut queue = Queue::new(MAX_BYTES, Encoding::default());
        let change = |seq| publication(&topic, PublicationKind::Update, 0, seq);
        for seq in 1..=40 {
            queue.push(Item::Update(change(seq)), now).unwrap();
        }
        assert!(queue.behind().is_some());
        // As many as find room; the place is behind them, and moves behind the notice.
        queue.catch_up(&topic, |_| (1..=40).map(change).collect(), now);
        let notice = || Item::Frame(Frame::text(&[b'x'; 600]));
        queue.push(notice(), now).unwrap();
        let snapshot = publication(&topic, PublicationKind::Snapshot, 1, 1);
        queue
            .push(Item::Update(Arc::clone(&snapshot)), now)
            .unwrap();
        // What is left of the old life gives way.
        queue.push(notice(), now).unwrap();
        assert!(queue.bytes() < 1_300, "{queue:?}");
        assert!(matches!(queue.pop(), Some(Item::Frame(_))));
        let lead = |standing: &Standing| {
            assert_eq!((&*standing.epoch, standing.seq), ("1", 0));
            vec![snapshot]
        };
        queue.catch_up(&topic, lead, now);
        assert!(matches!(queue.pop(), Some(Item::Update(update)) if *update.epoch == *"1"));
        assert!(matches!(queue.pop(), Some(Item::Frame(_))));
        assert!(queue.is_empty() && queue.behind.0.is_empty(), "{queue:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        /// However much gives way, what a client has of a topic is at any time what the stream had
        /// at some position, positions ascend, and the last is the newest.
        #[test]
        fn a_state_is_always_whole(
            steps in proptest::collection::vec((0..24_u8, 0..30_usize), 1..400),
        ) {
            let [trades, one, other] =
                test_channels(["trades:AAPL", "orderbook:AAPL", "orderbook:MSFT"]);
            let mut books = [Book::new(one), Book::new(other)];
            let mut queue = Queue::new(MAX_BYTES, Encoding::default());
            let mut trade = 0;
            for (kind, taken) in steps {
                let item = match kind {
                    0 => Item::Frame(Frame::text(&[b'x'; 50])),
                    1..6 => {
                        trade += 1;
                        Item::Update(publication(&trades, PublicationKind::Update, 0, trade))
                    }
                    6..13 => books[0].publish(),
                    13..20 => books[1].publish(),
                    20 => books[0].restart(),
                    21 => {
                        // Leaves and joins.
                        let book = &mut books[1];
                        queue.forget(&book.topic);
                        book.seen = None;
                        let state = Standing { epoch: "".into(), seq: 0 };
                        for publication in book.lead(&state) {
                            prop_assert!(queue.push(Item::Update(publication), Instant::now()).is_ok());
                        }
                        continue;
                    }
                    _ => {
                        (0..taken).take_while(|_| read(&mut queue, &mut books)).count();
                        continue;
                    }
                };
                if queue.push(item, Instant::now()).is_err() {
                    // Answers and notices alone are too much.
                    return Ok(());
                }
                prop_assert!(queue.bytes() <= MAX_BYTES);
            }
            while read(&mut queue, &mut books) {}
            prop_assert_eq!(queue.bytes(), 0);
            prop_assert!(queue.is_empty() && queue.behind.0.is_empty());
            for book in &books {
                prop_assert_eq!(book.told_epoch, book.epoch);
                prop_assert_eq!(book.seen.unwrap_or_default(), book.seq);
            }
        }
    }
}
