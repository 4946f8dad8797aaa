//! What a mock does wrong on purpose (`--mock-faults`), so that a client can be hardened against it.
//!
//! This is the only place from which a frame gets to a client that nobody has held against the
//! contract, or an update is lost without a word. A server makes one with that flag only, and says
//! so loudly at its start.

mod plan;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

use chrono::Utc;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};
use tokio_util::task::AbortOnDropHandle;

use super::random::Random;
use super::shape::Shape;
use crate::delivery::Outbox;
use crate::hub::StreamHandle;
use crate::session::Connections;
use crate::wire::{CloseCode, Envelope, ErrorCode, Frame, Protocol, Refusal, TopicId};

pub use plan::FaultPlan;

/// How long a server that restarts is away. It says so in its `shutdown`.
const AWAY: Duration = Duration::from_secs(1);

/// The contract has no such error code.
#[derive(Debug, thiserror::Error)]
#[error("--mock-faults: the contract has no error code {code:?}, only {known}")]
pub struct UnknownErrorCode {
    code: String,
    known: String,
}

/// A server's faults. The same seed makes the same ones, in the order of what they happen to.
pub struct Faults {
    plan: FaultPlan,
    seed: u64,
    protocol: Arc<Protocol>,
    connections: Arc<Connections>,
    handshakes: Mutex<Random>,
    /// By wire types of requests.
    answers: Mutex<HashMap<String, Random>>,
    /// How many connections there were so far.
    accompanied: AtomicU64,
    /// Until when it is away.
    away: Mutex<Option<Instant>>,
    /// How many times it has restarted.
    restarts: watch::Sender<u64>,
    restarting: OnceLock<AbortOnDropHandle<()>>,
}

impl Faults {
    /// Faults of the server with these connections, inside of a Tokio runtime.
    ///
    /// # Errors
    /// An error is planned that the contract does not have.
    pub fn start(
        plan: FaultPlan,
        seed: u64,
        protocol: &Arc<Protocol>,
        connections: &Arc<Connections>,
    ) -> Result<Arc<Self>, UnknownErrorCode> {
        let known = error_codes(protocol);
        if let Some((code, _)) = plan
            .errors
            .iter()
            .find(|(code, _)| !known.contains(&&**code))
        {
            return Err(UnknownErrorCode {
                code: code.clone(),
                known: known.join(", "),
            });
        }
        tracing::warn!(faults = %plan, seed, "THIS SERVER FAILS ON PURPOSE: it loses updates, breaks \
            the contract and closes connections as --mock-faults says");
        let every = plan.restart;
        let faults = Arc::new(Self {
            plan,
            seed,
            protocol: Arc::clone(protocol),
            connections: Arc::clone(connections),
            handshakes: Mutex::new(Random::new(seed, "handshakes")),
            answers: Mutex::default(),
            accompanied: AtomicU64::new(0),
            away: Mutex::default(),
            restarts: watch::Sender::new(0),
            restarting: OnceLock::new(),
        });
        if let Some(every) = every {
            let task = tokio::spawn(Self::restart_every(every, Arc::downgrade(&faults)));
            faults
                .restarting
                .get_or_init(|| AbortOnDropHandle::new(task));
        }
        Ok(faults)
    }

    /// Whether the next handshake is refused.
    pub fn refuse_handshake(&self) -> bool {
        let away = lock(&self.away).is_some_and(|until| Instant::now() < until);
        away || lock(&self.handshakes).happens(self.plan.refuse)
    }

    /// Closes a connection when its time has come, unless what is returned is dropped before.
    pub fn accompany(&self, outbox: &Arc<Outbox>) -> Option<AbortOnDropHandle<()>> {
        let number = self.accompanied.fetch_add(1, Ordering::Relaxed);
        let turn = number.checked_rem(self.plan.closes.len() as u64)?;
        let (code, span) = self.plan.closes[turn as usize];
        let share = Random::new(self.seed, &format!("connection {number}")).unit();
        let outbox = Arc::downgrade(outbox);
        Some(AbortOnDropHandle::new(tokio::spawn(async move {
            sleep(span.at(share)).await;
            if let Some(outbox) = outbox.upgrade() {
                outbox.close(code);
            }
        })))
    }

    /// What comes before an answer to a request of this type: a delay, or instead of it an error.
    ///
    /// # Errors
    /// The error.
    pub(super) async fn before_answer(&self, wire_type: &str) -> Result<(), Refusal> {
        let (late, chance) = {
            let mut answers = lock(&self.answers);
            let random = answers
                .entry(wire_type.to_owned())
                .or_insert_with(|| Random::new(self.seed, wire_type));
            (random.unit(), random.unit())
        };
        if let Some(delay) = self.plan.delay {
            sleep(delay.at(late)).await;
        }
        let mut below = 0.0;
        for (code, share) in &self.plan.errors {
            below += share;
            if chance < below {
                return Err(self.error(code));
            }
        }
        Ok(())
    }

