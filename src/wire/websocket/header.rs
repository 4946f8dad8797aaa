//! The header of a frame (RFC 6455 section 5.2).

use super::{BROKEN, Fault, TOO_LARGE};

/// The longest header: two bytes, a length of eight, a mask of four.
pub(super) const MAX_BYTES: usize = 14;

/// Payloads of control frames are at most this long (section 5.5).
const MAX_CONTROL_BYTES: usize = 125;

/// What a frame says of itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    /// Length of the header itself.
    pub(super) bytes: usize,
    /// Whether it is the last of its message.
    pub(super) fin: bool,
    /// RSV1: with permessage-deflate, the message is compressed (RFC 7692 section 6).
    pub(super) compressed: bool,
    pub(super) kind: Kind,
    pub(super) mask: [u8; 4],
    pub(super) length: usize,
}

/// The opcodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Continuation,
    Text,
    Binary,
    Close,
    Ping,
    Pong,
}

impl Kind {
    pub(super) fn is_control(self) -> bool {
        matches!(self, Self::Close | Self::Ping | Self::Pong)
    }
}

impl Header {
    /// Reads a header; `None` when there is more to come of it. What its first bytes break is a fault
    /// at once.
    pub(super) fn parse(bytes: &[u8]) -> Result<Option<Self>, Fault> {
        let &[first, second, ref rest @ ..] = bytes else {
            return Ok(None);
        };
        let kind = match first & 0x0f {
            0x0 => Kind::Continuation,
            0x1 => Kind::Text,
            0x2 => Kind::Binary,
            0x8 => Kind::Close,
            0x9 => Kind::Ping,
            0xa => Kind::Pong,
            _ => return Err(BROKEN),
        };
        let (fin, reserved) = (first & 0x80 != 0, first & 0x30);
        // Clients have to mask (section 5.1).
        if reserved != 0 || second & 0x80 == 0 {
            return Err(BROKEN);
        }
        let short = usize::from(second & 0x7f);
        if kind.is_control() && (!fin || short > MAX_CONTROL_BYTES) {
            return Err(BROKEN);
        }
        let (length, rest) = match short {
            126 => match rest.split_first_chunk::<2>() {
                Some((length, rest)) => (usize::from(u16::from_be_bytes(*length)), rest),
                None => return Ok(None),
            },
            127 => match rest.split_first_chunk::<8>() {
                Some((length, rest)) => {
                    let length = usize::try_from(u64::from_be_bytes(*length));
                    (length.map_err(|_| TOO_LARGE)?, rest)
                }
                None => return Ok(None),
            },
            short => (short, rest),
        };
        let Some((mask, after)) = rest.split_first_chunk::<4>() else {
            return Ok(None);
        };
        Ok(Some(Self {
            bytes: bytes.len() - after.len(),
            fin,
            compressed: first & 0x40 != 0,
            kind,
            mask: *mask,
            length,
        }))
    }

    /// Whether it is a whole message by itself.
    pub(super) fn is_message(&self) -> bool {
        self.fin && matches!(self.kind, Kind::Text | Kind::Binary)
    }
}
