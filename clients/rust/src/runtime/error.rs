//! Why something failed.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;

/// The server refused, in its own words.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Refusal {
    /// For programs.
    pub code: String,
    /// Whose fault it is: `validation_error`, `business_logic_error`, `system_error`. Empty where
    /// the server does not say, as for one topic of several.
    #[serde(default)]
    pub severity: String,
    /// For people.
    #[serde(default)]
    pub message: String,
    /// Whether the same may succeed later.
    #[serde(default)]
    pub retryable: bool,
    /// How long to wait before.
    #[serde(default, rename = "retry_after_ms", deserialize_with = "milliseconds")]
    pub retry_after: Option<Duration>,
    /// Every violation.
    #[serde(default)]
    pub details: Vec<Detail>,
}

impl Refusal {
    /// A refusal by this client itself, before the server could say the same.
    pub(super) fn local(error: &RequestError) -> Self {
        Self {
            code: "invalid_frame".to_owned(),
            severity: "validation_error".to_owned(),
            message: error.to_string(),
            retryable: false,
            retry_after: None,
            details: match error {
                RequestError::Invalid(details) => details.clone(),
                _ => Vec::new(),
            },
        }
    }

    /// The refusal of one topic, of which the server has said only this.
    pub(super) fn of_topic(error: Option<Self>, message: String) -> Self {
        let nameless = Self {
            code: "internal".to_owned(),
            severity: String::new(),
            message: String::new(),
            retryable: false,
            retry_after: None,
            details: Vec::new(),
        };
        let refusal = error.unwrap_or(nameless);
        if refusal.message.is_empty() {
            Self { message, ..refusal }
        } else {
            refusal
        }
    }
}

fn milliseconds<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    Ok(Option::<u64>::deserialize(from)?.map(Duration::from_millis))
}

/// A place that breaks the contract.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Detail {
    /// JSON Pointer into the frame, such as `/payload/symbol`.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

/// The client is closed, and will not connect again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closed {
    /// The code of the server's close frame.
    pub code: Option<u16>,
    /// The HTTP status of the handshake.
    pub status: Option<u16>,
    /// The code of the error that ended it, such as `unauthenticated`.
    pub error: Option<String>,
}

/// A request without an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum RequestError {
    /// The server answered by an error.
    Refused(Refusal),
    /// It breaks the contract, and was not sent.
    Invalid(Vec<Detail>),
    /// It is larger than the server takes, and was not sent.
    TooLarge {
        /// What it would be, in bytes.
        size: usize,
        /// The server's `max_frame_bytes`.
        limit: usize,
    },
    /// No answer came in time.
    Timeout,
    /// It was sent, and the connection was lost before the answer. Nobody knows whether it was
    /// fulfilled, so it is not repeated.
    ConnectionLost,
    /// The answer was not understood.
    InvalidAnswer(String),
    /// The client is closed.
    Closed(Closed),
}

/// A subscription that could not be made.
#[derive(Debug, Clone, PartialEq)]
pub enum SubscribeError {
    /// The server refused the topic.
    Refused(Refusal),
    /// The topic ended before it began.
    Ended,
    /// The client is closed.
    Closed(Closed),
}

/// A first connection that could not be made.
#[derive(Debug, Clone, PartialEq)]
pub enum ConnectError {
    /// The server does not want this client.
    Closed(Closed),
    /// It could not be made in time.
    Timeout,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)?;
        list(f, &self.details)
    }
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the client is closed")?;
        match (self.code, self.status, &self.error) {
            (Some(code), _, _) => write!(f, ": the server closed with {code}"),
            (_, Some(status), _) => write!(f, ": the handshake was refused by {status}"),
            (_, _, Some(error)) => write!(f, ": {error}"),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Invalid(details) => {
                write!(f, "the request breaks the contract")?;
                list(f, details)
            }
            Self::TooLarge { size, limit } => {
                write!(
                    f,
                    "the request has {size} bytes, and the server takes {limit}"
                )
            }
            Self::Timeout => write!(f, "no answer came in time"),
            Self::ConnectionLost => write!(f, "the connection was lost before the answer"),
            Self::InvalidAnswer(problem) => write!(f, "the answer was not understood: {problem}"),
            Self::Closed(closed) => closed.fmt(f),
        }
    }
}

impl fmt::Display for SubscribeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Ended => write!(f, "the topic has ended"),
            Self::Closed(closed) => closed.fmt(f),
        }
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed(closed) => closed.fmt(f),
            Self::Timeout => write!(f, "no connection could be made in time"),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, details: &[Detail]) -> fmt::Result {
    details
        .iter()
        .try_for_each(|detail| write!(f, "; {}: {}", detail.pointer, detail.message))
}

impl std::error::Error for Refusal {}
impl std::error::Error for Closed {}
impl std::error::Error for RequestError {}
impl std::error::Error for SubscribeError {}
impl std::error::Error for ConnectError {}
