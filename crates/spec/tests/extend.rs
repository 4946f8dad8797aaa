//! New topics and requests are added to the text of any contract, and nothing else changes.

use std::path::Path;

use tickwire_spec::diff::{Class, Reading, diff};
use tickwire_spec::extend::{
    ExtendError, Extension, Field, NewRequest, NewTopic, add_request, add_topic,
};
use tickwire_spec::{Contract, Delivery, Source, load};

const OURS: &str = include_str!("../../../asyncapi.yaml");
const VEHICLES: &str = include_str!("../../../examples/vehicles.yaml");
const SCOREBOARD: &str = include_str!("../../../examples/scoreboard.yaml");
const WEATHER: &str = include_str!("fixtures/base.yaml");

/// Each contract with a parameter that it has, and one of its modules.
const CONTRACTS: [(&str, &str, &str); 4] = [
    (OURS, "symbol", "datafeed"),
    (VEHICLES, "vehicle_id", "fleet"),
    (SCOREBOARD, "league", "scores"),
    (WEATHER, "unit", "weather"),
];

fn fields(texts: &[&str]) -> Vec<Field> {
    texts
        .iter()
        .map(|text| text.parse().expect("a field"))
        .collect()
}

fn topic(name: &str, parameters: &[&str]) -> NewTopic {
    NewTopic {
        name: name.to_owned(),
        parameters: fields(parameters),
        fields: Vec::new(),
        delivery: Delivery::Lossless,
        source: Source::Service,
        key: None,
        replay: 100,
        permissions: Vec::new(),
        owner: None,
        tag: None,
        summary: None,
    }
}

fn request(name: &str, request: &[&str], reply: &[&str]) -> NewRequest {
    NewRequest {
        name: name.to_owned(),
        request: fields(request),
        reply: fields(reply),
        permissions: Vec::new(),
        tag: None,
        summary: None,
    }
}

fn sound(text: &str) -> Contract {
    load("x", text).unwrap_or_else(|report| panic!("{report}"))
}

/// The old text is what is left without the lines that were added.
fn only_adds(old: &str, extension: &Extension) {
    let mut left: Vec<&str> = extension.text.split_inclusive('\n').collect();
    let mut shift = 0;
    for insertion in &extension.insertions {
        let added: Vec<&str> = insertion.text.split_inclusive('\n').collect();
        let begin = insertion.after;
        let removed: Vec<&str> = left.drain(begin..begin + added.len()).collect();
        assert_eq!(removed, added, "behind line {}", insertion.after);
        shift += added.len();
    }
    let left = left.concat();
    // A document without an end of its last line gets one when something comes behind it.
    assert_eq!(
        left.trim_end_matches(['\r', '\n']),
        old.trim_end_matches(['\r', '\n'])
    );
    assert!(shift > 0);
}

fn rules(old: &Contract, new: &Contract) -> Vec<(&'static str, Class)> {
    let changes = diff(&Reading::from(old), &Reading::from(new));
    changes
        .iter()
        .map(|change| (change.rule, change.class))
        .collect()
}

#[test]
fn a_family_of_each_kind_is_added_to_each_contract() {
    for (text, parameter, tag) in CONTRACTS {
        let old = sound(text);
        for delivery in [
            Delivery::Latest,
            Delivery::Window,
            Delivery::Lossless,
            Delivery::Delta,
        ] {
            for source in [Source::Service, Source::Publish] {
                let plan = NewTopic {
                    delivery,
                    source,
                    tag: Some(tag.to_owned()),
                    permissions: vec!["news:read".to_owned()],
                    owner: Some("desk".to_owned()),
                    key: Some("/desk".to_owned()),
                    ..topic("breaking.news", &[parameter, "desk"])
                };
                let extension =
                    add_topic("x", text, &plan).unwrap_or_else(|error| panic!("{error}"));
                only_adds(text, &extension);
                let contract = sound(&extension.text);
                assert_eq!(
                    rules(&old, &contract),
                    [("family-added", Class::Compatible)]
                );
                let family = contract.family("breaking.news").expect("the family");
                assert_eq!((family.delivery, family.source), (delivery, source));
                assert_eq!(
                    family.pattern.to_string(),
                    format!("breaking.news:{{{parameter}}}:{{desk}}")
                );
                assert_eq!(
                    family.messages.snapshot.is_some(),
                    delivery == Delivery::Delta
                );
                assert_eq!(
                    (family.tag.as_str(), family.owner.as_deref()),
                    (tag, Some("desk"))
                );
                assert_eq!(
                    (family.retention.replay, &*family.permissions),
                    (100, &["news:read".to_owned()][..])
                );
            }
        }
    }
}

