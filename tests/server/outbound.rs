//! A module that breaks the contract or panics: it is our fault, it is logged, and nobody else
//! notices.

use serde_json::{Value, json};
use tickwire::hub::PublishError;

use crate::support::plain::post;
use crate::support::{Bench, Client, Log, code_and_pointers, lab};

#[tokio::test(start_paused = true)]
async fn an_update_that_breaks_the_contract_reaches_nobody() {
    let bench = Bench::new();
    let log = Log::capture();
    let mut client = bench.client().await;
    client
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    let publisher = bench.lab.trades("AAPL");
    publisher.publish(&lab::trade("AAPL", 1.0)).unwrap();
    let mut no_number = lab::trade("AAPL", 1.0);
    no_number.size.0 = f64::NAN;
    let rows = [
        (
            "a price that may not be",
            lab::trade("AAPL", -1.0),
            vec!["/payload/price"],
        ),
        (
            "another topic's symbol",
            lab::trade("MSFT", 1.0),
            vec!["/payload/symbol"],
        ),
        (
            "both",
            lab::trade("MSFT", 0.0),
            vec!["/payload/price", "/payload/symbol"],
        ),
        // JSON has no such number.
        ("not a number", no_number, vec!["/payload/size"]),
    ];
    for (errors, (name, update, pointers)) in rows.iter().enumerate() {
        match publisher.publish(update) {
            Err(PublishError::Violation(violation)) => {
                let text = violation.to_string();
                for pointer in pointers {
                    assert!(text.contains(pointer), "{name}: {text}");
                }
            }
            other => panic!("{name}: {other:?}"),
        }
        let logged = log.lines("ERROR");
        assert_eq!(logged.len(), errors + 1, "{name}");
        assert!(
            logged[errors].contains("topic=trades:AAPL"),
            "{}",
            logged[errors]
        );
        assert!(logged[errors].contains(pointers[0]), "{}", logged[errors]);
    }
    // The next one that is right has the next number.
    assert_eq!(publisher.publish(&lab::trade("AAPL", 2.0)).unwrap(), 2);
    for (seq, price) in [(1, 1.0), (2, 2.0)] {
        let update = client.expect("trades.update").await;
        assert_eq!(
            (&update["seq"], &update["payload"]["price"]),
            (&json!(seq), &json!(price))
        );
    }
    client.alive().await;
}

#[tokio::test(start_paused = true)]
async fn who_publishes_after_the_end_is_told() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    client
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    let publisher = bench.lab.trades("AAPL");
    publisher.end("done");
    let late = publisher.publish(&lab::trade("AAPL", 1.0));
    assert!(matches!(late, Err(PublishError::Closed)), "{late:?}");
    // Neither does it restart or end what is not its own any more.
    bench.lab.until("remove trades:AAPL").await;
    client.expect("topic.reset").await;
    client
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    publisher.restart("late");
    publisher.end("late");
    assert!(matches!(
        publisher.publish(&lab::trade("AAPL", 1.0)),
        Err(PublishError::Closed)
    ));
    client.alive().await;
    assert_eq!(client.subscriptions().await, ["trades:AAPL"]);
}

