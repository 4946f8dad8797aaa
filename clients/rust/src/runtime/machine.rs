//! The protocol of a client, without sockets, clocks or waiting.
//!
//! [`Machine::handle`] takes what happened and the time, and says what to do. Who runs it promises:
//! after [`Action::Connect`] comes [`Input::Opened`] or [`Input::Lost`], after [`Action::AskToken`]
//! comes [`Input::Token`], and after [`Action::Disconnect`] nothing of that connection any more.
//! At [`Machine::deadline`] it gives [`Input::Tick`].

mod frames;
mod streams;

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::backoff::Backoff;
use super::contract::Contract;
use super::error::{Closed, RequestError};
use super::notice::{Notice, Position};
use super::options::Observation;
use super::requests::{Asked, Pending, RequestId, Requests};
use super::schemas::Schemas;
use super::session::{Session, Silence};
use super::state::{State, Stats};
use super::topics::{SubscriberId, Topics, Wanted};
use super::verdict::{Ended, Verdict};

/// Refused as too many: come back after this, at the earliest, unless told otherwise.
const BACK_OFF: Duration = Duration::from_secs(1);

/// What happened.
#[derive(Debug)]
pub(super) enum Input {
    /// The user wants to be connected.
    Start,
    /// A subscriber comes.
    Subscribe(SubscriberId, Wanted),
    /// A subscriber leaves.
    Unsubscribe(SubscriberId),
    /// A subscriber has lost changes, and needs the state that they led to.
    NeedsSnapshot(SubscriberId),
    /// A request.
    Request {
        id: RequestId,
        wire_type: String,
        payload: Value,
        timeout: Duration,
    },
    /// The user wants no more.
    Close,
    /// The token that was asked for, or that there is none.
    Token(Option<String>),
    /// The socket is open.
    Opened,
    /// A text message.
    Text(String),
    /// Anything else from the server, such as a WebSocket ping.
    Heard,
    /// The socket is gone, or never came.
    Lost(Ended),
    /// Time has passed.
    Tick,
}

/// What to do.
#[derive(Debug, PartialEq)]
pub(super) enum Action {
    /// Ask the user's token function.
    AskToken,
    /// Open a socket.
    Connect,
    /// Send a text message.
    Send(String),
    /// Send a WebSocket ping, since the contract has none of its own.
    Ping,
    /// Close the socket, or stop opening it.
    Disconnect,
    /// A request has its answer.
    Answer(RequestId, Result<Value, RequestError>),
    /// A subscription was answered.
    Confirm(SubscriberId),
    /// An update for these subscribers.
    Update {
        subscribers: Vec<SubscriberId>,
        wire_type: String,
        seq: u64,
        payload: Value,
    },
    /// A notice for these subscribers.
    Notify(Vec<SubscriberId>, Notice),
    /// A frame that belongs to no topic.
    Push { wire_type: String, payload: Value },
    /// Tell the observer.
    Report(Observation),
}

/// What the user has decided, as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings {
    pub has_token: bool,
    pub backoff: Backoff,
    pub timeout: Duration,
    pub validate_incoming: bool,
    /// A number in `0.0..1.0`.
    pub random: fn() -> f64,
}

/// The state of a client.
pub(super) struct Machine {
    contract: &'static Contract,
    schemas: Schemas,
    settings: Settings,
    link: Link,
    /// Attempts since a connection stayed up.
    attempts: u32,
    was_open: bool,
    topics: Topics,
    requests: Requests,
    stats: Stats,
    actions: Vec<Action>,
}

/// Where the connection is.
#[derive(Debug)]
enum Link {
    /// Nobody has asked for one.
    Unused,
    /// The next attempt comes then.
    Waiting { until: Instant },
    /// The token or the socket is awaited.
    Connecting {
        token: Option<String>,
        deadline: Instant,
    },
    /// The socket is open; `welcome` or the answer to `auth` is awaited.
    Greeting { session: Session, deadline: Instant },
    /// Requests can be sent.
    Open(Session),
    /// For good.
    Closed(Closed),
}

impl Machine {
    pub(super) fn new(contract: &'static Contract, settings: Settings) -> Self {
        Self {
            contract,
            schemas: Schemas::new(contract),
            settings,
            link: Link::Unused,
            attempts: 0,
            was_open: false,
            topics: Topics::default(),
            requests: Requests::default(),
            stats: Stats::default(),
            actions: Vec::new(),
        }
    }

