//! The life of topics as connections see it: one source at a time, no update before its answer,
//! no gap, the same bytes for everyone, nothing left behind.

use std::time::Duration;

use serde_json::{Value, json};
use tickwire::hub::PublishError;
use tokio::time::Instant;

use crate::support::{Bench, Client, Server, code_and_pointers, lab};

const AAPL: &str = r#"{"symbol": "AAPL"}"#;

fn aapl() -> Value {
    serde_json::from_str(AAPL).unwrap()
}

/// Publishes trades of `AAPL` with these prices, which are to become these numbers.
fn publish(bench: &Bench, seqs: impl IntoIterator<Item = u32>) {
    let publisher = bench.lab.trades("AAPL");
    for seq in seqs {
        let published = publisher.publish(&lab::trade("AAPL", seq.into())).unwrap();
        assert_eq!(published, u64::from(seq));
    }
}

/// The numbers of the updates that come before the answer to a ping.
async fn updates(client: &mut Client) -> Vec<u64> {
    client.passed.clear();
    client.get("ping", json!({})).await;
    let seq = |frame: &Value| {
        assert_eq!(frame["type"], "trades.update", "{frame}");
        frame["seq"].as_u64().unwrap()
    };
    client.passed.iter().map(seq).collect()
}

#[tokio::test(start_paused = true)]
async fn everyone_gets_the_same_bytes_from_the_answer_on() {
    let bench = Bench::new();
    let mut first = bench.client().await;
    let answer = first.get("trades.subscribe", aapl()).await;
    let epoch = answer["epoch"].clone();
    assert_eq!(
        answer,
        json!({"status": "subscribed", "message": "subscribed", "topic": "trades:AAPL", "epoch": epoch, "seq": 0})
    );
    publish(&bench, 1..=2);
    let mut second = bench.client().await;
    let answer = second.get("trades.subscribe", aapl()).await;
    assert_eq!((&answer["epoch"], &answer["seq"]), (&epoch, &json!(2)));
    publish(&bench, 3..=4);
    let mut texts = Vec::new();
    for seq in 1..=4 {
        let text = first.next_text().await;
        assert!(text.contains(&format!("\"seq\":{seq},")), "{text}");
        texts.push(text);
    }
    assert_eq!(
        [second.next_text().await, second.next_text().await],
        texts[2..]
    );
    first.alive().await;
    second.alive().await;
    assert_eq!(bench.lab.log(), ["create trades:AAPL"]);
    let status = second.get("get_status", json!({})).await;
    assert_eq!(
        status["subscriptions"],
        json!([{"topic": "trades:AAPL", "epoch": epoch, "seq": 4}])
    );
}

#[tokio::test(start_paused = true)]
async fn subscribing_twice_is_subscribing_once() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    let first = client.get("trades.subscribe", aapl()).await;
    publish(&bench, [1]);
    let again = client.get("trades.subscribe", aapl()).await;
    assert_eq!(again["status"], "already_subscribed");
    assert_eq!(
        (&again["epoch"], &again["seq"]),
        (&first["epoch"], &json!(1))
    );
    // Neither is anything replayed: it has been seen.
    let replay = json!({"symbol": "AAPL", "history": 10});
    let again = client.get("trades.subscribe", replay).await;
    assert_eq!(again["status"], "already_subscribed");
    let batch = client
        .get("subscribe", json!({"topics": ["trades:AAPL"]}))
        .await;
    assert_eq!(batch["results"][0]["status"], "already_subscribed");
    client.passed.clear();
    publish(&bench, [2]);
    assert_eq!(updates(&mut client).await, [2]);
    // One unsubscribe is enough.
    client.get("trades.unsubscribe", aapl()).await;
    publish(&bench, [3]);
    client.alive().await;
    assert_eq!(bench.lab.log(), ["create trades:AAPL"]);
}

