//! Topics under random interleavings: subscribes, unsubscribes, disconnects, publications, ends
//! and restarts, around a source whose start and stop take their time and sometimes fail; some of
//! the clients stop reading now and then, and have little room for what waits.
//!
//! What has to hold: one source at a time, whose starts and stops alternate; from an answer's
//! `seq` on, every client sees every number of an epoch, each in the same bytes as all others;
//! who reads slowly is told what it misses, and ends with the newest state; every request is
//! answered; when all have gone, nothing is left. `judge` has the model.

mod judge;
mod source;

use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use bytes::BytesMut;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::{Value, json};
use tickwire::app::CONTRACT;
use tickwire::delivery::{Outbox, OutboxConfig};
use tickwire::hub::{Hub, HubConfig, Start, Subscription};
use tickwire::wire::Protocol;

use crate::support::plain::split_frames;
use crate::support::{Bench, PATIENCE, lab};
use judge::{Member, Seen, Tally};
use source::{Pace, Source};

/// The topics, with how many of their updates are kept: few, so that they are outrun.
const TOPICS: [(&str, u64); 4] = [
    ("trades:A", 30),
    ("trades:B", 30),
    ("quotes:A", 1),
    ("bars:A:1", 5),
];

/// How many clients there are, and how many of them read whatever comes.
const CLIENTS: usize = 6;
const QUICK: usize = 4;

static PROTOCOL: LazyLock<Arc<Protocol>> = LazyLock::new(|| {
    let text = CONTRACT
        .replace("retention: {replay: 500}", "retention: {replay: 5}")
        .replace("retention: {replay: 1000}", "retention: {replay: 30}");
    let contract = tickwire_spec::load("asyncapi.yaml", &text).expect("a sound contract");
    Arc::new(Protocol::new(contract).unwrap())
});

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
    /// A client that may be slow stops reading, or goes on.
    Read(usize, bool),
}

