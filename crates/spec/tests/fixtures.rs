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

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tickwire_spec::{load, rule};

const BASE: &str = include_str!("fixtures/base.yaml");

struct Case {
    title: String,
    /// The lines of the edits, as written.
    edits: Vec<String>,
    expected: Vec<String>,
}

#[test]
fn the_base_is_without_fault() {
    if let Err(report) = load("base.yaml", BASE) {
        panic!("{report}");
    }
}

#[test]
fn every_fixture_gives_its_diagnostics() {
    let mut failures = String::new();
    for path in files() {
        let text = fs::read_to_string(&path).expect("readable");
        let mut cases = cases(&text);
        for case in &mut cases {
            let found = diagnostics(&edited(case));
            if found != case.expected {
                let name = path.file_name().unwrap_or_default().display();
                failures += &format!("{name}: {}\n", case.title);
                failures += &format!("  expected {:#?}\n  found {found:#?}\n", case.expected);
                case.expected = found;
            }
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, written(&text, &cases)).expect("writable");
        }
    }
    assert!(
        failures.is_empty() || std::env::var_os("BLESS").is_some(),
        "{failures}"
    );
}

#[test]
fn every_rule_has_a_fixture_of_its_name() {
    let covered: BTreeSet<String> = files()
        .iter()
        .filter(|path| {
            let rule = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let text = fs::read_to_string(path).expect("readable");
            let expected = cases(&text).into_iter().flat_map(|case| case.expected);
            expected
                .into_iter()
                .any(|line| line.starts_with(&format!("{rule} ")))
        })
        .map(|path| {
            path.file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let missing: Vec<&&str> = rule::ALL
        .iter()
        .filter(|rule| !covered.contains(**rule))
        .collect();
    assert!(missing.is_empty(), "no fixture for {missing:?}");
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files
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

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("=== ") {
            let (edits, expected) = (Vec::new(), Vec::new());
            cases.push(Case {
                title: title.to_owned(),
                edits,
                expected,
            });
            continue;
        }
        let Some(case) = cases.last_mut() else {
            continue;
        };
        match line.strip_prefix("! ") {
            Some(expected) => case.expected.push(expected.to_owned()),
            None => case.edits.push(line.to_owned()),
        }
    }
    cases
}

/// The base after a case's edits.
fn edited(case: &Case) -> String {
    let hunks = case
        .edits
        .split(|line| line.is_empty())
        .filter(|hunk| !hunk.is_empty());
    let mut document = BASE.to_owned();
    for hunk in hunks {
        let side = |other: char| -> String {
            let lines = hunk.iter().filter(|line| !line.starts_with(other));
            lines.map(|line| format!("{}\n", &line[1..])).collect()
        };
        let (old, new) = (side('+'), side('-'));
        if old.is_empty() {
            return new;
        }
        let places = document.matches(&old).count();
        assert_eq!(
            places, 1,
            "{}: this is {places} times in the base:\n{old}",
            case.title
        );
        document = document.replacen(&old, &new, 1);
    }
    document
}

/// The file again, with the diagnostics that were found.
fn written(text: &str, cases: &[Case]) -> String {
    let head = text.split("=== ").next().unwrap_or_default();
    let mut file = head.to_owned();
    for (index, case) in cases.iter().enumerate() {
        let edits = case.edits.join("\n");
        let gap = if index > 0 { "\n" } else { "" };
        file += &format!("{gap}=== {}\n{}\n", case.title, edits.trim_end());
        case.expected
            .iter()
            .for_each(|line| file += &format!("! {line}\n"));
    }
    file
}
