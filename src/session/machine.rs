//! The protocol of one connection, without sockets, clocks or waiting.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::time::Instant;
use uuid::Uuid;

use super::answers;
use super::identity::Identity;
use super::pipe::Inbound;
use super::rate::{Rate, TooFast};
use super::subscribing::Change;
use crate::audit::Trail;
use crate::auth::{Auth, Principal, Rejected, Token, User};
use crate::delivery::Outbox;
use crate::hub::{Lease, Subscription};
use crate::metrics::{Refused, Way};
use crate::quota::{Full, Party, Share};
use crate::wire::{
    CloseCode, ContractViolation, ErrorCode, Format, Frame, Protocol, Refusal, Rejection, TopicId,
};

/// The moment at which a client's messages are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    /// For timestamps.
    pub(super) utc: DateTime<Utc>,
    /// For everything that is measured: the wall clock may be set.
    pub(super) instant: Instant,
}

impl Now {
    pub(super) fn read() -> Self {
        Self {
            utc: Utc::now(),
            instant: Instant::now(),
        }
    }
}

/// What one connection may do.
#[derive(Debug, Clone)]
pub struct SessionLimits {
    /// Largest inbound message in bytes.
    pub max_frame_bytes: usize,
    /// Subscriptions at a time.
    pub max_subscriptions: usize,
    /// Invalid frames in a row that close the connection.
    pub max_invalid_frames: u32,
    /// Requests that wait for their answers; further ones are not read meanwhile.
    pub max_requests_in_flight: usize,
    /// Bytes that may wait to be written.
    pub max_outbox_bytes: usize,
    /// How long one may wait, while the socket takes nothing.
    pub max_outbox_age: Duration,
    /// Frames a second in the long run; twice as many may come at once.
    pub max_frames_per_second: u32,
    /// The age at which the connection is closed at the latest.
    pub max_age: Duration,
    /// How long a token may take to come, where nobody is served without one.
    pub auth_timeout: Duration,
}

/// Something to wait for. Its [`Done`] comes back to the session.
#[derive(Debug)]
pub enum Work {
    /// Ask the module that answers this request.
    Call(PendingCall, Value),
    /// Open these topics; one result for each.
    Open(Vec<TopicId>),
    /// Find out whose token this is.
    Authenticate(PendingCall, Token),
}

/// The result of a [`Work`].
#[derive(Debug)]
pub enum Done {
    /// Of [`Work::Call`].
    Called(PendingCall, Result<Value, Refusal>),
    /// Of [`Work::Open`].
    Opened(Vec<Result<Lease, (TopicId, Refusal)>>),
    /// Of [`Work::Authenticate`].
    Authenticated(PendingCall, Result<User, Rejected>),
}

/// A request that waits for its module's answer.
#[derive(Debug)]
pub struct PendingCall {
    /// The request's wire type.
    pub wire_type: String,
    pub(super) reply: String,
    pub(super) msg_id: Option<String>,
}

/// Who is at the other end, and what goes with them.
pub struct Caller {
    /// Judges what comes of it.
    pub auth: Arc<Auth>,
    /// Who it is, as far as the handshake has shown.
    pub principal: Arc<Principal>,
    /// What it takes of what it shares with others.
    pub share: Share,
    /// Tells of it.
    pub trail: Trail,
}

/// One connection's state.
pub struct Session {
    pub(super) protocol: Arc<Protocol>,
    pub(super) outbox: Arc<Outbox>,
    pub(super) limits: Arc<SessionLimits>,
    pub(super) identity: Identity,
    pub(super) share: Share,
    pub(super) trail: Trail,
    pub(super) connection_id: Uuid,
    pub(super) connected_at: DateTime<Utc>,
    pub(super) subscriptions: HashMap<Arc<str>, Subscription>,
    /// Subscribes and unsubscribes happen in the order of their requests, one after the other.
    pub(super) changes: VecDeque<Change>,
    /// The change whose topics are being opened.
    pub(super) opening: Option<Change>,
    /// How many subscriptions it may bring, which are counted already.
    pub(super) reserved: usize,
    /// The topic of the URL, which waits for a token.
    pub(super) deferred: Option<TopicId>,
    pub(super) counters: Received,
    /// Whether the audit log has its beginning and not its end.
    is_open: bool,
    invalid_run: u32,
    rate: Rate,
}

