//! Frames as they go out: encoded and framed once, shared by every receiver.

use std::cell::RefCell;
use std::io::Write;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use super::{CloseCode, Encoding};

/// A WebSocket frame, ready for the socket. Server frames are not masked (RFC 6455 section 5.1),
/// so the same bytes serve every connection; a clone is a reference count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame(Arc<[u8]>);

/// A frame for many connections: in every encoding that one of them speaks, each made once.
#[derive(Debug)]
pub struct SharedFrame {
    plain: Frame,
    others: OnceLock<Box<[OnceLock<Frame>; Encoding::OTHERS]>>,
}

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

/// The longest header of a server's frame: two bytes, and a length of eight.
const HEADER_BYTES: usize = 10;

thread_local! {
    /// Where a frame is put together before its length is known.
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// The second that was last written, and its text up to the fraction.
    static SECOND: RefCell<(i64, String)> = const { RefCell::new((i64::MIN, String::new())) };
}

impl Frame {
    /// Puts a payload, which `write` writes as JSON, into an envelope and a text frame.
    pub fn json(
        envelope: Envelope<'_>,
        now: DateTime<Utc>,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> Self {
        Self::assemble(0x1, |text| {
            // Writing into memory cannot fail; wire types are checked to need no escapes.
            text.extend_from_slice(b"{\"type\":\"");
            text.extend_from_slice(envelope.wire_type.as_bytes());
            text.extend_from_slice(b"\",\"msg_id\":");
            match envelope.msg_id {
                // A client may put quotes and backslashes into its id.
                Some(id) => quote(id, text),
                None => {
                    let _ = write!(text, r#""{}""#, Uuid::now_v7());
                }
            }
            text.extend_from_slice(b",\"direction\":\"s2c\",\"timestamp\":\"");
            write_time(now, text);
            text.push(b'"');
            if let Some((topic, seq)) = envelope.position {
                text.extend_from_slice(b",\"topic\":");
                quote(topic, text);
                let _ = write!(text, r#","seq":{seq}"#);
            }
            text.extend_from_slice(b",\"payload\":");
            write(text);
            text.push(b'}');
        })
    }

    /// A text frame.
    pub fn text(payload: &[u8]) -> Self {
        Self::new(0x1, payload)
    }

    /// A binary frame.
    pub fn binary(payload: &[u8]) -> Self {
        Self::new(0x2, payload)
    }

    /// A ping without payload.
    pub fn ping() -> Self {
        Self::new(0x9, &[])
    }

    /// The answer to a ping.
    pub fn pong(payload: &[u8]) -> Self {
        Self::new(0xa, payload)
    }

    /// A close frame.
    pub fn close(code: CloseCode) -> Self {
        Self::assemble(0x8, |payload| {
            payload.extend_from_slice(&code.code().to_be_bytes());
            payload.extend_from_slice(code.reason().as_bytes());
        })
    }

    /// A frame of which `opcode` is the first byte but for FIN.
    pub(super) fn new(opcode: u8, payload: &[u8]) -> Self {
        Self::assemble(opcode, |bytes| bytes.extend_from_slice(payload))
    }

    fn assemble(opcode: u8, write: impl FnOnce(&mut Vec<u8>)) -> Self {
        SCRATCH.with_borrow_mut(|scratch| {
            scratch.clear();
            scratch.resize(HEADER_BYTES, 0);
            write(scratch);
            let length = scratch.len() - HEADER_BYTES;
            let mut header = [0; HEADER_BYTES];
            let begin = match length {
                0..=125 => {
                    header[9] = length as u8;
                    8
                }
                126..=0xffff => {
                    header[7] = 126;
                    header[8..].copy_from_slice(&(length as u16).to_be_bytes());
                    6
                }
                _ => {
                    header[1] = 127;
                    header[2..].copy_from_slice(&(length as u64).to_be_bytes());
                    0
                }
            };
            header[begin] = 0x80 | opcode;
            scratch[begin..HEADER_BYTES].copy_from_slice(&header[begin..]);
            let frame = Self(Arc::from(&scratch[begin..]));
            // One huge frame should not occupy its thread's memory for ever.
            scratch.shrink_to(64 * 1024);
            frame
        })
    }

    /// The bytes for the socket, header included.
    pub fn bytes(&self) -> &[u8] {
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

    /// Whether it is a plain text message, as all are made at first.
    pub(super) fn is_text(&self) -> bool {
        self.0.first() == Some(&0x81)
    }
}

impl SharedFrame {
    /// For a frame of plain JSON.
    pub fn new(plain: Frame) -> Self {
        Self {
            plain,
            others: OnceLock::new(),
        }
    }

    /// The frame in this encoding; made when it is asked for the first time.
    #[inline]
    pub fn encoded(&self, encoding: Encoding) -> &Frame {
        if encoding.is_plain() {
            &self.plain
        } else {
            self.other(encoding)
        }
    }

    fn other(&self, encoding: Encoding) -> &Frame {
        let others = self.others.get_or_init(Box::default);
        others[encoding.index()].get_or_init(|| encoding.apply(self.plain.clone()))
    }
}

fn quote(string: &str, text: &mut Vec<u8>) {
    // Nearly always there is nothing to escape.
    if string
        .bytes()
        .all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\')
    {
        text.push(b'"');
        text.extend_from_slice(string.as_bytes());
        text.push(b'"');
    } else {
        let _ = write!(text, "{}", serde_json::Value::from(string));
    }
}

/// RFC 3339 with milliseconds, such as `2026-11-20T13:49:35.810Z`: as all times of the wire that are
/// texts.
pub fn rfc3339(time: DateTime<Utc>) -> String {
    let mut text = Vec::with_capacity(24);
    write_time(time, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

fn write_time(now: DateTime<Utc>, text: &mut Vec<u8>) {
    SECOND.with_borrow_mut(|(second, prefix)| {
        if *second != now.timestamp() {
            *second = now.timestamp();
            *prefix = now.to_rfc3339_opts(SecondsFormat::Secs, false);
            // Without `+00:00`.
            prefix.truncate(prefix.len().saturating_sub(6));
        }
        text.extend_from_slice(prefix.as_bytes());
        // A leap second has more than a thousand.
        let millis = now.timestamp_subsec_millis().min(999);
        let digit = |divisor: u32| b'0' + (millis / divisor % 10) as u8;
        text.extend_from_slice(&[b'.', digit(100), digit(10), digit(1), b'Z']);
    });
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
        let frame = Frame::json(envelope, now, |text| text.extend_from_slice(b"{}"));
        let value: serde_json::Value = serde_json::from_slice(frame.payload()).unwrap();
        assert_eq!(
            value,
            serde_json::json!({"type": "bars.update", "msg_id": "a\"\\", "direction": "s2c",
                "timestamp": "2023-11-14T22:13:20.005Z", "topic": "bars:AAPL:1", "seq": 7, "payload": {}})
        );
    }

    #[test]
    fn times_are_written_to_the_millisecond() {
        for (millis, expected) in [
            (1_700_000_000_005, "2023-11-14T22:13:20.005Z"),
            (1_700_000_000_999, "2023-11-14T22:13:20.999Z"),
            (1_700_000_001_000, "2023-11-14T22:13:21.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] {
            let mut text = Vec::new();
            write_time(DateTime::from_timestamp_millis(millis).unwrap(), &mut text);
            assert_eq!(String::from_utf8(text).unwrap(), expected);
        }
    }

    #[test]
    fn a_shared_frame_is_encoded_once() {
        use crate::wire::{Compressed, Format, websocket::Deflate};

        let shared = SharedFrame::new(Frame::text(
            br#"{"a":1,"text":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        ));
        let deflate = Some(Compressed {
            deflate: Deflate::Large,
            threshold: 10,
        });
        for (format, deflate, first_byte) in [
            (Format::Json, None, 0x81),
            (Format::Json, deflate, 0xc1),
            (Format::MessagePack, None, 0x82),
            (Format::MessagePack, deflate, 0xc2),
        ] {
            let encoding = Encoding { format, deflate };
            let frame = shared.encoded(encoding);
            assert_eq!(frame.bytes()[0], first_byte);
            assert!(std::ptr::eq(frame, shared.encoded(encoding)));
        }
    }

    #[test]
    fn close_reasons_fit_a_control_frame() {
        for code in [CloseCode::NoCommonSubprotocol, CloseCode::SlowConsumer] {
            assert!(Frame::close(code).len() <= 2 + 125);
        }
    }
}
