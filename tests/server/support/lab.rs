//! A module that does what a test wants, and a server around it without a network.
//!
//! What becomes of a topic or a request is in its symbol:
//!
//! | symbol | topic | `bars.history` |
//! |---|---|---|
//! | `REFUSED` | is refused: `unknown_symbol` | the same |
//! | `BROKEN` | is refused: `topic_unavailable` | |
//! | `PANICS` | its creation panics | panics |
//! | `HANGS` | is created when the gate opens | answered when the gate opens |
//! | `STICKS` | its removal panics | |
//! | `LEAVES` | is removed when the gate opens | |
//! | `NONSENSE` | | an answer that breaks the contract |
//! | any other | works | no bars |

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use bytes::Bytes;
use chrono::Utc;
use tickwire::api::topic::{Bars, Orderbook, Quotes, Trades};
use tickwire::api::{self, types};
use tickwire::app::CONTRACT;
use tickwire::audit::{Audit, Trail};
use tickwire::auth::{Access, Algorithm, Auth, Principal, Rules, Secret, Verifier};
use tickwire::delivery::{OutboxConfig, Transport};
use tickwire::http::{Documents, Edge, HttpLimits};
use tickwire::hub::{Hub, HubConfig, Producers};
use tickwire::quota::{QuotaLimits, Quotas, Share};
use tickwire::service::{
    Call, ErrorCode, Handlers, Publisher, Refusal, Services, TopicFamily, TopicSource,
};
use tickwire::session::{Caller, Connection, Connections, Session, SessionLimits, Timing};
use tickwire::wire::{CloseCode, Encoding, Protocol};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;
use uuid::Uuid;

use super::client::Io;
use super::tokens::{SECRET, guarded_contract};
use super::{Client, within};

/// The module.
pub struct Lab {
    log: watch::Sender<Vec<String>>,
    gate: Semaphore,
    mended: AtomicBool,
    trades: Mutex<HashMap<String, Publisher<Trades>>>,
    quotes: Mutex<HashMap<String, Publisher<Quotes>>>,
    orderbooks: Mutex<HashMap<String, Publisher<Orderbook>>>,
}

