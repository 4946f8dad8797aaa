//! What is written down at each door.

use axum::http::Method;
use serde_json::{Value, json};

use super::Audited;
use crate::support::plain::{HANDSHAKE, Raw, http};
use crate::support::tokens::{ALL, claims, open, signed, signed_by, token, trade};

const ALICE: &str = r#""kind":"user","sub":"alice""#;

#[tokio::test]
async fn a_connection_from_its_beginning_to_its_end() {
    let mut audited = Audited::start(&[]).await;
    let client = audited.guarded.client(&token("alice", &ALL)).await;
    let opened = audited.raw().await;
    let ids: Vec<Value> = opened
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["connection"].clone())
        .collect();
    assert!(ids[0].is_string() && ids[0] == ids[1], "{opened:?}");
    let opened: Vec<String> = opened.iter().map(|line| super::essence(line)).collect();
    assert_eq!(
        opened,
        [
            format!(r#"{{"event":"authenticated",{ALICE},"door":"connect","way":"header"}}"#),
            format!(r#"{{"event":"connect",{ALICE}}}"#),
        ]
    );
    let mut client = client;
    let better = token("alice", &ALL);
    client.get("auth.refresh", json!({"token": better})).await;
    client.get("trades.subscribe", json!({"symbol": "A"})).await;
    let worse = token("alice", &[]);
    client
        .send(json!({"type": "auth.refresh", "payload": {"token": worse}}))
        .await;
    client.expect("auth.refresh.response").await;
    client.expect("topic.reset").await;
    audited.guarded.revoke(json!({"sub": "alice"})).await;
    assert_eq!(client.closed().await, 4403);
    assert_eq!(
        audited.lines().await,
        [
            format!(r#"{{"event":"refreshed",{ALICE}}}"#),
            format!(r#"{{"event":"refreshed",{ALICE}}}"#),
            format!(r#"{{"event":"revoked",{ALICE},"what":"trades:A"}}"#),
            r#"{"event":"revoked","kind":"user","sub":"admin","what":"sub:alice"}"#.to_owned(),
            format!(r#"{{"event":"closed",{ALICE},"code":4403}}"#),
        ]
    );
}

#[tokio::test]
async fn each_denial_on_a_socket_is_a_line() {
    let mut audited = Audited::start(&[]).await;
    let mut client = audited.guarded.client(&token("alice", &[])).await;
    audited.lines().await;
    let trades =
        r#""door":"subscribe","what":"trades:A","why":"permission","permission":"trades:read""#;
    let owner = r#""door":"subscribe","what":"quotes:A","why":"owner""#;
    let since = json!({"symbol": "A", "since": {"epoch": "x", "seq": 1}});
    let request = r#""door":"request","what":"symbols.resolve","why":"permission","permission":"symbols:read""#;
    // What is asked, and the lines.
    let rows: [(&str, Value, &[&str]); 5] = [
        ("trades.subscribe", json!({"symbol": "A"}), &[trades]),
        ("trades.subscribe", since, &[trades]),
        ("quotes.subscribe", json!({"symbol": "A"}), &[owner]),
        (
            "subscribe",
            json!({"topics": ["trades:A", "bars:A:1", "quotes:A"]}),
            &[trades, owner],
        ),
        ("symbols.resolve", json!({"symbol": "A"}), &[request]),
    ];
    for (wire_type, payload, expected) in rows {
        client.ask(wire_type, payload.clone()).await;
        let expected: Vec<String> = expected
            .iter()
            .map(|rest| format!(r#"{{"event":"denied",{ALICE},{rest}}}"#))
            .collect();
        assert_eq!(audited.lines().await, expected, "{wire_type} {payload}");
    }
    let forged = signed_by(&[b'x'; 32], &claims("alice", &ALL, json!({})));
    for (token, why) in [(forged, "signature"), (token("bob", &ALL), "other_subject")] {
        client.ask("auth.refresh", json!({"token": token})).await;
        let expected =
            format!(r#"{{"event":"denied",{ALICE},"door":"auth.refresh","why":"{why}"}}"#);
        assert_eq!(audited.lines().await, [expected]);
    }
    let bearer = [("authorization", format!("Bearer {}", token("alice", &[])))];
    let mut client = open(audited.guarded.address(), "/ws/trades:A", &bearer)
        .await
        .unwrap();
    client.expect("welcome").await;
    client.expect("error").await;
    let lines = audited.lines().await;
    assert_eq!(
        lines[2..],
        [format!(r#"{{"event":"denied",{ALICE},{trades}}}"#)]
    );
}

#[tokio::test]
async fn who_does_not_say_who_they_are() {
    let mut audited = Audited::start(&["--require-token", "--auth-timeout=100ms"]).await;
    let address = audited.guarded.address();
    let denied = r#"{"event":"denied","kind":"anonymous","door":"#;
    let connect = r#"{"event":"connect","kind":"anonymous"}"#;
    let closed = r#"{"event":"closed","kind":"anonymous","code":4401}"#;
    let rows = [
        // Another message first, a wrong token, nothing at all.
        (
            Some(json!({"type": "ping", "payload": {}})),
            r#""request","what":"ping","why":"no_token"}"#,
        ),
        (
            Some(json!({"type": "auth", "payload": {"token": "a.b.c"}})),
            r#""auth","why":"malformed"}"#,
        ),
        (None, r#""auth","why":"no_token"}"#),
    ];
    for (frame, expected) in rows {
        let mut client = open(address, "/ws", &[]).await.unwrap();
        client.expect("welcome").await;
        if let Some(frame) = frame {
            client.send(frame).await;
            client.expect("error").await;
        }
        assert_eq!(client.closed().await, 4401);
        let expected = format!("{denied}{expected}");
        assert_eq!(audited.lines().await, [connect, &expected, closed]);
    }
}

#[tokio::test]
async fn each_denial_by_post_is_a_line() {
    let mut audited = Audited::start(&[]).await;
    let expired = signed(&claims("alice", &ALL, json!({"exp": 1, "iat": 0})));
    let weak = token("alice", &[]);
    let anonymous = r#""kind":"anonymous""#;
    let symbols = r#""what":"symbols.resolve","why":"permission","permission":"symbols:read""#;
    let publish = r#""what":"trades:A","why":"permission","permission":"market:publish""#;
    let revoke = r#""why":"permission","permission":"admin:revoke""#;
    let resolve = json!({"symbol": "A"});
    // Where, with what, and the line.
    let rows = [
        (
            "/ops/symbols.resolve",
            Some(&weak),
            resolve.clone(),
            ALICE,
            "ops",
            symbols,
        ),
        (
            "/ops/symbols.resolve",
            None,
            resolve.clone(),
            anonymous,
            "ops",
            r#""what":"symbols.resolve","why":"unauthenticated""#,
        ),
        (
            "/ops/ping",
            Some(&expired),
            json!({}),
            anonymous,
            "ops",
            r#""why":"expired""#,
        ),
        (
            "/publish/trades:A",
            Some(&weak),
            trade("A", 1),
            ALICE,
            "publish",
            publish,
        ),
        (
            "/publish/trades:A",
            Some(&expired),
            trade("A", 1),
            anonymous,
            "publish",
            r#""why":"expired""#,
        ),
        (
            "/ws-ticket",
            Some(&expired),
            json!({}),
            anonymous,
            "ws-ticket",
            r#""why":"expired""#,
        ),
        (
            "/ws-ticket",
            None,
            json!({}),
            anonymous,
            "ws-ticket",
            r#""why":"no_token""#,
        ),
        (
            "/admin/revocations",
            Some(&weak),
            json!({"sub": "x"}),
            ALICE,
            "revocations",
            revoke,
        ),
        (
            "/admin/revocations",
            Some(&expired),
            json!({"sub": "x"}),
            anonymous,
            "revocations",
            r#""why":"expired""#,
        ),
    ];
    for (path, token, body, who, door, rest) in rows {
        let token = token.map(String::as_str);
        let reply = audited.guarded.post(path, token, &body).await;
        assert!(reply.status.is_client_error(), "{path} {reply:?}");
        let expected = format!(r#"{{"event":"denied",{who},"door":"{door}",{rest}}}"#);
        assert_eq!(audited.lines().await, [expected], "{path}");
    }
    // What is let through makes no line, but for tickets.
    let reply = audited
        .guarded
        .post("/ops/ping", Some(&weak), &json!({}))
        .await;
    assert_eq!(reply.status, 200);
    audited.guarded.ticket(&weak).await.unwrap();
    let expected =
        format!(r#"{{"event":"authenticated",{ALICE},"door":"ws-ticket","way":"header"}}"#);
    assert_eq!(audited.lines().await, [expected]);
}

#[tokio::test]
async fn pages_of_other_origins_and_foreign_names_are_lines() {
    let mut audited = Audited::start(&[]).await;
    let (address, admin) = (audited.guarded.address(), audited.guarded.server.admin);
    let denied = |door: &str, why: &str| {
        format!(r#"{{"event":"denied","kind":"anonymous","door":"{door}","why":"{why}"}}"#)
    };
    let headers = [
        ("content-type", "application/json"),
        ("origin", "https://evil.example"),
    ];
    for (address, path, door) in [
        (address, "/ops/ping", "ops"),
        (address, "/publish/trades:A", "publish"),
        (address, "/publish/orderbook:A/snapshot", "publish"),
        (address, "/ws-ticket", "ws-ticket"),
        (admin, "/admin/revocations", "revocations"),
    ] {
        let reply = http(address, Method::POST, path, &headers, "{}").await;
        assert_eq!(reply.status, 403);
        assert_eq!(audited.lines().await, [denied(door, "origin")], "{path}");
    }
    let request = HANDSHAKE.replacen("\r\n\r\n", "\r\norigin: https://evil.example\r\n\r\n", 1);
    Raw::handshake(address, &request).await;
    assert_eq!(audited.lines().await, [denied("connect", "origin")]);
    let mut raw = Raw::connect(admin).await;
    raw.send(b"GET /metrics HTTP/1.1\r\nhost: rebound.example\r\n\r\n")
        .await;
    assert!(raw.head().await.starts_with("HTTP/1.1 403 "));
    assert_eq!(audited.lines().await, [denied("admin", "host")]);
}

#[tokio::test]
async fn each_handshake_that_is_refused_is_a_line() {
    let mut audited = Audited::start(&["--allow-query-token"]).await;
    let address = audited.guarded.address();
    let forged = signed_by(&[b'x'; 32], &claims("alice", &ALL, json!({})));
    let bearer = format!("Bearer {forged}");
    let ticket = "tickwire.v1.json, ticket.none".to_owned();
    let query = format!("/ws?token={forged}");
    // The path, a header, why.
    let rows = [
        ("/ws", Some(("authorization", bearer)), "signature"),
        (
            "/ws",
            Some(("authorization", "Basic eA==".to_owned())),
            "malformed",
        ),
        ("/ws", Some(("sec-websocket-protocol", ticket)), "ticket"),
        (&query, None, "signature"),
        ("/ws?token=a&token=b", None, "several_tokens"),
    ];
    for (path, header, why) in rows {
        let headers: Vec<_> = header.into_iter().collect();
        let refused = open(address, path, &headers).await.err();
        assert_eq!(refused, Some(401), "{path} {headers:?}");
        let expected =
            format!(r#"{{"event":"denied","kind":"anonymous","door":"connect","why":"{why}"}}"#);
        assert_eq!(audited.lines().await, [expected], "{path} {headers:?}");
    }
    let mut audited = Audited::start(&[]).await;
    let refused = open(audited.guarded.address(), "/ws?token=a", &[])
        .await
        .err();
    assert_eq!(refused, Some(401));
    let expected =
        r#"{"event":"denied","kind":"anonymous","door":"connect","why":"token_in_address"}"#;
    assert_eq!(audited.lines().await, [expected]);
}
