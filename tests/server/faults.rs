//! What goes wrong between a server and its clients, over real sockets. After each fault: no
//! connection, topic, task or byte is left over, and the server serves.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;
use tickwire::api;
use tickwire::modules::datafeed::Datafeed;
use tickwire::service::Handlers;
use tickwire_market::{
    Bar, Clock, HistoryQuery, MarketTime, Source, SourceError, SymbolInfo, Synthetic,
    SyntheticConfig, TickStream,
};
use tokio::runtime::Handle;

use crate::support::plain::{HANDSHAKE, Raw, get, masked};
use crate::support::{Bench, Client, Server, lab, within};

const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;
const SUBSCRIBE: &[u8] = br#"{"type":"trades.subscribe","payload":{"symbol":"SYN0001"}}"#;
const PING: &[u8] = br#"{"type":"ping","msg_id":"1","payload":{}}"#;

/// A server with what it consists of when nobody is connected. It shares the test's runtime, so
/// that its tasks can be counted.
struct Idle {
    server: Server,
    tasks: usize,
}

impl Idle {
    async fn server() -> Self {
        let market = ["--source", "synthetic", "--symbols", "1", "--rate", "500"];
        let times = ["--linger", "1ms", "--handshake-timeout", "2s"];
        let server = Server::start(&[&market[..], &times].concat()).await;
        // The server begins: what it starts once counts, too.
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        let tasks = Handle::current().metrics().num_alive_tasks();
        Self { server, tasks }
    }

    fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Waits until nobody is connected and no topic is there.
    async fn alone(&self) {
        let alone = async {
            while self.server.counts() != (0, 0, 0) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        within("the end of all connections and topics", alone).await;
    }

    /// Waits until all is as before the first client, and shows that the server still serves.
    async fn is_as_before(&self) {
        let mut client = self.server.client().await;
        client.alive().await;
        drop(client);
        self.alone().await;
        let ended = async {
            while Handle::current().metrics().num_alive_tasks() > self.tasks {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        within("the end of all tasks", ended).await;
        let admin = self.server.admin;
        for gauge in ["connections", "subscriptions", "topics", "outbox_bytes"] {
            assert_eq!(metric(admin, gauge).await, 0, "{gauge}");
        }
        assert_eq!(metric(admin, "http_connections").await, 0);
        let opened = metric(admin, "connections_opened_total").await;
        assert_eq!(metric(admin, "connections_closed_total").await, opened);
    }
}

/// What `/metrics` says of this, whatever the labels.
async fn metric(address: SocketAddr, name: &str) -> i64 {
    let reply = get(address, "/metrics", &[]).await;
    let text = std::str::from_utf8(&reply.body).unwrap();
    let values = text.lines().filter_map(|line| {
        let rest = line.strip_prefix("tickwire_")?.strip_prefix(name)?;
        let sample = rest.starts_with([' ', '{']);
        let (_, value) = rest.rsplit_once(' ')?;
        sample.then(|| value.parse::<i64>().unwrap())
    });
    let values: Vec<i64> = values.collect();
    assert!(!values.is_empty(), "there is no {name}: {text}");
    values.iter().sum()
}

/// Wherever a frame is cut, by a client whose subscription is alive.
#[tokio::test]
async fn a_reset_in_the_middle_of_a_frame() {
    let idle = Idle::server().await;
    let frame = masked(TEXT, SUBSCRIBE);
    for length in 0..=frame.len() {
        let mut raw = Raw::open(idle.address()).await;
        raw.send(&frame).await;
        raw.next_frame().await.expect("an answer");
        raw.send(&frame[..length]).await;
        raw.reset();
    }
    idle.is_as_before().await;
}

/// And wherever the handshake is.
#[tokio::test]
async fn a_reset_in_the_middle_of_a_handshake() {
    let idle = Idle::server().await;
    let request = HANDSHAKE.as_bytes();
    for length in 0..=request.len() {
        let mut raw = Raw::connect(idle.address()).await;
        raw.send(&request[..length]).await;
        raw.reset();
    }
    idle.is_as_before().await;
}

#[tokio::test]
async fn handshakes_that_never_end() {
    let idle = Idle::server().await;
    let mut unfinished = Vec::new();
    for length in 0..HANDSHAKE.len() {
        let mut raw = Raw::connect(idle.address()).await;
        raw.send(&HANDSHAKE.as_bytes()[..length]).await;
        unfinished.push(raw);
    }
    for mut raw in unfinished {
        assert_eq!(raw.rest().await, b"");
    }
    idle.is_as_before().await;
}

#[tokio::test]
async fn a_byte_at_a_time() {
    let idle = Idle::server().await;
    let mut raw = Raw::connect(idle.address()).await;
    raw.send_bytewise(HANDSHAKE.as_bytes()).await;
    let head = raw.head().await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    raw.send_bytewise(&masked(TEXT, PING)).await;
    raw.send_bytewise(&masked(CLOSE, &1000_u16.to_be_bytes()))
        .await;
    for wire_type in ["welcome", "pong"] {
        let (first, text) = raw.next_frame().await.expect("a frame");
        let text = String::from_utf8(text).unwrap();
        assert!(
            first == TEXT && text.contains(&format!("\"{wire_type}\"")),
            "{text}"
        );
    }
    assert_eq!(raw.close_code().await, Some(1000));
    assert_eq!(raw.next_frame().await, None);
    idle.is_as_before().await;
}

/// The ways to come and go.
#[derive(Debug, Clone, Copy)]
enum Visit {
    Knock,
    ResetInHandshake,
    LeaveInHandshake,
    Close,
    Leave,
    Reset,
    ResetSubscribed,
    LeaveInFrame,
    ResetInClose,
}

impl Visit {
    const ALL: [Self; 9] = [
        Self::Knock,
        Self::ResetInHandshake,
        Self::LeaveInHandshake,
        Self::Close,
        Self::Leave,
        Self::Reset,
        Self::ResetSubscribed,
        Self::LeaveInFrame,
        Self::ResetInClose,
    ];

    async fn pay(self, address: SocketAddr, from: [u8; 4]) {
        let mut raw = Raw::connect_from(from, address).await;
        let half = &HANDSHAKE.as_bytes()[..HANDSHAKE.len() / 2];
        match self {
            Self::Knock => return,
            Self::ResetInHandshake => {
                raw.send(half).await;
                return raw.reset();
            }
            Self::LeaveInHandshake => return raw.send(half).await,
            _ => {}
        }
        raw.send(HANDSHAKE.as_bytes()).await;
        raw.head().await;
        let close = masked(CLOSE, &1000_u16.to_be_bytes());
        match self {
            Self::Reset => raw.reset(),
            Self::ResetSubscribed => {
                raw.send(&masked(TEXT, SUBSCRIBE)).await;
                raw.next_frame().await.expect("a welcome");
                raw.next_frame().await.expect("an answer");
                raw.reset();
            }
            Self::LeaveInFrame => raw.send(&masked(TEXT, SUBSCRIBE)[..20]).await,
            Self::Close => {
                raw.send(&close).await;
                raw.next_frame().await.expect("a welcome");
                assert_eq!(raw.close_code().await, Some(1000));
            }
            Self::ResetInClose => {
                raw.send(&close[..3]).await;
                raw.reset();
            }
            _ => {}
        }
    }
}

/// A hundred at a time, from many addresses: one has too few ports for all of them, since what was
/// closed in order keeps its own for a minute.
#[tokio::test]
async fn ten_thousand_come_and_go() {
    let idle = Idle::server().await;
    let address = idle.address();
    let visitors = (0..100_u8).map(|visitor| {
        tokio::spawn(async move {
            for visit in 0..100 {
                let kind = Visit::ALL[(usize::from(visitor) + visit) % Visit::ALL.len()];
                kind.pay(address, [127, 1, visitor, 1]).await;
            }
        })
    });
    for visitor in visitors.collect::<Vec<_>>() {
        visitor.await.unwrap();
    }
    idle.is_as_before().await;
}

/// A client that reads nothing, until the server can write no more, and is gone then.
#[tokio::test]
async fn a_reset_while_the_server_cannot_write() {
    let bench = Bench::counting();
    let address = bench.listen().await;
    let admin = bench.listen_admin().await;
    let mut watcher = bench.client().await;
    watcher
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    let tasks = Handle::current().metrics().num_alive_tasks();
    let mut raw = Raw::open(address).await;
    let subscribe = br#"{"type":"trades.subscribe","payload":{"symbol":"AAPL"}}"#;
    raw.send(&masked(TEXT, subscribe)).await;
    raw.next_frame().await.expect("an answer");
    assert_eq!(bench.counts(), (1, 2));
    for seq in 1..=20_000 {
        bench
            .lab
            .trades("AAPL")
            .publish(&lab::trade("AAPL", 1.0))
            .unwrap();
        assert_eq!(watcher.expect("trades.update").await["seq"], seq);
    }
    assert!(metric(admin, "outbox_bytes").await > 100_000);
    raw.reset();
    let gone = async {
        while bench.counts() != (1, 1) || Handle::current().metrics().num_alive_tasks() > tasks {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    within("the end of the client", gone).await;
    assert_eq!(metric(admin, "outbox_bytes").await, 0);
    assert_eq!(metric(admin, "connections").await, 0);
    watcher.alive().await;
}

/// Whatever a module does: who asked is told, and all others live on.
#[tokio::test]
async fn a_module_that_panics() {
    let bench = Bench::new();
    let address = bench.listen().await;
    let mut other = Client::connect(address).await;
    other
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    let before = Handle::current().metrics().num_alive_tasks();

    let mut client = Client::connect(address).await;
    let history = json!({"symbol": "PANICS"});
    let error = client.get_error("bars.history", history).await;
    assert_eq!(error["code"], "internal");
    for symbol in ["PANICS", "BROKEN"] {
        let error = client
            .get_error("trades.subscribe", json!({"symbol": symbol}))
            .await;
        assert_eq!(error["code"], "topic_unavailable");
    }
    // Its removal panics, too, at the end of its updates.
    client
        .get("trades.subscribe", json!({"symbol": "STICKS"}))
        .await;
    bench.lab.trades("STICKS").end("no more");
    assert_eq!(
        client.expect("topic.reset").await["payload"]["reason"],
        "ended"
    );
    bench.lab.until("remove trades:STICKS").await;
    client
        .get("trades.subscribe", json!({"symbol": "STICKS"}))
        .await;
    client.alive().await;
    drop(client);

    bench
        .lab
        .trades("AAPL")
        .publish(&lab::trade("AAPL", 1.0))
        .unwrap();
    other.expect("trades.update").await;
    other.alive().await;
    bench.lab.trades("STICKS").end("no more");
    let gone = async {
        while bench.counts() != (1, 1) || Handle::current().metrics().num_alive_tasks() > before {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    within("the end of the client and its topics", gone).await;
}

/// A market that panics once, 300 ms after its beginning.
struct Fragile {
    market: Synthetic,
    mended: Arc<AtomicBool>,
}

impl Source for Fragile {
    fn symbols(&self) -> &[SymbolInfo] {
        self.market.symbols()
    }

    fn clock(&self) -> &Clock {
        self.market.clock()
    }

    fn history(&self, query: &HistoryQuery) -> Result<Vec<Bar>, SourceError> {
        self.market.history(query)
    }

    fn ticks(&self, symbol: &str, after: MarketTime) -> Result<TickStream, SourceError> {
        let ticks = self.market.ticks(symbol, after)?;
        let end = self.clock().start().millis() + 300;
        let mended = Arc::clone(&self.mended);
        Ok(Box::new(ticks.inspect(move |tick| {
            let fine = tick.time < end || mended.swap(true, Ordering::Relaxed);
            assert!(fine, "the stream panics, as the test wants");
        })))
    }
}

/// In the middle of its stream, in a task of the module's own.
#[tokio::test]
async fn a_producer_that_panics() {
    let config = SyntheticConfig {
        symbols: 1,
        rate: 100.0,
        ..SyntheticConfig::default()
    };
    let market = Synthetic::new(&config).unwrap();
    let market = Fragile {
        market,
        mended: Arc::default(),
    };
    let mut handlers = Handlers::default();
    let datafeed = Datafeed::new(Box::new(market), Arc::new(|_, _| {}));
    api::mount_datafeed(datafeed, &mut handlers);
    let bench = Bench::mounted(handlers);
    let mut client = Client::connect(bench.listen().await).await;

    let topics = json!({"topics": ["trades:SYN0001", "quotes:SYN0001"]});
    for life in 1..=2 {
        let results = client.get("subscribe", topics.clone()).await["results"].clone();
        assert_eq!(
            (&results[0]["status"], &results[1]["status"]),
            (&json!("subscribed"), &json!("subscribed"))
        );
        let mut updates = 0;
        let mut ended = Vec::new();
        while ended.len() < 2 && updates < 200 {
            let frame = client.next().await;
            match frame["type"].as_str().unwrap() {
                "topic.reset" => ended.push(frame["payload"]["message"].clone()),
                _ => updates += 1,
            }
        }
        // The second life goes on.
        let expected = if life == 1 { 2 } else { 0 };
        assert_eq!(ended, vec![json!("its source failed"); expected]);
    }
}
