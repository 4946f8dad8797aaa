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
        self.max_bytes + self.credit
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
mod tests {
    use std::collections::BTreeMap;
    use std::ops::RangeInclusive;

    use proptest::prelude::*;

    use super::*;
    use crate::delivery::publication::test_channels;
    use crate::wire::PublicationKind;

    const MAX_BYTES: usize = 4_000;

    fn channels() -> [Arc<Channel>; 3] {
        test_channels(["bars:AAPL:1", "trades:AAPL", "trades:MSFT"])
    }

    /// The text of the frame tells what it was.
    fn update(topic: &Arc<Channel>, seq: u64, key: Option<u64>) -> Item {
        let text = format!("{:>100}", format!("{} {seq} {key:?}", topic.id));
        Item::Update(Arc::new(Publication {
            frame: SharedFrame::new(Frame::text(text.as_bytes())),
            kind: PublicationKind::Update,
            seq,
            epoch: "e".into(),
            key: key.map(|key| key.to_string().into()),
            topic: Arc::clone(topic),
        }))
    }

    /// What a client makes of what it gets.
    #[derive(Default)]
    struct Client {
        /// Last `seq` of each topic, losses that were declared included.
        seen: BTreeMap<String, u64>,
        /// The newest update of each key of the bars.
        bars: BTreeMap<u64, u64>,
        answers: Vec<u64>,
    }

