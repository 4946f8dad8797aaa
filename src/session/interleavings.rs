//! The promises of hub, outbox, flusher and session, whichever thread runs when: shuttle runs each
//! scenario thousands of times, and switches threads wherever one takes a lock or an atomic.
//!
//! `cargo test --lib --features shuttle interleavings`, with `SCHEDULES=20000` for longer. A failure
//! prints a schedule, which `shuttle::replay` repeats.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, LazyLock, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::BytesMut;
use chrono::Utc;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use shuttle::future::{block_on, spawn};
use shuttle::scheduler::{PctScheduler, RandomScheduler};
use shuttle::{Config, Runner, thread};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use uuid::Uuid;

use super::machine::{Caller, Done, Now, Session, SessionLimits, Work};
use super::pipe::Inbound;
use crate::audit::{Audit, Trail};
use crate::auth::{Access, Auth, Principal, Rules, Verifier};
use crate::delivery::{Flushed, Outbox, OutboxConfig, Transport};
use crate::hub::{Hub, HubConfig, StreamHandle, TopicProducer};
use crate::quota::{QuotaLimits, Quotas, Share};
use crate::wire::{CloseCode, Protocol, Refusal, TopicId};

/// Unoptimized code that validates takes more than shuttle's 32 KiB.
const STACK_BYTES: usize = 1 << 20;

static PROTOCOL: LazyLock<Arc<Protocol>> = LazyLock::new(|| {
    let text = include_str!("../../asyncapi.yaml");
    let contract = tickwire_spec::load("asyncapi.yaml", text).expect("a sound contract");
    Arc::new(Protocol::new(contract).expect("schemas that compile"))
});

/// Once with threads chosen at random, once with few switches at places that matter (PCT).
fn explore(scenario: fn()) {
    let schedules =
        std::env::var("SCHEDULES").map_or(500, |count| count.parse().expect("a number"));
    // Made once, outside: threads of shuttle have small stacks.
    LazyLock::force(&PROTOCOL);
    let mut config = Config::new();
    config.stack_size = STACK_BYTES;
    Runner::new(RandomScheduler::new(schedules), config.clone()).run(scenario);
    Runner::new(PctScheduler::new(3, schedules), config).run(scenario);
}

/// A source of trades that notes whether it is treated as promised. Its own locks are no places
/// to switch at.
#[derive(Default)]
struct Source {
    stream: Mutex<Option<StreamHandle>>,
    starts: Mutex<(u32, bool)>,
}

impl TopicProducer for Source {
    fn create(&self, _: TopicId, stream: StreamHandle) -> BoxFuture<'_, Result<(), Refusal>> {
        Box::pin(async move {
            {
                let (starts, runs) = &mut *self.starts.lock().unwrap();
                assert!(!std::mem::replace(runs, true), "it runs already");
                *starts += 1;
            }
            shuttle::future::yield_now().await;
            *self.stream.lock().unwrap() = Some(stream);
            Ok(())
        })
    }

    fn remove(&self, _: TopicId) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            shuttle::future::yield_now().await;
            let runs = &mut self.starts.lock().unwrap().1;
            assert!(std::mem::replace(runs, false), "it does not run");
        })
    }
}

impl Source {
    /// The newest stream, if there has been one.
    fn stream(&self) -> Option<StreamHandle> {
        self.stream.lock().unwrap().clone()
    }

    fn publish(&self) {
        let trade = json!({"symbol": "A", "time": 0, "price": 1.0, "size": 1.0, "side": "buy"});
        if let Some(stream) = self.stream() {
            let _closed = stream.publish(&trade);
        }
    }
}

/// A hub whose topics end as soon as nobody is interested.
fn hub() -> (Hub, Arc<Source>) {
    let source = Arc::new(Source::default());
    let producer = Arc::clone(&source) as Arc<dyn TopicProducer>;
    let config = HubConfig {
        linger: Duration::ZERO,
        publish_linger: Duration::ZERO,
        max_topics: 10,
    };
    let producers = [("trades".into(), producer)].into();
    (Hub::new(Arc::clone(&PROTOCOL), producers, config), source)
}

fn topic() -> TopicId {
    PROTOCOL.topic("trades:A").expect("a topic")
}

