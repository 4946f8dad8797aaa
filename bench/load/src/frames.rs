//! Just enough of RFC 6455 and of JSON to count: frames by their headers, numbers by their keys.

/// One frame from a server: not masked.
pub struct Frame<'a> {
    pub opcode: u8,
    pub payload: &'a [u8],
}

pub const TEXT: u8 = 1;
pub const CLOSE: u8 = 8;
pub const PING: u8 = 9;

/// The first frame of `bytes`, and its length; `None` when it is not complete.
pub fn first(bytes: &[u8]) -> Option<(Frame<'_>, usize)> {
    let (&[flags, short], _) = bytes.split_first_chunk::<2>()?;
    let (header, length) = match short & 0x7f {
        126 => (
            4,
            u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?) as usize,
        ),
        127 => (
            10,
            u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?) as usize,
        ),
        length => (2, usize::from(length)),
    };
    let end = header + length;
    let payload = bytes.get(header..end)?;
    let opcode = flags & 0x0f;
    Some((Frame { opcode, payload }, end))
}

/// A frame from a client. The mask is zero, which is allowed and costs nothing.
pub fn masked(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80 | opcode];
    match payload.len() {
        length @ 0..126 => frame.push(0x80 | length as u8),
        length => {
            frame.push(0x80 | 126);
            frame.extend((length as u16).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

/// A number of a JSON text. It is looked for where it was in the last text first: the texts of one
/// server are all alike.
pub struct Number {
    key: &'static [u8],
    place: usize,
}

impl Number {
    /// `key` with its quotes and colon.
    pub const fn new(key: &'static [u8]) -> Self {
        Self { key, place: 0 }
    }

    pub fn of(&mut self, text: &[u8]) -> Option<u64> {
        let length = self.key.len();
        if text.get(self.place..self.place + length) != Some(self.key) {
            self.place = text.windows(length).position(|window| window == self.key)?;
        }
        let digits = text[self.place + length..].trim_ascii_start();
        let mut number = None;
        for digit in digits.iter().take_while(|byte| byte.is_ascii_digit()) {
            number = Some(number.unwrap_or(0) * 10 + u64::from(digit - b'0'));
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_found_by_their_headers() {
        let mut bytes = vec![0x81, 2, b'h', b'i', 0x81, 126, 0, 200];
        bytes.extend([b'x'; 200]);
        let (frame, length) = first(&bytes).unwrap();
        assert_eq!((frame.opcode, frame.payload, length), (TEXT, &b"hi"[..], 4));
        let (frame, length) = first(&bytes[4..]).unwrap();
        assert_eq!((frame.payload.len(), length), (200, 204));
        assert!(first(&bytes[4..200]).is_none());
    }

    #[test]
    fn numbers_are_found_wherever_they_are() {
        let mut number = Number::new(b"\"n\":");
        let rows = [
            (r#"{"n":12,"x":1}"#, Some(12)),
            (r#"{"n":13,"x":1}"#, Some(13)),
            (r#"{"x": 1, "n": 14}"#, Some(14)),
            (r#"{"x":1}"#, None),
        ];
        for (text, expected) in rows {
            assert_eq!(number.of(text.as_bytes()), expected, "{text}");
        }
    }
}
