//! What all connections and requests of one user, or of one address, may take together. How it is counted
//! is tested in `src/quota`, without sockets.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use axum::http::Method;
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use tickwire::auth::{Principal, User};
use tickwire::quota::QuotaLimits;
use tokio_tungstenite::tungstenite::Message;

use crate::support::lab::{Bench, PLENTY};
use crate::support::plain::{Reply, http};
use crate::support::tokens::{ALL, Guarded, open, token};
use crate::support::{Client, Scrape, within};

fn user(sub: &str) -> Arc<Principal> {
    Arc::new(Principal::User(User {
        sub: sub.to_owned(),
        permissions: BTreeSet::new(),
        accounts: BTreeSet::new(),
        expires_at: Utc::now() + TimeDelta::hours(1),
        issued_at: None,
        token_id: None,
    }))
}

/// A client of somebody who has shown a token.
async fn client_of(bench: &Bench, sub: &str) -> Client {
    let (mut client, _) = bench.connect_as(user(sub)).await;
    client.expect("welcome").await;
    client
}

async fn subscribe(client: &mut Client, symbol: &str) -> Value {
    let answer = client
        .ask("trades.subscribe", json!({"symbol": symbol}))
        .await;
    let payload = &answer["payload"];
    match answer["type"].as_str() {
        Some("error") => json!([payload["code"], payload["message"]]),
        _ => payload["status"].clone(),
    }
}

fn full(message: &str) -> Value {
    json!(["limit_exceeded", message])
}

#[tokio::test(start_paused = true)]
async fn a_user_has_so_many_subscriptions_by_all_connections() {
    let of_user = QuotaLimits {
        subscriptions: 3,
        ..PLENTY
    };
    let bench = Bench::sharing(PLENTY, of_user);
    let mut first = client_of(&bench, "alice").await;
    let mut second = client_of(&bench, "alice").await;
    let mut bob = client_of(&bench, "bob").await;
    let refused = full("at most 3 subscriptions of one user");
    assert_eq!(subscribe(&mut first, "A").await, "subscribed");
    // To have it already takes no place, and neither does what comes to nothing.
    assert_eq!(subscribe(&mut first, "A").await, "already_subscribed");
    let failed = subscribe(&mut first, "REFUSED").await;
    assert_ne!(failed[0], "limit_exceeded", "{failed}");
    let topics = json!({"topics": ["trades:A", "quotes:B", "quotes:C", "nonsense"]});
    let results = second.get("subscribe", topics).await["results"].clone();
    let statuses: Vec<_> = (0..4).map(|n| results[n]["status"].clone()).collect();
    assert_eq!(statuses, ["subscribed", "subscribed", "refused", "refused"]);
    assert_eq!(
        results[2]["error"],
        json!({"code": "limit_exceeded", "retryable": true})
    );
    assert_eq!(subscribe(&mut first, "D").await, refused);
    assert_eq!(subscribe(&mut second, "D").await, refused);
    // Another user is not concerned.
    assert_eq!(subscribe(&mut bob, "D").await, "subscribed");

    // Left singly, in a batch, ended by its producer, and with its connection: all of it comes back.
    first
        .get("trades.unsubscribe", json!({"symbol": "A"}))
        .await;
    assert_eq!(subscribe(&mut second, "D").await, "subscribed");
    assert_eq!(subscribe(&mut first, "E").await, refused);
    let topics = json!({"topics": ["trades:A", "trades:D", "trades:D2"]});
    second.get("unsubscribe", topics).await;
    assert_eq!(subscribe(&mut first, "E").await, "subscribed");
    assert_eq!(subscribe(&mut first, "F").await, "subscribed");
    assert_eq!(subscribe(&mut first, "G").await, refused);
    bench.lab.quotes("B").end("no more");
    second.expect("topic.reset").await;
    // At the latest with the next heartbeat.
    tokio::time::sleep(Duration::from_secs(31)).await;
    assert_eq!(subscribe(&mut first, "G").await, "subscribed");
    assert_eq!(subscribe(&mut second, "H").await, refused);
    first
        .get("trades.unsubscribe", json!({"symbol": "G"}))
        .await;
    assert_eq!(subscribe(&mut second, "G").await, "subscribed");
    assert_eq!(subscribe(&mut first, "H").await, refused);
    second.send_message(Message::Close(None)).await;
    assert_eq!(second.closed().await, 1000);
    assert_eq!(subscribe(&mut first, "H").await, "subscribed");
    assert_eq!(subscribe(&mut first, "I").await, refused);
}

