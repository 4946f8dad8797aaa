//! What the end of a connection means for the next one.

/// How a connection ended, or could not be made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ended {
    /// The code of the server's close frame, if there was one.
    pub code: Option<u16>,
    /// The HTTP status of a handshake that was refused.
    pub status: Option<u16>,
}

/// Whether, and how soon, another connection follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Never.
    Stop,
    /// After a while.
    Reconnect,
    /// After a second, and a while.
    BackOff,
    /// Now, if it happens for the first time.
    AtOnce,
}

impl Ended {
    pub(super) fn verdict(self) -> Verdict {
        match (self.code, self.status) {
            (Some(1000 | 1001 | 1002 | 1007 | 1009 | 4400 | 4401 | 4403 | 4406), _) => {
                Verdict::Stop
            }
            (None, Some(401 | 403)) => Verdict::Stop,
            (Some(4429 | 4430), _) => Verdict::BackOff,
            (Some(4450), _) => Verdict::AtOnce,
            _ => Verdict::Reconnect,
        }
    }
}