/// What came in so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Received {
    pub(super) frames: u64,
    pub(super) bytes: u64,
    pub(super) invalid: u64,
}

impl Session {
    /// A session that has said nothing yet, of somebody who was let in.
    pub fn new(
        protocol: Arc<Protocol>,
        limits: Arc<SessionLimits>,
        caller: Caller,
        outbox: Arc<Outbox>,
        connection_id: Uuid,
        now: DateTime<Utc>,
    ) -> Self {
        let moment = Now {
            utc: now,
            instant: Instant::now(),
        };
        let Caller {
            auth,
            principal,
            share,
            trail,
        } = caller;
        let rate = Rate::new(limits.max_frames_per_second, moment.instant);
        let identity = Identity::new(auth, principal, limits.auth_timeout, moment);
        Self {
            outbox,
            protocol,
            limits,
            identity,
            share,
            trail,
            connection_id,
            connected_at: now,
            subscriptions: HashMap::new(),
            changes: VecDeque::new(),
            opening: None,
            reserved: 0,
            deferred: None,
            counters: Received::default(),
            is_open: false,
            invalid_run: 0,
            rate,
        }
    }

    /// Where its frames wait.
    pub fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }

    /// Who is at the other end.
    pub fn principal(&self) -> &Arc<Principal> {
        self.identity.principal()
    }

    /// Names the connection.
    pub fn connection_id(&self) -> Uuid {
        self.connection_id
    }

    /// Says `welcome`, in contracts that have it.
    pub fn welcome(&mut self, heartbeat: Duration, now: DateTime<Utc>) {
        if self.protocol.defines("welcome") {
            let payload = answers::welcome(self, heartbeat, now);
            self.answer("welcome", None, &payload);
        }
    }

    /// Takes a message from the client.
    pub(super) fn receive(&mut self, inbound: Inbound<'_>, now: Now) -> Option<Work> {
        let admitted = self.rate.admit(&self.share, now.instant);
        if let Err(TooFast::Wait(scope, _)) = &admitted {
            let metrics = &self.protocol.metrics().requests;
            metrics.rate_limited.of(*scope).increment();
        }
        if matches!(admitted, Err(TooFast::GiveUp)) {
            self.outbox.close(CloseCode::RateLimited);
            return None;
        }
        let (message, expected) = match inbound {
            Inbound::Text(text) => (text, Format::Json),
            Inbound::Binary(bytes) => (bytes, Format::MessagePack),
            Inbound::Alive => return None,
        };
        let format = self.outbox.encoding().format;
        self.counters.frames += 1;
        self.counters.bytes += message.len() as u64;
        let decoded = if format == expected {
            self.protocol.decode(format, message)
        } else {
            self.protocol.count_invalid(None, Way::In);
            Err(wrong_kind(format))
        };
        match decoded {
            Ok(request) => {
                self.invalid_run = 0;
                if let Err(TooFast::Wait(_, refusal)) = admitted {
                    let name = &self.protocol.operation(&request).name;
                    self.refuse(&refusal, request.msg_id.as_deref(), Some(name));
                    return None;
                }
                self.perform(request, now.utc)
            }
            Err(rejection) => {
                self.reject(rejection);
                None
            }
        }
    }

    /// Counts the connection for its address, and for its user where it has one from the start. From here on it
    /// is in the audit log.
    ///
    /// # Errors
    /// There are as many as there may be.
    pub fn enter(&mut self) -> Result<(), Refused> {
        self.share.connect().map_err(refused)?;
        let principal = self.identity.principal();
        if let Some(user) = principal.user() {
            self.share.join(&user.sub).map_err(refused)?;
        }
        self.trail.connected(principal);
        self.is_open = true;
        Ok(())
    }

    /// It ends so.
    pub(super) fn ended(&mut self, code: CloseCode) {
        if std::mem::take(&mut self.is_open) {
            self.trail.closed(self.principal(), code);
        }
    }

    /// Leaves all topics.
    pub(super) fn leave(&mut self) {
        self.changes.clear();
        self.opening = None;
        self.reserved = 0;
        self.subscriptions.clear();
        self.settle();
    }

    /// How many requests wait for another's work: subscribes keep their order.
    pub fn waiting(&self) -> usize {
        self.changes.len()
    }

    /// Whether a token is being looked at, so that nothing else may be asked.
    pub(super) fn is_authenticating(&self) -> bool {
        self.identity.busy
    }

    /// Whether whoever is there has lost their access.
    pub(super) fn is_revoked(&mut self) -> bool {
        self.identity.is_revoked()
    }

    /// When time will bring something, to be done by `tick`.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.identity.next_due()
    }

    /// Takes the result of a work.
    pub(super) fn finish(&mut self, done: Done, now: Now) -> Option<Work> {
        match done {
            Done::Called(call, Ok(reply)) => {
                let (msg_id, request_type) = (call.msg_id.as_deref(), Some(&*call.wire_type));
                let frame = self.frame_or_internal_error(&call.reply, msg_id, request_type, &reply);
                self.outbox.push(frame);
                None
            }
            Done::Called(call, Err(refusal)) => {
                self.refuse(&refusal, call.msg_id.as_deref(), Some(&call.wire_type));
                None
            }
            Done::Opened(leases) => {
                self.opened(leases);
                self.next_change()
            }
            Done::Authenticated(call, found) => self.authenticated(call, found, now),
        }
    }

    /// Subscribes to a topic as if its `<family>.subscribe` had been the first frame.
    /// Where a token has to come first, after that.
    pub fn start_with(&mut self, topic: TopicId) -> Option<Work> {
        if self.identity.is_awaited() {
            self.deferred = Some(topic);
            return None;
        }
        self.change(Change::subscribe_from_url(&self.protocol, topic))
    }

    /// Brings the topic up to date whose turn it is, since its changes were too many for this connection.
    pub fn catch_up(&self) {
        let Some(topic) = self.outbox.behind() else {
            return;
        };
        match self.subscriptions.get(topic.id.name()) {
            Some(subscription) if subscription.is_to(&topic) => subscription.catch_up(),
            // Left in the meantime, or ended by its producer.
            _ => self.outbox.forget(&topic),
        }
    }

    /// Announces that the server stops, in contracts that have `shutdown`.
    pub fn say_goodbye(&self) {
        if self.protocol.defines("shutdown") {
            self.answer("shutdown", None, &answers::shutdown());
        }
    }

    fn reject(&mut self, rejection: Rejection) {
        self.counters.invalid += 1;
        self.invalid_run += 1;
        let Rejection {
            refusal,
            msg_id,
            request_type,
        } = rejection;
        self.refuse(&refusal, msg_id.as_deref(), request_type.as_deref());
        if self.invalid_run >= self.limits.max_invalid_frames {
            self.outbox.close(CloseCode::TooManyInvalidFrames);
        }
    }

    pub(super) fn refuse(
        &self,
        refusal: &Refusal,
        msg_id: Option<&str>,
        request_type: Option<&str>,
    ) {
        self.outbox
            .push(self.protocol.encode_refusal(refusal, msg_id, request_type));
    }

    pub(super) fn answer(&self, wire_type: &str, msg_id: Option<&str>, payload: &Value) {
        self.outbox
            .push(self.frame_or_internal_error(wire_type, msg_id, None, payload));
    }

    /// Our own answer may break the contract, when a module computed nonsense. That is logged,
    /// and the client learns that the fault is ours.
    pub(super) fn frame_or_internal_error(
        &self,
        wire_type: &str,
        msg_id: Option<&str>,
        request_type: Option<&str>,
        payload: &Value,
    ) -> Frame {
        self.protocol
            .encode(wire_type, msg_id, payload)
            .unwrap_or_else(|violation: ContractViolation| {
                tracing::error!(wire_type, %violation, "refused to send what breaks the contract");
                self.protocol
                    .encode_refusal(&Refusal::internal(), msg_id, request_type)
            })
    }
}

impl Drop for Session {
    /// A connection whose task did not come to its end has one in the log all the same.
    fn drop(&mut self) {
        self.ended(CloseCode::Internal);
    }
}

/// As it is counted.
pub(super) fn refused(full: Full) -> Refused {
    match full.party {
        Party::Address => Refused::AddressLimit,
        Party::User => Refused::UserLimit,
    }
}

/// A text message where the subprotocol has binary ones, or the other way round.
fn wrong_kind(format: Format) -> Rejection {
    let message = match format {
        Format::Json => "frames are text, not binary",
        Format::MessagePack => "frames are binary, not text",
    };
    Rejection {
        refusal: Refusal::new(ErrorCode::UnsupportedData, message),
        msg_id: None,
        request_type: None,
    }
}