/// Stops a hub of which nothing is held any more, and checks that nothing is left.
fn finish(hub: &Hub, source: &Source) {
    block_on(hub.shutdown());
    let stats = hub.stats();
    assert_eq!((stats.topics, stats.interest), (0, 0));
    assert!(!source.starts.lock().unwrap().1, "the source still runs");
}

/// A connection without a socket.
struct Client {
    hub: Hub,
    session: Session,
    outbox: Arc<Outbox>,
}

impl Client {
    fn new(hub: &Hub) -> Self {
        let limits = SessionLimits {
            max_frame_bytes: 65_536,
            max_subscriptions: 10,
            max_invalid_frames: 10,
            max_requests_in_flight: 10,
            max_outbox_bytes: 65_536,
            max_outbox_age: Duration::MAX,
            max_frames_per_second: 1_000,
            max_age: Duration::MAX,
            auth_timeout: Duration::MAX,
        };
        let outbox = hub.outbox(OutboxConfig::plain(limits.max_outbox_bytes));
        let verifier = Verifier::new(Rules::default(), None, None);
        let auth = Arc::new(Auth::new(verifier, Access::default(), 10));
        let address = std::net::Ipv4Addr::LOCALHOST.into();
        let trail = Trail::new(Audit::default(), address, None);
        let quota = QuotaLimits {
            connections: 10,
            subscriptions: 10,
            frames_per_second: 1_000,
        };
        let session = Session::new(
            Arc::clone(&PROTOCOL),
            Arc::new(limits),
            Caller {
                auth,
                principal: Arc::new(Principal::Anonymous),
                share: Share::new(&Quotas::new(quota, quota), address),
                trail,
            },
            Arc::clone(&outbox),
            Uuid::nil(),
            Utc::now(),
        );
        Self {
            hub: hub.clone(),
            session,
            outbox,
        }
    }

    fn ask(&mut self, wire_type: &str, payload: Value) {
        let request = json!({"type": wire_type, "msg_id": "1", "payload": payload}).to_string();
        let inbound = Inbound::Text(request.as_bytes());
        let mut work = self.session.receive(inbound, Now::read());
        while let Some(Work::Open(topics)) = work {
            let open = |topic| block_on(self.hub.open(&topic)).map_err(|refusal| (topic, refusal));
            let leases = topics.into_iter().map(open).collect();
            work = self.session.finish(Done::Opened(leases), Now::read());
        }
    }

    fn subscribe(&mut self) {
        self.ask("trades.subscribe", json!({"symbol": "A"}));
    }

    fn unsubscribe(&mut self) {
        self.ask("trades.unsubscribe", json!({"symbol": "A"}));
    }

    /// What has come since this was last asked.
    fn received(&self) -> Vec<Value> {
        let mut bytes = BytesMut::new();
        self.outbox.drain(&mut bytes, usize::MAX);
        frames(&bytes)
    }
}

/// The frames in these bytes, all of which are longer than 125 bytes and shorter than 64 KiB.
fn frames(bytes: &[u8]) -> Vec<Value> {
    let (mut frames, mut rest) = (Vec::new(), bytes);
    while let [_, 126, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        frames.push(serde_json::from_slice(&after[..length]).expect("JSON"));
        rest = &after[length..];
    }
    assert!(rest.is_empty(), "{rest:?}");
    frames
}

/// Holds what a client received against what it is owed; where it stands in the end.
#[derive(Default)]
struct Judge {
    /// The epoch and the newest number, while subscribed.
    place: Option<(Value, u64)>,
}

impl Judge {
    fn take(&mut self, frames: &[Value]) {
        for frame in frames {
            let payload = &frame["payload"];
            match frame["type"].as_str().expect("a type") {
                "trades.subscribe.response" => {
                    let seq = payload["seq"].as_u64().expect("a number");
                    let since = payload["recovered"].as_bool();
                    if since != Some(true) {
                        self.place = Some((payload["epoch"].clone(), seq));
                    }
                }
                "trades.update" => {
                    let (_, seq) = self.place.as_mut().expect("updates follow the answer");
                    assert_eq!(frame["seq"], *seq + 1, "no gap, no duplicate");
                    *seq += 1;
                }
                "topic.reset" if payload["reason"] == "restarted" => {
                    self.place = Some((payload["epoch"].clone(), 0));
                }
                "topic.reset" => self.place = None,
                "trades.unsubscribe.response" => self.place = None,
                "error" => assert_eq!(payload["code"], "topic_unavailable", "{frame}"),
                other => panic!("{other}"),
            }
        }
    }
}

