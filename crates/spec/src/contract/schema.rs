//! Self-contained draft-07 schemas of single frames, of single types, and of everything.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::model::{Contract, Message};

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";
const SCHEMAS: &str = "#/components/schemas/";

/// The contract has no schema of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no schema `{0}`")]
pub struct SchemaError(pub String);

impl Contract {
    /// The schema of a message's frames, with the definitions that it needs.
    ///
    /// `{"$schema": …, "$ref": "#/definitions/PingFrame", "definitions": {…}}`
    pub fn frame_schema(&self, message: &Message) -> Value {
        bundle(&self.schemas, &message.frame)
    }

    /// The schema of this name, with the definitions that it needs.
    ///
    /// # Errors
    ///
    /// There is no such schema.
    pub fn payload_schema(&self, name: &str) -> Result<Value, SchemaError> {
        if !self.schemas.contains_key(name) {
            return Err(SchemaError(name.to_owned()));
        }
        Ok(bundle(&self.schemas, name))
    }

    /// Every frame as one document: `oneOf` the frames, sorted, over all schemas as
    /// `definitions`.
    ///
    /// Its title is `Frame`, since generators name the type of the whole by it.
    pub fn schemas_document(&self) -> Value {
        let mut frames: Vec<&str> = self.messages.iter().map(|m| m.frame.as_str()).collect();
        frames.sort_unstable();
        let one_of: Vec<Value> = frames
            .iter()
            .map(|frame| json!({"$ref": format!("#/definitions/{frame}")}))
            .collect();
        let definitions: Map<String, Value> = self
            .schemas
            .iter()
            .map(|(name, schema)| (name.clone(), localized(schema)))
            .collect();
        json!({
            "$schema": DRAFT,
            "title": "Frame",
            "description": format!("Any frame of {} {}.", self.title, self.version),
            "oneOf": one_of,
            "definitions": definitions,
        })
    }
}

/// The schema `name` with all definitions that it reaches.
pub(crate) fn bundle(schemas: &BTreeMap<String, Value>, name: &str) -> Value {
    let definitions: Map<String, Value> = reachable(schemas, name)
        .into_iter()
        .filter_map(|name| {
            let schema = localized(schemas.get(&name)?);
            Some((name, schema))
        })
        .collect();
    json!({
        "$schema": DRAFT,
        "$ref": format!("#/definitions/{name}"),
        "definitions": definitions,
    })
}

/// Names of the schema `name` and of all that its values consist of.
pub(crate) fn reachable(schemas: &BTreeMap<String, Value>, name: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        if let Some(schema) = schemas.get(&name)
            && names.insert(name)
        {
            references(schema, &mut open);
        }
    }
    names
}

/// Names of the schemas that `schema` refers to.
fn references(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(name) = members.get("$ref").and_then(Value::as_str) {
                names.extend(name.strip_prefix(SCHEMAS).map(str::to_owned));
            }
            members.values().for_each(|value| references(value, names));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, names)),
        _ => {}
    }
}

/// The schema with references to `definitions` of its own document.
fn localized(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| {
                let name = value.as_str().and_then(|text| text.strip_prefix(SCHEMAS));
                let value = match name {
                    Some(name) if key == "$ref" => format!("#/definitions/{name}").into(),
                    _ => localized(value),
                };
                (key.clone(), value)
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(localized).collect(),
        other => other.clone(),
    }
}
