//! Whatever the text, the check answers: it never panics, and never takes long.

use proptest::prelude::*;
use tickwire_spec::{Pattern, Segment, load};

const BASE: &str = include_str!("fixtures/base.yaml");

/// Fragments that mean something to YAML, AsyncAPI or JSON Schema, in places where they should
/// not be.
const FRAGMENTS: [&str; 28] = [
    "",
    "null",
    "~",
    "[]",
    "{}",
    "0",
    "-1",
    "1e400",
    ".nan",
    "'",
    "\"",
    "- ",
    ": ",
    "&a ",
    "*a",
    "<<: *a",
    "!!str ",
    "|",
    "{$ref: '#/'}",
    "{$ref: '#/components/schemas/Reading'}",
    "{$ref: '#/components/messages/ping'}",
    "$ref",
    "#/channels/readings",
    "\t",
    "---\n",
    "^(a|b){1,3}[",
    "receive",
    "\u{feff}",
];

/// A change of the base: a line, what to do with it, and a fragment.
#[derive(Debug, Clone)]
enum Edit {
    Remove(usize),
    Repeat(usize),
    Swap(usize, usize),
    Replace(usize, usize),
    AfterColon(usize, usize),
    Indent(usize),
    Cut(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let line = || 0..BASE.lines().count();
    let fragment = || 0..FRAGMENTS.len();
    prop_oneof![
        line().prop_map(Edit::Remove),
        line().prop_map(Edit::Repeat),
        (line(), line()).prop_map(|(a, b)| Edit::Swap(a, b)),
        (line(), fragment()).prop_map(|(line, fragment)| Edit::Replace(line, fragment)),
        (line(), fragment()).prop_map(|(line, fragment)| Edit::AfterColon(line, fragment)),
        line().prop_map(Edit::Indent),
        line().prop_map(Edit::Cut),
    ]
}

fn edited(edits: &[Edit]) -> String {
    let mut lines: Vec<String> = BASE.lines().map(str::to_owned).collect();
    for edit in edits {
        let count = lines.len();
        if count == 0 {
            break;
        }
        match *edit {
            Edit::Remove(line) => drop(lines.remove(line % count)),
            Edit::Repeat(line) => lines.insert(line % count, lines[line % count].clone()),
            Edit::Swap(a, b) => lines.swap(a % count, b % count),
            Edit::Replace(line, fragment) => {
                let indent = lines[line % count].len() - lines[line % count].trim_start().len();
                lines[line % count] = format!("{}{}", " ".repeat(indent), FRAGMENTS[fragment]);
            }
            Edit::AfterColon(line, fragment) => {
                let line = &mut lines[line % count];
                if let Some(colon) = line.find(": ") {
                    line.truncate(colon + 2);
                    line.push_str(FRAGMENTS[fragment]);
                }
            }
            Edit::Indent(line) => lines[line % count].insert_str(0, "  "),
            Edit::Cut(line) => {
                let line = &mut lines[line % count];
                let middle = line.char_indices().nth(line.chars().count() / 2);
                line.truncate(middle.map_or(0, |(index, _)| index));
            }
        }
    }
    lines.join("\n")
}

/// Every diagnostic has a place in the text; a contract is only given without any.
fn answers(text: &str) {
    match load("x", text) {
        Ok(contract) => assert_eq!(contract.source, text),
        Err(report) => {
            assert!(!report.diagnostics.is_empty());
            for diagnostic in &report.diagnostics {
                assert!(
                    diagnostic.line >= 1 && diagnostic.column >= 1,
                    "{diagnostic}"
                );
                assert_ne!(diagnostic.rule, "unresolved", "{diagnostic}\n{text}");
                assert_eq!(diagnostic.to_string().lines().count(), 1, "{diagnostic:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        answers(&text);
    }

    #[test]
    fn any_yaml_like_text_is_answered(parts in prop::collection::vec(
        prop_oneof![Just("\n"), Just("  "), prop::sample::select(FRAGMENTS.to_vec())], 0..60,
    )) {
        answers(&parts.concat());
        answers(&format!("asyncapi: 3.0.0\ncomponents:\n  schemas:\n{}", parts.concat()));
    }

    #[test]
    fn any_change_of_a_contract_is_answered(edits in prop::collection::vec(edit(), 1..6)) {
        answers(&edited(&edits));
    }

    #[test]
    fn format_and_matches_are_inverse(
        literals in prop::collection::vec("[a-z0-9._-]{1,6}", 1..4),
        values in prop::collection::vec("[^:]{1,8}", 0..4),
    ) {
        let mut segments: Vec<Segment> = literals.into_iter().map(Segment::Literal).collect();
        segments.extend((0..values.len()).map(|n| Segment::Parameter(format!("p{n}"))));
        let pattern = Pattern { segments };
        let topic = pattern.format(&values).expect("values without a colon");
        prop_assert_eq!(pattern.matches(&topic).expect("its own topic"), values);
        prop_assert_eq!(Pattern::parse(&pattern.to_string()), Ok(pattern));
    }

    #[test]
    fn a_topic_has_one_reading(topic in "[a-c:]{0,8}") {
        let pattern = Pattern::parse("a:{x}:b:{y}").expect("valid");
        if let Some(values) = pattern.matches(&topic) {
            prop_assert_eq!(pattern.format(&values), Some(topic.clone()));
        }
    }
}

/// Texts that have hurt YAML parsers.
#[test]
fn hostile_texts_are_answered_quickly() {
    let bomb = (0..30).fold("a0: &a0 x\n".to_owned(), |text, n| {
        let next = n + 1;
        text + &format!("a{next}: &a{next} [*a{n}, *a{n}, *a{n}, *a{n}, *a{n}, *a{n}]\n")
    });
    let deep_merge = (0..200).fold("a0: &a0 {k0: x}\n".to_owned(), |text, n| {
        let next = n + 1;
        text + &format!("a{next}: &a{next} {{<<: *a{n}, k{next}: x}}\n")
    });
    let indented: String = (0..2000)
        .map(|n| format!("{}a:\n", " ".repeat(n)))
        .collect();
    let chain: String = (0..300)
        .map(|n| {
            format!(
                "    S{n}: {{$ref: '#/components/schemas/S{}'}}\n",
                (n + 1) % 300
            )
        })
        .collect();
    for text in [
        bomb,
        deep_merge,
        indented,
        "[".repeat(100_000),
        "{".repeat(100_000),
        "- ".repeat(50_000),
        "? ".repeat(50_000),
        "a: *a".to_owned(),
        "a: &a [*a]".to_owned(),
        "? [a, b]\n: c".to_owned(),
        "? *a\n: c".to_owned(),
        "%YAML 9.9\n---\na".to_owned(),
        "\"\\ud800\"".to_owned(),
        "a: \"\\x\"".to_owned(),
        format!("asyncapi: 3.0.0\ncomponents:\n  schemas:\n{chain}"),
        "asyncapi: 3.0.0\ncomponents: &c\n  schemas: {<<: [1, 2]}\n".to_owned(),
        "x".repeat(5 << 20),
    ] {
        answers(&text);
    }
}

/// The tree agrees with a second YAML parser, merge keys and anchors included.
#[test]
fn values_agree_with_another_parser() {
    for text in [BASE, include_str!("../../../asyncapi.yaml")] {
        let contract = load("x", text).unwrap_or_else(|report| panic!("{report}"));
        let mut other: serde_yaml::Value = serde_yaml::from_str(text).expect("YAML");
        other.apply_merge().expect("merged");
        let other = serde_json::to_value(other).expect("JSON");
        assert_eq!(contract.document, other);
        let json: serde_json::Value = serde_json::from_str(&contract.json).expect("JSON");
        assert_eq!(json, other);
    }
}

#[test]
fn merge_keys_and_anchors_are_applied() {
    let text = BASE
        .replace(
            "    session: {name: session}",
            "    session: &session {name: session, description: a}",
        )
        .replace(
            "    weather: {name: weather}",
            "    weather: {<<: *session, name: weather}",
        );
    let contract = load("x", &text).unwrap_or_else(|report| panic!("{report}"));
    let weather = &contract.document["components"]["tags"]["weather"];
    assert_eq!(
        *weather,
        serde_json::json!({"name": "weather", "description": "a"})
    );
}
