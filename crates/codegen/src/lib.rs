//! From a checked contract to Rust.
//!
//! [`generate`] gives the text of one module: the types of every frame and payload, a struct for
//! each topic family, a handler trait for each tag, the dispatch table. A server includes it, and
//! an operation that nobody handles becomes a compile error that names the missing method.
//!
//! | module | owns |
//! |---|---|
//! | `types` | payloads and frames: what typify is given, and what becomes of its output |
//! | `topics` | `topic::Bars` and its siblings, the enum `Topic` |
//! | `handlers` | a trait for each tag, and the function that mounts an implementation |
//! | `table` | `OPERATIONS`, from wire type to frame, reply, permissions |
//! | [`parts`] | what generators of other Rust code build upon |
//! | `names` | names of the contract as Rust identifiers |
//! | `prose` | texts of the contract as rustdoc |
//! | `error` | why no Rust can be made |
//!
//! Nothing here does I/O: reading the contract and writing `OUT_DIR` is the build script's part.
//! What the generated code expects of its surroundings, and what the generator can't do, is told
//! in `docs/generator.md`.

mod error;
mod handlers;
mod names;
pub mod parts;
mod prose;
mod table;
mod topics;
mod types;

pub use error::GenerateError;

use quote::quote;
use tickwire_spec::Contract;

/// The Rust module for `contract`, formatted, to be included where `crate::service` exists.
///
/// The same contract always gives the same text.
///
/// # Errors
///
/// The first thing that has no translation; see [`GenerateError`].
pub fn generate(contract: &Contract) -> Result<String, GenerateError> {
    let names = names::Names::new(contract)?;
    let types = types::generate(contract)?;
    let topics = topics::generate(contract, &names)?;
    let handlers = handlers::generate(contract, &names)?;
    let table = table::generate(contract)?;
    let tokens = quote! {
        #types
        #topics
        #handlers
        #table
    };
    let file = syn::parse2(tokens).map_err(GenerateError::Syntax)?;
    Ok(format!("{HEADER}{}", spaced(&prettyplease::unparse(&file))))
}

const HEADER: &str = "// Made from the contract by tickwire-codegen. Never edited.\n\n";

/// Puts an empty line between items, which prettyplease leaves out.
fn spaced(code: &str) -> String {
    const BEGINNINGS: [&str; 5] = ["///", "#[", "impl", "pub ", "pub("];
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut out = String::with_capacity(code.len() + code.len() / 20);
    let mut previous = "";
    for line in code.lines() {
        // What ends so, and is followed by such a line at the same depth, is an item of its own.
        let ended = previous.trim_start() == "}"
            || previous.ends_with(';') && !previous.trim_start().starts_with("//");
        let begins = BEGINNINGS
            .iter()
            .any(|start| line.trim_start().starts_with(start));
        if ended && begins && indent(previous) == indent(line) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}
