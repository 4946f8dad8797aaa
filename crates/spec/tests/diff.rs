//! Pairs of contracts, each with exactly the changes that are found between them.
//!
//! A file in `diff/` is named after a rule. Its cases edit `base.yaml` as those of the check do
//! (`fixtures.rs`), and are compared with it; where the title begins with `back:`, the edited
//! contract is the old one. What is expected is a `!` line each:
//!
//! ```text
//! ! breaking field-removed components/schemas/Reading/properties/note (466:7, received): the field `note` is gone
//! ```
//!
//! `BLESS=1 cargo test -p tickwire-spec --test diff` writes what was found instead: read the diff
//! before you keep it.

mod fixture;

use std::sync::LazyLock;

use fixture::Case;
use proptest::prelude::*;
use tickwire_spec::diff::{Change, Reading, diff, rule};

const BASE: &str = include_str!("diff/base.yaml");
static BASE_READ: LazyLock<Reading> = LazyLock::new(|| read("base.yaml", BASE));

fn read(title: &str, text: &str) -> Reading {
    Reading::read(title, text).unwrap_or_else(|report| panic!("{title}:\n{report}"))
}

fn line(change: &Change) -> String {
    let Change {
        rule,
        class,
        way,
        path,
        line,
        column,
        sentence,
        ..
    } = change;
    let way = way.map_or(String::new(), |way| format!(", {}", way.as_str()));
    let class = class.as_str();
    format!("{class} {rule} {path} ({line}:{column}{way}): {sentence}")
}

fn changes(case: &Case) -> Vec<String> {
    let edited = read(&case.title, &fixture::edited(BASE, case));
    let found = if case.title.starts_with("back: ") {
        diff(&edited, &BASE_READ)
    } else {
        diff(&BASE_READ, &edited)
    };
    found.iter().map(line).collect()
}

#[test]
fn every_fixture_gives_its_changes() {
    fixture::check("diff", changes);
}

#[test]
fn every_rule_has_a_fixture_of_its_name_for_each_class() {
    let mut missing = Vec::new();
    for rule in rule::ALL {
        for class in [rule.sent, rule.received] {
            let begin = format!("{} {} ", class.as_str(), rule.id);
            let covered = fixture::covered("diff", |line, name| {
                name == rule.id && line.starts_with(&begin)
            });
            if covered.is_empty() {
                missing.push(begin);
            }
        }
    }
    assert!(missing.is_empty(), "no fixture for {missing:#?}");
}

/// The block that begins at each line: the line, and what is indented deeper below it.
fn without_block(text: &str, number: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
    let below = lines[number + 1..]
        .iter()
        .take_while(|line| depth(line) > depth(lines[number]));
    let end = number + 1 + below.count();
    [&lines[..number], &lines[end..]].concat().join("\n")
}

#[test]
fn nothing_is_removed_in_silence() {
    let mut compared = 0;
    let mut silent = Vec::new();
    for number in 0..BASE.lines().count() {
        let Ok(shorter) = Reading::read("x", &without_block(BASE, number)) else {
            continue;
        };
        compared += 1;
        if diff(&BASE_READ, &shorter).is_empty() || diff(&shorter, &BASE_READ).is_empty() {
            silent.push(BASE.lines().nth(number).unwrap_or_default());
        }
    }
    // What is left says the same without it: the enum of a parameter stands in its schema.
    silent.retain(|line| !line.is_empty() && !line.starts_with('#'));
    let same = [
        "      permissions: []",
        "      enum: [celsius, kelvin]",
        "      properties: {}",
    ];
    assert_eq!(silent, same);
    assert!(compared > 100, "{compared}");
}

/// Puts what one line says behind its colon into other lines with the same key.
fn swapped(swaps: &[(usize, usize)]) -> String {
    let mut lines: Vec<String> = BASE.lines().map(str::to_owned).collect();
    for (from, to) in swaps {
        let key = |line: &str| {
            line.trim_start()
                .split_once(':')
                .map(|(key, _)| key.to_owned())
        };
        let source = lines[from % lines.len()].clone();
        let Some((_, value)) = source.split_once(':') else {
            continue;
        };
        let alike: Vec<usize> = (0..lines.len())
            .filter(|at| key(&lines[*at]) == key(&source))
            .collect();
        let target = &mut lines[alike[to % alike.len()]];
        let indented = target
            .split_once(':')
            .map_or(String::new(), |(key, _)| key.to_owned());
        *target = format!("{indented}:{value}");
    }
    lines.join("\n")
}

