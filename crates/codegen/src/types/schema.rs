//! The contract's schemas as typify reads them rightly.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::prose;

const REF: &str = "#/components/schemas/";

/// Schemas for typify: `const` as an enum of one value, since it would make a plain `String` of it;
/// prose as rustdoc, with the limits that no type expresses; properties with the description and
/// the default of the schema that they refer to.
pub(super) fn prepare(schemas: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    schemas
        .iter()
        .map(|(name, schema)| (name.clone(), prepared(schema, schemas)))
        .collect()
}

fn prepared(schema: &Value, all: &BTreeMap<String, Value>) -> Value {
    let Value::Object(object) = schema else {
        return schema.clone();
    };
    if let Some(target) = target(schema).and_then(|name| all.get(name)) {
        return reference(object, target);
    }
    let mut out = Map::new();
    for (key, value) in object {
        match key.as_str() {
            "const" => {
                out.insert("enum".to_owned(), json!([value]));
                if !object.contains_key("description") {
                    out.insert("description".to_owned(), json!("The wire type."));
                }
            }
            "description" => {
                out.insert(key.clone(), json!(described(object)));
            }
            "properties" => {
                let properties = value.as_object().into_iter().flatten();
                let properties: Map<_, _> = properties
                    .map(|(name, property)| (name.clone(), prepared(property, all)))
                    .collect();
                out.insert(key.clone(), Value::Object(properties));
            }
            "items" | "additionalProperties" => {
                out.insert(key.clone(), item(value, all));
            }
            "oneOf" | "anyOf" => {
                let variants = value.as_array().into_iter().flatten();
                out.insert(
                    key.clone(),
                    variants.map(|variant| item(variant, all)).collect(),
                );
            }
            // typify would follow the bounds, to a `NonZeroU64` or an `i8`, and past the format.
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum"
                if object.contains_key("format") => {}
            "examples" => {}
            _ if key.starts_with("x-") => {}
            _ => {
                out.insert(key.clone(), value.clone());
            }
        }
    }
    Value::Object(out)
}

/// A schema that is no property: a bare reference stays one, for it has no place for prose.
fn item(schema: &Value, all: &BTreeMap<String, Value>) -> Value {
    if target(schema).is_some() {
        schema.clone()
    } else {
        prepared(schema, all)
    }
}

/// A reference with its target's description and default beside it.
fn reference(reference: &Map<String, Value>, target: &Value) -> Value {
    let mut out = reference.clone();
    if let Some(description) = target["description"].as_str() {
        out.insert("description".to_owned(), json!(prose::rustdoc(description)));
    }
    if let Some(default) = target.get("default") {
        out.insert("default".to_owned(), default.clone());
    }
    Value::Object(out)
}

/// The description, and in a line of its own what typify checks nowhere.
fn described(object: &Map<String, Value>) -> String {
    const LIMITS: [&str; 8] = [
        "minimum",
        "exclusiveMinimum",
        "maximum",
        "exclusiveMaximum",
        "minItems",
        "maxItems",
        "uniqueItems",
        "default",
    ];
    let text = object
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let limits: Vec<String> = LIMITS
        .iter()
        .filter_map(|key| object.get(*key).map(|value| format!("`{key}: {value}`")))
        .collect();
    let mut out = prose::rustdoc(text);
    if !limits.is_empty() {
        out.push_str("\n\n");
        out.push_str(&limits.join(", "));
    }
    out
}

/// The name of the schema that this one refers to.
fn target(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(REF)
}

/// A schema's name with the names of all schemas below it.
pub(super) fn closure(schemas: &BTreeMap<String, Value>, name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        if let Some(schema) = schemas.get(&name)
            && found.insert(name)
        {
            references(schema, &mut open);
        }
    }
    found
}

fn references(schema: &Value, into: &mut Vec<String>) {
    into.extend(target(schema).map(str::to_owned));
    match schema {
        Value::Object(object) => object.values().for_each(|value| references(value, into)),
        Value::Array(array) => array.iter().for_each(|value| references(value, into)),
        _ => {}
    }
}
