//! Makes the clients of several contracts, for the tests and the scenarios' driver: that they compile
//! is a test by itself.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// From this folder.
const CONTRACTS: [(&str, &str); 6] = [
    ("scenarios", "../../../spec-tests/scenarios/contract.yaml"),
    ("tickwire", "../../../asyncapi.yaml"),
    ("scoreboard", "../../../examples/scoreboard.yaml"),
    ("vehicles", "../../../examples/vehicles.yaml"),
    ("echo", "../../codegen/tests/contracts/echo.yaml"),
    ("workshop", "../../codegen/tests/contracts/workshop.yaml"),
];

fn main() -> Result<(), String> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("Cargo says where to")?);
    for (name, path) in CONTRACTS {
        println!("cargo::rerun-if-changed={path}");
        let problem = |error: &dyn std::fmt::Display| format!("{path}: {error}");
        let text = fs::read_to_string(Path::new(path)).map_err(|error| problem(&error))?;
        let contract = tickwire_spec::load(path, &text).map_err(|report| problem(&report))?;
        let module = tickwire_clients::rust_module(&contract).map_err(|error| problem(&error))?;
        fs::write(out.join(format!("{name}.rs")), module).map_err(|error| problem(&error))?;
    }
    Ok(())
}
