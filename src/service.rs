//! The seam between the generated code and the server: what modules implement and are given.
//!
//! A module implements the generated trait of its tag (such as [`crate::api::Datafeed`]) and
//! [`TopicSource`] for each of its topic families; the generated `mount_…` function puts it into
//! [`Handlers`], from where requests of the socket and of HTTP alike reach it.

mod handlers;
mod topics;

use std::sync::Arc;

use serde_json::Value;
use tokio::time::Instant;
use uuid::Uuid;

use crate::auth::{Auth, Principal};
use crate::hub::Hub;
use crate::metrics::Way;
use crate::quota::Quotas;
use crate::wire::Protocol;

pub use crate::wire::{ErrorCode, Refusal};
pub use handlers::Handlers;
pub use topics::{DeltaFamily, PlainFamily, Publisher, TopicFamily, TopicParseError, TopicSource};

/// Who asks.
#[derive(Debug, Clone)]
pub struct Call {
    /// The caller.
    pub principal: Arc<Principal>,
    /// The connection, for requests that came over a WebSocket.
    pub connection: Option<Uuid>,
}

/// What answers: the modules' handlers and the topics that they feed.
pub struct Services {
    /// The served contract.
    pub protocol: Arc<Protocol>,
    /// Who answers requests.
    pub handlers: Handlers,
    /// Topics and their subscribers.
    pub hub: Hub,
    /// Who may ask.
    pub auth: Arc<Auth>,
    /// How much.
    pub quotas: Arc<Quotas>,
}

impl Services {
    /// Answers a request whose payload satisfies the contract, and counts how that went.
    ///
    /// # Errors
    /// What the client is told: the handler's refusal, [`ErrorCode::NotImplemented`] when there is
    /// none, [`ErrorCode::Internal`] when it panicked (which is logged).
    pub async fn call(
        &self,
        wire_type: &str,
        call: Call,
        payload: Value,
    ) -> Result<Value, Refusal> {
        let metrics = self.protocol.metrics().requests.handler(wire_type);
        let metrics = metrics.filter(|_| self.handlers.answers(wire_type));
        let begin = Instant::now();
        let answered = self.handlers.call(wire_type, call, payload).await;
        if let Some(metrics) = metrics {
            metrics.took(begin.elapsed());
        }
        let answer = answered.unwrap_or_else(|handlers::Panicked| {
            tracing::error!(wire_type, "a handler panicked");
            if let Some(metrics) = metrics {
                metrics.panics.increment();
            }
            Err(Refusal::internal())
        });
        answer.inspect_err(|refusal| {
            if refusal.code == ErrorCode::InvalidFrame {
                self.protocol.count_invalid(Some(wire_type), Way::In);
            }
        })
    }
}

/// A row of the generated dispatch table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationEntry {
    /// The request's `type`.
    pub wire_type: &'static str,
    /// Its key in the contract.
    pub key: &'static str,
    /// Its first tag: the module that it belongs to.
    pub tag: &'static str,
    /// The schema of its frame.
    pub frame: &'static str,
    /// The answer's `type`.
    pub reply: Option<&'static str>,
    /// What a principal needs.
    pub permissions: &'static [&'static str],
    /// What kind of operation it is.
    pub kind: &'static str,
}
