//! Topics under random interleavings: subscribes, unsubscribes, disconnects, publications, ends
//! and restarts, around a source whose start and stop take their time and sometimes fail.
//!
//! What has to hold: one source at a time, whose starts and stops alternate; from an answer's
//! `seq` on, every client sees every number of an epoch, each in the same bytes as all others;
//! every request is answered; when all have gone, nothing is left.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::BytesMut;
use futures_util::future::BoxFuture;
use futures_util::stream::SplitSink;
use futures_util::{SinkExt, StreamExt};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use tickwire::delivery::{Outbox, OutboxConfig};
use tickwire::hub::{Hub, HubConfig, Start, StreamHandle, Subscription, TopicProducer};
use tickwire::wire::{ErrorCode, Refusal, TopicId};
use tokio::io::DuplexStream;
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use crate::support::plain::split_frames;
use crate::support::{Bench, PATIENCE, lab, violations};

/// The topics, with how many of their updates are kept.
const TOPICS: [(&str, u64); 3] = [("trades:A", 1000), ("trades:B", 1000), ("quotes:A", 1)];

/// Where a source is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Stopped,
    Starting,
    Running,
    Stopping,
}

/// A source that notes when it is not treated as promised. It does not panic, since that is
/// caught where it is called.
struct Source {
    topics: Mutex<HashMap<String, Topic>>,
    /// How long the next starts and stops take, and whether they fail; over and over.
    script: Vec<(Pace, bool)>,
    step: AtomicUsize,
    broken_promises: Mutex<Vec<String>>,
}

#[derive(Debug, Clone, Copy)]
enum Pace {
    Sleep(u64),
    Yield(u64),
}

struct Topic {
    phase: Phase,
    stream: StreamHandle,
    /// The newest number, as far as publishing told.
    seq: u64,
}

impl Source {
    fn new(script: Vec<(Pace, bool)>) -> Arc<Self> {
        Arc::new(Self {
            topics: Mutex::default(),
            script,
            step: AtomicUsize::new(0),
            broken_promises: Mutex::default(),
        })
    }

    fn producers(self: &Arc<Self>) -> HashMap<&'static str, Arc<dyn TopicProducer>> {
        let producer = || Arc::clone(self) as Arc<dyn TopicProducer>;
        HashMap::from([("trades", producer()), ("quotes", producer())])
    }

    /// Takes the next step of the script; whether it is to fail.
    async fn pace(&self) -> bool {
        let step = self.step.fetch_add(1, Ordering::Relaxed);
        let (pace, fails) = self.script[step % self.script.len()];
        match pace {
            Pace::Sleep(millis) => tokio::time::sleep(Duration::from_millis(millis)).await,
            Pace::Yield(times) => {
                for _ in 0..times {
                    tokio::task::yield_now().await;
                }
            }
        }
        fails
    }

    fn turn(&self, topic: &TopicId, from: Phase, to: Phase) {
        let mut topics = self.topics.lock().unwrap();
        let phase = &mut topics.get_mut(&**topic.name()).unwrap().phase;
        if *phase != from {
            let broken = format!("{topic} went from {phase:?} to {to:?}");
            self.broken_promises.lock().unwrap().push(broken);
        }
        *phase = to;
    }

    /// Does something with a topic's newest stream, if there has been one.
    fn with<T>(&self, topic: &str, act: impl FnOnce(&mut Topic) -> T) -> Option<T> {
        self.topics.lock().unwrap().get_mut(topic).map(act)
    }

    fn publish(&self, name: &str, price: f64) {
        self.with(name, |topic| {
            let published = match name.split_once(':').unwrap() {
                ("trades", symbol) => topic.stream.publish(&lab::trade(symbol, price)),
                (_, symbol) => topic.stream.publish(&lab::quote(symbol, price)),
            };
            if let Ok(seq) = published {
                topic.seq = seq;
            }
        });
    }

    fn assert_kept_promises(&self) {
        assert_eq!(*self.broken_promises.lock().unwrap(), [""; 0]);
        for (name, topic) in &*self.topics.lock().unwrap() {
            assert_eq!(topic.phase, Phase::Stopped, "{name}");
        }
    }
}

