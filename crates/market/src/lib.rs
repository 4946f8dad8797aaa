//! tickwire-market

mod aggregator;
mod bar;
mod book;
mod clock;
mod days;
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
pub use feed::{Feed, Step};
pub use file::{FileConfig, FileError, FileSource};
pub use replay::{Replay, ReplayConfig, ReplayError};
pub use resolution::{Resolution, UnknownResolution};
pub use session::{Session, TradingDay};
pub use source::{HISTORY_LIMIT, HistoryQuery, Range, Source, SourceError, TickStream};
pub use symbol::{Kind, Split, SymbolInfo};
pub use synthetic::{Synthetic, SyntheticConfig, SyntheticError};
pub use time::MarketTime;
