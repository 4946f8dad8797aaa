//! Publications: held against the contract once, before anyone receives them.

use serde::Serialize;
use serde_json::Value;

use super::{ContractViolation, Protocol, TopicId};
use crate::metrics::Way;
use crate::wire::{Detail, ErrorCode, Refusal};

/// What is published on a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicationKind {
    /// `<family>.update`
    Update,
    /// `<family>.snapshot`: all that the updates up to a position have led to.
    Snapshot,
}

/// The payload of a publication, checked and encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// What it is.
    pub kind: PublicationKind,
    /// JSON.
    pub payload: String,
    /// The value at `x-topic.key`, as JSON: an update replaces those with the same.
    pub key: Option<Box<str>>,
}

impl Protocol {
    /// Encodes a publication of `topic`: typed value to checked JSON text.
    ///
    /// # Errors
    /// It breaks its schema, or belongs to another topic.
    pub fn encode_update<U: Serialize>(
        &self,
        topic: &TopicId,
        kind: PublicationKind,
        update: &U,
    ) -> Result<Update, ContractViolation> {
        let checked = || {
            let wire_type = self.published_as(topic, kind).unwrap_or_default();
            let payload =
                serde_json::to_value(update).map_err(|source| ContractViolation::Encode {
                    wire_type: wire_type.to_owned(),
                    source,
                })?;
            self.check_update(topic, kind, &payload)?;
            Ok(self.update(topic, kind, &payload))
        };
        checked().inspect_err(|_| self.count_invalid(self.published_as(topic, kind), Way::Out))
    }

    /// Encodes a payload that came from outside, such as by `POST /publish/{topic}`.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidFrame`] with every violation, pointers into the payload;
    /// [`ErrorCode::InvalidTopic`] for a snapshot where there are none.
    pub fn encode_publication(
        &self,
        topic: &TopicId,
        kind: PublicationKind,
        payload: &Value,
    ) -> Result<Update, Refusal> {
        if self.published_as(topic, kind).is_none() {
            let message = format!("{topic} has no snapshots: its updates stand for themselves");
            return Err(Refusal::new(ErrorCode::InvalidTopic, message));
        }
        match self.check_update(topic, kind, payload) {
            Ok(()) => Ok(self.update(topic, kind, payload)),
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

    /// The wire type of a publication; a family of changes has snapshots.
    pub fn published_as(&self, topic: &TopicId, kind: PublicationKind) -> Option<&str> {
        let messages = &self.family(topic.family()).messages;
        match kind {
            PublicationKind::Update => Some(&messages.update),
            PublicationKind::Snapshot => messages.snapshot.as_deref(),
        }
    }

    fn update(&self, topic: &TopicId, kind: PublicationKind, payload: &Value) -> Update {
        let key = self.family(topic.family()).key_pointer.as_deref();
        let key = key
            .filter(|_| kind == PublicationKind::Update)
            .and_then(|pointer| payload.pointer(pointer))
            .map(Value::to_string);
        Update {
            kind,
            payload: payload.to_string(),
            key: key.map(String::into_boxed_str),
        }
    }

    fn check_update(
        &self,
        topic: &TopicId,
        kind: PublicationKind,
        payload: &Value,
    ) -> Result<(), ContractViolation> {
        let Some(wire_type) = self.published_as(topic, kind) else {
            let family = &self.family(topic.family()).name;
            return Err(ContractViolation::UnknownType(format!("{family}.snapshot")));
        };
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
            wire_type: wire_type.to_owned(),
            details,
        })
    }
}
