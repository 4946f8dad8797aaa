use proptest::prelude::*;

use super::*;

const MAX: usize = 1_000;

/// A client's frame: first byte, payload, masked.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    match payload.len() {
        length @ 0..=125 => bytes.push(0x80 | length as u8),
        length => {
            bytes.push(0x80 | 126);
            bytes.extend_from_slice(&(length as u16).to_be_bytes());
        }
    }
    let mask = [7, 77, 177, 250];
    bytes.extend_from_slice(&mask);
    bytes.extend(
        payload
            .iter()
            .enumerate()
            .map(|(i, byte)| byte ^ mask[i % 4]),
    );
    bytes
}

/// What a decoder makes of bytes that come in pieces of this length, in words.
fn decode(inflate: bool, bytes: &[u8], piece: usize) -> Vec<String> {
    let mut decoder = Decoder::new(MAX, inflate);
    let mut said = Vec::new();
    for piece in bytes.chunks(piece.max(1)) {
        let mut piece = piece.to_vec();
        let mut taken = 0;
        loop {
            match decoder.decode(&mut piece[taken..]) {
                Err(Fault(code)) => {
                    said.push(format!("fault {}", code.code()));
                    return said;
                }
                Ok((used, None)) => {
                    assert_eq!(taken + used, piece.len(), "all is used");
                    break;
                }
                Ok((used, Some(message))) => {
                    taken += used;
                    said.push(words(&message));
                }
            }
        }
    }
    assert!(!decoder.is_within_message(), "{said:?}");
    said
}

fn words(message: &Message<'_>) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match message {
        Message::Text(bytes) => format!("text {}", text(bytes)),
        Message::Binary(bytes) => format!("binary {}", text(bytes)),
        Message::Ping(bytes) => format!("ping {}", text(bytes)),
        Message::Pong => "pong".to_owned(),
        Message::Close(code) => format!("close {}", code.code()),
    }
}

#[test]
fn messages_are_the_same_however_they_come() {
    let rows: Vec<(Vec<Vec<u8>>, Vec<&str>)> = vec![
        (vec![frame(0x81, b"hello")], vec!["text hello"]),
        (
            vec![frame(0x82, b""), frame(0x81, b"")],
            vec!["binary ", "text "],
        ),
        (
            vec![
                frame(0x01, b"he"),
                frame(0x89, b"now"),
                frame(0x00, b""),
                frame(0x80, b"llo"),
            ],
            vec!["ping now", "text hello"],
        ),
        // A character that is split over frames.
        (
            vec![frame(0x01, b"\xc3"), frame(0x80, b"\xa4")],
            vec!["text ä"],
        ),
        (vec![frame(0x88, &[])], vec!["close 1000"]),
        (
            vec![frame(0x88, &1012_u16.to_be_bytes())],
            vec!["close 1000"],
        ),
        (
            vec![frame(0x8a, b"x"), frame(0x81, b"a")],
            vec!["pong", "text a"],
        ),
    ];
    for (frames, expected) in rows {
        let bytes = frames.concat();
        for piece in [1, 2, 3, 7, bytes.len()] {
            assert_eq!(
                decode(false, &bytes, piece),
                expected,
                "in pieces of {piece}"
            );
        }
    }
}

