//! Serving a contract that the program was not built from: its topics, its checks, its documents,
//! by the same code as the built-in one.

#[path = "any_contract/client.rs"]
mod client;

use std::time::Duration;

use serde_json::{Value, json};
use tickwire_spec::{OperationKind, Source};

use client::{Served, file, start, text_of};

const VEHICLES: &str = "examples/vehicles.yaml";
const SCOREBOARD: &str = "examples/scoreboard.yaml";
const CONTRACTS: [&str; 2] = [VEHICLES, SCOREBOARD];

const MATCH: &str = "match:premier:019a2f6e-7c1a-7b3e-9d55-0a4c1f2e6b77";
const VEHICLE: &str = "vehicle:north:TW-1042";

fn position() -> Value {
    json!({"fleet": "north", "vehicle_id": "TW-1042", "time": 1, "latitude": 59.3, "longitude": 18.1,
        "speed_kmh": 0, "ignition": false})
}

fn goal() -> Value {
    json!({"league": "premier", "minute": 45, "kind": "goal", "score": {"home": 1, "away": 0},
        "match": {"id": "019a2f6e-7c1a-7b3e-9d55-0a4c1f2e6b77", "home": "Northtown", "away": "Southport"},
        "occurred_at": "2026-11-02T14:47:31.250Z"})
}

/// `base` with the value at a pointer replaced; `null` removes it.
fn with(base: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = base.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = changed
        .pointer_mut(parent)
        .and_then(Value::as_object_mut)
        .expect("an object");
    match value {
        Value::Null => drop(parent.remove(key)),
        value => drop(parent.insert(key.to_owned(), value)),
    }
    changed
}

// ------------------------------------------------------------------------------- publications --

#[tokio::test]
async fn what_is_published_reaches_exactly_the_subscribers_of_its_topic() {
    for spec in CONTRACTS {
        let served = Served::start(Some(spec), &[]).await;
        for family in &served.contract.contract.families {
            assert_eq!(family.source, Source::Publish, "{spec}");
            // An example of a subscription and one of an update speak of the same topic.
            let examples = served.contract.examples(&family.messages.update);
            let topic = examples[0]["topic"].as_str().expect("a topic").to_owned();
            let request = &served.contract.examples(&family.messages.subscribe)[0]["payload"];

            let mut by_request = served.connect("/ws").await;
            let answer = by_request.ask(&family.messages.subscribe, request).await;
            assert_eq!(answer["payload"]["topic"], *topic, "{answer}");
            let mut by_url = served.connect(&format!("/ws/{topic}")).await;
            by_url.next_of(&family.messages.subscribe_response).await;
            let mut bystander = served.connect("/ws").await;
            let mut subscribers = vec![&mut by_request, &mut by_url];
            let mut by_batch = served.connect("/ws").await;
            if served.contract.defines("subscribe") {
                let answer = by_batch
                    .ask("subscribe", &json!({"topics": [topic, "nonsense"]}))
                    .await;
                assert_eq!(
                    answer["payload"]["results"][0]["status"], "subscribed",
                    "{answer}"
                );
                assert_eq!(
                    answer["payload"]["results"][1]["error"]["code"], "invalid_topic",
                    "{answer}"
                );
                subscribers.push(&mut by_batch);
            }

            for (index, example) in examples.iter().enumerate() {
                let path = format!("/publish/{topic}");
                let published = served.post(&path, &example["payload"]).await;
                let position = published.json();
                assert_eq!(published.status, 200, "{position}");
                assert_eq!(position["topic"], *topic);
                assert_eq!(position["seq"], index + 1);
                assert_eq!(position["receivers"], subscribers.len());
                assert!(position["epoch"].is_string(), "{position}");
                let mut seen = Vec::new();
                for subscriber in &mut subscribers {
                    let update = subscriber.next_of(&family.messages.update).await;
                    assert_eq!(update["payload"], example["payload"], "{spec}");
                    assert_eq!(
                        (&update["topic"], &update["seq"]),
                        (&position["topic"], &position["seq"])
                    );
                    seen.push(update);
                }
                assert!(
                    seen.windows(2).all(|two| two[0] == two[1]),
                    "everyone gets the same frame"
                );
            }
            // Had it received an update, that would have come before this answer.
            bystander.ask("nothing", &json!({})).await;
            assert!(!bystander.kept().contains(&family.messages.update.as_str()));
        }
        served.stop().await;
    }
}

