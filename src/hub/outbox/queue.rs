//! What waits for one connection, and what gives way when it is too much.
//!
//! Pure: no locks, sockets or clocks. The policies are those of `x-topic.delivery`:
//!
//! | class | what gives way |
//! |---|---|
//! | `latest` | updates that a waiting one with the same key has replaced |
//! | `window` | the oldest updates, announced by `topic.reset` in their place |
//! | `lossless`, `delta` | nothing: the connection has to go |
//!
//! Nothing gives way before the bound is reached, so a client that pauses for a moment misses
//! nothing. Then a quarter of the bound is made free at a time: the work is shared by many pushes.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use tickwire_spec::Delivery;

use crate::hub::publication::{Channel, Publication};
use crate::wire::Frame;

/// Frames in the order in which they will be sent, bounded in bytes.
#[derive(Debug)]
pub(super) struct Queue {
    items: VecDeque<Item>,
    bytes: usize,
    max_bytes: usize,
}

/// Something to send.
#[derive(Debug, Clone)]
pub(in crate::hub) enum Item {
    /// An answer or a push of the session.
    Frame(Frame),
    /// An update of a topic.
    Update(Arc<Publication>),
    /// In the place of updates that gave way.
    Gap(Gap),
}

/// The notice about a [`Run`].
#[derive(Debug, Clone)]
pub(in crate::hub) struct Gap {
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
    pub(super) fn frame(&self) -> &Frame {
        match self {
            Self::Frame(frame) | Self::Gap(Gap { frame, .. }) => frame,
            Self::Update(publication) => &publication.frame,
        }
    }
}

impl Queue {
    pub(super) fn new(max_bytes: usize) -> Self {
        Self {
            items: VecDeque::new(),
            bytes: 0,
            max_bytes,
        }
    }

    /// Adds at the end; makes room before, when there is none.
    ///
    /// A frame larger than the whole bound passes when nothing else waits: it could never be sent
    /// otherwise.
    pub(super) fn push(&mut self, item: Item) -> Result<(), Overflow> {
        let length = item.frame().len();
        self.items.push_back(item);
        self.bytes += length;
        if self.bytes <= self.max_bytes || self.bytes == length {
            return Ok(());
        }
        self.make_room();
        // `latest` and `window` give way as a whole at most down to their newest; if that is not
        // enough to have some air, the next push would be here again.
        if self.bytes <= self.max_bytes - self.max_bytes / 4 {
            Ok(())
        } else {
            Err(Overflow)
        }
    }

    /// The frames from the front, without taking them out.
    pub(super) fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.items.iter().map(Item::frame)
    }

    pub(super) fn pop(&mut self) -> Option<Item> {
        let item = self.items.pop_front()?;
        self.bytes -= item.frame().len();
        Some(item)
    }

    pub(super) fn clear(&mut self) {
        // The memory goes, too: a connection that was flooded once is quiet for long.
        self.items = VecDeque::new();
        self.bytes = 0;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    fn make_room(&mut self) {
        self.drop_replaced();
        let target = self.max_bytes - self.max_bytes / 4;
        if self.bytes > target {
            self.drop_oldest(target);
        }
    }

    /// Drops each `latest` update for which a newer one with the same key waits.
    fn drop_replaced(&mut self) {
        let mut newest = HashSet::new();
        let mut kept = VecDeque::with_capacity(self.items.len());
        for item in self.items.drain(..).rev() {
            if let Item::Update(publication) = &item
                && publication.topic.delivery == Delivery::Latest
                && !newest.insert(identity(publication))
            {
                self.bytes -= publication.frame.len();
                continue;
            }
            kept.push_front(item);
        }
        self.items = kept;
    }

    /// Drops `window` updates from the front until `target` is reached. Where the first remaining
    /// update of a topic is, or at the end, a notice says which are missing before it.
    fn drop_oldest(&mut self, target: usize) {
        let mut runs: HashMap<*const Channel, Run> = HashMap::new();
        let mut kept = VecDeque::with_capacity(self.items.len());
        for item in std::mem::take(&mut self.items) {
            let topic = match &item {
                Item::Frame(_) => None,
                Item::Update(publication) => Some(&publication.topic),
                Item::Gap(gap) => Some(&gap.run.topic),
            };
            let address = topic.map(Arc::as_ptr);
            let run = match &item {
                _ if self.bytes <= target => None,
                Item::Update(publication) => Run::of(publication),
                Item::Gap(gap) => Some(gap.run.clone()),
                Item::Frame(_) => None,
            };
            if let (Some(run), Some(address)) = (run, address) {
                self.bytes -= item.frame().len();
                let run = match runs.remove(&address) {
                    Some(before) => before.followed_by(run),
                    None => run,
                };
                runs.insert(address, run);
                continue;
            }
            if let Some(run) = address.and_then(|address| runs.remove(&address)) {
                self.bytes += place(run, &mut kept);
            }
            kept.push_back(item);
        }
        for run in runs.into_values() {
            self.bytes += place(run, &mut kept);
        }
        self.items = kept;
    }
}

/// Puts the notice about a run where the run was; its length.
fn place(run: Run, kept: &mut VecDeque<Item>) -> usize {
    let Some(frame) = run.topic.overflow_notice(&run.epoch, run.from, run.to) else {
        return 0;
    };
    let length = frame.len();
    kept.push_back(Item::Gap(Gap { run, frame }));
    length
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

    /// This run and a later one of the same topic. When the stream began anew in between, only
    /// the later one counts: the client has been told to forget what was before.
    fn followed_by(self, later: Self) -> Self {
        let from = if self.epoch == later.epoch {
            self.from
        } else {
            later.from
        };
        Self { from, ..later }
    }
}
