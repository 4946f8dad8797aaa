//! One symbol's ticks, as they become due, to all of its topics.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use tickwire_market::{Moment, Resolution, Step};
use tokio::task::JoinHandle;

use super::book::LiveBook;
use super::{Announce, Market, convert};
use crate::api::topic::{Bars, Quotes, Trades};
use crate::hub::PublishError;
use crate::service::Publisher;

/// The task that feeds one symbol's topics. Dropping it stops it.
pub(super) struct Feed {
    sinks: Arc<Mutex<Sinks>>,
    task: JoinHandle<()>,
}

/// Where one symbol's updates go.
#[derive(Default)]
pub(super) struct Sinks {
    pub(super) bars: HashMap<Resolution, Publisher<Bars>>,
    pub(super) quotes: Option<Publisher<Quotes>>,
    pub(super) trades: Option<Publisher<Trades>>,
    pub(super) orderbook: Option<LiveBook>,
    /// Whether the feed has failed: it feeds nobody any more.
    pub(super) failed: bool,
}

impl Feed {
    pub(super) fn start(market: Arc<Market>, symbol: String) -> Self {
        let sinks = Arc::new(Mutex::new(Sinks::default()));
        let fed = Arc::clone(&sinks);
        let task = tokio::spawn(async move {
            let running = AssertUnwindSafe(run(&market, &symbol, &fed));
            // Else its subscribers would wait for ever.
            let failure = match running.catch_unwind().await {
                Ok(failure) => failure,
                Err(_) => "it panicked".to_owned(),
            };
            tracing::error!(symbol, failure, "a feed ended");
            lock(&fed).fail("its source failed");
        });
        Self { sinks, task }
    }

    pub(super) fn sinks(&self) -> MutexGuard<'_, Sinks> {
        lock(&self.sinks)
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Sinks {
    pub(super) fn is_empty(&self) -> bool {
        self.bars.is_empty()
            && self.quotes.is_none()
            && self.trades.is_none()
            && self.orderbook.is_none()
    }

    fn publish(&mut self, symbol: &str, step: &Step<'_>) {
        for update in step.bars {
            if let Some(publisher) = self.bars.get(&update.resolution) {
                settle(publisher.publish(&convert::bar_update(symbol, update)));
            }
        }
        let Some(tick) = &step.tick else { return };
        if let Some(publisher) = &self.quotes {
            settle(publisher.publish(&convert::quote_update(symbol, tick)));
        }
        if let Some(publisher) = &self.trades {
            settle(publisher.publish(&convert::trade_update(symbol, tick)));
        }
        if let Some(book) = &mut self.orderbook {
            settle(book.publish(symbol, tick));
        }
    }

    fn restart(&mut self, message: &str) {
        self.bars
            .values()
            .for_each(|publisher| publisher.restart(message));
        self.quotes
            .iter()
            .for_each(|publisher| publisher.restart(message));
        self.trades
            .iter()
            .for_each(|publisher| publisher.restart(message));
        self.orderbook
            .iter_mut()
            .for_each(|book| book.restart(message));
    }

    fn fail(&mut self, message: &str) {
        self.failed = true;
        self.bars
            .values()
            .for_each(|publisher| publisher.end(message));
        self.quotes
            .iter()
            .for_each(|publisher| publisher.end(message));
        self.trades
            .iter()
            .for_each(|publisher| publisher.end(message));
        self.orderbook.iter().for_each(|book| book.end(message));
    }
}

/// Neither way to fail needs anything done: a closed topic is about to be removed from the sinks,
/// and the hub has logged a violation.
fn settle<P>(published: Result<P, PublishError>) {
    if let Err(error) = published {
        tracing::trace!(%error, "update not published");
    }
}

/// Feeds until it is stopped, or says why it cannot. When the recorded data end, it waits for the
/// clock's next lap and begins the streams anew.
async fn run(market: &Arc<Market>, symbol: &str, sinks: &Mutex<Sinks>) -> String {
    let clock = market.source.clock();
    let mut now = clock.at(market.started.elapsed());
    loop {
        // Computing the state of the day so far takes some milliseconds.
        let (source, name) = (Arc::clone(market), symbol.to_owned());
        let opened = tokio::task::spawn_blocking(move || {
            tickwire_market::Feed::at(&*source.source, &name, now.time)
        });
        let mut feed = match opened.await {
            Ok(Ok(feed)) => feed,
            Ok(Err(error)) => return error.to_string(),
            Err(error) => return error.to_string(),
        };
        while let Some(time) = feed.next_time() {
            let due = clock.due(Moment { lap: now.lap, time });
            tokio::time::sleep_until(market.started + due).await;
            if let Some(step) = feed.step() {
                lock(sinks).publish(symbol, &step);
            }
        }
        now = Moment {
            lap: now.lap + 1,
            time: clock.start(),
        };
        tokio::time::sleep_until(market.started + clock.due(now)).await;
        lock(sinks).restart(STARTS_OVER);
        // Before the first tick, so that it is not skipped.
        now.time = now.time.plus_millis(-1);
    }
}

const STARTS_OVER: &str = "the recorded market reached its end and starts over";

/// Tells everyone each time the recorded data start over.
pub(super) async fn announce_laps(market: Arc<Market>, announce: Announce) {
    let clock = market.source.clock();
    let mut next = clock.at(market.started.elapsed()).lap + 1;
    loop {
        let start = Moment {
            lap: next,
            time: clock.start(),
        };
        tokio::time::sleep_until(market.started + clock.due(start)).await;
        announce("replay_restarted", STARTS_OVER);
        next += 1;
    }
}

fn lock(sinks: &Mutex<Sinks>) -> MutexGuard<'_, Sinks> {
    sinks.lock().unwrap_or_else(PoisonError::into_inner)
}