/// A fault of the server: in these words, whatever happened.
fn assert_internal(error: &Value, request_type: &str) {
    assert_eq!(code_and_pointers(error), ("internal", vec![]), "{error}");
    assert_eq!(error["severity"], "system_error");
    assert_eq!(error["message"], "internal error");
    assert_eq!(error["request_type"], request_type);
    assert_eq!(error["retryable"], true);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_breaks_the_contract_is_an_internal_error() {
    let bench = Bench::new();
    let log = Log::capture();
    let mut client = bench.client().await;
    let error = client
        .get_error("bars.history", json!({"symbol": "NONSENSE"}))
        .await;
    assert_internal(&error, "bars.history");
    let logged = log.lines("ERROR");
    assert_eq!(logged.len(), 1, "{logged:?}");
    assert!(logged[0].contains("/payload/bars/0/open"), "{}", logged[0]);
    client.alive().await;
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_panics_takes_nothing_with_it() {
    let bench = Bench::new();
    let log = Log::capture();
    let mut others = bench.client().await;
    others
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    let mut client = bench.client().await;
    client
        .get("trades.subscribe", json!({"symbol": "AAPL"}))
        .await;
    // One more request is on its way.
    client
        .send(json!({"type": "bars.history", "msg_id": "slow", "payload": {"symbol": "HANGS"}}))
        .await;
    let error = client
        .get_error("bars.history", json!({"symbol": "PANICS"}))
        .await;
    assert_internal(&error, "bars.history");
    assert_eq!(log.lines("ERROR").len(), 1, "{:?}", log.lines("ERROR"));
    bench.lab.open_gate();
    assert_eq!(
        client.expect("bars.history.response").await["msg_id"],
        "slow"
    );
    bench
        .lab
        .trades("AAPL")
        .publish(&lab::trade("AAPL", 1.0))
        .unwrap();
    client.expect("trades.update").await;
    others.expect("trades.update").await;
    client.alive().await;
    others.alive().await;
}

#[tokio::test(start_paused = true)]
async fn a_topic_that_panics_at_its_start_is_unavailable() {
    let bench = Bench::new();
    let log = Log::capture();
    let mut client = bench.client().await;
    let error = client
        .get_error("trades.subscribe", json!({"symbol": "PANICS"}))
        .await;
    assert_eq!(code_and_pointers(&error), ("topic_unavailable", vec![]));
    assert_eq!(error["severity"], "system_error");
    let logged = log.lines("ERROR");
    assert_eq!(logged.len(), 1, "{logged:?}");
    assert!(logged[0].contains("create_topic"), "{}", logged[0]);
    assert_eq!(bench.counts(), (0, 0));
    bench.lab.mend();
    client
        .get("trades.subscribe", json!({"symbol": "PANICS"}))
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_topic_that_panics_at_its_end_is_gone_all_the_same() {
    let bench = Bench::new();
    let log = Log::capture();
    let mut client = bench.client().await;
    client
        .get("trades.subscribe", json!({"symbol": "STICKS"}))
        .await;
    client
        .get("trades.unsubscribe", json!({"symbol": "STICKS"}))
        .await;
    tokio::time::sleep(lab::LINGER * 2).await;
    let logged = log.lines("ERROR");
    assert_eq!(logged.len(), 1, "{logged:?}");
    assert!(logged[0].contains("remove_topic"), "{}", logged[0]);
    assert_eq!(bench.counts(), (0, 0));
    client
        .get("trades.subscribe", json!({"symbol": "STICKS"}))
        .await;
    let created = bench
        .lab
        .log()
        .iter()
        .filter(|entry| entry.starts_with("create"))
        .count();
    assert_eq!(created, 2);
}

#[tokio::test]
async fn over_http_faults_are_500() {
    let bench = Bench::new();
    let log = Log::capture();
    let address = bench.listen().await;
    for symbol in ["PANICS", "NONSENSE"] {
        let body = json!({"symbol": symbol}).to_string();
        let reply = post(address, "/ops/bars.history", body).await;
        assert_eq!(reply.status, 500, "{symbol}");
        assert_eq!(reply.header("content-type"), "application/json");
        assert_internal(&reply.json(), "bars.history");
    }
    assert_eq!(log.lines("ERROR").len(), 2);
    let reply = post(address, "/ops/bars.history", r#"{"symbol": "AAPL"}"#).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test(start_paused = true)]
async fn what_a_refused_request_is_told_is_not_logged_as_an_error() {
    let bench = Bench::new();
    let log = Log::capture();
    let client: &mut Client = &mut bench.client().await;
    client.send_text("nonsense").await;
    client.expect("error").await;
    for symbol in ["REFUSED", "BROKEN"] {
        client
            .get_error("trades.subscribe", json!({"symbol": symbol}))
            .await;
    }
    client
        .get_error("bars.history", json!({"symbol": "REFUSED"}))
        .await;
    assert_eq!(log.lines("ERROR"), [""; 0]);
    // A source that is out of order is worth a look.
    assert_eq!(log.lines("WARN").len(), 1);
}