/// What a batch has no room for is refused, however much else is in it.
#[tokio::test(start_paused = true)]
async fn an_address_has_so_many_subscriptions_whoever_is_there() {
    let of_address = QuotaLimits {
        subscriptions: 2,
        ..PLENTY
    };
    let bench = Bench::sharing(of_address, PLENTY);
    let mut alice = client_of(&bench, "alice").await;
    let mut anonymous = bench.client().await;
    let refused = full("at most 2 subscriptions of one address");
    assert_eq!(subscribe(&mut alice, "A").await, "subscribed");
    let topics = json!({"topics": ["trades:A", "trades:B", "trades:C"]});
    let results = anonymous.get("subscribe", topics).await["results"].clone();
    let statuses: Vec<_> = (0..3).map(|n| results[n]["status"].clone()).collect();
    assert_eq!(statuses, ["subscribed", "refused", "refused"]);
    assert_eq!(subscribe(&mut alice, "B").await, refused);
    drop(anonymous);
    // Its connection is gone when nothing else runs.
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert_eq!(subscribe(&mut alice, "B").await, "subscribed");
}

/// Frames that several connections send count together; each is told when to go on, and loses nothing.
#[tokio::test(start_paused = true)]
async fn a_user_sends_so_many_frames_by_all_connections() {
    let of_user = QuotaLimits {
        frames_per_second: 5,
        ..PLENTY
    };
    let bench = Bench::sharing(PLENTY, of_user);
    let mut first = client_of(&bench, "alice").await;
    let mut second = client_of(&bench, "alice").await;
    for _ in 0..5 {
        first.alive().await;
        second.alive().await;
    }
    for client in [&mut first, &mut second] {
        let error = client.get_error("ping", json!({})).await;
        assert_eq!(error["code"], "rate_limited");
        assert_eq!(error["retry_after_ms"], 200);
        let message = "too many requests of one user in a short time";
        assert_eq!(error["message"], message);
    }
    bench.client().await.alive().await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    second.alive().await;
    first.get_error("ping", json!({})).await;
}

#[tokio::test(start_paused = true)]
async fn an_address_sends_so_many_frames_whoever_is_there() {
    let of_address = QuotaLimits {
        frames_per_second: 5,
        ..PLENTY
    };
    let bench = Bench::sharing(of_address, PLENTY);
    let mut alice = client_of(&bench, "alice").await;
    let mut anonymous = bench.client().await;
    for _ in 0..10 {
        alice.alive().await;
    }
    let error = anonymous.get_error("ping", json!({})).await;
    let message = "too many requests of one address in a short time";
    assert_eq!(error["message"], message);
    tokio::time::sleep(Duration::from_millis(200)).await;
    anonymous.alive().await;
}

/// Topics on which nothing was published make room where there are many: who opens one after the other,
/// a few at a time, keeps nobody out.
#[tokio::test]
async fn topics_that_were_left_keep_nobody_out() {
    let guarded = Guarded::start(&["--max-topics", "10"]).await;
    let mut client = open(guarded.address(), "/ws", &[]).await.unwrap();
    client.expect("welcome").await;
    for round in 0..20 {
        let topics: Vec<_> = (0..4).map(|n| format!("bars:X{round}-{n}:1")).collect();
        // Those of before make room in a moment, and not only in that of `--linger`.
        within("room", async {
            loop {
                let answer = client.get("subscribe", json!({"topics": topics})).await;
                let results = answer["results"].as_array().unwrap();
                if results.iter().all(|result| result["status"] != "refused") {
                    break;
                }
                tokio::task::yield_now().await;
            }
        })
        .await;
        client.get("unsubscribe", json!({"topics": topics})).await;
    }
    let mut other = open(guarded.address(), "/ws", &[]).await.unwrap();
    other.expect("welcome").await;
    other.get("bars.subscribe", json!({"symbol": "Y"})).await;
}

