//! tokio-tungstenite.

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use super::{Buffers, Layer, MAX_BYTES, Stream};

pub struct Tungstenite<S>(WebSocketStream<S>);

impl<S: Stream> Layer<S> for Tungstenite<S> {
    const NAME: &'static str = "tokio-tungstenite";
    type Outgoing = Message;

    fn open(stream: S, buffers: Buffers) -> Self {
        let mut config = WebSocketConfig::default().max_message_size(Some(MAX_BYTES));
        if buffers == Buffers::Small {
            config = config.read_buffer_size(4096).write_buffer_size(0);
        }
        // Without a handshake there is nothing to wait for, only a signature.
        let open = WebSocketStream::from_raw_socket(stream, Role::Server, Some(config));
        Self(futures_util::FutureExt::now_or_never(open).expect("nothing to wait for"))
    }

    async fn read(&mut self, count: usize, take: &mut impl FnMut(&[u8])) -> bool {
        for _ in 0..count {
            match self.0.next().await {
                Some(Ok(message @ (Message::Text(_) | Message::Binary(_)))) => {
                    take(&message.into_data());
                }
                _ => return false,
            }
        }
        true
    }

    fn prepare(text: &'static str) -> Message {
        Message::Text(Utf8Bytes::from_static(text))
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
