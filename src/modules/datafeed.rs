//! Market data: bars, quotes, trades and order books as topics, history and symbols by request.
//!
//! All topics of a symbol are fed by one task from one stream of ticks (`feed`), which starts with
//! the first of them and stops with the last, so bars of all resolutions, quotes, trades and the
//! order book agree.

mod book;
mod convert;
mod feed;
mod history;
mod symbols;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tickwire_market::{Resolution, Source, SourceError};
use tokio::time::Instant;

use crate::api::topic::{Bars, Orderbook, Quotes, Trades};
use crate::api::{self, types};
use crate::service::{Call, ErrorCode, Publisher, Refusal, TopicSource};
use book::LiveBook;
use feed::{Feed, Sinks};

/// Says something to everyone who is connected: a code for programs, a text for people.
pub type Announce = Arc<dyn Fn(&str, &str) + Send + Sync>;

/// The module. It lives as long as the process; its clock starts when it is made.
pub struct Datafeed {
    market: Arc<Market>,
    feeds: Mutex<HashMap<String, Feed>>,
    laps: tokio::task::JoinHandle<()>,
}

/// A source of market data with the moment at which its clock started.
pub(crate) struct Market {
    pub(crate) source: Box<dyn Source>,
    pub(crate) started: Instant,
}

impl Datafeed {
    /// A module over a source. `announce` is told when recorded data start over.
    ///
    /// # Panics
    /// Outside of a Tokio runtime.
    pub fn new(source: Box<dyn Source>, announce: Announce) -> Arc<Self> {
        let market = Arc::new(Market {
            source,
            started: Instant::now(),
        });
        let laps = tokio::spawn(feed::announce_laps(Arc::clone(&market), announce));
        Arc::new(Self {
            market,
            feeds: Mutex::default(),
            laps,
        })
    }

    /// Adds a topic to its symbol's feed, which starts with the first.
    fn join(&self, symbol: &str, add: impl FnOnce(&mut Sinks)) -> Result<(), Refusal> {
        self.market.source.symbol(symbol).map_err(refusal)?;
        let mut feeds = self.feeds();
        // Until the last of its topics has left, a feed that failed is still here.
        if feeds.get(symbol).is_some_and(|feed| feed.sinks().failed) {
            feeds.remove(symbol);
        }
        let feed = feeds
            .entry(symbol.to_owned())
            .or_insert_with(|| Feed::start(Arc::clone(&self.market), symbol.to_owned()));
        add(&mut feed.sinks());
        Ok(())
    }

    /// Takes a topic from its symbol's feed, which stops with the last.
    fn leave(&self, symbol: &str, remove: impl FnOnce(&mut Sinks)) {
        let mut feeds = self.feeds();
        if let Some(feed) = feeds.get(symbol) {
            let unused = {
                let mut sinks = feed.sinks();
                remove(&mut sinks);
                sinks.is_empty()
            };
            if unused {
                feeds.remove(symbol);
            }
        }
    }

    fn feeds(&self) -> MutexGuard<'_, HashMap<String, Feed>> {
        self.feeds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Datafeed {
    fn drop(&mut self) {
        self.laps.abort();
    }
}

impl TopicSource<Bars> for Datafeed {
    async fn create_topic(&self, topic: Bars, publisher: Publisher<Bars>) -> Result<(), Refusal> {
        let resolution = convert::resolution(topic.resolution);
        self.join(&topic.symbol, |sinks| {
            sinks.bars.insert(resolution, publisher);
        })
    }

    async fn remove_topic(&self, topic: Bars) {
        let resolution = convert::resolution(topic.resolution);
        self.leave(&topic.symbol, |sinks| {
            sinks.bars.remove(&resolution);
        });
    }
}

impl TopicSource<Quotes> for Datafeed {
    async fn create_topic(
        &self,
        topic: Quotes,
        publisher: Publisher<Quotes>,
    ) -> Result<(), Refusal> {
        self.join(&topic.symbol, |sinks| sinks.quotes = Some(publisher))
    }

    async fn remove_topic(&self, topic: Quotes) {
        self.leave(&topic.symbol, |sinks| sinks.quotes = None);
    }
}

impl TopicSource<Trades> for Datafeed {
    async fn create_topic(
        &self,
        topic: Trades,
        publisher: Publisher<Trades>,
    ) -> Result<(), Refusal> {
        self.join(&topic.symbol, |sinks| sinks.trades = Some(publisher))
    }

    async fn remove_topic(&self, topic: Trades) {
        self.leave(&topic.symbol, |sinks| sinks.trades = None);
    }
}

impl TopicSource<Orderbook> for Datafeed {
    async fn create_topic(
        &self,
        topic: Orderbook,
        publisher: Publisher<Orderbook>,
    ) -> Result<(), Refusal> {
        let info = self.market.source.symbol(&topic.symbol).map_err(refusal)?;
        let book = LiveBook::new(publisher, info);
        self.join(&topic.symbol, |sinks| sinks.orderbook = Some(book))
    }

    async fn remove_topic(&self, topic: Orderbook) {
        self.leave(&topic.symbol, |sinks| sinks.orderbook = None);
    }
}

impl api::Datafeed for Datafeed {
    async fn bars_history(
        &self,
        _: &Call,
        request: types::BarsHistoryRequest,
    ) -> Result<types::BarsHistoryResult, Refusal> {
        history::answer(Arc::clone(&self.market), request).await
    }

    async fn symbols_search(
        &self,
        _: &Call,
        request: types::SymbolsSearchRequest,
    ) -> Result<types::SymbolsSearchResult, Refusal> {
        symbols::search(self.market.source.symbols(), &request)
    }

    async fn symbols_resolve(
        &self,
        _: &Call,
        request: types::SymbolsResolveRequest,
    ) -> Result<types::SymbolInfo, Refusal> {
        let symbol = self
            .market
            .source
            .symbol(&request.symbol)
            .map_err(refusal)?;
        symbols::info(symbol, &Resolution::ALL)
    }
}

fn refusal(error: SourceError) -> Refusal {
    let code = match error {
        SourceError::UnknownSymbol { .. } => ErrorCode::UnknownSymbol,
        SourceError::EmptyRange { .. } => ErrorCode::InvalidRange,
    };
    Refusal::new(code, error.to_string())
}
