//! How to serve.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::values::{address, duration, rate};
use super::{AuthConfig, DatafeedConfig, EdgeConfig, LimitsConfig};
use crate::mock::FaultPlan;

/// How to serve. Every flag can be given as an environment variable, too.
#[derive(Debug, Clone, Args)]
pub struct ServeConfig {
    /// Address to listen on; port 0 takes a free one
    #[arg(
        long,
        env = "TICKWIRE_LISTEN",
        default_value = "127.0.0.1:8080",
        value_parser = address,
        value_name = "ADDR"
    )]
    pub listen: SocketAddr,

    /// Address of the operators' routes (/metrics); by default the port after --listen, on 127.0.0.1
    #[arg(long, env = "TICKWIRE_ADMIN_LISTEN", value_parser = address, value_name = "ADDR")]
    pub admin_listen: Option<SocketAddr>,

    /// Serve this AsyncAPI document instead of the built-in one (its topics take publications)
    #[arg(long, env = "TICKWIRE_SPEC", value_name = "FILE")]
    pub spec: Option<PathBuf>,

    /// Modules to load, separated by commas; by default with the built-in contract, none with another
    #[arg(
        long,
        env = "TICKWIRE_MODULES",
        value_delimiter = ',',
        value_name = "NAMES"
    )]
    pub modules: Option<Vec<Module>>,

    /// Examples instead of modules.
    #[command(flatten)]
    pub mock: MockConfig,

    /// Where market data come from.
    #[command(flatten)]
    pub datafeed: DatafeedConfig,

    /// Who clients are.
    #[command(flatten)]
    pub auth: AuthConfig,

    /// Who is let in before anything is known of them.
    #[command(flatten)]
    pub edge: EdgeConfig,

    /// What a client may do.
    #[command(flatten)]
    pub limits: LimitsConfig,

    /// Agree on permessage-deflate with WebSocket clients that offer it
    #[arg(long, env = "TICKWIRE_COMPRESSION")]
    pub compression: bool,

    /// Messages of fewer bytes are not compressed
    #[arg(
        long,
        env = "TICKWIRE_COMPRESSION_THRESHOLD",
        default_value_t = 1_024,
        value_name = "BYTES"
    )]
    pub compression_threshold: usize,

    /// How long a topic's source goes on after its last subscriber has left
    #[arg(long, env = "TICKWIRE_LINGER", default_value = "10s", value_parser = duration, value_name = "TIME", help_heading = "Topics")]
    pub linger: Duration,

    /// How long a published topic keeps its updates while nobody subscribes
    #[arg(long, env = "TICKWIRE_PUBLISH_LINGER", default_value = "1h", value_parser = duration, value_name = "TIME", help_heading = "Topics")]
    pub publish_linger: Duration,

    /// How to write the log
    #[arg(
        long,
        env = "TICKWIRE_LOG_FORMAT",
        default_value = "human",
        value_name = "FORMAT",
        help_heading = "Log"
    )]
    pub log_format: LogFormat,

    /// Write who connected and who was turned away to the end of this file, one JSON object a line; - is standard output
    #[arg(
        long,
        env = "TICKWIRE_AUDIT_LOG",
        value_name = "FILE",
        help_heading = "Log"
    )]
    pub audit_log: Option<PathBuf>,

    /// What to log: a level, or `target=level` pairs
    #[arg(
        long,
        env = "TICKWIRE_LOG",
        default_value = "info",
        value_name = "FILTER",
        help_heading = "Log"
    )]
    pub log: String,
}

impl ServeConfig {
    /// Where the operators' routes are.
    pub fn admin_listen(&self) -> SocketAddr {
        let port = match self.listen.port() {
            // Any free one: so is the other.
            0 => 0,
            port => port.checked_add(1).unwrap_or(port - 1),
        };
        let local = SocketAddr::from(([127, 0, 0, 1], port));
        self.admin_listen.unwrap_or(local)
    }

    /// The modules to load.
    pub fn modules(&self) -> Vec<Module> {
        match (&self.modules, &self.spec) {
            (Some(modules), _) => modules
                .iter()
                .copied()
                .filter(|module| *module != Module::None)
                .collect(),
            (None, Some(_)) => Vec::new(),
            (None, None) if self.mock.mock => Vec::new(),
            (None, None) => vec![Module::Datafeed],
        }
    }
}

/// A module that can be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Module {
    /// Bars, quotes, trades and symbols.
    Datafeed,
    /// No module at all: requests answer `not_implemented`.
    None,
}

/// Examples instead of modules.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Mock")]
pub struct MockConfig {
    /// Answer requests and play topics from the contract's examples, instead of any module
    #[arg(long, env = "TICKWIRE_MOCK", conflicts_with = "modules")]
    pub mock: bool,

    /// Updates a second on each topic that is subscribed to
    #[arg(long, env = "TICKWIRE_MOCK_RATE", default_value_t = 4.0, value_parser = rate, value_name = "RATE", requires = "mock")]
    pub mock_rate: f64,

    /// Seed of everything random in a mock
    #[arg(
        long,
        env = "TICKWIRE_MOCK_SEED",
        default_value_t = 1,
        value_name = "SEED",
        requires = "mock"
    )]
    pub mock_seed: u64,

    /// Misbehave on purpose, such as `drop=0.01,delay=200ms,close=4450@30s`; docs/mock.md has all faults
    #[arg(
        long,
        env = "TICKWIRE_MOCK_FAULTS",
        value_name = "FAULTS",
        requires = "mock"
    )]
    pub mock_faults: Option<FaultPlan>,
}

/// How to write the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
}
