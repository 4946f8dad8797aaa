//! Whatever a client sends, it is told what is wrong, and its connection lives.

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Bench, Client, Server, code_and_pointers, lab};

/// Sends `text`; the answer has to be this error, and the connection has to live.
async fn check(client: &mut Client, text: &str, code: &str, pointers: &[&str]) -> Value {
    let shown: String = text.chars().take(200).collect();
    client.send_text(text).await;
    let error = client.expect("error").await;
    let payload = error["payload"].clone();
    let expected = (code, pointers.to_vec());
    assert_eq!(code_and_pointers(&payload), expected, "{shown}: {payload}");
    assert_eq!(payload["severity"], "validation_error", "{shown}");
    assert_eq!(payload["retryable"], false, "{shown}");
    client.alive().await;
    payload
}

#[tokio::test]
async fn what_is_no_request_of_the_contract_is_refused() {
    let server = Server::shared().await;
    let client = &mut server.client().await;
    let rows: &[(&str, &str, &[&str], &str)] = &[
        ("", "invalid_json", &[], "EOF"),
        ("hello", "invalid_json", &[], "line 1 column 1"),
        ("{\"type\": \"ping\"", "invalid_json", &[], "EOF"),
        ("{} {}", "invalid_json", &[], "trailing"),
        ("'ping'", "invalid_json", &[], "expected value"),
        ("{type: 1}", "invalid_json", &[], "key must be a string"),
        ("NaN", "invalid_json", &[], "expected value"),
        ("[]", "invalid_json", &[], "a frame is a JSON object"),
        (
            "[{\"type\":\"ping\",\"payload\":{}}]",
            "invalid_json",
            &[],
            "a frame is a JSON object",
        ),
        ("null", "invalid_json", &[], "a frame is a JSON object"),
        ("3", "invalid_json", &[], "a frame is a JSON object"),
        ("\"ping\"", "invalid_json", &[], "a frame is a JSON object"),
        ("{}", "invalid_frame", &[""], "\"type\" is missing"),
        (
            r#"{"payload":{}}"#,
            "invalid_frame",
            &[""],
            "\"type\" is missing",
        ),
        (
            r#"{"type":5,"payload":{}}"#,
            "invalid_frame",
            &["/type"],
            "must be a string",
        ),
        (
            r#"{"type":null,"payload":{}}"#,
            "invalid_frame",
            &["/type"],
            "must be a string",
        ),
        (
            r#"{"type":["ping"],"payload":{}}"#,
            "invalid_frame",
            &["/type"],
            "must be a string",
        ),
        (
            r#"{"type":"","payload":{}}"#,
            "unknown_type",
            &["/type"],
            "no type \"\"",
        ),
        (
            r#"{"type":"PING","payload":{}}"#,
            "unknown_type",
            &["/type"],
            "no type \"PING\"",
        ),
        (
            r#"{"type":"pingg","payload":{}}"#,
            "unknown_type",
            &["/type"],
            "did you mean \"ping\"?",
        ),
        (
            r#"{"type":"bars.subscrbe","payload":{}}"#,
            "unknown_type",
            &["/type"],
            "did you mean \"bars.subscribe\"?",
        ),
        (
            r#"{"type":"get_statsu"}"#,
            "unknown_type",
            &["/type"],
            "did you mean \"get_status\"?",
        ),
        (
            r#"{"type":"pong","payload":{}}"#,
            "not_a_request",
            &[],
            "sent by the server only",
        ),
        (
            r#"{"type":"welcome"}"#,
            "not_a_request",
            &[],
            "sent by the server only",
        ),
        (
            r#"{"type":"error"}"#,
            "not_a_request",
            &[],
            "sent by the server only",
        ),
        (
            r#"{"type":"bars.update"}"#,
            "not_a_request",
            &[],
            "sent by the server only",
        ),
        (
            r#"{"type":"bars.history.response"}"#,
            "not_a_request",
            &[],
            "sent by the server only",
        ),
    ];
    for (text, code, pointers, words) in rows {
        let payload = check(client, text, code, pointers).await;
        let message = payload["message"].as_str().unwrap();
        assert!(message.contains(words), "{text}: {message}");
    }
}