    impl Client {
        fn receive(&mut self, item: &Item) {
            match item {
                Item::Frame(frame) => {
                    let text = String::from_utf8_lossy(frame.payload()).trim().to_owned();
                    self.answers.push(text.parse().expect("a number"));
                }
                Item::Shared(_) => unreachable!("nothing is told to several"),
                Item::Gap(gap) => {
                    let seen = self.seen.entry(gap.run.topic.id.to_string()).or_default();
                    assert_eq!(gap.run.from, *seen + 1, "a gap begins behind what was seen");
                    assert!(gap.run.to >= gap.run.from);
                    *seen = gap.run.to;
                    let notice: serde_json::Value =
                        serde_json::from_slice(gap.frame.payload()).expect("JSON");
                    assert_eq!(notice["payload"]["from"], gap.run.from);
                    assert_eq!(notice["payload"]["to"], gap.run.to);
                }
                Item::Update(publication) => {
                    let seen = self
                        .seen
                        .entry(publication.topic.id.to_string())
                        .or_default();
                    if publication.topic.delivery == Delivery::Window {
                        assert_eq!(publication.seq, *seen + 1, "no loss without a word");
                    }
                    assert!(publication.seq > *seen, "in order");
                    *seen = publication.seq;
                    if let Some(key) = &publication.key {
                        self.bars
                            .insert(key.parse().expect("a number"), publication.seq);
                    }
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// However it is filled and emptied, every loss is declared by its class or by a notice.
        #[test]
        fn a_loss_is_always_declared(
            steps in proptest::collection::vec((0..10_u8, 0..6_u64, 0..12_usize), 1..400),
        ) {
            let topics = channels();
            let mut queue = Queue::new(MAX_BYTES, Encoding::default());
            let mut client = Client::default();
            let mut published = [0; 3];
            let mut newest = BTreeMap::new();
            let mut answers = Vec::new();
            for (kind, key, taken) in steps {
                let item = match kind {
                    0 => {
                        answers.push(answers.len() as u64);
                        Item::Frame(Frame::text(format!("{:>50}", answers.len() - 1).as_bytes()))
                    }
                    kind => {
                        let topic = usize::from(kind % 3);
                        published[topic] += 1;
                        let key = (topic == 0).then_some(key);
                        if let Some(key) = key {
                            newest.insert(key, published[topic]);
                        }
                        update(&topics[topic], published[topic], key)
                    }
                };
                // Answers never give way, so enough of them close the connection: a declared end.
                if queue.push(item, Instant::now()).is_err() {
                    return Ok(());
                }
                prop_assert!(queue.bytes() <= MAX_BYTES);
                if kind == 9 {
                    for _ in 0..taken {
                        queue.pop().iter().for_each(|item| client.receive(item));
                    }
                }
            }
            while let Some(item) = queue.pop() {
                client.receive(&item);
            }
            prop_assert_eq!(queue.bytes(), 0);
            prop_assert_eq!(client.answers, answers);
            prop_assert_eq!(client.bars, newest, "the final state of every bar arrives");
            for (topic, count) in topics.iter().zip(published) {
                let seen = client.seen.get(&topic.id.to_string()).copied().unwrap_or(0);
                prop_assert_eq!(seen, count, "the end of {} is known", topic.id);
            }
        }
    }

    #[test]
    fn nothing_gives_way_before_the_bound() {
        let [bars, trades, _] = channels();
        let mut queue = Queue::new(MAX_BYTES, Encoding::default());
        for seq in 1..=18 {
            assert_eq!(
                queue.push(update(&bars, seq, Some(1)), Instant::now()),
                Ok(())
            );
            assert_eq!(
                queue.push(update(&trades, seq, None), Instant::now()),
                Ok(())
            );
        }
        assert_eq!(queue.items.len(), 36);
    }

    #[test]
    fn a_flood_of_trades_keeps_the_newest() {
        let [_, trades, _] = channels();
        let mut queue = Queue::new(MAX_BYTES, Encoding::default());
        for seq in 1..=10_000 {
            assert_eq!(
                queue.push(update(&trades, seq, None), Instant::now()),
                Ok(())
            );
        }
        let Some(Item::Gap(gap)) = queue.pop() else {
            panic!("a notice comes first")
        };
        assert_eq!(gap.run.from, 1);
        assert!(gap.run.to > 9_900, "{gap:?}");
    }

    #[test]
    fn what_waits_for_too_long_gives_way() {
        let [bars, trades, _] = channels();
        let begin = Instant::now();
        let at = |seconds| begin + std::time::Duration::from_secs(seconds);
        let mut queue = Queue::new(MAX_BYTES, Encoding::default());
        for seq in 1..=4 {
            queue.push(update(&bars, seq, Some(1)), at(seq)).unwrap();
            queue.push(update(&trades, seq, None), at(seq)).unwrap();
        }
        assert_eq!(queue.expire(at(0)), Ok(()));
        assert_eq!(queue.items.len(), 8, "nothing is older");
        assert_eq!(queue.expire(at(3)), Ok(()));
        let told: Vec<String> = queue
            .items()
            .map(|item| match item {
                Item::Gap(gap) => format!("missed {}-{}", gap.run.from, gap.run.to),
                Item::Update(update) => format!("{} {}", update.topic.id, update.seq),
                _ => unreachable!("no answers"),
            })
            .collect();
        let expected = [
            "missed 1-2",
            "trades:AAPL 3",
            "bars:AAPL:1 4",
            "trades:AAPL 4",
        ];
        assert_eq!(told, expected);
        // The newest state is as good as new; an answer is not.
        queue
            .push(Item::Frame(Frame::text(b"pong")), at(5))
            .unwrap();
        assert_eq!(queue.expire(at(5)), Ok(()));
        assert_eq!(queue.expire(at(6)), Err(Overflow));
    }

    #[test]
    fn answers_that_nobody_reads_overflow() {
        let mut queue = Queue::new(MAX_BYTES, Encoding::default());
        let answer = || Item::Frame(Frame::text(&[b'x'; 100]));
        let pushed = (0..100)
            .take_while(|_| queue.push(answer(), Instant::now()).is_ok())
            .count();
        assert_eq!(pushed, MAX_BYTES / 102);
    }

    #[test]
    fn one_frame_above_the_bound_passes_alone() {
        let mut queue = Queue::new(10, Encoding::default());
        assert_eq!(
            queue.push(Item::Frame(Frame::text(&[b'x'; 100])), Instant::now()),
            Ok(())
        );
        assert_eq!(
            queue.push(Item::Frame(Frame::text(b"x")), Instant::now()),
            Err(Overflow)
        );
    }

    /// A stretch of what is pushed.
    enum Step<'a> {
        Updates(&'a Arc<Channel>, &'a str, RangeInclusive<u64>),
        Said(&'a str),
    }

    impl Step<'_> {
        fn items(self) -> Vec<Item> {
            let (topic, epoch, numbers) = match self {
                Self::Said(text) => return vec![Item::Frame(Frame::text(text.as_bytes()))],
                Self::Updates(topic, epoch, numbers) => (topic, epoch, numbers),
            };
            let update = |seq| {
                Item::Update(Arc::new(Publication {
                    frame: SharedFrame::new(Frame::text(&[b'x'; 100])),
                    kind: PublicationKind::Update,
                    seq,
                    epoch: epoch.into(),
                    key: None,
                    topic: Arc::clone(topic),
                }))
            };
            numbers.map(update).collect()
        }
    }

    /// What a client gets after these steps, in words.
    fn told(max_bytes: usize, steps: Vec<Step<'_>>) -> Vec<String> {
        let mut queue = Queue::new(max_bytes, Encoding::default());
        for item in steps.into_iter().flat_map(Step::items) {
            queue.push(item, Instant::now()).expect("trades give way");
        }
        let words = |item| match item {
            Item::Gap(gap) => format!("gap {} {}-{}", gap.run.epoch, gap.run.from, gap.run.to),
            Item::Update(update) => format!("{} {}", update.epoch, update.seq),
            Item::Frame(frame) => String::from_utf8_lossy(frame.payload()).into_owned(),
            Item::Shared(_) => unreachable!("nothing is told to several"),
        };
        std::iter::from_fn(|| queue.pop()).map(words).collect()
    }

    #[test]
    fn a_notice_stands_where_the_updates_were() {
        use Step::{Said, Updates};

        let [_, trades, other] = channels();
        let rows = [
            // The stream began anew; of what was before, little or much is left.
            (
                vec![
                    Updates(&trades, "old", 1..=5),
                    Said("restarted"),
                    Updates(&trades, "new", 1..=36),
                ],
                ("gap old 1-", "restarted"),
            ),
            (
                vec![
                    Updates(&trades, "old", 1..=11),
                    Said("restarted"),
                    Updates(&trades, "new", 1..=29),
                ],
                ("gap old 1-", "restarted"),
            ),
            // The client has left the topic.
            (
                vec![
                    Updates(&trades, "e", 1..=5),
                    Said("left"),
                    Updates(&other, "e", 1..=35),
                ],
                ("gap e 1-5", "left"),
            ),
            // It has left and come back.
            (
                vec![
                    Updates(&trades, "e", 1..=8),
                    Said("left"),
                    Said("back at 20"),
                    Updates(&trades, "e", 21..=52),
                ],
                ("gap e 1-8", "left"),
            ),
        ];
        for (steps, (notice, marker)) in rows {
            let told = told(MAX_BYTES, steps);
            let places = |text: &str| {
                let found = told
                    .iter()
                    .enumerate()
                    .filter(|(_, words)| words.starts_with(text));
                found.map(|(place, _)| place).collect::<Vec<_>>()
            };
            let (notices, markers) = (places(notice), places(marker));
            assert_eq!((notices.len(), markers.len()), (1, 1), "{told:?}");
            assert!(notices < markers, "{told:?}");
        }
    }

    #[test]
    fn the_oldest_give_way_in_one_piece() {
        let [_, trades, _] = channels();
        let told = told(1 << 20, vec![Step::Updates(&trades, "e", 1..=20_000)]);
        let gaps = told.iter().filter(|words| words.starts_with("gap")).count();
        assert_eq!(
            (gaps, told[0].starts_with("gap e 1-")),
            (1, true),
            "{:?}",
            &told[..7]
        );
    }
}
