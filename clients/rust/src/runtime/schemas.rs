//! Whether a frame satisfies the contract.

use std::collections::HashMap;

use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::{Value, json};

use super::contract::Contract;
use super::error::Detail;

/// The most violations that are listed, as in the server's errors.
const MAX_DETAILS: usize = 32;

/// The schemas of a contract, each compiled when it is first needed.
pub(super) struct Schemas {
    contract: &'static Contract,
    definitions: Value,
    compiled: HashMap<&'static str, Option<Validator>>,
}

impl Schemas {
    pub(super) fn new(contract: &'static Contract) -> Self {
        Self {
            contract,
            // Made by the generator, from a contract that was checked.
            definitions: serde_json::from_str(contract.schemas).unwrap_or_default(),
            compiled: HashMap::new(),
        }
    }

    /// Every violation of a frame of this type, with the pointers that the server gives.
    pub(super) fn violations(&mut self, wire_type: &str, frame: &Value) -> Vec<Detail> {
        let Some(message) = self.contract.message(wire_type) else {
            return vec![Detail {
                pointer: "/type".to_owned(),
                message: format!("the contract has no \"{wire_type}\""),
            }];
        };
        let definitions = &self.definitions;
        let validator = self
            .compiled
            .entry(message.wire_type)
            .or_insert_with(|| compile(definitions, message.frame));
        validator
            .iter()
            .flat_map(|validator| validator.iter_errors(frame))
            .take(MAX_DETAILS)
            .map(|error| Detail {
                pointer: error.instance_path().to_string(),
                message: error.to_string(),
            })
            .collect()
    }
}

fn compile(definitions: &Value, frame: &str) -> Option<Validator> {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$ref": format!("#/definitions/{frame}"),
        "definitions": definitions,
    });
    let validator = jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::regex())
        .with_format("uuid", is_uuid)
        .build(&schema);
    debug_assert!(
        validator.is_ok(),
        "the generator has checked the schema of {frame}"
    );
    validator.ok()
}

/// As the server understands `format: uuid`, which draft 7 does not know.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
