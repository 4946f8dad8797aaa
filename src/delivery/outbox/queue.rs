//! What waits for one connection, and what gives way when it is too much.
//!
//! Pure: no locks, sockets or clocks. The policies are those of `x-topic.delivery`:
//!
//! | class | what gives way |
//! |---|---|
//! | `latest` | updates that a waiting one with the same key has replaced |
//! | `window` | the oldest updates, announced by `topic.reset` in their place |
//! | `delta` | all that waits of a topic, in whose place comes what leads to its newest state |
//! | `lossless` | nothing: the connection has to go |
//!
//! Nothing gives way before the bound is reached, so a client that pauses for a moment misses
//! nothing. Then a quarter of the bound is made free at a time: the work is shared by many pushes.

mod changes;

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tickwire_spec::Delivery;
use tokio::time::Instant;

use crate::delivery::publication::{Channel, Publication};
use crate::metrics::{DropCause, Losses};
use crate::wire::{Encoding, Frame, SharedFrame};
use changes::Behind;
pub(crate) use changes::Standing;

/// An empty queue keeps room for so many.
const KEPT_CAPACITY: usize = 64;

/// How much older something has to be before it is looked for again.
const EXPIRY_STEP: Duration = Duration::from_secs(1);

/// Frames in the order in which they will be sent, bounded in bytes.
#[derive(Debug)]
pub(super) struct Queue {
    items: VecDeque<Waiting>,
    bytes: usize,
    max_bytes: usize,
    encoding: Encoding,
    /// How much more may wait, since it is replayed: what a reader has missed may be as much as waited
    /// when it was given up, and still has to find room beside what goes on.
    credit: usize,
    /// Up to when everything has been looked at that may be too old.
    expired: Option<Instant>,
    behind: Behind,
    /// What has given way and is not counted yet.
    losses: Losses,
}

/// What is in the queue, and since when.
#[derive(Debug)]
struct Waiting {
    since: Instant,
    entry: Entry,
}

#[derive(Debug)]
enum Entry {
    Item(Item),
    /// In the place of changes that gave way: the topic catches up when nothing is before it.
    CatchUp(Arc<Channel>),
}

/// Something to send.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    /// An answer or a push of the session, in the connection's encoding.
    Frame(Frame),
    /// What several are told, and is no update.
    Shared(Arc<SharedFrame>),
    /// An update of a topic.
    Update(Arc<Publication>),
    /// In the place of updates that gave way.
    Gap(Box<Gap>),
}

/// The notice about a [`Run`].
#[derive(Debug, Clone)]
pub(crate) struct Gap {
    run: Run,
    frame: Frame,
}

/// Consecutive updates of a topic that one subscriber does not get.
#[derive(Debug, Clone)]
struct Run {
    topic: Arc<Channel>,
    epoch: Arc<str>,
    from: u64,
    to: u64,
}

/// There is no room, and nothing that may give way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Overflow;

impl Item {
    #[inline]
    pub(super) fn frame(&self, encoding: Encoding) -> &Frame {
        match self {
            Self::Frame(frame) => frame,
            Self::Gap(gap) => &gap.frame,
            Self::Shared(frame) => frame.encoded(encoding),
            Self::Update(publication) => publication.frame.encoded(encoding),
        }
    }

    /// Whether others may wait for the same item.
    pub(super) fn is_shared(&self) -> bool {
        matches!(self, Self::Shared(_) | Self::Update(_))
    }

    /// Whether it is this very item.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Shared(a), Self::Shared(b)) => Arc::ptr_eq(a, b),
            (Self::Update(a), Self::Update(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }

    /// As a run, if it may give way to a notice, or is one.
    fn as_run(&self) -> Option<Run> {
        match self {
            Self::Frame(_) | Self::Shared(_) => None,
            Self::Update(publication) => Run::of(publication),
            Self::Gap(gap) => Some(gap.run.clone()),
        }
    }
}

impl Queue {
    pub(super) fn new(max_bytes: usize, encoding: Encoding) -> Self {
        Self {
            items: VecDeque::new(),
            bytes: 0,
            max_bytes,
            encoding,
            credit: 0,
            expired: None,
            behind: Behind::default(),
            losses: Losses::default(),
        }
    }

    /// What has given way since somebody asked.
    pub(super) fn losses(&mut self) -> &mut Losses {
        &mut self.losses
    }

    /// Adds at the end; makes room before, when there is none.
    ///
    /// A frame larger than the whole bound passes when nothing else waits: it could never be sent
    /// otherwise.
    pub(super) fn push(&mut self, item: Item, now: Instant) -> Result<(), Overflow> {
        if self.leaves_out(&item, now) {
            return Ok(());
        }
        let length = item.frame(self.encoding).len();
        self.items.push_back(Waiting {
            since: now,
            entry: Entry::Item(item),
        });
        self.bytes += length;
        if self.bytes <= self.limit() || self.bytes == length {
            return Ok(());
        }
        self.make_room();
        // Updates that do not leave some air would bring every further push here again: a reader
        // that slow is given up. Answers may fill the queue to the brim.
        let crowded = self.bytes > self.limit() - self.max_bytes / 8
            && self.answer_bytes() < self.max_bytes / 2;
        if crowded || self.bytes > self.limit() {
            Err(Overflow)
        } else {
            Ok(())
        }
    }

