//! The log: to standard error, for people or as JSON.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, ServeConfig};

/// The filter cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error("cannot understand the log filter {filter:?}: {reason}")]
pub struct LogError {
    filter: String,
    /// As text: the library's error and its cause say the same.
    reason: String,
}

/// Starts logging, once for the process.
///
/// # Errors
/// The filter cannot be understood.
pub fn start(config: &ServeConfig) -> Result<(), LogError> {
    let filter = EnvFilter::try_new(&config.log).map_err(|error| LogError {
        filter: config.log.clone(),
        reason: error.to_string(),
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