#[test]
fn what_breaks_the_protocol_is_a_fault() {
    let rows: Vec<(Vec<Vec<u8>>, &str)> = vec![
        // Reserved bits and opcodes; RSV1 is reserved where nothing was agreed on.
        (vec![frame(0xc1, b"x")], "fault 1002"),
        (vec![frame(0xa1, b"x")], "fault 1002"),
        (vec![frame(0x91, b"x")], "fault 1002"),
        (vec![frame(0x83, b"x")], "fault 1002"),
        (vec![frame(0x8b, b"x")], "fault 1002"),
        // Without a mask.
        (vec![vec![0x81, 0x01, b'x']], "fault 1002"),
        // Control frames: in fragments, too long.
        (vec![frame(0x09, b"x")], "fault 1002"),
        (vec![frame(0x89, &[b'x'; 126])], "fault 1002"),
        // Fragments of nothing; a message within a message.
        (vec![frame(0x80, b"x")], "fault 1002"),
        (vec![frame(0x01, b"x"), frame(0x81, b"x")], "fault 1002"),
        // Closes.
        (vec![frame(0x88, b"x")], "fault 1002"),
        (vec![frame(0x88, &1005_u16.to_be_bytes())], "fault 1002"),
        (vec![frame(0x88, &999_u16.to_be_bytes())], "fault 1002"),
        (vec![frame(0x88, &5000_u16.to_be_bytes())], "fault 1002"),
        (vec![frame(0x88, b"\x03\xe8\xff")], "fault 1007"),
        // Text, found in the middle of a message and of a frame.
        (vec![frame(0x81, b"\xff")], "fault 1007"),
        (vec![frame(0x81, b"\xc3")], "fault 1007"),
        (vec![frame(0x01, b"\xff"), vec![0x00]], "fault 1007"),
        (vec![frame(0x01, b"\xed\xa0"), vec![0x00]], "fault 1007"),
        // Sizes: told by the header alone.
        (
            vec![vec![0x82, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]],
            "fault 1009",
        ),
        (vec![frame(0x82, &[0; MAX + 1])], "fault 1009"),
        (
            vec![frame(0x02, &[0; MAX]), frame(0x00, b"x")],
            "fault 1009",
        ),
        (
            vec![frame(0x02, b""), frame(0x00, b"").repeat(MIN_FRAGMENTS)],
            "fault 1009",
        ),
    ];
    for (frames, expected) in rows {
        let bytes = frames.concat();
        for piece in [1, 2, 3, bytes.len()] {
            let said = decode(false, &bytes, piece);
            assert_eq!(
                said,
                [expected],
                "{:?} in pieces of {piece}",
                &bytes[..bytes.len().min(20)]
            );
        }
    }
}

#[test]
fn compressed_messages_are_inflated() {
    let compressed = compress(b"hello hello hello hello", Deflate::Large);
    let (first, second) = compressed.split_at(3);
    let rows: Vec<(Vec<Vec<u8>>, &str)> = vec![
        (
            vec![frame(0xc1, &compressed)],
            "text hello hello hello hello",
        ),
        (
            vec![frame(0x41, first), frame(0x80, second)],
            "text hello hello hello hello",
        ),
        (
            vec![frame(0xc2, &compressed)],
            "binary hello hello hello hello",
        ),
        // Who agreed may still send plain messages.
        (vec![frame(0x81, b"plain")], "text plain"),
        // RSV1 belongs to the first frame, and to messages.
        (vec![frame(0x41, first), frame(0xc0, second)], "fault 1002"),
        (vec![frame(0xc9, b"")], "fault 1002"),
        (vec![frame(0xc1, b"\xff\xff\xff")], "fault 1002"),
        (
            vec![frame(0xc1, &compress(b"\xff", Deflate::Large))],
            "fault 1007",
        ),
        (
            vec![frame(0xc1, &compress(&[b'x'; MAX + 1], Deflate::Large))],
            "fault 1009",
        ),
    ];
    for (frames, expected) in rows {
        let bytes = frames.concat();
        for piece in [1, 4, bytes.len()] {
            assert_eq!(
                decode(true, &bytes, piece),
                [expected],
                "in pieces of {piece}"
            );
        }
    }
}

proptest! {
    /// Whatever comes, and however it is cut, it means the same.
    #[test]
    fn cuts_make_no_difference(
        frames in proptest::collection::vec(
            (prop_oneof![Just(0x81), Just(0x01), Just(0x80), Just(0x00), Just(0x89), Just(0x8a), Just(0x88), any::<u8>()],
             prop_oneof![proptest::collection::vec(any::<u8>(), 0..20), "[a-ä]{0,80}".prop_map(String::into_bytes)]),
            0..6),
        piece in 1..40_usize,
    ) {
        let bytes: Vec<u8> = frames.iter().flat_map(|(first, payload)| frame(*first, payload)).collect();
        let take = |piece: usize| {
            let mut decoder = Decoder::new(MAX, true);
            let mut said = Vec::new();
            'all: for piece in bytes.chunks(piece) {
                let mut piece = piece.to_vec();
                let mut taken = 0;
                loop {
                    match decoder.decode(&mut piece[taken..]) {
                        Err(Fault(code)) => { said.push(format!("fault {}", code.code())); break 'all; }
                        Ok((_, None)) => break,
                        Ok((used, Some(message))) => { taken += used; said.push(words(&message)); }
                    }
                }
            }
            said
        };
        prop_assert_eq!(take(piece), take(bytes.len().max(1)));
    }
}
