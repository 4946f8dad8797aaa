//! A client that notes all it receives, and the model against which that is held.

use std::collections::HashMap;
use std::ops::AddAssign;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::stream::SplitSink;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tickwire::session::SessionLimits;
use tokio::io::DuplexStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::TOPICS;
use super::source::Source;
use crate::support::{Bench, lab, violations};

/// A connection that notes all it receives.
pub struct Member {
    sink: SplitSink<WebSocketStream<DuplexStream>, Message>,
    reader: JoinHandle<()>,
    transcript: Arc<Mutex<Vec<String>>>,
    /// Whether it reads at the moment.
    reading: watch::Sender<bool>,
    /// Whether there is little room for what it does not read.
    slow: bool,
    /// The code with which the server closed it.
    closed: watch::Receiver<Option<u16>>,
    /// What was asked, by `msg_id`.
    asked: HashMap<String, Value>,
}

impl Member {
    pub async fn join(bench: &Bench, slow: bool) -> Self {
        let (bytes, limits) = if slow {
            let max_outbox_bytes = 16_384;
            (
                2_000,
                SessionLimits {
                    max_outbox_bytes,
                    ..lab::limits()
                },
            )
        } else {
            (1 << 20, lab::limits())
        };
        let (pipe, _task) = bench.pipe_within(bytes, limits).await;
        let socket = WebSocketStream::from_raw_socket(pipe, Role::Client, None).await;
        let (sink, mut stream) = socket.split();
        let transcript = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&transcript);
        let (reading, mut reads) = watch::channel(true);
        let (close, closed) = watch::channel(None);
        let reader = tokio::spawn(async move {
            while let Ok(true) = reads.wait_for(|reads| *reads).await.map(|reads| *reads)
                && let Some(Ok(message)) = stream.next().await
            {
                match message {
                    Message::Text(text) => notes.lock().unwrap().push(text.to_string()),
                    Message::Close(Some(frame)) => {
                        close.send_replace(Some(frame.code.into()));
                    }
                    _ => {}
                }
            }
        });
        Self {
            sink,
            reader,
            transcript,
            reading,
            slow,
            closed,
            asked: HashMap::new(),
        }
    }

    pub fn read(&self, reads: bool) {
        self.reading.send_replace(reads || !self.slow);
    }

    /// Whether it has been closed: only who reads too slowly is, and is told so.
    pub fn is_closed(&self) -> bool {
        let closed = *self.closed.borrow();
        if let Some(code) = closed {
            assert!(
                self.slow && [4450, 4408].contains(&code),
                "closed with {code}"
            );
        }
        closed.is_some() || self.reader.is_finished()
    }

    pub async fn ask(&mut self, wire_type: &str, payload: Value) {
        let id = format!("{}", self.asked.len());
        let frame = json!({"type": wire_type, "msg_id": id, "payload": payload});
        let sent = self.sink.send(Message::text(frame.to_string()));
        // Who does not read is not always read; the rest is sent with what comes next.
        match tokio::time::timeout(Duration::from_millis(1), sent).await {
            Ok(sent) => assert!(sent.is_ok() || self.slow, "{sent:?}"),
            Err(_) => assert!(self.slow, "it is not read"),
        }
        self.asked.insert(id, frame);
    }

    /// The newest position in a topic that it has seen.
    pub fn position(&self, topic: &str) -> Option<(String, u64)> {
        let mut position = None;
        for text in &*self.transcript.lock().unwrap() {
            let frame: Value = serde_json::from_str(text).unwrap();
            let payload = &frame["payload"];
            if frame["topic"] == topic {
                position = position.map(|(epoch, _)| (epoch, frame["seq"].as_u64().unwrap()));
            } else if payload["topic"] == topic && payload["epoch"].is_string() {
                position = Some((text_of(&payload["epoch"]), payload["seq"].as_u64().unwrap()));
            }
        }
        position
    }

    /// Goes without a word.
    pub fn leave(&self) {
        self.reader.abort();
    }
}

/// What all members together have seen.
#[derive(Default)]
pub struct Seen {
    /// The bytes of each update.
    updates: HashMap<(String, String, u64), String>,
    pub tally: Tally,
}

/// How often things have happened.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    pub updates: u32,
    /// Resumes that were recovered, and that were not.
    pub recovered: u32,
    pub lost: u32,
    /// Losses that were announced, and updates that newer ones have replaced.
    pub overflows: u32,
    pub conflated: u32,
    /// Clients that were closed for not reading.
    pub closed: u32,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.updates += other.updates;
        self.recovered += other.recovered;
        self.lost += other.lost;
        self.overflows += other.overflows;
        self.conflated += other.conflated;
        self.closed += other.closed;
    }
}

