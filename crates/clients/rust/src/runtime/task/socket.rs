//! One socket at a time: being opened, open, or being closed.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Sink, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Bytes, Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::super::verdict::Ended;

/// Frames are text messages of JSON.
const SUBPROTOCOL: &str = "tickwire.v1.json";

/// How long the other side may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

type Open = WebSocketStream<MaybeTlsStream<TcpStream>>;
type Opening = Pin<Box<dyn Future<Output = Result<Open, Error>> + Send>>;
type Closing = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What comes from a socket.
pub(super) enum Wire {
    Opened,
    Text(String),
    Other,
    Ended(Ended),
}

pub(super) struct Socket {
    url: String,
    opening: Option<Opening>,
    open: Option<Open>,
    outgoing: VecDeque<Message>,
    /// The one before, while it says goodbye.
    closing: Option<Closing>,
}

impl Socket {
    pub(super) fn new(url: String) -> Self {
        Self {
            url,
            opening: None,
            open: None,
            outgoing: VecDeque::new(),
            closing: None,
        }
    }

    pub(super) fn connect(&mut self) {
        let url = self.url.clone();
        self.opening = Some(Box::pin(async move {
            let mut request = url.into_client_request()?;
            let name = HeaderValue::from_static(SUBPROTOCOL);
            request.headers_mut().insert("sec-websocket-protocol", name);
            let (socket, _) = connect_async(request).await?;
            Ok(socket)
        }));
    }

    pub(super) fn send(&mut self, text: String) {
        self.outgoing.push_back(Message::text(text));
    }

    pub(super) fn ping(&mut self) {
        self.outgoing.push_back(Message::Ping(Bytes::new()));
    }

    /// Says goodbye to the server, or stops coming.
    pub(super) fn close(&mut self) {
        self.opening = None;
        self.outgoing.clear();
        if let Some(mut socket) = self.open.take() {
            self.closing = Some(Box::pin(async move {
                let normal = CloseFrame {
                    code: CloseCode::Normal,
                    reason: "".into(),
                };
                // It may be gone already.
                if socket.close(Some(normal)).await.is_ok() {
                    drain(socket).await;
                }
            }));
        }
    }

    /// Waits until the last goodbye is said, a moment at most.
    pub(super) async fn finish(&mut self) {
        if let Some(closing) = self.closing.take() {
            tokio::time::timeout(GOODBYE, closing).await.ok();
        }
    }

    /// What comes next. Meanwhile what is to be sent is sent. Cancel safe.
    pub(super) async fn next(&mut self) -> Wire {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Wire> {
        if let Some(closing) = &mut self.closing
            && closing.as_mut().poll(context).is_ready()
        {
            self.closing = None;
        }
        if let Some(opening) = &mut self.opening {
            return match opening.as_mut().poll(context) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(opened) => {
                    self.opening = None;
                    Poll::Ready(self.opened(opened))
                }
            };
        }
        let Some(socket) = &mut self.open else {
            return Poll::Pending;
        };
        if let Poll::Ready(Err(_)) = write(socket, &mut self.outgoing, context) {
            return Poll::Ready(self.ended(None));
        }
        match socket.poll_next_unpin(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Some(Ok(Message::Text(text)))) => {
                Poll::Ready(Wire::Text(text.as_str().to_owned()))
            }
            Poll::Ready(Some(Ok(Message::Close(frame)))) => {
                let code = frame.map(|frame| u16::from(frame.code));
                Poll::Ready(self.ended(code))
            }
            Poll::Ready(Some(Ok(_))) => Poll::Ready(Wire::Other),
            Poll::Ready(Some(Err(_)) | None) => Poll::Ready(self.ended(None)),
        }
    }

    fn opened(&mut self, opened: Result<Open, Error>) -> Wire {
        match opened {
            Ok(socket) => {
                self.open = Some(socket);
                Wire::Opened
            }
            Err(error) => {
                let status = match error {
                    Error::Http(response) => Some(response.status().as_u16()),
                    _ => None,
                };
                Wire::Ended(Ended { code: None, status })
            }
        }
    }

    fn ended(&mut self, code: Option<u16>) -> Wire {
        self.outgoing.clear();
        let socket = self.open.take();
        // A close is answered while the rest is read.
        if let (Some(socket), Some(_)) = (socket, code) {
            self.closing = Some(Box::pin(drain(socket)));
        }
        Wire::Ended(Ended { code, status: None })
    }
}

/// Sends as much as the socket takes. An error says that it is gone, which reading would tell late.
fn write(
    socket: &mut Open,
    outgoing: &mut VecDeque<Message>,
    context: &mut Context<'_>,
) -> Poll<Result<(), Error>> {
    let mut socket = Pin::new(socket);
    while !outgoing.is_empty() {
        match socket.as_mut().poll_ready(context) {
            Poll::Ready(Ok(())) => {}
            other => return other,
        }
        if let Some(message) = outgoing.pop_front() {
            socket.as_mut().start_send(message)?;
        }
    }
    socket.poll_flush(context)
}

async fn drain(mut socket: Open) {
    let rest = async { while let Some(Ok(_)) = socket.next().await {} };
    // What still comes is of no use to anyone.
    tokio::time::timeout(GOODBYE, rest).await.ok();
}
