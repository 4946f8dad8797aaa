//! What is made of names and of the runtime's files. That the clients compile is shown in
//! `crates/clients/rust`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;

const ECHO: &str = include_str!("../../../codegen/tests/contracts/echo.yaml");

fn contract(text: &str) -> Contract {
    tickwire_spec::load("echo.yaml", text).unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn packages_are_named_after_their_contracts() {
    for (title, name) in [
        ("Tickwire", "tickwire-client"),
        ("Fleet of \"Vehicles\"", "fleet-of-vehicles-client"),
        ("2nd life", "client"),
        ("行情", "client"),
    ] {
        let mut contract = contract(ECHO);
        contract.title = title.to_owned();
        assert_eq!(crate_name(&contract), name, "{title}");
    }
}

#[test]
fn names_that_every_client_has_get_an_underscore_and_others_must_differ() {
    let mut methods = names::Methods::default();
    for (name, method) in [
        ("barsHistory", "bars_history"),
        ("close", "close_"),
        ("type", "type_"),
        ("pushes", "pushes_"),
    ] {
        let ident = methods.name(name, format!("operations/{name}")).unwrap();
        assert_eq!(ident.to_string(), method);
    }
    let error = methods.name("bars_history", "channels/x".to_owned());
    let message =
        "operations/barsHistory and channels/x would both be called `bars_history` in a client";
    assert_eq!(error.unwrap_err().to_string(), message);
}

#[test]
fn the_manifest_has_what_the_formats_of_the_contract_need() {
    let plain = manifest(&contract(ECHO), "echo-client", "");
    assert!(
        !plain.contains("chrono") && !plain.contains("uuid"),
        "{plain}"
    );
    let dated = manifest(
        &contract(ECHO),
        "echo-client",
        "a: ::chrono::DateTime<::chrono::Utc>",
    );
    assert!(dated.contains("\nchrono = "), "{dated}");
}

#[test]
fn the_runtime_is_whole_and_needs_what_its_tests_have() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rust");
    let own = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for line in runtime::DEPENDENCIES.lines() {
        assert!(own.contains(&format!("\n{line}\n")), "{line}");
    }
    let known: BTreeSet<_> = runtime::files().map(|(path, _)| path.to_owned()).collect();
    let mut found = BTreeSet::new();
    let below = folder.join("src/runtime");
    let mut open = vec![below.clone()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_some_and(|name| name != "tests.rs") {
                found.insert(
                    path.strip_prefix(&below)
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .to_owned(),
                );
            }
        }
    }
    assert_eq!(known, found);

    let module = runtime::module();
    assert!(!module.contains("#[cfg(test)]"));
    let outside: Vec<_> = module
        .lines()
        .filter(|line| line.trim_start().starts_with("mod ") && line.ends_with(';'))
        .collect();
    assert_eq!(outside, Vec::<&str>::new(), "modules that are not inlined");
}

#[test]
fn the_same_contract_gives_the_same_text() {
    let contract = contract(ECHO);
    let view = View::new(&contract).unwrap();
    assert_eq!(client(&view).unwrap().files, client(&view).unwrap().files);
    assert_eq!(
        rust_module(&contract).unwrap(),
        rust_module(&contract).unwrap()
    );
}
