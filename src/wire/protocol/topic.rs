//! Topics: from a request, from a text, always checked against the contract.

use std::fmt;
use std::sync::Arc;

use jsonschema::Validator;
use serde_json::Value;
use tickwire_spec::{Contract, Segment};

use super::{Protocol, violations};
use crate::wire::{Detail, ErrorCode, Refusal};

/// A topic of the served contract: its parameters were checked. A clone is a reference count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TopicId {
    family: usize,
    name: Arc<str>,
}

/// A family with the validators of its parameters, in the order of the pattern.
pub(super) struct FamilyEntry {
    parameters: Vec<Validator>,
}

pub(super) fn families(contract: &Contract) -> Result<Vec<FamilyEntry>, String> {
    contract
        .families
        .iter()
        .map(|family| {
            let parameters = family
                .parameters
                .iter()
                .map(|parameter| schema_validator(contract, &parameter.schema))
                .collect::<Result<_, _>>()?;
            Ok(FamilyEntry { parameters })
        })
        .collect()
}

pub(super) fn schema_validator(contract: &Contract, schema: &str) -> Result<Validator, String> {
    let schema = contract
        .payload_schema(schema)
        .map_err(|error| error.to_string())?;
    tickwire_spec::validator(&schema)
}

impl TopicId {
    /// Index into [`Contract::families`].
    pub fn family(&self) -> usize {
        self.family
    }

    /// The topic as on the wire, such as `bars:AAPL:1`.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }
}

impl fmt::Display for TopicId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

impl Protocol {
    /// Reads a topic such as `bars:AAPL:1`.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidTopic`], with what is wrong or what would be right.
    pub fn topic(&self, text: &str) -> Result<TopicId, Refusal> {
        let mut details = Vec::new();
        for (index, family) in self.contract.families.iter().enumerate() {
            let Some(values) = family.pattern.matches(text) else {
                continue;
            };
            details = self.parameter_violations(index, &values);
            if details.is_empty() {
                return Ok(TopicId {
                    family: index,
                    name: text.into(),
                });
            }
        }
        let message = match details.first() {
            Some(detail) => format!("{text:?} is not a topic: {}", detail.message),
            None => format!("{text:?} is not a topic{}", self.expected_topic(text)),
        };
        Err(Refusal::with_details(
            ErrorCode::InvalidTopic,
            message,
            details,
        ))
    }

    /// Builds the topic that a request of a family asks for: the family's pattern with each
    /// parameter replaced by the value at its place in the frame, or by its default.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidTopic`], when a value cannot be part of a topic.
    pub fn topic_of(&self, family: usize, frame: &Value) -> Result<TopicId, Refusal> {
        let parameters = &self.contract.families[family].parameters;
        let mut values = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            let value = frame
                .pointer(&parameter.pointer)
                .and_then(Value::as_str)
                .or(parameter.default.as_deref());
            values.push(value.ok_or_else(|| {
                let message = format!("{:?} is missing", parameter.name);
                let details = vec![Detail::new(parameter.pointer.clone(), message.clone())];
                Refusal::with_details(ErrorCode::InvalidFrame, message, details)
            })?);
        }
        match self.contract.families[family].pattern.format(&values) {
            Some(name) => Ok(TopicId {
                family,
                name: name.into(),
            }),
            None => Err(Refusal::new(
                ErrorCode::InvalidTopic,
                "a parameter is empty or contains a colon",
            )),
        }
    }

    /// The names and values of a topic's parameters.
    pub fn parameters<'a>(
        &'a self,
        topic: &'a TopicId,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let family = &self.contract.families[topic.family];
        let names = family
            .parameters
            .iter()
            .map(|parameter| parameter.name.as_str());
        names.zip(family.pattern.matches(&topic.name).unwrap_or_default())
    }

    fn parameter_violations(&self, family: usize, values: &[&str]) -> Vec<Detail> {
        let parameters = &self.contract.families[family].parameters;
        let validators = &self.families[family].parameters;
        let mut details = Vec::new();
        for ((parameter, validator), value) in parameters.iter().zip(validators).zip(values) {
            let value = Value::from(*value);
            if !validator.is_valid(&value) {
                let violations = violations(validator, &value, &parameter.pointer);
                details.extend(violations.into_iter().map(|detail| {
                    Detail::new(
                        detail.pointer,
                        format!("{}: {}", parameter.name, detail.message),
                    )
                }));
            }
        }
        details
    }

    fn expected_topic(&self, text: &str) -> String {
        let first = text.split(':').next().unwrap_or_default();
        let same_family = |family: &&tickwire_spec::Family| matches!(family.pattern.segments.first(), Some(Segment::Literal(name)) if name == first);
        let patterns: Vec<String> = match self.contract.families.iter().find(same_family) {
            Some(family) => vec![family.pattern.to_string()],
            None => self
                .contract
                .families
                .iter()
                .map(|family| family.pattern.to_string())
                .collect(),
        };
        if patterns.is_empty() {
            return "; this contract has none".to_owned();
        }
        format!("; expected {}", patterns.join(" or "))
    }
}
