//! The end: everyone is told, nothing is left, nobody can hold the server up.

use std::time::Duration;

use serde_json::json;
use tickwire::wire::CloseCode;
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::support::plain::{HANDSHAKE, Raw, get, masked, post};
use crate::support::{Bench, Server, lab, within};

/// More than enough for the few connections of a test, which need 10 ms each.
const DRAIN: Duration = Duration::from_secs(10);

#[tokio::test]
async fn everyone_is_told_and_the_server_ends() {
    let mut server = Server::start(&[]).await;
    let mut clients = [server.client().await, server.client().await];
    clients[0]
        .get("bars.subscribe", json!({"symbol": "AAPL"}))
        .await;
    server.stop.cancel();
    for client in &mut clients {
        let shutdown = loop {
            let frame = client.next().await;
            if frame["type"] != "bars.update" {
                break frame;
            }
        };
        assert_eq!(shutdown["type"], "shutdown");
        assert_eq!(
            shutdown["payload"],
            json!({"message": "the server is restarting", "reconnect_after_ms": 1000})
        );
        // Topics go on until the close.
        assert_eq!(client.closed_behind_updates().await.0, 1012);
    }
    within("the end", &mut server.task).await.unwrap();
    assert_eq!(server.counts(), (0, 0, 0));
    assert!(
        TcpStream::connect(server.address).await.is_err(),
        "nobody listens"
    );
}

