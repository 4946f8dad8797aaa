//! Parts for other generators of Rust: the same types, under the same names, without a server.

use proc_macro2::{Ident, TokenStream};
use tickwire_spec::Contract;

use crate::{GenerateError, names, prose, types};

/// `pub mod types`: every payload and frame of the contract, named as its schema.
///
/// What it expects of its crate: `serde` with derives, `serde_json`, and where the contract has
/// such formats, `chrono`, `uuid` and `regress`.
///
/// # Errors
///
/// A schema that is no type; see [`GenerateError`].
pub fn types(contract: &Contract) -> Result<TokenStream, GenerateError> {
    types::generate(contract)
}

/// `barsHistory` → `bars_history`; a keyword gets a `_`. `what` names the thing in an error.
///
/// # Errors
///
/// There is nothing in the name that begins an identifier.
pub fn snake(name: &str, what: &str) -> Result<Ident, GenerateError> {
    names::snake(name, what)
}

/// `BarUpdate`, as the type of the schema of this name is called.
///
/// # Errors
///
/// Like [`snake`].
pub fn upper_camel(name: &str, what: &str) -> Result<Ident, GenerateError> {
    names::upper_camel(name, what)
}

/// Doc attributes for a text of the contract.
pub fn doc(text: &str) -> TokenStream {
    prose::doc(&prose::rustdoc(text))
}

/// The text of a module, formatted, with empty lines between its items.
///
/// # Errors
///
/// It is not Rust.
pub fn format(module: TokenStream) -> Result<String, GenerateError> {
    let file = syn::parse2(module).map_err(GenerateError::Syntax)?;
    Ok(crate::spaced(&prettyplease::unparse(&file)))
}
