//! A server in this process, and a client of its socket and of its HTTP. Every frame and every error
//! that comes back is held against the served contract.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use futures_util::stream::SplitSink;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tickwire::app::{App, CONTRACT, StartError};
use tickwire::config::{Cli, Command};
use tickwire::http::Server;
use tickwire_spec::{Contract, Direction};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_util::sync::CancellationToken;

/// Longer than anything here takes, and short enough to wait for when it never comes.
const PATIENCE: Duration = Duration::from_secs(10);

/// A file beside the tests, by its path in the repository.
pub fn file(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The contract in a file; the built-in one without.
pub fn text_of(spec: Option<&str>) -> String {
    spec.map_or_else(
        || CONTRACT.to_owned(),
        |path| std::fs::read_to_string(file(path)).expect("the contract is readable"),
    )
}

/// What the command line would start.
pub async fn start(arguments: &[&str]) -> Result<App, StartError> {
    let all = ["tickwire", "serve", "--listen=127.0.0.1:0"];
    let cli = Cli::try_parse_from(all.iter().chain(arguments)).expect("the flags are right");
    let Some(Command::Serve(config)) = cli.command else {
        panic!("serve was asked for");
    };
    App::start(&config).await
}

/// A running server.
pub struct Served {
    pub address: SocketAddr,
    pub contract: Arc<Judge>,
    pub server: Arc<Server>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Served {
    /// Serves a contract of the repository, the built-in one without `spec`.
    pub async fn start(spec: Option<&str>, arguments: &[&str]) -> Self {
        let flag = spec.map(|path| format!("--spec={}", file(path).display()));
        let arguments: Vec<&str> = flag
            .as_deref()
            .into_iter()
            .chain(arguments.iter().copied())
            .collect();
        let app = start(&arguments)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        let stop = CancellationToken::new();
        Self {
            address: app.address().expect("it listens"),
            contract: Arc::new(Judge::new(&text_of(spec))),
            server: Arc::clone(app.server()),
            stop: stop.clone(),
            task: tokio::spawn(app.run(stop)),
        }
    }

    /// Stops it, and waits for its end.
    pub async fn stop(self) {
        self.stop.cancel();
        let ended = tokio::time::timeout(PATIENCE, self.task)
            .await
            .expect("it stops in time");
        ended.expect("it did not panic");
    }

    /// Announces the end without waiting for it.
    pub fn begin_to_stop(&self) {
        self.stop.cancel();
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.http(&format!("GET {path} HTTP/1.1"), &[], b"").await
    }

    /// POSTs JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_as("application/json", path, body.to_string().as_bytes())
            .await
    }

    pub async fn post_as(&self, content_type: &str, path: &str, body: &[u8]) -> Answer {
        let headers = [("content-type", content_type)];
        let answer = self
            .http(&format!("POST {path} HTTP/1.1"), &headers, body)
            .await;
        if answer.status >= 400 {
            self.contract.error_payload(&answer.json());
        }
        answer
    }

    /// One request on a connection of its own.
    async fn http(&self, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut head = format!(
            "{line}\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        stream.write_all(head.as_bytes()).await.expect("it reads");
        // A body that is too large is refused before all of it was read: that is no failure.
        let _refused_early = stream.write_all(body).await;
        let mut answer = Vec::new();
        let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut answer));
        read.await
            .expect("an answer in time")
            .expect("a whole answer");
        Answer::parse(&answer)
    }

    /// Connects to `/ws` and below.
    pub async fn connect(&self, path: &str) -> Socket {
        let stream = TcpStream::connect(self.address).await.expect("it listens");
        let url = format!("ws://{}{path}", self.address);
        let (stream, _) = tokio_tungstenite::client_async(url, stream)
            .await
            .expect("a WebSocket");
        let (writer, mut reader) = stream.split();
        let (sender, messages) = mpsc::unbounded_channel();
        // Reads also while the test does something else, and so answers pings and closes.
        tokio::spawn(async move {
            while let Some(message) = reader.next().await {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Socket {
            writer,
            messages,
            contract: Arc::clone(&self.contract),
            waiting: VecDeque::new(),
            requests: 0,
        }
    }
}

/// An answer of HTTP.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Self {
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .expect("a head");
        let head = std::str::from_utf8(&bytes[..end]).expect("a head of text");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        assert!(!head.to_lowercase().contains("transfer-encoding"), "{head}");
        Self {
            status: status.expect("a status"),
            body: bytes[end + 4..].to_vec(),
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Status and `code` of an error.
    pub fn refusal(&self) -> (u16, String) {
        (
            self.status,
            self.json()["code"].as_str().unwrap_or_default().to_owned(),
        )
    }

    /// Where an error points to, sorted.
    pub fn pointers(&self) -> Vec<String> {
        let body = self.json();
        let details = body["details"].as_array().expect("details");
        let mut pointers: Vec<String> = details
            .iter()
            .map(|detail| detail["pointer"].as_str().expect("a pointer").to_owned())
            .collect();
        pointers.sort();
        pointers
    }
}

/// A WebSocket of a client.
pub struct Socket {
    writer: SplitSink<WebSocketStream<TcpStream>, Message>,
    messages: mpsc::UnboundedReceiver<Result<Message, tungstenite::Error>>,
    contract: Arc<Judge>,
    waiting: VecDeque<Value>,
    requests: usize,
}

impl Socket {
    pub async fn send(&mut self, text: &str) {
        self.writer
            .send(Message::text(text))
            .await
            .expect("it reads");
    }

    /// The next frame, whichever it is.
    pub async fn next(&mut self) -> Value {
        match self.waiting.pop_front() {
            Some(frame) => frame,
            None => self
                .read()
                .await
                .unwrap_or_else(|code| panic!("closed with {code}")),
        }
    }

    /// The next frame of a type. Those before it are kept for [`Self::next`].
    pub async fn next_of(&mut self, wire_type: &str) -> Value {
        self.find(|frame| frame["type"] == wire_type).await
    }

    /// Sends a request and returns its answer. Frames before it are kept.
    pub async fn ask(&mut self, wire_type: &str, payload: &Value) -> Value {
        self.requests += 1;
        let id = format!("r{}", self.requests);
        self.send(&json!({"type": wire_type, "msg_id": id, "payload": payload}).to_string())
            .await;
        self.find(|frame| frame["msg_id"] == *id).await
    }

    /// The code with which the server closes. Frames before it are kept.
    pub async fn close_code(&mut self) -> u16 {
        loop {
            match self.read().await {
                Ok(frame) => self.waiting.push_back(frame),
                Err(code) => return code,
            }
        }
    }

    /// Types of the frames that were kept.
    pub fn kept(&self) -> Vec<&str> {
        self.waiting
            .iter()
            .filter_map(|frame| frame["type"].as_str())
            .collect()
    }

    async fn find(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(index).expect("it was found");
        }
        loop {
            let frame = self
                .read()
                .await
                .unwrap_or_else(|code| panic!("closed with {code}"));
            if wanted(&frame) {
                return frame;
            }
            self.waiting.push_back(frame);
        }
    }

    async fn read(&mut self) -> Result<Value, u16> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.messages.recv()).await;
            match message
                .expect("a frame in time")
                .expect("no end without a close")
                .expect("a whole frame")
            {
                Message::Text(text) => {
                    let frame = serde_json::from_str(&text).expect("JSON");
                    self.contract.frame(&frame);
                    return Ok(frame);
                }
                Message::Close(close) => return Err(close.map_or(1005, |close| close.code.into())),
                Message::Binary(_) => panic!("a binary frame"),
                _ => {}
            }
        }
    }
}

