//! The handle of a client: what the typed methods of a contract are built on.

use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::{broadcast, oneshot, watch};

use super::contract::{Contract, Topic};
use super::error::{ConnectError, RequestError};
use super::mailbox::Mailbox;
use super::options::Options;
use super::request::Request;
use super::state::{State, Stats};
use super::subscription::Subscribe;
use super::task::{self, Commands};
use super::topics::{SubscriberId, Wanted};

/// A frame that belongs to no topic and answers nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Push {
    /// Its `type`.
    pub wire_type: String,
    /// What it says.
    pub payload: Value,
}

/// What the server tells without being asked.
pub struct Pushes<P = Push> {
    receiver: broadcast::Receiver<Push>,
    typed: PhantomData<fn() -> P>,
}

impl<P: From<Push>> Pushes<P> {
    /// The next one; none when the client is closed. One who reads too slowly misses the oldest.
    /// Cancel safe.
    pub async fn next(&mut self) -> Option<P> {
        loop {
            match self.receiver.recv().await {
                Ok(push) => return Some(P::from(push)),
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

/// What a handle asks of the client's task.
pub(super) enum Command {
    Subscribe(SubscriberId, Wanted, Arc<dyn Mailbox>),
    Unsubscribe(SubscriberId),
    NeedsSnapshot(SubscriberId),
    Request {
        wire_type: String,
        payload: Value,
        timeout: Duration,
        answer: oneshot::Sender<Result<Value, RequestError>>,
    },
    Close,
}

/// A client: connected, or about to be. Clones are the same client, which ends when it is
/// [closed](Self::close), and when the last clone and the last subscription are dropped.
#[derive(Clone)]
pub struct Connection {
    commands: Commands,
    state: watch::Receiver<State>,
    stats: watch::Receiver<Stats>,
    /// For others to begin with: it is never read.
    pushes: Arc<broadcast::Receiver<Push>>,
    subscribers: Arc<AtomicU64>,
    timeout: Duration,
    buffer: usize,
}

impl Connection {
    /// A client that connects to `url`, and stays connected. It returns at once; requests and
    /// subscriptions wait for the connection. Called within a Tokio runtime.
    pub fn start(contract: &'static Contract, url: impl Into<String>, options: Options) -> Self {
        let (timeout, buffer) = (options.timeout, options.buffer);
        let (commands, state, stats, pushes) = task::spawn(contract, url.into(), options);
        Self {
            commands,
            state,
            stats,
            pushes: Arc::new(pushes),
            subscribers: Arc::default(),
            timeout,
            buffer,
        }
    }

    /// Waits for the first connection, at most for the `timeout` of the options. Cancel safe.
    ///
    /// # Errors
    ///
    /// The server does not want this client, or there was no connection in time; the client is
    /// closed then.
    pub async fn connected(&self) -> Result<(), ConnectError> {
        let mut state = self.state.clone();
        let open = state.wait_for(|state| matches!(state, State::Open | State::Closed(_)));
        let reached = tokio::time::timeout(self.timeout, open).await;
        match reached.as_ref().map(|state| state.as_deref()) {
            Ok(Ok(State::Closed(closed))) => Err(ConnectError::Closed(closed.clone())),
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) | Err(_) => {
                self.close();
                Err(ConnectError::Timeout)
            }
        }
    }

    /// A subscription to a topic.
    pub fn subscribe<T: Topic + 'static>(&self, topic: T) -> Subscribe<T> {
        let subscriber = self.subscribers.fetch_add(1, Ordering::Relaxed);
        Subscribe::new(self.commands.clone(), subscriber, topic, self.buffer)
    }

    /// A request whose payload is known to be one.
    pub fn request<R: DeserializeOwned + 'static>(
        &self,
        wire_type: &str,
        payload: &impl Serialize,
    ) -> Request<R> {
        // What fails to become JSON is refused as what it then is: `null` is no payload.
        let payload = serde_json::to_value(payload).unwrap_or_default();
        Request::new(self.commands.clone(), wire_type, payload, self.timeout)
    }

    /// What the server tells without being asked, from now on.
    pub fn pushes<P: From<Push>>(&self) -> Pushes<P> {
        Pushes {
            receiver: self.pushes.resubscribe(),
            typed: PhantomData,
        }
    }

    /// Where the connection is.
    pub fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// What was counted so far.
    pub fn stats(&self) -> Stats {
        *self.stats.borrow()
    }

    /// Ends the client: requests fail, subscriptions end.
    pub fn close(&self) {
        self.commands.send_if_open(Command::Close);
    }

    /// Waits until the client is closed, by whomever, and the socket is. Cancel safe.
    pub async fn closed(&self) {
        self.commands.closed().await;
    }
}
