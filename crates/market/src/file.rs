//! A file given by the user: CSV or Parquet, bars or ticks.
//!
//! **Columns** are found by name, without case, blanks, `_` and `-`; others are ignored.
//! Bars have `time` (also `timestamp`, `date`, `datetime`, `unix`, `ts`), `open`, `high`, `low`,
//! `close` (or their first letters) and perhaps `volume`; ticks have a time, `price` (`last`) and
//! perhaps `size` (`qty`, `quantity`, `amount`, `volume`), `side`, `bid` and `ask`, `bid_size` and
//! `ask_size`. A `symbol` (`ticker`) column may tell symbols apart; without one the file's name is
//! the symbol, in capitals.
//!
//! **Times** are `2024-01-31`, `20240131`, `2024-01-31 09:30[:15[.250]]` (UTC), RFC 3339, or Unix
//! time, whose magnitude tells the unit: below 10^11 seconds, 10^14 milliseconds, 10^17
//! microseconds, else nanoseconds. They ascend per symbol; bars have no two alike.
//!
//! **Numbers** are read to 8 decimals. A bar's time is its open, its length the smallest distance
//! between two bars of a symbol: up to a day, and a part or multiple of a minute.
//!
//! **Trades** inside of bars are reconstructed as in [`replay`](crate::replay). So every
//! resolution can be had of every file: from the bars' own length upwards it shows what the file
//! says, below that what the seed made of it. A missing side follows from the price's direction
//! (the tick rule), a missing quote is made up around the price. A bar with less volume than
//! trades has trades of size 0.
//!
//! **The session** is around the clock in UTC unless the configuration says otherwise; rows
//! outside of it are problems.

mod build;
mod cell;
mod check;
mod collect;
mod config;
mod csv;
mod layout;
mod parquet;
mod problem;
mod scale;
mod series;

use std::{collections::BTreeMap, fs::File, io::Read as _, path::Path, time::Duration};

use chrono::NaiveDate;

use crate::{
    Bar, Clock, HistoryQuery, Kind, MarketTime, Source, SourceError, SymbolInfo, TickStream,
    book::Book, clock::Pace,
};
use build::{Built, Content};
use collect::Collect;
pub use config::{FileConfig, FileError};
pub use problem::{Column, Problem, Problems};

/// A file's market. See the [module](self).
pub struct FileSource {
    book: Book,
    clock: Clock,
}

