use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;
use tickwire_spec::Contract;

use super::*;

const CONTRACTS: [&str; 3] = [
    include_str!("../../../asyncapi.yaml"),
    include_str!("../../../examples/vehicles.yaml"),
    include_str!("../../../examples/scoreboard.yaml"),
];

fn contract(text: &str) -> Contract {
    tickwire_spec::load("a contract", text).unwrap_or_else(|report| panic!("{report}"))
}

/// Variations of a value of the schema `name`, each held against it.
fn vary(contract: &Contract, name: &str, value: &Value, seed: u64, steps: usize) -> Vec<Value> {
    let shape = Shape::named(contract, name).unwrap();
    let validator = tickwire_spec::validator(&contract.payload_schema(name).unwrap()).unwrap();
    assert!(validator.is_valid(value), "the example itself: {value}");
    let mut moves = Moves::default();
    moves.add(value, shape);
    let mut random = Random::new(seed, name);
    let step = |number: usize| {
        moves.step(&mut random);
        let later = Later {
            by: number as i64 * 250,
            key: Some(("/time", number as i64 * 60_000)),
        };
        let varied = moves.apply(value, shape, later);
        let errors: Vec<String> = validator
            .iter_errors(&varied)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?} in {varied}, of {value}");
        varied
    };
    (1..=steps).map(step).collect()
}

#[test]
fn variations_of_all_examples_of_the_contracts_satisfy_their_schemas() {
    let mut moved = BTreeSet::new();
    for text in CONTRACTS {
        let contract = contract(text);
        for message in &contract.messages {
            for example in &message.examples {
                for seed in 0..20 {
                    let all = vary(&contract, &message.frame, &example.frame, seed, 50);
                    if all.iter().any(|varied| *varied != example.frame) {
                        moved.insert(message.name.clone());
                    }
                }
            }
        }
    }
    for wire_type in [
        "bars.update",
        "vehicle.update",
        "match_events.update",
        "standings.update",
    ] {
        assert!(moved.contains(wire_type), "{wire_type} stands still");
    }
}

#[test]
fn what_an_example_orders_stays_in_order() {
    let contract = contract(CONTRACTS[0]);
    let bar = json!({"symbol": "A", "resolution": "1", "time": 1_230_906_600_000_i64, "open": 85.88,
        "high": 86.02, "low": 85.81, "close": 85.97, "volume": 118_200, "closed": false});
    let price = |bar: &Value, name: &str| bar[name].as_f64().unwrap();
    for varied in vary(&contract, "BarUpdate", &bar, 1, 500) {
        let [low, high] = ["low", "high"].map(|name| price(&varied, name));
        for name in ["open", "close"] {
            assert!(
                low <= price(&varied, name) && price(&varied, name) <= high,
                "{varied}"
            );
        }
        let decimals = varied["close"].to_string();
        assert!(
            decimals
                .split_once('.')
                .is_none_or(|(_, end)| end.len() <= 2),
            "{decimals}"
        );
        assert!(
            varied["volume"].is_i64() && varied["volume"] != 0,
            "{varied}"
        );
        assert_eq!(
            (&varied["symbol"], varied.as_object().unwrap().len()),
            (&bar["symbol"], 9)
        );
    }
}

#[test]
fn times_go_on_enums_turn_and_texts_stay() {
    let contract = contract(CONTRACTS[2]);
    let event = json!({"league": "premier", "match": {"id": "019a2f6e-7c1a-7b3e-9d55-0a4c1f2e6b77",
        "home": "Northtown", "away": "Southport"}, "minute": 45, "kind": "goal",
        "score": {"home": 1, "away": 0}, "occurred_at": "2026-11-02T14:47:31.250Z"});
    let all = vary(&contract, "MatchEvent", &event, 3, 100);
    assert_eq!(all[0]["occurred_at"], "2026-11-02T14:47:31.500Z");
    assert_eq!(all[99]["occurred_at"], "2026-11-02T14:47:56.250Z");
    let kinds: Vec<&str> = all
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    let order = [
        "kick_off", "goal", "try", "red-card", "2nd_half", "90+", "end",
    ];
    let place = |kind: &str| order.iter().position(|other| *other == kind).unwrap();
    for two in kinds.windows(2) {
        let turns = (place(two[1]) + order.len() - place(two[0])) % order.len();
        assert!(turns <= 1, "{two:?}");
    }
    assert_eq!(kinds.iter().collect::<BTreeSet<_>>().len(), order.len());
    for varied in &all {
        assert_eq!(varied["match"], event["match"]);
        assert_eq!(varied["score"]["away"], 0, "none stays none");
    }
}