#[tokio::test]
async fn publications_of_many_at_once_are_numbered_without_a_gap_and_arrive_in_order() {
    let served = Served::start(Some(SCOREBOARD), &[]).await;
    let mut subscriber = served.connect(&format!("/ws/{MATCH}")).await;
    subscriber.next_of("match_events.subscribe.response").await;
    let publish = |publisher: usize| {
        let served = &served;
        async move {
            for minute in 0..20 {
                let event = with(
                    &with(&goal(), "/minute", minute.into()),
                    "/player",
                    format!("P{publisher}").into(),
                );
                assert_eq!(
                    served
                        .post(&format!("/publish/{MATCH}"), &event)
                        .await
                        .status,
                    200
                );
            }
        }
    };
    futures_util::future::join_all((0..5).map(publish)).await;
    let mut minutes = [0; 5];
    for seq in 1..=100 {
        let update = subscriber.next().await;
        let update = if update["type"] == "welcome" {
            subscriber.next().await
        } else {
            update
        };
        assert_eq!(update["seq"], seq);
        let player = update["payload"]["player"].as_str().expect("a player");
        let publisher: usize = player[1..].parse().expect("a number");
        assert_eq!(
            update["payload"]["minute"], minutes[publisher],
            "the order of each publisher is kept"
        );
        minutes[publisher] += 1;
    }
    served.stop().await;
}

