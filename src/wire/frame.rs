//! Frames as they go out: encoded and framed once, shared by every receiver.

use bytes::{BufMut, Bytes, BytesMut};
use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use super::CloseCode;

/// A WebSocket frame, ready for the socket. Server frames are not masked (RFC 6455 section 5.1),
/// so the same bytes serve every connection; a clone is a reference count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame(Bytes);

/// What surrounds a payload: the fields of a server frame that are not its own.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// The wire type.
    pub wire_type: &'a str,
    /// The request's `msg_id`; a fresh UUIDv7 without one.
    pub msg_id: Option<&'a str>,
    /// Topic and `seq`, in updates and snapshots.
    pub position: Option<(&'a str, u64)>,
}

impl Frame {
    /// Puts `payload`, which must be JSON, into an envelope and a text frame.
    pub fn json(envelope: Envelope<'_>, payload: &str, now: DateTime<Utc>) -> Self {
        use std::fmt::Write;

        let mut text = String::with_capacity(payload.len() + 256);
        // Writing into a String cannot fail; wire types and topics are checked to need no escapes.
        let _ = write!(text, r#"{{"type":"{}","msg_id":"#, envelope.wire_type);
        match envelope.msg_id {
            // A client may put quotes and backslashes into its id.
            Some(id) => text.push_str(&serde_json::Value::from(id).to_string()),
            None => {
                let _ = write!(text, r#""{}""#, Uuid::now_v7());
            }
        }
        let timestamp = now.to_rfc3339_opts(SecondsFormat::Millis, true);
        let _ = write!(text, r#","direction":"s2c","timestamp":"{timestamp}""#);
        if let Some((topic, seq)) = envelope.position {
            let _ = write!(
                text,
                r#","topic":{},"seq":{seq}"#,
                serde_json::Value::from(topic)
            );
        }
        let _ = write!(text, r#","payload":{payload}}}"#);
        Self::text(text.as_bytes())
    }

    /// A text frame.
    pub fn text(payload: &[u8]) -> Self {
        Self::new(0x1, payload)
    }

    /// A ping without payload.
    pub fn ping() -> Self {
        Self::new(0x9, &[])
    }

    /// A close frame.
    pub fn close(code: CloseCode) -> Self {
        let mut payload = Vec::with_capacity(2 + code.reason().len());
        payload.put_u16(code.code());
        payload.extend_from_slice(code.reason().as_bytes());
        Self::new(0x8, &payload)
    }

    /// Bytes that already are whole frames.
    pub fn raw(bytes: Bytes) -> Self {
        Self(bytes)
    }

    fn new(opcode: u8, payload: &[u8]) -> Self {
        let mut bytes = BytesMut::with_capacity(payload.len() + 10);
        bytes.put_u8(0x80 | opcode);
        match payload.len() {
            length @ 0..=125 => bytes.put_u8(length as u8),
            length @ 126..=0xffff => {
                bytes.put_u8(126);
                bytes.put_u16(length as u16);
            }
            length => {
                bytes.put_u8(127);
                bytes.put_u64(length as u64);
            }
        }
        bytes.put_slice(payload);
        Self(bytes.freeze())
    }

    /// The bytes for the socket, header included.
    pub fn bytes(&self) -> &Bytes {
        &self.0
    }

    /// What is inside: the payload without the WebSocket header.
    pub fn payload(&self) -> &[u8] {
        let header = match self.0.get(1).map_or(0, |byte| byte & 0x7f) {
            126 => 4,
            127 => 10,
            _ => 2,
        };
        self.0.get(header..).unwrap_or_default()
    }

    /// Length on the wire in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_have_the_header_of_their_length() {
        for (length, header) in [(0, 2), (125, 2), (126, 4), (0xffff, 4), (0x1_0000, 10)] {
            let payload = vec![b'x'; length];
            let frame = Frame::text(&payload);
            assert_eq!(frame.len(), length + header, "{length}");
            assert_eq!(frame.payload(), payload, "{length}");
        }
    }

    #[test]
    fn an_envelope_is_json_whatever_the_id() {
        let now = DateTime::from_timestamp(1_700_000_000, 5_000_000).unwrap();
        let envelope = Envelope {
            wire_type: "bars.update",
            msg_id: Some("a\"\\"),
            position: Some(("bars:AAPL:1", 7)),
        };
        let frame = Frame::json(envelope, "{}", now);
        let value: serde_json::Value = serde_json::from_slice(frame.payload()).unwrap();
        assert_eq!(
            value,
            serde_json::json!({"type": "bars.update", "msg_id": "a\"\\", "direction": "s2c",
                "timestamp": "2023-11-14T22:13:20.005Z", "topic": "bars:AAPL:1", "seq": 7, "payload": {}})
        );
    }

    #[test]
    fn close_reasons_fit_a_control_frame() {
        for code in [CloseCode::NoCommonSubprotocol, CloseCode::SlowConsumer] {
            assert!(Frame::close(code).len() <= 2 + 125);
        }
    }
}
