//! One symbol's order book, kept for its topic.

use tickwire_market::{Depth, OrderBook, SymbolInfo, Tick};

use super::convert;
use crate::api::topic::Orderbook;
use crate::hub::PublishError;
use crate::service::Publisher;

/// The book as its subscribers have it, and where its changes go.
pub(super) struct LiveBook {
    publisher: Publisher<Orderbook>,
    depth: Depth,
    published: OrderBook,
}

impl LiveBook {
    /// A book of which nobody knows anything yet.
    pub(super) fn new(publisher: Publisher<Orderbook>, info: &SymbolInfo) -> Self {
        Self {
            publisher,
            depth: Depth::new(info),
            published: OrderBook::default(),
        }
    }

    /// Publishes what a trade has changed.
    pub(super) fn publish(&mut self, symbol: &str, tick: &Tick) -> Result<(), PublishError> {
        let book = self.depth.book(tick);
        let changes = book.changes_since(&self.published);
        self.published = book;
        if changes.is_empty() {
            return Ok(());
        }
        let update = convert::book_update(symbol, tick.time, &changes);
        let snapshot = || convert::book_snapshot(symbol, tick.time, &self.published);
        self.publisher.publish_delta(&update, snapshot).map(drop)
    }

    /// Begins anew, in another epoch.
    pub(super) fn restart(&mut self, message: &str) {
        self.publisher.restart(message);
        self.published = OrderBook::default();
    }

    pub(super) fn end(&self, message: &str) {
        self.publisher.end(message);
    }
}