/// Who has said who it is brings the subscriptions of before.
#[tokio::test]
async fn a_token_that_comes_later_counts_what_there_is() {
    let guarded = Guarded::start(&["--max-subscriptions-per-user", "2"]).await;
    let alice = token("alice", &ALL);
    let bars = async || {
        let mut client = open(guarded.address(), "/ws/bars:A:1", &[]).await.unwrap();
        client.expect("welcome").await;
        client.expect("bars.subscribe.response").await;
        client
    };
    let mut first = bars().await;
    first.get("auth", json!({"token": alice})).await;
    let mut second = bars().await;
    second.get("bars.subscribe", json!({"symbol": "B"})).await;
    let error = second.get_error("auth", json!({"token": alice})).await;
    let message = "at most 2 subscriptions of one user";
    assert_eq!(
        (&error["code"], &error["message"]),
        (&json!("limit_exceeded"), &json!(message))
    );
    assert_eq!(second.closed().await, 4430);
    let mut third = bars().await;
    third.get("auth", json!({"token": alice})).await;
    let error = third.get_error("bars.subscribe", json!({"symbol": "B"}));
    assert_eq!(error.await["message"], message);
    let scrape = Scrape::of(guarded.server.admin).await;
    let refused = "tickwire_connections_refused_total{cause=\"user_limit\"}";
    assert_eq!(scrape.value(refused), 1.0);
    let refused = "tickwire_subscriptions_refused_total{scope=\"user\"}";
    assert_eq!(scrape.value(refused), 1.0);
}

/// Asks until there is an answer other than 200; how many there were before.
async fn until_refused(ask: impl AsyncFn() -> Reply) -> (usize, Reply) {
    for n in 0..10_000 {
        let reply = ask().await;
        if reply.status != 200 {
            return (n, reply);
        }
    }
    panic!("nothing is refused");
}

/// By HTTP: what a user asks counts wherever they are, and what an address asks whoever it is.
#[tokio::test]
async fn http_requests_are_counted_with_the_frames() {
    let flags = [
        "--trusted-proxy=127.0.0.1",
        "--max-frames-per-second-per-user=5",
        "--max-frames-per-second-per-address=10",
    ];
    let guarded = Guarded::start(&flags).await;
    let alice = format!("Bearer {}", token("alice", &ALL));
    let ask = async |path: &str, client: &str, bearer: Option<&str>| {
        let mut headers = vec![
            ("content-type", "application/json"),
            ("x-forwarded-for", client),
        ];
        headers.extend(bearer.map(|bearer| ("authorization", bearer)));
        http(guarded.address(), Method::POST, path, &headers, "{}").await
    };
    let (served, refused) =
        until_refused(async || ask("/ops/ping", "192.0.2.1", Some(&alice)).await).await;
    assert!(served >= 10, "{served}");
    assert_eq!(refused.status, 429);
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert_eq!(seconds, 1);
    let json = refused.json();
    assert_eq!(json["code"], "rate_limited");
    assert_eq!(
        json["message"],
        "too many requests of one user in a short time"
    );
    // Whoever else is there is served; at every door, until the address has asked too much.
    for path in ["/ops/ping", "/ws-ticket", "/publish/trades:A"] {
        let (_, refused) = until_refused(async || ask("/ops/ping", "192.0.2.2", None).await).await;
        assert_eq!(refused.status, 429);
        let reply = ask(path, "192.0.2.2", None).await;
        assert_eq!(reply.status, 429, "{path}");
        let message = "too many requests of one address in a short time";
        assert_eq!(reply.json()["message"], message, "{path}");
    }
    until_refused(async || ask("/ops/ping", "192.0.2.2", None).await).await;
    let forwarded = [("x-forwarded-for", "192.0.2.2".to_owned())];
    assert_eq!(
        open(guarded.address(), "/ws", &forwarded).await.err(),
        Some(429)
    );
    let elsewhere = [("x-forwarded-for", "192.0.2.3".to_owned())];
    open(guarded.address(), "/ws", &elsewhere).await.unwrap();
    let scrape = Scrape::of(guarded.server.admin).await;
    let refused = "tickwire_connections_refused_total{cause=\"rate_limited\"}";
    assert_eq!(scrape.value(refused), 1.0);
    let limited =
        |scope| scrape.value(&format!("tickwire_rate_limited_total{{scope=\"{scope}\"}}"));
    assert_eq!(
        [limited("connection"), limited("user"), limited("address")],
        [0.0, 1.0, 8.0]
    );
}
