//! A made-up market of any size, for load tests.
//!
//! Symbols `SYN0001`, `SYN0002`, … trade around the clock, in real time. A price is a sum of value
//! noise: random numbers on lattices of 1, 4, 16, … 1024 days, interpolated, the coarser the wider.
//! So any day since 2000 can be computed from the seed alone, without walking there, and its
//! minutes and trades follow by the same reconstruction that the replay uses.

mod noise;

use std::sync::Arc;

use chrono::NaiveDate;

use noise::Noise;

use crate::{
    Bar, Clock, HistoryQuery, Kind, MarketTime, Source, SourceError, SymbolInfo, TickStream,
    book::Book,
    rng::{Rng, name_seed},
    series::Series,
    units::Units,
};

/// How large a market.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntheticConfig {
    /// How many symbols, 1 to [`MOST_SYMBOLS`]. Default 100.
    pub symbols: u32,
    /// Trades per second of all symbols together. Default 1,000. A symbol's share must be between
    /// 4 a minute (fewer cannot reach a minute's open, high, low and close) and
    /// [`MOST_TICKS_PER_SECOND`].
    pub rate: f64,
    /// What the clock shows at the beginning, usually the present. Default 2026-01-01 00:00 UTC,
    /// so that tests repeat.
    pub start: MarketTime,
    /// Another seed gives another market.
    pub seed: u64,
}

/// Most symbols of a synthetic market.
pub const MOST_SYMBOLS: u32 = 100_000;

/// Most trades per second of one symbol: joining late computes the current minute's, and six
/// million are the most that is bearable.
pub const MOST_TICKS_PER_SECOND: f64 = 100_000.0;

/// The first day of every synthetic market.
const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date");

impl Default for SyntheticConfig {
    fn default() -> Self {
        // 2026-01-01T00:00:00Z.
        let start = MarketTime::from_millis(1_767_225_600_000);
        Self {
            symbols: 100,
            rate: 1_000.0,
            start,
            seed: 1,
        }
    }
}

/// Why a synthetic market cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SyntheticError {
    /// None, or more than memory should be spent on.
    #[error("a synthetic market has 1 to {MOST_SYMBOLS} symbols, not {0}")]
    Symbols(u32),
    /// Out of bounds for the number of symbols.
    #[error("{symbols} symbols together trade {least:.1} to {most:.0} times a second, not {rate}")]
    Rate {
        /// The rate asked for.
        rate: f64,
        /// For so many symbols.
        symbols: u32,
        /// The lowest that is possible.
        least: f64,
        /// The highest.
        most: f64,
    },
    /// Outside of the years that a synthetic market has.
    #[error("a synthetic market starts between 2000-01-02 and 9999-12-31, not at {0}")]
    Start(MarketTime),
}

/// A synthetic market. See the [module](self).
pub struct Synthetic {
    book: Book,
    clock: Clock,
}

impl Synthetic {
    /// Makes the market; it costs nothing until something is asked of it.
    ///
    /// # Errors
    /// A number is out of bounds.
    pub fn new(config: &SyntheticConfig) -> Result<Self, SyntheticError> {
        let &SyntheticConfig {
            symbols,
            rate,
            start,
            seed,
        } = config;
        if !(1..=MOST_SYMBOLS).contains(&symbols) {
            return Err(SyntheticError::Symbols(symbols));
        }
        let (least, most) = (4.0 / 60.0, MOST_TICKS_PER_SECOND);
        let (least, most) = (least * f64::from(symbols), most * f64::from(symbols));
        if !(least..=most).contains(&rate) {
            return Err(SyntheticError::Rate {
                rate,
                symbols,
                least,
                most,
            });
        }
        let first = MarketTime::midnight(FIRST);
        let year_10000 = MarketTime::from_millis(253_402_300_800_000);
        if start < first.plus_millis(86_400_000) || start >= year_10000 {
            return Err(SyntheticError::Start(start));
        }
        // Rounded up, so that four a minute never becomes three.
        let per_minute = (rate * 60e6 / f64::from(symbols)).ceil() as u64;
        let entries = (1..=symbols).map(|number| {
            let symbol = format!("SYN{number:04}");
            let seed = Rng::new(&[seed, name_seed(&symbol)]).next();
            let series: Arc<dyn Series> = Arc::new(Noise::new(seed, per_minute));
            let info = SymbolInfo {
                description: format!("Synthetic {number}"),
                symbol,
                exchange: String::new(),
                kind: Kind::Synthetic,
                currency: "USD".to_owned(),
                session: *series.session(),
                price_decimals: UNITS.price_decimals,
                size_decimals: UNITS.size_scale,
                lot: UNITS.size(UNITS.lot),
                first,
                last: None,
                splits: Vec::new(),
                source: "synthetic: computed from a seed, no real market".to_owned(),
            };
            (info, series)
        });
        Ok(Self {
            book: Book::new(entries.collect()),
            clock: Clock::real_time(start),
        })
    }
}

const UNITS: Units = Units {
    price_scale: 2,
    price_decimals: 2,
    size_scale: 0,
    increment: 1,
    lot: 1,
};

impl Source for Synthetic {
    fn symbols(&self) -> &[SymbolInfo] {
        self.book.symbols()
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn history(&self, query: &HistoryQuery) -> Result<Vec<Bar>, SourceError> {
        self.book.history(query)
    }

    fn ticks(&self, symbol: &str, after: MarketTime) -> Result<TickStream, SourceError> {
        self.book.ticks(symbol, after)
    }

    fn symbol(&self, symbol: &str) -> Result<&SymbolInfo, SourceError> {
        self.book.symbol(symbol)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds() {
        let check = |change: fn(&mut SyntheticConfig), expected: &str| {
            let mut config = SyntheticConfig::default();
            change(&mut config);
            let error = Synthetic::new(&config).err().expect("refused");
            assert!(error.to_string().contains(expected), "{error}");
        };
        check(|c| c.symbols = 0, "1 to 100000 symbols, not 0");
        check(
            |c| c.rate = 6.0,
            "100 symbols together trade 6.7 to 10000000 times a second, not 6",
        );
        check(|c| c.rate = f64::NAN, "not NaN");
        check(|c| c.rate = 2e7, "not 20000000");
        check(|c| c.start = MarketTime::from_millis(0), "not at 1970");
        check(
            |c| c.start = MarketTime::from_millis(i64::MAX),
            "between 2000-01-02",
        );
    }
}
