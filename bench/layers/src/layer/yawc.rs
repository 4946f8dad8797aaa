//! yawc, with UTF-8 checked, as RFC 6455 wants it and its default does not.

use std::sync::LazyLock;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use yawc::{CompressionLevel, DeflatePool, Frame, OpCode, Options, Role, WebSocket};

use super::{Buffers, Layer, MAX_BYTES, Stream};

pub struct Yawc<S: Stream>(WebSocket<S>);

/// With permessage-deflate agreed on, no context kept by either side, so that connections can share
/// what compresses.
pub struct YawcDeflate<S: Stream>(Yawc<S>);

static POOL: LazyLock<DeflatePool> = LazyLock::new(|| DeflatePool::new(2));

const AGREED: &str = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

fn options(buffers: Buffers) -> Options {
    let options = Options::default()
        .with_utf8()
        .with_max_payload_read(MAX_BYTES)
        .with_max_read_buffer(MAX_BYTES);
    match buffers {
        Buffers::Default => options,
        Buffers::Small => options
            .with_read_buffer_capacity(1024)
            .with_write_buffer_capacity(1024),
    }
}

impl<S: Stream> Layer<S> for Yawc<S> {
    const NAME: &'static str = "yawc";
    type Outgoing = Bytes;

    fn open(stream: S, buffers: Buffers) -> Self {
        let socket = WebSocket::from_stream(stream, Role::Server, options(buffers));
        Self(socket.expect("without extensions nothing can contradict"))
    }

    async fn read(&mut self, count: usize, take: &mut impl FnMut(&[u8])) -> bool {
        for _ in 0..count {
            match self.0.next().await {
                Some(frame) if matches!(frame.opcode(), OpCode::Text | OpCode::Binary) => {
                    take(frame.payload());
                }
                _ => return false,
            }
        }
        true
    }

    fn prepare(text: &'static str) -> Bytes {
        Bytes::from_static(text.as_bytes())
    }

    async fn write(&mut self, messages: &[Bytes]) -> bool {
        for message in messages {
            if self.0.feed(Frame::text(message.clone())).await.is_err() {
                return false;
            }
        }
        self.0.flush().await.is_ok()
    }
}

impl<S: Stream> Layer<S> for YawcDeflate<S> {
    const NAME: &'static str = "yawc, permessage-deflate";
    type Outgoing = Bytes;

    fn open(stream: S, buffers: Buffers) -> Self {
        let options = options(buffers)
            .with_compression_level(CompressionLevel::fast())
            .server_no_context_takeover()
            .client_no_context_takeover()
            .with_deflate_pool(POOL.clone());
        let socket =
            WebSocket::from_stream_with_extensions(stream, Role::Server, Some(AGREED), options);
        Self(Yawc(socket.expect("compression is enabled")))
    }

    async fn read(&mut self, count: usize, take: &mut impl FnMut(&[u8])) -> bool {
        self.0.read(count, take).await
    }

    fn prepare(text: &'static str) -> Bytes {
        Yawc::<S>::prepare(text)
    }

    async fn write(&mut self, messages: &[Bytes]) -> bool {
        self.0.write(messages).await
    }
}
