//! Where market data come from.

use crate::{Bar, Clock, MarketTime, Resolution, SymbolInfo, Tick};

/// Most bars that one [`Source::history`] answers with.
pub const HISTORY_LIMIT: usize = 5_000;

/// A market: its symbols, its clock, its past and what comes next.
///
/// Everything is a pure function of the source (its data, configuration, seed) and of market
/// time; nothing here reads a clock, sleeps or blocks on I/O. Who asks late sees what those see
/// who have listened from the beginning. "By `now`" always means: trades with `time ≤ now`, bars
/// whose end is `≤ now`.
pub trait Source: Send + Sync {
    /// All symbols, ascending by name.
    fn symbols(&self) -> &[SymbolInfo];

    /// How the market's time, the same for all symbols, follows real time.
    fn clock(&self) -> &Clock;

    /// The bars closed by `query.now` that the query asks for, ascending, at most
    /// [`HISTORY_LIMIT`]; of more, the latest. It may compute for tens of milliseconds: call it
    /// where that does not hold others up.
    ///
    /// # Errors
    /// The symbol is unknown, or the range ends before it begins.
    fn history(&self, query: &HistoryQuery) -> Result<Vec<Bar>, SourceError>;

    /// The trades after a moment (`time > after`), in order, up to the end of the data. The
    /// stream is lazy and knows nothing of the clock: [`Clock::due`] says when each is due.
    ///
    /// # Errors
    /// The symbol is unknown.
    fn ticks(&self, symbol: &str, after: MarketTime) -> Result<TickStream, SourceError>;

    /// One symbol.
    ///
    /// # Errors
    /// The symbol is unknown.
    fn symbol(&self, symbol: &str) -> Result<&SymbolInfo, SourceError> {
        self.symbols()
            .iter()
            .find(|info| info.symbol == symbol)
            .ok_or_else(|| SourceError::UnknownSymbol {
                symbol: symbol.to_owned(),
            })
    }
}

/// Trades in order.
pub type TickStream = Box<dyn Iterator<Item = Tick> + Send>;

/// Which bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Whose.
    pub symbol: String,
    /// Of which length.
    pub resolution: Resolution,
    /// From when.
    pub range: Range,
    /// The market's time: bars not closed by then are left out.
    pub now: MarketTime,
}

/// Which bars, by their `time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// `from ≤ time < to`.
    Between {
        /// First.
        from: MarketTime,
        /// First not wanted.
        to: MarketTime,
    },
    /// The last `count` with `time < to`.
    Last {
        /// How many; more than [`HISTORY_LIMIT`] is that.
        count: usize,
        /// First not wanted.
        to: MarketTime,
    },
}

/// Why a source does not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// No such symbol here.
    #[error("no symbol '{symbol}'")]
    UnknownSymbol {
        /// The name asked for.
        symbol: String,
    },
    /// `from` lies after `to`.
    #[error("the range ends at {to}, before it begins at {from}")]
    EmptyRange {
        /// The range's begin.
        from: MarketTime,
        /// The range's end.
        to: MarketTime,
    },
}
