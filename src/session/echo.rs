//! Sends messages back as they came: the endpoint of the conformance run (`conformance/`).
//!
//! Reading, writing and closing are those of a [`Connection`](super::Connection); only what a
//! [`Session`](super::Session) makes of a message is missing, since that is not RFC 6455's.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use super::pipe::{Inbound, Next, Pipe, Turn};
use crate::delivery::{Flushed, Outbox, OutboxConfig, Transport};
use crate::wire::{CloseCode, Compressed, Encoding, Format, Frame};

/// Echoes messages of at most `max_bytes` until the connection is closed; how it ended. `early` is
/// what was read beyond the handshake, `deflate` what was agreed on, `close` how long the end may take.
pub async fn echo(
    transport: Transport,
    early: Bytes,
    deflate: Option<Compressed>,
    max_bytes: usize,
    close: Duration,
) -> CloseCode {
    let encoding = Encoding {
        format: Format::Json,
        deflate,
    };
    let config = OutboxConfig {
        // Reading stops while half of it is full, and so there is room for one more echo.
        max_bytes: 4 * max_bytes,
        max_age: Duration::MAX,
        encoding,
    };
    let outbox = Arc::new(Outbox::configured(config, 0, Arc::default()));
    let mut pipe = Pipe::new(transport, early, outbox, max_bytes);
    let code = poll_fn(|context| poll(&mut pipe, context)).await;
    pipe.outbox().close(code);
    pipe.shake_hands(code, close).await;
    code
}

/// As a connection's, without a session.
fn poll(pipe: &mut Pipe, context: &mut Context<'_>) -> Poll<CloseCode> {
    let outbox = Arc::clone(pipe.outbox());
    outbox.watch(context.waker());
    loop {
        match pipe.poll_flush(context) {
            Flushed::Empty | Flushed::Blocked | Flushed::Behind => {}
            Flushed::Closed(code) => return Poll::Ready(code),
            Flushed::Broken => return Poll::Ready(CloseCode::Normal),
        }
        if !outbox.has_room() {
            return Poll::Pending;
        }
        let turn = pipe.poll_messages(context, |message| {
            match message {
                Inbound::Text(text) => outbox.push(Frame::text(text)),
                Inbound::Binary(bytes) => outbox.push(outbox.encoding().binary(bytes)),
                Inbound::Alive => {}
            }
            if outbox.has_room() {
                Next::More
            } else {
                Next::Pause
            }
        });
        match turn {
            Poll::Ready(Turn::Some) => {}
            Poll::Ready(Turn::Over(code)) => return Poll::Ready(code),
            Poll::Pending => return Poll::Pending,
        }
    }
}