    /// The faults of one topic.
    pub(super) fn of_topic(self: &Arc<Self>, topic: &TopicId) -> TopicFaults {
        TopicFaults {
            random: Random::new(self.seed, &format!("faults of {topic}")),
            topic: topic.clone(),
            restarts: self.restarts.subscribe(),
            faults: Arc::clone(self),
        }
    }

    fn error(&self, code: &str) -> Refusal {
        let message = "failed on purpose (--mock-faults)";
        match code.parse() {
            Ok(ErrorCode::RateLimited) => Refusal::rate_limited(Duration::from_secs(1)),
            Ok(code) => Refusal::new(code, message),
            // Of this contract alone: its example knows how severe that is.
            Err(_) => {
                let examples = self.protocol.contract().message("error").into_iter();
                let mut payloads = examples
                    .flat_map(|error| &error.examples)
                    .filter_map(|example| example.frame.get("payload"));
                let example = payloads.find(|payload| payload["code"] == *code).cloned();
                Refusal::from_example(example.unwrap_or_else(|| {
                    json!({"severity": "business_logic_error", "code": code, "message": message,
                        "retryable": false, "details": []})
                }))
            }
        }
    }

    async fn restart_every(every: Duration, faults: Weak<Self>) {
        loop {
            sleep(every).await;
            match faults.upgrade() {
                Some(faults) => faults.restart(),
                None => return,
            }
        }
    }

    /// What clients see of a server that restarts: a goodbye, the close, nobody for a while, and
    /// then topics that have begun anew.
    fn restart(&self) {
        *lock(&self.away) = Some(Instant::now() + AWAY);
        if self.protocol.defines("shutdown") {
            let away = u64::try_from(AWAY.as_millis()).unwrap_or(u64::MAX);
            let notice = json!({"message": "the server is restarting", "reconnect_after_ms": away});
            match self.protocol.encode("shutdown", None, &notice) {
                Ok(frame) => self.connections.broadcast(frame),
                Err(violation) => tracing::error!(%violation, "cannot announce a restart"),
            }
        }
        self.connections.close_all(CloseCode::Restarting);
        self.restarts.send_modify(|restarts| *restarts += 1);
        tracing::info!("seemed to restart");
    }
}

/// The faults of one topic.
pub(super) struct TopicFaults {
    faults: Arc<Faults>,
    topic: TopicId,
    random: Random,
    restarts: watch::Receiver<u64>,
}

impl TopicFaults {
    /// Waits until the server seems to restart. Cancel safe.
    pub(super) async fn restarted(&mut self) {
        if self.restarts.changed().await.is_err() {
            std::future::pending().await
        }
    }

    /// Whether the next update is lost.
    pub(super) fn drops(&mut self) -> bool {
        self.random.happens(self.faults.plan.drop)
    }

    /// Sends, now and then, what no client expects.
    pub(super) fn after_update(&mut self, stream: &StreamHandle, seq: u64) {
        let plan = &self.faults.plan;
        let now = Utc::now();
        if self.random.happens(plan.unknown) {
            let envelope = Envelope {
                wire_type: &self.unknown_type(),
                msg_id: None,
                position: None,
            };
            stream.inject(Frame::json(envelope, now, |text| {
                text.extend_from_slice(b"{}");
            }));
        }
        if self.random.happens(plan.invalid) {
            let family = self.faults.protocol.family(self.topic.family());
            let envelope = Envelope {
                wire_type: &family.messages.update,
                msg_id: None,
                position: Some((self.topic.name(), seq)),
            };
            // A payload is an object in every contract.
            stream.inject(Frame::json(envelope, now, |text| {
                text.extend_from_slice(b"null");
            }));
        }
    }

    /// One that the contract does not have.
    fn unknown_type(&self) -> String {
        let mut name = "mock.unknown".to_owned();
        while self.faults.protocol.defines(&name) {
            name.push_str(".unknown");
        }
        name
    }
}

/// The codes of the contract's `error`.
fn error_codes(protocol: &Protocol) -> Vec<&str> {
    let contract = protocol.contract();
    let code = contract
        .message("error")
        .and_then(|message| Shape::named(contract, &message.payload))
        .and_then(|payload| payload.member("code"));
    let values = code.map(|code| code.values()).unwrap_or_default();
    values.iter().filter_map(|value| value.as_str()).collect()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
