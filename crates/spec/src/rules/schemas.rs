//! The schema subset: what typify, jsonschema, ajv, Modelina and datamodel-code-generator all
//! understand in the same way.
//!
//! Every object, enum and scalar is named in `components/schemas`; properties and items refer to
//! them. [`keywords`] knows which keyword goes with which type, [`bounds`] finds what nothing can
//! satisfy.

mod bounds;
mod keywords;

use std::collections::BTreeSet;

use super::{patterns, references};
use crate::parse::{At, Doc, Kind};
use crate::report::{Problems, rule};
use crate::text::{list, suggest};

const CONTAINER: &str = "components/schemas";

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    for (name, schema) in doc.members(CONTAINER) {
        if !schema.is_object() {
            continue;
        }
        if schema.reference().is_some() {
            let problem =
                format!("`{name}` is only another name: refer to the other schema directly");
            problems.add(&schema, rule::SCHEMA_INLINE, problem);
            continue;
        }
        described(&schema, problems);
        one(doc, &schema, problems);
    }
    bounds::recursion(doc, problems);
}

/// A schema that is not a reference.
fn one(doc: &Doc, schema: &At<'_>, problems: &mut Problems) {
    let Some(kind) = keywords::check(schema, problems) else {
        return;
    };
    match kind {
        "object" => object(doc, schema, problems),
        "array" => array(doc, schema, problems),
        "string" => string(schema, problems),
        "integer" | "number" => format(schema, kind, problems),
        _ => {}
    }
    bounds::check(schema, kind, problems);
}

fn described(schema: &At<'_>, problems: &mut Problems) {
    if schema
        .text("description")
        .is_none_or(|text| text.trim().is_empty())
    {
        let problem = "there is no `description`: say what it means, and in which unit";
        problems.add(schema, rule::SCHEMA_DESCRIPTION, problem);
    }
}

fn object(doc: &Doc, schema: &At<'_>, problems: &mut Problems) {
    let closed = schema.get("additionalProperties");
    if closed
        .as_ref()
        .is_none_or(|at| !matches!(at.node.kind, Kind::Bool(false)))
    {
        let problem =
            "an object says `additionalProperties: false`: unknown fields are refused everywhere";
        problems.add(
            closed.as_ref().unwrap_or(schema),
            rule::SCHEMA_CLOSED,
            problem,
        );
    }
    let properties = schema
        .get("properties")
        .map(|at| at.members())
        .unwrap_or_default();
    for (name, property) in &properties {
        member(doc, schema, name, property, problems);
    }
    let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    let mut seen = BTreeSet::new();
    for required in schema
        .get("required")
        .map(|at| at.items())
        .unwrap_or_default()
    {
        let Some(name) = required.str() else { continue };
        if !names.contains(&name) {
            let problem = format!(
                "`{name}` is required and not a property: {}",
                suggest(name, names.iter().copied())
            );
            problems.add(&required, rule::SCHEMA_REQUIRED, problem);
        } else if !seen.insert(name) {
            problems.add(
                &required,
                rule::SCHEMA_REQUIRED,
                format!("`{name}` is required twice"),
            );
        }
    }
}

/// A property: a reference, a list of references, or the `type` of a frame.
fn member(doc: &Doc, schema: &At<'_>, name: &str, property: &At<'_>, problems: &mut Problems) {
    if !property.is_object() {
        let problem = format!("a schema is expected here, not {}", property.node.what());
        problems.add(property, rule::WRONG_TYPE, problem);
    } else if property.reference().is_some() {
        references::check(doc, property, CONTAINER, problems);
    } else if property.get("const").is_some() {
        constant(schema, name, property, problems);
    } else if property.text("type") == Some("array") {
        described(property, problems);
        one(doc, property, problems);
    } else {
        let problem = format!(
            "`{name}` is defined inline: name its schema in `components/schemas`, and refer to it with `$ref`"
        );
        problems.add(property, rule::SCHEMA_INLINE, problem);
    }
}

