//! Topics as text: which family one belongs to, and which topic a request names.

use serde_json::Value;

use crate::model::Contract;
use crate::validate::validator;

/// A topic taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicMatch {
    /// Index into [`Contract::families`].
    pub family: usize,
    /// A value for each of the family's parameters, in order.
    pub values: Vec<String>,
}

/// Why there is no such topic.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TopicError {
    /// No family has a pattern that fits.
    #[error("'{topic}' is not a topic: expected one of {patterns}")]
    NoFamily {
        /// The topic as given.
        topic: String,
        /// The patterns that there are.
        patterns: String,
    },
    /// A parameter's value breaks its schema.
    #[error("{parameter}: {problem}")]
    Value {
        /// The parameter's name.
        parameter: String,
        /// What is wrong with the value.
        problem: String,
    },
    /// A request says nothing of a parameter that has no default.
    #[error("{parameter}: the request has no string at {pointer}")]
    Missing {
        /// The parameter's name.
        parameter: String,
        /// Where in the frame its value should be.
        pointer: String,
    },
}

impl Contract {
    /// The family whose pattern a topic fits, and the values; the values are not validated.
    ///
    /// No two families have patterns that fit the same topic.
    pub fn match_topic(&self, topic: &str) -> Option<TopicMatch> {
        self.families
            .iter()
            .enumerate()
            .find_map(|(family, candidate)| {
                let values = candidate.pattern.matches(topic)?;
                Some(TopicMatch {
                    family,
                    values: values.into_iter().map(str::to_owned).collect(),
                })
            })
    }

    /// Reads a topic and validates each value against the schema of its parameter.
    ///
    /// This compiles the schemas that it needs, some 10 µs each. A caller in a hurry keeps
    /// compiled ones ([`validator`](crate::validator) of [`Contract::payload_schema`]) and uses
    /// [`Contract::match_topic`].
    ///
    /// # Errors
    ///
    /// See [`TopicError`].
    pub fn topic(&self, topic: &str) -> Result<TopicMatch, TopicError> {
        let found = self
            .match_topic(topic)
            .ok_or_else(|| self.no_family(topic))?;
        for (parameter, value) in self.families[found.family]
            .parameters
            .iter()
            .zip(&found.values)
        {
            let problem = |problem: String| TopicError::Value {
                parameter: parameter.name.clone(),
                problem,
            };
            let schema = self
                .payload_schema(&parameter.schema)
                .map_err(|error| problem(error.to_string()))?;
            let validator = validator(&schema).map_err(problem)?;
            let value = Value::String(value.clone());
            validator
                .validate(&value)
                .map_err(|error| problem(error.to_string()))?;
        }
        Ok(found)
    }

    /// The topic that a request's frame names: the family's pattern with each parameter replaced
    /// by the value at its pointer, or by its default.
    ///
    /// The frame is taken to be valid; values are only refused where no topic could be made of
    /// them.
    ///
    /// # Errors
    ///
    /// [`TopicError::Missing`] and [`TopicError::Value`], and [`TopicError::NoFamily`] for an
    /// index out of range.
    pub fn build_topic(&self, family: usize, frame: &Value) -> Result<String, TopicError> {
        let family = self
            .families
            .get(family)
            .ok_or_else(|| self.no_family(""))?;
        let mut values = Vec::with_capacity(family.parameters.len());
        for parameter in &family.parameters {
            let value = match frame.pointer(&parameter.pointer) {
                Some(value) => value.as_str(),
                None => parameter.default.as_deref(),
            };
            let value = value.ok_or_else(|| TopicError::Missing {
                parameter: parameter.name.clone(),
                pointer: parameter.pointer.clone(),
            })?;
            if value.is_empty() || value.contains(':') {
                return Err(TopicError::Value {
                    parameter: parameter.name.clone(),
                    problem: format!("'{value}' is empty or contains ':'"),
                });
            }
            values.push(value);
        }
        // One value for each parameter, none with a colon: `format` can't refuse them.
        Ok(family.pattern.format(&values).unwrap_or_default())
    }

    fn no_family(&self, topic: &str) -> TopicError {
        let patterns: Vec<String> = self
            .families
            .iter()
            .map(|f| f.pattern.to_string())
            .collect();
        TopicError::NoFamily {
            topic: topic.to_owned(),
            patterns: patterns.join(", "),
        }
    }
}