#[test]
fn times_keep_their_unit_and_the_key_has_its_own_step() {
    let mut contract = contract(CONTRACTS[0]);
    // It is for milliseconds only.
    let time = contract.schemas.get_mut("UnixMillis").unwrap();
    time.as_object_mut().unwrap().remove("maximum");
    let shape = Shape::named(&contract, "TradeUpdate").unwrap();
    // A count of seconds, milliseconds, microseconds, nanoseconds, and 1500 ms later.
    let rows: [(i64, i64); 5] = [
        (1_230_906_600, 1_230_906_601),
        (1_230_906_600_000, 1_230_906_601_500),
        (1_230_906_600_000_000, 1_230_906_601_500_000),
        (1_230_906_600_000_000_000, 1_230_906_601_500_000_000),
        // Not since 1970, so an integer like any other.
        (90_000_000, 90_000_000),
    ];
    for (time, expected) in rows {
        let trade = json!({"symbol": "A", "time": time, "price": 1.5, "size": 1, "side": "buy"});
        let key = Later {
            by: 7,
            key: Some(("/time", 1_500)),
        };
        for later in [
            Later {
                by: 1_500,
                key: None,
            },
            key,
        ] {
            let varied = Moves::default().apply(&trade, shape, later);
            assert_eq!(varied["time"], expected);
        }
    }
}

// ------------------------------------------------------------------------------ any schema at all --

/// A scalar's schema, and some values that satisfy it.
#[derive(Debug, Clone)]
struct Scalar(Value, Vec<Value>);

/// A schema with a value.
#[derive(Debug, Clone)]
enum Node {
    Scalar(Scalar),
    /// A list of scalars.
    List(Scalar),
    /// A list of objects of the same schema.
    Rows(Vec<Scalar>),
    Object(Vec<Node>),
}

const VALUES: usize = 4;

fn integers() -> impl Strategy<Value = Scalar> {
    let formats = prop::sample::select(vec![
        ("int32", i64::from(i32::MIN), i64::from(i32::MAX)),
        ("int64", i64::MIN, i64::MAX),
        ("uint32", 0, i64::from(u32::MAX)),
        ("uint64", 0, i64::MAX),
    ]);
    let values = prop_oneof![
        prop::collection::vec(-20_i64..20, VALUES),
        prop::collection::vec(prop::sample::select(vec![0, 100, 2_500, 1_000_000]), VALUES),
        prop::collection::vec(any::<i64>(), VALUES),
        prop::collection::vec(1_500_000_000_000_i64..1_900_000_000_000, VALUES),
    ];
    (formats, values, any::<[bool; 4]>(), 0..5_i64).prop_map(
        |((format, least, most), values, has, room)| {
            let values: Vec<i64> = values
                .iter()
                .map(|value| *value.clamp(&least, &most))
                .collect();
            let mut schema = json!({"type": "integer", "format": format});
            let low = values.iter().min().unwrap().saturating_sub(room);
            let high = values.iter().max().unwrap().saturating_add(room);
            bound(&mut schema, has, low.into(), high.into());
            Scalar(schema, values.into_iter().map(Value::from).collect())
        },
    )
}

fn numbers() -> impl Strategy<Value = Scalar> {
    let decimals =
        prop::collection::vec((-2_000_000_i64..2_000_000, 0..7_i32), VALUES).prop_map(|all| {
            all.iter()
                .map(|(n, places)| *n as f64 / 10_f64.powi(*places))
                .collect::<Vec<_>>()
        });
    let any_at_all = prop::collection::vec(prop::num::f64::NORMAL | prop::num::f64::ZERO, VALUES);
    (prop_oneof![decimals, any_at_all], any::<[bool; 4]>()).prop_map(|(values, has)| {
        let mut schema = json!({"type": "number"});
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        bound(&mut schema, has, low.into(), high.into());
        Scalar(schema, values.into_iter().map(Value::from).collect())
    })
}

/// Gives a schema bounds that its values satisfy; an exclusive one is a little farther.
fn bound(schema: &mut Value, [least, most, open, shut]: [bool; 4], low: Value, high: Value) {
    let farther = |value: &Value, by: i64| match value.as_i64() {
        Some(value) => Value::from(value.saturating_add(by)),
        None => Value::from(
            value.as_f64().unwrap() + value.as_f64().unwrap().abs() * 0.01 * by as f64 + by as f64,
        ),
    };
    match (least, open) {
        (true, false) => schema["minimum"] = low,
        (true, true) if farther(&low, -1) != low => schema["exclusiveMinimum"] = farther(&low, -1),
        _ => {}
    }
    match (most, shut) {
        (true, false) => schema["maximum"] = high,
        (true, true) if farther(&high, 1) != high => schema["exclusiveMaximum"] = farther(&high, 1),
        _ => {}
    }
}

