//! Malformed contracts, each with exactly the diagnostics that it must give.
//!
//! A file in `fixtures/` is named after a rule and holds cases. A case edits `base.yaml` by hunks
//! as in a diff (` ` context, `-` removed, `+` added, hunks separated by an empty line; a case
//! with only `+` lines is a whole document) and ends with what is expected, a `!` line each:
//!
//! ```text
//! === a message without an example
//!        payload: {$ref: '#/components/schemas/PingFrame'}
//! -      examples:
//! -        - payload: {type: ping, msg_id: '1', payload: {}}
//! ! example-missing components/messages/ping (96:5): the message has no example: …
//! ```
//!
//! `BLESS=1 cargo test -p tickwire-spec --test fixtures` writes what was found instead: read the
//! diff before you keep it.

mod fixture;

use tickwire_spec::{load, rule};

const BASE: &str = include_str!("fixtures/base.yaml");

#[test]
fn the_base_is_without_fault() {
    if let Err(report) = load("base.yaml", BASE) {
        panic!("{report}");
    }
}

#[test]
fn every_fixture_gives_its_diagnostics() {
    fixture::check("fixtures", |case| diagnostics(&fixture::edited(BASE, case)));
}

#[test]
fn every_rule_has_a_fixture_of_its_name() {
    let covered = fixture::covered("fixtures", |line, rule| {
        line.starts_with(&format!("{rule} "))
    });
    let missing: Vec<&&str> = rule::ALL
        .iter()
        .filter(|rule| !covered.contains(**rule))
        .collect();
    assert!(missing.is_empty(), "no fixture for {missing:?}");
}

fn diagnostics(document: &str) -> Vec<String> {
    let Err(report) = load("x", document) else {
        return Vec::new();
    };
    let lines = report.diagnostics.iter();
    lines
        .map(|d| format!("{} {}", d.rule, d.to_string().trim_start_matches("x: ")))
        .collect()
}
