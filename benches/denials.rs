//! Whether the time of a refusal tells what there is: subscribes to a private topic that somebody else has
//! open, and to one that does not exist, in turn and over one connection to the released program.
//!
//! The figures of a third kind, the second topic once more, say how far two medians of the same thing are
//! apart here: a difference that is not larger than that tells nothing.
//!
//! `cargo bench --bench denials` measures; `cargo test` runs a few, to see that they are refused alike.

#[path = "support/server.rs"]
mod server;

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use server::Server;

const SECRET: &str = "a secret for the length of a measurement";

/// What is asked for, in turn.
const SYMBOLS: [(&str, &str); 3] = [
    ("AAPL", "somebody else's, open"),
    ("NONE", "does not exist"),
    ("NONE", "does not exist, again"),
];

/// Subscribes of each kind.
const MEASURE: usize = 20_000;
const SMOKE: usize = 20;

fn main() {
    let measures = std::env::args().any(|argument| argument == "--bench");
    let count = if measures { MEASURE } else { SMOKE };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let mut times = runtime.block_on(measure(count));
    println!(
        "{:<24} {:>8} {:>12} {:>12} {:>12}",
        "topic", "asked", "10 %", "median", "90 %"
    );
    for ((_, what), times) in SYMBOLS.iter().zip(&mut times) {
        times.sort_unstable();
        let at = |percent: usize| times[times.len() * percent / 100].as_secs_f64() * 1e6;
        println!(
            "{what:<24} {:>8} {:>9.2} µs {:>9.2} µs {:>9.2} µs",
            times.len(),
            at(10),
            at(50),
            at(90)
        );
    }
}

/// The times of each kind.
async fn measure(count: usize) -> [Vec<Duration>; 3] {
    let server = Guarded::start();
    let mut owner = server.connect("bob", "AAPL").await;
    let joined = ask(&mut owner, "AAPL").await.0;
    assert_eq!(joined["type"], "quotes.subscribe.response", "{joined}");
    let mut eve = server.connect("eve", "EVE").await;
    let mut times = [const { Vec::new() }; 3];
    for round in 0..count {
        // Each kind comes first as often as the others: what follows what must not matter.
        for turn in 0..SYMBOLS.len() {
            let kind = (round + turn) % SYMBOLS.len();
            let (answer, took) = ask(&mut eve, SYMBOLS[kind].0).await;
            assert_eq!(answer["payload"]["code"], "forbidden", "{answer}");
            times[kind].push(took);
        }
    }
    times
}

type Client = WebSocketStream<TcpStream>;

/// The answer to a subscribe, and its time.
async fn ask(client: &mut Client, symbol: &str) -> (Value, Duration) {
    let request = json!({"type": "quotes.subscribe", "msg_id": "1", "payload": {"symbol": symbol}});
    let request = Message::text(request.to_string());
    let begin = Instant::now();
    client.send(request).await.expect("it reads");
    loop {
        let message = client.next().await.expect("an open connection");
        let took = begin.elapsed();
        if let Message::Text(text) = message.expect("a message") {
            let frame: Value = serde_json::from_str(&text).expect("JSON");
            if frame["msg_id"] == "1" {
                return (frame, took);
            }
        }
    }
}

/// A server whose quotes have owners.
struct Guarded {
    server: Server,
    secret: NamedTempFile,
    _contract: NamedTempFile,
}

impl Guarded {
    fn start() -> Self {
        let public = "retention: {replay: 1}\n      permissions: []";
        let private = format!("{public}\n      owner: symbol");
        let published = "source: publish\n      publish_permissions: ['market:publish']";
        let contract = tickwire::app::CONTRACT
            .replace(public, &private)
            .replace("source: service", published);
        let contract = file(&contract);
        let secret = file(SECRET);
        let rates = [
            "--max-frames-per-second=1000000",
            "--max-frames-per-second-per-user=1000000",
            "--max-frames-per-second-per-address=1000000",
        ];
        let files = [
            "--spec".as_ref(),
            contract.path(),
            "--jwt-secret-file".as_ref(),
            secret.path(),
        ];
        let arguments = rates.iter().map(Path::new).chain(files);
        Self {
            server: Server::start(arguments),
            secret,
            _contract: contract,
        }
    }

    /// Somebody who owns a symbol.
    async fn connect(&self, sub: &str, symbol: &str) -> Client {
        let token = Command::new(env!("CARGO_BIN_EXE_tickwire"))
            .args(["token", "--sub", sub, "--accounts", symbol])
            .arg("--jwt-secret-file")
            .arg(self.secret.path())
            .output()
            .expect("a token");
        let token = String::from_utf8(token.stdout).expect("ASCII");
        let stream = TcpStream::connect(self.server.address)
            .await
            .expect("it listens");
        stream.set_nodelay(true).expect("a socket");
        let url = format!("ws://{}/ws", self.server.address);
        let (mut client, _) = tokio_tungstenite::client_async(url, stream)
            .await
            .expect("a WebSocket");
        let auth = json!({"type": "auth", "payload": {"token": token.trim()}});
        client
            .send(Message::text(auth.to_string()))
            .await
            .expect("it reads");
        for expected in ["welcome", "auth.response"] {
            let message = client.next().await.expect("open").expect("a message");
            let frame = message.into_text().expect("a text");
            let frame: Value = serde_json::from_str(&frame).expect("JSON");
            assert_eq!(frame["type"], expected, "{frame}");
        }
        client
    }
}

fn file(text: &str) -> NamedTempFile {
    let mut file = NamedTempFile::with_suffix(".yaml").expect("a file");
    file.write_all(text.as_bytes()).expect("room for it");
    file
}
