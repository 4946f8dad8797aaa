//! What a subscriber is told.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::error::{Closed, Refusal};

/// A place in a topic's stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The life of the stream.
    pub epoch: String,
    /// The last update up to there.
    pub seq: u64,
}

/// What comes out of a subscription.
#[derive(Debug, Clone, PartialEq)]
pub enum Event<T> {
    /// An update (or a snapshot, of a topic whose updates are changes).
    Update(Update<T>),
    /// Something that one who keeps a state has to know.
    Notice(Notice),
}

/// An update of a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Update<T> {
    /// The `type` of its frame.
    pub wire_type: String,
    /// Its number in the topic's stream.
    pub seq: u64,
    /// What it says.
    pub payload: T,
}

/// What a subscriber has to know beside updates. After [`Refused`](Self::Refused),
/// [`Ended`](Self::Ended), [`Revoked`](Self::Revoked) and [`Closed`](Self::Closed) nothing follows.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// The stream began anew: what was known of the topic holds no longer.
    Restarted,
    /// The connection was read too slowly: these updates were left out by the server.
    Overflow {
        /// The first that is missing.
        from: Option<u64>,
        /// The last that is missing.
        to: Option<u64>,
    },
    /// Updates were missed and can't be had. A topic whose updates are changes goes on with a
    /// snapshot.
    NotRecovered(Loss),
    /// This subscription was read too slowly, and what waited for its reader was dropped.
    Lost {
        /// The first that is missing.
        from: u64,
        /// The last that is missing.
        to: u64,
    },
    /// The topic was refused for now; it will be asked for again.
    Retrying {
        /// By what.
        refusal: Refusal,
        /// How long from now.
        delay: Duration,
    },
    /// The topic was refused.
    Refused(Refusal),
    /// The topic has ended. Another subscription may succeed.
    Ended,
    /// The topic is no longer permitted.
    Revoked,
    /// The client is closed.
    Closed(Closed),
}

/// Why missed updates can't be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loss {
    /// The stream began anew meanwhile.
    EpochChanged,
    /// The server keeps them no longer.
    OutOfRetention,
    /// The server's stream has not come so far.
    AheadOfStream,
    /// The server did not send them, and said nothing.
    Gap,
    /// Another reason that the server gave.
    Other(String),
}

impl Notice {
    /// Whether nothing follows.
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Refused(_) | Self::Ended | Self::Revoked | Self::Closed(_)
        )
    }
}

impl Loss {
    pub(super) fn named(reason: Option<&str>) -> Self {
        match reason.unwrap_or_default() {
            "epoch_changed" => Self::EpochChanged,
            "out_of_retention" => Self::OutOfRetention,
            "ahead_of_stream" => Self::AheadOfStream,
            other => Self::Other(other.to_owned()),
        }
    }

    /// As it is named on the wire.
    pub fn name(&self) -> &str {
        match self {
            Self::EpochChanged => "epoch_changed",
            Self::OutOfRetention => "out_of_retention",
            Self::AheadOfStream => "ahead_of_stream",
            Self::Gap => "gap",
            Self::Other(reason) => reason,
        }
    }
}
