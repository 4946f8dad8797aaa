//! How to read a file, and why that can fail.

use std::{io, time::Duration};

use chrono::NaiveDate;
use parquet::errors::ParquetError;

use super::Problems;
use crate::Session;

/// How to read and play a file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileConfig {
    /// When the file's symbols trade. Default [`Session::always`].
    pub session: Session,
    /// The first day to play; if the file has nothing of it, the next. Default: the middle one of
    /// the file's days, so that there is a past to show and a future to play.
    pub start: Option<NaiveDate>,
    /// How long a session of daily bars takes. Default 60 s.
    pub day: Duration,
    /// How many times faster than real time finer bars and ticks play. Default 1.
    pub speed: f64,
    /// Another seed gives other paths through the same bars.
    pub seed: u64,
    /// Largest file that is read. Default 256 MiB.
    pub max_bytes: u64,
    /// Most rows that are read. Default 1,000,000, about 200 MB of memory.
    pub max_rows: usize,
}

impl Default for FileConfig {
    fn default() -> Self {
        Self {
            session: Session::always(),
            start: None,
            day: Duration::from_secs(60),
            speed: 1.0,
            seed: 1,
            max_bytes: 256 << 20,
            max_rows: 1_000_000,
        }
    }
}

/// Why a file cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be opened or read.
    #[error("cannot read {file}")]
    Read {
        /// The file's name.
        file: String,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// It is larger than the configuration allows.
    #[error("{file}: larger than {limit} bytes")]
    TooLarge {
        /// The file's name.
        file: String,
        /// [`FileConfig::max_bytes`].
        limit: u64,
    },
    /// It begins like a Parquet file, but is not one that can be read.
    #[error("{file} is no Parquet file that can be read")]
    Parquet {
        /// The file's name.
        file: String,
        /// Why not.
        #[source]
        source: ParquetError,
    },
    /// Its header or rows are wrong: one line for each problem.
    #[error("{0}")]
    Problems(Problems),
    /// It has nothing from that day on.
    #[error("{file}: has {first} to {last}, cannot start on {start}")]
    NoSuchDay {
        /// The file's name.
        file: String,
        /// [`FileConfig::start`].
        start: NaiveDate,
        /// The file's first day.
        first: NaiveDate,
        /// The file's last day.
        last: NaiveDate,
    },
    /// A pace that no clock can keep.
    #[error("a file cannot be played at {0}: a day in 1 s to 1 year, speed 0.001 to 100000")]
    Pace(String),
}