/// Where a subscription begins.
#[derive(Debug, Clone)]
enum From {
    Now,
    History(u64),
    /// Behind the newest position that a client has seen, by so many.
    Since(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let client = 0..CLIENTS;
    let topic = 0..TOPICS.len();
    let from = prop_oneof![
        3 => Just(From::Now),
        1 => (0..40_u64).prop_map(From::History),
        3 => (0..40_u64).prop_map(From::Since),
    ];
    let subscribe = (client.clone(), topic.clone(), from);
    let step = prop_oneof![
        8 => subscribe.prop_map(|(client, topic, from)| Step::Subscribe(client, topic, from)),
        1 => client.clone().prop_map(Step::SubscribeToAll),
        5 => (client.clone(), topic.clone()).prop_map(|(client, topic)| Step::Unsubscribe(client, topic)),
        2 => client.clone().prop_map(Step::Disconnect),
        2 => client.clone().prop_map(Step::Status),
        8 => (topic.clone(), 1..4_u32).prop_map(|(topic, count)| Step::Publish(topic, count)),
        3 => (topic.clone(), 20..100_u32).prop_map(|(topic, count)| Step::Publish(topic, count)),
        6 => (QUICK..CLIENTS, prop::bool::weighted(0.4)).prop_map(|(client, reads)| Step::Read(client, reads)),
        1 => topic.clone().prop_map(Step::Restart),
        1 => topic.prop_map(Step::End),
        6 => (0..40_u64).prop_map(Step::Wait),
        // Around the linger.
        2 => (9_900..10_100_u64).prop_map(Step::Wait),
        // Longer than a socket may take nothing.
        1 => Just(Step::Wait(35_000)),
    ];
    proptest::collection::vec(step, 1..80)
}

fn script() -> impl Strategy<Value = Vec<(Pace, bool)>> {
    let pace = prop_oneof![Just(0), 1..50_u64].prop_map(Pace::Sleep);
    let fails = prop_oneof![4 => Just(false), 1 => Just(true)];
    proptest::collection::vec((pace, fails), 1..12)
}

/// The family of a topic, and a request for it.
fn request(topic: usize) -> (&'static str, Value) {
    let mut parts = TOPICS[topic].0.split(':');
    let (family, symbol) = (parts.next().unwrap(), parts.next().unwrap());
    (family, json!({"symbol": symbol}))
}

async fn play(steps: Vec<Step>, script: Vec<(Pace, bool)>) -> Tally {
    let source = Source::new(script);
    let bench = Bench::with_protocol(Arc::clone(&PROTOCOL), source.producers());
    let mut seen = Seen::default();
    let mut members = Vec::new();
    for client in 0..CLIENTS {
        members.push(Member::join(&bench, client >= QUICK).await);
    }
    let mut number = 0;
    for step in steps {
        for (client, member) in members.iter_mut().enumerate() {
            if member.is_closed() {
                seen.tally.closed += 1;
                seen.judge(member, None);
                *member = Member::join(&bench, client >= QUICK).await;
            }
        }
        match step {
            Step::Subscribe(client, topic, from) => {
                let (family, mut payload) = request(topic);
                match from {
                    From::Now => {}
                    From::History(count) => payload["history"] = count.into(),
                    From::Since(behind) => {
                        let seen = |member: &Member| member.position(TOPICS[topic].0);
                        if let Some((epoch, seq)) = members.iter().find_map(seen) {
                            let seq = seq.saturating_sub(behind);
                            payload["since"] = json!({"epoch": epoch, "seq": seq});
                        }
                    }
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
                let (family, payload) = request(topic);
                members[client]
                    .ask(&format!("{family}.unsubscribe"), payload)
                    .await;
            }
            Step::Disconnect(client) => {
                let next = Member::join(&bench, client >= QUICK).await;
                let gone = std::mem::replace(&mut members[client], next);
                gone.leave();
                seen.judge(&gone, None);
            }
            Step::Status(client) => members[client].ask("get_status", json!({})).await,
            Step::Publish(topic, count) => {
                for _ in 0..count {
                    number += 1;
                    source.publish(TOPICS[topic].0, number);
                }
            }
            Step::Restart(topic) => source.restart(TOPICS[topic].0),
            Step::End(topic) => source.end(TOPICS[topic].0),
            Step::Wait(millis) => tokio::time::sleep(Duration::from_millis(millis)).await,
            Step::Read(client, reads) => members[client].read(reads),
        }
    }
    for member in &members {
        member.read(true);
    }
    // Longer than all starts and stops that may be left together.
    tokio::time::sleep(Duration::from_secs(20)).await;
    for member in &mut members {
        if !member.is_closed() {
            member.ask("get_status", json!({})).await;
        }
    }
    tokio::time::sleep(Duration::from_millis(1)).await;
    for member in &members {
        seen.judge(member, Some(&source));
        member.leave();
    }
    drop(members);
    tokio::time::sleep(lab::LINGER + Duration::from_secs(10)).await;
    assert_eq!(bench.counts(), (0, 0));
    assert_eq!(bench.connections.count(), 0);
    source.assert_kept_promises();
    seen.tally
}

#[test]
fn whatever_happens_in_whatever_order() {
    let cases = std::env::var("PROPTEST_CASES").map_or(400, |cases| cases.parse().unwrap());
    let mut runner = TestRunner::new(ProptestConfig {
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    });
    let tally = Mutex::new(Tally::default());
    let played = runner.run(&(steps(), script()), |(steps, script)| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .unwrap();
        let happened = runtime.block_on(play(steps, script));
        *tally.lock().unwrap() += happened;
        Ok(())
    });
    if let Err(failure) = played {
        panic!("{failure}");
    }
    let tally = tally.into_inner().unwrap();
    println!("{tally:?}");
    // Else much of the model has not been asked.
    let Tally {
        updates,
        recovered,
        lost,
        overflows,
        conflated,
        closed,
    } = tally;
    assert!(
        [updates, recovered, lost, overflows, conflated, closed]
            .iter()
            .all(|count| *count > 5),
        "{tally:?}"
    );
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
                        0 => source.restart("trades:A"),
                        1 => source.end("trades:A"),
                        _ => source.publish("trades:A", 1),
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