/// Where a member is in a topic's stream.
#[derive(Debug, Clone)]
struct Place {
    epoch: String,
    /// The number that comes next.
    next: u64,
    /// Up to where the first update may begin later, if there was no room for a whole history.
    latest_begin: u64,
    /// The number of the answer: what is above it is live.
    answered: u64,
    /// The newest that has come of each key.
    newest: HashMap<u64, u64>,
}

impl Place {
    fn new(epoch: &Value, next: u64, answered: u64) -> Self {
        Self {
            epoch: text_of(epoch),
            next,
            latest_begin: next,
            answered,
            newest: HashMap::new(),
        }
    }

    /// Whether `seq` may come now, or the notice of a loss that begins there.
    fn may_go_on_with(&self, seq: u64) -> bool {
        seq >= self.next && seq <= self.next.max(self.latest_begin)
    }
}

impl Seen {
    /// Judges what one member has received, by a model of what it is owed. At the end of the play,
    /// every request has been answered, and every topic received to its end.
    pub fn judge(&mut self, member: &Member, at_the_end: Option<&Source>) {
        let mut places: HashMap<String, Place> = HashMap::new();
        let mut open = member.asked.clone();
        for text in &*member.transcript.lock().unwrap() {
            let frame: Value = serde_json::from_str(text).unwrap();
            assert_eq!(violations(&frame), [""; 0], "{text}");
            let request = open.remove(frame["msg_id"].as_str().unwrap());
            self.take(&mut places, member.slow, &frame, request.as_ref(), text);
        }
        let Some(source) = at_the_end.filter(|_| !member.is_closed()) else {
            return;
        };
        assert!(open.is_empty(), "not answered: {open:?}");
        for (name, place) in places {
            let (seq, newest) = source
                .with(&name, |topic| (topic.seq, topic.newest.clone()))
                .unwrap();
            assert_eq!(place.next - 1, seq, "{name} has been received to its end");
            if !is_window(&name) {
                for (key, seq) in newest.into_iter().filter(|(_, seq)| *seq > place.answered) {
                    assert_eq!(
                        place.newest.get(&key),
                        Some(&seq),
                        "the final state of {name} at {key}"
                    );
                }
            }
        }
    }

    fn take(
        &mut self,
        places: &mut HashMap<String, Place>,
        slow: bool,
        frame: &Value,
        request: Option<&Value>,
        text: &str,
    ) {
        let payload = &frame["payload"];
        match frame["type"].as_str().unwrap() {
            "welcome" => {}
            "trades.update" | "quotes.update" | "bars.update" => {
                self.update(places, slow, frame, text)
            }
            "topic.reset" => {
                self.tally.overflows += u32::from(payload["reason"] == "overflow");
                reset(places, slow, payload);
            }
            "trades.subscribe.response"
            | "quotes.subscribe.response"
            | "bars.subscribe.response" => {
                let request = request.expect("an answer to a request");
                self.subscribed(places, slow, &request["payload"], payload);
            }
            "subscription_confirmed" => {
                for result in payload["results"].as_array().unwrap() {
                    self.subscribed(places, slow, &json!({}), result);
                }
            }
            "trades.unsubscribe.response"
            | "quotes.unsubscribe.response"
            | "bars.unsubscribe.response" => {
                let was = places.remove(payload["topic"].as_str().unwrap()).is_some();
                let status = if was {
                    "unsubscribed"
                } else {
                    "not_subscribed"
                };
                assert_eq!(payload["status"], status, "{text}");
            }
            "status_response" => {
                let positions = payload["subscriptions"].as_array().unwrap();
                assert_eq!(positions.len(), places.len(), "{text}");
                for position in positions {
                    stands_at(&places[position["topic"].as_str().unwrap()], slow, position);
                }
            }
            "error" => {
                let request = request.expect("an error for a request");
                assert_eq!(payload["code"], "topic_unavailable", "{text}");
                let (family, _) = request["type"].as_str().unwrap().split_once('.').unwrap();
                let refused = TOPICS.iter().find(|(topic, _)| {
                    let symbol = request["payload"]["symbol"].as_str().unwrap();
                    topic.starts_with(&format!("{family}:{symbol}"))
                });
                assert!(
                    !places.contains_key(refused.unwrap().0),
                    "refused though subscribed"
                );
            }
            other => panic!("{other}"),
        }
    }

