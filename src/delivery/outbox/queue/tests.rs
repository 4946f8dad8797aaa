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
