//! Contracts that a command is given: a file, the address of a server, or a revision of git.

use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use tickwire_spec::Contract;

/// No contract is larger; a server that sends for ever is not read for ever.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// A server that takes longer is given up.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The contract at `place`, a path or an `http://` or `https://` address such as
/// `http://localhost:8080/ws/asyncapi.yaml`, or as in [`text`].
///
/// # Errors
/// It cannot be read, or does not pass the check.
pub fn contract(place: &str) -> anyhow::Result<Contract> {
    checked(place, &text(place)?)
}

/// The text at `place`: a path, an address, or `git:REVISION` with the file's path behind another
/// colon, `asyncapi.yaml` without it. Paths are those of the current directory, in git, too.
///
/// # Errors
/// It cannot be read.
pub fn text(place: &str) -> anyhow::Result<String> {
    if let Some(revision) = place.strip_prefix("git:") {
        let (revision, path) = revision.split_once(':').unwrap_or((revision, DEFAULT_FILE));
        committed(revision, path).with_context(|| format!("cannot read {place}"))
    } else if is_address(place) {
        fetched(place)
    } else {
        std::fs::read_to_string(place).with_context(|| format!("cannot read {place}"))
    }
}

/// The file of a revision that names none.
const DEFAULT_FILE: &str = "asyncapi.yaml";

/// A file as it was committed, by the git that is installed.
fn committed(revision: &str, path: &str) -> anyhow::Result<String> {
    if revision.is_empty() || path.is_empty() {
        bail!("write git:REVISION or git:REVISION:FILE, such as git:v1.0.0:api.yaml");
    }
    // `./` is where we are, without it git would begin at the root of the repository.
    let object = match path.strip_prefix('/') {
        Some(from_root) => format!("{revision}:{from_root}"),
        None => format!("{revision}:./{path}"),
    };
    let output = Command::new("git")
        .args(["show", "--no-textconv", "--end-of-options", &object])
        .stdin(Stdio::null())
        .output()
        .context("cannot run git")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or("it failed");
        bail!("git: {}", said.trim_start_matches("fatal: "));
    }
    String::from_utf8(output.stdout).context("it is not UTF-8")
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
