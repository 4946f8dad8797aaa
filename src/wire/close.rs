//! Why the server closes a connection, and what the client should do about it.

/// A close code that the server sends (RFC 6455 section 7.4; 4000 and above are ours).
///
/// `docs/protocol.md` tells client authors what to do on each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CloseCode {
    /// 1000: done.
    Normal,
    /// 1002: the peer broke RFC 6455.
    ProtocolError,
    /// 1007: a text message that is not UTF-8.
    InvalidText,
    /// 1009: a message above the limit.
    TooLarge,
    /// 1011: a fault of the server.
    Internal,
    /// 1012: the server is stopping.
    Restarting,
    /// 4400: too many invalid frames in a row.
    TooManyInvalidFrames,
    /// 4401: no valid token, where one is needed or was shown.
    Unauthenticated,
    /// 4403: the principal's access was revoked.
    Revoked,
    /// 4406: no subprotocol in common.
    NoCommonSubprotocol,
    /// 4408: nothing heard for two heartbeats.
    Silent,
    /// 4410: the connection is as old as it may get.
    TooOld,
    /// 4429: frames come faster than they may, for too long.
    RateLimited,
    /// 4430: there are as many connections as there may be, in all, of this address or of this user.
    ConnectionLimit,
    /// 4440: the token has expired, and no other has come.
    TokenExpired,
    /// 4450: the client reads more slowly than its topics update.
    SlowConsumer,
}

impl CloseCode {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Normal,
        Self::ProtocolError,
        Self::InvalidText,
        Self::TooLarge,
        Self::Internal,
        Self::Restarting,
        Self::TooManyInvalidFrames,
        Self::Unauthenticated,
        Self::Revoked,
        Self::NoCommonSubprotocol,
        Self::Silent,
        Self::TooOld,
        Self::RateLimited,
        Self::ConnectionLimit,
        Self::TokenExpired,
        Self::SlowConsumer,
    ];

    /// The number on the wire.
    pub fn code(self) -> u16 {
        match self {
            Self::Normal => 1000,
            Self::ProtocolError => 1002,
            Self::InvalidText => 1007,
            Self::TooLarge => 1009,
            Self::Internal => 1011,
            Self::Restarting => 1012,
            Self::TooManyInvalidFrames => 4400,
            Self::Unauthenticated => 4401,
            Self::Revoked => 4403,
            Self::NoCommonSubprotocol => 4406,
            Self::Silent => 4408,
            Self::TooOld => 4410,
            Self::RateLimited => 4429,
            Self::ConnectionLimit => 4430,
            Self::TokenExpired => 4440,
            Self::SlowConsumer => 4450,
        }
    }

    /// The text beside it; at most 123 bytes, as RFC 6455 wants.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Normal => "done",
            Self::ProtocolError => "websocket protocol error",
            Self::InvalidText => "text is not utf-8",
            Self::TooLarge => "message too large",
            Self::Internal => "internal error",
            Self::Restarting => "server is restarting",
            Self::TooManyInvalidFrames => "too many invalid frames",
            Self::Unauthenticated => "not authenticated",
            Self::Revoked => "access was revoked",
            Self::NoCommonSubprotocol => {
                "no common subprotocol; this server speaks tickwire.v1.json and tickwire.v1.msgpack"
            }
            Self::Silent => "nothing heard from the client",
            Self::TooOld => "connection reached its maximum age",
            Self::RateLimited => "too many requests",
            Self::ConnectionLimit => "too many connections",
            Self::TokenExpired => "the token has expired",
            Self::SlowConsumer => "the client reads too slowly",
        }
    }
}
