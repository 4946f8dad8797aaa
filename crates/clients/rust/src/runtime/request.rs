//! A request that waits for its answer.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::oneshot;

use super::connection::Command;
use super::error::{Closed, RequestError};
use super::task::Commands;

/// A request that is sent when it is awaited.
#[must_use = "nothing is sent before this is awaited"]
pub struct Request<R> {
    commands: Commands,
    wire_type: String,
    payload: Value,
    timeout: Duration,
    reply: PhantomData<fn() -> R>,
}

impl<R> Request<R> {
    pub(super) fn new(
        commands: Commands,
        wire_type: &str,
        payload: Value,
        timeout: Duration,
    ) -> Self {
        Self {
            commands,
            wire_type: wire_type.to_owned(),
            payload,
            timeout,
            reply: PhantomData,
        }
    }

    /// How long to wait for the answer, the time without a connection included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }
}

impl<R: DeserializeOwned + 'static> IntoFuture for Request<R> {
    type Output = Result<R, RequestError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self {
            commands,
            wire_type,
            payload,
            timeout,
            ..
        } = self;
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            let command = Command::Request {
                wire_type,
                payload,
                timeout,
                answer,
            };
            commands.send(command).map_err(RequestError::Closed)?;
            // The task answers whatever it was given, unless its runtime is shut down.
            let answered = answered.await;
            let payload =
                answered.unwrap_or_else(|_| Err(RequestError::Closed(Closed::default())))?;
            serde_json::from_value(payload)
                .map_err(|error| RequestError::InvalidAnswer(error.to_string()))
        })
    }
}
