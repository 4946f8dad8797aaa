//! Where nobody is served without a token.

use serde_json::json;

use crate::support::tokens::{ALL, Guarded, open, token};

async fn strict(flags: &[&str]) -> Guarded {
    Guarded::start(&[&["--require-token"], flags].concat()).await
}

#[tokio::test]
async fn the_first_message_may_say_who_it_is() {
    let guarded = strict(&[]).await;
    let mut client = open(guarded.address(), "/ws", &[]).await.unwrap();
    client.expect("welcome").await;
    let answer = client
        .get("auth", json!({"token": token("alice", &["trades:read"])}))
        .await;
    let principal = &answer["principal"];
    assert_eq!(
        (
            &principal["kind"],
            &principal["sub"],
            &principal["permissions"]
        ),
        (&json!("user"), &json!("alice"), &json!(["trades:read"]))
    );
    let status = client.get("get_status", json!({})).await;
    assert_eq!(&status["principal"], principal);
    // Once is enough.
    let again = client
        .get_error("auth", json!({"token": token("bob", &[])}))
        .await;
    assert_eq!(again["code"], "forbidden");
    client.alive().await;
}

#[tokio::test]
async fn what_comes_behind_it_is_done_in_its_name() {
    let guarded = strict(&[]).await;
    let mut client = open(guarded.address(), "/ws", &[]).await.unwrap();
    client.expect("welcome").await;
    let token = token("alice", &ALL);
    // Without waiting for an answer.
    client
        .send(json!({"type": "auth", "payload": {"token": token}}))
        .await;
    client
        .send(json!({"type": "trades.subscribe", "payload": {"symbol": "A"}}))
        .await;
    client.expect("auth.response").await;
    client.expect("trades.subscribe.response").await;
}

#[tokio::test]
async fn the_topic_of_the_url_waits_for_it() {
    let guarded = strict(&[]).await;
    let mut client = open(guarded.address(), "/ws/trades:A", &[]).await.unwrap();
    client.expect("welcome").await;
    client
        .get("auth", json!({"token": token("alice", &ALL)}))
        .await;
    let answer = client.expect("trades.subscribe.response").await;
    assert_eq!(answer["payload"]["topic"], "trades:A");
}

#[tokio::test]
async fn anything_else_first_closes() {
    let guarded = strict(&[]).await;
    for (wire_type, payload) in [
        ("ping", json!({})),
        ("bars.subscribe", json!({"symbol": "A"})),
        ("auth.refresh", json!({"token": token("alice", &ALL)})),
        ("auth", json!({"token": "nonsense"})),
    ] {
        let mut client = open(guarded.address(), "/ws/bars:A:1", &[]).await.unwrap();
        client.expect("welcome").await;
        let error = client.get_error(wire_type, payload).await;
        assert_eq!(error["code"], "unauthenticated", "{wire_type}");
        assert_eq!(client.closed().await, 4401, "{wire_type}");
    }
}

#[tokio::test]
async fn who_says_nothing_in_time_is_closed() {
    let guarded = strict(&["--auth-timeout=50ms"]).await;
    let mut client = open(guarded.address(), "/ws", &[]).await.unwrap();
    client.expect("welcome").await;
    assert_eq!(client.closed().await, 4401);
    // Who has said it is not.
    let mut client = guarded.client(&token("alice", &ALL)).await;
    let mut other = open(guarded.address(), "/ws", &[]).await.unwrap();
    other.expect("welcome").await;
    assert_eq!(other.closed().await, 4401);
    client.alive().await;
}

#[tokio::test]
async fn over_http_it_is_needed_for_everything_but_documents() {
    let guarded = strict(&[]).await;
    let alice = token("alice", &[]);
    let ping = json!({});
    let asked = |token| guarded.post("/ops/ping", token, &ping);
    assert_eq!(asked(None).await.status, 401);
    assert_eq!(asked(Some(&*alice)).await.status, 200);
    for path in ["/healthz", "/ws/asyncapi", "/ws/asyncapi.yaml"] {
        let reply = crate::support::plain::get(guarded.address(), path, &[]).await;
        assert_eq!(reply.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_contract_without_auth_takes_no_connection_without_a_token() {
    let contract = include_str!("../../../examples/vehicles.yaml");
    let guarded = Guarded::serve(contract, &["--require-token"]).await;
    let opened = open(guarded.address(), "/ws", &[]).await;
    assert_eq!(opened.map(drop), Err(401));
    let bearer = format!("Bearer {}", token("alice", &[]));
    let opened = open(guarded.address(), "/ws", &[("authorization", bearer)]).await;
    assert_eq!(opened.map(drop), Ok(()));
}
