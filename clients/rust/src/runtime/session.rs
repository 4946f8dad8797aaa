//! One connection: what the server has said of it, and whether the server still lives.

use std::time::Duration;

use serde::Deserialize;
use tokio::time::Instant;

/// The interval of a server that says nothing of it.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// The state that ends with a connection.
#[derive(Debug)]
pub(super) struct Session {
    pub opened_at: Instant,
    /// Whether what has to come before the first request is still awaited.
    pub awaits_welcome: bool,
    pub awaits_auth: bool,
    /// The largest frame that the server takes.
    pub max_frame_bytes: usize,
    /// How long the server wants its clients to stay away, from its `shutdown`.
    pub stay_away: Duration,
    /// The server has no room for this client before.
    pub not_before: Option<Instant>,
    heartbeat: Duration,
    heard_at: Instant,
    asked: bool,
}

/// What of `welcome` matters here.
#[derive(Debug, Deserialize)]
pub(super) struct Welcome {
    heartbeat_interval_ms: u64,
    limits: Limits,
}

#[derive(Debug, Deserialize)]
struct Limits {
    max_frame_bytes: usize,
}

/// What silence demands.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// Nothing yet.
    Short,
    /// To ask whether the server lives.
    Ask,
    /// To give the connection up.
    GiveUp,
}

impl Session {
    pub(super) fn new(awaits_welcome: bool, awaits_auth: bool, now: Instant) -> Self {
        Self {
            opened_at: now,
            awaits_welcome,
            awaits_auth,
            max_frame_bytes: usize::MAX,
            stay_away: Duration::ZERO,
            not_before: None,
            heartbeat: HEARTBEAT,
            heard_at: now,
            asked: false,
        }
    }

    pub(super) fn welcomed(&mut self, welcome: &Welcome) {
        self.awaits_welcome = false;
        self.max_frame_bytes = welcome.limits.max_frame_bytes;
        self.heartbeat = Duration::from_millis(welcome.heartbeat_interval_ms.max(1));
    }

    pub(super) fn is_ready(&self) -> bool {
        !self.awaits_welcome && !self.awaits_auth
    }

    pub(super) fn heard(&mut self, now: Instant) {
        self.heard_at = now;
        self.asked = false;
    }

    /// When [`silence`](Self::silence) will demand something.
    pub(super) fn deadline(&self) -> Instant {
        let intervals = if self.asked { 3 } else { 2 };
        self.heard_at + self.heartbeat * intervals
    }

    /// After two intervals of silence a question, after one more the end.
    pub(super) fn silence(&mut self, now: Instant) -> Silence {
        if now < self.deadline() {
            Silence::Short
        } else if self.asked {
            Silence::GiveUp
        } else {
            self.asked = true;
            Silence::Ask
        }
    }

    /// How long to stay away at least, now that the connection is lost.
    pub(super) fn floor(&self, now: Instant) -> Duration {
        let told = self
            .not_before
            .map_or(Duration::ZERO, |until| until.saturating_duration_since(now));
        told.max(self.stay_away)
    }
}
