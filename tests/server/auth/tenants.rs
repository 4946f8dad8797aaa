//! Topics of one owner, and everybody else.

use serde_json::{Value, json};

use crate::support::Client;
use crate::support::tokens::{Guarded, claims, open, signed};

fn owner(sub: &str, accounts: &[&str], permissions: &[&str]) -> String {
    signed(&claims(sub, permissions, json!({"accounts": accounts})))
}

/// A frame without what differs from one to the next.
fn plain(mut frame: Value, symbol: &str) -> String {
    for field in ["msg_id", "timestamp"] {
        frame.as_object_mut().unwrap().remove(field);
    }
    frame.to_string().replace(symbol, "…")
}

/// Everything that may be tried with the topic of a symbol, and what is answered.
async fn probe(client: &mut Client, symbol: &str, epoch: &str) -> Vec<String> {
    let topic = format!("quotes:{symbol}");
    let since = json!({"epoch": epoch, "seq": 1});
    let attempts = [
        ("quotes.subscribe", json!({"symbol": symbol})),
        (
            "quotes.subscribe",
            json!({"symbol": symbol, "since": since}),
        ),
        ("quotes.subscribe", json!({"symbol": symbol, "history": 1})),
        ("subscribe", json!({"topics": [topic]})),
        (
            "subscribe",
            json!({"topics": [topic], "options": [{"topic": topic, "since": since}]}),
        ),
        ("quotes.unsubscribe", json!({"symbol": symbol})),
        ("unsubscribe", json!({"topics": [topic]})),
    ];
    let mut answers = Vec::new();
    for (wire_type, payload) in attempts {
        answers.push(plain(client.ask(wire_type, payload).await, symbol));
    }
    answers
}

#[tokio::test]
async fn another_s_topic_looks_like_one_that_does_not_exist() {
    let guarded = Guarded::start(&[]).await;
    let mut bob = guarded.client(&owner("bob", &["BOB"], &[])).await;
    let joined = bob.get("quotes.subscribe", json!({"symbol": "BOB"})).await;
    let epoch = joined["epoch"].as_str().unwrap();

    for (permissions, accounts) in [
        (&[][..], &["ALICE"][..]),
        (&["trades:read"], &[]),
        (&[], &["bob"]),
    ] {
        let mut alice = guarded.client(&owner("alice", accounts, permissions)).await;
        let existing = probe(&mut alice, "BOB", epoch).await;
        let missing = probe(&mut alice, "NOBODY", epoch).await;
        assert_eq!(existing, missing);
        assert!(
            existing[..5]
                .iter()
                .all(|answer| answer.contains("forbidden")),
            "{existing:?}"
        );
        assert!(
            existing[5..]
                .iter()
                .all(|answer| answer.contains("not_subscribed"))
        );
    }
    // By the URL, too.
    let bearer = format!("Bearer {}", owner("alice", &["ALICE"], &[]));
    let mut answers = Vec::new();
    for symbol in ["BOB", "NOBODY"] {
        let headers = [("authorization", bearer.clone())];
        let path = format!("/ws/quotes:{symbol}");
        let mut alice = open(guarded.address(), &path, &headers).await.unwrap();
        alice.expect("welcome").await;
        answers.push(plain(alice.next().await, symbol));
    }
    assert_eq!(answers[0], answers[1]);
    // Nobody has been asked to make a topic: there is Bob's.
    assert_eq!(guarded.server.counts().0, 1);
}

#[tokio::test]
async fn nothing_of_one_owner_reaches_another() {
    let guarded = Guarded::start(&[]).await;
    let mut alice = guarded.client(&owner("alice", &["ALICE"], &[])).await;
    let mut support = guarded.client(&owner("sue", &[], &["support"])).await;
    let wanted = json!({"topics": ["quotes:ALICE", "quotes:BOB"]});
    let statuses = |answer: Value| -> Vec<String> {
        let results = answer["results"].as_array().unwrap().iter();
        results
            .map(|result| result["status"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        statuses(alice.get("subscribe", wanted.clone()).await),
        ["subscribed", "refused"]
    );
    assert_eq!(
        statuses(support.get("subscribe", wanted).await),
        ["subscribed", "subscribed"]
    );

    let publisher = signed(&claims("publisher", &["market:publish"], json!({})));
    for symbol in ["BOB", "ALICE"] {
        let quote = json!({"symbol": symbol, "time": 0, "bid": 1.0, "bid_size": 1.0, "ask": 2.0,
            "ask_size": 1.0});
        let path = format!("/publish/quotes:{symbol}");
        let reply = guarded.post(&path, Some(&publisher), &quote).await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }
    let update = alice.expect("quotes.update").await;
    assert_eq!(update["topic"], "quotes:ALICE");
    alice.alive().await;
    for symbol in ["BOB", "ALICE"] {
        let update = support.expect("quotes.update").await;
        assert_eq!(update["payload"]["symbol"], symbol);
    }
}
