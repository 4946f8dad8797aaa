//! The names of the client's methods, each only once.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use tickwire_codegen::parts;

use crate::GenerateError;

/// What every client has.
const RESERVED: [&str; 8] = [
    "start",
    "connected",
    "connection",
    "close",
    "closed",
    "state",
    "stats",
    "pushes",
];

/// The methods that were named so far, with what they are made from.
#[derive(Default)]
pub(super) struct Methods(BTreeMap<String, String>);

impl Methods {
    /// The method for something of the contract. What every client has already gets a `_`, like a
    /// keyword.
    pub(super) fn name(&mut self, name: &str, what: String) -> Result<Ident, GenerateError> {
        let mut ident = parts::snake(name, &what)?;
        if RESERVED.contains(&ident.to_string().as_str()) {
            ident = quote::format_ident!("{ident}_");
        }
        let name = ident.to_string();
        match self.0.insert(name.clone(), what.clone()) {
            Some(first) => Err(GenerateError::Names {
                name,
                first,
                second: what,
            }),
            None => Ok(ident),
        }
    }
}
