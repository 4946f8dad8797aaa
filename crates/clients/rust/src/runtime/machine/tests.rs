//! The protocol with a clock that the test holds. What all languages do is in the scenarios; here is
//! what they cannot see.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Map;

use super::*;
use crate::runtime::contract::{Delivery, Family, Message};
use crate::runtime::notice::Loss;

const fn message(wire_type: &'static str, reply: Option<&'static str>) -> Message {
    Message {
        wire_type,
        frame: "Anything",
        reply,
    }
}

const TRADES: Family = Family {
    name: "trades",
    delivery: Delivery::Window,
    subscribe: "trades.subscribe",
    unsubscribe: "trades.unsubscribe",
    update: "trades.update",
    snapshot: None,
    since: true,
    history: false,
};

const FAMILY_MESSAGES: [Message; 4] = [
    message("trades.subscribe", Some("trades.subscribe.response")),
    message("trades.subscribe.response", None),
    message("trades.unsubscribe", None),
    message("trades.update", None),
];

/// A contract with next to nothing: no `welcome`, no `ping`, no batches.
static BARE: Contract = Contract {
    title: "Bare",
    messages: &FAMILY_MESSAGES,
    families: &[TRADES],
    max_topics: usize::MAX,
    schemas: r#"{"Anything": {"type": "object"}}"#,
};

/// One with what the session has to offer.
static FULL: Contract = Contract {
    title: "Full",
    messages: &[
        message("welcome", None),
        message("shutdown", None),
        message("ping", Some("pong")),
        message("pong", None),
        message("auth", Some("auth.response")),
        message("auth.response", None),
        message("subscribe", Some("subscription_confirmed")),
        message("subscription_confirmed", None),
        message("unsubscribe", Some("unsubscription_confirmed")),
        message("trades.update", None),
        message("ask", Some("answer")),
        message("answer", None),
    ],
    families: &[TRADES],
    max_topics: 2,
    schemas: r#"{"Anything": {"type": "object"}}"#,
};

const TIMEOUT: Duration = Duration::from_secs(10);

/// A machine, and the time.
struct Client {
    machine: Machine,
    now: Instant,
}

impl Client {
    fn new(contract: &'static Contract, has_token: bool) -> Self {
        let settings = Settings {
            has_token,
            backoff: Backoff::default(),
            timeout: TIMEOUT,
            validate_incoming: false,
            random: || 1.0,
        };
        Self {
            machine: Machine::new(contract, settings),
            now: Instant::now(),
        }
    }

    /// One that is open.
    fn open(contract: &'static Contract) -> Self {
        let mut client = Self::new(contract, false);
        assert!(client.put(Input::Start).contains(&Action::Connect));
        client.put(Input::Opened);
        if contract.has("welcome") {
            client.receive(json!({"type": "welcome", "payload": welcome(30_000)}));
        }
        client
    }

    fn put(&mut self, input: Input) -> Vec<Action> {
        self.machine.handle(input, self.now)
    }

    fn receive(&mut self, frame: Value) -> Vec<Action> {
        self.put(Input::Text(frame.to_string()))
    }

    /// Lets time pass until the next deadline, and so long only.
    fn wait(&mut self) -> (Duration, Vec<Action>) {
        let deadline = self.machine.deadline().unwrap();
        let waited = deadline - self.now;
        self.now = deadline;
        (waited, self.put(Input::Tick))
    }

    fn subscribe(&mut self, subscriber: SubscriberId, symbol: &str) -> Vec<Action> {
        let mut parameters = Map::new();
        parameters.insert("symbol".to_owned(), symbol.into());
        self.put(Input::Subscribe(
            subscriber,
            Wanted {
                topic: format!("trades:{symbol}"),
                family: &TRADES,
                parameters,
                history: None,
            },
        ))
    }

    fn ask(&mut self, id: RequestId, timeout: Duration) -> Vec<Action> {
        self.put(Input::Request {
            id,
            wire_type: "ask".to_owned(),
            payload: json!({}),
            timeout,
        })
    }
}

fn welcome(heartbeat_ms: u64) -> Value {
    json!({"heartbeat_interval_ms": heartbeat_ms, "limits": {"max_frame_bytes": 65_536}})
}

/// The frames that are sent.
fn sent(actions: &[Action]) -> Vec<Value> {
    let frames = actions.iter().filter_map(|action| match action {
        Action::Send(text) => Some(serde_json::from_str(text).unwrap()),
        _ => None,
    });
    frames.collect()
}

fn state(actions: &[Action]) -> Option<&State> {
    actions.iter().find_map(|action| match action {
        Action::Report(Observation::State(state)) => Some(state),
        _ => None,
    })
}

