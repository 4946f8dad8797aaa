//! Everything that can be configured, on the command line or in the environment.

mod auth;
mod contracts;
mod edge;
mod environment;
mod limits;
mod market;
mod serve;
mod values;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use auth::{AuthConfig, SECRET_VARIABLE, SecretError, secret, secret_of_environment};
pub use contracts::{
    AdditionConfig, DeliveryClass, DiffConfig, DiffFormat, FailOn, NewConfig, OperationConfig,
    TopicConfig, UpdateSource,
};
pub use edge::EdgeConfig;
pub use environment::unknown_variable;
pub use limits::LimitsConfig;
pub use market::{DatafeedConfig, FileSession};
pub use serve::{LogFormat, MockConfig, Module, ServeConfig};
pub(crate) use values::duration;

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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
