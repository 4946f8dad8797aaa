//! From configuration to a source of market data.

use std::path::PathBuf;

use chrono::Utc;
use tickwire_market::{
    FileConfig, FileError, FileSource, Replay, ReplayConfig, ReplayError, Session, Source,
    Synthetic, SyntheticConfig, SyntheticError,
};

use crate::config::{DatafeedConfig, FileSession};

/// Why there are no market data.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The recorded data.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// The made-up data.
    #[error(transparent)]
    Synthetic(#[from] SyntheticError),
    /// The user's file. Lists every problem.
    #[error(transparent)]
    File(#[from] FileError),
    /// Reading it did not end well.
    #[error("reading {} failed", .0.display())]
    Read(PathBuf),
}

/// Opens the configured source. A file is read whole, off the runtime's threads.
///
/// # Errors
/// See [`SourceError`].
pub(super) async fn open(config: DatafeedConfig) -> Result<Box<dyn Source>, SourceError> {
    match config.source.as_str() {
        "replay" => {
            let default = ReplayConfig::default();
            let replay = ReplayConfig {
                start: config.replay_start.unwrap_or(default.start),
                day: config.replay_day,
                seed: config.seed,
            };
            Ok(Box::new(Replay::new(&replay)?))
        }
        "synthetic" => {
            let synthetic = SyntheticConfig {
                symbols: config.symbols,
                rate: config.rate,
                start: Utc::now().into(),
                seed: config.seed,
            };
            Ok(Box::new(Synthetic::new(&synthetic)?))
        }
        file => {
            let path = PathBuf::from(file);
            let for_errors = path.clone();
            let options = FileConfig {
                session: match config.file_session {
                    FileSession::Always => Session::always(),
                    FileSession::UsStocks => Session::us_stocks(),
                },
                start: config.replay_start,
                day: config.replay_day,
                speed: config.replay_speed,
                seed: config.seed,
                ..FileConfig::default()
            };
            let opened = tokio::task::spawn_blocking(move || FileSource::open(&path, &options));
            Ok(Box::new(
                opened.await.map_err(|_| SourceError::Read(for_errors))??,
            ))
        }
    }
}
