//! The end: everyone is told, nothing is left, nobody can hold the server up.

use std::time::Duration;

use serde_json::json;
use tickwire::wire::CloseCode;

use crate::support::plain::{Raw, get, masked};
use crate::support::{Bench, Server, within};

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
        assert_eq!(client.closed().await, 1012);
    }
    within("the end", &mut server.task).await.unwrap().unwrap();
    assert_eq!(server.counts(), (0, 0, 0));
    assert!(
        tokio::net::TcpStream::connect(server.address)
            .await
            .is_err(),
        "nobody listens"
    );
}

#[tokio::test]
async fn while_it_stops_it_says_so() {
    let mut server = Server::start(&["--modules", "none"]).await;
    let mut slow = Raw::open(server.address).await;
    server.stop.cancel();
    let (_, shutdown) = slow.next_frame().await.unwrap();
    assert!(
        String::from_utf8(shutdown)
            .unwrap()
            .contains(r#""type":"shutdown""#)
    );
    assert_eq!(slow.close_code().await, Some(1012));
    // As long as this one has not closed, the server waits, and refuses others.
    let ready = get(server.address, "/readyz", &[]).await;
    assert_eq!(
        (ready.status.as_u16(), &ready.body[..]),
        (503, &b"stopping\n"[..])
    );
    assert_eq!(get(server.address, "/healthz", &[]).await.status, 200);
    let handshake = [
        ("connection", "upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    let refused = get(server.address, "/ws", &handshake).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["code"]),
        (503, &json!("unavailable"))
    );
    assert!(!server.task.is_finished());
    slow.send(&masked(0x88, &1012_u16.to_be_bytes())).await;
    assert_eq!(slow.next_frame().await, None);
    within("the end", &mut server.task).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_close_is_left_after_a_while() {
    let bench = Bench::new();
    let (pipe, task) = bench.pipe(64 * 1024).await;
    // It has to be served before it can be stopped.
    tokio::time::sleep(Duration::from_millis(1)).await;
    let begin = tokio::time::Instant::now();
    bench.connections.stop();
    assert_eq!(
        within("the end", task).await.unwrap(),
        CloseCode::Restarting
    );
    assert_eq!(begin.elapsed(), Duration::from_secs(5));
    drop(pipe);
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
    bench.connections.stop();
    client.expect("shutdown").await;
    assert_eq!(client.closed().await, 1012);
    assert_eq!(task.await.unwrap(), CloseCode::Restarting);
    assert_eq!(bench.counts(), (1, 0));
}
