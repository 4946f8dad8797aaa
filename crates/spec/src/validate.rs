//! How schemas are compiled: the check, the server and the tests must agree on every format.

use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::Value;

/// Compiles a self-contained draft-07 schema, with the formats of the contract checked.
///
/// `format: uuid`, which draft 7 does not know, is the 36 characters of RFC 9562.
///
/// # Errors
///
/// The schema itself is malformed; never for a schema of a checked [`Contract`](crate::Contract).
pub fn validator(schema: &Value) -> Result<Validator, String> {
    jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true)
        // The patterns that the check lets pass need no backtracking: so none takes long, whatever
        // text comes.
        .with_pattern_options(PatternOptions::regex())
        .with_format("uuid", is_uuid)
        .build(schema)
        .map_err(|error| error.to_string())
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
