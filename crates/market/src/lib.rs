//! Market data: where they come from, and the bars made of them. No protocol, no sockets, no
//! waiting: time is passed in.
//!
//! A [`Source`] is one of three: [`Replay`] of recorded days, a [`FileSource`] given by the user,
//! or a [`Synthetic`] market for load tests. All it says is a pure function of its data, its seed
//! and market time. Three laws follow, and the tests of each source check them:
//!
//! - who joins late sees what those see who have listened from the beginning;
//! - history up to a moment and the live stream after it join without hole or overlap;
//! - a bar equals, at every moment, the merge of the finer bars inside it.
//!
//! ```
//! use std::time::Duration;
//! use tickwire_market::{
//!     Feed, HistoryQuery, Moment, Range, Replay, ReplayConfig, Resolution, Source,
//! };
//!
//! let source = Replay::new(&ReplayConfig::default())?;
//! let clock = source.clock();
//!
//! // Ten seconds after the start it is 10:35 in New York, on 2009-01-02.
//! let now = clock.at(Duration::from_secs(10));
//! assert_eq!(now.time.to_string(), "2009-01-02T15:35:00.000Z");
//!
//! // The past: the last recorded day of 2008.
//! let history = source.history(&HistoryQuery {
//!     symbol: "AAPL".to_owned(),
//!     resolution: Resolution::Day,
//!     range: Range::Last { count: 1, to: now.time },
//!     now: now.time,
//! })?;
//! assert_eq!(history[0].close.to_string(), "85.35");
//!
//! // What comes next, and when.
//! let mut feed = Feed::at(&source, "AAPL", now.time)?;
//! let time = feed.next_time().expect("the day is not over");
//! let due = clock.due(Moment { lap: now.lap, time });
//! assert!(due > Duration::from_secs(10) && due < Duration::from_secs(11));
//! let step = feed.step().expect("as announced");
//! assert_eq!(step.time, time);
//! assert!(step.bars.iter().any(|update| update.resolution == Resolution::Day));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Begin reading at [`Source`], then [`Feed`].
//!
//! | module | owns |
//! |---|---|
//! | `source` | the trait, the history request |
//! | `feed`, `aggregator` | the live stream: trades to bars of all resolutions |
//! | `depth` | order books around the quotes, made up |
//! | `clock`, `time`, `session`, `resolution` | time: real and of the market, hours, bar limits |
//! | `bar`, `symbol` | what is served |
//! | [`replay`], [`file`](mod@file), [`synthetic`] | the three sources |
//! | `book`, `series`, `days` | what the sources share: a symbol's days, minutes, trades |
//! | `reconstruct`, `path`, `rng` | paths through recorded bars, seeded |
//! | `units` | prices and sizes as integers inside, as decimals at the edge |

mod aggregator;
mod bar;
mod book;
mod clock;
mod days;
mod depth;
mod feed;
pub mod file;
mod path;
mod reconstruct;
pub mod replay;
mod resolution;
mod rng;
mod series;
mod session;
mod source;
mod symbol;
pub mod synthetic;
mod time;
mod units;

pub use aggregator::Aggregator;
pub use bar::{Bar, BarUpdate, Side, Tick};
pub use clock::{Clock, Moment};
pub use depth::{BOOK_LEVELS, Depth, Level, OrderBook};
pub use feed::{Feed, Step};
pub use file::{FileConfig, FileError, FileSource};
pub use replay::{Replay, ReplayConfig, ReplayError};
pub use resolution::{Resolution, UnknownResolution};
pub use session::{Session, TradingDay};
pub use source::{HISTORY_LIMIT, HistoryQuery, Range, Source, SourceError, TickStream};
pub use symbol::{Kind, Split, SymbolInfo};
pub use synthetic::{Synthetic, SyntheticConfig, SyntheticError};
pub use time::MarketTime;
