//! The project's own contract, as the rest of Tickwire sees it.

use tickwire_spec::{Contract, OperationKind, load, validator};

fn contract() -> Contract {
    load("asyncapi.yaml", include_str!("../../../asyncapi.yaml"))
        .unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn every_example_satisfies_the_schema_of_its_frame() {
    let contract = contract();
    let document = validator(&contract.schemas_document()).expect("a valid schema");
    for message in &contract.messages {
        let frames = validator(&contract.frame_schema(message)).expect("a valid schema");
        for example in &message.examples {
            assert!(frames.is_valid(&example.frame), "{}", message.name);
            assert!(document.is_valid(&example.frame), "{}", message.name);
        }
    }
}

#[test]
fn topics_are_built_from_requests_and_read_back() {
    let contract = contract();
    let Some(OperationKind::Subscribe(bars)) = contract.operation("bars.subscribe").map(|o| o.kind)
    else {
        panic!("bars.subscribe is an operation");
    };
    let frame = serde_json::json!({"type": "bars.subscribe", "payload": {"symbol": "BRK.B"}});
    let topic = contract.build_topic(bars, &frame).expect("a topic");
    assert_eq!(topic, "bars:BRK.B:1");
    let found = contract.topic(&topic).expect("a match");
    assert_eq!(
        (found.family, found.values),
        (bars, vec!["BRK.B".to_owned(), "1".to_owned()])
    );
    for (topic, expected) in [
        ("bars:AAPL:7", "resolution: \"7\" is not one of"),
        ("bars:aapl:1", "symbol: \"aapl\" does not match"),
        (
            "bars:AAPL",
            "'bars:AAPL' is not a topic: expected one of bars:{symbol}:{resolution}",
        ),
    ] {
        let error = contract.topic(topic).expect_err(topic).to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}
