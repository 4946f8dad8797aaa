//! Where market data come from.

use std::time::Duration;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::values::duration;

/// Where market data come from.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Market data")]
pub struct DatafeedConfig {
    /// `replay` (recorded history), `synthetic`, or a CSV or Parquet file of bars or ticks
    #[arg(
        long,
        env = "TICKWIRE_SOURCE",
        default_value = "replay",
        value_name = "SOURCE"
    )]
    pub source: String,

    /// First day to play [default: 2009-01-02 of the recorded history, the middle of a file]
    #[arg(long, env = "TICKWIRE_REPLAY_START", value_parser = date, value_name = "DATE")]
    pub replay_start: Option<NaiveDate>,

    /// How long a recorded trading day takes, where a day is one bar
    #[arg(long, env = "TICKWIRE_REPLAY_DAY", default_value = "60s", value_parser = duration, value_name = "TIME")]
    pub replay_day: Duration,

    /// How many times faster than real time a file of minutes or ticks plays
    #[arg(
        long,
        env = "TICKWIRE_REPLAY_SPEED",
        default_value_t = 1.0,
        value_name = "FACTOR"
    )]
    pub replay_speed: f64,

    /// When the symbols of a file trade
    #[arg(
        long,
        env = "TICKWIRE_FILE_SESSION",
        default_value = "always",
        value_name = "SESSION"
    )]
    pub file_session: FileSession,

    /// Number of synthetic symbols
    #[arg(long, env = "TICKWIRE_SYMBOLS", default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub symbols: u32,

    /// Ticks per second of all synthetic symbols together
    #[arg(
        long,
        env = "TICKWIRE_RATE",
        default_value_t = 1000.0,
        value_name = "RATE"
    )]
    pub rate: f64,

    /// Seed of everything random in market data
    #[arg(long, env = "TICKWIRE_SEED", default_value_t = 1, value_name = "SEED")]
    pub seed: u64,
}

/// When the symbols of a file trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileSession {
    /// Around the clock; days begin at midnight UTC.
    Always,
    /// 09:30 to 16:00 in New York, Monday to Friday.
    UsStocks,
}

fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse()
        .map_err(|_| "expected a date, such as 2009-01-02".to_owned())
}
