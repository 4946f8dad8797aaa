//! Values for examples: those that the document's own examples have, or else made from schemas.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::ExtendError;
use super::draft::Draft;
use crate::contract::bundle;
use crate::model::Contract;
use crate::validate::validator;

/// The first value of each schema in the examples of the document.
pub(super) fn known(contract: &Contract) -> BTreeMap<String, Value> {
    let mut known = BTreeMap::new();
    for message in &contract.messages {
        for example in &message.examples {
            let mut open: Vec<(&str, &Value)> = vec![(&message.frame, &example.frame)];
            while let Some((name, value)) = open.pop() {
                let Some(schema) = contract.schemas.get(name) else {
                    continue;
                };
                if !is_free(schema) {
                    let first = known.entry(name.to_owned());
                    first.or_insert_with(|| value.clone());
                }
                inside(schema, value, &mut open);
            }
        }
    }
    known
}

/// Whether any text will do: what it says elsewhere would be out of place.
fn is_free(schema: &Value) -> bool {
    let bound = ["enum", "pattern", "format"];
    schema["type"] == "string" && bound.iter().all(|keyword| schema.get(keyword).is_none())
}

/// Values inside of a value, with the names of their schemas.
fn inside<'v>(schema: &'v Value, value: &'v Value, open: &mut Vec<(&'v str, &'v Value)>) {
    if let (Some(items), Some(name)) = (value.as_array(), reference(&schema["items"])) {
        open.extend(items.iter().map(|item| (name, item)));
    }
    for (field, value) in value.as_object().into_iter().flatten() {
        let property = &schema["properties"][field];
        match reference(property) {
            Some(name) => open.push((name, value)),
            // A list without a name of its own.
            None if value.is_array() => inside(property, value, open),
            None => {}
        }
    }
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"]
        .as_str()?
        .strip_prefix("#/components/schemas/")
}

/// How deep a value is made from its schema.
const MAX_DEPTH: usize = 8;

/// A value of a schema.
pub(super) fn of(draft: &Draft<'_>, name: &str) -> Result<Value, ExtendError> {
    made(draft, name, MAX_DEPTH).ok_or_else(|| {
        ExtendError::Refused(format!(
            "no value of the schema `{name}` is known: give one of the messages that carry it an example"
        ))
    })
}

fn made(draft: &Draft<'_>, name: &str, depth: usize) -> Option<Value> {
    if let Some(known) = draft.samples.get(name) {
        return Some(known.clone());
    }
    let schemas = &draft.contract.schemas;
    let schema = schemas.get(name)?;
    let fits = validator(&bundle(schemas, name)).ok()?;
    let candidates = candidates(draft, schema, depth.checked_sub(1)?)?;
    candidates
        .into_iter()
        .find(|candidate| fits.is_valid(candidate))
}

/// Values that may be what a schema wants.
fn candidates(draft: &Draft<'_>, schema: &Value, depth: usize) -> Option<Vec<Value>> {
    let mut candidates: Vec<Value> = Vec::new();
    candidates.extend(schema.get("default").cloned());
    for list in ["examples", "enum"] {
        candidates.extend(schema[list].as_array().into_iter().flatten().cloned());
    }
    match schema["type"].as_str()? {
        "object" => {
            let mut members = Map::new();
            for name in schema["required"].as_array().into_iter().flatten() {
                let name = name.as_str()?;
                let property = &schema["properties"][name];
                let value = match reference(property) {
                    Some(schema) => made(draft, schema, depth)?,
                    None => list(draft, property, depth)?,
                };
                members.insert(name.to_owned(), value);
            }
            candidates.push(members.into());
        }
        "array" => candidates.push(list(draft, schema, depth)?),
        "boolean" => candidates.push(true.into()),
        "integer" | "number" => {
            candidates.extend([json!(1), json!(0), json!(100), json!(-1)]);
            for bound in ["minimum", "maximum"] {
                candidates.extend(schema.get(bound).cloned());
            }
        }
        _ => candidates.extend(TEXTS.map(Value::from)),
    }
    Some(candidates)
}

/// Texts that the pattern or the format of a schema may want.
const TEXTS: [&str; 12] = [
    "example",
    "EXAMPLE",
    "a",
    "A1",
    "1",
    "12.50",
    "USD",
    "2026-11-02",
    "2026-11-02T14:30:00Z",
    "019a2f6e-8d20-7c44-8a10-5b6d7e8f9a02",
    "https://example.org",
    "user@example.org",
];

fn list(draft: &Draft<'_>, schema: &Value, depth: usize) -> Option<Value> {
    match schema["minItems"].as_u64().unwrap_or(0) {
        0 => Some(json!([])),
        1 => Some(json!([made(draft, reference(&schema["items"])?, depth)?])),
        // Several could have to differ from each other.
        _ => None,
    }
}
