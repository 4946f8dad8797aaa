//! The driver of the clients' scenarios: see `spec-tests/scenarios/README.md`.

use std::collections::HashMap;
use std::future::IntoFuture;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::sync::oneshot;

use tickwire::runtime::{
    Backoff, Change, Closed, Connection, Detail, Event, Notice, Observation, Refusal, RequestError,
    State, Subscription, Topic,
};
use tickwire::{Client, Options, Push, Token, topic};

/// The client of the scenarios' contract.
#[allow(
    dead_code,
    unused_imports,
    reason = "the scenarios do not use all of it"
)]
mod tickwire {
    include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
enum Command {
    Connect {
        options: ConnectOptions,
    },
    Subscribe {
        id: String,
        family: String,
        params: HashMap<String, String>,
        #[serde(default)]
        options: SubscribeOptions,
    },
    Unsubscribe {
        id: String,
    },
    Request {
        id: String,
        r#type: String,
        payload: Value,
        timeout_ms: Option<u64>,
    },
    Stats,
    Close,
    Exit,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ConnectOptions {
    tokens: Option<Vec<String>>,
    backoff: Option<BackoffOptions>,
    timeout_ms: Option<u64>,
    validate_incoming: bool,
}

#[derive(Deserialize)]
struct BackoffOptions {
    base_ms: u64,
    cap_ms: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SubscribeOptions {
    history: Option<u32>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let url = std::env::args()
        .next_back()
        .ok_or("the server's address is missing")?;
    let mut driver = Driver {
        url,
        client: None,
        subscriptions: HashMap::new(),
    };
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        match serde_json::from_str(&line)? {
            Command::Exit => break,
            command => driver.perform(command)?,
        }
    }
    // Reading stdin blocks a thread, for which the runtime would wait.
    std::process::exit(0)
}

struct Driver {
    url: String,
    client: Option<Client>,
    /// What ends a subscriber's task, and so its subscription.
    subscriptions: HashMap<String, oneshot::Sender<()>>,
}

impl Driver {
    fn perform(&mut self, command: Command) -> Result<(), Failure> {
        if let Command::Connect { options } = command {
            let client = Client::start(&self.url, understood(options));
            tokio::spawn(report_pushes(client.clone()));
            self.client = Some(client);
            return Ok(());
        }
        let client = self.client.clone().ok_or("not connected")?;
        match command {
            Command::Subscribe {
                id,
                family,
                params,
                options,
            } => {
                let param = |name: &str| params.get(name).map(String::as_str).unwrap_or_default();
                let connection = client.connection();
                let (subscribed, left) = oneshot::channel();
                self.subscriptions.insert(id.clone(), subscribed);
                match family.as_str() {
                    "bars" => {
                        let topic = topic::Bars {
                            symbol: param("symbol").parse()?,
                            resolution: param("resolution").parse()?,
                        };
                        follow(connection, topic, options, id, left, |bar| json!(bar));
                    }
                    "trades" => {
                        let topic = topic::Trades {
                            symbol: param("symbol").parse()?,
                        };
                        follow(connection, topic, options, id, left, |trade| json!(trade));
                    }
                    "orders" => {
                        let topic = topic::Orders {
                            account: param("account").parse()?,
                        };
                        follow(connection, topic, options, id, left, |order| json!(order));
                    }
                    "orderbook" => {
                        let topic = topic::Orderbook {
                            symbol: param("symbol").parse()?,
                        };
                        follow(
                            connection,
                            topic,
                            options,
                            id,
                            left,
                            |change| match change {
                                Change::Snapshot(book) => json!(book),
                                Change::Update(levels) => json!(levels),
                            },
                        );
                    }
                    other => return Err(format!("the contract has no family {other}").into()),
                }
            }
            Command::Unsubscribe { id } => drop(self.subscriptions.remove(&id)),
            Command::Request {
                id,
                r#type,
                payload,
                timeout_ms,
            } => request(client.connection(), id, &r#type, &payload, timeout_ms),
            Command::Stats => {
                let stats = client.connection().stats();
                report(json!({
                    "event": "stats", "unknown_types": stats.unknown_types, "invalid_frames": stats.invalid_frames,
                    "gaps": stats.gaps, "duplicates": stats.duplicates, "reconnects": stats.reconnects,
                }));
            }
            Command::Close => client.close(),
            Command::Connect { .. } | Command::Exit => {}
        }
        Ok(())
    }
}

fn understood(given: ConnectOptions) -> Options {
    let default = Options::default();
    let backoff = given
        .backoff
        .map(|BackoffOptions { base_ms, cap_ms }| Backoff {
            base: Duration::from_millis(base_ms),
            cap: Duration::from_millis(cap_ms),
        });
    Options {
        token: given.tokens.map(tokens),
        backoff: backoff.unwrap_or(default.backoff),
        timeout: given
            .timeout_ms
            .map_or(default.timeout, Duration::from_millis),
        validate_incoming: given.validate_incoming,
        observer: Some(Arc::new(observe)),
        ..default
    }
}

/// One after the other, the last one for ever.
fn tokens(tokens: Vec<String>) -> Token {
    let calls = Arc::new(AtomicUsize::new(0));
    Token::new(move || {
        let n = calls.fetch_add(1, Ordering::Relaxed);
        report(json!({"event": "token", "n": n + 1}));
        let token = tokens.get(n).or(tokens.last()).cloned();
        async move { token.ok_or_else(|| "there is no token".into()) }
    })
}

fn observe(observation: &Observation) {
    match observation {
        Observation::State(State::Connecting) => {
            report(json!({"event": "state", "state": "connecting"}))
        }
        Observation::State(State::Open) => report(json!({"event": "state", "state": "open"})),
        Observation::State(State::Waiting {
            attempt,
            delay,
            code,
            status,
        }) => report(json!({
            "event": "state", "state": "waiting", "attempt": attempt, "delay_ms": millis(*delay), "code": code, "status": status,
        })),
        Observation::State(State::Closed(Closed {
            code,
            status,
            error,
        })) => {
            report(
                json!({"event": "state", "state": "closed", "code": code, "status": status, "error": error}),
            );
        }
        Observation::InvalidFrame(_) => report(json!({"event": "invalid_frame"})),
        Observation::UnknownType(_) => {}
    }
}

async fn report_pushes(client: Client) {
    let mut pushes = client.pushes();
    while let Some(push) = pushes.next().await {
        if let Push::SystemAlert(alert) = push {
            report(json!({"event": "push", "type": "system_alert", "payload": alert}));
        }
    }
}

fn follow<T>(
    connection: &Connection,
    topic: T,
    options: SubscribeOptions,
    id: String,
    left: oneshot::Receiver<()>,
    payload: fn(&T::Item) -> Value,
) where
    T: Topic + Send + Sync + 'static,
{
    let mut subscribe = connection.subscribe(topic);
    if let Some(history) = options.history {
        subscribe = subscribe.history(history);
    }
    tokio::spawn(report_events(subscribe.start(), id, left, payload));
}

async fn report_events<T: Topic + 'static>(
    mut subscription: Subscription<T>,
    id: String,
    mut left: oneshot::Receiver<()>,
    payload: fn(&T::Item) -> Value,
) {
    loop {
        let event = tokio::select! {
            biased;
            _ = &mut left => return,
            event = subscription.next() => event,
        };
        match event {
            Some(Event::Update(update)) => report(json!({
                "event": "update", "id": id, "type": update.wire_type, "seq": update.seq, "payload": payload(&update.payload),
            })),
            Some(Event::Notice(notice)) => report(described(&id, &notice)),
            None => return,
        }
    }
}

fn described(id: &str, notice: &Notice) -> Value {
    let (name, mut fields) = match notice {
        Notice::Restarted => ("reset", json!({"reason": "restarted"})),
        Notice::Overflow { from, to } => (
            "reset",
            json!({"reason": "overflow", "from": from, "to": to}),
        ),
        Notice::NotRecovered(loss) => ("not_recovered", json!({"reason": loss.name()})),
        Notice::Lost { from, to } => ("lost", json!({"from": from, "to": to})),
        Notice::Retrying { refusal, delay } => (
            "retrying",
            json!({"code": refusal.code, "delay_ms": millis(*delay)}),
        ),
        Notice::Refused(refusal) => ("refused", json!({"code": refusal.code})),
        Notice::Ended => ("ended", json!({"reason": "ended"})),
        Notice::Revoked => ("ended", json!({"reason": "revoked"})),
        Notice::Closed(closed) => ("closed", json!({"code": closed.code})),
    };
    fields["event"] = "notice".into();
    fields["notice"] = name.into();
    fields["id"] = id.into();
    fields
}

/// By the untyped request, since the types would not allow an invalid payload.
fn request(
    connection: &Connection,
    id: String,
    wire_type: &str,
    payload: &Value,
    timeout_ms: Option<u64>,
) {
    let mut request = connection.request::<Value>(wire_type, payload);
    if let Some(timeout_ms) = timeout_ms {
        request = request.timeout(Duration::from_millis(timeout_ms));
    }
    let answer = request.into_future();
    tokio::spawn(async move {
        match answer.await {
            Ok(payload) => report(json!({"event": "response", "id": id, "payload": payload})),
            Err(error) => report(failure(&id, &error)),
        }
    });
}

fn failure(id: &str, error: &RequestError) -> Value {
    let pointers = |details: &[Detail]| {
        details
            .iter()
            .map(|detail| detail.pointer.clone())
            .collect::<Vec<_>>()
    };
    let (kind, mut fields) = match error {
        RequestError::Refused(Refusal {
            code,
            severity,
            retryable,
            retry_after,
            details,
            ..
        }) => (
            "error",
            json!({
                "code": code, "severity": severity, "retryable": retryable,
                "retry_after_ms": retry_after.map(millis), "pointers": pointers(details),
            }),
        ),
        RequestError::Invalid(details) => ("invalid", json!({"pointers": pointers(details)})),
        RequestError::TooLarge { .. } => ("invalid", json!({"pointers": []})),
        RequestError::Timeout => ("timeout", json!({})),
        RequestError::ConnectionLost => ("connection_lost", json!({})),
        RequestError::InvalidAnswer(_) => ("invalid_answer", json!({})),
        RequestError::Closed(_) => ("closed", json!({})),
    };
    fields["event"] = "failed".into();
    fields["kind"] = kind.into();
    fields["id"] = id.into();
    fields
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// An event, for the runner. It may be gone.
fn report(event: Value) {
    writeln!(std::io::stdout(), "{event}").ok();
}
