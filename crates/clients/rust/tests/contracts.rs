//! The clients of all sorts of contracts: that they compile, and what their topics become.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

macro_rules! clients {
    ($($name:ident),*) => {$(
        #[allow(dead_code, unused_imports, reason = "no test uses all of it")]
        mod $name {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
        }
    )*};
}

clients!(scoreboard, vehicles, echo, workshop);

#[test]
fn topics_and_their_requests_have_the_parameters_at_their_places() {
    use scoreboard::runtime::Topic;
    let id = "6f1c3b9e-2f4a-4a57-9e36-0d1f5b1c2a01".parse().unwrap();
    let topic = scoreboard::topic::MatchEvents {
        league: "premier".parse().unwrap(),
        match_id: id,
    };
    let text = topic.to_string();
    assert!(text.starts_with("match:premier:"), "{text}");
    let parameters = serde_json::Value::Object(topic.parameters());
    assert_eq!(parameters["league"], "premier");
    assert!(parameters["match"]["id"].is_string(), "{parameters}");
}

#[test]
fn names_that_every_client_has_get_an_underscore() {
    // Compiles: a request and a family of any name, beside `close`, `state` and the others.
    let _ = echo::Client::echo;
    let _ = workshop::Client::create_topic;
    assert_eq!(echo::FAMILIES.len(), 0);
}
