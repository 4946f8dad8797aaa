//! What is special in the TypeScript client: its forms, and its names.
//!
//! That it compiles and works is shown by `crates/clients/typescript/test.sh`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use tickwire_clients::{GenerateError, Language, generate};
use tickwire_spec::Contract;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn contract(path: &str) -> Contract {
    let text = fs::read_to_string(root().join(path)).unwrap();
    tickwire_spec::load(path, &text).unwrap()
}

#[test]
fn the_server_can_hand_out_every_form() {
    let client = generate(&contract("examples/vehicles.yaml"), Language::TypeScript).unwrap();
    let downloads: Vec<(&str, &str)> = client
        .downloads
        .iter()
        .map(|download| (download.path, download.file_name.as_str()))
        .collect();
    let name = downloads[0].1.strip_suffix(".ts").unwrap().to_owned();
    assert_eq!(
        downloads,
        [
            ("typescript", format!("{name}.ts").as_str()),
            ("typescript.js", format!("{name}.js").as_str()),
            ("typescript.d.ts", format!("{name}.d.ts").as_str()),
            ("typescript/react.js", "react.js"),
            ("typescript/react.d.ts", "react.d.ts"),
        ]
    );
    let react = &client.downloads[3].text;
    assert!(react.contains(&format!("'./{name}.js'")));
}

#[test]
fn names_that_are_taken_get_an_underscore() {
    let source =
        fs::read_to_string(root().join("crates/codegen/tests/contracts/echo.yaml")).unwrap();
    // A type of the runtime, a type of the language's library, a member of every client.
    let source = source
        .replace("operations:\n  echo:", "operations:\n  close:")
        .replace("MsgId", "Topic")
        .replace("ServerDirection", "AbortSignal");
    let contract = tickwire_spec::load("echo.yaml", &source).unwrap();
    let client = generate(&contract, Language::TypeScript).unwrap();
    let types = &client
        .files
        .iter()
        .find(|file| file.path == "index.d.ts")
        .unwrap()
        .text;
    for expected in [
        "export type Topic_ = string;",
        "export type AbortSignal_ = 's2c';",
        "  close_(payload: ",
    ] {
        assert!(types.contains(expected), "{expected}\n{types}");
    }
}

#[test]
fn a_name_that_is_taken_twice_is_refused() {
    let source =
        fs::read_to_string(root().join("crates/codegen/tests/contracts/echo.yaml")).unwrap();
    let mut contract = tickwire_spec::load("echo.yaml", &source.replace("MsgId", "Topic")).unwrap();
    // The check would refuse the spelling; the generator does not rely on it.
    let schema = contract.schemas["Topic"].clone();
    contract.schemas.insert("Topic_".to_owned(), schema);
    let error = generate(&contract, Language::TypeScript).unwrap_err();
    assert!(
        matches!(error, GenerateError::Names { ref name, .. } if name == "Topic_"),
        "{error}"
    );
}