    fn subscribed(
        &mut self,
        places: &mut HashMap<String, Place>,
        slow: bool,
        request: &Value,
        result: &Value,
    ) {
        let topic = text_of(&result["topic"]);
        let Some(seq) = result["seq"].as_u64() else {
            let refused = (&result["status"], &result["error"]["code"]);
            assert_eq!(refused, (&json!("refused"), &json!("topic_unavailable")));
            return assert!(!places.contains_key(&topic), "refused though subscribed");
        };
        let epoch = &result["epoch"];
        if result["status"] == "already_subscribed" {
            return stands_at(&places[&topic], slow, result);
        }
        let retention = TOPICS.iter().find(|(name, _)| *name == topic).unwrap().1;
        let kept = seq.min(retention);
        let since = request.get("since");
        let missed = since.and_then(|since| {
            let behind = seq.checked_sub(since["seq"].as_u64().unwrap())?;
            (since["epoch"] == *epoch && behind <= kept).then_some(behind)
        });
        let recovered = result["recovered"].as_bool();
        self.tally.recovered += u32::from(recovered == Some(true));
        self.tally.lost += u32::from(recovered == Some(false));
        // A replay has to fit into what is free of the outbox.
        let no_room = slow && recovered == Some(false);
        assert!(
            recovered == since.map(|_| missed.is_some()) || no_room,
            "{result}"
        );
        let history = request["history"].as_u64().unwrap_or_default().min(kept);
        let replayed = missed.filter(|_| !no_room).unwrap_or(history);
        let mut place = Place::new(epoch, seq + 1 - replayed, seq);
        if slow && recovered != Some(true) {
            place.latest_begin = seq + 1;
        }
        let before = places.insert(topic, place);
        assert!(before.is_none(), "subscribed twice");
    }

    fn update(
        &mut self,
        places: &mut HashMap<String, Place>,
        slow: bool,
        frame: &Value,
        text: &str,
    ) {
        let topic = text_of(&frame["topic"]);
        let place = places.get_mut(&topic).expect("an update of a subscription");
        let seq = frame["seq"].as_u64().unwrap();
        self.tally.updates += 1;
        let conflated = slow && !is_window(&topic) && seq > place.next;
        assert!(conflated || place.may_go_on_with(seq), "{place:?}: {text}");
        self.tally.conflated += u32::from(conflated);
        (place.next, place.latest_begin) = (seq + 1, seq + 1);
        let key = if topic.starts_with("bars:") {
            frame["payload"]["time"].as_u64()
        } else {
            Some(0)
        };
        place.newest.insert(key.unwrap(), seq);
        let position = (topic, place.epoch.clone(), seq);
        let first = self
            .updates
            .entry(position)
            .or_insert_with(|| text.to_owned());
        assert_eq!(first, text, "the same bytes for everyone");
    }
}

/// A break in the stream.
fn reset(places: &mut HashMap<String, Place>, slow: bool, payload: &Value) {
    let topic = payload["topic"].as_str().unwrap();
    let place = places.get_mut(topic).expect("a reset of a subscription");
    let number = |name: &str| payload[name].as_u64().unwrap();
    match payload["reason"].as_str().unwrap() {
        "ended" => {
            stands_at(place, slow, payload);
            places.remove(topic);
        }
        "restarted" => {
            assert_ne!(payload["epoch"], place.epoch);
            *place = Place::new(&payload["epoch"], 1, 0);
            assert_eq!(number("seq"), 0);
        }
        "overflow" => {
            assert!(slow && is_window(topic), "{payload}");
            assert_eq!(payload["epoch"], place.epoch);
            assert!(place.may_go_on_with(number("from")), "{place:?}: {payload}");
            assert!(number("from") <= number("to"));
            (place.next, place.latest_begin) = (number("to") + 1, number("to") + 1);
        }
        other => panic!("{other}"),
    }
}

/// What the server says about where a client stands. Who reads slowly may not be there yet: what
/// came before has given way to what comes later.
fn stands_at(place: &Place, slow: bool, position: &Value) {
    let seq = position["seq"].as_u64().unwrap();
    if slow {
        assert!(
            position["epoch"] != place.epoch || seq + 1 >= place.next,
            "{place:?}: {position}"
        );
    } else {
        assert_eq!(
            (&json!(place.epoch), place.next),
            (&position["epoch"], seq + 1)
        );
    }
}

/// Whether losses of this topic are announced; of others newer updates replace older ones.
fn is_window(topic: &str) -> bool {
    topic.starts_with("trades:")
}

fn text_of(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