impl TopicProducer for Source {
    fn create(&self, topic: TopicId, stream: StreamHandle) -> BoxFuture<'_, Result<(), Refusal>> {
        Box::pin(async move {
            match self.topics.lock().unwrap().entry(topic.to_string()) {
                Entry::Occupied(mut entry) => {
                    entry.get_mut().stream = stream;
                    entry.get_mut().seq = 0;
                }
                Entry::Vacant(entry) => {
                    entry.insert(Topic {
                        phase: Phase::Stopped,
                        stream,
                        seq: 0,
                    });
                }
            }
            self.turn(&topic, Phase::Stopped, Phase::Starting);
            if self.pace().await {
                self.turn(&topic, Phase::Starting, Phase::Stopped);
                return Err(Refusal::new(ErrorCode::TopicUnavailable, "out of order"));
            }
            self.turn(&topic, Phase::Starting, Phase::Running);
            Ok(())
        })
    }

    fn remove(&self, topic: TopicId) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.turn(&topic, Phase::Running, Phase::Stopping);
            self.pace().await;
            self.turn(&topic, Phase::Stopping, Phase::Stopped);
        })
    }
}

/// What may happen next.
#[derive(Debug, Clone)]
enum Step {
    Subscribe(usize, usize, From),
    SubscribeToAll(usize),
    Unsubscribe(usize, usize),
    Disconnect(usize),
    Status(usize),
    Publish(usize, u32),
    Restart(usize),
    End(usize),
    Wait(u64),
}

/// Where a subscription begins.
#[derive(Debug, Clone)]
enum From {
    Now,
    History(u64),
    /// Behind the newest position that anyone has seen, by so many.
    Since(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let client = 0..4_usize;
    let topic = 0..TOPICS.len();
    let from = prop_oneof![
        3 => Just(From::Now),
        1 => (0..5_u64).prop_map(From::History),
        1 => (0..5_u64).prop_map(From::Since),
    ];
    let subscribe = (client.clone(), topic.clone(), from);
    let step = prop_oneof![
        8 => subscribe.prop_map(|(client, topic, from)| Step::Subscribe(client, topic, from)),
        1 => client.clone().prop_map(Step::SubscribeToAll),
        5 => (client.clone(), topic.clone()).prop_map(|(client, topic)| Step::Unsubscribe(client, topic)),
        2 => client.clone().prop_map(Step::Disconnect),
        2 => client.prop_map(Step::Status),
        8 => (topic.clone(), 1..4_u32).prop_map(|(topic, count)| Step::Publish(topic, count)),
        1 => topic.clone().prop_map(Step::Restart),
        1 => topic.prop_map(Step::End),
        6 => (0..40_u64).prop_map(Step::Wait),
        // Around the linger.
        2 => (9_900..10_100_u64).prop_map(Step::Wait),
    ];
    proptest::collection::vec(step, 1..80)
}

fn script() -> impl Strategy<Value = Vec<(Pace, bool)>> {
    let pace = prop_oneof![Just(0), 1..50_u64].prop_map(Pace::Sleep);
    let fails = prop_oneof![4 => Just(false), 1 => Just(true)];
    proptest::collection::vec((pace, fails), 1..12)
}

/// A connection that notes all it receives.
struct Member {
    sink: SplitSink<WebSocketStream<DuplexStream>, Message>,
    reader: JoinHandle<()>,
    transcript: Arc<Mutex<Vec<String>>>,
    /// What was asked, by `msg_id`.
    asked: HashMap<String, Value>,
}

impl Member {
    async fn join(bench: &Bench) -> Self {
        let (pipe, _task) = bench.pipe(1 << 20).await;
        let socket = WebSocketStream::from_raw_socket(pipe, Role::Client, None).await;
        let (sink, mut stream) = socket.split();
        let transcript = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&transcript);
        let reader = tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                if let Message::Text(text) = message {
                    notes.lock().unwrap().push(text.to_string());
                }
            }
        });
        Self {
            sink,
            reader,
            transcript,
            asked: HashMap::new(),
        }
    }

    async fn ask(&mut self, wire_type: &str, payload: Value) {
        let id = format!("{}", self.asked.len());
        let frame = json!({"type": wire_type, "msg_id": id, "payload": payload});
        self.sink
            .send(Message::text(frame.to_string()))
            .await
            .unwrap();
        self.asked.insert(id, frame);
    }
}

