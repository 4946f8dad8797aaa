//! Publications: held against the contract once, before anyone receives them.

use serde::Serialize;
use serde_json::Value;
use tickwire_spec::Family;

use super::{ContractViolation, Protocol, TopicId};
use crate::metrics::Way;
use crate::wire::{Detail, ErrorCode, Refusal};

/// The payload of an update, checked and encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// JSON.
    pub payload: String,
    /// The value at `x-topic.key`, as JSON: an update replaces those with the same.
    pub key: Option<Box<str>>,
}

impl Protocol {
    /// Encodes the payload of an update of `topic`: typed value to checked JSON text.
    ///
    /// # Errors
    /// The update breaks its schema, or belongs to another topic.
    pub fn encode_update<U: Serialize>(
        &self,
        topic: &TopicId,
        update: &U,
    ) -> Result<Update, ContractViolation> {
        let wire_type = &self.update_of(topic).messages.update;
        let checked = || {
            let payload =
                serde_json::to_value(update).map_err(|source| ContractViolation::Encode {
                    wire_type: wire_type.clone(),
                    source,
                })?;
            self.check_update(topic, &payload)?;
            Ok(self.update(topic, &payload))
        };
        checked().inspect_err(|_| self.count_invalid(Some(wire_type), Way::Out))
    }

    /// Encodes a payload that came from outside, such as by `POST /publish/{topic}`.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidFrame`] with every violation, pointers into the payload.
    pub fn encode_publication(&self, topic: &TopicId, payload: &Value) -> Result<Update, Refusal> {
        match self.check_update(topic, payload) {
            Ok(()) => Ok(self.update(topic, payload)),
            Err(ContractViolation::Invalid { details, wire_type }) => {
                self.count_invalid(Some(&wire_type), Way::In);
                // The publisher sent the payload alone, so its pointers start there.
                let details = details.into_iter().map(|detail| {
                    let pointer = detail.pointer.strip_prefix("/payload").unwrap_or_default();
                    Detail::new(pointer, detail.message)
                });
                Err(Refusal::with_details(
                    ErrorCode::InvalidFrame,
                    format!("the payload is not that of a {wire_type:?} on {topic}"),
                    details.collect(),
                ))
            }
            Err(violation) => {
                tracing::error!(%topic, %violation, "cannot judge a publication");
                Err(Refusal::internal())
            }
        }
    }

    fn update(&self, topic: &TopicId, payload: &Value) -> Update {
        let key = self.update_of(topic).key_pointer.as_deref();
        let key = key
            .and_then(|pointer| payload.pointer(pointer))
            .map(Value::to_string);
        Update {
            payload: payload.to_string(),
            key: key.map(String::into_boxed_str),
        }
    }

    fn check_update(&self, topic: &TopicId, payload: &Value) -> Result<(), ContractViolation> {
        let wire_type = &self.update_of(topic).messages.update;
        let mut details = match self.check_payload(wire_type, payload) {
            Ok(()) => Vec::new(),
            Err(ContractViolation::Invalid { details, .. }) => details,
            Err(violation) => return Err(violation),
        };
        // A payload may repeat the topic's parameters, where requests have them too; then it has to
        // mean the same topic.
        for (parameter, expected) in self.parameters(topic) {
            let inside = parameter.pointer.strip_prefix("/payload");
            if let Some(value) = inside.and_then(|inside| payload.pointer(inside))
                && value.as_str().is_some_and(|value| value != expected)
            {
                let name = &parameter.name;
                let message = format!("{value} is not the topic's {name}, which is {expected:?}");
                details.push(Detail::new(parameter.pointer.clone(), message));
            }
        }
        if details.is_empty() {
            return Ok(());
        }
        Err(ContractViolation::Invalid {
            wire_type: wire_type.clone(),
            details,
        })
    }

    fn update_of(&self, topic: &TopicId) -> &Family {
        &self.contract.families[topic.family()]
    }
}
