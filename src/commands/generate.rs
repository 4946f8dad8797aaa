//! `tickwire generate`: a client in another language.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use tickwire::config::ClientLanguage;
use tickwire_clients::Client;

use super::source;

/// Writes the package for the contract at `spec` into the folder `out`, and says what it wrote.
/// Files of the same names are replaced, others are left alone.
pub fn generate(
    language: ClientLanguage,
    spec: Option<&str>,
    out: &Path,
) -> anyhow::Result<ExitCode> {
    let contract = match spec {
        Some(place) => source::contract(place)?,
        None => source::built_in()?,
    };
    let client = tickwire_clients::generate(&contract, language.into())?;
    write(&client, out)?;
    writeln!(
        std::io::stdout(),
        "{}: {} files for {} {}",
        out.display(),
        client.files.len(),
        contract.title,
        contract.version
    )?;
    Ok(ExitCode::SUCCESS)
}

fn write(client: &Client, out: &Path) -> anyhow::Result<()> {
    for file in &client.files {
        let path = out.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        fs::write(&path, &file.text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
