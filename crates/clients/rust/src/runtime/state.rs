//! What a client says of itself.

use std::time::Duration;

use super::error::Closed;

/// Where the connection is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// An attempt is being made.
    Connecting,
    /// Requests can be sent.
    Open,
    /// The connection was lost, or could not be made; another attempt follows.
    Waiting {
        /// Which attempt, in a row.
        attempt: u32,
        /// How long from now.
        delay: Duration,
        /// The code of the server's close frame.
        code: Option<u16>,
        /// The HTTP status of a handshake that was refused.
        status: Option<u16>,
    },
    /// There will be no other connection.
    Closed(Closed),
}

/// What a client has counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Frames of types that the contract does not have; ignored.
    pub unknown_types: u64,
    /// Frames that were not understood; ignored.
    pub invalid_frames: u64,
    /// Updates that were missing without a word, and were asked for again.
    pub gaps: u64,
    /// Updates that came again; dropped.
    pub duplicates: u64,
    /// Connections after the first.
    pub reconnects: u64,
}