    /// Adds something that was kept, and is no news: it takes no room from what is.
    pub(super) fn replay(&mut self, item: Item, now: Instant) -> Result<(), Overflow> {
        self.credit += item.frame(self.encoding).len();
        self.push(item, now)
    }

    /// Bytes of what is replayed that wait, at the most.
    pub(super) fn credit(&self) -> usize {
        self.credit
    }

    fn limit(&self) -> usize {
        self.max_bytes.saturating_add(self.credit)
    }

    /// Adds the end of all, whatever the bound.
    pub(super) fn push_last(&mut self, item: Item) {
        self.bytes += item.frame(self.encoding).len();
        let since = Instant::now();
        self.items.push_back(Waiting {
            since,
            entry: Entry::Item(item),
        });
    }

    /// Lets go of what has waited since before `limit`. The newest `latest` updates may stay, since
    /// they are as good as new, and so may notices.
    pub(super) fn expire(&mut self, limit: Instant) -> Result<(), Overflow> {
        let is_old = |waiting: &Waiting| waiting.since < limit;
        if !self.items.front().is_some_and(is_old) {
            return Ok(());
        }
        // What stays would be looked at again with every push.
        if self
            .expired
            .is_some_and(|before| limit < before + EXPIRY_STEP)
        {
            return Ok(());
        }
        self.expired = Some(limit);
        self.drop_replaced();
        self.drop_changes();
        self.drop_oldest(DropCause::Age, |_, waiting| is_old(waiting));
        let may_stay = |entry: &Entry| match entry {
            Entry::Item(Item::Update(update)) => update.topic.delivery == Delivery::Latest,
            Entry::Item(Item::Gap(_)) | Entry::CatchUp(_) => true,
            Entry::Item(Item::Frame(_) | Item::Shared(_)) => false,
        };
        let mut old = self.items.iter().take_while(|waiting| is_old(waiting));
        if old.all(|waiting| may_stay(&waiting.entry)) {
            Ok(())
        } else {
            Err(Overflow)
        }
    }

    fn answer_bytes(&self) -> usize {
        let answers = self.items.iter().map(|waiting| match &waiting.entry {
            Entry::Item(Item::Frame(frame)) => frame.len(),
            Entry::Item(_) | Entry::CatchUp(_) => 0,
        });
        answers.sum()
    }

    /// The items from the front, without taking them out, up to where a topic has to catch up.
    pub(super) fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().map_while(|waiting| match &waiting.entry {
            Entry::Item(item) => Some(item),
            Entry::CatchUp(_) => None,
        })
    }

    /// When the last one came.
    pub(super) fn newest(&self) -> Option<Instant> {
        self.items.back().map(|waiting| waiting.since)
    }

    pub(super) fn first_two(&self) -> (Option<&Item>, Option<&Item>) {
        let mut items = self.items();
        (items.next(), items.next())
    }

    /// Takes out the first of [`Self::items`].
    pub(super) fn pop(&mut self) -> Option<Item> {
        self.pop_with_time().map(|(item, _)| item)
    }

    /// As [`Self::pop`], with since when it has waited.
    pub(super) fn pop_with_time(&mut self) -> Option<(Item, Instant)> {
        self.items().next()?;
        let Waiting { since, entry } = self.items.pop_front()?;
        match entry {
            Entry::Item(item) => {
                let length = item.frame(self.encoding).len();
                self.bytes -= length;
                self.credit = self.credit.saturating_sub(length);
                Some((item, since))
            }
            Entry::CatchUp(_) => None,
        }
    }

    /// As [`Self::clear`], since the connection is given up for reading too slowly.
    pub(super) fn give_up(&mut self) {
        for waiting in &self.items {
            if let Entry::Item(Item::Update(update)) = &waiting.entry {
                self.losses
                    .add(update.topic.delivery, DropCause::SlowConsumer);
            }
        }
        self.clear();
    }

    pub(super) fn clear(&mut self) {
        // The memory goes, too.
        self.items = VecDeque::new();
        self.behind = Behind::default();
        self.bytes = 0;
        self.credit = 0;
    }