/// A contract, to judge what a server sends.
pub struct Judge {
    pub contract: Contract,
    frames: HashMap<String, jsonschema::Validator>,
}

impl Judge {
    fn new(text: &str) -> Self {
        let contract =
            tickwire_spec::load("served.yaml", text).unwrap_or_else(|report| panic!("{report}"));
        let sent = contract
            .messages
            .iter()
            .filter(|message| message.direction == Direction::ServerToClient);
        let frames = sent
            .map(|message| {
                let validator = tickwire_spec::validator(&contract.frame_schema(message));
                (message.name.clone(), validator.expect("a checked schema"))
            })
            .collect();
        Self { contract, frames }
    }

    /// The examples of a message: whole frames.
    pub fn examples(&self, wire_type: &str) -> Vec<Value> {
        let message = self
            .contract
            .message(wire_type)
            .unwrap_or_else(|| panic!("no {wire_type}"));
        message
            .examples
            .iter()
            .map(|example| example.frame.clone())
            .collect()
    }

    /// Whether there is such a message.
    pub fn defines(&self, wire_type: &str) -> bool {
        self.contract.message(wire_type).is_some()
    }

    /// A frame that was sent is one of the contract's.
    pub fn frame(&self, frame: &Value) {
        let wire_type = frame["type"].as_str().expect("a type");
        let Some(validator) = self.frames.get(wire_type) else {
            panic!("the contract has no {wire_type} that is sent: {frame}");
        };
        let violations: Vec<String> = validator
            .iter_errors(frame)
            .map(|error| error.to_string())
            .collect();
        assert!(violations.is_empty(), "{violations:?} in {frame}");
    }

    /// An error over HTTP is the payload of an `error` frame.
    fn error_payload(&self, payload: &Value) {
        self.payload("error", payload);
    }

    /// An answer over HTTP is the payload of its frame.
    pub fn payload(&self, wire_type: &str, payload: &Value) {
        self.frame(
            &json!({"type": wire_type, "msg_id": "http", "direction": "s2c",
            "timestamp": "2026-11-02T14:30:00Z", "payload": payload}),
        );
    }
}
