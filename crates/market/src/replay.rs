//! Recorded history, played again: the default source.
//!
//! Recorded are the daily bars (`data/README.md`); what happens inside a day is a reconstruction.
//! A seeded path leads from the real open through the real high and low to the real close, in
//! about six trades a minute whose sizes sum to exactly the real volume, more of it at the ends of
//! the day than in its middle. Prices between the four real ones are whole cents. So a `D` bar is
//! the real one to the last digit, and every intraday bar is made up, but the same for everyone
//! with the same seed.
//!
//! Prices are as traded: not adjusted for splits, which [`SymbolInfo::splits`] lists. An early
//! close is not in the recording, so such a day is played over a full session.

mod recorded;

use std::{sync::Arc, time::Duration};

use chrono::NaiveDate;

use crate::{
    Bar, Clock, HistoryQuery, Kind, MarketTime, Session, Source, SourceError, SymbolInfo,
    TickStream,
    book::Book,
    clock::Pace,
    days::Days,
    reconstruct::{Density, Reconstruction},
    rng::{Rng, name_seed},
    series::Series,
    units::Units,
};

/// How to replay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayConfig {
    /// The first day to play; if nothing traded on it, the next day on which something did.
    /// Default 2009-01-02: history then holds the real 2008, and back to 2000.
    pub start: NaiveDate,
    /// How long a trading day takes. Default 60 s. Nights and weekends take no time.
    pub day: Duration,
    /// Another seed gives other paths through the same days.
    pub seed: u64,
}

impl Default for ReplayConfig {
    fn default() -> Self {
        Self {
            start: NaiveDate::from_ymd_opt(2009, 1, 2).unwrap_or_default(),
            day: Duration::from_secs(60),
            seed: 1,
        }
    }
}

/// Why a replay cannot start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// Nothing is recorded from that day on.
    #[error("the recorded days are {first} to {last}: a replay cannot start on {start}")]
    NoSuchDay {
        /// The day asked for.
        start: NaiveDate,
        /// The first recorded day.
        first: NaiveDate,
        /// The last recorded day.
        last: NaiveDate,
    },
    /// Faster than a market millisecond in a nanosecond, or slower than a year per day.
    #[error("a trading day cannot be played in {0:?}: 1 s to 1 year")]
    DayLength(Duration),
}

/// A replay of the recorded days. See the [module](self).
pub struct Replay {
    book: Book,
    clock: Clock,
}

impl Replay {
    /// Reads the recording; a few milliseconds.
    ///
    /// # Errors
    /// The start lies outside of the recording, or the pace is out of bounds.
    pub fn new(config: &ReplayConfig) -> Result<Self, ReplayError> {
        let session = Session::us_stocks();
        let mut dates = Vec::new();
        let mut entries = Vec::new();
        for recording in &recorded::RECORDINGS {
            let days = recording.days();
            dates.extend(days.iter().map(|(date, _)| *date));
            let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else {
                continue;
            };
            let info = SymbolInfo {
                symbol: recording.symbol.to_owned(),
                description: recording.description.to_owned(),
                exchange: recording.exchange.to_owned(),
                kind: Kind::Stock,
                currency: "USD".to_owned(),
                session,
                price_decimals: UNITS.price_decimals,
                size_decimals: UNITS.size_scale,
                lot: UNITS.size(UNITS.lot),
                first: session.day(*first).open,
                last: Some(session.day(*last).close),
                splits: recording.splits(),
                source: SOURCE.to_owned(),
            };
            let seed = Rng::new(&[config.seed, name_seed(recording.symbol)]).next();
            let reconstruction = Reconstruction {
                units: UNITS,
                seed,
                density: Density::Recorded,
            };
            let series: Arc<dyn Series> = Arc::new(Days {
                session,
                reconstruction,
                days,
            });
            entries.push((info, series));
        }
        dates.sort_unstable();
        dates.dedup();
        let clock = clock(config, session, &dates)?;
        Ok(Self {
            book: Book::new(entries),
            clock,
        })
    }
}

const SOURCE: &str = "daily bars: Quandl WIKI Prices (public domain), as traded, not adjusted for \
                      splits; inside a day: reconstruction";

const UNITS: Units = Units {
    price_scale: recorded::PRICE_SCALE,
    price_decimals: 2,
    size_scale: 0,
    increment: 100,
    lot: 100,
};

fn clock(
    config: &ReplayConfig,
    session: Session,
    dates: &[NaiveDate],
) -> Result<Clock, ReplayError> {
    let (Some(&first), Some(&last)) = (dates.first(), dates.last()) else {
        unreachable!("there is a recording");
    };
    if !(first..=last).contains(&config.start) {
        return Err(ReplayError::NoSuchDay {
            start: config.start,
            first,
            last,
        });
    }
    let year = Duration::from_secs(365 * 86_400);
    if !(Duration::from_secs(1)..=year).contains(&config.day) {
        return Err(ReplayError::DayLength(config.day));
    }
    let pace = Pace {
        market_millis: u64::from(session.minutes()) * 60_000,
        real_nanos: u64::try_from(config.day.as_nanos()).expect("a year has 10^16.5 ns"),
    };
    let days = dates
        .iter()
        .filter(|date| **date >= config.start)
        .map(|date| session.day(*date));
    Ok(Clock::new(days.map(|day| (day.open, day.close)), pace))
}

impl Source for Replay {
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