#[tokio::test]
async fn a_publication_that_breaks_the_contract_is_answered_with_every_violation_and_reaches_nobody()
 {
    let vehicle = |changes: &[(&str, Value)]| {
        changes
            .iter()
            .fold(position(), |payload, (pointer, value)| {
                with(&payload, pointer, value.clone())
            })
    };
    let event = |changes: &[(&str, Value)]| {
        changes.iter().fold(goal(), |payload, (pointer, value)| {
            with(&payload, pointer, value.clone())
        })
    };
    type Row<'a> = (&'a str, &'a str, Value, &'a [&'a str]);
    let rows: [Row; 16] = [
        (
            VEHICLES,
            VEHICLE,
            vehicle(&[("/latitude", 95.into())]),
            &["/latitude"],
        ),
        (
            VEHICLES,
            VEHICLE,
            vehicle(&[
                ("/latitude", 95.into()),
                ("/time", "now".into()),
                ("/colour", "red".into()),
                ("/ignition", Value::Null),
            ]),
            &["", "", "/latitude", "/time"],
        ),
        (
            VEHICLES,
            VEHICLE,
            vehicle(&[("/heading_degrees", json!(12.5))]),
            &["/heading_degrees"],
        ),
        (VEHICLES, VEHICLE, json!([]), &[""]),
        (VEHICLES, VEHICLE, json!("text"), &[""]),
        (VEHICLES, VEHICLE, Value::Null, &[""]),
        // Another topic's payload.
        (
            VEHICLES,
            VEHICLE,
            vehicle(&[("/fleet", "south".into())]),
            &["/fleet"],
        ),
        (
            VEHICLES,
            VEHICLE,
            vehicle(&[
                ("/fleet", "south".into()),
                ("/vehicle_id", "TW-1".into()),
                ("/time", "now".into()),
            ]),
            &["/fleet", "/time", "/vehicle_id"],
        ),
        (
            SCOREBOARD,
            MATCH,
            event(&[("/kind", "hat-trick".into())]),
            &["/kind"],
        ),
        (
            SCOREBOARD,
            MATCH,
            event(&[("/occurred_at", "yesterday".into())]),
            &["/occurred_at"],
        ),
        (
            SCOREBOARD,
            MATCH,
            event(&[("/score/home", (-1).into()), ("/match/home", "".into())]),
            &["/match/home", "/score/home"],
        ),
        (
            SCOREBOARD,
            MATCH,
            event(&[("/lineups", json!([["A", "A"], []]))]),
            &["/lineups/0", "/lineups/1"],
        ),
        (
            SCOREBOARD,
            MATCH,
            event(&[("/lineups", json!([["A"], ["B", 7]]))]),
            &["/lineups/1/1"],
        ),
        (
            SCOREBOARD,
            MATCH,
            event(&[("/league", "second-division".into())]),
            &["/league"],
        ),
        // The parameter is called match_id, and lies where its `location` says.
        (
            SCOREBOARD,
            MATCH,
            event(&[("/match/id", "019a2f6e-7c1a-7b3e-9d55-0a4c1f2e6b78".into())]),
            &["/match/id"],
        ),
        (
            SCOREBOARD,
            "standings:premier",
            json!({}),
            &["", "", "", "", "", "", "", ""],
        ),
    ];
    for spec in CONTRACTS {
        let served = Served::start(Some(spec), &[]).await;
        let (topic, right) = if spec == VEHICLES {
            (VEHICLE, position())
        } else {
            (MATCH, goal())
        };
        let mut subscriber = served.connect(&format!("/ws/{topic}")).await;
        for (_, topic, payload, pointers) in rows.iter().filter(|row| row.0 == spec) {
            let answer = served.post(&format!("/publish/{topic}"), payload).await;
            assert_eq!(
                answer.refusal(),
                (422, "invalid_frame".to_owned()),
                "{payload}"
            );
            assert_eq!(answer.pointers(), *pointers, "{payload}: {}", answer.json());
        }
        // The first one that is right is also the first that arrives.
        assert_eq!(
            served
                .post(&format!("/publish/{topic}"), &right)
                .await
                .json()["seq"],
            1
        );
        let update = subscriber
            .next_of(if spec == VEHICLES {
                "vehicle.update"
            } else {
                "match_events.update"
            })
            .await;
        assert_eq!(update["seq"], 1);
        served.stop().await;
    }
}

#[tokio::test]
async fn a_payload_need_not_repeat_the_parameters() {
    let served = Served::start(Some(SCOREBOARD), &[]).await;
    let payload = with(&goal(), "/league", Value::Null);
    let topic = MATCH.replace("premier", "3rd-division");
    assert_eq!(
        served
            .post(&format!("/publish/{topic}"), &payload)
            .await
            .status,
        200
    );
    served.stop().await;
}

#[tokio::test]
async fn each_impossible_publication_has_its_status() {
    type Row<'a> = (Option<&'a str>, &'a str, &'a str, &'a [u8], u16, &'a str);
    let json = "application/json";
    let position = position().to_string();
    let right = position.as_bytes();
    let spaces = [b' '; 70_000];
    let rows: [Row; 17] = [
        (
            Some(VEHICLES),
            json,
            "nonsense",
            right,
            404,
            "invalid_topic",
        ),
        (
            Some(VEHICLES),
            json,
            "vehicle:north",
            right,
            404,
            "invalid_topic",
        ),
        (
            Some(VEHICLES),
            json,
            "vehicle:north:TW-1042:7",
            right,
            404,
            "invalid_topic",
        ),
        (
            Some(VEHICLES),
            json,
            "vehicle:North:TW-1042",
            right,
            404,
            "invalid_topic",
        ),
        (
            Some(VEHICLES),
            json,
            "vehicle:north:",
            right,
            404,
            "invalid_topic",
        ),
        (
            Some(VEHICLES),
            json,
            "vehicle:north:TW%0a1",
            right,
            404,
            "invalid_topic",
        ),
        (
            Some(SCOREBOARD),
            json,
            "match:4th-division:019a2f6e-7c1a-7b3e-9d55-0a4c1f2e6b77",
            right,
            404,
            "invalid_topic",
        ),
        (
            Some(SCOREBOARD),
            json,
            "match:premier:final",
            right,
            404,
            "invalid_topic",
        ),
        // One match, one spelling: subscribers of another would wait for ever.
        (
            Some(SCOREBOARD),
            json,
            "match:premier:019A2F6E-7C1A-7B3E-9D55-0A4C1F2E6B77",
            right,
            404,
            "invalid_topic",
        ),
        (
            Some(VEHICLES),
            "text/plain",
            VEHICLE,
            right,
            415,
            "unsupported_data",
        ),
        (
            Some(VEHICLES),
            "application/x-www-form-urlencoded",
            VEHICLE,
            right,
            415,
            "unsupported_data",
        ),
        (Some(VEHICLES), json, VEHICLE, b"{", 400, "invalid_json"),
        (
            Some(VEHICLES),
            json,
            VEHICLE,
            br#"{"fleet": "north", "fleet": "south"}"#,
            400,
            "invalid_json",
        ),
        (
            Some(VEHICLES),
            json,
            VEHICLE,
            b"\xff\xfe",
            400,
            "invalid_json",
        ),
        (Some(VEHICLES), json, VEHICLE, &spaces, 413, "invalid_frame"),
        // What a module makes, nobody publishes from outside.
        (None, json, "bars:AAPL:1", b"{}", 403, "forbidden"),
        (None, json, "bars:AAPL:7", b"{}", 404, "invalid_topic"),
    ];
    for spec in [Some(VEHICLES), Some(SCOREBOARD), None] {
        let served = Served::start(spec, &[]).await;
        for (_, content_type, topic, body, status, code) in rows.iter().filter(|row| row.0 == spec)
        {
            let answer = served
                .post_as(content_type, &format!("/publish/{topic}"), body)
                .await;
            assert_eq!(
                answer.refusal(),
                (*status, (*code).to_owned()),
                "{topic}: {}",
                answer.json()
            );
            // The topic is in the path: nothing in the body could be pointed to.
            if *code == "invalid_topic" {
                assert!(
                    answer.pointers().iter().all(String::is_empty),
                    "{topic}: {}",
                    answer.json()
                );
            }
        }
        assert_eq!(
            served.server.services.hub.stats().topics,
            0,
            "a refusal leaves nothing behind"
        );
        served.stop().await;
    }
}