impl Lab {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            log: watch::Sender::default(),
            gate: Semaphore::new(0),
            mended: AtomicBool::new(false),
            trades: Mutex::default(),
            quotes: Mutex::default(),
            orderbooks: Mutex::default(),
        })
    }

    /// What was asked of the module so far.
    pub fn log(&self) -> Vec<String> {
        self.log.borrow().clone()
    }

    /// Waits until this has been asked of the module.
    pub async fn until(&self, entry: &str) {
        let mut log = self.log.subscribe();
        let seen = log.wait_for(|log| log.iter().any(|other| other == entry));
        within(entry, seen).await.unwrap();
    }

    /// Lets one of those through who wait at the gate.
    pub fn open_gate(&self) {
        self.gate.add_permits(1);
    }

    /// From now on every symbol works.
    pub fn mend(&self) {
        self.mended.store(true, Ordering::Relaxed);
    }

    /// The newest publisher of a symbol's trades.
    pub fn trades(&self, symbol: &str) -> Publisher<Trades> {
        self.trades.lock().unwrap()[symbol].clone()
    }

    /// The newest publisher of a symbol's quotes.
    pub fn quotes(&self, symbol: &str) -> Publisher<Quotes> {
        self.quotes.lock().unwrap()[symbol].clone()
    }

    /// The newest publisher of a symbol's order book.
    pub fn orderbook(&self, symbol: &str) -> Publisher<Orderbook> {
        self.orderbooks.lock().unwrap()[symbol].clone()
    }

    fn note(&self, entry: String) {
        self.log.send_modify(|log| log.push(entry));
    }

    async fn pass_gate(&self) {
        self.gate.acquire().await.unwrap().forget();
    }

    async fn create<T: TopicFamily>(&self, topic: &T, symbol: &str) -> Result<(), Refusal> {
        self.note(format!("create {topic}"));
        if self.mended.load(Ordering::Relaxed) {
            return Ok(());
        }
        match symbol {
            "REFUSED" => Err(Refusal::new(ErrorCode::UnknownSymbol, "no such symbol")),
            "BROKEN" => Err(Refusal::new(ErrorCode::TopicUnavailable, "out of order")),
            "PANICS" => panic!("create_topic panics, as the test wants"),
            "HANGS" => {
                self.pass_gate().await;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn remove<T: TopicFamily>(&self, topic: &T, symbol: &str) {
        self.note(format!("remove {topic}"));
        match symbol {
            "STICKS" => panic!("remove_topic panics, as the test wants"),
            "LEAVES" => self.pass_gate().await,
            _ => {}
        }
    }
}

impl TopicSource<Bars> for Lab {
    async fn create_topic(&self, topic: Bars, _: Publisher<Bars>) -> Result<(), Refusal> {
        self.create(&topic, &topic.symbol).await
    }

    async fn remove_topic(&self, topic: Bars) {
        self.remove(&topic, &topic.symbol).await;
    }
}

impl TopicSource<Quotes> for Lab {
    async fn create_topic(
        &self,
        topic: Quotes,
        publisher: Publisher<Quotes>,
    ) -> Result<(), Refusal> {
        let symbol = topic.symbol.to_string();
        self.quotes.lock().unwrap().insert(symbol, publisher);
        self.create(&topic, &topic.symbol).await
    }

    async fn remove_topic(&self, topic: Quotes) {
        self.remove(&topic, &topic.symbol).await;
    }
}

impl TopicSource<Trades> for Lab {
    async fn create_topic(
        &self,
        topic: Trades,
        publisher: Publisher<Trades>,
    ) -> Result<(), Refusal> {
        let symbol = topic.symbol.to_string();
        self.trades.lock().unwrap().insert(symbol, publisher);
        self.create(&topic, &topic.symbol).await
    }

    async fn remove_topic(&self, topic: Trades) {
        self.remove(&topic, &topic.symbol).await;
    }
}

impl TopicSource<Orderbook> for Lab {
    async fn create_topic(
        &self,
        topic: Orderbook,
        publisher: Publisher<Orderbook>,
    ) -> Result<(), Refusal> {
        let symbol = topic.symbol.to_string();
        self.orderbooks.lock().unwrap().insert(symbol, publisher);
        self.create(&topic, &topic.symbol).await
    }

    async fn remove_topic(&self, topic: Orderbook) {
        self.remove(&topic, &topic.symbol).await;
    }
}

impl api::Datafeed for Lab {
    async fn bars_history(
        &self,
        _: &Call,
        request: types::BarsHistoryRequest,
    ) -> Result<types::BarsHistoryResult, Refusal> {
        self.note(format!("history {}", *request.symbol));
        let mut bars = Vec::new();
        match request.symbol.as_str() {
            "REFUSED" => return Err(Refusal::new(ErrorCode::UnknownSymbol, "no such symbol")),
            "PANICS" => panic!("bars_history panics, as the test wants"),
            "HANGS" => self.pass_gate().await,
            "MANY" => bars.extend((0..5_000).map(|n| types::OhlcvBar {
                time: types::UnixMillis(1_362_153_473_466 + n),
                open: types::MarketPrice(436.63),
                high: types::MarketPrice(436.63),
                low: types::MarketPrice(436.63),
                close: types::MarketPrice(436.63),
                volume: types::MarketQuantity(13_900.0),
            })),
            "NONSENSE" => bars.push(types::OhlcvBar {
                time: types::UnixMillis(0),
                open: types::MarketPrice(-1.0),
                high: types::MarketPrice(1.0),
                low: types::MarketPrice(1.0),
                close: types::MarketPrice(1.0),
                volume: types::MarketQuantity(1.0),
            }),
            _ => {}
        }
        Ok(types::BarsHistoryResult {
            symbol: request.symbol,
            resolution: request.resolution,
            bars,
            more: types::MoreFlag(false),
        })
    }

    async fn symbols_search(
        &self,
        _: &Call,
        _: types::SymbolsSearchRequest,
    ) -> Result<types::SymbolsSearchResult, Refusal> {
        Ok(types::SymbolsSearchResult {
            symbols: Vec::new(),
        })
    }

    async fn symbols_resolve(
        &self,
        _: &Call,
        _: types::SymbolsResolveRequest,
    ) -> Result<types::SymbolInfo, Refusal> {
        Err(Refusal::new(ErrorCode::UnknownSymbol, "no such symbol"))
    }
}

/// A trade; its price tells it from others.
pub fn trade(symbol: &str, price: f64) -> types::TradeUpdate {
    types::TradeUpdate {
        symbol: symbol.parse().unwrap(),
        time: types::UnixMillis(0),
        price: types::MarketPrice(price),
        size: types::MarketQuantity(1.0),
        side: types::AggressorSide::Buy,
    }
}

/// A quote; its bid tells it from others.
pub fn quote(symbol: &str, bid: f64) -> types::QuoteUpdate {
    types::QuoteUpdate {
        symbol: symbol.parse().unwrap(),
        time: types::UnixMillis(0),
        bid: types::MarketPrice(bid),
        bid_size: types::MarketQuantity(1.0),
        ask: types::MarketPrice(bid + 1.0),
        ask_size: types::MarketQuantity(1.0),
    }
}

/// Compiling the contract takes longer than most tests.
pub static PROTOCOL: LazyLock<Arc<Protocol>> = LazyLock::new(protocol);

fn protocol() -> Arc<Protocol> {
    protocol_of(CONTRACT)
}

fn protocol_of(text: &str) -> Arc<Protocol> {
    let contract = tickwire_spec::load("asyncapi.yaml", text).expect("the contract is sound");
    Arc::new(Protocol::new(contract).unwrap())
}

/// The limits that a server has when nothing is configured.
pub fn limits() -> SessionLimits {
    SessionLimits {
        max_frame_bytes: 65_536,
        max_subscriptions: 1_024,
        max_invalid_frames: 10,
        max_requests_in_flight: 32,
        max_outbox_bytes: 1_048_576,
        max_frames_per_second: 1_000,
        max_age: Duration::from_secs(3_600),
        auth_timeout: Duration::from_secs(5),
        max_outbox_age: Duration::from_secs(30),
    }
}

/// Takes tokens that are signed by the tests' secret.
fn auth() -> Auth {
    let rules = Rules {
        algorithms: vec![Algorithm::HS256],
        ..Rules::default()
    };
    let secret = Secret::new(SECRET.as_bytes()).unwrap();
    let verifier = Verifier::new(rules, Some(&secret), None);
    Auth::new(verifier, Access::default(), 10)
}

/// What is enough for everybody.
pub const PLENTY: QuotaLimits = QuotaLimits {
    connections: 1_000,
    subscriptions: 1_000_000,
    frames_per_second: 1_000_000,
};

/// The module's linger in these tests.
pub const LINGER: Duration = Duration::from_secs(10);

/// A server around a [`Lab`]. Connections are pipes in memory, so that time can be paused.
pub struct Bench {
    /// The module.
    pub lab: Arc<Lab>,
    /// What it is mounted in.
    pub services: Arc<Services>,
    limits: Arc<SessionLimits>,
    timing: Timing,
    /// Those that are open.
    pub connections: Arc<Connections>,
}

impl Bench {
    /// With default limits.
    pub fn new() -> Self {
        Self::with(limits())
    }

    /// With these limits.
    pub fn with(limits: SessionLimits) -> Self {
        Self::around(Arc::clone(&PROTOCOL), limits, (PLENTY, PLENTY))
    }

    /// With this much for an address, and for a user.
    pub fn sharing(of_address: QuotaLimits, of_user: QuotaLimits) -> Self {
        Self::around(Arc::clone(&PROTOCOL), limits(), (of_address, of_user))
    }

    /// With metrics that count nothing but what happens here.
    pub fn counting() -> Self {
        Self::around(protocol(), limits(), (PLENTY, PLENTY))
    }

    /// With topics that are not everybody's.
    pub fn guarded() -> Self {
        Self::around(protocol_of(&guarded_contract()), limits(), (PLENTY, PLENTY))
    }

    fn around(
        protocol: Arc<Protocol>,
        limits: SessionLimits,
        quotas: (QuotaLimits, QuotaLimits),
    ) -> Self {
        let lab = Lab::new();
        let mut handlers = Handlers::default();
        api::mount_datafeed(Arc::clone(&lab), &mut handlers);
        let producers = handlers.take_producers();
        Self::assemble(protocol, lab, handlers, producers, limits, quotas)
    }

    /// With what is mounted here instead of the module.
    pub fn mounted(mut handlers: Handlers) -> Self {
        let producers = handlers.take_producers();
        Self::assemble(
            Arc::clone(&PROTOCOL),
            Lab::new(),
            handlers,
            producers,
            limits(),
            (PLENTY, PLENTY),
        )
    }

    /// With another contract, and these makers of updates instead of the module.
    pub fn with_protocol(protocol: Arc<Protocol>, producers: Producers) -> Self {
        Self::assemble(
            protocol,
            Lab::new(),
            Handlers::default(),
            producers,
            limits(),
            (PLENTY, PLENTY),
        )
    }

    fn assemble(
        protocol: Arc<Protocol>,
        lab: Arc<Lab>,
        handlers: Handlers,
        producers: Producers,
        limits: SessionLimits,
        quotas: (QuotaLimits, QuotaLimits),
    ) -> Self {
        let config = HubConfig {
            linger: LINGER,
            publish_linger: LINGER,
            max_topics: 1000,
        };
        let hub = Hub::new(Arc::clone(&protocol), producers, config);
        Self {
            lab,
            services: Arc::new(Services {
                protocol,
                handlers,
                hub,
                auth: Arc::new(auth()),
                quotas: Quotas::new(quotas.0, quotas.1),
            }),
            limits: Arc::new(limits),
            timing: Timing {
                heartbeat: Duration::from_secs(30),
                close: Duration::from_secs(5),
                stall: Duration::from_secs(30),
            },
            connections: Connections::new(1_000),
        }
    }

    /// A client that has been welcomed.
    pub async fn client(&self) -> Client {
        let (mut client, _) = self.connect().await;
        client.expect("welcome").await;
        client
    }

    /// A client, and how its connection ends.
    pub async fn connect(&self) -> (Client, JoinHandle<CloseCode>) {
        self.connect_as(Arc::new(Principal::Anonymous)).await
    }

    /// The same of somebody who has shown a token.
    pub async fn connect_as(&self, principal: Arc<Principal>) -> (Client, JoinHandle<CloseCode>) {
        let limits = SessionLimits::clone(&self.limits);
        let (pipe, task) = self.pipe_of(principal, 64 * 1024, limits).await;
        let pipe: Box<dyn Io> = Box::new(pipe);
        let socket = WebSocketStream::from_raw_socket(pipe, Role::Client, None).await;
        (Client::new(socket), task)
    }

    /// The client's end of a connection through a pipe that holds this many bytes.
    pub async fn pipe(&self, bytes: usize) -> (tokio::io::DuplexStream, JoinHandle<CloseCode>) {
        self.pipe_within(bytes, SessionLimits::clone(&self.limits))
            .await
    }

    /// The same with limits of its own.
    pub async fn pipe_within(
        &self,
        bytes: usize,
        limits: SessionLimits,
    ) -> (tokio::io::DuplexStream, JoinHandle<CloseCode>) {
        self.pipe_of(Arc::new(Principal::Anonymous), bytes, limits)
            .await
    }

    async fn pipe_of(
        &self,
        principal: Arc<Principal>,
        bytes: usize,
        limits: SessionLimits,
    ) -> (tokio::io::DuplexStream, JoinHandle<CloseCode>) {
        let (ours, theirs) = tokio::io::duplex(bytes);
        let id = Uuid::new_v4();
        let admission = self.connections.admit(id).expect("there is room");
        let address = std::net::Ipv4Addr::LOCALHOST.into();
        let trail = Trail::new(Audit::default(), address, Some(id));
        let mut session = Session::new(
            Arc::clone(&self.services.protocol),
            Arc::new(limits.clone()),
            Caller {
                auth: Arc::clone(&self.services.auth),
                principal,
                share: Share::new(&self.services.quotas, address),
                trail,
            },
            self.services.hub.outbox(OutboxConfig {
                max_bytes: limits.max_outbox_bytes,
                max_age: limits.max_outbox_age,
                encoding: Encoding::default(),
            }),
            id,
            Utc::now(),
        );
        session.enter().expect("there is room");
        session.welcome(self.timing.heartbeat, Utc::now());
        admission.reach(session.outbox());
        let connection = Connection::new(
            Transport::other(theirs),
            Bytes::new(),
            session,
            Arc::clone(&self.services),
            self.timing,
            self.connections.stop.clone(),
        );
        let task = tokio::spawn(async move {
            let code = connection.run(None).await;
            drop(admission);
            code
        });
        (ours, task)
    }

    /// The same services over HTTP, on a free port.
    pub async fn listen(&self) -> std::net::SocketAddr {
        self.serve().await.0
    }

    /// The same, with its end.
    pub async fn serve(&self) -> (std::net::SocketAddr, JoinHandle<()>) {
        self.serve_by(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    /// The same, by this listener.
    pub fn serve_by(&self, listener: TcpListener) -> (std::net::SocketAddr, JoinHandle<()>) {
        let server = self.server();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(tickwire::http::serve(listener, server));
        (address, task)
    }

    /// The operators' routes of the same services, on a free port.
    pub async fn listen_admin(&self) -> std::net::SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(tickwire::http::serve_admin(listener, self.server()));
        address
    }

    fn server(&self) -> Arc<tickwire::http::Server> {
        Arc::new(tickwire::http::Server {
            documents: Documents::new(&self.services.protocol),
            services: Arc::clone(&self.services),
            connections: Arc::clone(&self.connections),
            limits: Arc::clone(&self.limits),
            timing: self.timing,
            edge: Edge::default(),
            audit: Audit::default(),
            tls: None,
            http: HttpLimits {
                max_connections: 100,
                max_header_bytes: 16_384,
                handshake: Duration::from_secs(10),
                keep_alive: Duration::from_secs(60),
            },
            allows_query_token: false,
            compression: None,
            faults: None,
        })
    }

    /// Topics that exist and how many are interested in them.
    pub fn counts(&self) -> (usize, usize) {
        let stats = self.services.hub.stats();
        (stats.topics, stats.interest)
    }
}
