//! Tickets over real sockets.

use serde_json::json;

use crate::support::plain::Raw;
use crate::support::tokens::{ALL, Guarded, open, token};

fn offer(protocols: &str) -> [(&'static str, String); 1] {
    [("sec-websocket-protocol", protocols.to_owned())]
}

#[tokio::test]
async fn a_ticket_is_good_once() {
    let guarded = Guarded::start(&[]).await;
    let ticket = guarded.ticket(&token("alice", &ALL)).await.unwrap();
    let offer = offer(&format!("tickwire.v1.json, ticket.{ticket}"));
    let mut first = open(guarded.address(), "/ws", &offer).await.unwrap();
    let welcome = first.expect("welcome").await;
    assert_eq!(welcome["payload"]["principal"]["sub"], "alice");
    for _ in 0..2 {
        let again = open(guarded.address(), "/ws", &offer).await;
        assert_eq!(again.map(drop), Err(401));
    }
    first.alive().await;
}

#[tokio::test]
async fn of_two_who_show_it_at_once_one_gets_in() {
    let guarded = Guarded::start(&[]).await;
    let token = token("alice", &ALL);
    for _ in 0..20 {
        let ticket = guarded.ticket(&token).await.unwrap();
        let request = format!(
            "GET /ws HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             sec-websocket-protocol: tickwire.v1.json, ticket.{ticket}\r\n\r\n"
        );
        // All are connected before the first of them says anything.
        let mut racers = Vec::new();
        for _ in 0..4 {
            racers.push(Raw::connect(guarded.address()).await);
        }
        let heads = racers.iter_mut().map(|raw| async {
            raw.send(request.as_bytes()).await;
            raw.head().await
        });
        let heads = futures_util::future::join_all(heads).await;
        let let_in = heads
            .iter()
            .filter(|head| head.starts_with("HTTP/1.1 101 "));
        let refused = heads
            .iter()
            .filter(|head| head.starts_with("HTTP/1.1 401 "));
        assert_eq!((let_in.count(), refused.count()), (1, 3), "{heads:?}");
    }
}

#[tokio::test]
async fn it_is_not_repeated_and_is_no_protocol() {
    let guarded = Guarded::start(&[]).await;
    let token = token("alice", &ALL);
    let rows = [
        (
            "tickwire.v1.msgpack, ticket.{}",
            Some("tickwire.v1.msgpack"),
        ),
        ("ticket.{}, tickwire.v1.json", Some("tickwire.v1.json")),
        ("ticket.{}", None),
    ];
    for (offered, expected) in rows {
        let ticket = guarded.ticket(&token).await.unwrap();
        let offered = offered.replace("{}", &ticket);
        let request = format!(
            "GET /ws HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             sec-websocket-protocol: {offered}\r\n\r\n"
        );
        let (head, _) = Raw::handshake(guarded.address(), &request).await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        let chosen = head
            .lines()
            .find_map(|line| line.strip_prefix("sec-websocket-protocol: "));
        assert_eq!(chosen, expected);
        assert!(!head.contains(&ticket), "{head}");
    }
}

#[tokio::test]
async fn a_ticket_is_not_kept_by_caches_and_ends_with_its_token() {
    let guarded = Guarded::start(&[]).await;
    let alice = token("alice", &ALL);
    let reply = guarded.post("/ws-ticket", Some(&alice), &json!({})).await;
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.json()["expires_in_ms"], 30_000);
    let ticket = reply.json()["ticket"].as_str().unwrap().to_owned();
    guarded.revoke(json!({"sub": "alice"})).await;
    let offer = offer(&format!("tickwire.v1.json, ticket.{ticket}"));
    let opened = open(guarded.address(), "/ws", &offer).await;
    assert_eq!(opened.map(drop), Err(401));
}

#[tokio::test]
async fn who_never_uses_them_gets_no_more() {
    let guarded = Guarded::start(&[]).await;
    let alice = token("alice", &[]);
    for _ in 0..64 {
        guarded.ticket(&alice).await.unwrap();
    }
    let refused = guarded.post("/ws-ticket", Some(&alice), &json!({})).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "30");
    assert!(guarded.ticket(&token("bob", &[])).await.is_ok());
}