/// What all members together have seen.
#[derive(Default)]
struct Seen {
    /// The bytes of each update.
    updates: HashMap<(String, String, u64), String>,
    /// The newest position of each topic.
    newest: HashMap<String, (String, u64)>,
}

/// Where a member is in a topic's stream: the epoch, and the number that comes next.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    epoch: String,
    next: u64,
}

impl Seen {
    /// Judges what one member has received; where it stands at the end, by topic.
    fn judge(&mut self, member: &Member, is_over: bool) -> HashMap<String, Place> {
        let mut places: HashMap<String, Place> = HashMap::new();
        let mut open = member.asked.clone();
        for text in &*member.transcript.lock().unwrap() {
            let frame: Value = serde_json::from_str(text).unwrap();
            assert_eq!(violations(&frame), [""; 0], "{text}");
            let request = open.remove(frame["msg_id"].as_str().unwrap());
            let (wire_type, payload) = (frame["type"].as_str().unwrap(), &frame["payload"]);
            match wire_type {
                "welcome" => {}
                "trades.update" | "quotes.update" => {
                    self.update(&mut places, &frame, text);
                }
                "topic.reset" => {
                    let topic = payload["topic"].as_str().unwrap();
                    let place = places.get_mut(topic).expect("a reset of a subscription");
                    if payload["reason"] == "ended" {
                        assert_eq!(
                            (&json!(place.epoch), &json!(place.next - 1)),
                            (&payload["epoch"], &payload["seq"])
                        );
                        places.remove(topic);
                    } else {
                        assert_eq!(payload["reason"], "restarted");
                        assert_ne!(payload["epoch"], place.epoch);
                        *place = Place {
                            epoch: text_of(&payload["epoch"]),
                            next: 1,
                        };
                        assert_eq!(payload["seq"], 0);
                    }
                }
                "trades.subscribe.response" | "quotes.subscribe.response" => {
                    let request = request.expect("an answer to a request");
                    self.subscribed(&mut places, &request["payload"], payload);
                }
                "subscription_confirmed" => {
                    for result in payload["results"].as_array().unwrap() {
                        self.subscribed(&mut places, &json!({}), result);
                    }
                }
                "trades.unsubscribe.response" | "quotes.unsubscribe.response" => {
                    let was = places.remove(payload["topic"].as_str().unwrap()).is_some();
                    let status = if was {
                        "unsubscribed"
                    } else {
                        "not_subscribed"
                    };
                    assert_eq!(payload["status"], status, "{text}");
                }
                "status_response" => {
                    let positions = payload["subscriptions"].as_array().unwrap().iter();
                    let stated: HashMap<_, _> = positions
                        .map(|position| {
                            let epoch = text_of(&position["epoch"]);
                            let next = position["seq"].as_u64().unwrap() + 1;
                            (text_of(&position["topic"]), Place { epoch, next })
                        })
                        .collect();
                    assert_eq!(stated, places, "the server knows what it has sent");
                }
                "error" => {
                    let request = request.expect("an error for a request");
                    assert_eq!(payload["code"], "topic_unavailable", "{text}");
                    let family = request["type"].as_str().unwrap().split_once('.').unwrap().0;
                    let topic = format!(
                        "{family}:{}",
                        request["payload"]["symbol"].as_str().unwrap()
                    );
                    assert_eq!(places.get(&topic), None, "refused though subscribed");
                }
                other => panic!("{other}"),
            }
        }
        assert!(is_over || open.is_empty(), "not answered: {open:?}");
        places
    }

