//! Limits of each user and each address: what they refuse, and that it is written down and counted.

use axum::http::Method;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::Audited;
use crate::support::Scrape;
use crate::support::plain::http;
use crate::support::tokens::{ALL, claims, open, signed, signed_by, token, trade};

fn refused(cause: &str) -> String {
    format!("tickwire_connections_refused_total{{cause=\"{cause}\"}}")
}

#[tokio::test]
async fn a_user_has_so_many_connections() {
    let mut audited = Audited::start(&["--max-connections-per-user", "2"]).await;
    let address = audited.guarded.address();
    let alice = token("alice", &ALL);
    let mut first = audited.guarded.client(&alice).await;
    let mut second = open(address, "/ws", &[]).await.unwrap();
    second.expect("welcome").await;
    second.get("auth", json!({"token": alice})).await;
    audited.lines().await;

    // The third one in the header, and as a message; others are served.
    let bearer = [("authorization", format!("Bearer {alice}"))];
    let mut third = open(address, "/ws", &bearer).await.unwrap();
    assert_eq!(third.closed().await, 4430);
    let limit = |door: &str| {
        format!(
            r#"{{"event":"denied","kind":"user","sub":"alice","door":"{door}","why":"user_limit"}}"#
        )
    };
    assert_eq!(audited.lines().await[1..], [limit("connect")]);
    let mut late = open(address, "/ws", &[]).await.unwrap();
    late.expect("welcome").await;
    let error = late.get_error("auth", json!({"token": alice})).await;
    assert_eq!(error["code"], "limit_exceeded");
    assert_eq!(late.closed().await, 4430);
    assert_eq!(audited.lines().await[1], limit("auth"));
    audited.guarded.client(&token("bob", &[])).await;

    // A refresh keeps the place, and one that ends gives it back.
    second
        .get("auth.refresh", json!({"token": token("alice", &ALL)}))
        .await;
    first.send_message(Message::Close(None)).await;
    assert_eq!(first.closed().await, 1000);
    audited.guarded.client(&alice).await;
    let scrape = Scrape::of(audited.guarded.server.admin).await;
    assert_eq!(scrape.value(&refused("user_limit")), 2.0);
}

