//! Tokens on an open socket: refreshed, expired, revoked.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use tickwire::auth::{Principal, User};
use tokio_tungstenite::tungstenite::Message;

use crate::support::tokens::{ALL, Guarded, claims, open, signed, token};
use crate::support::{Bench, Client, violations};

#[tokio::test]
async fn a_refresh_is_by_the_same_principal() {
    let guarded = Guarded::start(&[]).await;
    let mut alice = guarded.client(&token("alice", &["trades:read"])).await;
    let rows = [
        (token("bob", &ALL), "forbidden"),
        ("nonsense".to_owned(), "unauthenticated"),
        (
            signed(&claims("alice", &ALL, json!({"exp": 1}))),
            "unauthenticated",
        ),
    ];
    for (token, code) in rows {
        let error = alice
            .get_error("auth.refresh", json!({"token": token}))
            .await;
        assert_eq!(error["code"], code);
        // What was before still holds.
        let status = alice.get("get_status", json!({})).await;
        assert_eq!(status["principal"]["permissions"], json!(["trades:read"]));
    }
    let later = signed(&claims(
        "alice",
        &[],
        json!({"exp": Utc::now().timestamp() + 1_000}),
    ));
    let answer = alice.get("auth.refresh", json!({"token": later})).await;
    let status = alice.get("get_status", json!({})).await;
    assert_eq!(status["principal"], answer["principal"]);
    assert_eq!(status["principal"]["permissions"], json!([]));
    // Who has no token has none to replace.
    let mut nobody = guarded.server.client().await;
    let error = nobody
        .get_error("auth.refresh", json!({"token": later}))
        .await;
    assert_eq!(error["code"], "unauthenticated");
    nobody.alive().await;
}

#[tokio::test]
async fn what_a_new_token_does_not_permit_ends_with_a_notice() {
    let guarded = Guarded::start(&[]).await;
    let accounts = json!({"accounts": ["ALICE"]});
    let all = signed(&claims("alice", &ALL, accounts.clone()));
    let mut alice = guarded.client(&all).await;
    let topics = ["trades:A", "quotes:ALICE", "bars:A:1"];
    alice.get("subscribe", json!({"topics": topics})).await;
    guarded.publish("A", 1).await;
    alice.expect("trades.update").await;

    let owner_only = signed(&claims("alice", &[], accounts));
    alice
        .get("auth.refresh", json!({"token": owner_only}))
        .await;
    let reset = alice.expect("topic.reset").await;
    let payload = &reset["payload"];
    assert_eq!(
        (&payload["topic"], &payload["reason"]),
        (&json!("trades:A"), &json!("revoked"))
    );
    assert_eq!(payload["seq"], 1);
    assert_eq!(alice.subscriptions().await, ["bars:A:1", "quotes:ALICE"]);
    guarded.publish("A", 2).await;
    alice.alive().await;
    for (wire_type, payload) in [
        ("trades.subscribe", json!({"symbol": "A"})),
        ("symbols.resolve", json!({"symbol": "A"})),
    ] {
        let error = alice.get_error(wire_type, payload).await;
        assert_eq!(error["code"], "forbidden");
    }
    // And back.
    alice.get("auth.refresh", json!({"token": all})).await;
    let since = json!({"epoch": payload["epoch"], "seq": 1});
    let resumed = alice
        .get("trades.subscribe", json!({"symbol": "A", "since": since}))
        .await;
    assert_eq!(resumed["recovered"], true);
    assert_eq!(alice.expect("trades.update").await["seq"], 2);
}

#[tokio::test]
async fn a_contract_without_a_notice_ends_the_connection() {
    // A contract that has neither `topic.reset` nor any other way to say it.
    let contract =
        crate::support::tokens::guarded_contract().replace("topic.reset", "topic.broken");
    let published = "source: publish\n      publish_permissions: ['market:publish']";
    let contract = contract.replace("source: service", published);
    let guarded = Guarded::serve(&contract, &[]).await;
    let mut alice = guarded.client(&token("alice", &ALL)).await;
    alice.get("trades.subscribe", json!({"symbol": "A"})).await;
    alice
        .get("auth.refresh", json!({"token": token("alice", &[])}))
        .await;
    assert_eq!(alice.closed().await, 4403);
}

#[tokio::test]
async fn a_revocation_closes_at_once_and_only_those_it_concerns() {
    let guarded = Guarded::start(&[]).await;
    let with = |sub: &str, others| signed(&claims(sub, &ALL, others));
    let mut first = guarded.client(&with("alice", json!({"jti": "t1"}))).await;
    let mut second = guarded.client(&with("alice", json!({"jti": "t2"}))).await;
    let mut bob = guarded.client(&with("bob", json!({}))).await;
    let mut nobody = guarded.server.client().await;
    // By a message, too.
    let mut late = open(guarded.address(), "/ws", &[]).await.unwrap();
    late.expect("welcome").await;
    late.get(
        "auth",
        json!({"token": with("alice", json!({"jti": "t2"}))}),
    )
    .await;

    guarded.revoke(json!({"jti": "t1"})).await;
    assert_eq!(first.closed().await, 4403);
    second.alive().await;
    guarded.revoke(json!({"sub": "alice"})).await;
    assert_eq!(second.closed().await, 4403);
    assert_eq!(late.closed().await, 4403);
    bob.alive().await;
    nobody.alive().await;

    // What was issued before does not come back, also not by an issuer whose clock is ahead. (What is
    // issued later is as good as ever: `revocations::tests`.)
    let now = Utc::now().timestamp();
    for (issued_at, expected) in [
        (now - 10, Err(401)),
        (now + 2, Err(401)),
        (now + 3_600, Err(401)),
    ] {
        let token = with("alice", json!({"iat": issued_at, "jti": null}));
        let bearer = [("authorization", format!("Bearer {token}"))];
        let opened = open(guarded.address(), "/ws", &bearer).await;
        assert_eq!(opened.map(drop), expected, "{issued_at}");
    }
    let refreshed = bob
        .get_error(
            "auth.refresh",
            json!({"token": with("bob", json!({"jti": "t1"}))}),
        )
        .await;
    assert_eq!(refreshed["code"], "unauthenticated");
    bob.alive().await;
}

