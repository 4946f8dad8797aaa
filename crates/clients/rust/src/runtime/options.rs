//! What a user may decide.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::backoff::Backoff;
use super::state::State;

/// How a client behaves.
///
/// ```text
/// let options = Options { token: Some(Token::new(|| async { Ok(fetch_token().await?) })), ..Options::default() };
/// ```
#[derive(Clone)]
pub struct Options {
    /// Says who the client is.
    pub token: Option<Token>,
    /// How soon to connect again.
    pub backoff: Backoff,
    /// How long to wait for an answer, for a handshake, and for the first connection. 10 s.
    pub timeout: Duration,
    /// Whether frames from the server are held against their schemas. Without it they still have
    /// to be of their types.
    pub validate_incoming: bool,
    /// How many events may wait for the reader of a subscription. 1,024.
    pub buffer: usize,
    /// Is told what happens. It runs on the client's task, so it should return at once.
    pub observer: Option<Observer>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            token: None,
            backoff: Backoff::default(),
            timeout: Duration::from_secs(10),
            validate_incoming: false,
            buffer: 1024,
            observer: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("token", &self.token.is_some())
            .field("backoff", &self.backoff)
            .field("timeout", &self.timeout)
            .field("validate_incoming", &self.validate_incoming)
            .field("buffer", &self.buffer)
            .finish_non_exhaustive()
    }
}

/// Who is told what happens.
pub type Observer = Arc<dyn Fn(&Observation) + Send + Sync>;

/// What an observer is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation {
    /// The connection changed.
    State(State),
    /// A frame was not understood, and why.
    InvalidFrame(String),
    /// A frame was of a type that the contract does not have.
    UnknownType(String),
}

pub(super) type TokenFuture =
    Pin<Box<dyn Future<Output = Result<String, Box<dyn Error + Send + Sync>>> + Send>>;

/// Where tokens come from: asked before each attempt to connect, and when one is about to expire.
#[derive(Clone)]
pub struct Token(Arc<dyn Fn() -> TokenFuture + Send + Sync>);

impl Token {
    /// Asks `source` each time. When it fails, the attempt has failed, and another follows.
    pub fn new<F, R>(source: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<String, Box<dyn Error + Send + Sync>>> + Send + 'static,
    {
        Self(Arc::new(move || Box::pin(source())))
    }

    /// Always the same.
    pub fn fixed(token: impl Into<String>) -> Self {
        let token = token.into();
        Self::new(move || {
            let token = token.clone();
            async move { Ok(token) }
        })
    }

    pub(super) fn ask(&self) -> TokenFuture {
        (self.0)()
    }
}
