//! `--mock` over real sockets: examples answer and play, for every contract of the repository, and each
//! fault does what it says.

#[path = "any_contract/client.rs"]
#[allow(
    dead_code,
    reason = "shared with tests/any_contract.rs, which uses the rest"
)]
mod client;

use std::collections::BTreeSet;

use futures_util::StreamExt;
use serde_json::{Value, json};
use tickwire_spec::OperationKind;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error, Message};

use client::{Served, start};

const CONTRACTS: [Option<&str>; 3] = [
    None,
    Some("examples/vehicles.yaml"),
    Some("examples/scoreboard.yaml"),
];

/// The topic of a family's example.
fn topic(served: &Served, family: usize) -> String {
    let messages = &served.contract.contract.families[family].messages;
    let example = &served.contract.examples(&messages.update)[0];
    example["topic"].as_str().expect("a topic").to_owned()
}

#[tokio::test]
async fn every_request_of_every_contract_is_answered() {
    for spec in CONTRACTS {
        let served = Served::start(spec, &["--mock"]).await;
        let mut socket = served.connect("/ws").await;
        let mut requests = 0;
        for operation in &served.contract.contract.operations {
            if operation.kind != OperationKind::Request {
                continue;
            }
            let reply = operation.reply.as_deref().expect("a reply");
            for example in served.contract.examples(&operation.name) {
                // The client holds every frame against the contract.
                let answer = socket.ask(&operation.name, &example["payload"]).await;
                assert_eq!(answer["type"], *reply, "{answer}");
                let path = format!("/ops/{}", operation.name);
                let over_http = served.post(&path, &example["payload"]).await;
                assert_eq!(over_http.status, 200);
                assert_eq!(over_http.json(), answer["payload"]);
                requests += 1;
            }
        }
        assert!(requests > 0, "{spec:?}");
        served.stop().await;
    }
}

#[tokio::test]
async fn every_family_plays_and_the_same_seed_plays_the_same() {
    for spec in CONTRACTS {
        let mut plays = Vec::new();
        for seed in ["--mock-seed=3", "--mock-seed=3", "--mock-seed=4"] {
            let served = Served::start(spec, &["--mock", "--mock-rate=200", seed]).await;
            let mut play = Vec::new();
            for family in 0..served.contract.contract.families.len() {
                let topic = topic(&served, family);
                let mut socket = served.connect(&format!("/ws/{topic}")).await;
                let mut expected = 1;
                while expected <= 25 {
                    let frame = socket.next().await;
                    let Some(seq) = frame["seq"].as_u64() else {
                        continue;
                    };
                    assert_eq!((&frame["topic"], seq), (&json!(topic), expected));
                    play.push((frame["type"].clone(), frame["payload"].clone()));
                    expected += 1;
                }
            }
            plays.push(play);
            served.stop().await;
        }
        assert_eq!(plays[0], plays[1], "{spec:?}");
        assert_ne!(plays[0], plays[2], "{spec:?}");
    }
}

#[tokio::test]
async fn publications_still_work() {
    let served = Served::start(CONTRACTS[1], &["--mock", "--mock-rate=50"]).await;
    let mut socket = served.connect("/ws/fleet_alert:north").await;
    let alert = json!({"fleet": "north", "alert": "weather", "urgency": "low", "text": "published",
        "raised_at": "2026-11-02T14:29:59Z"});
    let published = served.post("/publish/fleet_alert:north", &alert).await;
    assert_eq!(published.status, 200);
    loop {
        let frame = socket.next_of("fleet_alert.update").await;
        if frame["payload"] == alert {
            assert_eq!(frame["seq"], published.json()["seq"]);
            break;
        }
    }
    let next = socket.next_of("fleet_alert.update").await;
    assert_ne!(next["payload"]["text"], "published", "the mock goes on");
    served.stop().await;
}

/// A WebSocket whose frames nobody judges.
async fn connect(served: &Served, path: &str) -> Result<WebSocketStream<TcpStream>, Error> {
    let stream = TcpStream::connect(served.address)
        .await
        .expect("it listens");
    let url = format!("ws://{}{path}", served.address);
    let (socket, _) = tokio_tungstenite::client_async(url, stream).await?;
    Ok(socket)
}

/// What is wrong on purpose is read without being held against the contract: text frames until
/// `enough`, or the close code.
async fn raw(served: &Served, path: &str, enough: impl Fn(&[Value]) -> bool) -> (Vec<Value>, u16) {
    let mut socket = connect(served, path).await.expect("a WebSocket");
    let mut frames = Vec::new();
    while !enough(&frames) {
        match socket
            .next()
            .await
            .expect("no end without a close")
            .expect("a message")
        {
            Message::Text(text) => frames.push(serde_json::from_str(&text).expect("JSON")),
            Message::Close(close) => return (frames, close.map_or(1005, |it| it.code.into())),
            _ => {}
        }
    }
    (frames, 0)
}

async fn mock_with(faults: &str) -> Served {
    let faults = format!("--mock-faults={faults}");
    Served::start(None, &["--mock", "--mock-rate=200", &faults]).await
}

fn updates(frames: &[Value]) -> impl Iterator<Item = &Value> {
    frames
        .iter()
        .filter(|frame| frame["type"] == "trades.update")
}

