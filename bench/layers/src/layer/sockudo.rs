//! sockudo-ws. Its timers are off, since the others have none.

use bytes::Bytes;
use futures_util::{Sink, SinkExt, StreamExt};
use sockudo_ws::{CompressedWebSocketStream, Config, DeflateConfig, Message, WebSocketStream};

use super::{Buffers, Layer, MAX_BYTES, Stream};

pub struct Sockudo<S: Stream>(WebSocketStream<S>);

/// With permessage-deflate agreed on, no context kept by either side.
pub struct SockudoDeflate<S: Stream>(CompressedWebSocketStream<S>);

fn config(buffers: Buffers) -> Config {
    let builder = Config::builder()
        .max_payload_length(MAX_BYTES)
        .idle_timeout(0)
        .auto_ping(false);
    match buffers {
        Buffers::Default => builder.build(),
        Buffers::Small => builder.write_buffer_size(1024).build(),
    }
}

async fn read(
    socket: &mut (impl futures_util::Stream<Item = sockudo_ws::Result<Message>> + Unpin),
    count: usize,
    take: &mut impl FnMut(&[u8]),
) -> bool {
    for _ in 0..count {
        match socket.next().await {
            Some(Ok(Message::Text(bytes) | Message::Binary(bytes))) => take(&bytes),
            _ => return false,
        }
    }
    true
}

async fn write(socket: &mut (impl Sink<Message> + Unpin), messages: &[Bytes]) -> bool {
    for message in messages {
        if socket.feed(Message::Text(message.clone())).await.is_err() {
            return false;
        }
    }
    socket.flush().await.is_ok()
}

impl<S: Stream> Layer<S> for Sockudo<S> {
    const NAME: &'static str = "sockudo-ws";
    type Outgoing = Bytes;

    fn open(stream: S, buffers: Buffers) -> Self {
        Self(WebSocketStream::server(stream, config(buffers)))
    }

    async fn read(&mut self, count: usize, take: &mut impl FnMut(&[u8])) -> bool {
        read(&mut self.0, count, take).await
    }

    fn prepare(text: &'static str) -> Bytes {
        Bytes::from_static(text.as_bytes())
    }

    async fn write(&mut self, messages: &[Bytes]) -> bool {
        write(&mut self.0, messages).await
    }
}

impl<S: Stream> Layer<S> for SockudoDeflate<S> {
    const NAME: &'static str = "sockudo-ws, permessage-deflate";
    type Outgoing = Bytes;

    fn open(stream: S, buffers: Buffers) -> Self {
        let deflate = DeflateConfig {
            server_no_context_takeover: true,
            client_no_context_takeover: true,
            ..DeflateConfig::default()
        };
        let socket = CompressedWebSocketStream::server(stream, config(buffers), deflate);
        Self(socket)
    }

    async fn read(&mut self, count: usize, take: &mut impl FnMut(&[u8])) -> bool {
        read(&mut self.0, count, take).await
    }

    fn prepare(text: &'static str) -> Bytes {
        Bytes::from_static(text.as_bytes())
    }

    async fn write(&mut self, messages: &[Bytes]) -> bool {
        write(&mut self.0, messages).await
    }
}