#[tokio::test]
async fn a_topic_may_be_percent_encoded_and_the_content_type_have_parameters() {
    let served = Served::start(Some(VEHICLES), &[]).await;
    let path = format!("/publish/{}", VEHICLE.replace(':', "%3A"));
    let body = position().to_string();
    let answer = served
        .post_as("Application/JSON; charset=utf-8", &path, body.as_bytes())
        .await;
    assert_eq!(
        (answer.status, &answer.json()["topic"]),
        (200, &json!(VEHICLE))
    );
    served.stop().await;
}

#[tokio::test]
async fn a_subscription_to_another_spelling_of_a_topic_is_refused() {
    let served = Served::start(Some(SCOREBOARD), &[]).await;
    let upper = "019A2F6E-7C1A-7B3E-9D55-0A4C1F2E6B77";
    let mut socket = served.connect("/ws").await;
    let answer = socket
        .ask("match_events.subscribe", &json!({"match": {"id": upper}}))
        .await;
    assert_eq!(answer["payload"]["code"], "invalid_topic", "{answer}");
    let answer = socket
        .ask(
            "subscribe",
            &json!({"topics": [format!("match:premier:{upper}")]}),
        )
        .await;
    assert_eq!(
        answer["payload"]["results"][0]["error"]["code"], "invalid_topic",
        "{answer}"
    );
    served.stop().await;
}

#[tokio::test]
async fn the_readme_of_the_examples_tells_the_truth() {
    let readme = std::fs::read_to_string(file("examples/README.md")).expect("a README");
    let mut answers = Vec::new();
    for curl in readme.split("curl http://127.0.0.1:8080").skip(1) {
        let (path, rest) = curl.split_once(" --json '").expect("a body");
        let (body, _) = rest.split_once('\'').expect("the end of the body");
        let spec = if path.contains("standings") {
            SCOREBOARD
        } else {
            VEHICLES
        };
        let served = Served::start(Some(spec), &[]).await;
        let answer = served
            .post(path, &serde_json::from_str(body).expect("JSON"))
            .await;
        answers.push(answer.status);
        if answer.status == 422 {
            // Shown in full, in the README.
            let shown = rest
                .split("```json")
                .nth(1)
                .and_then(|text| text.split("```").next());
            let shown: Value = serde_json::from_str(shown.expect("an answer")).expect("JSON");
            assert_eq!(answer.json(), shown);
        }
        served.stop().await;
    }
    assert_eq!(answers, [200, 422, 200]);
}