    fn subscribed(&mut self, places: &mut HashMap<String, Place>, request: &Value, result: &Value) {
        let topic = text_of(&result["topic"]);
        let Some(seq) = result["seq"].as_u64() else {
            assert_eq!(
                (&result["status"], &result["error"]["code"]),
                (&json!("refused"), &json!("topic_unavailable"))
            );
            return assert_eq!(places.get(&topic), None, "refused though subscribed");
        };
        let epoch = text_of(&result["epoch"]);
        self.newest.insert(topic.clone(), (epoch.clone(), seq));
        let place = Place {
            epoch,
            next: seq + 1,
        };
        if result["status"] == "already_subscribed" {
            return assert_eq!(places.get(&topic), Some(&place));
        }
        let retention = TOPICS.iter().find(|(name, _)| *name == topic).unwrap().1;
        let kept = seq.min(retention);
        let since = request.get("since");
        let missed = since.and_then(|since| {
            let behind = seq.checked_sub(since["seq"].as_u64().unwrap())?;
            (since["epoch"] == *place.epoch && behind <= kept).then_some(behind)
        });
        assert_eq!(
            result["recovered"].as_bool(),
            since.map(|_| missed.is_some()),
            "{result}"
        );
        let history = request["history"].as_u64().unwrap_or_default().min(kept);
        let next = seq + 1 - missed.unwrap_or(history);
        let before = places.insert(topic, Place { next, ..place });
        assert_eq!(before, None, "subscribed twice");
    }

    fn update(&mut self, places: &mut HashMap<String, Place>, frame: &Value, text: &str) {
        let topic = text_of(&frame["topic"]);
        let place = places.get_mut(&topic).expect("an update of a subscription");
        assert_eq!(frame["seq"], place.next, "{text}");
        let position = (topic, place.epoch.clone(), place.next);
        place.next += 1;
        let first = self
            .updates
            .entry(position)
            .or_insert_with(|| text.to_owned());
        assert_eq!(first, text, "the same bytes for everyone");
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

async fn play(steps: Vec<Step>, script: Vec<(Pace, bool)>) {
    let source = Source::new(script);
    let bench = Bench::of(source.producers());
    let mut seen = Seen::default();
    let mut members = Vec::new();
    for _ in 0..4 {
        members.push(Member::join(&bench).await);
    }
    let mut price = 0.0;
    for step in steps {
        match step {
            Step::Subscribe(client, topic, from) => {
                let name = TOPICS[topic].0;
                let (family, symbol) = name.split_once(':').unwrap();
                let mut payload = json!({"symbol": symbol});
                match (from, seen.newest.get(name)) {
                    (From::History(count), _) => payload["history"] = count.into(),
                    (From::Since(behind), Some((epoch, seq))) => {
                        payload["since"] =
                            json!({"epoch": epoch, "seq": seq.saturating_sub(behind)});
                    }
                    (From::Now | From::Since(_), _) => {}
                }
                members[client]
                    .ask(&format!("{family}.subscribe"), payload)
                    .await;
            }
            Step::SubscribeToAll(client) => {
                let topics = TOPICS.map(|(name, _)| name);
                members[client]
                    .ask("subscribe", json!({"topics": topics}))
                    .await;
            }
            Step::Unsubscribe(client, topic) => {
                let (family, symbol) = TOPICS[topic].0.split_once(':').unwrap();
                let payload = json!({"symbol": symbol});
                members[client]
                    .ask(&format!("{family}.unsubscribe"), payload)
                    .await;
            }
            Step::Disconnect(client) => {
                let gone = std::mem::replace(&mut members[client], Member::join(&bench).await);
                gone.reader.abort();
                seen.judge(&gone, true);
            }
            Step::Status(client) => members[client].ask("get_status", json!({})).await,
            Step::Publish(topic, count) => {
                for _ in 0..count {
                    price += 1.0;
                    source.publish(TOPICS[topic].0, price);
                }
            }
            Step::Restart(topic) => {
                source.with(TOPICS[topic].0, |topic| {
                    topic.stream.restart("as the test wants");
                    topic.seq = 0;
                });
            }
            Step::End(topic) => {
                source.with(TOPICS[topic].0, |topic| {
                    topic.stream.end("as the test wants")
                });
            }
            Step::Wait(millis) => tokio::time::sleep(Duration::from_millis(millis)).await,
        }
    }
    // Longer than all starts and stops that may be left together.
    tokio::time::sleep(Duration::from_secs(20)).await;
    for member in &mut members {
        member.ask("get_status", json!({})).await;
    }
    tokio::time::sleep(Duration::from_millis(1)).await;
    for member in &members {
        for (topic, place) in seen.judge(member, false) {
            let published = source.with(&topic, |topic| topic.seq);
            assert_eq!(
                Some(place.next - 1),
                published,
                "{topic} has been received to its end"
            );
        }
    }
    for member in &members {
        member.reader.abort();
    }
    drop(members);
    tokio::time::sleep(lab::LINGER + Duration::from_secs(5)).await;
    assert_eq!(bench.counts(), (0, 0));
    source.assert_kept_promises();
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..ProptestConfig::with_cases(150)
    })]

    #[test]
    fn whatever_happens_in_whatever_order(steps in steps(), script in script()) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(play(steps, script));
    }
}

