//! What a client sends.

const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// A frame with this first byte (FIN, RSV, opcode), masked as a client's has to be.
pub fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = header(first, 0x80, payload.len());
    frame.extend(MASK);
    let bytes = payload.iter().zip(MASK.iter().cycle());
    frame.extend(bytes.map(|(byte, key)| byte ^ key));
    frame
}

/// The same, unmasked, as only a server may send it.
pub fn unmasked(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = header(first, 0, payload.len());
    frame.extend(payload);
    frame
}

fn header(first: u8, mask: u8, length: usize) -> Vec<u8> {
    match length {
        0..=125 => vec![first, mask | length as u8],
        _ => {
            let length = u16::try_from(length).expect("frames here are short");
            let [high, low] = length.to_be_bytes();
            vec![first, mask | 126, high, low]
        }
    }
}

/// JSON of this length.
pub fn text(length: usize) -> Vec<u8> {
    let frame = br#"{"type":"ping","msg_id":"","payload":{}}"#;
    let (before, after) = frame.split_at(25);
    let mut text = before.to_vec();
    text.resize(length - after.len(), b'x');
    text.extend(after);
    text
}
