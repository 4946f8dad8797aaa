//! Sends messages back as they came: the endpoint of the conformance run (`conformance/`).
//!
//! Reading, writing and closing are those of a [`Connection`](super::Connection); only what a
//! [`Session`](super::Session) makes of a message is missing, since that is not RFC 6455's.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};

use super::connection::{MESSAGES_PER_TURN, shake_hands};
use super::socket::{Reader, Received};
use crate::delivery::{Flushed, Outbox, Transport};
use crate::wire::{CloseCode, Frame};

/// Echoes messages of at most `max_bytes` until the connection is closed; how it ended. `early` is
/// what was read beyond the handshake, `close` how long the end may take.
pub async fn echo(socket: Transport, early: Bytes, max_bytes: usize, close: Duration) -> CloseCode {
    let socket = Arc::new(socket);
    // Reading stops while half of it is full, and so there is room for one more echo.
    let outbox = Arc::new(Outbox::new(4 * max_bytes));
    outbox.connect(Arc::clone(&socket));
    let shared = Arc::clone(&outbox);
    let mut reader = Reader::new(Arc::clone(&socket), early, shared, max_bytes).await;
    let code = serve(&socket, &mut reader, &outbox).await;
    outbox.close(code);
    shake_hands(&socket, reader, &outbox, code, close).await;
    code
}

async fn serve(socket: &Transport, reader: &mut Reader, outbox: &Outbox) -> CloseCode {
    let mut writable = false;
    loop {
        let blocked = match outbox.flush(std::mem::take(&mut writable)) {
            Flushed::Empty => false,
            Flushed::Blocked => true,
            Flushed::Closed(code) => return code,
            Flushed::Broken => return CloseCode::Normal,
        };
        tokio::select! {
            received = reader.next(), if outbox.has_room() => {
                if let Some(code) = take_turn(received, reader, outbox) {
                    return code;
                }
            }
            () = outbox.attention() => {}
            ready = poll_fn(|context| socket.poll_writable(context)), if blocked => {
                if ready.is_err() {
                    return CloseCode::Normal;
                }
                writable = true;
            }
        }
    }
}

/// Takes a message and those that have arrived behind it, as a connection does.
fn take_turn(first: Received, reader: &mut Reader, outbox: &Outbox) -> Option<CloseCode> {
    let mut message = first;
    for left in (0..MESSAGES_PER_TURN).rev() {
        match message {
            Received::Text(text) => outbox.push(Frame::text(text.as_bytes())),
            Received::Binary(bytes) => outbox.push(binary(&bytes)),
            Received::Alive => {}
            Received::Gone => return Some(CloseCode::Normal),
            Received::Close(code) | Received::Broken(code) => return Some(code),
        }
        if left == 0 || !outbox.has_room() {
            break;
        }
        match reader.next_ready() {
            Some(next) => message = next,
            None => break,
        }
    }
    None
}

/// A binary frame, of which our own protocol has none.
fn binary(payload: &[u8]) -> Frame {
    let mut bytes = BytesMut::from(&Frame::text(payload).bytes()[..]);
    bytes[0] = 0x82;
    Frame::raw(bytes.freeze())
}
