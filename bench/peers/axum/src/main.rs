//! Pub/sub as one would write it by hand in Rust: axum, a broadcast channel for each topic, a task
//! for each subscriber, jsonschema for what comes in.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::Router;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, post};
use chrono::{SecondsFormat, Utc};
use clap::Parser;
use jsonschema::Validator;
use serde_json::{Value, json};
use tokio::sync::broadcast::{self, error::RecvError};
use uuid::Uuid;

#[derive(Parser)]
struct Options {
    #[arg(long)]
    listen: SocketAddr,
}

/// Updates that a slow subscriber may be behind before it misses some.
const CAPACITY: usize = 1024;

/// The default of 128 KiB would be most of what an idle connection takes.
const READ_BUFFER: usize = 4096;

struct Topic {
    seq: AtomicU64,
    updates: broadcast::Sender<Utf8Bytes>,
}

struct Server {
    topics: Mutex<HashMap<String, Arc<Topic>>>,
    ping: Validator,
    quote: Validator,
}

impl Server {
    fn topic(&self, name: &str) -> Arc<Topic> {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        let topic = topics.entry(name.to_owned()).or_insert_with(|| {
            Arc::new(Topic {
                seq: AtomicU64::new(0),
                updates: broadcast::channel(CAPACITY).0,
            })
        });
        Arc::clone(topic)
    }
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    let server = Arc::new(Server {
        topics: Mutex::default(),
        ping: validator("PingFrame"),
        quote: validator("Quote"),
    });
    let routes = Router::new()
        .route("/ws/{topic}", any(upgrade))
        .route("/publish/{topic}", post(publish))
        .with_state(server);
    let listener = tokio::net::TcpListener::bind(options.listen)
        .await
        .expect("a free address");
    let listener = axum::serve::ListenerExt::tap_io(listener, |socket| {
        let _set = socket.set_nodelay(true);
    });
    axum::serve(listener, routes).await.expect("a server");
}

fn validator(definition: &str) -> Validator {
    let mut schema: Value =
        serde_json::from_str(include_str!("../../schemas.json")).expect("valid JSON");
    schema["$ref"] = json!(format!("#/definitions/{definition}"));
    jsonschema::draft7::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a valid schema")
}

fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true)
}

async fn publish(
    State(server): State<Arc<Server>>,
    Path(name): Path<String>,
    Json(payload): Json<Value>,
) -> Response {
    let violations: Vec<_> = server
        .quote
        .iter_errors(&payload)
        .map(|error| error.to_string())
        .collect();
    if !violations.is_empty() {
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(violations)).into_response();
    }
    let topic = server.topic(&name);
    let seq = topic.seq.fetch_add(1, Ordering::Relaxed) + 1;
    let update = json!({
        "type": "quotes.update",
        "msg_id": Uuid::now_v7().to_string(),
        "direction": "s2c",
        "timestamp": now(),
        "topic": name,
        "seq": seq,
        "payload": payload,
    });
    // Fails when there are no subscribers, which is no fault.
    let receivers = topic.updates.send(update.to_string().into()).unwrap_or(0);
    Json(json!({"topic": name, "seq": seq, "receivers": receivers})).into_response()
}

async fn upgrade(
    State(server): State<Arc<Server>>,
    Path(name): Path<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .on_upgrade(move |socket| serve(server, name, socket))
}

async fn serve(server: Arc<Server>, name: String, mut socket: WebSocket) {
    let mut updates = server.topic(&name).updates.subscribe();
    let confirmation = json!({"type": "subscribed", "topic": name}).to_string();
    if socket.send(Message::text(confirmation)).await.is_err() {
        return;
    }
    loop {
        let answer = tokio::select! {
            update = updates.recv() => match update {
                Ok(update) => Message::Text(update),
                Err(RecvError::Lagged(_)) => continue,
                Err(RecvError::Closed) => return,
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => Message::text(answer(&server, &text)),
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return,
            },
        };
        if socket.send(answer).await.is_err() {
            return;
        }
    }
}

fn answer(server: &Server, text: &str) -> String {
    let Ok(frame) = serde_json::from_str::<Value>(text) else {
        return error("", vec!["not JSON".to_owned()]);
    };
    let id = frame["msg_id"].as_str().unwrap_or_default();
    if frame["type"] != "ping" {
        return error(id, vec!["unknown type".to_owned()]);
    }
    let violations: Vec<_> = server
        .ping
        .iter_errors(&frame)
        .map(|error| error.to_string())
        .collect();
    if !violations.is_empty() {
        return error(id, violations);
    }
    let now = now();
    json!({
        "type": "pong",
        "msg_id": id,
        "direction": "s2c",
        "timestamp": now,
        "payload": {"server_time": now},
    })
    .to_string()
}

fn error(id: &str, details: Vec<String>) -> String {
    json!({
        "type": "error",
        "msg_id": id,
        "direction": "s2c",
        "timestamp": now(),
        "payload": {"details": details},
    })
    .to_string()
}