fn texts() -> impl Strategy<Value = Scalar> {
    let words = ["buy", "sell", "hold", "90+", "a b"];
    let enums = (
        1..=words.len(),
        prop::collection::vec(0..words.len(), VALUES),
    )
        .prop_map(move |(count, picks)| {
            let values = picks
                .iter()
                .map(|pick| words[pick % count].into())
                .collect();
            Scalar(json!({"type": "string", "enum": words[..count]}), values)
        });
    let times =
        prop::collection::vec(-60_000_000_000_i64..253_402_300_799, VALUES).prop_map(|times| {
            let texts = times.iter().map(|time| {
                let time = chrono::DateTime::from_timestamp(*time, 0).unwrap();
                time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
                    .into()
            });
            Scalar(
                json!({"type": "string", "format": "date-time"}),
                texts.collect(),
            )
        });
    let patterned = prop::collection::vec("[A-Z][0-9]{1,3}", VALUES).prop_map(|texts| {
        let values = texts.into_iter().map(Value::from).collect();
        Scalar(
            json!({"type": "string", "pattern": "^[A-Z][0-9]{1,3}$", "maxLength": 4}),
            values,
        )
    });
    prop_oneof![enums, times, patterned]
}

fn scalars_of_any_kind() -> impl Strategy<Value = Scalar> {
    let flags = prop::collection::vec(any::<bool>(), VALUES).prop_map(|flags| {
        let values = flags.into_iter().map(Value::from).collect();
        Scalar(json!({"type": "boolean"}), values)
    });
    prop_oneof![integers(), numbers(), texts(), flags]
}

fn nodes() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        scalars_of_any_kind().prop_map(Node::Scalar),
        scalars_of_any_kind().prop_map(Node::List),
        prop::collection::vec(scalars_of_any_kind(), 1..3).prop_map(Node::Rows),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop::collection::vec(inner, 1..5).prop_map(Node::Object)
    })
}

/// Puts the schemas of a node into the contract; a reference to its own, and its value.
fn build(node: &Node, contract: &mut Contract) -> (Value, Value) {
    let named = |schema: Value, contract: &mut Contract| {
        // Some are called as times are.
        let number = contract.schemas.len();
        let name = format!(
            "{}{number}",
            if number.is_multiple_of(3) {
                "Time"
            } else {
                "Part"
            }
        );
        contract.schemas.insert(name.clone(), schema);
        json!({"$ref": format!("#/components/schemas/{name}")})
    };
    let object = |properties: Value| {
        let required: Vec<String> = properties.as_object().unwrap().keys().cloned().collect();
        json!({"type": "object", "additionalProperties": false, "properties": properties, "required": required})
    };
    let list = |items: Value, values: &[Value]| {
        let unique = (1..values.len()).all(|n| !values[..n].contains(&values[n]));
        json!({"type": "array", "items": items, "maxItems": values.len(), "minItems": values.len(),
            "uniqueItems": unique})
    };
    match node {
        Node::Scalar(Scalar(schema, values)) => {
            (named(schema.clone(), contract), values[0].clone())
        }
        Node::List(Scalar(schema, values)) => {
            let items = named(schema.clone(), contract);
            (list(items, values), values.clone().into())
        }
        Node::Rows(columns) => {
            let names = columns
                .iter()
                .map(|Scalar(schema, _)| named(schema.clone(), contract));
            let properties = names
                .enumerate()
                .map(|(n, name)| (format!("m{n}"), name))
                .collect();
            let items = named(object(properties), contract);
            let row = |at: usize| -> Value {
                let values = columns.iter().enumerate();
                values
                    .map(|(n, Scalar(_, values))| (format!("m{n}"), values[at].clone()))
                    .collect()
            };
            let rows: Vec<Value> = (0..VALUES).map(row).collect();
            (list(items, &rows), rows.into())
        }
        Node::Object(members) => {
            let built: Vec<_> = members
                .iter()
                .map(|member| build(member, contract))
                .collect();
            let part = |value: &dyn Fn(&(Value, Value)) -> Value| -> Value {
                built
                    .iter()
                    .enumerate()
                    .map(|(n, both)| (format!("m{n}"), value(both)))
                    .collect()
            };
            let schema = named(object(part(&|both| both.0.clone())), contract);
            (schema, part(&|both| both.1.clone()))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn variations_satisfy_any_schema_that_the_example_satisfies(node in nodes(), seed: u64) {
        static BASE: std::sync::LazyLock<Contract> = std::sync::LazyLock::new(|| contract(CONTRACTS[1]));
        let mut contract = BASE.clone();
        contract.schemas.clear();
        let (reference, value) = build(&Node::Object(vec![node]), &mut contract);
        let root = reference["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
        vary(&contract, root, &value, seed, 40);
    }
}