#[tokio::test]
async fn only_who_may_revokes() {
    let guarded = Guarded::start(&[]).await;
    let mut alice = guarded.client(&token("alice", &ALL)).await;
    let path = "/admin/revocations";
    let what = json!({"sub": "alice"});
    let other = token("mallory", &["trades:read", "market:publish", "support"]);
    assert_eq!(guarded.post(path, None, &what).await.status, 401);
    assert_eq!(guarded.post(path, Some(&other), &what).await.status, 403);
    let admin = token("admin", &["admin:revoke"]);
    for wrong in [
        json!({}),
        json!({"sub": 7}),
        json!({"user": "alice"}),
        json!([]),
    ] {
        let reply = guarded.post(path, Some(&admin), &wrong).await;
        assert_eq!(
            (reply.status.as_u16(), &reply.json()["code"]),
            (422, &json!("invalid_frame")),
            "{wrong}"
        );
    }
    alice.alive().await;
    let reply = guarded.post(path, Some(&admin), &what).await;
    assert!(reply.json()["until"].is_string(), "{reply:?}");
    assert_eq!(alice.closed().await, 4403);
}

/// A user whose token is valid for so many seconds from now on.
fn user(seconds: i64) -> Arc<Principal> {
    user_with(&[], seconds)
}

fn user_with(permissions: &[&str], seconds: i64) -> Arc<Principal> {
    let permissions = permissions.iter().map(|&name| name.to_owned());
    Arc::new(Principal::User(User {
        sub: "alice".to_owned(),
        permissions: permissions.collect(),
        accounts: Default::default(),
        expires_at: Utc::now() + TimeDelta::seconds(seconds),
        issued_at: None,
        token_id: None,
    }))
}

/// The type of the next frame or the code of the close, and after how many virtual seconds. The machine's
/// own clock, which a token's end is read from, runs on meanwhile: hence a little less.
async fn eventually(client: &mut Client) -> (String, u64) {
    let begin = tokio::time::Instant::now();
    let what = match client.eventually().await {
        Some(Message::Text(text)) => {
            let frame: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(violations(&frame), [""; 0]);
            frame["type"].as_str().unwrap().to_owned()
        }
        Some(Message::Close(Some(close))) => u16::from(close.code).to_string(),
        other => panic!("{other:?}"),
    };
    (what, begin.elapsed().as_secs_f64().round() as u64)
}

#[tokio::test(start_paused = true)]
async fn a_token_is_said_to_expire_and_then_it_does() {
    let bench = Bench::new();
    let (mut alice, connection) = bench.connect_as(user(2_000)).await;
    alice.expect("welcome").await;
    assert_eq!(
        eventually(&mut alice).await,
        ("token.expiring".to_owned(), 1_940)
    );
    assert_eq!(eventually(&mut alice).await, ("4440".to_owned(), 90));
    assert_eq!(connection.await.unwrap().code(), 4440);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_in_time_moves_the_end() {
    let bench = Bench::new();
    let (mut alice, _connection) = bench.connect_as(user(100)).await;
    alice.expect("welcome").await;
    assert_eq!(
        eventually(&mut alice).await,
        ("token.expiring".to_owned(), 40)
    );
    let now = Utc::now().timestamp();
    let later = claims(
        "alice",
        &[],
        json!({"exp": now + 600, "iss": null, "aud": null}),
    );
    alice
        .get("auth.refresh", json!({"token": signed(&later)}))
        .await;
    let (what, seconds) = eventually(&mut alice).await;
    // Tokens know whole seconds only.
    assert!(
        what == "token.expiring" && (539..=540).contains(&seconds),
        "{seconds}"
    );
    assert_eq!(eventually(&mut alice).await, ("4440".to_owned(), 90));
}

#[tokio::test(start_paused = true)]
async fn a_subscribe_under_way_is_held_against_the_new_token() {
    let bench = Bench::guarded();
    let (mut alice, _connection) = bench.connect_as(user_with(&["trades:read"], 2_000)).await;
    alice.expect("welcome").await;
    let subscribe =
        json!({"type": "trades.subscribe", "msg_id": "s", "payload": {"symbol": "HANGS"}});
    alice.send(subscribe).await;
    bench.lab.until("create trades:HANGS").await;
    let now = Utc::now().timestamp();
    let less = claims(
        "alice",
        &[],
        json!({"exp": now + 600, "iss": null, "aud": null}),
    );
    alice
        .get("auth.refresh", json!({"token": signed(&less)}))
        .await;
    bench.lab.open_gate();
    let refused = alice.expect("error").await;
    assert_eq!(
        (&refused["msg_id"], &refused["payload"]["code"]),
        (&json!("s"), &json!("forbidden"))
    );
    assert_eq!(alice.subscriptions().await, [""; 0]);
    assert_eq!(bench.counts().1, 0, "nobody is interested");
}
