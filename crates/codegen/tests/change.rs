//! What a change of the contract does to the generated code, and what is said when it can't be.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::json;
use tickwire_codegen::{GenerateError, generate};
use tickwire_spec::{Contract, Operation, Source};

fn real() -> Contract {
    tickwire_spec::load("asyncapi.yaml", include_str!("../../../asyncapi.yaml")).unwrap()
}

/// The real contract with a copy of `bars.history` under another key.
fn with_operation(change: impl FnOnce(&mut Operation)) -> Contract {
    let mut contract = real();
    let mut operation = contract.operation("bars.history").unwrap().clone();
    change(&mut operation);
    contract.operations.push(operation);
    contract
}

/// The lines of the item that begins so.
fn item<'c>(code: &'c str, beginning: &str) -> &'c str {
    let from = code
        .find(beginning)
        .unwrap_or_else(|| panic!("no {beginning}"));
    let len = code[from..].find("\n}\n").unwrap();
    &code[from..from + len]
}

#[test]
fn an_operation_becomes_a_method() {
    let before = generate(&real()).unwrap();
    assert!(!before.contains("bars_count"));
    let code = generate(&with_operation(|it| it.key = "barsCount".to_owned())).unwrap();
    assert!(item(&code, "pub trait Datafeed").contains("fn bars_count("));
    assert!(item(&code, "pub fn mount_datafeed").contains("::bars_count("));
    assert!(code.contains(r#"key: "barsCount""#), "a row of the table");
}

#[test]
fn a_new_tag_becomes_a_trait() {
    let contract = with_operation(|it| {
        it.key = "barsCount".to_owned();
        it.tags = vec!["back-office".to_owned(), "datafeed".to_owned()];
    });
    let code = generate(&contract).unwrap();
    assert!(item(&code, "pub trait BackOffice").contains("fn bars_count("));
    assert!(
        !item(&code, "pub trait Datafeed").contains("bars_count"),
        "the first tag counts"
    );
    assert!(code.contains("pub fn mount_back_office<M: BackOffice>("));
}

#[test]
fn a_keyword_gets_an_underscore() {
    let code = generate(&with_operation(|it| it.key = "type".to_owned())).unwrap();
    assert!(item(&code, "pub trait Datafeed").contains("fn type_("));
}

#[test]
fn a_published_family_asks_for_no_source() {
    let mut contract = real();
    assert!(
        generate(&contract)
            .unwrap()
            .contains("TopicSource<topic::Quotes>")
    );
    contract
        .families
        .iter_mut()
        .for_each(|family| family.source = Source::Publish);
    let code = generate(&contract).unwrap();
    assert!(!code.contains("TopicSource"));
    assert!(
        code.contains("pub struct Quotes"),
        "its topics are still types"
    );
}

#[test]
fn session_operations_are_no_methods() {
    let code = generate(&real()).unwrap();
    assert!(!code.contains("fn ping(") && !code.contains("trait Session"));
    assert!(
        !code.contains("fn bars_subscribe("),
        "the session subscribes"
    );
}

#[test]
fn integers_keep_their_format() {
    let mut contract = real();
    for (format, expected) in [
        ("int32", "i32"),
        ("int64", "i64"),
        ("uint32", "u32"),
        ("uint64", "u64"),
    ] {
        let schema = json!({"type": "integer", "format": format, "minimum": 1, "maximum": 9});
        contract.schemas.insert("BarCount".to_owned(), schema);
        let code = generate(&contract).unwrap();
        assert!(
            code.contains(&format!("pub struct BarCount(pub {expected});")),
            "{format}"
        );
    }
}

#[test]
fn a_parameter_can_be_compared_whatever_its_format() {
    for (format, inner) in [
        ("uuid", "::uuid::Uuid"),
        ("date", "::chrono::naive::NaiveDate"),
        ("ipv4", "::std::net::Ipv4Addr"),
    ] {
        let mut contract = real();
        let schema = json!({"type": "string", "format": format});
        contract.schemas.insert("TickerSymbol".to_owned(), schema);
        let code = generate(&contract).unwrap();
        let expected = format!(
            "    #[derive(Copy, Eq, Hash, Ord, PartialOrd)]\n    #[serde(transparent)]\n    \
             pub struct TickerSymbol(pub {inner});"
        );
        assert!(code.contains(&expected), "{format}");
    }
}

/// A contract that the check would have refused, and what is said of it all the same.
fn refused(change: impl FnOnce(&mut Contract)) -> String {
    let mut contract = real();
    change(&mut contract);
    generate(&contract).unwrap_err().to_string()
}

#[test]
fn errors_name_what_is_to_blame() {
    let dangling = json!({"$ref": "#/components/schemas/Nowhere"});
    for (found, expected) in [
        (
            refused(|it| it.operations.iter_mut().for_each(|it| it.tags.clear())),
            "operations/barsHistory: has no tag; its tag names the trait of its handler",
        ),
        (
            refused(|it| it.operations.iter_mut().for_each(|it| it.reply = None)),
            "operations/barsHistory: a request that a handler answers needs a reply",
        ),
        (
            refused(|it| it.messages.retain(|it| it.name != "bars.update")),
            "channels/bars: there is no message `bars.update`",
        ),
        (
            refused(|it| it.families[1].name = "Bars".to_owned()),
            "the family `bars` and the family `Bars` are both `Bars` in Rust; rename one",
        ),
        (
            refused(|it| {
                it.operations
                    .iter_mut()
                    .for_each(|it| it.tags = vec!["topic".into()])
            }),
            "the enum of all topics and the tag `topic` are both `Topic` in Rust; rename one",
        ),
        (
            refused(|it| {
                it.operations
                    .iter_mut()
                    .for_each(|it| it.key = "9".to_owned())
            }),
            "operations/9 cannot become a Rust identifier; begin it with an ASCII letter",
        ),
        (
            refused(|it| {
                drop(
                    it.schemas
                        .insert("PingFrameType".into(), json!({"type": "string"})),
                )
            }),
            "components/schemas/PingFrameType and a type that typify makes for a property are both \
             `PingFrameType` in Rust; rename one",
        ),
        (
            refused(|it| drop(it.schemas.remove("PingFrame"))),
            "components/schemas/PingFrame: no type came of it, but components/messages/ping needs one",
        ),
        (
            refused(|it| drop(it.schemas.insert("UnixMillis".into(), dangling))),
            "components/schemas/UnixMillis: typify cannot make a type of it: \
             $ref #/components/schemas/Nowhere is missing",
        ),
        (
            refused(|it| {
                drop(
                    it.schemas
                        .insert("UnixMillis".into(), json!({"type": "many"})),
                )
            }),
            "components/schemas/UnixMillis: typify cannot make a type of it: \
             data did not match any variant of untagged enum Schema",
        ),
        (
            refused(|it| {
                let schema = json!({"type": "string", "enum": ["a", "A"], "description": ""});
                drop(it.schemas.insert("UnixMillis".into(), schema))
            }),
            "components/schemas/UnixMillis: typify cannot make a type of it: \
             Failed to make unique variant names for [a,A]",
        ),
    ] {
        assert_eq!(found, expected);
    }
}

#[test]
fn the_smallest_failing_schema_is_named() {
    let mut contract = real();
    contract
        .schemas
        .insert("ClosedFlag".to_owned(), json!({"type": "many"}));
    let error = generate(&contract).unwrap_err();
    assert!(
        matches!(&error, GenerateError::Schema { schema, .. } if schema == "ClosedFlag"),
        "{error}"
    );
}
