//! Contracts that a command is given: a file, or the address of a server.

use std::time::Duration;

use anyhow::{Context, bail};
use tickwire_spec::Contract;

/// No contract is larger; a server that sends for ever is not read for ever.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// A server that takes longer is given up.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The contract at `place`, a path or an `http://` or `https://` address such as
/// `http://localhost:8080/ws/asyncapi.yaml`.
///
/// # Errors
/// It cannot be read, or does not pass the check.
pub fn contract(place: &str) -> anyhow::Result<Contract> {
    let text = if is_address(place) {
        fetched(place)
    } else {
        std::fs::read_to_string(place).with_context(|| format!("cannot read {place}"))
    }?;
    checked(place, &text)
}

/// The contract that is compiled in.
///
/// # Errors
/// None that a build would not have met.
pub fn built_in() -> anyhow::Result<Contract> {
    checked("asyncapi.yaml", tickwire::app::CONTRACT)
}

fn checked(name: &str, text: &str) -> anyhow::Result<Contract> {
    match tickwire_spec::load(name, text) {
        Ok(contract) => Ok(contract),
        Err(report) => bail!("not a sound contract:\n{report}"),
    }
}

fn is_address(place: &str) -> bool {
    place.starts_with("http://") || place.starts_with("https://")
}

fn fetched(address: &str) -> anyhow::Result<String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .build()
        .into();
    let mut response = agent
        .get(address)
        .call()
        .with_context(|| format!("cannot fetch {address}"))?;
    response
        .body_mut()
        .with_config()
        .limit(MAX_BYTES)
        .read_to_string()
        .with_context(|| format!("cannot read {address}"))
}
