//! The reader of WebSockets: however the bytes come in pieces, it finds the same messages and the
//! same fault; and what it finds is what another library finds.
#![no_main]

use std::io::{self, Read, Write};

use libfuzzer_sys::fuzz_target;
use tickwire::wire::websocket::{Decoder, Fault, Message};
use tungstenite::protocol::{Role, WebSocket, WebSocketConfig};

const MAX_BYTES: usize = 300;

fuzz_target!(|input: &[u8]| {
    let [choices, bytes @ ..] = input else { return };
    let (inflate, piece) = (choices & 1 == 1, usize::from(choices >> 1) % 16 + 1);
    let whole = decode(bytes, bytes.len().max(1), inflate);
    assert_eq!(decode(bytes, piece, inflate), whole, "in pieces of {piece}");
    if inflate {
        return;
    }
    let (found, fault) = whole;
    let theirs = by_tungstenite(bytes);
    if fault.is_none() {
        assert_eq!(found, theirs);
    }
    // Before a fault of ours: it is lenient about lengths in more bytes than needed, close codes that
    // nobody may send, and many fragments.
    let known = found.len().min(theirs.len());
    assert_eq!(found[..known], theirs[..known]);
});

/// The messages in words, up to a close, and what broke.
fn decode(bytes: &[u8], piece: usize, inflate: bool) -> (Vec<String>, Option<Fault>) {
    let mut decoder = Decoder::new(MAX_BYTES, inflate);
    let mut messages = Vec::new();
    for piece in bytes.chunks(piece) {
        let mut piece = piece.to_vec();
        let mut taken = 0;
        loop {
            match decoder.decode(&mut piece[taken..]) {
                Err(fault) => return (messages, Some(fault)),
                Ok((used, None)) => break assert_eq!(taken + used, piece.len(), "all is used"),
                Ok((used, Some(message))) => {
                    taken += used;
                    messages.push(words(&message));
                    if let Message::Close(_) = message {
                        return (messages, None);
                    }
                }
            }
        }
    }
    (messages, None)
}

fn words(message: &Message<'_>) -> String {
    match message {
        Message::Text(text) => {
            assert!(text.len() <= MAX_BYTES);
            format!("text {}", std::str::from_utf8(text).expect("UTF-8"))
        }
        Message::Binary(bytes) => {
            assert!(bytes.len() <= MAX_BYTES);
            format!("binary {bytes:?}")
        }
        Message::Ping(payload) => format!("ping {payload:?}"),
        Message::Pong => "pong".to_owned(),
        Message::Close(_) => "close".to_owned(),
    }
}

/// The same by another reader.
fn by_tungstenite(bytes: &[u8]) -> Vec<String> {
    use tungstenite::Message;

    let mut config = WebSocketConfig::default();
    config.max_message_size = Some(MAX_BYTES);
    config.max_frame_size = Some(MAX_BYTES);
    let mut socket = WebSocket::from_raw_socket(Wire(bytes), Role::Server, Some(config));
    let mut messages = Vec::new();
    loop {
        messages.push(match socket.read() {
            Ok(Message::Text(text)) => format!("text {text}"),
            Ok(Message::Binary(bytes)) => format!("binary {:?}", &bytes[..]),
            Ok(Message::Ping(payload)) => format!("ping {:?}", &payload[..]),
            Ok(Message::Pong(_)) => "pong".to_owned(),
            Ok(Message::Close(_)) => {
                messages.push("close".to_owned());
                return messages;
            }
            Ok(Message::Frame(_)) => unreachable!("only when asked for"),
            Err(_) => return messages,
        });
    }
}

/// A client that has said all it has to say, and takes everything.
struct Wire<'a>(&'a [u8]);

impl Read for Wire<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        self.0.read(buffer)
    }
}

impl Write for Wire<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
