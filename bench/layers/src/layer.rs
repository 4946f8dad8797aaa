//! What is asked of each layer: the same in its own words.

mod fastws;
mod ours;
mod sockudo;
mod tungstenite;
mod websockets;
mod yawc;

use tokio::io::{AsyncRead, AsyncWrite, DuplexStream};

pub use fastws::{BufferedFast, Fast};
pub use ours::{Ours, OursDeflate};
pub use sockudo::{Sockudo, SockudoDeflate};
pub use tungstenite::Tungstenite;
pub use websockets::Websockets;
pub use yawc::{Yawc, YawcDeflate};

/// The largest message that is taken.
pub const MAX_BYTES: usize = 4096;

/// What a connection runs over.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> Stream for S {}

/// How buffers are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Buffers {
    /// As the library has them.
    Default,
    /// As small as a server of many connections would have them.
    Small,
}

/// The server's side of a WebSocket past its handshake.
pub trait Layer<S: Stream>: Sized {
    const NAME: &'static str;

    /// A text message that many are sent: made once, in the form that the layer takes.
    type Outgoing;

    /// Takes messages of at most [`MAX_BYTES`].
    fn open(stream: S, buffers: Buffers) -> Self;

    /// Reads so many messages, and shows each. Whether they came: else the connection is over.
    async fn read(&mut self, count: usize, take: &mut impl FnMut(&[u8])) -> bool;

    fn prepare(text: &'static str) -> Self::Outgoing;

    /// Writes messages in a row, and sees to it that they leave. Whether they could be written.
    async fn write(&mut self, messages: &[Self::Outgoing]) -> bool;
}

/// Sends back what comes, until the connection is over.
pub trait Echo: Layer<DuplexStream> {
    async fn echo(stream: DuplexStream) {
        let mut layer = Self::open(stream, Buffers::Default);
        loop {
            let mut text = Vec::new();
            let came = layer.read(1, &mut |bytes| text = bytes.to_vec()).await;
            if !came {
                // What the layer has to say by itself, if anything: some do so when they are read or
                // flushed once more.
                layer.read(1, &mut |_| ()).await;
                layer.write(&[]).await;
                return;
            }
            let Ok(text) = String::from_utf8(text) else {
                return;
            };
            if !layer.write(&[Self::prepare(text.leak())]).await {
                return;
            }
        }
    }
}

impl Echo for Tungstenite<DuplexStream> {}
impl Echo for Fast<DuplexStream> {}
impl Echo for Yawc<DuplexStream> {}
impl Echo for YawcDeflate<DuplexStream> {}
impl Echo for Sockudo<DuplexStream> {}
impl Echo for SockudoDeflate<DuplexStream> {}
impl Echo for Websockets<DuplexStream> {}