#[test]
fn a_request_is_added_to_each_contract() {
    for (text, parameter, tag) in CONTRACTS {
        let plan = NewRequest {
            tag: Some(tag.to_owned()),
            permissions: vec!["news:read".to_owned()],
            ..request(
                "news.search",
                &[parameter, "query", "count?:ReplayCount"],
                &["headline", "older?:ReplayCount[]"],
            )
        };
        let extension = add_request("x", text, &plan).unwrap_or_else(|error| panic!("{error}"));
        only_adds(text, &extension);
        let contract = sound(&extension.text);
        assert_eq!(
            rules(&sound(text), &contract),
            [("operation-added", Class::Compatible)]
        );
        let operation = contract.operation("news.search").expect("the request");
        assert_eq!(operation.reply.as_deref(), Some("news.search.response"));
        assert_eq!(
            (&*operation.tags, &*operation.permissions),
            (&[tag.to_owned()][..], &["news:read".to_owned()][..])
        );
        let schema = &contract.schemas["NewsSearchRequest"];
        assert_eq!(schema["required"], serde_json::json!([parameter, "query"]));
    }
}

#[test]
fn what_is_written_is_as_in_the_snapshot() {
    let plan = NewTopic {
        fields: fields(&["speed:Temperature", "seen_by", "note?:ObserverNote"]),
        summary: Some("Sudden wind: how strong, and who says so.".to_owned()),
        key: Some("/speed".to_owned()),
        tag: Some("weather".to_owned()),
        delivery: Delivery::Latest,
        ..topic("gusts", &["station", "mast"])
    };
    let first = add_topic("x", WEATHER, &plan).unwrap_or_else(|error| panic!("{error}"));
    let plan = NewRequest {
        tag: Some("weather".to_owned()),
        ..request(
            "gusts.search",
            &["station", "above?:Temperature"],
            &["gusts:GustsState[]"],
        )
    };
    let second = add_request("x", &first.text, &plan).unwrap_or_else(|error| panic!("{error}"));
    let texts = |extension: &Extension| -> Vec<String> {
        extension
            .insertions
            .iter()
            .map(|insertion| insertion.text.clone())
            .collect()
    };
    let found = [texts(&first), texts(&second)].concat().join("# ---\n");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extend/gusts.yaml");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &found).expect("writable");
    }
    let expected =
        std::fs::read_to_string(&path).expect("BLESS=1 cargo test -p tickwire-spec --test extend");
    assert_eq!(
        found, expected,
        "BLESS=1 cargo test -p tickwire-spec --test extend"
    );
}

