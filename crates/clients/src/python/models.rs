//! `models.py`: a dataclass for each object that is received or given, an alias for each enum.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Value;

use super::names::field;
use super::schema::{Property, Types};
use super::text::{comment, docstring, string};
use crate::GenerateError;
use crate::view::View;

const DOC: &str = "\"\"\"The types of the contract. Generated; see `README.md`.\"\"\"\n";

pub(super) fn module<'c>(view: &View<'c>, types: &Types<'c>) -> Result<String, GenerateError> {
    let names = reached(view, types)?;
    let mut out = String::new();
    for name in &names {
        let schema = types.schema(name)?;
        if let Some(values) = schema["enum"].as_array() {
            alias(&mut out, types.names.class(name), schema, values);
        }
    }
    for name in &names {
        if types.schema(name)?["type"] == "object" {
            class(&mut out, types, name)?;
        }
    }
    Ok(format!("{DOC}\n{}{out}", imports(&out)))
}

/// The objects and enums that a user meets.
pub(super) fn reached<'c>(
    view: &View<'c>,
    types: &Types<'c>,
) -> Result<BTreeSet<&'c str>, GenerateError> {
    let mut names = BTreeSet::new();
    for request in &view.requests {
        types.reach_from(&request.message.payload, &mut names)?;
        types.reach(&request.reply.payload, &mut names)?;
    }
    for topics in &view.topics {
        for parameter in &topics.family.parameters {
            types.reach(&parameter.schema, &mut names)?;
        }
        types.reach(&topics.update.payload, &mut names)?;
        if let Some(snapshot) = topics.snapshot {
            types.reach(&snapshot.payload, &mut names)?;
        }
    }
    for push in &view.pushes {
        types.reach(&push.payload, &mut names)?;
    }
    Ok(names)
}

fn alias(out: &mut String, name: &str, schema: &Value, values: &[Value]) {
    out.push('\n');
    if let Some(description) = schema["description"].as_str() {
        out.push_str(&comment(description));
    }
    let _ = writeln!(out, "{name}: TypeAlias = Literal[");
    for value in values.iter().filter_map(Value::as_str) {
        let _ = writeln!(out, "    {},", string(value));
    }
    out.push_str("]\n");
}

fn class<'c>(out: &mut String, types: &Types<'c>, name: &'c str) -> Result<(), GenerateError> {
    let schema = types.schema(name)?;
    let properties = types.properties(name)?;
    let _ = write!(
        out,
        "\n\n@dataclass(frozen=True, slots=True, kw_only=True)\nclass {}(Model):\n",
        types.names.class(name)
    );
    out.push_str(&docstring(
        schema["description"].as_str().unwrap_or(name),
        4,
    ));
    for property in &properties {
        let annotation = types.annotation(&property.kind);
        let optional = if property.required {
            ""
        } else {
            " | None = None"
        };
        let _ = write!(
            out,
            "\n    {}: {annotation}{optional}\n",
            field(property.name)
        );
        if let Some(description) = property.description {
            out.push_str(&docstring(description, 4));
        }
    }
    let renamed: Vec<String> = properties
        .iter()
        .filter(|property| field(property.name) != property.name)
        .map(|property| {
            format!(
                "{}: {}",
                string(&field(property.name)),
                string(property.name)
            )
        })
        .collect();
    if !renamed.is_empty() {
        let renamed = renamed.join(", ");
        let _ = write!(
            out,
            "\n    wire_names: ClassVar[Mapping[str, str]] = {{{renamed}}}\n"
        );
    }
    from_dict(out, types, types.names.class(name), &properties);
    Ok(())
}

fn from_dict(out: &mut String, types: &Types<'_>, class: &str, properties: &[Property<'_>]) {
    let _ = write!(
        out,
        "\n    @classmethod\n    def from_dict(cls, data: Mapping[str, Any]) -> {class}:\n"
    );
    if properties.is_empty() {
        out.push_str("        return cls()\n");
        return;
    }
    out.push_str("        return cls(\n");
    for property in properties {
        let key = string(property.name);
        let plain = format!("data[{key}]");
        let read = types.read(&property.kind, &plain);
        let value = match (property.required, read == plain) {
            (true, _) => read,
            (false, true) => format!("data.get({key})"),
            (false, false) => format!("{read} if {key} in data else None"),
        };
        let _ = writeln!(out, "            {}={value},", field(property.name));
    }
    out.push_str("        )\n");
}

/// The imports that `body` needs: linters complain about others.
fn imports(body: &str) -> String {
    let used = |names: &[(&str, &str)]| -> String {
        let names: Vec<&str> = names
            .iter()
            .filter(|(_, sign)| body.contains(sign))
            .map(|(name, _)| *name)
            .collect();
        names.join(", ")
    };
    let groups = [
        ("import", used(&[("datetime as _datetime", "_datetime.")])),
        (
            "from collections.abc import",
            used(&[("Mapping", "Mapping[")]),
        ),
        (
            "from dataclasses import",
            used(&[("dataclass", "@dataclass")]),
        ),
        (
            "from typing import",
            used(&[
                ("Any", "Any]"),
                ("ClassVar", "ClassVar["),
                ("Literal", "Literal["),
                ("TypeAlias", "TypeAlias ="),
            ]),
        ),
        (
            "\nfrom ._runtime.model import",
            used(&[
                ("Model", "(Model)"),
                ("parse_date", "parse_date("),
                ("parse_datetime", "parse_datetime("),
            ]),
        ),
    ];
    let mut out = "from __future__ import annotations\n\n".to_owned();
    for (import, names) in groups.iter().filter(|(_, names)| !names.is_empty()) {
        let _ = writeln!(out, "{import} {names}");
    }
    out
}