/// Two join and leave while updates are published: from the answer on each gets every update, and
/// after the answer to its leave none.
#[test]
fn who_joins_gets_what_follows() {
    explore(|| {
        let (hub, source) = hub();
        let lease = block_on(hub.open(&topic())).expect("a topic");
        let publishing = {
            let source = Arc::clone(&source);
            thread::spawn(move || (0..3).for_each(|_| source.publish()))
        };
        let staying = {
            let hub = hub.clone();
            thread::spawn(move || {
                let mut client = Client::new(&hub);
                client.subscribe();
                client
            })
        };
        let leaving = {
            let hub = hub.clone();
            thread::spawn(move || {
                let mut client = Client::new(&hub);
                client.subscribe();
                client.unsubscribe();
                client
            })
        };
        publishing.join().unwrap();
        let (staying, leaving) = (staying.join().unwrap(), leaving.join().unwrap());
        let (mut stayed, mut left) = (Judge::default(), Judge::default());
        stayed.take(&staying.received());
        assert_eq!(stayed.place.map(|(_, seq)| seq), Some(3), "to the end");
        let frames = leaving.received();
        left.take(&frames);
        let last = frames.last().expect("an answer");
        assert_eq!(last["type"], "trades.unsubscribe.response", "{last}");
        drop((staying, leaving, lease));
        finish(&hub, &source);
    });
}

/// One is cut off and comes back while updates are published: it gets what it has missed, once.
#[test]
fn who_comes_back_goes_on_where_it_was() {
    explore(|| {
        let (hub, source) = hub();
        let lease = block_on(hub.open(&topic())).expect("a topic");
        let publishing = {
            let source = Arc::clone(&source);
            thread::spawn(move || (0..4).for_each(|_| source.publish()))
        };
        let mut judge = Judge::default();
        let mut client = Client::new(&hub);
        client.subscribe();
        judge.take(&client.received());
        drop(client);
        let (epoch, seq) = judge.place.clone().expect("subscribed");
        let mut client = Client::new(&hub);
        let since = json!({"epoch": epoch, "seq": seq});
        client.ask("trades.subscribe", json!({"symbol": "A", "since": since}));
        publishing.join().unwrap();
        let frames = client.received();
        assert_eq!(frames[0]["payload"]["recovered"], true, "{}", frames[0]);
        judge.take(&frames);
        assert_eq!(judge.place.map(|(_, seq)| seq), Some(4), "to the end");
        drop((client, lease));
        finish(&hub, &source);
    });
}

/// A source that restarts and ends its stream, among those who come and go: each is told, and
/// nobody's interest is counted twice or lost.
#[test]
fn a_source_may_end_at_any_moment() {
    explore(|| {
        let (hub, source) = hub();
        let lease = block_on(hub.open(&topic())).expect("a topic");
        let publishing = {
            let source = Arc::clone(&source);
            thread::spawn(move || {
                source.publish();
                let stream = source.stream().expect("a stream");
                stream.restart("again");
                source.publish();
                stream.end("enough");
                source.publish();
            })
        };
        let clients = [0, 1].map(|_| {
            let hub = hub.clone();
            thread::spawn(move || {
                let (mut client, mut judge) = (Client::new(&hub), Judge::default());
                client.subscribe();
                judge.take(&client.received());
                client.unsubscribe();
                client.subscribe();
                judge.take(&client.received());
                drop(client.session);
            })
        });
        publishing.join().unwrap();
        for client in clients {
            client.join().unwrap();
        }
        drop(lease);
        finish(&hub, &source);
    });
}

/// One topic, opened and left by several at once: its source starts and stops in turns, and stands
/// still in the end.
#[test]
fn a_source_runs_while_somebody_is_interested() {
    explore(|| {
        let (hub, source) = hub();
        let visitors = [0, 1, 2].map(|_| {
            let (hub, source) = (hub.clone(), Arc::clone(&source));
            thread::spawn(move || {
                let lease = block_on(hub.open(&topic())).expect("a topic");
                assert!(source.starts.lock().unwrap().1, "a lease keeps it running");
                thread::yield_now();
                assert!(source.starts.lock().unwrap().1, "until it is dropped");
                drop(lease);
            })
        });
        for visitor in visitors {
            visitor.join().unwrap();
        }
        finish(&hub, &source);
    });
}

