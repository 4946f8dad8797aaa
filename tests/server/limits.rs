//! What one client may cost: silence, slowness, numbers.

use std::time::Duration;

use serde_json::json;
use tickwire::session::SessionLimits;
use tickwire::wire::CloseCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use crate::support::plain::{masked, split_frames};
use crate::support::{Bench, Client, Server, lab, within};

const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;
const PONG: u8 = 0x8a;

#[tokio::test(start_paused = true)]
async fn a_silent_client_is_closed_after_two_heartbeats() {
    let begin = Instant::now();
    let bench = Bench::new();
    let (mut pipe, task) = bench.pipe(64 * 1024).await;
    let mut received = Vec::new();
    pipe.read_to_end(&mut received).await.unwrap();
    assert_eq!(task.await.unwrap(), CloseCode::Silent);
    let frames = split_frames(&received);
    let kinds: Vec<u8> = frames.iter().map(|(first, _)| *first).collect();
    assert_eq!(kinds, [TEXT, PING, CLOSE]);
    assert_eq!(frames[2].1[..2], 4408_u16.to_be_bytes());
    // Two heartbeats of 30 s without a sign, then 5 s for its own close.
    assert_eq!(begin.elapsed().as_secs(), 65);
}

#[tokio::test(start_paused = true)]
async fn any_frame_is_a_sign_of_life() {
    let bench = Bench::new();
    let signs = [
        masked(PONG, b""),
        masked(PING, b""),
        masked(TEXT, b"nonsense"),
        masked(TEXT, br#"{"type":"ping","payload":{}}"#),
    ];
    for sign in signs {
        let (mut pipe, task) = bench.pipe(64 * 1024).await;
        for _ in 0..5 {
            tokio::time::sleep(Duration::from_secs(55)).await;
            pipe.write_all(&sign).await.unwrap();
        }
        tokio::time::sleep(Duration::from_secs(55)).await;
        assert!(!task.is_finished(), "{sign:?}");
        drop(pipe);
        assert_eq!(task.await.unwrap(), CloseCode::Normal);
    }
}

#[tokio::test]
async fn the_heartbeat_is_configured() {
    let server = Server::start(&["--heartbeat", "50ms", "--modules", "none"]).await;
    let mut silent = crate::support::plain::Raw::open(server.address).await;
    let mut pings = 0;
    loop {
        let (first, payload) = silent.next_frame().await.expect("a close frame");
        match first {
            PING => pings += 1,
            CLOSE => break assert_eq!(payload[..2], 4408_u16.to_be_bytes()),
            other => panic!("{other}"),
        }
    }
    assert!(pings >= 1, "{pings}");
}

#[tokio::test]
async fn there_are_as_many_connections_as_configured() {
    let server = Server::start(&["--max-connections", "2", "--modules", "none"]).await;
    let mut first = server.client().await;
    let mut second = server.client().await;
    for _ in 0..2 {
        let mut third = server.connect("/ws", &[]).await;
        assert_eq!(third.closed().await, 4430);
    }
    first.alive().await;
    second.send_message(Message::Close(None)).await;
    while second.next_message().await.is_some() {}
    // The place is free once the server has seen the end of it.
    let third = async {
        while server.counts().2 == 2 {
            tokio::task::yield_now().await;
        }
        server.client().await
    };
    within("a free place", third).await.alive().await;
    first.alive().await;
}

/// Publishes this many trades and quotes to a client that has subscribed and does not read.
async fn published_to_a_slow_client(bench: &Bench, count: u32) -> Client {
    let mut slow = bench.client().await;
    let mut quick = bench.client().await;
    for client in [&mut slow, &mut quick] {
        client
            .get("trades.subscribe", json!({"symbol": "AAPL"}))
            .await;
        client
            .get("quotes.subscribe", json!({"symbol": "AAPL"}))
            .await;
    }
    for n in 1..=count {
        bench
            .lab
            .trades("AAPL")
            .publish(&lab::trade("AAPL", n.into()))
            .unwrap();
        bench
            .lab
            .quotes("AAPL")
            .publish(&lab::quote("AAPL", n.into()))
            .unwrap();
        // Whoever reads misses nothing.
        assert_eq!(quick.expect("trades.update").await["seq"], n);
        assert_eq!(quick.expect("quotes.update").await["seq"], n);
    }
    slow
}

#[tokio::test(start_paused = true)]
async fn a_slow_client_is_told_what_it_has_missed() {
    let bench = Bench::with(SessionLimits {
        max_outbox_bytes: 100_000,
        ..lab::limits()
    });
    let mut slow = published_to_a_slow_client(&bench, 2_000).await;
    let (mut trades, mut quotes, mut missed) = (0, 0, 0);
    while trades < 2_000 || quotes < 2_000 {
        let frame = slow.next().await;
        let payload = &frame["payload"];
        match frame["type"].as_str().unwrap() {
            // Of trades, every loss is declared in its place.
            "trades.update" => {
                trades += 1;
                assert_eq!(
                    (&frame["seq"], &payload["price"]),
                    (&json!(trades), &json!(f64::from(trades)))
                );
            }
            "topic.reset" => {
                assert_eq!(
                    (&payload["topic"], &payload["reason"]),
                    (&json!("trades:AAPL"), &json!("overflow"))
                );
                assert_eq!(
                    (&payload["from"], &payload["seq"]),
                    (&json!(trades + 1), &payload["to"])
                );
                let to = payload["to"].as_u64().unwrap() as u32;
                missed += to - trades;
                trades = to;
            }
            // Of quotes, the newest is enough.
            "quotes.update" => {
                let seq = frame["seq"].as_u64().unwrap() as u32;
                assert!(seq > quotes, "{seq} after {quotes}");
                assert_eq!(payload["bid"], f64::from(seq));
                quotes = seq;
            }
            other => panic!("{other}"),
        }
    }
    assert!(missed > 0);
    slow.alive().await;
    assert_eq!(slow.subscriptions().await, ["quotes:AAPL", "trades:AAPL"]);
}

#[tokio::test(start_paused = true)]
async fn what_was_missed_can_be_had_from_the_retention() {
    let bench = Bench::with(SessionLimits {
        max_outbox_bytes: 100_000,
        ..lab::limits()
    });
    let mut slow = published_to_a_slow_client(&bench, 1_000).await;
    let gap = loop {
        let frame = slow.next().await;
        if frame["type"] == "topic.reset" {
            break frame["payload"].clone();
        }
    };
    // It was told of a loss. Whoever comes back with a position of before gets what followed.
    assert!(gap["from"].as_u64() <= gap["to"].as_u64());
    let mut again = bench.client().await;
    let since = json!({"epoch": gap["epoch"], "seq": 900});
    let answer = again
        .get(
            "trades.subscribe",
            json!({"symbol": "AAPL", "since": since}),
        )
        .await;
    assert_eq!(
        (&answer["recovered"], &answer["seq"]),
        (&json!(true), &json!(1_000))
    );
    for seq in 901..=1_000 {
        assert_eq!(again.expect("trades.update").await["seq"], seq);
    }
    again.alive().await;
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_read_is_closed_whatever_it_says() {
    let bench = Bench::with(SessionLimits {
        max_outbox_bytes: 100_000,
        ..lab::limits()
    });
    let (mut pipe, task) = bench.pipe(4096).await;
    let subscribe = br#"{"type":"trades.subscribe","payload":{"symbol":"AAPL"}}"#;
    pipe.write_all(&masked(TEXT, subscribe)).await.unwrap();
    bench.lab.until("create trades:AAPL").await;
    // It goes on talking, as a browser's pongs would.
    let (mut reader, mut writer) = tokio::io::split(pipe);
    let talking = tokio::spawn(async move {
        while writer.write_all(&masked(PONG, b"")).await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
    let publisher = bench.lab.trades("AAPL");
    let begin = Instant::now();
    while !task.is_finished() {
        publisher.publish(&lab::trade("AAPL", 1.0)).unwrap();
        tokio::time::sleep(Duration::from_millis(10)).await;
        assert!(
            begin.elapsed() < Duration::from_secs(40),
            "it is still there"
        );
    }
    assert_eq!(task.await.unwrap(), CloseCode::SlowConsumer);
    // 30 s without a byte, then as long as a close may take, since it does not read that either.
    assert_eq!(begin.elapsed().as_secs(), 35);
    assert_eq!(bench.counts(), (1, 0));
    talking.await.unwrap();
    let mut received = Vec::new();
    reader.read_to_end(&mut received).await.unwrap();
    assert!(received.len() <= 4096, "the pipe holds no more");
}

#[tokio::test(start_paused = true)]
async fn requests_in_flight_are_bounded() {
    let bench = Bench::with(SessionLimits {
        max_requests_in_flight: 3,
        ..lab::limits()
    });
    let mut client = bench.client().await;
    let hanging = json!({"type": "bars.history", "payload": {"symbol": "HANGS"}});
    client.send(hanging.clone()).await;
    client.send(hanging.clone()).await;
    client.alive().await;
    client.send(hanging).await;
    // Read only when an answer has gone out.
    client.send(json!({"type": "ping", "payload": {}})).await;
    assert!(client.is_silent().await);
    bench.lab.open_gate();
    client.expect("bars.history.response").await;
    client.expect("pong").await;
    bench.lab.open_gate();
    bench.lab.open_gate();
    client.expect("bars.history.response").await;
    client.expect("bars.history.response").await;
}

#[tokio::test]
async fn topics_are_bounded() {
    let server = Server::start(&["--max-topics", "1"]).await;
    let mut client = server.client().await;
    client
        .get("bars.subscribe", json!({"symbol": "AAPL"}))
        .await;
    let error = client
        .get_error("bars.subscribe", json!({"symbol": "MSFT"}))
        .await;
    assert_eq!(error["code"], "limit_exceeded");
    assert_eq!(error["message"], "the server has too many topics");
    client
        .get("bars.subscribe", json!({"symbol": "AAPL"}))
        .await;
}

#[tokio::test(start_paused = true)]
async fn subscriptions_are_bounded() {
    let bench = Bench::with(SessionLimits {
        max_subscriptions: 2,
        ..lab::limits()
    });
    let mut client = bench.client().await;
    client.get("quotes.subscribe", json!({"symbol": "A"})).await;
    let topics = json!({"topics": ["quotes:A", "quotes:B", "quotes:C", "nonsense"]});
    let results = client.get("subscribe", topics).await["results"].clone();
    let statuses: Vec<_> = (0..4)
        .map(|n| results[n]["status"].as_str().unwrap())
        .collect();
    assert_eq!(
        statuses,
        ["already_subscribed", "subscribed", "refused", "refused"]
    );
    assert_eq!(
        results[2]["error"],
        json!({"code": "limit_exceeded", "retryable": true})
    );
    assert_eq!(results[2]["message"], "at most 2 subscriptions");
    let error = client
        .get_error("quotes.subscribe", json!({"symbol": "C"}))
        .await;
    assert_eq!(
        (&error["code"], &error["retryable"]),
        (&json!("limit_exceeded"), &json!(true))
    );
    // Another connection has its own count.
    bench
        .client()
        .await
        .get("quotes.subscribe", json!({"symbol": "C"}))
        .await;
    client
        .get("quotes.unsubscribe", json!({"symbol": "A"}))
        .await;
    client.get("quotes.subscribe", json!({"symbol": "C"})).await;
    // A topic that has ended takes no place.
    bench.lab.quotes("C").end("no more");
    client.expect("topic.reset").await;
    client.get("quotes.subscribe", json!({"symbol": "D"})).await;
    assert_eq!(client.subscriptions().await, ["quotes:B", "quotes:D"]);
}

#[tokio::test(start_paused = true)]
async fn subscribes_that_wait_for_another_are_bounded() {
    let bench = Bench::with(SessionLimits {
        max_requests_in_flight: 3,
        ..lab::limits()
    });
    let mut client = bench.client().await;
    for symbol in ["HANGS", "A", "B"] {
        client
            .send(json!({"type": "quotes.subscribe", "payload": {"symbol": symbol}}))
            .await;
    }
    client.send(json!({"type": "ping", "payload": {}})).await;
    assert!(client.is_silent().await);
    bench.lab.open_gate();
    let mut answers = Vec::new();
    for _ in 0..4 {
        answers.push(client.next().await);
    }
    // In the order of the requests; a ping has nothing to wait for once it has been read.
    answers.retain(|answer| answer["type"] != "pong");
    let topics = answers
        .iter()
        .map(|answer| answer["payload"]["topic"].as_str().unwrap());
    assert_eq!(
        topics.collect::<Vec<_>>(),
        ["quotes:HANGS", "quotes:A", "quotes:B"]
    );
}

/// Who asks too fast is told when to go on, and loses nothing else.
#[tokio::test(start_paused = true)]
async fn frames_are_bounded_in_their_rate() {
    let bench = Bench::with(SessionLimits {
        max_frames_per_second: 10,
        ..lab::limits()
    });
    let mut client = bench.client().await;
    for _ in 0..20 {
        client.get("ping", json!({})).await;
    }
    let error = client.get_error("ping", json!({})).await;
    assert_eq!(error["code"], "rate_limited");
    assert_eq!(error["retry_after_ms"], 100);
    assert_eq!(error["request_type"], "ping");
    tokio::time::sleep(Duration::from_millis(100)).await;
    client.alive().await;
    assert_eq!(client.get_error("ping", json!({})).await["retryable"], true);
}

#[tokio::test(start_paused = true)]
async fn who_goes_on_asking_too_fast_is_closed() {
    let bench = Bench::with(SessionLimits {
        max_frames_per_second: 10,
        ..lab::limits()
    });
    // By requests, and by pings that the session never sees.
    for frame in [
        masked(TEXT, br#"{"type":"ping","payload":{}}"#),
        masked(PING, b"x"),
    ] {
        let (mut pipe, task) = bench.pipe(64 * 1024).await;
        pipe.write_all(&frame.repeat(41)).await.unwrap();
        let mut received = Vec::new();
        pipe.read_to_end(&mut received).await.unwrap();
        assert_eq!(task.await.unwrap(), CloseCode::RateLimited);
        let (first, payload) = split_frames(&received).pop().unwrap();
        assert_eq!((first, &payload[..2]), (CLOSE, &4429_u16.to_be_bytes()[..]));
    }
}

/// However lively it is, and each at a moment of its own.
#[tokio::test(start_paused = true)]
async fn a_connection_ends_at_its_age() {
    let bench = Bench::new();
    let mut ends = Vec::new();
    for _ in 0..20 {
        let begin = Instant::now();
        let (mut pipe, task) = bench.pipe(64 * 1024).await;
        let lively = async {
            loop {
                tokio::time::sleep(Duration::from_secs(25)).await;
                if pipe.write_all(&masked(PONG, b"")).await.is_err() {
                    break;
                }
            }
        };
        let code = tokio::select! {
            code = task => code.unwrap(),
            () = lively => panic!("the task outlives its pipe"),
        };
        assert_eq!(code, CloseCode::TooOld);
        ends.push(begin.elapsed());
    }
    ends.sort();
    let (first, last) = (ends[0], ends[19]);
    assert!(first >= Duration::from_secs(3_240), "{first:?}");
    assert!(last <= Duration::from_secs(3_606), "{last:?}");
    assert!(last - first > Duration::from_secs(60), "{ends:?}");
}

/// A network that swallows everything: nothing can be written, and nothing comes.
#[tokio::test(start_paused = true)]
async fn a_half_open_connection_ends() {
    let bench = Bench::new();
    // The pipe holds the welcome and little more, as a socket's buffer whose peer is gone.
    let (pipe, task) = bench.pipe(1_000).await;
    let begin = Instant::now();
    let code = task.await.unwrap();
    assert!(
        matches!(code, CloseCode::Silent | CloseCode::SlowConsumer),
        "{code:?}"
    );
    assert!(begin.elapsed() <= Duration::from_secs(66));
    drop(pipe);
}
