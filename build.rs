//! Turns `asyncapi.yaml` into `OUT_DIR/api.rs`. A contract that breaks a rule stops the build with
//! every problem, each at its line.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

const CONTRACT: &str = "asyncapi.yaml";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={CONTRACT}");
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            eprintln!("{problems}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    let text = fs::read_to_string(CONTRACT).map_err(|error| format!("{CONTRACT}: {error}"))?;
    let contract = tickwire_spec::load(CONTRACT, &text).map_err(|report| report.to_string())?;
    let code =
        tickwire_codegen::generate(&contract).map_err(|error| format!("{CONTRACT}: {error}"))?;
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: build with cargo")?;
    let path = Path::new(&out).join("api.rs");
    fs::write(&path, code).map_err(|error| format!("{}: {error}", path.display()))
}