    /// What was counted.
    pub(super) fn stats(&self) -> Stats {
        self.stats
    }

    /// Whether there will be no other connection.
    pub(super) fn is_closed(&self) -> bool {
        matches!(self.link, Link::Closed(_))
    }

    /// When something is due, if nothing happens before.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let (link, is_open) = match &self.link {
            Link::Unused | Link::Closed(_) => (None, false),
            Link::Waiting { until } => (Some(*until), false),
            Link::Connecting { deadline, .. } => (Some(*deadline), false),
            Link::Greeting { session, deadline } => {
                (Some(session.deadline().min(*deadline)), false)
            }
            Link::Open(session) => (Some(session.deadline()), true),
        };
        let topics = self.topics.deadline().filter(|_| is_open);
        [link, self.requests.deadline(), topics]
            .into_iter()
            .flatten()
            .min()
    }

    /// What to do about it.
    pub(super) fn handle(&mut self, input: Input, now: Instant) -> Vec<Action> {
        match input {
            Input::Start => self.connect(now),
            Input::Subscribe(subscriber, wanted) => self.subscribe(subscriber, wanted, now),
            Input::Unsubscribe(subscriber) => self.unsubscribe(subscriber, now),
            Input::NeedsSnapshot(subscriber) => {
                if let Some(topic) = self.topics.of(subscriber) {
                    self.renew(&topic, false, now);
                }
            }
            Input::Request {
                id,
                wire_type,
                payload,
                timeout,
            } => {
                self.request(Asked::ByUser(id), &wire_type, payload, timeout, now);
            }
            Input::Close => self.close(Closed::default()),
            Input::Token(token) => self.token(token, now),
            Input::Opened => self.opened(now),
            Input::Text(text) => {
                self.heard(now);
                self.read(&text, now);
            }
            Input::Heard => self.heard(now),
            Input::Lost(ended) => self.lost(ended, now),
            Input::Tick => {}
        }
        self.overdue(now);
        std::mem::take(&mut self.actions)
    }

    // ---------------------------------------------------------------------------- connection --

    fn connect(&mut self, now: Instant) {
        if self.is_closed() {
            return;
        }
        self.report(State::Connecting);
        let deadline = now + self.settings.timeout;
        self.link = Link::Connecting {
            token: None,
            deadline,
        };
        let first = if self.authenticates() {
            Action::AskToken
        } else {
            Action::Connect
        };
        self.actions.push(first);
    }

    /// The token has come: for the connection that is to be made, or for the one that lives.
    fn token(&mut self, given: Option<String>, now: Instant) {
        match (&mut self.link, given) {
            (Link::Connecting { token, .. }, Some(given)) => {
                *token = Some(given);
                self.actions.push(Action::Connect);
            }
            (Link::Connecting { .. }, None) => self.lost(Ended::default(), now),
            (Link::Open(_), Some(given)) => self.authenticate("auth.refresh", given, now),
            // Without a fresh token the old one holds until the server says otherwise.
            _ => {}
        }
    }

    fn opened(&mut self, now: Instant) {
        let Link::Connecting { token, deadline } = &mut self.link else {
            return;
        };
        let (token, deadline) = (token.take(), *deadline);
        let session = Session::new(self.contract.has("welcome"), token.is_some(), now);
        self.link = Link::Greeting { session, deadline };
        if let Some(token) = token {
            self.authenticate("auth", token, now);
        }
        self.greeted(now);
    }

    fn authenticate(&mut self, wire_type: &str, token: String, now: Instant) {
        let payload = json!({"token": token});
        self.request(Asked::Auth, wire_type, payload, self.settings.timeout, now);
    }

    fn authenticates(&self) -> bool {
        self.settings.has_token && self.contract.has("auth")
    }

    /// Once all has come that was awaited, the subscriptions go first, then what has waited.
    fn greeted(&mut self, now: Instant) {
        if !matches!(&self.link, Link::Greeting { session, .. } if session.is_ready()) {
            return;
        }
        if let Link::Greeting { session, .. } = std::mem::replace(&mut self.link, Link::Unused) {
            self.link = Link::Open(session);
        }
        self.stats.reconnects += u64::from(self.was_open);
        self.was_open = true;
        self.report(State::Open);
        let waited = self.requests.unsent();
        self.subscribe_due(now);
        for (id, frame) in waited {
            self.send(id, frame, now);
        }
    }

    fn heard(&mut self, now: Instant) {
        if let Some(session) = self.session() {
            session.heard(now);
        }
    }

    /// The server does not answer as it should: another connection may do better.
    fn give_up(&mut self, now: Instant) {
        self.actions.push(Action::Disconnect);
        self.lost(Ended::default(), now);
    }

    fn lost(&mut self, ended: Ended, now: Instant) {
        let session = match std::mem::replace(&mut self.link, Link::Unused) {
            Link::Greeting { session, .. } | Link::Open(session) => Some(session),
            Link::Connecting { .. } => None,
            other => {
                self.link = other;
                return;
            }
        };
        for pending in self.requests.take_sent() {
            self.answer(pending, Err(RequestError::ConnectionLost), now);
        }
        let verdict = ended.verdict();
        if verdict == Verdict::Stop {
            let Ended { code, status } = ended;
            self.close(Closed {
                code,
                status,
                error: None,
            });
            return;
        }
        self.topics.disconnected();
        let stayed_up = |session: &Session| now - session.opened_at >= self.settings.backoff.cap;
        if session.as_ref().is_some_and(stayed_up) {
            self.attempts = 0;
        }
        self.attempts = self.attempts.saturating_add(1);
        let told = session.map_or(Duration::ZERO, |session| session.floor(now));
        let delay = match verdict {
            Verdict::AtOnce if self.attempts == 1 => Duration::ZERO,
            Verdict::BackOff => told.max(BACK_OFF) + self.backoff(self.attempts),
            _ => told + self.backoff(self.attempts),
        };
        self.link = Link::Waiting { until: now + delay };
        let Ended { code, status } = ended;
        self.report(State::Waiting {
            attempt: self.attempts,
            delay,
            code,
            status,
        });
    }

    /// For good; everyone is told.
    fn close(&mut self, why: Closed) {
        let has_socket = matches!(
            self.link,
            Link::Connecting { .. } | Link::Greeting { .. } | Link::Open(_)
        );
        if self.is_closed() {
            return;
        }
        self.link = Link::Closed(why.clone());
        for pending in self.requests.take_all() {
            if let Asked::ByUser(id) = pending.asked {
                self.actions
                    .push(Action::Answer(id, Err(RequestError::Closed(why.clone()))));
            }
        }
        for topic in self.topics.take_all().into_values() {
            self.actions.push(Action::Notify(
                topic.subscribers,
                Notice::Closed(why.clone()),
            ));
        }
        if has_socket {
            self.actions.push(Action::Disconnect);
        }
        self.report(State::Closed(why));
    }

    /// What is due by now.
    fn overdue(&mut self, now: Instant) {
        match &mut self.link {
            Link::Waiting { until } if *until <= now => self.connect(now),
            Link::Connecting { deadline, .. } | Link::Greeting { deadline, .. }
                if *deadline <= now =>
            {
                self.give_up(now)
            }
            _ => {}
        }
        match self.session().map(|session| session.silence(now)) {
            Some(Silence::Ask) => self.ping(now),
            Some(Silence::GiveUp) => self.give_up(now),
            Some(Silence::Short) | None => {}
        }
        for pending in self.requests.take_late(now) {
            self.answer(pending, Err(RequestError::Timeout), now);
        }
        if self
            .topics
            .deadline()
            .is_some_and(|deadline| deadline <= now)
        {
            self.subscribe_due(now);
        }
    }

    fn ping(&mut self, now: Instant) {
        if self.contract.has("ping") {
            // Silence itself has an end, so this has none.
            self.request(Asked::Ping, "ping", json!({}), Duration::MAX, now);
        } else {
            self.actions.push(Action::Ping);
        }
    }

    // ------------------------------------------------------------------------------ requests --

    fn request(
        &mut self,
        asked: Asked,
        wire_type: &str,
        payload: Value,
        timeout: Duration,
        now: Instant,
    ) {
        let reply = self
            .contract
            .message(wire_type)
            .and_then(|message| message.reply);
        let id = self.requests.next_id();
        let frame = json!({"type": wire_type, "msg_id": id.to_string(), "payload": payload});
        // No deadline beyond what a clock can say.
        let deadline = now
            .checked_add(timeout)
            .unwrap_or(now + Duration::from_secs(86_400 * 365));
        let pending = Pending {
            asked,
            reply,
            unsent: None,
            deadline,
        };
        if let Link::Closed(why) = &self.link {
            let why = why.clone();
            return self.answer(pending, Err(RequestError::Closed(why)), now);
        }
        let violations = self.schemas.violations(wire_type, &frame);
        if !violations.is_empty() {
            return self.answer(pending, Err(RequestError::Invalid(violations)), now);
        }
        let frame = frame.to_string();
        let is_ours = matches!(pending.asked, Asked::Auth | Asked::Ping);
        match &self.link {
            Link::Open(_) => {
                self.requests.insert(id, pending);
                self.send(id, frame, now);
            }
            Link::Greeting { .. } if is_ours => {
                self.requests.insert(id, pending);
                self.send(id, frame, now);
            }
            _ => self.requests.insert(
                id,
                Pending {
                    unsent: Some(frame),
                    ..pending
                },
            ),
        }
    }

    /// Sends a frame, unless the server would close the connection for its size.
    fn send(&mut self, id: u64, frame: String, now: Instant) {
        let limit = self
            .session()
            .map_or(usize::MAX, |session| session.max_frame_bytes);
        let size = frame.len();
        if size <= limit {
            self.actions.push(Action::Send(frame));
        } else if let Some(pending) = self.requests.remove(id) {
            self.answer(pending, Err(RequestError::TooLarge { size, limit }), now);
        }
    }

    /// A request is over, whoever asked.
    fn answer(&mut self, pending: Pending, result: Result<Value, RequestError>, now: Instant) {
        match pending.asked {
            Asked::ByUser(id) => self.actions.push(Action::Answer(id, result)),
            Asked::Auth => self.authenticated(result, now),
            Asked::Subscribe(topics) => self.subscribed(&topics, result, now),
            Asked::Unsubscribe => self.expect_answer(result, now),
            Asked::Ping => {}
        }
    }

    fn authenticated(&mut self, result: Result<Value, RequestError>, now: Instant) {
        match result {
            Ok(_) => {
                if let Some(session) = self.session() {
                    session.awaits_auth = false;
                }
                self.greeted(now);
            }
            // Too many at the moment, by which the token is no worse: another connection may do, and
            // an open one has its old token.
            Err(RequestError::Refused(refusal)) if refusal.retryable => {
                if let Some(session) = self.session()
                    && session.awaits_auth
                {
                    session.not_before = Some(now + refusal.retry_after.unwrap_or(BACK_OFF));
                    self.give_up(now);
                }
            }
            Err(RequestError::Refused(refusal)) => {
                let error = Some(refusal.code);
                self.close(Closed {
                    error,
                    ..Closed::default()
                });
            }
            // A token that is none: the server would say so, too.
            Err(RequestError::Invalid(_) | RequestError::TooLarge { .. }) => {
                let error = Some("invalid_frame".to_owned());
                self.close(Closed {
                    error,
                    ..Closed::default()
                });
            }
            Err(error) => self.expect_answer(Err(error), now),
        }
    }

    /// What the client asks for itself is answered by a server that is well.
    fn expect_answer(&mut self, result: Result<Value, RequestError>, now: Instant) {
        if matches!(
            result,
            Err(RequestError::Timeout | RequestError::InvalidAnswer(_))
        ) {
            self.give_up(now);
        }
    }

    // -------------------------------------------------------------------------------- others --

    fn session(&mut self) -> Option<&mut Session> {
        match &mut self.link {
            Link::Greeting { session, .. } | Link::Open(session) => Some(session),
            _ => None,
        }
    }

    fn backoff(&self, attempt: u32) -> Duration {
        self.settings
            .backoff
            .delay(attempt, (self.settings.random)())
    }

    fn report(&mut self, state: State) {
        self.actions.push(Action::Report(Observation::State(state)));
    }

    /// A frame was not understood.
    pub(super) fn invalid(&mut self, why: String) -> Action {
        self.stats.invalid_frames += 1;
        Action::Report(Observation::InvalidFrame(why))
    }
}
