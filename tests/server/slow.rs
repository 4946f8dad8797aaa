//! Readers that stop, and readers that are slow for ever: what becomes of a `lossless` topic, and what
//! they may cost the server and each other. The other classes are in `limits`, `orderbook` and the
//! model of `interleavings`.

use serde_json::{Value, json};

use crate::support::plain::{Raw, masked};
use crate::support::published::{flood, prices, published, start};
use crate::support::{Client, Scrape, Server, within};

const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;

/// A client of a `lossless` topic, which comes back when it is closed.
struct Follower {
    raw: Raw,
    position: Option<(Value, u64)>,
    closes: Vec<u16>,
}

impl Follower {
    async fn new(server: &Server) -> Self {
        let mut follower = Self {
            raw: Raw::narrow(server.address).await,
            position: None,
            closes: Vec::new(),
        };
        follower.subscribe().await;
        follower
    }

    async fn subscribe(&mut self) {
        let mut payload = json!({"symbol": "AAPL"});
        if let Some((epoch, seq)) = &self.position {
            payload["since"] = json!({"epoch": epoch, "seq": seq});
        }
        let request = json!({"type": "trades.subscribe", "payload": payload});
        self.raw
            .send(&masked(TEXT, request.to_string().as_bytes()))
            .await;
        let (_, answer) = self.raw.next_frame().await.expect("an answer");
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let payload = &answer["payload"];
        match &self.position {
            None => {
                self.position = Some((payload["epoch"].clone(), payload["seq"].as_u64().unwrap()));
            }
            Some(_) => assert_eq!(payload["recovered"], true, "{answer}"),
        }
    }

    /// Takes a frame: the next update, without a gap, or a close, behind which it resumes.
    async fn read(&mut self, server: &Server) {
        match self.raw.next_frame().await {
            Some((TEXT, text)) => {
                let update: Value = serde_json::from_slice(&text).unwrap();
                let (_, seq) = self.position.as_mut().expect("it is subscribed");
                assert_eq!(update["seq"], *seq + 1, "nothing is left out");
                assert_eq!(update["payload"]["price"], *seq + 1);
                *seq += 1;
            }
            Some((CLOSE, payload)) => {
                self.closes
                    .push(u16::from_be_bytes([payload[0], payload[1]]));
                self.raw = Raw::narrow(server.address).await;
                self.subscribe().await;
            }
            Some((first, _)) => assert_eq!(first, 0x89, "a ping"),
            // The rest of a frame that was begun is all that a closed connection still gets.
            None => panic!("the end without a close"),
        }
    }

    fn seq(&self) -> u64 {
        self.position.as_ref().map_or(0, |(_, seq)| *seq)
    }
}

/// Publishes until the follower is given up, which has the sockets' buffers and the outbox full.
async fn until_given_up(server: &Server, mut published: u64) -> u64 {
    while server.counts().1 > 0 {
        prices(server, published + 1, 1).await;
        published += 1;
    }
    published
}

/// It is closed, comes back, and has missed nothing.
#[tokio::test]
async fn who_stops_reading_what_is_lossless_resumes() {
    let contract = published("lossless");
    let server = start(&contract, &["--max-outbox-bytes", "65536"]).await;
    let mut follower = Follower::new(&server).await;
    let published = within("the end of its patience", until_given_up(&server, 0)).await;
    while follower.seq() < published {
        follower.read(&server).await;
    }
    assert_eq!(follower.closes, [4450]);
}

/// It is closed again and again, and gets every update all the same, in order.
#[tokio::test]
async fn who_reads_what_is_lossless_slowly_gets_everything() {
    let contract = published("lossless");
    let server = start(&contract, &["--max-outbox-bytes", "65536"]).await;
    let mut follower = Follower::new(&server).await;
    let mut published = 0;
    for round in 1..=3 {
        // One is read while ten come.
        while server.counts().1 > 0 {
            prices(&server, published + 1, 10).await;
            published += 10;
            follower.read(&server).await;
        }
        // What it reads next is old; when it comes to the close, it resumes.
        while follower.closes.len() < round {
            follower.read(&server).await;
        }
    }
    while follower.seq() < published {
        follower.read(&server).await;
    }
    assert_eq!(follower.closes, [4450; 3]);
}

/// What waits for many who do not read is bounded by their number, and those who read miss nothing.
#[tokio::test]
async fn many_stalled_readers_cost_what_is_known_in_advance() {
    const STALLED: usize = 10;
    const MAX_BYTES: f64 = 65_536.0;
    const DROPPED: &str = "tickwire_updates_dropped_total{delivery=\"window\",cause=\"overflow\"}";

    let contract = published("window");
    let server = start(&contract, &["--max-outbox-bytes", "65536"]).await;
    let mut stalled = Vec::new();
    for _ in 0..STALLED {
        let mut raw = Raw::narrow(server.address).await;
        let subscribe = br#"{"type":"trades.subscribe","payload":{"symbol":"AAPL"}}"#;
        raw.send(&masked(TEXT, subscribe)).await;
        raw.next_frame().await.expect("the answer");
        stalled.push(raw);
    }
    let mut reader = server.client().await;
    reader
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    let (mut most, mut seq) = (0.0, 0);
    // The sockets have buffers of some megabytes, which fill first; then a little more.
    for _ in 0..100 {
        flood(&server, 300).await;
        seq = read(&mut reader, seq, 300).await;
        let scrape = Scrape::of(server.admin).await;
        most = f64::max(most, scrape.value("tickwire_outbox_bytes"));
        assert!(most <= STALLED as f64 * MAX_BYTES, "{most}");
        if scrape.value(DROPPED) > 3_000.0 {
            break;
        }
    }
    // It came to that: their outboxes were as full as they may be.
    assert!(most > STALLED as f64 * MAX_BYTES / 2.0, "{most}");
    drop(stalled);
}

/// The next updates, none of which is missing.
async fn read(reader: &mut Client, mut seq: u64, count: u64) -> u64 {
    for _ in 0..count {
        seq += 1;
        assert_eq!(reader.expect("trades.update").await["seq"], seq);
    }
    seq
}
