//! A source's symbols with their data: what all sources answer with.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::{
    Bar, HISTORY_LIMIT, HistoryQuery, MarketTime, Range, Resolution, SourceError, SymbolInfo,
    TickStream,
    series::{Minute, Series, Stream},
    units::RawBar,
};

/// Symbols and their series, in the same order, ascending by name.
pub(crate) struct Book {
    symbols: Vec<SymbolInfo>,
    series: Vec<Arc<dyn Series>>,
}

impl Book {
    pub(crate) fn new(mut entries: Vec<(SymbolInfo, Arc<dyn Series>)>) -> Self {
        entries.sort_by(|(a, _), (b, _)| a.symbol.cmp(&b.symbol));
        let (symbols, series) = entries.into_iter().unzip();
        Self { symbols, series }
    }

    pub(crate) fn symbols(&self) -> &[SymbolInfo] {
        &self.symbols
    }

    fn index(&self, symbol: &str) -> Result<usize, SourceError> {
        self.symbols
            .binary_search_by(|info| info.symbol.as_str().cmp(symbol))
            .map_err(|_| SourceError::UnknownSymbol {
                symbol: symbol.to_owned(),
            })
    }

    pub(crate) fn symbol(&self, symbol: &str) -> Result<&SymbolInfo, SourceError> {
        Ok(&self.symbols[self.index(symbol)?])
    }

    pub(crate) fn ticks(&self, symbol: &str, after: MarketTime) -> Result<TickStream, SourceError> {
        let series = Arc::clone(&self.series[self.index(symbol)?]);
        let units = *series.units();
        Ok(Box::new(
            Stream::after(series, after).map(move |raw| units.tick(&raw)),
        ))
    }

    pub(crate) fn history(&self, query: &HistoryQuery) -> Result<Vec<Bar>, SourceError> {
        let series = &self.series[self.index(&query.symbol)?];
        let (from, to, count) = match query.range {
            Range::Between { from, to } if from > to => {
                return Err(SourceError::EmptyRange { from, to });
            }
            Range::Between { from, to } => (from, to, HISTORY_LIMIT),
            Range::Last { count, to } => (
                MarketTime::from_millis(i64::MIN),
                to,
                count.min(HISTORY_LIMIT),
            ),
        };
        let wanted = Wanted {
            from,
            to,
            now: query.now,
        };
        let mut backwards = Backwards {
            series: series.as_ref(),
            resolution: query.resolution,
            date: Some(after(to.min(query.now))),
            minutes: Vec::new(),
            bars: Vec::new(),
        };
        // Backwards, so that a request for the latest bars does not pay for the years before.
        let mut found = Vec::with_capacity(count.min(1_024));
        while found.len() < count && backwards.previous_day(&wanted) {
            found.extend(backwards.bars.iter().rev().take(count - found.len()));
        }
        let units = series.units();
        Ok(found
            .iter()
            .rev()
            .map(|(time, raw)| units.bar(*time, raw))
            .collect())
    }
}

/// A date after that of every session which has begun by a moment: no timezone is a day ahead of
/// UTC.
fn after(time: MarketTime) -> NaiveDate {
    time.utc_date()
        .checked_add_days(Days::new(2))
        .unwrap_or(NaiveDate::MAX)
}

/// Which bars to return.
struct Wanted {
    from: MarketTime,
    to: MarketTime,
    now: MarketTime,
}

/// Goes through a series' trading days from the last to the first.
struct Backwards<'a> {
    series: &'a dyn Series,
    resolution: Resolution,
    /// The day seen last, or the first not to be seen.
    date: Option<NaiveDate>,
    minutes: Vec<Minute>,
    /// The day's wanted bars, ascending.
    bars: Vec<(MarketTime, RawBar)>,
}

impl Backwards<'_> {
    /// Fills `bars` from the day before; `false` when none before it can hold a wanted bar.
    fn previous_day(&mut self, wanted: &Wanted) -> bool {
        self.bars.clear();
        let Some(date) = self.date.and_then(|date| self.series.date_before(date)) else {
            return false;
        };
        self.date = Some(date);
        let day = self.series.session().day(date);
        if self.resolution == Resolution::Day {
            let time = MarketTime::midnight(date);
            if time < wanted.to && day.close <= wanted.now {
                self.bars
                    .extend(self.series.day(date).map(|bar| (time, bar)));
            }
            return time >= wanted.from;
        }
        if day.close <= wanted.from {
            return false;
        }
        if day.open >= wanted.to || day.open >= wanted.now {
            return true;
        }
        self.series.minutes(date, &mut self.minutes);
        let length = self.resolution.minutes().unwrap_or(1);
        for minutes in self
            .minutes
            .chunk_by(|a, b| a.index / length == b.index / length)
        {
            let (time, end) = self.resolution.bar_at(minutes[0].open(&day), &day);
            if time >= wanted.from && time < wanted.to && end <= wanted.now {
                let mut bar = minutes[0].bar;
                minutes[1..]
                    .iter()
                    .for_each(|minute| bar.merge(&minute.bar));
                self.bars.push((time, bar));
            }
        }
        true
    }
}