/// A server that stops and cannot end yet: a client has got its close and does not answer it.
async fn stopping() -> (Server, Raw) {
    let server = Server::start(&["--modules", "none"]).await;
    let mut slow = Raw::open(server.address).await;
    server.stop.cancel();
    let (_, shutdown) = slow.next_frame().await.unwrap();
    let shutdown = String::from_utf8(shutdown).unwrap();
    assert!(shutdown.contains(r#""type":"shutdown""#), "{shutdown}");
    assert_eq!(slow.close_code().await, Some(1012));
    (server, slow)
}

#[tokio::test]
async fn nobody_is_let_in_while_it_stops() {
    let (mut server, mut slow) = stopping().await;
    let refused = TcpStream::connect(server.address).await.unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
    assert!(!server.task.is_finished(), "as long as there is a client");
    slow.send(&masked(0x88, &1012_u16.to_be_bytes())).await;
    assert_eq!(slow.next_frame().await, None);
    within("the end", &mut server.task).await.unwrap();
}

#[tokio::test]
async fn whoever_was_asking_hears_that_it_stops() {
    // What was sent before the stop and what after it; what the answer begins and ends with.
    let rows = [
        (
            "GET /readyz HTTP/1.1\r\nho",
            "st: localhost\r\n\r\n",
            "503",
            "stopping\n",
        ),
        (
            "GET /healthz HTTP/1.1\r\nho",
            "st: localhost\r\n\r\n",
            "200",
            "ok\n",
        ),
        (&HANDSHAKE[..90], &HANDSHAKE[90..], "503", "}"),
    ];
    let server = Server::start(&["--modules", "none"]).await;
    let mut slow = Raw::open(server.address).await;
    let mut asking = Vec::new();
    for (before, ..) in rows {
        let mut raw = Raw::connect(server.address).await;
        raw.send(before.as_bytes()).await;
        asking.push(raw);
    }
    // Another connection is served, so these have been accepted; their bytes have to be read, too.
    get(server.address, "/healthz", &[]).await;
    server.stop.cancel();
    slow.next_frame().await.expect("a shutdown");
    for (raw, (_, after, status, end)) in asking.iter_mut().zip(rows) {
        raw.send(after.as_bytes()).await;
        let answer = String::from_utf8(raw.rest().await).unwrap();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        assert!(answer.contains("connection: close\r\n"), "{answer}");
        assert!(answer.ends_with(end), "{answer}");
    }
}

#[tokio::test]
async fn whoever_says_nothing_does_not_hold_the_end_up() {
    let mut server = Server::start(&["--modules", "none"]).await;
    let mut idle = Raw::connect(server.address).await;
    idle.send(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await;
    assert!(idle.head().await.starts_with("HTTP/1.1 200 "));
    let mut silent = Raw::connect(server.address).await;
    let mut half = Raw::connect(server.address).await;
    half.send(&HANDSHAKE.as_bytes()[..50]).await;
    server.stop.cancel();
    assert_eq!(idle.rest().await, b"ok\n");
    assert_eq!(silent.rest().await, b"");
    // This one has a moment to finish, and does not.
    assert_eq!(half.rest().await, b"");
    within("the end", &mut server.task).await.unwrap();
}

#[tokio::test]
async fn a_request_over_http_is_answered_first() {
    let bench = Bench::new();
    let (address, mut serving) = bench.serve().await;
    let asking =
        tokio::spawn(
            async move { post(address, "/ops/bars.history", r#"{"symbol": "HANGS"}"#).await },
        );
    bench.lab.until("history HANGS").await;
    bench.connections.stop(DRAIN);
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!serving.is_finished());
    bench.lab.open_gate();
    let reply = asking.await.unwrap();
    assert_eq!(
        (reply.status.as_u16(), reply.header("connection")),
        (200, "close")
    );
    within("the end", &mut serving).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_close_is_left_after_a_while() {
    let bench = Bench::new();
    let (pipe, task) = bench.pipe(64 * 1024).await;
    // It has to be served before it can be stopped.
    tokio::time::sleep(Duration::from_millis(1)).await;
    let begin = Instant::now();
    bench.connections.stop(DRAIN);
    assert_eq!(
        within("the end", task).await.unwrap(),
        CloseCode::Restarting
    );
    // At most 10 ms until its close, then 5 s for its own.
    assert_eq!(begin.elapsed().as_secs(), 5);
    drop(pipe);
}

#[tokio::test(start_paused = true)]
async fn closes_are_spread_and_everyone_is_served_until_its_own() {
    let bench = Bench::new();
    let mut clients = Vec::new();
    for _ in 0..50 {
        let (mut client, task) = bench.connect().await;
        client.expect("welcome").await;
        let symbol = json!({"symbol": "AAPL"});
        client.get("trades.subscribe", symbol).await;
        clients.push((client, task));
    }
    // More connections than a drain of 200 ms has time for at 10 ms each.
    let drain = Duration::from_millis(200);
    let begin = Instant::now();
    assert_eq!(bench.connections.stop(drain), drain);
    let mut closes = Vec::new();
    for (mut client, task) in clients {
        let bench = &bench;
        closes.push(async move {
            client.expect("shutdown").await;
            assert_eq!(begin.elapsed(), Duration::ZERO, "everyone is told at once");
            // Requests are answered, topics go on.
            client.alive().await;
            let trade = lab::trade("AAPL", 1.0);
            bench.lab.trades("AAPL").publish(&trade).unwrap();
            let (code, updates) = client.closed_behind_updates().await;
            assert!(code == 1012 && updates > 0, "{code} after {updates}");
            assert_eq!(task.await.unwrap(), CloseCode::Restarting);
            begin.elapsed()
        });
    }
    let mut closed = futures_util::future::join_all(closes).await;
    closed.sort();
    // One in each fiftieth of the time; timers have a resolution of a millisecond.
    for (n, after) in closed.into_iter().enumerate() {
        let part = 4 * n as u128;
        let milliseconds = after.as_millis();
        assert!(
            (part..=part + 5).contains(&milliseconds),
            "{n}: {milliseconds} ms"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_in_flight_is_given_up() {
    let bench = Bench::new();
    let (mut client, task) = bench.connect().await;
    client.expect("welcome").await;
    client
        .send(json!({"type": "bars.history", "payload": {"symbol": "HANGS"}}))
        .await;
    client
        .send(json!({"type": "quotes.subscribe", "payload": {"symbol": "HANGS"}}))
        .await;
    bench.lab.until("history HANGS").await;
    bench.lab.until("create quotes:HANGS").await;
    bench.connections.stop(DRAIN);
    client.expect("shutdown").await;
    assert_eq!(client.closed().await, 1012);
    assert_eq!(task.await.unwrap(), CloseCode::Restarting);
    assert_eq!(bench.counts(), (1, 0));
}