#[test]
fn a_contract_may_lack_the_session() {
    let mut client = Client::open(&BARE);
    let frames = sent(&client.subscribe(1, "A"));
    assert_eq!(frames[0]["type"], "trades.subscribe");
    assert_eq!(frames[0]["payload"], json!({"symbol": "A"}));
    let confirmed = client.receive(json!({
        "type": "trades.subscribe.response", "msg_id": frames[0]["msg_id"],
        "payload": {"status": "subscribed", "message": "", "topic": "trades:A", "epoch": "e", "seq": 7},
    }));
    assert_eq!(confirmed, [Action::Confirm(1)]);

    client.put(Input::Lost(Ended::default()));
    client.wait();
    let resumed = sent(&client.put(Input::Opened));
    let position = json!({"symbol": "A", "since": {"epoch": "e", "seq": 7}});
    assert_eq!(resumed[0]["payload"], position);

    // In silence there is the WebSocket's own ping.
    let (waited, actions) = client.wait();
    assert_eq!(waited, TIMEOUT, "the subscribe should be answered before");
    assert!(actions.contains(&Action::Disconnect), "{actions:?}");
    let mut quiet = Client::open(&BARE);
    assert_eq!(quiet.wait(), (Duration::from_secs(60), vec![Action::Ping]));
    quiet.put(Input::Heard);
    assert_eq!(
        quiet.wait().0,
        Duration::from_secs(60),
        "a pong is a sign of life"
    );
    assert_eq!(quiet.wait().0, Duration::from_secs(30));
}

#[test]
fn what_was_not_answered_in_time_has_failed() {
    let mut client = Client::open(&FULL);
    client.ask(7, Duration::from_secs(3));
    let (waited, actions) = client.wait();
    assert_eq!(waited, Duration::from_secs(3));
    assert_eq!(actions, [Action::Answer(7, Err(RequestError::Timeout))]);
    let late = client.receive(json!({"type": "answer", "msg_id": "1", "payload": {}}));
    assert_eq!(late, [], "a late answer is nobody's");
    // No duration is too long for the clock.
    client.ask(8, Duration::MAX);
    assert_eq!(client.wait().0, Duration::from_secs(60), "the silence");
}

#[test]
fn an_attempt_has_an_end() {
    let mut client = Client::new(&FULL, true);
    assert!(client.put(Input::Start).contains(&Action::AskToken));
    let (waited, actions) = client.wait();
    assert_eq!(
        (waited, actions[0] == Action::Disconnect),
        (TIMEOUT, true),
        "no token came"
    );
    client.wait();
    client.put(Input::Token(None));
    assert_eq!(
        client.wait().0,
        Duration::from_secs(1),
        "it failed, and waits longer"
    );

    // The token first; then nothing before both answers.
    let connect = client.put(Input::Token(Some("t".to_owned())));
    assert_eq!(connect, [Action::Connect]);
    let auth = sent(&client.put(Input::Opened));
    assert_eq!(
        (&auth[0]["type"], &auth[0]["payload"]),
        (&json!("auth"), &json!({"token": "t"}))
    );
    assert_eq!(client.subscribe(1, "A"), []);
    assert_eq!(
        client
            .receive(json!({"type": "welcome", "payload": welcome(30_000)}))
            .len(),
        1,
        "the push"
    );
    let (waited, actions) = client.wait();
    assert_eq!(waited, TIMEOUT, "the answer to `auth` did not come");
    assert!(actions.contains(&Action::Disconnect));
    assert!(
        matches!(state(&actions), Some(State::Waiting { attempt: 3, .. })),
        "{actions:?}"
    );
}

#[test]
fn attempts_are_counted_until_a_connection_stays_up() {
    let mut client = Client::open(&FULL);
    let base = Duration::from_millis(500);
    for attempt in 1..=3 {
        let lost = client.put(Input::Lost(Ended {
            code: Some(1012),
            status: None,
        }));
        let delay = base * 2u32.pow(attempt - 1);
        let waiting = State::Waiting {
            attempt,
            delay,
            code: Some(1012),
            status: None,
        };
        assert_eq!(state(&lost), Some(&waiting));
        assert_eq!(client.wait().0, delay);
        client.put(Input::Opened);
        client.receive(json!({"type": "welcome", "payload": welcome(30_000)}));
    }
    client.now += Backoff::default().cap;
    let lost = client.put(Input::Lost(Ended::default()));
    assert!(
        matches!(state(&lost), Some(State::Waiting { attempt: 1, .. })),
        "{lost:?}"
    );
}

