//! The generated code, byte for byte, as it is committed under `tests/snapshots`.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p tickwire-codegen` writes it anew; read the diff before you
//! commit it. What these files do when they run is shown by `tests/generated.rs`, which includes
//! them: so its answers are worth something only while these tests pass.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// Compares what is generated from `contract` with the committed `snapshot`.
fn check(contract: &str, snapshot: &str) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(here.join(contract)).unwrap();
    let loaded =
        tickwire_spec::load(contract, &text).unwrap_or_else(|report| panic!("\n{report}\n"));
    let code = tickwire_codegen::generate(&loaded).unwrap();
    assert_eq!(
        code,
        tickwire_codegen::generate(&loaded).unwrap(),
        "the same every time"
    );

    let path = here.join("tests/snapshots").join(snapshot);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, code).unwrap();
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    if code != committed {
        let same = code
            .lines()
            .zip(committed.lines())
            .take_while(|(new, old)| new == old);
        let line = same.count();
        panic!(
            "{snapshot}:{} differs\n  committed: {}\n  generated: {}\n\
             if that is meant, run with UPDATE_SNAPSHOTS=1 and read the diff",
            line + 1,
            committed.lines().nth(line).unwrap_or("(nothing)"),
            code.lines().nth(line).unwrap_or("(nothing)"),
        );
    }
}

#[test]
fn the_real_contract() {
    check("../../asyncapi.yaml", "tickwire_api.rs");
}

#[test]
fn a_contract_of_odd_names() {
    check("tests/contracts/workshop.yaml", "workshop_api.rs");
}

#[test]
fn a_contract_without_topics() {
    check("tests/contracts/echo.yaml", "echo_api.rs");
}
