//! Schemas as types: objects as interfaces, everything else as an alias with its name.

use std::collections::BTreeSet;

use serde_json::Value;

use super::names::Names;
use super::prose::{doc, quoted};
use crate::GenerateError;
use crate::view::View;

const SCHEMAS: &str = "#/components/schemas/";

/// All types, in the order of their names.
pub(super) fn types(view: &View<'_>, names: &Names) -> Result<String, GenerateError> {
    let mut out = String::new();
    for (schema, value) in &view.contract.schemas {
        let wrong = |message: &str| GenerateError::Schema {
            schema: schema.clone(),
            message: message.to_owned(),
        };
        out.push_str(&doc(value["description"].as_str(), ""));
        let name = names.schema(schema);
        if value["type"] == "object" {
            out.push_str(&format!("export interface {name} {{\n"));
            let required: BTreeSet<&str> = strings(&value["required"]).collect();
            for (property, inner) in value["properties"].as_object().into_iter().flatten() {
                let optional = if required.contains(property.as_str()) {
                    ""
                } else {
                    "?"
                };
                let written =
                    expression(inner, names).ok_or_else(|| wrong("a property is of no type"))?;
                out.push_str(&doc(meaning(view, inner), "  "));
                out.push_str(&format!("  {}{optional}: {written};\n", key(property)));
            }
            out.push_str("}\n\n");
        } else {
            let written = expression(value, names).ok_or_else(|| wrong("it is of no type"))?;
            out.push_str(&format!("export type {name} = {written};\n\n"));
        }
    }
    Ok(out)
}

/// What a property means: its own words, or those of the schema that it refers to.
fn meaning<'v>(view: &'v View<'_>, property: &'v Value) -> Option<&'v str> {
    let schema = match reference(property) {
        Some(name) => view.contract.schemas.get(name)?,
        None => property,
    };
    schema["description"].as_str()
}

/// The name of the schema that a value refers to.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix(SCHEMAS)
}

/// A schema where a type is expected.
fn expression(schema: &Value, names: &Names) -> Option<String> {
    if let Some(name) = reference(schema) {
        return Some(names.schema(name).to_owned());
    }
    if let Some(text) = schema["const"].as_str() {
        return Some(quoted(text));
    }
    if schema["enum"].is_array() {
        let values: Vec<String> = strings(&schema["enum"]).map(quoted).collect();
        return Some(values.join(" | "));
    }
    Some(match schema["type"].as_str()? {
        "string" => "string".to_owned(),
        "boolean" => "boolean".to_owned(),
        "integer" | "number" => "number".to_owned(),
        "array" => format!("{}[]", expression(&schema["items"], names)?),
        _ => return None,
    })
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// A property's name, in quotes where it is no identifier.
pub(super) fn key(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    if name.chars().all(plain)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
    {
        name.to_owned()
    } else {
        quoted(name)
    }
}