#[tokio::test]
async fn a_drop_is_a_gap_that_nobody_declares() {
    let served = mock_with("drop=0.3").await;
    let (frames, _) = raw(&served, "/ws/trades:AAPL", |frames| {
        updates(frames).count() >= 40
    })
    .await;
    let seqs: Vec<u64> = updates(&frames)
        .map(|it| it["seq"].as_u64().expect("a seq"))
        .collect();
    let gaps = seqs.windows(2).filter(|two| two[1] > two[0] + 1).count();
    assert!(seqs.is_sorted() && gaps >= 5, "{seqs:?}");
    assert!(frames.iter().all(|frame| frame["type"] != "topic.reset"));
    // What was dropped is kept for those who resume.
    let mut socket = served.connect("/ws").await;
    let replay = json!({"symbol": "AAPL", "history": 30});
    socket.ask("trades.subscribe", &replay).await;
    let mut previous = None;
    for _ in 0..20 {
        let seq = socket.next_of("trades.update").await["seq"]
            .as_u64()
            .expect("a seq");
        assert!(previous.is_none_or(|previous| seq == previous + 1));
        previous = Some(seq);
    }
    served.stop().await;
}

#[tokio::test]
async fn unknown_types_and_invalid_frames_come_behind_updates() {
    let served = mock_with("unknown=0.2,invalid=0.2").await;
    let of = |frames: &[Value], wrong: fn(&&Value) -> bool| frames.iter().filter(wrong).count();
    let unknown: fn(&&Value) -> bool = |frame| frame["type"] == "mock.unknown";
    let invalid: fn(&&Value) -> bool =
        |frame| frame["type"] == "trades.update" && frame["payload"].is_null();
    let enough = |frames: &[Value]| of(frames, unknown) >= 5 && of(frames, invalid) >= 5;
    let (frames, _) = raw(&served, "/ws/trades:AAPL", enough).await;
    for frame in frames
        .iter()
        .filter(|frame| !unknown(frame) && !invalid(frame))
    {
        served.contract.frame(frame);
    }
    served.stop().await;
}

#[tokio::test]
async fn connections_take_turns_with_the_planned_closes() {
    let codes = [
        "1000", "1011", "1012", "4400", "4408", "4410", "4429", "4430", "4450",
    ];
    let plan: Vec<String> = codes
        .iter()
        .map(|code| format!("close={code}@1ms..20ms"))
        .collect();
    let served = mock_with(&plan.join(",")).await;
    for code in codes.iter().chain(&codes) {
        let (_, closed) = raw(&served, "/ws", |_| false).await;
        assert_eq!(closed.to_string(), *code);
    }
    served.stop().await;
}

#[tokio::test]
async fn answers_are_errors_and_late() {
    let served = mock_with("error=internal:0.3,error=rate_limited:0.3,delay=1ms..5ms").await;
    let mut socket = served.connect("/ws").await;
    let mut seen = BTreeSet::new();
    for _ in 0..60 {
        let answer = socket
            .ask("symbols.resolve", &json!({"symbol": "AAPL"}))
            .await;
        let code = answer["payload"]["code"].as_str().unwrap_or("none");
        seen.insert(code.to_owned());
    }
    assert!(
        seen.iter().eq(["internal", "none", "rate_limited"]),
        "{seen:?}"
    );
    served.stop().await;
    // Late: what is asked afterwards and is not the mock's to answer overtakes it.
    let served = mock_with("delay=300ms").await;
    let mut socket = served.connect("/ws").await;
    let ask = json!({"type": "symbols.resolve", "msg_id": "late", "payload": {"symbol": "AAPL"}});
    socket.send(&ask.to_string()).await;
    socket.ask("ping", &json!({})).await;
    assert!(!socket.kept().contains(&"symbols.resolve.response"));
    assert_eq!(
        socket.next_of("symbols.resolve.response").await["msg_id"],
        "late"
    );
    served.stop().await;
}

#[tokio::test]
async fn handshakes_are_refused() {
    let served = mock_with("refuse=0.5").await;
    let (mut opened, mut refused) = (0, 0);
    for _ in 0..40 {
        match connect(&served, "/ws").await {
            Ok(_) => opened += 1,
            Err(Error::Http(answer)) => {
                assert_eq!(answer.status(), 503);
                refused += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!(
        opened >= 5 && refused >= 5,
        "{opened} opened, {refused} refused"
    );
    served.stop().await;
}

#[tokio::test]
async fn a_restart_says_goodbye_and_begins_topics_anew() {
    let served = mock_with("restart@600ms").await;
    let epoch = |frames: &[Value]| {
        let answers = frames
            .iter()
            .find(|it| it["type"] == "trades.subscribe.response");
        answers.expect("an answer")["payload"]["epoch"].clone()
    };
    let (frames, code) = raw(&served, "/ws/trades:AAPL", |_| false).await;
    assert_eq!(code, 1012);
    assert_eq!(frames.last().expect("a frame")["type"], "shutdown");
    // Refused for a second; that it is over is what is waited for, not a time.
    assert!(connect(&served, "/ws").await.is_err(), "it is away");
    served.stop().await;
    // What begins anew is seen by whoever comes back.
    let served = mock_with("restart@2s").await;
    let (before, code) = raw(&served, "/ws/trades:AAPL", |_| false).await;
    assert_eq!(code, 1012);
    while connect(&served, "/ws").await.is_err() {
        tokio::task::yield_now().await;
    }
    let joined = |frames: &[Value]| updates(frames).count() > 0;
    let (after, _) = raw(&served, "/ws/trades:AAPL", joined).await;
    assert_ne!(epoch(&before), epoch(&after));
    served.stop().await;
}

#[tokio::test]
async fn an_error_that_the_contract_lacks_stops_the_start() {
    let Err(error) = start(&["--mock", "--mock-faults=error=no_such:0.1"]).await else {
        panic!("it started");
    };
    assert!(
        error.to_string().contains("no error code \"no_such\""),
        "{error}"
    );
}