impl FileSource {
    /// Reads a file into memory, which blocks.
    ///
    /// # Errors
    /// It cannot be read, is too large, or there are problems with its content.
    pub fn open(path: &Path, config: &FileConfig) -> Result<Self, FileError> {
        let file = path.display().to_string();
        let read = |source| FileError::Read {
            file: file.clone(),
            source,
        };
        let input = File::open(path).map_err(read)?;
        let mut bytes = Vec::new();
        // One byte more than allowed tells a file that is too large, also one that has no length.
        input
            .take(config.max_bytes.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(read)?;
        Self::from_bytes(&file, bytes, config)
    }

    /// As [`open`](Self::open), of what has been read already. `file` is its name, for messages
    /// and the symbol.
    ///
    /// # Errors
    /// As for `open`.
    pub fn from_bytes(file: &str, bytes: Vec<u8>, config: &FileConfig) -> Result<Self, FileError> {
        if bytes.len() as u64 > config.max_bytes {
            return Err(FileError::TooLarge {
                file: file.to_owned(),
                limit: config.max_bytes,
            });
        }
        let mut problems = Problems::new(file);
        let symbol = symbol_of(file);
        let collect = if bytes.starts_with(b"PAR1") {
            parquet::read(bytes, &symbol, config.max_rows, &mut problems).map_err(|source| {
                FileError::Parquet {
                    file: file.to_owned(),
                    source,
                }
            })?
        } else {
            csv::read(&bytes, &symbol, config.max_rows, &mut problems)
        };
        let Some(collect) = collect else {
            return Err(FileError::Problems(problems));
        };
        if collect.symbols.is_empty() && problems.count == 0 {
            problems.add(1, None, "no rows");
        }
        let content = build::content(&collect, &mut problems).filter(|_| problems.count == 0);
        let Some(content) = content else {
            return Err(FileError::Problems(problems));
        };
        let mut built = Vec::new();
        let Collect {
            layout, symbols, ..
        } = collect;
        for (symbol, read) in symbols {
            let kind = (content, &layout);
            let (session, seed) = (config.session, config.seed);
            built.extend(build::build(
                symbol,
                read,
                kind,
                session,
                seed,
                &mut problems,
            ));
        }
        if problems.count > 0 {
            return Err(FileError::Problems(problems));
        }
        let clock = clock(file, config, content, &built)?;
        let entries = built
            .into_iter()
            .map(|built| (info(file, content, &built), built.series));
        Ok(Self {
            book: Book::new(entries.collect()),
            clock,
        })
    }
}

/// `data/btc-usd.csv` is `BTC-USD`.
fn symbol_of(file: &str) -> String {
    let stem = Path::new(file)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_uppercase();
    let symbol = stem.chars().map(|char| {
        if cell::is_symbol(char.encode_utf8(&mut [0; 4])) {
            char
        } else {
            '-'
        }
    });
    symbol.take(32).collect()
}

fn info(file: &str, content: Content, built: &Built) -> SymbolInfo {
    let units = built.series.units();
    let session = *built.series.session();
    let rows = match content {
        Content::DailyBars => "daily bars; inside a day: reconstruction".to_owned(),
        Content::Bars(millis) => {
            format!(
                "bars of {} s; inside them: reconstruction",
                millis as f64 / 1e3
            )
        }
        Content::Ticks => "ticks".to_owned(),
    };
    let name = Path::new(file)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let day = |date: Option<&(NaiveDate, MarketTime, MarketTime)>| {
        date.map(|(date, ..)| session.day(*date))
    };
    SymbolInfo {
        description: built.symbol.clone(),
        symbol: built.symbol.clone(),
        exchange: String::new(),
        kind: Kind::Unknown,
        currency: String::new(),
        session,
        price_decimals: units.price_decimals,
        size_decimals: units.size_scale,
        lot: units.size(units.lot),
        first: day(built.spans.first()).map_or(MarketTime::from_millis(0), |day| day.open),
        last: day(built.spans.last()).map(|day| day.close),
        splits: Vec::new(),
        source: format!("file {name}, {rows}"),
    }
}

/// Plays each day from the first to the last row that a symbol has of it.
fn clock(
    file: &str,
    config: &FileConfig,
    content: Content,
    built: &[Built],
) -> Result<Clock, FileError> {
    let mut days: BTreeMap<NaiveDate, (MarketTime, MarketTime)> = BTreeMap::new();
    for (date, open, close) in built.iter().flat_map(|built| &built.spans) {
        let day = days.entry(*date).or_insert((*open, *close));
        *day = (day.0.min(*open), day.1.max(*close));
    }
    let dates: Vec<NaiveDate> = days.keys().copied().collect();
    let start = config.start.unwrap_or(dates[dates.len() / 2]);
    let (first, last) = (dates[0], dates[dates.len() - 1]);
    if !(first..=last).contains(&start) {
        return Err(FileError::NoSuchDay {
            file: file.to_owned(),
            start,
            first,
            last,
        });
    }
    let pace = match content {
        Content::DailyBars => {
            let year = Duration::from_secs(365 * 86_400);
            if !(Duration::from_secs(1)..=year).contains(&config.day) {
                return Err(FileError::Pace(format!("{:?} a day", config.day)));
            }
            Pace {
                market_millis: u64::from(config.session.minutes()) * 60_000,
                real_nanos: config.day.as_nanos() as u64,
            }
        }
        Content::Bars(_) | Content::Ticks => {
            if !(0.001..=100_000.0).contains(&config.speed) {
                return Err(FileError::Pace(format!("speed {}", config.speed)));
            }
            // Thousandths of real time's pace, exactly.
            let market_millis = (config.speed * 1e3).round() as u64;
            Pace {
                market_millis,
                real_nanos: 1_000_000_000,
            }
        }
    };
    Ok(Clock::new(days.range(start..).map(|(_, span)| *span), pace))
}

impl Source for FileSource {
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
