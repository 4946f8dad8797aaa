//! The document with the client's perspective, for generators that expect one.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use tickwire_spec::Contract;

/// Keys of operations that hide what the official client templates define themselves: the Python
/// one makes `register_<key>_handler` of what is received, and has a `register_error_handler` of
/// its own, for errors of the connection.
const TAKEN_BY_TEMPLATES: [&str; 4] = ["close", "connect", "error", "message"];

/// The contract as a client would write it: what the server receives, the client sends.
///
/// For other people's generators, many of which take the document's perspective for the client's.
/// It differs from the contract in three things:
///
/// - each operation's `action` is the other one;
/// - each frame's schema says `discriminator: type`, by which the official client templates tell
///   incoming frames apart. The contract itself does without: datamodel-code-generator, which also
///   reads it, fails on it;
/// - operations whose keys would hide methods of those templates have `Frame` appended to their
///   keys, such as `errorFrame`. A key is only a name: nothing in a document refers to it.
///
/// Replies, and the members `x-…`, stay; the server itself never reads this document.
pub fn client_document(contract: &Contract) -> Value {
    let mut document = contract.document.clone();
    if let Some(operations) = document
        .get_mut("operations")
        .and_then(Value::as_object_mut)
    {
        *operations = swapped(std::mem::take(operations));
    }
    let frames: BTreeSet<&str> = contract
        .messages
        .iter()
        .map(|message| message.frame.as_str())
        .collect();
    let schemas = document.pointer_mut("/components/schemas");
    for (name, schema) in schemas.and_then(Value::as_object_mut).into_iter().flatten() {
        if let (true, Some(schema)) = (frames.contains(name.as_str()), schema.as_object_mut()) {
            schema.insert("discriminator".to_owned(), "type".into());
        }
    }
    document
}

/// The operations from the other side.
fn swapped(operations: Map<String, Value>) -> Map<String, Value> {
    let keys: BTreeSet<String> = operations.keys().cloned().collect();
    operations
        .into_iter()
        .map(|(key, mut operation)| {
            let action = match operation["action"].as_str() {
                Some("receive") => "send",
                _ => "receive",
            };
            operation["action"] = action.into();
            let renamed = format!("{key}Frame");
            if TAKEN_BY_TEMPLATES.contains(&key.as_str()) && !keys.contains(&renamed) {
                return (renamed, operation);
            }
            (key, operation)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contract() -> Contract {
        let text = include_str!("../../../asyncapi.yaml");
        tickwire_spec::load("asyncapi.yaml", text).unwrap()
    }

    #[test]
    fn what_the_server_receives_the_client_sends() {
        let contract = contract();
        let document = client_document(&contract);
        for (key, operation) in contract.document["operations"].as_object().unwrap() {
            let expected = match operation["action"].as_str().unwrap() {
                "receive" => "send",
                "send" => "receive",
                other => panic!("{key}: {other}"),
            };
            let key = if key == "error" { "errorFrame" } else { key };
            let mut client = document["operations"][key].clone();
            assert_eq!(client["action"], expected, "{key}");
            client["action"] = operation["action"].clone();
            assert_eq!(&client, operation, "{key}");
        }
        assert!(document["operations"].get("error").is_none());
    }

    #[test]
    fn frames_and_nothing_else_are_told_apart_by_their_type() {
        let contract = contract();
        let document = client_document(&contract);
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            let is_frame = contract.messages.iter().any(|m| m.frame == *name);
            let discriminator = schema.get("discriminator");
            assert_eq!(discriminator.is_some(), is_frame, "{name}");
            if is_frame {
                assert_eq!(discriminator.unwrap(), "type");
                assert!(schema["properties"]["type"]["const"].is_string(), "{name}");
                assert!(
                    schema["required"]
                        .as_array()
                        .unwrap()
                        .contains(&"type".into())
                );
            }
        }
    }

    #[test]
    fn everything_else_is_the_contract() {
        let contract = contract();
        let mut document = client_document(&contract);
        for schema in document["components"]["schemas"]
            .as_object_mut()
            .unwrap()
            .values_mut()
        {
            schema.as_object_mut().unwrap().remove("discriminator");
        }
        document["operations"] = contract.document["operations"].clone();
        assert_eq!(document, contract.document);
    }

    #[test]
    fn a_key_is_not_renamed_to_one_that_is_there() {
        let operations = serde_json::json!({
            "connect": {"action": "receive"},
            "connectFrame": {"action": "send"},
            "close": {"action": "receive"},
        });
        let swapped = Value::from(swapped(operations.as_object().unwrap().clone()));
        let expected = serde_json::json!({
            "connect": {"action": "send"},
            "connectFrame": {"action": "receive"},
            "closeFrame": {"action": "send"},
        });
        assert_eq!(swapped, expected);
    }
}
