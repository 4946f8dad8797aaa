//! Everything that can be configured, on the command line or in the environment.

mod auth;
mod contracts;
mod edge;
mod limits;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::mock::FaultPlan;

pub use auth::{AuthConfig, SECRET_VARIABLE, SecretError, secret, secret_of_environment};
pub use contracts::{
    AdditionConfig, DeliveryClass, DiffConfig, DiffFormat, FailOn, NewConfig, OperationConfig,
    TopicConfig, UpdateSource,
};
pub use edge::EdgeConfig;
pub use limits::LimitsConfig;

/// The end of `--help`.
const EXAMPLES: &str = "\
TIME is a whole number with a unit: 250ms, 10s, 5m or 1h. A flag wins over its variable.

Examples:
  tickwire
      recorded prices of AAPL, MSFT, IBM, GOOG and FB, a trading day a minute
  tickwire --source synthetic --symbols 500 --rate 20000
      a made-up market, to see how much your client can take
  TICKWIRE_JWT_SECRET=$(openssl rand -base64 48) tickwire --source ticks.csv --listen 0.0.0.0:8080
      your own data, for the whole network
  tickwire serve --spec examples/vehicles.yaml
      another contract, without writing code; see examples/README.md
  tickwire check asyncapi.yaml
      what is wrong with a contract, each problem with its line
  tickwire diff git:v0.1.0 asyncapi.yaml
      what has changed since, and whether clients break";

/// A realtime gateway whose whole contract is one AsyncAPI document.
///
/// Without a command it replays recorded market data on 127.0.0.1:8080. Open
/// http://127.0.0.1:8080/ for the documentation, or connect a WebSocket client to
/// ws://127.0.0.1:8080/ws/bars:AAPL:1 and watch the bars move.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    verbatim_doc_comment,
    after_long_help = EXAMPLES
)]
pub struct Cli {
    /// What to do; `serve` when left out.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to serve.
    #[command(flatten)]
    pub serve: ServeConfig,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the gateway (the default)
    Serve(Box<ServeConfig>),
    /// Check AsyncAPI documents and report every problem
    ///
    /// Prints a line for each problem, `file: place (line:column): what is wrong`. The exit status is
    /// 0 when all documents are sound, 1 when one of them is not or cannot be read.
    #[command(verbatim_doc_comment)]
    Check {
        /// The documents; the built-in contract when none is given
        files: Vec<PathBuf>,
    },
    /// Compare two contracts: what breaks clients, what does not
    ///
    /// Each change has its class, from the client's side: breaking, compatible, or docs-only. The exit
    /// status is 0 when nothing breaks, 1 when something does, 2 when they cannot be compared.
    #[command(verbatim_doc_comment)]
    Diff(DiffConfig),
    /// Add a family of topics or a request to a contract
    ///
    /// Only lines are added; comments and layout stay as they are. The contract has to pass the check, and
    /// passes it afterwards. A FIELD is `name`, `name:Schema` or `name:Schema[]`, with a `?` behind the
    /// name when it may be left out.
    #[command(subcommand, verbatim_doc_comment)]
    New(NewConfig),
    /// Issue a token, for development
    ///
    /// It is signed by the secret that the server has: in the variable TICKWIRE_JWT_SECRET, or in a file.
    Token(TokenConfig),
    /// Write a client for a contract: types, requests, topics, reconnecting, resuming
    ///
    /// The package is complete: what does not depend on the contract is put beside what does. Files of
    /// the same names are replaced.
    #[command(verbatim_doc_comment)]
    Generate {
        /// The language
        language: ClientLanguage,
        /// The contract: a file, or an address such as http://localhost:8080/ws/asyncapi.yaml; the
        /// built-in contract when left out
        #[arg(long, value_name = "FILE|URL")]
        spec: Option<String>,
        /// The folder of the package; made when it is not there
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

/// What a token says.
#[derive(Debug, Clone, Args)]
pub struct TokenConfig {
    /// Whose it is
    #[arg(long, value_name = "NAME")]
    pub sub: String,
    /// What it permits beyond what is public, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub permissions: Vec<String>,
    /// The owners that it may speak for, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub accounts: Vec<String>,
    /// How long it is valid
    #[arg(long, default_value = "1h", value_parser = duration, value_name = "TIME")]
    pub ttl: Duration,
    /// A file with the secret; or else in the variable TICKWIRE_JWT_SECRET
    #[arg(long, env = "TICKWIRE_JWT_SECRET_FILE", value_name = "FILE")]
    pub jwt_secret_file: Option<PathBuf>,
    /// Who issues it (`iss`)
    #[arg(long, env = "TICKWIRE_JWT_ISSUER", value_name = "NAME")]
    pub jwt_issuer: Option<String>,
    /// For whom it is (`aud`)
    #[arg(long, env = "TICKWIRE_JWT_AUDIENCE", value_name = "NAME")]
    pub jwt_audience: Option<String>,
}

/// A language that a client can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClientLanguage {
    /// For browsers and Node, with JavaScript and React hooks
    #[value(name = "typescript")]
    TypeScript,
    /// For Python 3.11 and newer
    Python,
    /// A crate, for tokio
    Rust,
}

impl From<ClientLanguage> for tickwire_clients::Language {
    fn from(language: ClientLanguage) -> Self {
        match language {
            ClientLanguage::TypeScript => Self::TypeScript,
            ClientLanguage::Python => Self::Python,
            ClientLanguage::Rust => Self::Rust,
        }
    }
}

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

/// How to write the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
}