proptest! {
    // Each case reads two documents, which is what takes the time.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_contract_does_not_differ_from_itself(swaps in prop::collection::vec((any::<usize>(), any::<usize>()), 0..4)) {
        let text = swapped(&swaps);
        if let (Ok(one), Ok(other)) = (Reading::read("x", &text), Reading::read("y", &text)) {
            prop_assert_eq!(diff(&one, &other), Vec::new());
            // What was made of it differs in both directions, or in none.
            prop_assert_eq!(diff(&BASE_READ, &one).is_empty(), diff(&one, &BASE_READ).is_empty());
            for change in diff(&BASE_READ, &one) {
                prop_assert!(change.line >= 1 && change.column >= 1 && !change.sentence.is_empty());
            }
        }
    }
}

#[test]
fn our_contracts_do_not_differ_from_themselves() {
    for text in [
        include_str!("../../../asyncapi.yaml"),
        include_str!("../../../examples/vehicles.yaml"),
        include_str!("../../../examples/scoreboard.yaml"),
    ] {
        assert_eq!(diff(&read("old", text), &read("new", text)), Vec::new());
    }
}

#[test]
fn what_contains_itself_is_compared() {
    // A list of comments that have comments, in a circle of two schemas, and one that refers a
    // thousand schemas deep.
    let chain: String = (0..1000)
        .map(|n| {
            format!(
                "    Link{n}:\n      type: object\n      description: A link.\n      additionalProperties: false\n      properties:\n        next: {{$ref: '#/components/schemas/Link{}'}}\n",
                (n + 1) % 1000
            )
        })
        .collect();
    let old = BASE
        .replace(
            "        note: {$ref: '#/components/schemas/ObserverNote'}\n",
            "        note: {$ref: '#/components/schemas/ObserverNote'}\n        link: {$ref: '#/components/schemas/Link0'}\n",
        )
        .replace("  schemas:\n", &format!("  schemas:\n{chain}"));
    let new = old.replacen(
        "        next: {$ref: '#/components/schemas/Link500'}\n",
        "        next: {$ref: '#/components/schemas/Link500'}\n        name: {$ref: '#/components/schemas/ObserverName'}\n",
        1,
    );
    let found = diff(&read("old", &old), &read("new", &new));
    let found: Vec<&str> = found.iter().map(|change| change.rule).collect();
    assert_eq!(found, ["optional-field-added", "optional-field-added"]);
}

#[test]
fn who_carries_a_schema_is_named() {
    let new = BASE.replace(
        "minimum: -100, maximum: 1000}",
        "minimum: -100, maximum: 2000}",
    );
    let found = diff(&BASE_READ, &read("new", &new));
    let found: Vec<(&str, Vec<&str>)> = found
        .iter()
        .map(|change| {
            (
                change.class.as_str(),
                change.messages.iter().map(String::as_str).collect(),
            )
        })
        .collect();
    // Clients send it in two ways: in a request, and published over HTTP.
    assert_eq!(
        found,
        [
            ("breaking", vec!["readings.update"]),
            ("compatible", vec!["readings.update", "stations.list"]),
        ]
    );
}

/// Contracts of other versions of Tickwire can be compared, those that mean nothing cannot.
#[test]
fn what_no_longer_passes_the_check_can_be_compared() {
    let old = BASE
        .replace(
            "enum: [anonymous, user]",
            "enum: [anonymous, user, operator]",
        )
        .replace("      permissions: []\n", "")
        .replace("description: Its name., ", "");
    assert!(tickwire_spec::load("old", &old).is_err());
    let found = diff(&read("old", &old), &BASE_READ);
    let found: Vec<&str> = found.iter().map(|change| change.rule).collect();
    assert_eq!(found, ["enum-value-removed", "description"]);

    let dangling = BASE.replace(
        "#/components/schemas/PongFrame",
        "#/components/schemas/PogFrame",
    );
    let report = Reading::read("new", &dangling)
        .expect_err("a dangling reference")
        .to_string();
    assert!(report.contains("leads nowhere"), "{report}");
}