/// Whoever guesses is not listened to any more, at any door, whatever is shown; whoever shows nothing is.
#[tokio::test]
async fn an_address_that_fails_too_often_waits() {
    let mut audited = Audited::start(&["--max-failed-auths", "2"]).await;
    let address = audited.guarded.address();
    let alice = token("alice", &ALL);
    let forged = signed_by(&[b'x'; 32], &claims("alice", &ALL, json!({})));
    let mut open_one = audited.guarded.client(&alice).await;
    let mut anonymous = open(address, "/ws", &[]).await.unwrap();
    anonymous.expect("welcome").await;
    for _ in 0..4 {
        let reply = audited
            .guarded
            .post("/ops/ping", Some(&forged), &json!({}))
            .await;
        assert_eq!(reply.status, 401);
    }
    audited.lines().await;
    let denied = |who: &str, door: &str| {
        format!(r#"{{"event":"denied",{who},"door":"{door}","why":"too_many_failures"}}"#)
    };
    let nobody = r#""kind":"anonymous""#;
    for (path, body, door) in [
        ("/ops/ping", json!({}), "ops"),
        ("/publish/trades:A", trade("A", 1), "publish"),
        ("/ws-ticket", json!({}), "ws-ticket"),
    ] {
        // A sound token is not looked at either: who guesses learns nothing.
        for token in [&alice, &forged] {
            let reply = audited.guarded.post(path, Some(token), &body).await;
            assert_eq!(reply.status, 429, "{path}");
            let seconds: u64 = reply.header("retry-after").parse().unwrap();
            assert!((1..=30).contains(&seconds), "{seconds}");
            assert_eq!(reply.json()["code"], "rate_limited");
            assert_eq!(audited.lines().await, [denied(nobody, door)], "{path}");
        }
    }
    let bearer = [("authorization", format!("Bearer {alice}"))];
    assert_eq!(open(address, "/ws", &bearer).await.err(), Some(429));
    assert_eq!(audited.lines().await, [denied(nobody, "connect")]);

    let error = anonymous.get_error("auth", json!({"token": alice})).await;
    assert_eq!(error["code"], "rate_limited");
    assert_eq!(anonymous.closed().await, 4429);
    assert_eq!(audited.lines().await[0], denied(nobody, "auth"));
    // Who is in stays, and may try again.
    let error = open_one
        .get_error("auth.refresh", json!({"token": alice}))
        .await;
    assert_eq!(error["code"], "rate_limited");
    let who = r#""kind":"user","sub":"alice""#;
    assert_eq!(audited.lines().await, [denied(who, "auth.refresh")]);
    open_one.alive().await;

    let reply = audited.guarded.post("/ops/ping", None, &json!({})).await;
    assert_eq!(reply.status, 200);
    // Operators are not kept out; who guesses at their door is.
    audited.guarded.revoke(json!({"sub": "x"})).await;
    let statuses = async || {
        let body = json!({"sub": "x"});
        let reply = audited
            .guarded
            .post("/admin/revocations", Some(&forged), &body);
        reply.await.status.as_u16()
    };
    for expected in [401, 401, 401, 401, 429] {
        assert_eq!(statuses().await, expected);
    }
    let scrape = Scrape::of(audited.guarded.server.admin).await;
    assert_eq!(scrape.value(&refused("too_many_failures")), 1.0);
}

/// What is signed well is no guess: clients whose tokens have expired do not lock out others.
#[tokio::test]
async fn sound_tokens_that_do_not_hold_any_more_are_no_guesses() {
    let audited = Audited::start(&["--max-failed-auths", "1"]).await;
    let guarded = &audited.guarded;
    let expired = json!({"exp": chrono::Utc::now().timestamp() - 100});
    let expired = signed(&claims("alice", &ALL, expired));
    let of_others = signed(&claims("alice", &ALL, json!({"aud": "others"})));
    for _ in 0..10 {
        for token in [&expired, &of_others] {
            let reply = guarded.post("/ops/ping", Some(token), &json!({})).await;
            assert_eq!(reply.status, 401);
        }
    }
    let mut client = open(guarded.address(), "/ws", &[]).await.unwrap();
    client.expect("welcome").await;
    client
        .get("auth", json!({"token": token("bob", &[])}))
        .await;
    for _ in 0..10 {
        let payload = json!({"token": expired});
        let error = client.get_error("auth.refresh", payload).await;
        assert_eq!(error["code"], "unauthenticated");
    }
}

/// Behind a proxy it is the client that waits, not everybody.
#[tokio::test]
async fn who_shares_a_proxy_with_a_guesser_is_served() {
    let flags = ["--max-failed-auths=1", "--trusted-proxy=127.0.0.1"];
    let audited = Audited::start(&flags).await;
    let ask = async |client: &str, token: &str| {
        let bearer = format!("Bearer {token}");
        let headers = [
            ("content-type", "application/json"),
            ("x-forwarded-for", client),
            ("authorization", &bearer),
        ];
        let address = audited.guarded.address();
        let reply = http(address, Method::POST, "/ops/ping", &headers, "{}").await;
        reply.status.as_u16()
    };
    let alice = token("alice", &[]);
    for expected in [401, 401, 429] {
        assert_eq!(ask("2001:db8::1", "a.b.c").await, expected);
    }
    assert_eq!(ask("2001:db8::2", &alice).await, 429);
    assert_eq!(ask("2001:db8:0:1::1", &alice).await, 200);
    assert_eq!(ask("192.0.2.1", &alice).await, 200);
}

/// Whoever is told so by a close code, after the handshake: the server is full, the address is, or there is
/// no subprotocol in common.
#[tokio::test]
async fn what_is_refused_by_a_close_code_is_a_line() {
    let alice = token("alice", &[]);
    let denied = |who: &str, why: &str| {
        format!(r#"{{"event":"denied",{who},"door":"connect","why":"{why}"}}"#)
    };
    let nobody = r#""kind":"anonymous""#;
    for (flag, why) in [
        ("--max-connections=1", "connection_limit"),
        ("--max-connections-per-address=1", "address_limit"),
    ] {
        let mut audited = Audited::start(&[flag]).await;
        let address = audited.guarded.address();
        let mut first = audited.guarded.client(&alice).await;
        audited.lines().await;
        let mut second = open(address, "/ws", &[]).await.unwrap();
        assert_eq!(second.closed().await, 4430, "{flag}");
        assert_eq!(audited.lines().await, [denied(nobody, why)], "{flag}");
        let bearer = [("authorization", format!("Bearer {alice}"))];
        let mut third = open(address, "/ws", &bearer).await.unwrap();
        assert_eq!(third.closed().await, 4430, "{flag}");
        let who = r#""kind":"user","sub":"alice""#;
        assert_eq!(audited.lines().await[1..], [denied(who, why)], "{flag}");
        first.alive().await;
        let scrape = Scrape::of(audited.guarded.server.admin).await;
        assert_eq!(scrape.value(&refused(why)), 2.0, "{flag}");
    }
    let mut audited = Audited::start(&[]).await;
    let other = ["other.v1"];
    let mut client = audited.guarded.server.connect("/ws", &other).await;
    assert_eq!(client.closed().await, 4406);
    assert_eq!(
        audited.lines().await,
        [denied(nobody, "subprotocol")],
        "nothing else: it never was connected"
    );
}