/// A complaint about the first variable that looks like one of ours and is none. A misspelt one would
/// otherwise be passed over in silence.
///
/// Kubernetes sets `TICKWIRE_SERVICE_HOST`, `TICKWIRE_PORT_8080_TCP` and the like where a service is
/// called `tickwire`; these are not meant for us.
pub fn unknown_variable(names: impl IntoIterator<Item = String>) -> Option<String> {
    let command = Cli::command();
    let known: Vec<&str> = command
        .get_arguments()
        .filter_map(|argument| argument.get_env()?.to_str())
        .chain([SECRET_VARIABLE])
        .collect();
    let foreign =
        |name: &str| name.starts_with("TICKWIRE_SERVICE_") || name.starts_with("TICKWIRE_PORT");
    let mut unknown: Vec<String> = names
        .into_iter()
        .filter(|name| name.starts_with("TICKWIRE_"))
        .filter(|name| !known.contains(&name.as_str()) && !foreign(name))
        .collect();
    unknown.sort();
    let unknown = unknown.into_iter().next()?;
    let nearest = known
        .iter()
        .map(|name| (strsim::jaro_winkler(name, &unknown), name))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = nearest
        .filter(|(likeness, _)| *likeness > 0.9)
        .map(|(_, name)| format!("; did you mean {name}?"))
        .unwrap_or_default();
    Some(format!(
        "there is no setting for the environment variable {unknown}{hint}"
    ))
}

fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse()
        .map_err(|_| "expected a date, such as 2009-01-02".to_owned())
}

/// `127.0.0.1:8080`, `[::1]:8080`, or `localhost` with a port.
fn address(text: &str) -> Result<SocketAddr, String> {
    let numeric = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    numeric.parse().map_err(|_| {
        "expected an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080".to_owned()
    })
}

/// How often in a second: from once in a quarter of an hour to a thousand times.
fn rate(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok();
    rate.filter(|rate| (0.001..=1_000.0).contains(rate))
        .ok_or_else(|| "expected a number from 0.001 to 1000".to_owned())
}

/// `250ms`, `10s`, `5m` or `1h`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number
        .parse()
        .map_err(|_| "expected a whole number and a unit, such as 10s".to_owned())?;
    let milliseconds = match unit {
        "ms" => Some(1),
        "s" => Some(1_000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        _ => None,
    };
    let milliseconds = milliseconds.ok_or("expected one of the units ms, s, m, h")?;
    match number.checked_mul(milliseconds) {
        None | Some(0) => Err("expected a duration above zero, and a sensible one".to_owned()),
        Some(total) => Ok(Duration::from_millis(total)),
    }
}

fn at_least(minimum: usize) -> impl Fn(&str) -> Result<usize, String> + Clone + Send + Sync {
    move |text| {
        let number: usize = text
            .parse()
            .map_err(|_| "expected a whole number".to_owned())?;
        if number < minimum {
            Err(format!("expected at least {minimum}"))
        } else {
            Ok(number)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let rows = [
            ("127.0.0.1:80", Some("127.0.0.1:80")),
            ("localhost:0", Some("127.0.0.1:0")),
            ("[::1]:80", Some("[::1]:80")),
            ("8080", None),
            ("localhost", None),
            ("example.org:80", None),
        ];
        for (text, expected) in rows {
            let expected = expected.map(|text| text.parse().unwrap());
            assert_eq!(address(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn durations() {
        let rows = [
            ("250ms", Ok(250)),
            ("10s", Ok(10_000)),
            ("5m", Ok(300_000)),
            ("1h", Ok(3_600_000)),
            ("0s", Err(())),
            ("10", Err(())),
            ("s", Err(())),
            ("-1s", Err(())),
            ("99999999999999999h", Err(())),
        ];
        for (text, expected) in rows {
            let expected = expected.map(Duration::from_millis);
            assert_eq!(duration(text).map_err(drop), expected, "{text}");
        }
    }

    #[test]
    fn variables_that_are_no_settings() {
        let rows = [
            (&["PATH", "TICKWIRE_LISTEN", "TICKWIRE_LOG"][..], None),
            (&["TICKWIRE_SERVICE_HOST", "TICKWIRE_PORT_8080_TCP"], None),
            (
                &["TICKWIRE_LISTN"],
                Some("TICKWIRE_LISTN; did you mean TICKWIRE_LISTEN?"),
            ),
            (&["TICKWIRE_QUUX"], Some("TICKWIRE_QUUX")),
        ];
        for (names, expected) in rows {
            let found = unknown_variable(names.iter().map(|name| (*name).to_owned()));
            let expected = expected
                .map(|end| format!("there is no setting for the environment variable {end}"));
            assert_eq!(found, expected, "{names:?}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