    /// Gives memory back that an empty queue does not need: a connection that was flooded once is
    /// quiet for long.
    pub(super) fn shrink(&mut self) {
        if self.items.capacity() > KEPT_CAPACITY {
            self.items = VecDeque::new();
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn max_bytes(&self) -> usize {
        self.max_bytes
    }

    fn make_room(&mut self) {
        self.drop_replaced();
        // Changes first: they can be made up for, and what is made up is fresher.
        self.drop_changes();
        let target = self.limit() - self.max_bytes / 4;
        if self.bytes > target {
            self.drop_oldest(DropCause::Overflow, |bytes, _| bytes > target);
        }
    }

    /// Drops each `latest` update for which a newer one with the same key waits.
    fn drop_replaced(&mut self) {
        let mut newest = HashSet::new();
        let mut kept = VecDeque::with_capacity(self.items.len());
        for waiting in self.items.drain(..).rev() {
            if let Entry::Item(Item::Update(publication)) = &waiting.entry
                && publication.topic.delivery == Delivery::Latest
                && !newest.insert(identity(publication))
            {
                self.bytes -= publication.frame.encoded(self.encoding).len();
                self.losses.add(Delivery::Latest, DropCause::Replaced);
                continue;
            }
            kept.push_front(waiting);
        }
        self.items = kept;
    }

    /// Drops `window` updates from the front for as long as `more` says so of the bytes that wait and
    /// the item. A notice stands where the last of a topic's dropped updates was: before all that the
    /// client gets of it afterwards.
    fn drop_oldest(&mut self, cause: DropCause, more: impl Fn(usize, &Waiting) -> bool) {
        let mut kept: VecDeque<Slot> = VecDeque::with_capacity(self.items.len());
        // Where in `kept` the run of each topic is.
        let mut runs: HashMap<*const Channel, usize> = HashMap::new();
        let mut dropping = true;
        for waiting in std::mem::take(&mut self.items) {
            dropping &= more(self.bytes, &waiting);
            let run = match &waiting.entry {
                Entry::Item(item) if dropping => item.as_run().map(|run| (item, run)),
                Entry::Item(_) | Entry::CatchUp(_) => None,
            };
            let Some((item, run)) = run else {
                kept.push_back(Slot::Kept(waiting));
                continue;
            };
            if let Item::Update(update) = item {
                self.losses.add(update.topic.delivery, cause);
            }
            self.bytes -= item.frame(self.encoding).len();
            let before = runs.insert(Arc::as_ptr(&run.topic), kept.len());
            let run = match before.and_then(|index| kept.get_mut(index)) {
                // Else the earlier run stays where it is: in between the stream began anew, or the
                // client left the topic and came back.
                Some(slot) if slot.is_run_before(&run) => {
                    match std::mem::replace(slot, Slot::Moved) {
                        Slot::Run(earlier, _) => Run {
                            from: earlier.from,
                            ..run
                        },
                        Slot::Kept(_) | Slot::Moved => run,
                    }
                }
                _ => {
                    self.bytes += NOTICE_BYTES;
                    run
                }
            };
            kept.push_back(Slot::Run(run, waiting.since));
        }
        self.items = kept
            .into_iter()
            .filter_map(|slot| self.place(slot))
            .collect();
    }

    /// What a slot has become. The length of a notice was only estimated so far.
    fn place(&mut self, slot: Slot) -> Option<Waiting> {
        let (run, since) = match slot {
            Slot::Kept(waiting) => return Some(waiting),
            Slot::Moved => return None,
            Slot::Run(run, since) => (run, since),
        };
        self.bytes -= NOTICE_BYTES;
        let frame = run.topic.overflow_notice(&run.epoch, run.from, run.to)?;
        let frame = self.encoding.apply(frame);
        self.bytes += frame.len();
        Some(Waiting {
            since,
            entry: Entry::Item(Item::Gap(Box::new(Gap { run, frame }))),
        })
    }
}

/// About the length of a notice with its topic, more rather than less.
const NOTICE_BYTES: usize = 512;

/// A place in the queue while updates are being dropped.
enum Slot {
    Kept(Waiting),
    /// With the time of the last of them, so that times ascend.
    Run(Run, Instant),
    /// Was a run that has grown: it is further back now.
    Moved,
}

impl Slot {
    fn is_run_before(&self, next: &Run) -> bool {
        matches!(self, Self::Run(run, _) if run.epoch == next.epoch && run.to + 1 == next.from)
    }
}

fn identity(publication: &Publication) -> (*const Channel, Arc<str>, Option<Box<str>>) {
    let epoch = Arc::clone(&publication.epoch);
    (
        Arc::as_ptr(&publication.topic),
        epoch,
        publication.key.clone(),
    )
}

impl Run {
    /// A run of one, if its topic may lose updates.
    fn of(publication: &Publication) -> Option<Self> {
        let Publication {
            topic, epoch, seq, ..
        } = publication;
        let may_lose = topic.delivery == Delivery::Window && topic.can_declare_loss();
        let run = || Self {
            topic: Arc::clone(topic),
            epoch: Arc::clone(epoch),
            from: *seq,
            to: *seq,
        };
        may_lose.then(run)
    }
}

#[cfg(test)]
mod tests;
