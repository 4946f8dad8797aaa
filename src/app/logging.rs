//! The log: to standard error, for people or as JSON.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, ServeConfig};

/// The filter cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error("cannot understand the log filter {filter:?}")]
pub struct LogError {
    filter: String,
    #[source]
    source: tracing_subscriber::filter::ParseError,
}

/// Starts logging, once for the process.
///
/// # Errors
/// The filter cannot be understood.
pub fn start(config: &ServeConfig) -> Result<(), LogError> {
    let filter = EnvFilter::try_new(&config.log).map_err(|source| LogError {
        filter: config.log.clone(),
        source,
    })?;
    // Colours are for people who look at a terminal, not for files.
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Human => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}
