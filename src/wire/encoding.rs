//! How frames are written for one connection: JSON or MessagePack, compressed or not.

use serde::Serialize;
use serde::de::DeserializeSeed;
use serde_json::Value;

use super::Frame;
use super::json::Strict;
use super::websocket::{Deflate, compress};
use crate::metrics::Coding;

/// What was agreed on in a connection's handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Encoding {
    /// By the subprotocol.
    pub format: Format,
    /// permessage-deflate, where client and server want it.
    pub deflate: Option<Compressed>,
}

/// What the payload of a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Text messages of JSON: `tickwire.v1.json`.
    #[default]
    Json,
    /// Binary messages of MessagePack, the same values: `tickwire.v1.msgpack`.
    MessagePack,
}

/// How messages are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compressed {
    /// As agreed on.
    pub deflate: Deflate,
    /// Smaller payloads than this many bytes are sent as they are.
    pub threshold: usize,
}

impl Format {
    /// All there are; the first when a client asks for none.
    pub const ALL: [Self; 2] = [Self::Json, Self::MessagePack];

    /// Its subprotocol.
    pub fn subprotocol(self) -> &'static str {
        match self {
            Self::Json => "tickwire.v1.json",
            Self::MessagePack => "tickwire.v1.msgpack",
        }
    }
}

impl Encoding {
    /// How many there are besides the plain one; see [`Self::index`].
    pub(super) const OTHERS: usize = 5;

    /// Whether it is JSON as every frame is made at first.
    #[inline]
    pub(crate) fn is_plain(self) -> bool {
        self.format == Format::Json && self.deflate.is_none()
    }

    /// Which of the others it is. The threshold is one for the whole server, so it makes no
    /// difference.
    pub(super) fn index(self) -> usize {
        match (
            self.format,
            self.deflate.map(|compressed| compressed.deflate),
        ) {
            (Format::Json, None | Some(Deflate::Large)) => 0,
            (Format::Json, Some(Deflate::Small)) => 1,
            (Format::MessagePack, None) => 2,
            (Format::MessagePack, Some(Deflate::Large)) => 3,
            (Format::MessagePack, Some(Deflate::Small)) => 4,
        }
    }

    /// What frames in this encoding are counted as.
    pub(crate) fn coding(self) -> Coding {
        match (self.format, self.deflate) {
            (Format::Json, None) => Coding::Json,
            (Format::Json, Some(_)) => Coding::JsonDeflate,
            (Format::MessagePack, None) => Coding::MessagePack,
            (Format::MessagePack, Some(_)) => Coding::MessagePackDeflate,
        }
    }

    /// A binary message, whatever is in it.
    pub(crate) fn binary(self, payload: &[u8]) -> Frame {
        self.compressed(0x2, payload)
            .unwrap_or_else(|| Frame::binary(payload))
    }

    /// A message, if it is to be compressed.
    fn compressed(self, opcode: u8, payload: &[u8]) -> Option<Frame> {
        let Compressed { deflate, threshold } = self.deflate?;
        // RSV1 says that it is compressed.
        (payload.len() >= threshold).then(|| Frame::new(opcode | 0x40, &compress(payload, deflate)))
    }

    /// Writes a frame of plain JSON in this encoding. Control frames stay as they are.
    pub(crate) fn apply(self, frame: Frame) -> Frame {
        if self.is_plain() || !frame.is_text() {
            return frame;
        }
        match self.format {
            Format::Json => self.compressed(0x1, frame.payload()).unwrap_or(frame),
            Format::MessagePack => self.binary(&pack(frame.payload())),
        }
    }
}

/// JSON, which we wrote ourselves, as MessagePack: maps with the same keys, numbers in the shortest
/// form that holds them.
fn pack(json: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(json.len());
    let mut serializer = rmp_serde::Serializer::new(&mut packed);
    let value: Value = serde_json::from_slice(json).unwrap_or_default();
    // Into memory, and of a value that both can express.
    let _written = value.serialize(&mut serializer);
    packed
}

/// Reads one MessagePack value as the JSON value that it stands for.
///
/// # Errors
/// Anything but exactly one value; what JSON cannot express (binary strings, extensions, keys that
/// are no strings, numbers that are not finite); duplicate keys; nesting deeper than 32.
pub(super) fn unpack(bytes: &[u8]) -> Result<Value, String> {
    let mut rest = bytes;
    let mut deserializer = rmp_serde::Deserializer::new(&mut rest);
    let value = Strict::default()
        .deserialize(&mut deserializer)
        .map_err(|error| error.to_string())?;
    drop(deserializer);
    if rest.is_empty() {
        Ok(value)
    } else {
        Err(format!("{} bytes behind the value", rest.len()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            (-1e300..1e300_f64).prop_map(Value::from),
            "\\PC{0,40}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::btree_map("\\PC{0,8}", inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_packed_unpacks(value in any_value()) {
            prop_assert_eq!(unpack(&pack(value.to_string().as_bytes())), Ok(value));
        }

        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = unpack(&bytes);
        }
    }

    #[test]
    fn only_what_json_can_say() {
        let rows: [(&[u8], &str); 8] = [
            (b"", ""),
            (b"\xc4\x01a", "invalid type"),
            (b"\xc7\x01\x05a", "invalid type"),
            (b"\x81\x01\x02", "invalid type"),
            (b"\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00", "out of range"),
            (b"\x82\xa1a\x01\xa1a\x02", "duplicate key"),
            (b"\x01\x02", "1 bytes behind"),
            (b"\xdd\xff\xff\xff\xff", ""),
        ];
        for (bytes, part) in rows {
            let error = unpack(bytes).expect_err("refused");
            assert!(error.contains(part), "{bytes:?}: {error}");
        }
        let deep = [0x91; 10_000];
        assert!(unpack(&deep).is_err());
        assert_eq!(
            unpack(b"\x81\xa1a\xca\x3f\x80\x00\x00"),
            Ok(json!({"a": 1.0}))
        );
    }

    #[test]
    fn each_encoding_has_its_place() {
        let compressed = |deflate| {
            Some(Compressed {
                deflate,
                threshold: 0,
            })
        };
        let mut places = Vec::new();
        for format in Format::ALL {
            for deflate in [None, compressed(Deflate::Large), compressed(Deflate::Small)] {
                let encoding = Encoding { format, deflate };
                places.extend((!encoding.is_plain()).then(|| encoding.index()));
            }
        }
        assert_eq!(places, (0..Encoding::OTHERS).collect::<Vec<_>>());
    }
}