// ---------------------------------------------------------------------------------- retention --

#[tokio::test]
async fn a_published_topic_can_be_resumed_and_replayed() {
    let served = Served::start(Some(VEHICLES), &[]).await;
    let path = format!("/publish/{VEHICLE}");
    // Nobody subscribes yet: the topic keeps its updates all the same, the newest ten of them.
    for time in 1..=15 {
        served
            .post(&path, &with(&position(), "/time", time.into()))
            .await;
    }
    let mut first = served.connect("/ws").await;
    let request = |more: Value| {
        let mut request = json!({"fleet": "north", "vehicle_id": "TW-1042"});
        request
            .as_object_mut()
            .expect("an object")
            .extend(more.as_object().cloned().expect("an object"));
        request
    };
    let answer = first
        .ask("vehicle.subscribe", &request(json!({"history": 3})))
        .await;
    let epoch = answer["payload"]["epoch"].clone();
    assert_eq!(answer["payload"]["seq"], 15);
    for seq in 13..=15 {
        assert_eq!(first.next_of("vehicle.update").await["seq"], seq);
    }
    let rows = [
        (
            json!({"since": {"epoch": epoch, "seq": 12}}),
            json!(true),
            Value::Null,
            13..16,
        ),
        (
            json!({"since": {"epoch": epoch, "seq": 5}}),
            json!(true),
            Value::Null,
            6..16,
        ),
        (
            json!({"since": {"epoch": epoch, "seq": 4}}),
            json!(false),
            json!("out_of_retention"),
            1..1,
        ),
        (
            json!({"since": {"epoch": epoch, "seq": 4}, "history": 2}),
            json!(false),
            json!("out_of_retention"),
            14..16,
        ),
        (
            json!({"since": {"epoch": epoch, "seq": 16}}),
            json!(false),
            json!("ahead_of_stream"),
            1..1,
        ),
        (
            json!({"since": {"epoch": "other", "seq": 1}}),
            json!(false),
            json!("epoch_changed"),
            1..1,
        ),
        (json!({"history": 1000}), Value::Null, Value::Null, 6..16),
    ];
    for (start, recovered, reason, replayed) in rows {
        let mut socket = served.connect("/ws").await;
        let answer = socket
            .ask("vehicle.subscribe", &request(start.clone()))
            .await;
        assert_eq!(
            (
                &answer["payload"]["recovered"],
                &answer["payload"]["reason"]
            ),
            (&recovered, &reason),
            "{start}"
        );
        // An answer of which we know that it comes after all that is replayed.
        socket.ask("ping", &json!({})).await;
        let seqs: Vec<u64> = {
            let mut seqs = Vec::new();
            while socket.kept().contains(&"vehicle.update") {
                seqs.push(
                    socket.next_of("vehicle.update").await["seq"]
                        .as_u64()
                        .expect("a number"),
                );
            }
            seqs
        };
        assert_eq!(seqs, replayed.collect::<Vec<_>>(), "{start}");
    }
    served.stop().await;
}

#[tokio::test]
async fn a_published_topic_that_nobody_wants_is_forgotten_after_its_linger() {
    let served = Served::start(Some(VEHICLES), &["--publish-linger=20ms"]).await;
    let path = format!("/publish/{VEHICLE}");
    let first = served.post(&path, &position()).await.json();
    let gone = async {
        while served.server.services.hub.stats().topics > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), gone)
        .await
        .expect("the topic goes");
    let second = served.post(&path, &position()).await.json();
    assert_eq!(second["seq"], 1);
    assert_ne!(first["epoch"], second["epoch"]);
    served.stop().await;
}

// ------------------------------------------------------------------------ what a contract has --

