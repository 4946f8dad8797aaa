//! The document with the client's perspective, for generators that expect one.

use serde_json::Value;
use tickwire_spec::Contract;

/// The contract as a client would write it: what the server receives, the client sends.
///
/// For other people's generators, many of which take the document's perspective for the client's.
/// The members `x-…` stay; the server itself never reads this document.
pub fn client_document(contract: &Contract) -> Value {
    let mut document = contract.document.clone();
    if let Some(operations) = document["operations"].as_object_mut() {
        for operation in operations.values_mut() {
            let swapped = match operation["action"].as_str() {
                Some("receive") => "send",
                _ => "receive",
            };
            operation["action"] = swapped.into();
        }
    }
    document
}
