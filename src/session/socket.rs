//! RFC 6455 over a byte stream. A library reads; what it wants to write (pongs) goes to the
//! outbox like all else, so that one writer sends whole frames in one order.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use futures_util::{FutureExt, StreamExt};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::{CapacityError, Error, ProtocolError};
use tokio_tungstenite::tungstenite::protocol::frame::coding;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use crate::delivery::{Outbox, Transport};
use crate::wire::{CloseCode, Frame};

/// What is read at once, at the least.
const READ_BYTES: usize = 4096;

/// What came from the peer.
#[derive(Debug)]
pub(super) enum Received {
    /// A text message.
    Text(Utf8Bytes),
    /// A binary message.
    Binary(Bytes),
    /// A ping or pong: a sign of life.
    Alive,
    /// The peer closes; what to answer.
    Close(CloseCode),
    /// The peer broke the protocol or a limit.
    Broken(CloseCode),
    /// The stream ended without a close.
    Gone,
}

/// The reading half of a WebSocket.
pub(super) struct Reader {
    messages: WebSocketStream<Tap>,
}

impl Reader {
    /// Reads messages of at most `max_bytes`. `early` is what came right behind the handshake.
    pub(super) async fn new(
        socket: Arc<Transport>,
        early: Bytes,
        outbox: Arc<Outbox>,
        max_bytes: usize,
    ) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BYTES)
            .write_buffer_size(0)
            .max_message_size(Some(max_bytes))
            .max_frame_size(Some(max_bytes));
        let tap = Tap {
            early,
            socket,
            outbox,
        };
        let messages = WebSocketStream::from_raw_socket(tap, Role::Server, Some(config)).await;
        Self { messages }
    }

    /// The next message, if it has arrived already.
    pub(super) fn next_ready(&mut self) -> Option<Received> {
        self.next().now_or_never()
    }

    /// The next message. Cancel safe: nothing is lost when the future is dropped.
    pub(super) async fn next(&mut self) -> Received {
        match self.messages.next().await {
            Some(Ok(Message::Text(text))) => Received::Text(text),
            Some(Ok(Message::Binary(bytes))) => Received::Binary(bytes),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Received::Alive,
            // The library has replaced a code that may not be sent (RFC 6455 section 7.4) by 1002.
            Some(Ok(Message::Close(Some(close)))) if close.code == coding::CloseCode::Protocol => {
                Received::Close(CloseCode::ProtocolError)
            }
            Some(Ok(Message::Close(_))) => Received::Close(CloseCode::Normal),
            Some(Err(error)) => verdict(&error),
            None => Received::Gone,
        }
    }

    /// Reads to the end of the stream, whatever comes.
    pub(super) async fn discard(&mut self) {
        let tap = self.messages.get_mut();
        // On the heap: in the task it would weigh on every connection, for all its life.
        let mut scratch = vec![0; 4096];
        while matches!(tap.read(&mut scratch).await, Ok(1..)) {}
    }
}

fn verdict(error: &Error) -> Received {
    match error {
        Error::Capacity(CapacityError::MessageTooLong { .. }) => {
            Received::Broken(CloseCode::TooLarge)
        }
        Error::Utf8(_) => Received::Broken(CloseCode::InvalidText),
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => Received::Gone,
        Error::Protocol(_) | Error::Capacity(_) => Received::Broken(CloseCode::ProtocolError),
        _ => Received::Gone,
    }
}

/// A stream that reads from the socket and writes to the outbox.
struct Tap {
    early: Bytes,
    socket: Arc<Transport>,
    outbox: Arc<Outbox>,
}

impl AsyncRead for Tap {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.early.is_empty() {
            let length = self.early.len().min(buffer.remaining());
            buffer.put_slice(&self.early[..length]);
            self.early.advance(length);
            return Poll::Ready(Ok(()));
        }
        self.socket.poll_read(context, buffer)
    }
}

impl AsyncWrite for Tap {
    /// With a write buffer of zero the library hands over whole frames.
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        // This may happen while the connection waits for the next message: it has to flush.
        self.outbox
            .push_and_wake(Frame::raw(Bytes::copy_from_slice(bytes)));
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
