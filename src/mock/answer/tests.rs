use serde_json::json;

use super::*;

fn load(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// Answers of `routes.plan`, with these examples of requests, replies and errors: a name and a payload
/// each. A place is written as its latitude.
fn answers(requests: Value, replies: Value, errors: Value) -> Answers {
    let text = load("examples/vehicles.yaml");
    let mut contract = tickwire_spec::load("vehicles.yaml", &text).unwrap();
    let sets = [
        ("routes.plan", requests),
        ("routes.plan.response", replies),
        ("error", errors),
    ];
    for (name, examples) in sets {
        let messages = &mut contract.messages;
        let message = messages.iter_mut().find(|it| it.name == name).unwrap();
        let example = |example: &Value| Example {
            name: example[0].as_str().map(str::to_owned),
            summary: None,
            frame: json!({"payload": example[1]}),
        };
        message.examples = examples.as_array().unwrap().iter().map(example).collect();
    }
    let protocol = Arc::new(Protocol::new(contract).unwrap());
    let operation = protocol.contract().operation("routes.plan").unwrap();
    Answers::new(&protocol, operation).unwrap()
}

#[test]
fn each_request_gets_the_example_that_belongs_to_it() {
    let answers = answers(
        json!([
            ["short", {"from": {"latitude": 1}, "to": {"latitude": 2}}],
            ["long", {"from": {"latitude": 1}, "to": {"latitude": 9}}],
            ["nameless", {"from": {"latitude": 5}, "to": {"latitude": 5}}],
            ["nowhere", {"from": {"latitude": 7}}],
            ["of_another", {"from": {"latitude": 6}, "to": {"latitude": 6}}],
        ]),
        json!([
            ["other", {"distance_m": 5, "from": {"latitude": 5}}],
            ["short", {"distance_m": 1}],
            ["long", {"distance_m": 8}],
        ]),
        json!([
            ["nowhere", {"code": "unavailable", "message": "no road"}],
            ["of_another", {"code": "unavailable", "message": "", "request_type": "ping"}],
        ]),
    );
    let ask = |from: f64, to: f64| json!({"from": {"latitude": from}, "to": {"latitude": to}});
    // The request, and the distance, or the message of the error.
    let rows = [
        // 1. Equal to an example, whose name an answer has. Numbers are equal as numbers.
        (ask(1.0, 2.0), Ok(1)),
        (ask(1.0, 9.0), Ok(8)),
        // The most members in common, at any depth; the first of equals.
        (ask(3.0, 9.0), Ok(8)),
        (ask(1.0, 3.0), Ok(1)),
        (ask(3.0, 3.0), Ok(1)),
        // 2. An error only for a request that has all of its example.
        (ask(7.0, 3.0), Err("no road")),
        (json!({"from": {"latitude": 7}}), Err("no road")),
        (json!({"to": {"latitude": 7}}), Ok(1)),
        // 3. No answer has the name: the one with the most members in common.
        (ask(5.0, 5.0), Ok(5)),
        // An error of another operation is no pair. Nothing in common: the least beside it.
        (ask(6.0, 6.0), Ok(1)),
    ];
    for (request, expected) in rows {
        let answer = answers.answer(&request);
        let answer = answer
            .as_ref()
            .map(|reply| reply["distance_m"].as_i64().unwrap())
            .map_err(|refusal| &*refusal.message);
        assert_eq!(answer, expected, "{request}");
    }
}

#[test]
fn what_was_asked_for_is_in_the_answer() {
    let contract = tickwire_spec::load("asyncapi.yaml", &load("asyncapi.yaml")).unwrap();
    let protocol = Arc::new(Protocol::new(contract).unwrap());
    // The request, and what is in the answer where.
    let rows = [
        (
            "bars.history",
            json!({"symbol": "MSFT", "resolution": "5"}),
            "/symbol",
            json!("MSFT"),
        ),
        (
            "bars.history",
            json!({"symbol": "MSFT", "resolution": "5"}),
            "/resolution",
            json!("5"),
        ),
        // Left out, and without a default in its schema: as in the example.
        (
            "bars.history",
            json!({"symbol": "MSFT"}),
            "/bars/0/open",
            json!(199.27),
        ),
        (
            "symbols.resolve",
            json!({"symbol": "MSFT"}),
            "/symbol",
            json!("MSFT"),
        ),
        (
            "symbols.resolve",
            json!({"symbol": "MSFT"}),
            "/exchange",
            json!("NASDAQ"),
        ),
        // Not inside of lists.
        (
            "symbols.search",
            json!({"query": "ms"}),
            "/symbols/0/symbol",
            json!("AAPL"),
        ),
    ];
    for (name, request, pointer, expected) in rows {
        let operation = protocol.contract().operation(name).unwrap();
        let answer = Answers::new(&protocol, operation)
            .unwrap()
            .answer(&request)
            .unwrap();
        assert_eq!(answer.pointer(pointer), Some(&expected), "{name} {request}");
        let reply = operation.reply.as_deref().unwrap();
        protocol.check_reply(reply, &answer).unwrap();
    }
}

#[test]
fn an_error_is_sent_as_its_example_has_it() {
    let example = json!({"severity": "business_logic_error", "code": "no_such_vehicle",
        "message": "gone", "retryable": true, "details": [], "retry_after_ms": 7});
    let refusal = Refusal::from_example(example.clone());
    let mut expected = example;
    expected["request_type"] = "routes.plan".into();
    assert_eq!(refusal.payload(Some("routes.plan")), expected);
    assert_eq!((refusal.http_status(), refusal.retryable()), (409, true));
}
