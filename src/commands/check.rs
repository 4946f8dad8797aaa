//! `tickwire check`: what is wrong with documents.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use tickwire::app;

/// Reports every problem of every file; 1 when there is one.
pub fn check(files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let built_in = [PathBuf::from("asyncapi.yaml")];
    let contract = |file: &PathBuf| match files {
        [] => Ok(app::CONTRACT.to_owned()),
        _ => std::fs::read_to_string(file),
    };
    let mut sound = true;
    let mut out = std::io::stdout().lock();
    for file in if files.is_empty() { &built_in } else { files } {
        let name = file.display().to_string();
        // A file that cannot be read does not hide what is wrong with the next one.
        let checked = match contract(file) {
            Ok(text) => tickwire_spec::load(&name, &text).map_err(|report| report.to_string()),
            Err(error) => Err(format!("{name}: cannot read it: {error}")),
        };
        match checked {
            Ok(contract) => writeln!(
                out,
                "{name}: ok, {} operations, {} messages, {} topic families",
                contract.operations.len(),
                contract.messages.len(),
                contract.families.len()
            )?,
            Err(problems) => {
                sound = false;
                writeln!(out, "{problems}")?;
            }
        }
    }
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