fn refusal(text: &str, plan: &NewTopic) -> String {
    match add_topic("x", text, plan) {
        Ok(_) => panic!("{plan:?} was added"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_does_not_go_is_refused_with_its_reason() {
    let tagged = |name: &str, parameters: &[&str]| NewTopic {
        tag: Some("datafeed".to_owned()),
        ..topic(name, parameters)
    };
    for (plan, expected) in [
        (
            tagged("bars", &["symbol"]),
            "there is a family of topics `bars` already",
        ),
        (
            tagged("News", &[]),
            "`News` is no name for a family of topics",
        ),
        (
            tagged("news:x", &[]),
            "`news:x` is no name for a family of topics",
        ),
        (tagged("", &[]), "`` is no name for a family of topics"),
        (
            tagged("news..x", &[]),
            "`news..x` is no name for a family of topics",
        ),
        (tagged("match", &["symbol"]), "`match` is a keyword of Rust"),
        (
            tagged("news", &["symbol:HumanText"]),
            "the parameter `symbol` is a `TickerSymbol` in this document",
        ),
        (
            tagged("news", &["desk:Nothing"]),
            "there is no schema `Nothing`",
        ),
        (tagged("news", &["desk:BarCount"]), "`BarCount` is none"),
        (
            tagged("news", &["desk:HumanText"]),
            "can't be a part of a topic",
        ),
        (
            tagged("news", &["desk?"]),
            "`desk` is one value that is always there",
        ),
        (
            tagged("news", &["symbol", "symbol"]),
            "would not pass the check",
        ),
        (
            NewTopic {
                owner: Some("desk".to_owned()),
                ..tagged("news", &["symbol"])
            },
            "`desk` is not a parameter of the topic",
        ),
        (
            NewTopic {
                key: Some("/nothing".to_owned()),
                ..tagged("news", &["symbol"])
            },
            "`/nothing` is not in the payload",
        ),
        (
            NewTopic {
                fields: fields(&["text:HumanTxt"]),
                ..tagged("news", &["symbol"])
            },
            "there is no schema `HumanTxt`: did you mean `HumanText`?",
        ),
    ] {
        let said = refusal(OURS, &plan);
        assert!(said.contains(expected), "{:?}: {said}", plan.name);
    }
    let unsound = OURS.replace("key: /time", "key: /tiem");
    let said = refusal(&unsound, &tagged("news", &["symbol"]));
    assert!(
        said.starts_with("the document has to pass the check before") && said.contains("/tiem"),
        "{said}"
    );
    let known = request("bars.history", &[], &[]);
    let error = add_request(
        "x",
        OURS,
        &NewRequest {
            tag: Some("datafeed".to_owned()),
            ..known
        },
    );
    let said = error.expect_err("it is there").to_string();
    assert!(
        said.contains("is already in `components/schemas`, at line "),
        "{said}"
    );
}

#[test]
fn the_only_module_need_not_be_named_and_a_new_one_is_defined() {
    let extension = add_topic("x", VEHICLES, &topic("news", &["fleet"]))
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        sound(&extension.text)
            .family("news")
            .map(|family| &*family.tag),
        Some("fleet")
    );
    let plan = NewTopic {
        tag: Some("press".to_owned()),
        ..topic("news", &["fleet"])
    };
    let extension = add_topic("x", VEHICLES, &plan).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        sound(&extension.text)
            .family("news")
            .map(|family| &*family.tag),
        Some("press")
    );
    let two = add_topic("x", &extension.text, &topic("more", &["fleet"]));
    let said = two.expect_err("there are two").to_string();
    assert_eq!(
        said,
        "say which module it belongs to, with a tag: there are `fleet`, `press`"
    );
}

/// The lines of `text` without the members of these names, wherever they are.
fn without(text: &str, remove: impl Fn(&str) -> bool) -> String {
    let mut kept = String::new();
    let mut below: Option<usize> = None;
    for line in text.lines() {
        let depth = line.len() - line.trim_start().len();
        if below.is_some_and(|outer| !line.is_empty() && depth <= outer) {
            below = None;
        }
        let key = line.trim_start().split(':').next().unwrap_or_default();
        if below.is_none() && remove(key.trim_start_matches("- {$ref")) {
            below = Some(depth);
        }
        if below.is_none() {
            kept += &format!("{line}\n");
        }
    }
    kept
}

#[test]
fn a_contract_without_families_gets_all_that_the_first_needs() {
    // Neither families, nor parameters, nor what they share.
    let family = |key: &str| {
        key.to_lowercase().starts_with("reading")
            || [
                "parameters",
                "Reading",
                "SubscribeResult",
                "UnsubscribeResult",
                "StreamPosition",
                "StreamEpoch",
                "SequenceNumber",
                "ReplayCount",
                "TopicName",
                "SubscriptionStatus",
                "UnsubscriptionStatus",
                "RecoveredFlag",
                "RecoveryFailure",
                "Temperature",
                "ObserverNote",
            ]
            .contains(&key)
    };
    let bare = without(WEATHER, family);
    sound(&bare);
    for delivery in [Delivery::Latest, Delivery::Delta] {
        let plan = NewTopic {
            delivery,
            tag: Some("weather".to_owned()),
            ..topic("gusts", &["station"])
        };
        let extension = add_topic("x", &bare, &plan).unwrap_or_else(|error| panic!("{error}"));
        only_adds(&bare, &extension);
        assert!(sound(&extension.text).family("gusts").is_some());
    }
}

#[test]
fn every_layout_is_kept_or_refused() {
    let plan = NewTopic {
        tag: Some("weather".to_owned()),
        ..topic("gusts", &["station"])
    };
    let note =
        "    ObserverNote: {type: string, description: What else was seen., maxLength: 100}\n";
    let last = WEATHER.trim_end();
    for (what, text) in [
        ("other ends of lines", WEATHER.replace('\n', "\r\n")),
        ("no end of the last line", last.to_owned()),
        ("a comment at the end", format!("{last}\n# The end.\n\n\n")),
        (
            "a comment behind a container",
            WEATHER.replace(
                "\ncomponents:\n",
                "\n  # Nothing else.\n\n# ----\ncomponents:\n",
            ),
        ),
        // The last lines of a text are no comment, whatever they look like.
        (
            "a text that ends like a comment",
            format!(
                "{}\n    ObserverNote:\n      type: string\n      maxLength: 100\n      description: |\n        A heading:\n\n        # Seen\n",
                last.replace(note, "")
            ),
        ),
        ("a wider indentation", {
            let lines = WEATHER.lines().map(|line| {
                let text = line.trim_start();
                format!("{}{text}\n", "  ".repeat(line.len() - text.len()))
            });
            lines.collect()
        }),
    ] {
        sound(&text);
        let extension =
            add_topic("x", &text, &plan).unwrap_or_else(|error| panic!("{what}: {error}"));
        only_adds(&text, &extension);
        assert_eq!(
            rules(&sound(&text), &sound(&extension.text)),
            [("family-added", Class::Compatible)],
            "{what}"
        );
        assert_eq!(
            extension.text.contains("\r\n"),
            text.contains("\r\n"),
            "{what}"
        );
        assert!(
            !extension.text.replace("\r\n", "").contains('\r')
                && (!text.contains('\r') || !extension.text.replace("\r\n", "").contains('\n')),
            "{what}"
        );
    }
    let braces = serde_json::to_string(&sound(WEATHER).document).expect("JSON");
    let said = refusal(&braces, &plan);
    assert!(said.contains("is written in braces"), "{said}");
    assert!(matches!(
        add_topic("x", &braces, &plan),
        Err(ExtendError::Refused(_))
    ));
}