#[tokio::test(start_paused = true)]
async fn after_an_unsubscribe_nothing_follows() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    let rows = [
        ("trades.unsubscribe", aapl(), "not_subscribed"),
        ("trades.subscribe", aapl(), "subscribed"),
        ("trades.unsubscribe", aapl(), "unsubscribed"),
        ("trades.unsubscribe", aapl(), "not_subscribed"),
        (
            "trades.unsubscribe",
            json!({"symbol": "NEVER"}),
            "not_subscribed",
        ),
    ];
    for (wire_type, payload, status) in rows {
        let answer = client.get(wire_type, payload.clone()).await;
        assert_eq!(answer["status"], status, "{wire_type} {payload}");
        assert_eq!(
            answer["topic"],
            format!("trades:{}", payload["symbol"].as_str().unwrap())
        );
    }
    publish(&bench, [1]);
    client.alive().await;
    assert_eq!(client.subscriptions().await, [""; 0]);
    // What was never subscribed to was never started either.
    assert_eq!(bench.lab.log(), ["create trades:AAPL"]);
}

#[tokio::test(start_paused = true)]
async fn requests_that_were_not_waited_for_are_done_in_their_order() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    let steps = [
        "subscribe",
        "unsubscribe",
        "subscribe",
        "subscribe",
        "unsubscribe",
        "subscribe",
    ];
    for step in steps {
        client
            .send(json!({"type": format!("quotes.{step}"), "payload": {"symbol": "HANGS"}}))
            .await;
    }
    bench.lab.open_gate();
    let mut statuses = Vec::new();
    for step in steps {
        let answer = client.expect(&format!("quotes.{step}.response")).await;
        statuses.push(answer["payload"]["status"].as_str().unwrap().to_owned());
    }
    assert_eq!(
        statuses,
        [
            "subscribed",
            "unsubscribed",
            "subscribed",
            "already_subscribed",
            "unsubscribed",
            "subscribed"
        ]
    );
    assert_eq!(bench.lab.log(), ["create quotes:HANGS"]);
    assert_eq!(bench.counts(), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_topic_that_cannot_start_refuses_all_who_wait_for_it() {
    for (symbol, code, severity) in [
        ("REFUSED", "unknown_symbol", "business_logic_error"),
        ("BROKEN", "topic_unavailable", "system_error"),
        ("PANICS", "topic_unavailable", "system_error"),
    ] {
        let bench = Bench::new();
        let mut clients = Vec::new();
        for _ in 0..3 {
            let mut client = bench.client().await;
            client
                .send(json!({"type": "trades.subscribe", "payload": {"symbol": symbol}}))
                .await;
            clients.push(client);
        }
        for client in &mut clients {
            let error = client.expect("error").await["payload"].clone();
            assert_eq!(code_and_pointers(&error), (code, vec![]), "{symbol}");
            assert_eq!(error["severity"], severity);
            assert_eq!(error["retryable"], severity == "system_error");
        }
        assert_eq!(bench.counts(), (0, 0), "{symbol}");
        assert_eq!(clients[0].subscriptions().await, [""; 0]);
        // Nothing is remembered: the next one tries again.
        let before = bench.lab.log().len();
        bench.lab.mend();
        let topic = format!("trades:{symbol}");
        clients[0]
            .get("trades.subscribe", json!({"symbol": symbol}))
            .await;
        assert_eq!(bench.lab.log()[before..], [format!("create {topic}")]);
        assert_eq!(bench.counts(), (1, 1));
        // One that did not start is not stopped.
        assert!(
            bench
                .lab
                .log()
                .iter()
                .all(|entry| !entry.starts_with("remove"))
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_source_goes_on_for_the_linger_and_no_longer() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    let first = client.get("trades.subscribe", aapl()).await;
    publish(&bench, [1]);
    assert_eq!(updates(&mut client).await, [1]);
    client.get("trades.unsubscribe", aapl()).await;
    // Almost the whole linger; meanwhile it goes on.
    publish(&bench, [2]);
    tokio::time::sleep(lab::LINGER - Duration::from_millis(1)).await;
    publish(&bench, [3]);
    let since = json!({"symbol": "AAPL", "since": {"epoch": first["epoch"], "seq": 1}});
    let again = client.get("trades.subscribe", since.clone()).await;
    assert_eq!(
        (&again["epoch"], &again["seq"], &again["recovered"]),
        (&first["epoch"], &json!(3), &json!(true))
    );
    assert_eq!(updates(&mut client).await, [2, 3]);
    assert_eq!(bench.lab.log(), ["create trades:AAPL"]);
    // The linger begins anew with each time that the last one leaves.
    drop(client);
    tokio::time::sleep(lab::LINGER - Duration::from_millis(1)).await;
    assert_eq!(bench.counts(), (1, 0));
    tokio::time::sleep(Duration::from_millis(2)).await;
    assert_eq!(bench.counts(), (0, 0));
    assert_eq!(
        bench.lab.log(),
        ["create trades:AAPL", "remove trades:AAPL"]
    );
    // A new life is a new epoch.
    let mut client = bench.client().await;
    let again = client.get("trades.subscribe", since).await;
    assert_ne!(again["epoch"], first["epoch"]);
    assert_eq!(
        (&again["seq"], &again["recovered"], &again["reason"]),
        (&json!(0), &json!(false), &json!("epoch_changed"))
    );
    publish(&bench, [1]);
    assert_eq!(updates(&mut client).await, [1]);
}

#[tokio::test(start_paused = true)]
async fn who_subscribes_while_a_source_stops_waits_for_the_next() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    let payload = json!({"symbol": "LEAVES"});
    let first = client.get("trades.subscribe", payload.clone()).await;
    client.get("trades.unsubscribe", payload.clone()).await;
    bench.lab.until("remove trades:LEAVES").await;
    client
        .send(json!({"type": "trades.subscribe", "payload": payload}))
        .await;
    assert!(client.is_silent().await);
    // What the source still says reaches nobody.
    let late = bench
        .lab
        .trades("LEAVES")
        .publish(&lab::trade("LEAVES", 1.0));
    assert!(matches!(late, Err(PublishError::Closed)), "{late:?}");
    assert_eq!(
        bench.lab.log(),
        ["create trades:LEAVES", "remove trades:LEAVES"]
    );
    bench.lab.open_gate();
    let second = client.expect("trades.subscribe.response").await["payload"].clone();
    assert_ne!(first["epoch"], second["epoch"]);
    assert_eq!(
        bench.lab.log(),
        [
            "create trades:LEAVES",
            "remove trades:LEAVES",
            "create trades:LEAVES"
        ]
    );
    bench
        .lab
        .trades("LEAVES")
        .publish(&lab::trade("LEAVES", 1.0))
        .unwrap();
    assert_eq!(updates(&mut client).await, [1]);
}

#[tokio::test(start_paused = true)]
async fn a_client_may_go_while_its_topic_starts() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    client
        .send(json!({"type": "trades.subscribe", "payload": {"symbol": "HANGS"}}))
        .await;
    bench.lab.until("create trades:HANGS").await;
    assert_eq!(bench.counts(), (1, 1));
    drop(client);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(bench.counts(), (1, 0));
    // Another takes its place, and gets the same start.
    let mut other = bench.client().await;
    other
        .send(json!({"type": "trades.subscribe", "payload": {"symbol": "HANGS"}}))
        .await;
    assert!(other.is_silent().await);
    bench.lab.open_gate();
    other.expect("trades.subscribe.response").await;
    assert_eq!(bench.lab.log(), ["create trades:HANGS"]);
    drop(other);
    tokio::time::sleep(lab::LINGER * 2).await;
    assert_eq!(bench.counts(), (0, 0));
    // With nobody there in the end, it is stopped after the linger.
    let mut client = bench.client().await;
    client
        .send(json!({"type": "trades.subscribe", "payload": {"symbol": "HANGS"}}))
        .await;
    assert!(client.is_silent().await);
    drop(client);
    tokio::time::sleep(lab::LINGER * 2).await;
    bench.lab.open_gate();
    tokio::time::sleep(lab::LINGER * 2).await;
    assert_eq!(bench.counts(), (0, 0));
    let expected =
        ["create", "remove", "create", "remove"].map(|what| format!("{what} trades:HANGS"));
    assert_eq!(bench.lab.log(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_ends_leaves_nothing_behind() {
    let bench = Bench::new();
    let mut clients = Vec::new();
    for _ in 0..3 {
        let mut client = bench.client().await;
        let topics =
            json!({"topics": ["trades:AAPL", "quotes:AAPL", "bars:AAPL:1", "bars:AAPL:D"]});
        client.get("subscribe", topics).await;
        clients.push(client);
    }
    assert_eq!(bench.counts(), (4, 12));
    drop(clients);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(bench.counts(), (4, 0));
    tokio::time::sleep(lab::LINGER).await;
    assert_eq!(bench.counts(), (0, 0));
    assert_eq!(bench.lab.log().len(), 8);
}

#[tokio::test(start_paused = true)]
async fn when_a_source_ends_its_subscriptions_are_over() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    let first = client.get("trades.subscribe", aapl()).await;
    publish(&bench, 1..=2);
    bench.lab.trades("AAPL").end("sold out");
    client.expect("trades.update").await;
    client.expect("trades.update").await;
    let reset = client.expect("topic.reset").await["payload"].clone();
    assert_eq!(
        reset,
        json!({"topic": "trades:AAPL", "reason": "ended", "message": "sold out",
            "epoch": first["epoch"], "seq": 2})
    );
    assert_eq!(client.subscriptions().await, [""; 0]);
    bench.lab.until("remove trades:AAPL").await;
    assert_eq!(bench.counts(), (0, 0));
    let answer = client.get("trades.unsubscribe", aapl()).await;
    assert_eq!(answer["status"], "not_subscribed");
    let second = client.get("trades.subscribe", aapl()).await;
    assert_eq!(
        (&second["status"], &second["seq"]),
        (&json!("subscribed"), &json!(0))
    );
    assert_ne!(first["epoch"], second["epoch"]);
    publish(&bench, [1]);
    assert_eq!(updates(&mut client).await, [1]);
    // Without an unsubscribe in between it is the same.
    bench.lab.trades("AAPL").end("sold out again");
    client.expect("topic.reset").await;
    let third = client.get("trades.subscribe", aapl()).await;
    assert_eq!(third["status"], "subscribed");
    publish(&bench, [1]);
    assert_eq!(updates(&mut client).await, [1]);
    drop(client);
    tokio::time::sleep(lab::LINGER * 2).await;
    assert_eq!(bench.counts(), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_restart_is_announced_and_counts_from_one() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    let first = client.get("trades.subscribe", aapl()).await;
    publish(&bench, 1..=3);
    bench.lab.trades("AAPL").restart("from the beginning");
    publish(&bench, 1..=2);
    assert_eq!(
        [
            client.next().await,
            client.next().await,
            client.next().await
        ]
        .map(|frame| frame["seq"].clone()),
        [1, 2, 3]
    );
    let reset = client.expect("topic.reset").await["payload"].clone();
    let epoch = reset["epoch"].clone();
    assert_ne!(epoch, first["epoch"]);
    assert_eq!(
        reset,
        json!({"topic": "trades:AAPL", "reason": "restarted", "message": "from the beginning",
            "epoch": epoch, "seq": 0})
    );
    assert_eq!(updates(&mut client).await, [1, 2]);
    let status = client.get("get_status", json!({})).await;
    assert_eq!(
        status["subscriptions"],
        json!([{"topic": "trades:AAPL", "epoch": epoch, "seq": 2}])
    );
    // The subscription goes on, and what was before cannot be had any more.
    let mut other = bench.client().await;
    let since =
        json!({"symbol": "AAPL", "since": {"epoch": first["epoch"], "seq": 2}, "history": 10});
    let answer = other.get("trades.subscribe", since).await;
    assert_eq!(
        (&answer["recovered"], &answer["reason"]),
        (&json!(false), &json!("epoch_changed"))
    );
    assert_eq!(updates(&mut other).await, [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_resumed_subscription_gets_exactly_what_it_missed() {
    let bench = Bench::new();
    let mut witness = bench.client().await;
    let first = witness.get("trades.subscribe", aapl()).await;
    publish(&bench, 1..=1100);
    let mut texts = vec![String::new()];
    for _ in 1..=1100 {
        texts.push(witness.next_text().await);
    }
    let epoch = first["epoch"].as_str().unwrap();
    // 1,000 trades are kept: 101 to 1100.
    let rows: &[(Value, Option<&str>, std::ops::Range<usize>)] = &[
        (json!({}), None, 1101..1101),
        (json!({"history": 0}), None, 1101..1101),
        (json!({"history": 3}), None, 1098..1101),
        (json!({"history": 1000}), None, 101..1101),
        (
            json!({"since": {"epoch": epoch, "seq": 1100}}),
            Some("recovered"),
            1101..1101,
        ),
        (
            json!({"since": {"epoch": epoch, "seq": 1090}}),
            Some("recovered"),
            1091..1101,
        ),
        (
            json!({"since": {"epoch": epoch, "seq": 100}}),
            Some("recovered"),
            101..1101,
        ),
        // `since` that can be honoured goes before `history`.
        (
            json!({"since": {"epoch": epoch, "seq": 1099}, "history": 50}),
            Some("recovered"),
            1100..1101,
        ),
        (
            json!({"since": {"epoch": epoch, "seq": 99}}),
            Some("out_of_retention"),
            1101..1101,
        ),
        (
            json!({"since": {"epoch": epoch, "seq": 0}, "history": 2}),
            Some("out_of_retention"),
            1099..1101,
        ),
        (
            json!({"since": {"epoch": epoch, "seq": 1101}}),
            Some("ahead_of_stream"),
            1101..1101,
        ),
        (
            json!({"since": {"epoch": epoch, "seq": 9_007_199_254_740_993_u64}, "history": 1}),
            Some("ahead_of_stream"),
            1100..1101,
        ),
        (
            json!({"since": {"epoch": "0", "seq": 1100}}),
            Some("epoch_changed"),
            1101..1101,
        ),
        (
            json!({"since": {"epoch": "0", "seq": 0}, "history": 4}),
            Some("epoch_changed"),
            1097..1101,
        ),
    ];
    for (start, outcome, replayed) in rows {
        let mut single = start.clone();
        single["symbol"] = "AAPL".into();
        let mut option = start.clone();
        option["topic"] = "trades:AAPL".into();
        let batch = json!({"topics": ["trades:AAPL"], "options": [option]});
        for (wire_type, payload) in [("trades.subscribe", single), ("subscribe", batch)] {
            let mut client = bench.client().await;
            let answer = client.get(wire_type, payload.clone()).await;
            let result = if wire_type == "subscribe" {
                &answer["results"][0]
            } else {
                &answer
            };
            assert_eq!(client.passed, [json!(null); 0], "nothing before the answer");
            assert_eq!(
                (&result["status"], &result["seq"]),
                (&json!("subscribed"), &json!(1100))
            );
            let expected = match *outcome {
                None => (Value::Null, Value::Null),
                Some("recovered") => (json!(true), Value::Null),
                Some(reason) => (json!(false), json!(reason)),
            };
            assert_eq!(
                (result["recovered"].clone(), result["reason"].clone()),
                expected,
                "{payload}"
            );
            for seq in replayed.clone() {
                assert_eq!(client.next_text().await, texts[seq], "{payload}");
            }
            client.alive().await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_batch_answers_each_topic_for_itself() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    client.get("quotes.subscribe", json!({"symbol": "B"})).await;
    let topics = [
        "trades:AAPL",
        "bars:AAPL:7",
        "trades:REFUSED",
        "quotes:B",
        "trades:BROKEN",
        "nonsense",
        "bars:AAPL",
        "bars:AAPL:1:2",
        "trades:",
        "trades:aapl",
        "bars:AAPL:D",
    ];
    let answer = client.get("subscribe", json!({"topics": topics})).await;
    let results = answer["results"].as_array().unwrap();
    let summary: Vec<_> = results
        .iter()
        .map(|result| {
            let part = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            (
                part(&result["topic"]),
                part(&result["status"]),
                part(&result["error"]["code"]),
            )
        })
        .collect();
    let expected = [
        ("trades:AAPL", "subscribed", "-"),
        ("bars:AAPL:7", "refused", "invalid_topic"),
        ("trades:REFUSED", "refused", "unknown_symbol"),
        ("quotes:B", "already_subscribed", "-"),
        ("trades:BROKEN", "refused", "topic_unavailable"),
        ("nonsense", "refused", "invalid_topic"),
        ("bars:AAPL", "refused", "invalid_topic"),
        ("bars:AAPL:1:2", "refused", "invalid_topic"),
        ("trades:", "refused", "invalid_topic"),
        ("trades:aapl", "refused", "invalid_topic"),
        ("bars:AAPL:D", "subscribed", "-"),
    ]
    .map(|(topic, status, code)| (topic.to_owned(), status.to_owned(), code.to_owned()));
    assert_eq!(summary, expected);
    assert_eq!(
        results[1]["message"],
        r#""bars:AAPL:7" is not a topic: resolution: "7" is not one of "1", "5", "15", "30", "60", "240", "D""#
    );
    assert_eq!(
        results[6]["message"],
        r#""bars:AAPL" is not a topic; expected bars:{symbol}:{resolution}"#
    );
    assert_eq!(results[4]["error"]["retryable"], true);
    assert_eq!(
        client.subscriptions().await,
        ["bars:AAPL:D", "quotes:B", "trades:AAPL"]
    );
    assert_eq!(bench.counts(), (3, 3));
    let answer = client
        .get(
            "unsubscribe",
            json!({"topics": ["nonsense", "quotes:B", "trades:MSFT"]}),
        )
        .await;
    let results = answer["results"].as_array().unwrap();
    let statuses: Vec<_> = results
        .iter()
        .map(|result| (&result["topic"], &result["status"]))
        .collect();
    assert_eq!(
        json!(statuses),
        json!([
            ["nonsense", "not_subscribed"],
            ["quotes:B", "unsubscribed"],
            ["trades:MSFT", "not_subscribed"]
        ])
    );
}

#[tokio::test(start_paused = true)]
async fn updates_never_precede_the_answer() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    // The answer waits for the one that hangs, while the other is already live.
    client
        .send(json!({"type": "subscribe", "payload": {"topics": ["trades:AAPL", "trades:HANGS"]}}))
        .await;
    bench.lab.until("create trades:HANGS").await;
    bench.lab.until("create trades:AAPL").await;
    let hanging = bench.lab.trades("HANGS");
    for seq in 1..=3 {
        publish(&bench, [seq]);
        hanging.publish(&lab::trade("HANGS", 1.0)).unwrap();
        assert!(client.is_silent().await);
    }
    bench.lab.open_gate();
    let answer = client.expect("subscription_confirmed").await;
    // What was published while they waited is part of the position.
    for result in answer["payload"]["results"].as_array().unwrap() {
        assert_eq!(result["seq"], 3, "{result}");
    }
    publish(&bench, [4]);
    assert_eq!(updates(&mut client).await, [4]);
}

#[tokio::test(start_paused = true)]
async fn default_parameters_are_part_of_the_topic() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    let answer = client.get("bars.subscribe", aapl()).await;
    assert_eq!(answer["topic"], "bars:AAPL:1");
    let same = client
        .get(
            "bars.subscribe",
            json!({"symbol": "AAPL", "resolution": "1"}),
        )
        .await;
    assert_eq!(same["status"], "already_subscribed");
    for symbol in ["BRK.B", "BTC-USD", "0_0", "A"] {
        let answer = client
            .get(
                "bars.subscribe",
                json!({"symbol": symbol, "resolution": "240"}),
            )
            .await;
        assert_eq!(answer["topic"], format!("bars:{symbol}:240"));
    }
}

#[tokio::test]
async fn a_connection_may_begin_with_a_topic() {
    let server = Server::shared().await;
    for (path, answer) in [
        ("/ws/bars:AAPL:5", "bars.subscribe.response"),
        ("/ws/quotes%3AAAPL", "quotes.subscribe.response"),
        ("/ws/trades:AAPL", "trades.subscribe.response"),
    ] {
        let mut client = server.connect(path, &[]).await;
        client.expect("welcome").await;
        let answer = client.expect(answer).await["payload"].clone();
        assert_eq!(answer["status"], "subscribed");
        let topic = answer["topic"].as_str().unwrap();
        let update = client.next().await;
        assert_eq!(update["topic"], topic);
        assert_eq!(
            update["seq"].as_u64(),
            answer["seq"].as_u64().map(|seq| seq + 1)
        );
        assert_eq!(client.subscriptions().await, [topic]);
    }
    // A topic that cannot be started is told so, as to any subscribe.
    let mut client = server.connect("/ws/trades:NONE", &[]).await;
    client.expect("welcome").await;
    let error = client.expect("error").await["payload"].clone();
    assert_eq!(code_and_pointers(&error), ("unknown_symbol", vec![]));
    assert_eq!(error["request_type"], "trades.subscribe");
    client.alive().await;
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stops_ends_its_topics() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    client.get("trades.subscribe", aapl()).await;
    let begin = Instant::now();
    bench.services.hub.shutdown().await;
    assert_eq!(begin.elapsed(), Duration::ZERO, "no linger");
    assert_eq!(
        bench.lab.log(),
        ["create trades:AAPL", "remove trades:AAPL"]
    );
    let error = client.get_error("trades.subscribe", aapl()).await;
    assert_eq!(
        (&error["code"], &error["retryable"]),
        (&json!("unavailable"), &json!(true))
    );
    assert_eq!(client.passed[0]["payload"]["reason"], "ended");
}
