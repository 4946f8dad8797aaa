//! fastwebsockets. It buffers nothing that is written, so a user who batches wraps the socket.

use fastwebsockets::{FragmentCollector, Frame, OpCode, Payload, Role, WebSocket};
use tokio::io::BufWriter;

use super::{Buffers, Layer, MAX_BYTES, Stream};

/// As it comes.
pub struct Fast<S>(FragmentCollector<S>);

/// Over a buffer of tokio's; only written to, since a `FragmentCollector` cannot flush.
pub struct BufferedFast<S>(WebSocket<BufWriter<S>>);

impl<S: Stream> Layer<S> for Fast<S> {
    const NAME: &'static str = "fastwebsockets";
    type Outgoing = &'static [u8];

    fn open(stream: S, _: Buffers) -> Self {
        let mut socket = WebSocket::after_handshake(stream, Role::Server);
        socket.set_max_message_size(MAX_BYTES);
        Self(FragmentCollector::new(socket))
    }

    async fn read(&mut self, count: usize, take: &mut impl FnMut(&[u8])) -> bool {
        for _ in 0..count {
            match self.0.read_frame().await {
                Ok(frame) if matches!(frame.opcode, OpCode::Text | OpCode::Binary) => {
                    take(&frame.payload);
                }
                _ => return false,
            }
        }
        true
    }

    fn prepare(text: &'static str) -> &'static [u8] {
        text.as_bytes()
    }

    async fn write(&mut self, messages: &[&'static [u8]]) -> bool {
        for message in messages {
            let frame = Frame::text(Payload::Borrowed(message));
            if self.0.write_frame(frame).await.is_err() {
                return false;
            }
        }
        true
    }
}

impl<S: Stream> Layer<S> for BufferedFast<S> {
    const NAME: &'static str = "fastwebsockets over a `BufWriter`";
    type Outgoing = &'static [u8];

    fn open(stream: S, _: Buffers) -> Self {
        let stream = BufWriter::new(stream);
        Self(WebSocket::after_handshake(stream, Role::Server))
    }

    async fn read(&mut self, _: usize, _: &mut impl FnMut(&[u8])) -> bool {
        unreachable!("only its writing differs")
    }

    fn prepare(text: &'static str) -> &'static [u8] {
        text.as_bytes()
    }

    async fn write(&mut self, messages: &[&'static [u8]]) -> bool {
        for message in messages {
            let frame = Frame::text(Payload::Borrowed(message));
            if self.0.write_frame(frame).await.is_err() {
                return false;
            }
        }
        self.0.flush().await.is_ok()
    }
}