#[tokio::test]
async fn a_server_only_type_is_never_suggested() {
    let server = Server::shared().await;
    let client = &mut server.client().await;
    for text in ["trades.updat", "quotes.updates", "welcom", "pongg"] {
        let frame = json!({"type": text, "payload": {}}).to_string();
        let payload = check(client, &frame, "unknown_type", &["/type"]).await;
        let message = payload["message"].as_str().unwrap();
        for server_only in ["update\"", "welcome", "pong\""] {
            let suggestion = message.split("did you mean").nth(1).unwrap_or_default();
            assert!(!suggestion.contains(server_only), "{text}: {message}");
        }
    }
}

#[tokio::test]
async fn json_has_one_meaning_or_is_refused() {
    let server = Server::shared().await;
    let client = &mut server.client().await;
    let deep = |open: &str, close: &str, n: usize| {
        let (open, close) = (open.repeat(n), close.repeat(n));
        format!(r#"{{"type":"ping","payload":{open}1{close}}}"#)
    };
    let rows = [
        (deep("[", "]", 40), "nested more than 32 deep"),
        (deep("{\"a\":", "}", 40), "nested more than 32 deep"),
        ("[".repeat(60 * 1024), "nested more than 32 deep"),
        ("{\"a\":".repeat(12 * 1024), "nested more than 32 deep"),
        (
            r#"{"type":"ping","type":"ping","payload":{}}"#.into(),
            "duplicate key \"type\"",
        ),
        (
            r#"{"type":"ping","t\u0079pe":"get_status","payload":{}}"#.into(),
            "duplicate key \"type\"",
        ),
        (
            r#"{"type":"symbols.search","payload":{"query":"a","query":"b"}}"#.into(),
            "duplicate key \"query\"",
        ),
        (
            r#"{"type":"symbols.search","payload":{"query":"a","\u0071uery":"b"}}"#.into(),
            "duplicate key \"query\"",
        ),
        (
            r#"{"type":"ping","payload":{"n":1e999}}"#.into(),
            "number out of range",
        ),
        (
            r#"{"type":"ping","payload":{"n":-1e999}}"#.into(),
            "number out of range",
        ),
        (
            r#"{"type":"ping","payload":{"n":01}}"#.into(),
            "invalid number",
        ),
        (
            r#"{"type":"ping","payload":{"n":.5}}"#.into(),
            "expected value",
        ),
        (
            r#"{"type":"ping","payload":{"n":Infinity}}"#.into(),
            "expected value",
        ),
        (r#"{"type":"ping","payload":{},}"#.into(), "trailing comma"),
        (
            r#"{"type":"ping","payload":{}} x"#.into(),
            "trailing characters",
        ),
        (
            r#"{"type":"symbols.search","payload":{"query":"\ud800"}}"#.into(),
            "hex escape",
        ),
        (
            r#"{"type":"symbols.search","payload":{"query":"\ud800\u0041"}}"#.into(),
            "surrogate",
        ),
        (
            r#"{"type":"symbols.search","payload":{"query":"\udc00"}}"#.into(),
            "surrogate",
        ),
        (
            r#"{"type":"symbols.search","payload":{"\ud800":"x"}}"#.into(),
            "hex escape",
        ),
        (
            "{\"type\":\"symbols.search\",\"payload\":{\"query\":\"\0\"}}".into(),
            "control character",
        ),
        (
            "{\"type\":\"symbols.search\",\"payload\":{\"query\":\"\n\"}}".into(),
            "control character",
        ),
        (
            r#"{"type":"symbols.search","payload":{"query":"\x"}}"#.into(),
            "escape",
        ),
        (
            "\u{feff}{\"type\":\"ping\",\"payload\":{}}".into(),
            "expected value",
        ),
    ];
    for (text, words) in &rows {
        let payload = check(client, text, "invalid_json", &[]).await;
        let message = payload["message"].as_str().unwrap();
        assert!(
            message.contains(words),
            "{}: {message}",
            &text[..text.len().min(100)]
        );
    }
    // Depth that is allowed is judged by the schema.
    check(client, &deep("[", "]", 31), "invalid_frame", &["/payload"]).await;
}

#[tokio::test]
async fn integers_are_written_as_integers() {
    let server = Server::shared().await;
    let client = &mut server.client().await;
    let many = "123456789012345678901234567890";
    let history = |member: &str, number: &str| {
        format!(r#"{{"type":"bars.history","payload":{{"symbol":"AAPL","{member}":{number}}}}}"#)
    };
    let since = |number: &str| {
        format!(
            r#"{{"type":"trades.subscribe","payload":{{"symbol":"AAPL","since":{{"epoch":"a","seq":{number}}}}}}}"#
        )
    };
    let replay = |number: &str| {
        format!(r#"{{"type":"bars.subscribe","payload":{{"symbol":"AAPL","history":{number}}}}}"#)
    };
    let search = |number: &str| {
        format!(r#"{{"type":"symbols.search","payload":{{"query":"","limit":{number}}}}}"#)
    };
    // JSON Schema takes the first two of each for integers, and they are refused all the same.
    for number in [
        "5.0", "1e3", "1E+0", "0.5", "-1", many, "-0.0", "\"5\"", "null", "true", "[5]",
    ] {
        let rows = [
            (history("count_back", number), "/payload/count_back"),
            (since(number), "/payload/since/seq"),
            (replay(number), "/payload/history"),
            (search(number), "/payload/limit"),
        ];
        for (text, pointer) in rows {
            check(client, &text, "invalid_frame", &[pointer]).await;
        }
    }
    for number in ["5.0", "1e3", many, "\"5\""] {
        for member in ["from", "to"] {
            let pointer = format!("/payload/{member}");
            check(
                client,
                &history(member, number),
                "invalid_frame",
                &[&pointer],
            )
            .await;
        }
    }
    // The largest that a position can be is a position, if not one that was reached.
    client.send_text(since("18446744073709551615")).await;
    let answer = client.expect("trades.subscribe.response").await;
    assert_eq!(answer["payload"]["reason"], "epoch_changed");
}

#[tokio::test]
async fn an_integer_in_a_batch_is_no_exception() {
    let server = Server::shared().await;
    let client = &mut server.client().await;
    let rows = [
        (
            json!([{"topic": "quotes:AAPL", "since": {"epoch": "a", "seq": 5.0}}]),
            "/payload/options/0/since/seq",
        ),
        (
            json!([{"topic": "quotes:AAPL"}, {"topic": "trades:AAPL", "history": 5.0}]),
            "/payload/options/1/history",
        ),
    ];
    for (options, pointer) in rows {
        let frame = json!({"type": "subscribe",
            "payload": {"topics": ["quotes:AAPL", "trades:AAPL"], "options": options}});
        check(client, &frame.to_string(), "invalid_frame", &[pointer]).await;
    }
    assert_eq!(client.subscriptions().await, [""; 0]);
}

#[tokio::test]
async fn every_violation_is_reported_at_its_place() {
    let server = Server::shared().await;
    let client = &mut server.client().await;
    let rows: &[(Value, &[&str])] = &[
        (json!({"type": "ping"}), &[""]),
        (json!({"type": "ping", "payload": []}), &["/payload"]),
        (json!({"type": "ping", "payload": {"x": 1}}), &["/payload"]),
        (
            json!({"type": "ping", "payload": {}, "x": 1, "y": 2}),
            &[""],
        ),
        (
            json!({"type": "ping", "payload": {}, "direction": "s2c"}),
            &["/direction"],
        ),
        (
            json!({"type": "ping", "payload": {}, "timestamp": "yesterday"}),
            &["/timestamp"],
        ),
        (
            json!({"type": "ping", "payload": {}, "timestamp": "2026-02-30T00:00:00Z"}),
            &["/timestamp"],
        ),
        (
            json!({"type": "ping", "payload": {}, "topic": "bars:AAPL:1"}),
            &[""],
        ),
        (
            json!({"type": "bars.subscribe", "payload": {}}),
            &["/payload"],
        ),
        (
            json!({"type": "bars.subscribe", "payload": {"symbol": "aapl"}}),
            &["/payload/symbol"],
        ),
        (
            json!({"type": "bars.subscribe", "payload": {"symbol": "AAPL\n"}}),
            &["/payload/symbol"],
        ),
        (
            json!({"type": "bars.subscribe", "payload": {"symbol": "AA\u{0}PL"}}),
            &["/payload/symbol"],
        ),
        (
            json!({"type": "bars.subscribe", "payload": {"symbol": ""}}),
            &["/payload/symbol"],
        ),
        (
            json!({"type": "bars.subscribe", "payload": {"symbol": "ＡＡＰＬ"}}),
            &["/payload/symbol"],
        ),
        (
            json!({"type": "bars.subscribe", "payload": {"symbol": "A".repeat(33)}}),
            &["/payload/symbol"],
        ),
        (
            json!({"type": "bars.subscribe", "payload": {"symbol": "AAPL", "resolution": 1}}),
            &["/payload/resolution"],
        ),
        (
            json!({"type": "bars.history", "payload": {"symbol": "AAPL", "count_back": 5001}}),
            &["/payload/count_back"],
        ),
        (
            json!({"type": "bars.history", "payload": {"symbol": "AAPL", "count_back": 0}}),
            &["/payload/count_back"],
        ),
        (
            json!({"type": "subscribe", "payload": {"topics": []}}),
            &["/payload/topics"],
        ),
        (
            json!({"type": "subscribe", "payload": {"topics": ["quotes:AAPL", "quotes:AAPL"]}}),
            &["/payload/topics"],
        ),
        (
            json!({"type": "subscribe", "payload": {"topics": ["quotes:AAPL", "a b", 3]}}),
            &["/payload/topics/1", "/payload/topics/2"],
        ),
        (
            json!({"type": "unsubscribe", "payload": {"topics": "quotes:AAPL"}}),
            &["/payload/topics"],
        ),
        (
            json!({"type": "bars.subscribe", "msg_id": "", "direction": "up", "timestamp": 5, "extra": 0,
                "payload": {"symbol": "aapl", "resolution": "7", "history": 1001, "since": {"epoch": "K", "seq": -1}, "more": 1}}),
            &[
                "",
                "/direction",
                "/msg_id",
                "/payload",
                "/payload/history",
                "/payload/resolution",
                "/payload/since/epoch",
                "/payload/since/seq",
                "/payload/symbol",
                "/timestamp",
            ],
        ),
        (
            json!({"type": "symbols.search", "payload": {"a/b": 1, "c~d": 1}}),
            &["/payload"],
        ),
    ];
    for (frame, pointers) in rows {
        check(client, &frame.to_string(), "invalid_frame", pointers).await;
    }
    let frame = json!({"type": "bars.subscribe", "payload": {"symbol": "AAPL", "resolution": "7"}});
    let payload = check(
        client,
        &frame.to_string(),
        "invalid_frame",
        &["/payload/resolution"],
    )
    .await;
    assert_eq!(payload["request_type"], "bars.subscribe");
    assert_eq!(
        payload["details"][0]["message"],
        r#""7" is not one of "1", "5", "15", "30", "60", "240", "D""#
    );
    // NUL is a character like others where the contract allows any.
    let found = client
        .get("symbols.search", json!({"query": "\u{0}"}))
        .await;
    assert_eq!(found, json!({"symbols": []}));
}

#[tokio::test]
async fn an_answer_is_short_however_long_the_question() {
    let server = Server::shared().await;
    let client = &mut server.client().await;
    let long = "A".repeat(60_000);
    let keys: serde_json::Map<_, _> = (0..3000).map(|n| (format!("key{n}"), json!(0))).collect();
    let topics: Vec<_> = (0..100).map(|n| format!("no good topic {n}")).collect();
    let rows = [
        json!({"type": "bars.subscribe", "payload": {"symbol": long}}),
        json!({"type": "bars.subscribe", "payload": {"symbol": "AAPL", "resolution": long}}),
        json!({"type": long, "payload": {}}),
        json!({"type": "ping", "payload": {}, "msg_id": long}),
        json!({"type": "ping", "payload": keys}),
        json!({"type": "ping", "payload": {long.clone(): 1}}),
        json!({"type": "subscribe", "payload": {"topics": topics}}),
    ];
    for frame in rows {
        client.send(frame).await;
        let answer = client.next_text().await;
        assert!(
            answer.len() < 20_000,
            "{} bytes: {answer:.300}",
            answer.len()
        );
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(crate::support::violations(&answer), [""; 0]);
        for detail in answer["payload"]["details"].as_array().unwrap() {
            assert!(detail["message"].as_str().unwrap().chars().count() <= 501);
        }
        client.alive().await;
    }
}

#[tokio::test]
async fn an_answer_repeats_a_usable_msg_id() {
    let server = Server::shared().await;
    let client = &mut server.client().await;
    let longest = "~".repeat(64);
    for id in ["1", "!", "\"\\/<>&'", longest.as_str()] {
        for frame in [
            json!({"type": "ping", "msg_id": id, "payload": {}}),
            json!({"type": "ping", "msg_id": id, "payload": {"wrong": 1}}),
            json!({"type": "nothing", "msg_id": id}),
            json!({"type": "pong", "msg_id": id}),
            json!({"type": 5, "msg_id": id}),
            json!({"msg_id": id}),
            json!({"type": "symbols.resolve", "msg_id": id, "payload": {"symbol": "NONE"}}),
        ] {
            client.send(frame.clone()).await;
            assert_eq!(client.next().await["msg_id"], id, "{frame}");
        }
    }
    let too_long = "~".repeat(65);
    let unusable = [
        json!(""),
        json!("a b"),
        json!("ä"),
        json!("\u{0}"),
        json!("a\n"),
        json!(too_long),
        json!(5),
        json!(null),
        json!(["1"]),
    ];
    for id in unusable {
        client
            .send(json!({"type": "ping", "msg_id": id, "payload": {}}))
            .await;
        let error = client.expect("error").await;
        assert_eq!(
            code_and_pointers(&error["payload"]),
            ("invalid_frame", vec!["/msg_id"]),
            "{id}"
        );
        uuid::Uuid::parse_str(error["msg_id"].as_str().unwrap()).expect("a fresh id");
    }
}

#[tokio::test]
async fn binary_messages_are_refused() {
    let server = Server::shared().await;
    let client = &mut server.client().await;
    for bytes in [
        &b""[..],
        b"{\"type\":\"ping\",\"payload\":{}}",
        &[0xff; 1000],
    ] {
        client.send_message(Message::binary(bytes.to_vec())).await;
        let error = client.expect("error").await;
        assert_eq!(
            code_and_pointers(&error["payload"]),
            ("unsupported_data", vec![])
        );
        client.alive().await;
    }
}

#[tokio::test]
async fn requests_that_cannot_be_fulfilled_say_why() {
    let server = Server::shared().await;
    let client = &mut server.client().await;
    let rows = [
        (
            "symbols.resolve",
            json!({"symbol": "NONE"}),
            "unknown_symbol",
        ),
        ("bars.history", json!({"symbol": "NONE"}), "unknown_symbol"),
        (
            "bars.subscribe",
            json!({"symbol": "NONE"}),
            "unknown_symbol",
        ),
        (
            "quotes.subscribe",
            json!({"symbol": "NONE"}),
            "unknown_symbol",
        ),
        (
            "bars.history",
            json!({"symbol": "AAPL", "from": 2, "to": 1}),
            "invalid_range",
        ),
    ];
    for (wire_type, payload, code) in rows {
        let error = client.get_error(wire_type, payload).await;
        assert_eq!(error["code"], code, "{wire_type}");
        assert_eq!(error["severity"], "business_logic_error", "{wire_type}");
        assert_eq!(error["request_type"], wire_type);
        client.alive().await;
    }
}

#[tokio::test]
async fn without_a_module_requests_are_not_implemented() {
    let server = Server::start(&["--modules", "none"]).await;
    let client = &mut server.client().await;
    for (wire_type, payload) in [
        ("bars.history", json!({"symbol": "AAPL"})),
        ("symbols.search", json!({"query": ""})),
        ("bars.subscribe", json!({"symbol": "AAPL"})),
    ] {
        let error = client.get_error(wire_type, payload).await;
        assert_eq!(error["code"], "not_implemented", "{wire_type}");
        assert_eq!(error["severity"], "business_logic_error");
        client.alive().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_of_invalid_frames_closes_the_connection() {
    let bench = Bench::new();
    let mut client = bench.client().await;
    let invalid = ["hello", "{}", r#"{"type":"pong"}"#];
    for _ in 0..3 {
        for n in 0..9 {
            client.send_text(invalid[n % invalid.len()]).await;
            client.expect("error").await;
        }
        // A valid one begins the run anew.
        client.alive().await;
    }
    let status = client.get("get_status", json!({})).await;
    assert_eq!(status["counters"]["invalid_frames"], 27);
    for n in 0..10 {
        client.send_text(invalid[n % invalid.len()]).await;
        client.expect("error").await;
    }
    assert_eq!(client.closed().await, 4400);
}

#[tokio::test(start_paused = true)]
async fn the_length_of_the_run_is_configured() {
    let bench = Bench::with(tickwire::session::SessionLimits {
        max_invalid_frames: 1,
        ..lab::limits()
    });
    let mut client = bench.client().await;
    client.send_message(Message::binary(vec![1])).await;
    client.expect("error").await;
    assert_eq!(client.closed().await, 4400);
}
