//! Questions to a contract: look-ups, topics ([`topic`]), self-contained schemas ([`schema`]).

mod schema;
mod topic;

pub use schema::SchemaError;
pub(crate) use schema::{bundle, reachable};
pub use topic::{TopicError, TopicMatch};

use crate::model::{Contract, Family, Message, Operation};

impl Contract {
    /// The message of this wire type.
    pub fn message(&self, wire_type: &str) -> Option<&Message> {
        self.messages
            .iter()
            .find(|message| message.name == wire_type)
    }

    /// The operation whose request or push has this wire type.
    pub fn operation(&self, wire_type: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.name == wire_type)
    }

    /// The topic family of this name (`x-topic.name`).
    pub fn family(&self, name: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.name == name)
    }
}