#[tokio::test]
async fn requests_that_nobody_handles_answer_not_implemented() {
    for (spec, wire_type) in [(VEHICLES, "routes.plan"), (SCOREBOARD, "fixtures.list")] {
        let served = Served::start(Some(spec), &[]).await;
        let right = &served.contract.examples(wire_type)[0]["payload"];
        let path = format!("/ops/{wire_type}");
        let answer = served.post(&path, right).await;
        assert_eq!(answer.refusal(), (501, "not_implemented".to_owned()));
        assert_eq!(answer.json()["request_type"], wire_type);
        // It is checked first: nonsense is nonsense whether or not somebody would answer.
        assert_eq!(served.post(&path, &json!({"what": 1})).await.status, 422);
        let mut socket = served.connect("/ws").await;
        let answer = socket.ask(wire_type, right).await;
        assert_eq!(
            (&answer["type"], &answer["payload"]["code"]),
            (&json!("error"), &json!("not_implemented"))
        );
        assert_eq!(answer["payload"]["request_type"], wire_type);
        let answer = socket.ask(wire_type, &json!({"what": 1})).await;
        assert_eq!(answer["payload"]["code"], "invalid_frame");
        served.stop().await;
    }
}

#[tokio::test]
async fn only_the_session_messages_that_the_document_defines_exist() {
    let requests = [
        ("ping", "pong", json!({})),
        ("get_status", "status_response", json!({})),
        (
            "subscribe",
            "subscription_confirmed",
            json!({"topics": ["nonsense"]}),
        ),
        (
            "unsubscribe",
            "unsubscription_confirmed",
            json!({"topics": ["nonsense"]}),
        ),
    ];
    for spec in [Some(VEHICLES), Some(SCOREBOARD), None] {
        let served = Served::start(spec, &[]).await;
        let defines = |wire_type| served.contract.defines(wire_type);
        assert!(defines("error"));
        let mut socket = served.connect("/ws").await;
        for (request, answer, payload) in &requests {
            let answered = socket.ask(request, payload).await;
            if defines(request) {
                assert_eq!(answered["type"], *answer, "{spec:?}");
            } else {
                assert_eq!(
                    answered["payload"]["code"], "unknown_type",
                    "{spec:?} {request}"
                );
                let over_http = served.post(&format!("/ops/{request}"), payload).await;
                assert_eq!(over_http.refusal(), (404, "unknown_type".to_owned()));
            }
        }
        let welcomed = socket.kept() == ["welcome"];
        assert_eq!(
            welcomed,
            defines("welcome"),
            "{spec:?}: {:?}",
            socket.kept()
        );
        served.begin_to_stop();
        assert_eq!(socket.close_code().await, 1012);
        let said_goodbye = socket.kept().contains(&"shutdown");
        assert_eq!(
            said_goodbye,
            defines("shutdown"),
            "{spec:?}: {:?}",
            socket.kept()
        );
        served.stop().await;
    }
}

#[tokio::test]
async fn the_documents_are_those_of_the_served_contract() {
    for spec in [Some(VEHICLES), Some(SCOREBOARD), None] {
        let served = Served::start(spec, &[]).await;
        let contract = &served.contract.contract;
        let yaml = served.get("/ws/asyncapi.yaml").await;
        assert_eq!(
            yaml.body,
            text_of(spec).into_bytes(),
            "{spec:?}: byte for byte"
        );
        assert_eq!(
            served.get("/ws/asyncapi.json").await.json(),
            contract.document
        );
        assert_eq!(
            served.get("/ws/schemas.json").await.json(),
            contract.schemas_document()
        );
        // The page shows whatever /ws/asyncapi.json says.
        assert_eq!(served.get("/ws/asyncapi").await.status, 200);
        // The dashboard shows one contract only; for others the page is its place.
        let root = served.get("/").await;
        assert_eq!(
            root.status,
            if spec.is_none() { 200 } else { 307 },
            "{spec:?}"
        );
        served.stop().await;
    }
}