/// Numbers that look random.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// One subscriber without a connection.
struct Reader {
    outbox: Arc<Outbox>,
    subscription: Option<Subscription>,
    next: u64,
    received: u64,
}

impl Reader {
    /// Takes what has come, which has to go on where the last ended.
    fn read(&mut self) {
        let mut bytes = BytesMut::new();
        assert_eq!(self.outbox.drain(&mut bytes, usize::MAX), None);
        for (_, text) in split_frames(&bytes) {
            let frame: Value = serde_json::from_slice(&text).unwrap();
            match frame["payload"]["reason"].as_str() {
                None => {
                    assert_eq!(frame["seq"], self.next, "{frame}");
                    self.next += 1;
                    self.received += 1;
                }
                Some("restarted") => self.next = 1,
                Some("ended") => self.next = 0,
                Some(other) => panic!("{other}"),
            }
        }
    }
}

/// The same promises when threads really run at once.
#[test]
fn threads_at_once() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let script = (0..7).map(|n| (Pace::Yield(n * 3 % 5), n == 4)).collect();
        let source = Source::new(script);
        let config = HubConfig {
            linger: Duration::from_millis(1),
            publish_linger: Duration::from_millis(1),
            max_topics: 10,
        };
        let hub = Hub::new(Arc::clone(&lab::PROTOCOL), source.producers(), config);
        let topic = lab::PROTOCOL.topic("trades:A").unwrap();
        let publishing = {
            let source = Arc::clone(&source);
            tokio::spawn(async move {
                let mut dice = Dice(7);
                for _ in 0..4_000 {
                    match dice.roll(100) {
                        0 => drop(source.with("trades:A", |topic| topic.stream.restart("again"))),
                        1 => drop(source.with("trades:A", |topic| topic.stream.end("enough"))),
                        _ => source.publish("trades:A", 1.0),
                    }
                    tokio::task::yield_now().await;
                }
            })
        };
        let publishing = Arc::new(publishing);
        let readers = (0..8).map(|seed| {
            let (hub, topic, publishing) = (hub.clone(), topic.clone(), Arc::clone(&publishing));
            tokio::spawn(async move {
                let mut dice = Dice(seed);
                let mut reader = Reader {
                    outbox: hub.outbox(OutboxConfig::plain(1 << 20)),
                    subscription: None,
                    next: 0,
                    received: 0,
                };
                while !publishing.is_finished() {
                    match dice.roll(4) {
                        0 => reader.subscription = None,
                        1 if reader.subscription.is_none() => {
                            reader.read();
                            let Ok(lease) = hub.open(&topic).await else {
                                continue;
                            };
                            if let Ok((subscription, attached)) =
                                lease.attach(&reader.outbox, &Start::default())
                            {
                                reader.next = attached.position.seq + 1;
                                reader.subscription = Some(subscription);
                            }
                        }
                        2 => reader.read(),
                        _ => tokio::task::yield_now().await,
                    }
                    if reader
                        .subscription
                        .as_ref()
                        .is_some_and(Subscription::is_over)
                    {
                        reader.read();
                        reader.subscription = None;
                    }
                }
                reader.subscription = None;
                reader.read();
                reader.received
            })
        });
        let readers: Vec<_> = readers.collect();
        let mut received = 0;
        for reader in readers {
            received += reader.await.unwrap();
        }
        publishing.abort();
        assert!(
            received > 0,
            "{:?}",
            source
                .topics
                .lock()
                .unwrap()
                .values()
                .map(|t| (t.seq, t.phase))
                .collect::<Vec<_>>()
        );
        let all_gone = async {
            while hub.stats().topics > 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(PATIENCE, all_gone)
            .await
            .expect("nothing is left");
        assert_eq!(hub.stats().interest, 0);
        source.assert_kept_promises();
    });
}
