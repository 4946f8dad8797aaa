//! Arguments of the commands that work on contracts: `diff` and `new`.

use clap::{Args, ValueEnum};

/// What to compare, and what to do about it.
#[derive(Debug, Clone, Args)]
pub struct DiffConfig {
    /// The contract as it was: a file, an address, or git:REVISION[:FILE]
    pub old: String,

    /// The contract as it is
    pub new: String,

    /// From which class of changes on the exit status is 1; `any` counts documentation, too
    #[arg(
        long,
        default_value = "breaking",
        value_name = "CLASS",
        conflicts_with = "semver"
    )]
    pub fail_on: FailOn,

    /// Breaking changes are fine where `info.version` announces them: 1.4.2 to 2.0.0, 0.4.2 to 0.5.0
    #[arg(long)]
    pub semver: bool,

    /// For people, or for programs
    #[arg(long, default_value = "human", value_name = "FORMAT")]
    pub format: DiffFormat,
}

/// The least that a comparison objects to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Changes after which some client no longer works.
    Breaking,
    /// Those, and changes that every client survives.
    Compatible,
    /// Those, and changes of the documentation.
    Any,
}

/// How a comparison is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Grouped by class, a line for each change.
    Human,
    /// One JSON object.
    Json,
}
