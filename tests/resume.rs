//! The promise of `since`: a client that comes back with its last position gets exactly what it
//! missed and then live updates, whenever and however often it was cut off.
//!
//! 200 clients follow 10 topics, through which 100,000 updates flow. Each client's connection is
//! torn (no close, no warning) at random moments, over and over. In the end every client's own
//! log has every update once and in order, and all clients saw the same bytes.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use clap::Parser;
use futures_util::{SinkExt, StreamExt};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tickwire::app::App;
use tickwire::config::Cli;
use tickwire::service::Services;
use tickwire::wire::PublicationKind;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_util::sync::CancellationToken;

const TOPICS: usize = 10;
const CLIENTS: usize = 200;
const UPDATES: u64 = 10_000;

/// How far the slowest client may be behind. Less than the topics keep (500), so that whoever was
/// cut off can always be brought up to date: here it is lossless or it is a bug.
const LEAD: u64 = 300;

/// What all clients of the test share.
struct Ledger {
    /// The bytes of each update, as the first client to see it saw them.
    frames: Vec<AtomicU64>,
    /// How far each client is.
    progress: Vec<AtomicU64>,
    cuts: AtomicUsize,
    replayed: AtomicU64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_cut_off_misses_nothing() {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/scoreboard.yaml");
    let flags = ["tickwire", "--listen", "127.0.0.1:0", "--spec", spec];
    let cli = Cli::try_parse_from(flags).expect("flags that exist");
    let app = App::start(&cli.serve).await.expect("the server starts");
    let address = app.address().expect("an address");
    let server = Arc::clone(app.server());
    let stop = CancellationToken::new();
    let running = tokio::spawn(app.run(stop.clone()));

    let ledger = Arc::new(Ledger {
        frames: (0..TOPICS as u64 * UPDATES)
            .map(|_| AtomicU64::new(0))
            .collect(),
        progress: (0..CLIENTS).map(|_| AtomicU64::new(0)).collect(),
        cuts: AtomicUsize::new(0),
        replayed: AtomicU64::new(0),
    });
    // The topics exist before their clients come, so that all know one epoch.
    for topic in 0..TOPICS {
        publish(&server.services, topic, 1).await;
    }
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| tokio::spawn(follow(address, client, Arc::clone(&ledger))))
        .collect();
    for number in 2..=UPDATES {
        while ledger
            .progress
            .iter()
            .any(|seen| seen.load(Ordering::Relaxed) + LEAD < number)
        {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        for topic in 0..TOPICS {
            assert_eq!(publish(&server.services, topic, number).await, number);
        }
    }
    for client in clients {
        let done = tokio::time::timeout(Duration::from_secs(120), client).await;
        done.expect("all updates arrive")
            .expect("the client's log is whole");
    }
    let cuts = ledger.cuts.load(Ordering::Relaxed);
    let replayed = ledger.replayed.load(Ordering::Relaxed);
    println!(
        "{CLIENTS} clients, {} deliveries, {cuts} cuts, {replayed} replayed",
        CLIENTS as u64 * UPDATES
    );
    assert!(cuts > CLIENTS, "each client was cut off: {cuts}");
    assert!(
        replayed > cuts as u64 / 2,
        "cuts did cost updates: {replayed}"
    );

    stop.cancel();
    running.await.expect("no panic");
    assert_eq!(server.connections.count(), 0);
    assert_eq!(server.services.hub.stats().interest, 0);
}

/// One client: follows its topic through all its connections.
async fn follow(address: SocketAddr, client: usize, ledger: Arc<Ledger>) {
    let mut random = StdRng::seed_from_u64(client as u64);
    let topic = client % TOPICS;
    let mut seen = 0;
    let mut epoch: Option<String> = None;
    while seen < UPDATES {
        let until_cut = random.random_range(1..2_000);
        let url = format!("ws://{address}/ws");
        let stream = TcpStream::connect(address).await.expect("a connection");
        let shaken = tokio_tungstenite::client_async(url, stream).await;
        let (mut socket, _) = shaken.expect("a handshake");
        let mut payload = json!({"league": "premier", "match": {"id": match_id(topic)}});
        match &epoch {
            Some(epoch) => payload["since"] = json!({"epoch": epoch, "seq": seen}),
            None => payload["history"] = 500.into(),
        }
        let request = json!({"type": "match_events.subscribe", "payload": payload});
        socket
            .send(Message::text(request.to_string()))
            .await
            .expect("sent");

        let mut answered = 0;
        let mut received = 0;
        while received < until_cut && seen < UPDATES {
            let text = match socket.next().await.expect("a message").expect("no error") {
                Message::Text(text) => text,
                _ => continue,
            };
            if let Some(seq) = seq_of(&text) {
                assert!(answered > 0, "no update before the answer: {text}");
                assert_eq!(
                    seq,
                    seen + 1,
                    "client {client}: no gap, no duplicate, no disorder"
                );
                seen = seq;
                received += 1;
                if seq <= answered {
                    ledger.replayed.fetch_add(1, Ordering::Relaxed);
                }
                ledger.compare(topic, seq, &text);
                ledger.progress[client].store(seen, Ordering::Relaxed);
            } else {
                let frame: Value = serde_json::from_str(&text).expect("JSON");
                if frame["type"] != "match_events.subscribe.response" {
                    assert_eq!(frame["type"], "welcome", "{text}");
                    continue;
                }
                let answer = &frame["payload"];
                answered = answer["seq"].as_u64().expect("a number");
                let now = answer["epoch"].as_str().expect("a text");
                if epoch.is_some() {
                    assert_eq!(answer["recovered"], true, "{text}");
                }
                assert_eq!(epoch.get_or_insert(now.to_owned()), now);
            }
        }
        // Torn: the socket is dropped as it is, with whatever was on its way.
        ledger.cuts.fetch_add(1, Ordering::Relaxed);
    }
}

impl Ledger {
    fn compare(&self, topic: usize, seq: u64, text: &str) {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let hash = hasher.finish().max(1);
        let slot = &self.frames[topic * UPDATES as usize + seq as usize - 1];
        if let Err(first) = slot.compare_exchange(0, hash, Ordering::Relaxed, Ordering::Relaxed) {
            assert_eq!(
                first, hash,
                "everyone gets the same bytes, replayed or live: {text}"
            );
        }
    }
}

/// The `seq` of an update; answers have theirs inside of the payload.
fn seq_of(text: &str) -> Option<u64> {
    let head = text.split_once(r#","payload":"#)?.0;
    head.rsplit_once(r#""seq":"#)?.1.parse().ok()
}

fn match_id(topic: usize) -> String {
    format!("019a2f6e-7c1a-7b3e-9d55-{topic:012}")
}

async fn publish(services: &Services, topic: usize, number: u64) -> u64 {
    let id = match_id(topic);
    let payload = json!({
        "match": {"id": id, "home": "Northtown", "away": "Southport"},
        "minute": number % 90,
        "kind": "kick_off",
        "score": {"home": number / 1000, "away": 0},
        "occurred_at": "2026-11-02T14:00:02Z",
    });
    let topic = services
        .protocol
        .topic(&format!("match:premier:{id}"))
        .expect("a topic");
    let (position, _) = services
        .hub
        .publish(&topic, PublicationKind::Update, &payload)
        .await
        .expect("published");
    position.seq
}
