//! tokio-websockets. It has no option for its buffers.

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use tokio_websockets::{Limits, Message, ServerBuilder, WebSocketStream};

use super::{Buffers, Layer, MAX_BYTES, Stream};

pub struct Websockets<S: Stream>(WebSocketStream<S>);

impl<S: Stream> Layer<S> for Websockets<S> {
    const NAME: &'static str = "tokio-websockets";
    type Outgoing = Message;

    fn open(stream: S, _: Buffers) -> Self {
        let limits = Limits::default().max_payload_len(Some(MAX_BYTES));
        Self(ServerBuilder::new().limits(limits).serve(stream))
    }

    async fn read(&mut self, count: usize, take: &mut impl FnMut(&[u8])) -> bool {
        for _ in 0..count {
            match self.0.next().await {
                Some(Ok(message)) if message.is_text() || message.is_binary() => {
                    take(message.as_payload());
                }
                _ => return false,
            }
        }
        true
    }

    fn prepare(text: &'static str) -> Message {
        Message::text(Bytes::from_static(text.as_bytes()))
    }

    async fn write(&mut self, messages: &[Message]) -> bool {
        for message in messages {
            if self.0.feed(message.clone()).await.is_err() {
                return false;
            }
        }
        self.0.flush().await.is_ok()
    }
}
