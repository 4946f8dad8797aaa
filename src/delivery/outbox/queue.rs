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

use crate::delivery::publication::{Channel, Publication};
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
pub(crate) enum Item {
    /// An answer or a push of the session.
    Frame(Frame),
    /// An update of a topic.
    Update(Arc<Publication>),
    /// In the place of updates that gave way.
    Gap(Gap),
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
        // Without some air the next push would be here again. Notices take a little of what was
        // made free.
        let crowded = self.bytes > self.max_bytes - self.max_bytes / 8;
        if crowded { Err(Overflow) } else { Ok(()) }
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

    pub(super) fn max_bytes(&self) -> usize {
        self.max_bytes
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::delivery::publication::test_channels;

    const MAX_BYTES: usize = 4_000;

    fn channels() -> [Arc<Channel>; 3] {
        test_channels(["bars:AAPL:1", "trades:AAPL", "trades:MSFT"])
    }

    /// The text of the frame tells what it was.
    fn update(topic: &Arc<Channel>, seq: u64, key: Option<u64>) -> Item {
        let text = format!("{:>100}", format!("{} {seq} {key:?}", topic.id));
        Item::Update(Arc::new(Publication {
            frame: Frame::text(text.as_bytes()),
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
            let mut queue = Queue::new(MAX_BYTES);
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
                if queue.push(item).is_err() {
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
        let mut queue = Queue::new(MAX_BYTES);
        for seq in 1..=18 {
            assert_eq!(queue.push(update(&bars, seq, Some(1))), Ok(()));
            assert_eq!(queue.push(update(&trades, seq, None)), Ok(()));
        }
        assert_eq!(queue.items.len(), 36);
    }

    #[test]
    fn a_flood_of_trades_keeps_the_newest() {
        let [_, trades, _] = channels();
        let mut queue = Queue::new(MAX_BYTES);
        for seq in 1..=10_000 {
            assert_eq!(queue.push(update(&trades, seq, None)), Ok(()));
        }
        let Some(Item::Gap(gap)) = queue.pop() else {
            panic!("a notice comes first")
        };
        assert_eq!(gap.run.from, 1);
        assert!(gap.run.to > 9_900, "{gap:?}");
    }

    #[test]
    fn answers_that_nobody_reads_overflow() {
        let mut queue = Queue::new(MAX_BYTES);
        let answer = || Item::Frame(Frame::text(&[b'x'; 100]));
        let pushed = (0..100)
            .take_while(|_| queue.push(answer()).is_ok())
            .count();
        assert_eq!(pushed, MAX_BYTES / 102);
    }

    #[test]
    fn one_frame_above_the_bound_passes_alone() {
        let mut queue = Queue::new(10);
        assert_eq!(queue.push(Item::Frame(Frame::text(&[b'x'; 100]))), Ok(()));
        assert_eq!(queue.push(Item::Frame(Frame::text(b"x"))), Err(Overflow));
    }
}