/// `{type: string, const: …}`, which only the `type` of a frame may be.
fn constant(schema: &At<'_>, name: &str, property: &At<'_>, problems: &mut Problems) {
    if name != "type" || !schema.key().ends_with("Frame") {
        let problem = "`const` is only for the `type` of a frame: name an enum of one value in `components/schemas`";
        problems.add(property, rule::SCHEMA_CONST, problem);
        return;
    }
    let strings = property.text("type") == Some("string") && property.text("const").is_some();
    let others: Vec<&str> = property
        .members()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| !["type", "const", "description"].contains(name))
        .collect();
    if !strings || !others.is_empty() {
        let beside = if others.is_empty() {
            String::new()
        } else {
            format!(" without {}", list(others))
        };
        let problem = format!("the `type` of a frame is `{{type: string, const: …}}`{beside}");
        problems.add(property, rule::SCHEMA_CONST, problem);
    }
}

fn array(doc: &Doc, schema: &At<'_>, problems: &mut Problems) {
    match schema.get("items") {
        Some(items) if items.reference().is_some() => {
            references::check(doc, &items, CONTAINER, problems);
        }
        Some(items) => {
            let problem = "the schema of the items is defined inline: name it in `components/schemas`, and refer to it with `$ref`";
            problems.add(&items, rule::SCHEMA_INLINE, problem);
        }
        None => {
            let problem = "a list says what is in it: `items: {$ref: '#/components/schemas/…'}`";
            problems.add(schema, rule::SCHEMA_INLINE, problem);
        }
    }
}

fn string(schema: &At<'_>, problems: &mut Problems) {
    if let Some(pattern) = schema.get("pattern") {
        patterns::check(&pattern, problems);
    }
    if let Some(values) = schema.get("enum") {
        enumeration(schema, &values, problems);
    }
    format(schema, "string", problems);
}

fn enumeration(schema: &At<'_>, values: &At<'_>, problems: &mut Problems) {
    let items = values.items();
    if items.is_empty() {
        problems.add(
            values,
            rule::SCHEMA_ENUM,
            "an enum is a list of at least one string",
        );
    }
    let mut seen = BTreeSet::new();
    for item in &items {
        match item.str() {
            None => {
                let problem = format!(
                    "the values of an enum are strings, not {}: put it in quotes",
                    item.node.what()
                );
                problems.add(item, rule::SCHEMA_ENUM, problem);
            }
            Some("") => problems.add(
                item,
                rule::SCHEMA_ENUM,
                "an empty value has no name in Rust: give it one",
            ),
            Some(value) if !seen.insert(value) => {
                problems.add(
                    item,
                    rule::SCHEMA_ENUM,
                    format!("`{value}` is listed twice"),
                );
            }
            Some(_) => {}
        }
    }
    for keyword in ["pattern", "minLength", "maxLength", "format"] {
        if let Some(at) = schema.get(keyword) {
            let problem =
                format!("an enum lists its values, so `{keyword}` says nothing: remove it");
            problems.add_key(&at, rule::SCHEMA_ENUM, problem);
        }
    }
}

fn format(schema: &At<'_>, kind: &str, problems: &mut Problems) {
    let known: &[&str] = match kind {
        "string" => &["date-time", "date", "uuid", "uri", "email", "ipv4", "ipv6"],
        "integer" => &["int32", "int64", "uint32", "uint64"],
        _ => &["double", "float"],
    };
    match schema.get("format") {
        Some(format) => {
            if let Some(text) = format.str().filter(|text| !known.contains(text)) {
                let problem = format!(
                    "`{text}` is no format of {kind}: {}",
                    suggest(text, known.iter().copied())
                );
                problems.add(&format, rule::SCHEMA_FORMAT, problem);
            }
        }
        None if kind == "integer" => {
            let problem = "an integer needs a `format`, which is its type in other languages: `int64`, or one of `int32`, `uint32`, `uint64`";
            problems.add(schema, rule::SCHEMA_FORMAT, problem);
        }
        None => {}
    }
}
