//! What the runtime needs of the contract, as an object literal.

use serde_json::{Map, Value, json};
use tickwire_spec::{Delivery, Parameter};

use super::names::Names;
use super::types::{key, reference};
use crate::view::{Topics, View};

/// What a value is checked against. Prose and defaults are for people: the types have them.
const CHECKED: [&str; 17] = [
    "type",
    "const",
    "enum",
    "properties",
    "required",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
];

/// The table: a member on each line.
pub(super) fn table(view: &View<'_>, names: &Names) -> String {
    let contract = view.contract;
    let schemas = contract
        .schemas
        .iter()
        .map(|(name, schema)| (name.clone(), checked(schema)));
    let messages = contract.messages.iter().map(|message| {
        let examples: Vec<&Value> = message
            .examples
            .iter()
            .map(|example| &example.frame)
            .collect();
        (
            message.name.clone(),
            json!({"frame": message.frame, "examples": examples}),
        )
    });
    let requests = view.requests.iter().map(|request| {
        let entry = json!({"type": request.message.name, "reply": request.reply.name});
        (names.request(&request.message.name).to_owned(), entry)
    });
    let families = view
        .topics
        .iter()
        .map(|topics| (names.family(&topics.family.name).to_owned(), family(topics)));
    format!(
        "{{\n  title: {},\n  version: {},\n{}{}{}{}}}",
        written(&contract.title.as_str().into()),
        written(&contract.version.as_str().into()),
        member("schemas", schemas),
        member("messages", messages),
        member("requests", requests),
        member("families", families),
    )
}

fn member(name: &str, entries: impl Iterator<Item = (String, Value)>) -> String {
    let lines: String = entries
        .map(|(entry, value)| format!("    {}: {},\n", key(&entry), written(&value)))
        .collect();
    format!("  {name}: {{\n{lines}  }},\n")
}

fn family(topics: &Topics<'_>) -> Value {
    let family = topics.family;
    let delivery = match family.delivery {
        Delivery::Lossless => "lossless",
        Delivery::Window => "window",
        Delivery::Latest => "latest",
        Delivery::Delta => "delta",
    };
    let mut entry = json!({
        "name": family.name,
        "pattern": family.pattern.to_string(),
        "parameters": family.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "delivery": delivery,
        "subscribe": family.messages.subscribe,
        "unsubscribe": family.messages.unsubscribe,
        "update": family.messages.update,
    });
    if let Some(key) = &family.key_pointer {
        entry["key"] = key.as_str().into();
    }
    if let Some(snapshot) = &family.messages.snapshot {
        entry["snapshot"] = snapshot.as_str().into();
    }
    entry
}

fn parameter(parameter: &Parameter) -> Value {
    let pointer = parameter
        .pointer
        .strip_prefix("/payload/")
        .unwrap_or(&parameter.pointer);
    let path: Vec<String> = pointer
        .split('/')
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect();
    let mut entry = json!({"name": parameter.name, "path": path});
    if let Some(default) = &parameter.default {
        entry["default"] = default.as_str().into();
    }
    entry
}

/// A schema without what is for people, its references as plain names.
fn checked(schema: &Value) -> Value {
    if let Some(name) = reference(schema) {
        return json!({"$ref": name});
    }
    let Some(members) = schema.as_object() else {
        return schema.clone();
    };
    let mut out = Map::new();
    for (keyword, value) in members {
        let value = match keyword.as_str() {
            "items" => checked(value),
            "properties" => {
                let properties = value.as_object().into_iter().flatten();
                properties
                    .map(|(name, inner)| (name.clone(), checked(inner)))
                    .collect::<Map<_, _>>()
                    .into()
            }
            keyword if CHECKED.contains(&keyword) => value.clone(),
            _ => continue,
        };
        out.insert(keyword.clone(), value);
    }
    out.into()
}

/// JSON, which JavaScript reads, too: all but `__proto__`, which sets what an object inherits.
fn written(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, value)| {
                    let name = if name == "__proto__" {
                        "['__proto__']".to_owned()
                    } else {
                        key(name)
                    };
                    format!("{name}: {}", written(value))
                })
                .collect();
            if members.is_empty() {
                "{}".to_owned()
            } else {
                format!("{{ {} }}", members.join(", "))
            }
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(written).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(text) => super::prose::quoted(text),
        other => other.to_string(),
    }
}
