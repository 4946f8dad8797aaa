//! Topics: from a request, from a text, always checked against the contract.

use std::fmt;
use std::sync::Arc;

use jsonschema::Validator;
use serde_json::Value;
use tickwire_spec::{Contract, Parameter, Segment};

use super::{Protocol, violations};
use crate::wire::{Detail, ErrorCode, Refusal};

/// A topic of the served contract: its parameters were checked. A clone is a reference count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TopicId {
    family: usize,
    name: Arc<str>,
}

/// A family with what judges its parameters, in the order of the pattern.
pub(super) struct FamilyEntry {
    parameters: Vec<ParameterEntry>,
}

struct ParameterEntry {
    validator: Validator,
    /// A uuid may be written in capitals. As two topics, those who subscribe to one spelling would
    /// miss what is published to the other, so only that of RFC 9562 is a topic.
    only_lowercase: bool,
}

impl ParameterEntry {
    fn new(contract: &Contract, schema: &str) -> Result<Self, String> {
        let format = contract
            .schemas
            .get(schema)
            .and_then(|schema| schema.get("format"));
        Ok(Self {
            validator: schema_validator(contract, schema)?,
            only_lowercase: format.is_some_and(|format| format == "uuid"),
        })
    }

    /// What is wrong with a value that satisfies its schema.
    fn misspelt(&self, value: &str) -> Option<String> {
        let misspelt = self.only_lowercase && value.bytes().any(|byte| byte.is_ascii_uppercase());
        misspelt.then(|| {
            format!(
                "{value:?} has to be written {:?}",
                value.to_ascii_lowercase()
            )
        })
    }
}

pub(super) fn families(contract: &Contract) -> Result<Vec<FamilyEntry>, String> {
    contract
        .families
        .iter()
        .map(|family| {
            let parameters = family
                .parameters
                .iter()
                .map(|parameter| ParameterEntry::new(contract, &parameter.schema))
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
        for (parameter, entry) in parameters.iter().zip(&self.families[family].parameters) {
            let value = frame
                .pointer(&parameter.pointer)
                .and_then(Value::as_str)
                .or(parameter.default.as_deref());
            let refusal = |code, message: String| {
                let details = vec![Detail::new(parameter.pointer.clone(), message.clone())];
                Refusal::with_details(code, message, details)
            };
            let value = value.ok_or_else(|| {
                let message = format!("{:?} is missing", parameter.name);
                refusal(ErrorCode::InvalidFrame, message)
            })?;
            if let Some(problem) = entry.misspelt(value) {
                let message = format!("{}: {problem}", parameter.name);
                return Err(refusal(ErrorCode::InvalidTopic, message));
            }
            values.push(value);
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

    /// A topic's parameters with their values.
    pub fn parameters<'a>(
        &'a self,
        topic: &'a TopicId,
    ) -> impl Iterator<Item = (&'a Parameter, &'a str)> {
        let family = &self.contract.families[topic.family];
        let values = family.pattern.matches(&topic.name).unwrap_or_default();
        family.parameters.iter().zip(values)
    }

    /// What is wrong with the values in a topic's text. They are not in the frame or body that comes
    /// with it, so there is no place to point to.
    fn parameter_violations(&self, family: usize, values: &[&str]) -> Vec<Detail> {
        let parameters = &self.contract.families[family].parameters;
        let entries = &self.families[family].parameters;
        let mut details = Vec::new();
        for ((parameter, entry), text) in parameters.iter().zip(entries).zip(values) {
            let value = Value::from(*text);
            let found = violations(&entry.validator, &value, "");
            let found = found.into_iter().map(|detail| detail.message);
            let of_parameter = |problem| Detail::new("", format!("{}: {problem}", parameter.name));
            details.extend(found.chain(entry.misspelt(text)).map(of_parameter));
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