#[test]
fn being_too_slow_twice_in_a_row_is_no_hurry() {
    let mut client = Client::open(&FULL);
    let too_slow = Ended {
        code: Some(4450),
        status: None,
    };
    let delays = [Duration::ZERO, Duration::from_secs(1)];
    for delay in delays {
        let lost = client.put(Input::Lost(too_slow));
        assert!(
            matches!(state(&lost), Some(State::Waiting { delay: told, .. }) if *told == delay),
            "{lost:?}"
        );
        client.now += delay;
        client.put(Input::Tick);
        client.put(Input::Opened);
        client.receive(json!({"type": "welcome", "payload": welcome(30_000)}));
    }
}

#[test]
fn what_was_told_is_added_to_the_delay() {
    let mut client = Client::open(&FULL);
    client.receive(json!({"type": "shutdown", "payload": {"reconnect_after_ms": 4000}}));
    client.put(Input::Lost(Ended {
        code: Some(1012),
        status: None,
    }));
    assert_eq!(client.wait().0, Duration::from_millis(4500));
}

#[test]
fn batches_have_as_many_topics_as_the_contract_allows() {
    let mut client = Client::new(&FULL, false);
    client.put(Input::Start);
    for (subscriber, symbol) in ["A", "B", "C", "D", "E"].into_iter().enumerate() {
        client.subscribe(subscriber as u64, symbol);
    }
    client.put(Input::Opened);
    let frames = sent(&client.receive(json!({"type": "welcome", "payload": welcome(30_000)})));
    let topics: Vec<_> = frames
        .iter()
        .map(|frame| &frame["payload"]["topics"])
        .collect();
    let expected = [
        json!(["trades:A", "trades:B"]),
        json!(["trades:C", "trades:D"]),
        json!(["trades:E"]),
    ];
    assert_eq!(topics, expected.iter().collect::<Vec<_>>());

    // An answer of another length is none.
    let short = json!({
        "type": "subscription_confirmed", "msg_id": frames[0]["msg_id"],
        "payload": {"results": [{"topic": "trades:A", "epoch": "e", "seq": 1}]},
    });
    assert!(client.receive(short).contains(&Action::Disconnect));
}

#[test]
fn a_hole_that_stays_is_told_once() {
    let mut client = Client::open(&FULL);
    let mut asked = sent(&client.subscribe(1, "A"));
    let update =
        |seq: u64| json!({"type": "trades.update", "topic": "trades:A", "seq": seq, "payload": {}});
    let confirm = |asked: &Value, recovered: bool| {
        json!({"type": "subscription_confirmed", "msg_id": asked["msg_id"], "payload": {"results": [
            {"topic": "trades:A", "epoch": "e", "seq": 9, "recovered": recovered},
        ]}})
    };
    client.receive(json!({"type": "subscription_confirmed", "msg_id": asked[0]["msg_id"], "payload": {"results": [
        {"topic": "trades:A", "epoch": "e", "seq": 1},
    ]}}));
    assert_eq!(client.receive(update(2)).len(), 1);
    asked = sent(&client.receive(update(9)));
    assert_eq!(
        [&asked[0]["type"], &asked[1]["type"]],
        ["unsubscribe", "subscribe"]
    );
    assert_eq!(
        asked[1]["payload"]["options"][0]["since"],
        json!({"epoch": "e", "seq": 2})
    );
    assert_eq!(
        client.receive(update(10)),
        [],
        "it belongs to the subscription that was left"
    );
    client.receive(confirm(&asked[1], true));
    let told = client.receive(update(9));
    let notice = Notice::NotRecovered(Loss::Gap);
    assert_eq!(told[0], Action::Notify(vec![1], notice));
    assert!(matches!(told[1], Action::Update { seq: 9, .. }), "{told:?}");
    assert_eq!(client.machine.stats().gaps, 1);
}

#[test]
fn everyone_is_told_of_the_end() {
    let mut client = Client::open(&FULL);
    client.subscribe(1, "A");
    client.ask(2, TIMEOUT);
    let closed = Closed::default();
    let actions = client.put(Input::Close);
    let expected = [
        Action::Answer(2, Err(RequestError::Closed(closed.clone()))),
        Action::Notify(vec![1], Notice::Closed(closed.clone())),
        Action::Disconnect,
        Action::Report(Observation::State(State::Closed(closed.clone()))),
    ];
    assert_eq!(actions, expected);
    assert_eq!(client.machine.deadline(), None);
    // And whoever comes after it.
    let late = [Action::Answer(3, Err(RequestError::Closed(closed.clone())))];
    assert_eq!(client.ask(3, TIMEOUT), late);
    assert_eq!(
        client.subscribe(4, "B"),
        [Action::Notify(vec![4], Notice::Closed(closed))]
    );
    assert_eq!(client.put(Input::Close), []);
}
