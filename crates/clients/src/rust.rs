//! The Rust client: a crate, or a module for a build script.
//!
//! | module | owns |
//! |---|---|
//! | `api` | what is made from the contract: types, topics, the typed client |
//! | `runtime` | what is not: the files of `crates/clients/rust`, which test it |

mod api;
mod names;
mod runtime;

use heck::ToKebabCase;
use tickwire_codegen::parts;

use crate::view::View;
use crate::{Client, File, GenerateError};
use tickwire_spec::Contract;

const HEADER: &str = "Made from the contract by tickwire-clients. Never edited.";

/// What is made of the contract is formatted by the generator, in its own way.
const LIB: &str = "#[rustfmt::skip]
mod api;
pub mod runtime;

pub use api::*;
";

/// The Rust package for a contract.
pub(crate) fn client(view: &View<'_>) -> Result<Client, GenerateError> {
    let api = parts::format(api::generate(view)?)?;
    let crate_name = crate_name(view.contract);
    let about = api::about(view, &crate_name.replace('-', "_"));
    let mut files = vec![
        file("Cargo.toml", manifest(view.contract, &crate_name, &api)),
        file("README.md", format!("# {crate_name}\n\n{about}")),
        file("src/lib.rs", format!("{}\n{LIB}", inner_doc(&about))),
        file(
            "src/api.rs",
            format!("// {HEADER}\n\nuse super::runtime;\n\n{api}"),
        ),
        file("src/runtime.rs", runtime::ROOT.to_owned()),
    ];
    files.extend(
        runtime::files().map(|(path, text)| file(&format!("src/runtime/{path}"), text.to_owned())),
    );
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Client {
        files,
        downloads: Vec::new(),
    })
}

/// The whole client as one module, for a crate that makes it in its build script:
/// `mod tickwire { include!(concat!(env!("OUT_DIR"), "/tickwire.rs")); }`. What it needs is in the
/// `Cargo.toml` of the package that `generate` makes.
///
/// # Errors
///
/// The first name or schema that has no translation; see [`GenerateError`].
pub fn rust_module(contract: &Contract) -> Result<String, GenerateError> {
    let view = View::new(contract)?;
    let api = parts::format(api::generate(&view)?)?;
    Ok(format!("// {HEADER}\n\n{}\n{api}", runtime::module()))
}

fn file(path: &str, text: String) -> File {
    File {
        path: path.to_owned(),
        text,
    }
}

fn inner_doc(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| format!("//! {line}").trim_end().to_owned() + "\n");
    lines.collect()
}

/// `tickwire-client`, after the contract's title.
fn crate_name(contract: &Contract) -> String {
    let ascii = |c: char| if c.is_ascii_alphanumeric() { c } else { ' ' };
    let title: String = contract.title.chars().map(ascii).collect();
    let title = title.to_kebab_case();
    // A crate's name begins with a letter.
    if title.starts_with(|c: char| c.is_ascii_alphabetic()) {
        format!("{title}-client")
    } else {
        "client".to_owned()
    }
}

/// The manifest: what the runtime needs, and what the contract's formats become.
fn manifest(contract: &Contract, crate_name: &str, api: &str) -> String {
    let mut dependencies: Vec<&str> = runtime::DEPENDENCIES.lines().collect();
    let formats = [
        (
            "::chrono::",
            r#"chrono = { version = "0.4", default-features = false, features = ["serde", "std"] }"#,
        ),
        ("::regress::", r#"regress = "0.12""#),
        (
            "::uuid::",
            r#"uuid = { version = "1", features = ["serde"] }"#,
        ),
    ];
    dependencies.extend(
        formats
            .iter()
            .filter(|(path, _)| api.contains(path))
            .map(|(_, line)| line),
    );
    // For `wss:` addresses; the crate itself speaks plain TCP only.
    dependencies.push(r#"rustls = { version = "0.23", default-features = false, features = ["ring"], optional = true }"#);
    dependencies.sort_unstable();
    format!(
        r#"# {HEADER}
[package]
name = "{crate_name}"
description = "A client for {title} {version}"
version = "0.1.0"
edition = "2024"
rust-version = "1.88"
publish = false

[features]
# `wss:` addresses, with the root certificates of Mozilla.
tls = ["dep:rustls", "tokio-tungstenite/rustls-tls-webpki-roots"]

[dependencies]
{dependencies}
"#,
        title = contract.title.replace(['"', '\\', '\n'], " "),
        version = contract.version,
        dependencies = dependencies.join("\n"),
    )
}

#[cfg(test)]
mod tests;
