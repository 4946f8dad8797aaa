//! Arguments of the commands that work on contracts: `diff` and `new`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use tickwire_spec::extend::Field;
use tickwire_spec::{Delivery, Source};

/// What to compare, and what to do about it.
#[derive(Debug, Clone, Args)]
pub struct DiffConfig {
    /// The contract as it was: a file, an address, or `git:REVISION[:FILE]`
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

/// What to add to a contract.
#[derive(Debug, Clone, Subcommand)]
pub enum NewConfig {
    /// A family of topics: channel, subscribe, unsubscribe, update, messages with examples, schemas
    Topic(Box<TopicConfig>),
    /// A request with its answer, on the connection
    Operation(OperationConfig),
}

/// A family of topics to add.
#[derive(Debug, Clone, Args)]
pub struct TopicConfig {
    /// Its name, such as `news`: words in snake_case, joined by dots
    pub name: String,

    /// A parameter of its topics, in their order; one that other families have is the same
    #[arg(long = "param", value_name = "NAME[:SCHEMA]")]
    pub parameters: Vec<Field>,

    /// What an update says beside the parameters; `text` when there is nothing
    #[arg(long = "field", value_name = "FIELD")]
    pub fields: Vec<Field>,

    /// What happens to a subscriber that reads too slowly
    #[arg(long, default_value = "lossless", value_name = "CLASS")]
    pub delivery: DeliveryClass,

    /// Who makes the updates: a module, or whoever publishes over HTTP
    #[arg(long, default_value = "service", value_name = "SOURCE")]
    pub source: UpdateSource,

    /// What an update replaces, with `latest`: a JSON Pointer into it, such as /time
    #[arg(long, value_name = "POINTER")]
    pub key: Option<String>,

    /// How many updates are kept for those who resume
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub replay: usize,

    /// The parameter that names the owner, for topics that only they may enter
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,

    /// What every addition has.
    #[command(flatten)]
    pub common: AdditionConfig,
}

/// A request to add.
#[derive(Debug, Clone, Args)]
pub struct OperationConfig {
    /// Its wire type, such as `news.search`: words in snake_case, joined by dots
    pub name: String,

    /// What is asked
    #[arg(long = "request", value_name = "FIELD")]
    pub request: Vec<Field>,

    /// What is answered; `text` when there is nothing
    #[arg(long = "reply", value_name = "FIELD")]
    pub reply: Vec<Field>,

    /// What every addition has.
    #[command(flatten)]
    pub common: AdditionConfig,
}

/// What every addition has.
#[derive(Debug, Clone, Args)]
pub struct AdditionConfig {
    /// What it is, in a sentence
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,

    /// The module it belongs to; needed when there are several
    #[arg(long, value_name = "NAME")]
    pub tag: Option<String>,

    /// What a principal needs for it; without any, it is public
    #[arg(long = "permission", value_name = "NAME")]
    pub permissions: Vec<String>,

    /// The document
    #[arg(long, default_value = "asyncapi.yaml", value_name = "FILE")]
    pub spec: PathBuf,

    /// Print what would be added, and leave the document alone
    #[arg(long)]
    pub dry_run: bool,
}

/// `x-topic.delivery`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DeliveryClass {
    /// The newest state.
    Latest,
    /// The newest updates, with notices of what was dropped.
    Window,
    /// Every update.
    Lossless,
    /// Changes of a state, with snapshots.
    Delta,
}

impl From<DeliveryClass> for Delivery {
    fn from(class: DeliveryClass) -> Self {
        match class {
            DeliveryClass::Latest => Self::Latest,
            DeliveryClass::Window => Self::Window,
            DeliveryClass::Lossless => Self::Lossless,
            DeliveryClass::Delta => Self::Delta,
        }
    }
}

/// `x-topic.source`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UpdateSource {
    /// A module.
    Service,
    /// `POST /publish/{topic}`.
    Publish,
}

impl From<UpdateSource> for Source {
    fn from(source: UpdateSource) -> Self {
        match source {
            UpdateSource::Service => Self::Service,
            UpdateSource::Publish => Self::Publish,
        }
    }
}
