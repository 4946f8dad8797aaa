//! The generated code, byte for byte, as it is committed under `tests/snapshots`.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p tickwire-codegen` writes it anew; read the diff before you
//! commit it.

use std::fs;
use std::path::{Path, PathBuf};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares what is generated from `contract` with the committed `snapshot`.
fn check(contract: &Path, snapshot: &str) {
    let text = fs::read_to_string(contract).unwrap();
    let name = contract.file_name().unwrap().to_string_lossy();
    let contract = tickwire_spec::load(&name, &text).unwrap_or_else(|report| panic!("{report}"));
    let code = tickwire_codegen::generate(&contract).unwrap();
    assert_eq!(
        code,
        tickwire_codegen::generate(&contract).unwrap(),
        "the same every time"
    );

    let path: PathBuf = here().join("tests/snapshots").join(snapshot);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, code).unwrap();
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let differs = code
        .lines()
        .zip(committed.lines())
        .position(|(new, old)| new != old);
    assert!(
        code == committed,
        "{snapshot} is not what is generated now, from line {}: run with UPDATE_SNAPSHOTS=1 and \
         read the diff",
        differs.unwrap_or(code.lines().count().min(committed.lines().count())) + 1,
    );
}

#[test]
fn the_real_contract() {
    check(&here().join("../../asyncapi.yaml"), "tickwire_api.rs");
}