/// The server stops in the midst of it: whoever waits is answered, nothing is left.
#[test]
fn a_hub_may_stop_at_any_moment() {
    explore(|| {
        let (hub, source) = hub();
        let visitors = [0, 1].map(|_| {
            let hub = hub.clone();
            thread::spawn(move || {
                let mut client = Client::new(&hub);
                client.subscribe();
                let frames = client.received();
                assert!(!frames.is_empty(), "an answer, whichever");
            })
        });
        block_on(hub.shutdown());
        for visitor in visitors {
            visitor.join().unwrap();
        }
        finish(&hub, &source);
    });
}

/// A stream in memory that takes a hundred bytes, then waits for its reader.
#[derive(Clone, Default)]
struct Trickle(Arc<Mutex<Wire>>);

#[derive(Default)]
struct Wire {
    bytes: VecDeque<u8>,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl AsyncWrite for Trickle {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let mut wire = self.0.lock().unwrap();
        let taken = bytes.len().min(100 - wire.bytes.len());
        if taken == 0 {
            wire.writer = Some(context.waker().clone());
            return Poll::Pending;
        }
        wire.bytes.extend(&bytes[..taken]);
        let reader = wire.reader.take();
        drop(wire);
        reader.into_iter().for_each(Waker::wake);
        Poll::Ready(Ok(taken))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Trickle {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Pending
    }
}

impl Trickle {
    /// The peer reads what there is.
    async fn read(&self) -> Vec<u8> {
        poll_fn(|context| {
            let mut wire = self.0.lock().unwrap();
            if wire.bytes.is_empty() {
                wire.reader = Some(context.waker().clone());
                return Poll::Pending;
            }
            let bytes = wire.bytes.drain(..).collect();
            let writer = wire.writer.take();
            drop(wire);
            writer.into_iter().for_each(Waker::wake);
            Poll::Ready(bytes)
        })
        .await
    }
}

/// A socket that blocks again and again, written to by flusher and connection: everything arrives,
/// in order, and the close behind it; nobody sleeps through what concerns it. A wake that is lost
/// is a deadlock, which shuttle reports.
#[test]
fn whatever_is_published_is_written() {
    explore(|| {
        let (hub, source) = hub();
        let mut client = Client::new(&hub);
        client.subscribe();
        let (outbox, trickle) = (Arc::clone(&client.outbox), Trickle::default());
        let (receiver, sender) = Transport::other(trickle.clone()).split();
        outbox.connect(sender);
        let publishing = thread::spawn(move || {
            source.publish();
            source.publish();
            source
        });
        let closing = Arc::clone(&outbox);
        // As `Connection::poll`.
        let connection = spawn(poll_fn(move |context| {
            outbox.watch(context.waker());
            let mut flushed = outbox.flush(false);
            while flushed == Flushed::Blocked {
                match receiver.poll_writable(context) {
                    Poll::Ready(written) => {
                        written.expect("a stream that holds");
                        flushed = outbox.flush(true);
                    }
                    Poll::Pending => return Poll::Pending,
                }
            }
            match flushed {
                Flushed::Closed(code) => Poll::Ready(code),
                _ => Poll::Pending,
            }
        }));
        let reading = spawn(async move {
            let mut bytes = Vec::new();
            // An answer and two updates of more than 100 bytes each; the close frame is not written.
            while frame_count(&bytes) < 3 {
                bytes.extend(trickle.read().await);
            }
            bytes
        });
        let source = publishing.join().unwrap();
        let bytes = block_on(reading).unwrap();
        let mut judge = Judge::default();
        judge.take(&frames(&bytes));
        assert_eq!(judge.place.map(|(_, seq)| seq), Some(2));
        closing.close(CloseCode::Restarting);
        assert_eq!(block_on(connection).unwrap(), CloseCode::Restarting);
        drop(client);
        finish(&hub, &source);
    });
}

fn frame_count(bytes: &[u8]) -> usize {
    let (mut count, mut rest) = (0, bytes);
    while let [_, 126, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(next) = after.get(length..) else {
            break;
        };
        (count, rest) = (count + 1, next);
    }
    count
}
