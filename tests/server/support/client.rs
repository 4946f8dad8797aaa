//! A client that believes nothing: every frame has to satisfy the contract.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::LazyLock;

use futures_util::{SinkExt, StreamExt};
use jsonschema::Validator;
use serde_json::{Value, json};
use tickwire::app::CONTRACT;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::within;

/// Any byte stream.
pub trait Io: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Io for S {}

static FRAMES: LazyLock<HashMap<String, Validator>> = LazyLock::new(|| {
    let contract = tickwire_spec::load("asyncapi.yaml", CONTRACT).expect("the contract is sound");
    let validator = |message| tickwire_spec::validator(&contract.frame_schema(message)).unwrap();
    let messages = contract.messages.iter();
    messages
        .map(|message| (message.name.clone(), validator(message)))
        .collect()
});

/// How a frame breaks the contract.
pub fn violations(frame: &Value) -> Vec<String> {
    let wire_type = frame["type"].as_str().unwrap_or_default();
    match FRAMES.get(wire_type) {
        None => vec![format!("the contract has no type {wire_type:?}")],
        Some(schema) => schema.iter_errors(frame).map(|e| e.to_string()).collect(),
    }
}

/// One WebSocket connection.
pub struct Client {
    socket: WebSocketStream<Box<dyn Io>>,
    requests: u32,
    /// Frames that came while an answer was awaited.
    pub passed: Vec<Value>,
}

impl Client {
    /// A client on an open WebSocket.
    pub fn new(socket: WebSocketStream<Box<dyn Io>>) -> Self {
        Self {
            socket,
            requests: 0,
            passed: Vec::new(),
        }
    }

    /// A client of the server at this address that has been welcomed.
    pub async fn connect(address: SocketAddr) -> Self {
        let stream: Box<dyn Io> = Box::new(TcpStream::connect(address).await.unwrap());
        let shaken = tokio_tungstenite::client_async(format!("ws://{address}/ws"), stream);
        let (socket, _) = within("the handshake", shaken).await.unwrap();
        let mut client = Self::new(socket);
        client.expect("welcome").await;
        client
    }

    /// Sends a text message.
    pub async fn send_text(&mut self, text: impl Into<String>) {
        self.send_message(Message::text(text.into())).await;
    }

    /// Sends a frame.
    pub async fn send(&mut self, frame: Value) {
        self.send_text(frame.to_string()).await;
    }

    /// Sends any WebSocket message.
    pub async fn send_message(&mut self, message: Message) {
        within("sending", self.socket.send(message)).await.unwrap();
    }

    /// The next WebSocket message, as it is; `None` at the end of the stream.
    pub async fn next_message(&mut self) -> Option<Message> {
        let message = within("a message", self.socket.next()).await?;
        Some(message.expect("the server keeps to RFC 6455"))
    }

    /// The next text message, byte for byte, past pings.
    pub async fn next_text(&mut self) -> String {
        loop {
            match self.next_message().await {
                Some(Message::Text(text)) => return text.to_string(),
                Some(Message::Ping(_)) => {}
                other => panic!("a text message was expected, not {other:?}"),
            }
        }
    }

    /// The next frame, held against the contract.
    pub async fn next(&mut self) -> Value {
        let text = self.next_text().await;
        let frame: Value = serde_json::from_str(&text).expect("a frame is JSON");
        assert_eq!(violations(&frame), [""; 0], "{text}");
        frame
    }

    /// The next frame, which has to be of this type.
    pub async fn expect(&mut self, wire_type: &str) -> Value {
        let frame = self.next().await;
        assert_eq!(frame["type"], wire_type, "{frame}");
        frame
    }

    /// Asks and waits for the answer; what comes before goes to `passed`.
    pub async fn ask(&mut self, wire_type: &str, payload: Value) -> Value {
        self.requests += 1;
        let id = format!("request-{}", self.requests);
        self.send(json!({"type": wire_type, "msg_id": id, "payload": payload}))
            .await;
        loop {
            let frame = self.next().await;
            if frame["msg_id"] == *id {
                return frame;
            }
            self.passed.push(frame);
        }
    }

    /// Asks and returns the payload of an answer that has to be of this operation.
    pub async fn get(&mut self, wire_type: &str, payload: Value) -> Value {
        let answer = self.ask(wire_type, payload).await;
        assert_ne!(answer["type"], "error", "{answer}");
        answer["payload"].clone()
    }

    /// Asks and returns the payload of the error that has to come.
    pub async fn get_error(&mut self, wire_type: &str, payload: Value) -> Value {
        let answer = self.ask(wire_type, payload).await;
        assert_eq!(answer["type"], "error", "{answer}");
        answer["payload"].clone()
    }

    /// The connection lives, and nothing unasked lies in between.
    pub async fn alive(&mut self) {
        self.passed.clear();
        self.get("ping", json!({})).await;
        assert_eq!(self.passed, [json!(null); 0]);
    }

    /// The topics of `get_status`.
    pub async fn subscriptions(&mut self) -> Vec<String> {
        let status = self.get("get_status", json!({})).await;
        let topics = status["subscriptions"].as_array().unwrap().iter();
        topics
            .map(|position| position["topic"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The close code, which has to come next but for pings, and then the end of the stream.
    pub async fn closed(&mut self) -> u16 {
        loop {
            match self.next_message().await {
                Some(Message::Close(Some(close))) => {
                    while let Some(message) = within("the end", self.socket.next()).await {
                        assert!(message.is_err(), "after the close came {message:?}");
                    }
                    return close.code.into();
                }
                Some(Message::Ping(_)) => {}
                other => panic!("a close was expected, not {other:?}"),
            }
        }
    }

    /// The close code, and how many updates of topics came before.
    pub async fn closed_behind_updates(&mut self) -> (u16, usize) {
        let mut updates = 0;
        loop {
            match self.next_message().await {
                Some(Message::Text(text)) if text.contains(r#".update""#) => updates += 1,
                Some(Message::Close(Some(close))) => {
                    while self.next_message().await.is_some() {}
                    return (close.code.into(), updates);
                }
                other => panic!("an update or a close was expected, not {other:?}"),
            }
        }
    }

    /// The next message but pings, however long it takes; for tests with paused time only, where a
    /// connection comes of age some time.
    pub async fn eventually(&mut self) -> Option<Message> {
        loop {
            match self
                .socket
                .next()
                .await?
                .expect("the server keeps to RFC 6455")
            {
                Message::Ping(_) => {}
                message => return Some(message),
            }
        }
    }

    /// Whether a virtual second passes without a frame; for tests with paused time only.
    pub async fn is_silent(&mut self) -> bool {
        let second = std::time::Duration::from_secs(1);
        tokio::time::timeout(second, self.socket.next())
            .await
            .is_err()
    }
}