/// Not a list of what each contract can do, but one loop that none of them gets around.
#[tokio::test]
async fn every_request_of_every_contract_is_answered_as_its_operation_declares() {
    for (spec, arguments) in [
        (Some(VEHICLES), &[][..]),
        (Some(SCOREBOARD), &[]),
        (None, &["--modules=none"]),
        (None, &["--modules=datafeed"]),
    ] {
        let served = Served::start(spec, arguments).await;
        let contract = &served.contract.contract;
        let mut socket = served.connect("/ws").await;
        let mut asked = 0;
        for operation in &contract.operations {
            let Some(reply) = &operation.reply else {
                continue;
            };
            // The tokens of examples are nobody's; those of tests/server/auth are somebody's.
            if ["auth", "auth.refresh"].contains(&&*operation.name) {
                continue;
            }
            let family = match operation.kind {
                OperationKind::Subscribe(family) | OperationKind::Unsubscribe(family) => {
                    Some(&contract.families[family])
                }
                _ => None,
            };
            let implemented = match (operation.kind, family) {
                (OperationKind::Request, _) => {
                    served.server.services.handlers.answers(&operation.name)
                }
                (OperationKind::Subscribe(_), Some(family)) => {
                    family.source == Source::Publish || arguments == ["--modules=datafeed"]
                }
                _ => true,
            };
            for example in served.contract.examples(&operation.name) {
                asked += 1;
                // `ask` holds the answer against the served document, whichever it is.
                let answer = socket.ask(&operation.name, &example["payload"]).await;
                let over_http = served
                    .post(&format!("/ops/{}", operation.name), &example["payload"])
                    .await;
                if implemented {
                    assert_eq!(answer["type"], **reply, "{spec:?} {arguments:?}: {answer}");
                } else {
                    assert_eq!(
                        answer["payload"]["code"], "not_implemented",
                        "{spec:?} {arguments:?}: {answer}"
                    );
                }
                let needs_connection =
                    !(operation.kind == OperationKind::Request || operation.name == "ping");
                let expected = match (needs_connection, implemented) {
                    (true, _) => (400, "connection_required"),
                    (false, false) => (501, "not_implemented"),
                    (false, true) => {
                        served.contract.payload(reply, &over_http.json());
                        assert_eq!(over_http.status, 200, "{}", operation.name);
                        continue;
                    }
                };
                assert_eq!(
                    over_http.refusal(),
                    (expected.0, expected.1.to_owned()),
                    "{}",
                    operation.name
                );
            }
        }
        assert!(asked >= 8, "{spec:?}: only {asked} requests");
        served.stop().await;
    }
}

// ------------------------------------------------------------------------------------ starting --

/// Why a server does not start, as the command line would print it.
async fn refusal(arguments: &[&str]) -> String {
    match start(arguments).await {
        Ok(_) => panic!("it started with {arguments:?}"),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn modules_go_with_the_built_in_contract_only() {
    let spec = format!("--spec={}", file(VEHICLES).display());
    let error = refusal(&[&spec, "--modules=datafeed"]).await;
    assert!(error.contains("--spec or --modules, not both"), "{error}");
    assert!(start(&[&spec, "--modules=none"]).await.is_ok());
}

#[tokio::test]
async fn a_broken_contract_is_not_served_and_every_problem_is_named() {
    let text = text_of(Some(VEHICLES));
    let broken = text
        .replace("replay: 10}", "replay: -1}")
        .replace("maximum: 359", "maximum: -1")
        .replace("distance_m: 44310", "distance_m: far");
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("broken.yaml");
    std::fs::write(&path, &broken).expect("a file");
    let error = refusal(&[&format!("--spec={}", path.display())]).await;
    let line = |needle: &str| {
        1 + broken
            .lines()
            .position(|line| line.contains(needle))
            .expect("the mistake")
    };
    assert_eq!(error.lines().count(), 4, "{error}");
    for needle in ["replay: -1}", "distance_m: far"] {
        let place = format!("({}:", line(needle));
        assert!(
            error
                .lines()
                .any(|problem| problem.contains("broken.yaml: ") && problem.contains(&place)),
            "{place} in\n{error}"
        );
    }
    assert!(
        error.ends_with("not served, since the contract has the problems above"),
        "{error}"
    );
}

#[tokio::test]
async fn a_document_that_is_not_there_or_is_no_text_is_refused() {
    let error = refusal(&["--spec=no/such/file.yaml"]).await;
    assert_eq!(error, "cannot read no/such/file.yaml");
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("binary.yaml");
    std::fs::write(&path, b"\xff\xfe\x00").expect("a file");
    assert!(
        refusal(&[&format!("--spec={}", path.display())])
            .await
            .starts_with("cannot read ")
    );
}
