//! `_contract.py`: what the runtime has to know of the contract.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json};
use tickwire_spec::{Delivery, Direction};

use super::schema::Types;
use super::text::string;
use crate::GenerateError;
use crate::view::{Topics, View};

pub(super) fn module(view: &View<'_>, types: &Types<'_>) -> Result<String, GenerateError> {
    let mut body = schemas(view);
    body.push_str(&examples(view));
    for request in &view.requests {
        let reply = types.names.class(&request.reply.payload);
        let _ = write!(
            body,
            "\n{}: Final = Request(\n    type={},\n    reply={},\n    decode=models.{reply}.from_dict,\n)\n",
            types.names.request(&request.message.name),
            string(&request.message.name),
            string(&request.reply.name),
        );
    }
    for topics in &view.topics {
        family(&mut body, types, topics);
    }
    contract(&mut body, view, types)?;

    let mut imports = String::new();
    for (name, sign) in [
        ("Contract", "Contract("),
        ("Family", "Family["),
        ("Request", "Request("),
    ] {
        if body.contains(sign) {
            let separator = if imports.is_empty() { "" } else { ", " };
            imports = format!("{imports}{separator}{name}");
        }
    }
    let mut events = Vec::new();
    for name in ["Snapshot", "Update"] {
        if body.contains(&format!("{name}[")) {
            events.push(name);
        }
    }
    let events = match events.join(", ") {
        none if none.is_empty() => none,
        names => format!("from ._runtime.events import {names}\n"),
    };
    let models = if body.contains("models.") {
        "from . import models\n"
    } else {
        ""
    };
    Ok(format!(
        "\"\"\"What the runtime has to know of the contract. Generated; see `README.md`.\"\"\"\n\n\
         from __future__ import annotations\n\n\
         import json\nfrom collections.abc import Mapping\nfrom typing import Any, Final\n\n\
         {models}from ._runtime.contract import {imports}\n{events}\n{body}"
    ))
}

/// All schemas, without prose: what is left is what frames are checked by.
fn schemas(view: &View<'_>) -> String {
    let schemas: Map<String, Value> = view
        .contract
        .schemas
        .iter()
        .map(|(name, schema)| (name.clone(), bare(schema)))
        .collect();
    let mut out = "# By name, as JSON Schema (draft-07); references are by name, too.\n\
                   SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = json.loads(\n"
        .to_owned();
    // One schema a line, in a raw string: no JSON has three quotes that are not escaped.
    out.push_str("    r\"\"\"{\n");
    let lines: Vec<String> = schemas
        .iter()
        .map(|(name, schema)| format!("{}: {schema}", Value::from(name.as_str())))
        .collect();
    out.push_str(&lines.join(",\n"));
    out.push_str("\n}\"\"\"\n)\n");
    out
}

/// Frames to play where there is no server.
fn examples(view: &View<'_>) -> String {
    let messages = view.contract.messages.iter();
    let lines: Vec<String> = messages
        .map(|message| {
            let frames: Vec<&Value> = message.examples.iter().map(|it| &it.frame).collect();
            format!("{}: {}", Value::from(message.name.as_str()), json!(frames))
        })
        .collect();
    format!(
        "\n# By wire type.\nEXAMPLES: Final[Mapping[str, list[dict[str, Any]]]] = json.loads(\n    \
         r\"\"\"{{\n{}\n}}\"\"\"\n)\n",
        lines.join(",\n")
    )
}

fn bare(schema: &Value) -> Value {
    let Some(members) = schema.as_object() else {
        return schema.clone();
    };
    let kept = members.iter().filter(|(keyword, _)| {
        let prose = ["description", "examples", "default", "deprecated"];
        !prose.contains(&keyword.as_str()) && !keyword.starts_with("x-")
    });
    kept.map(|(keyword, value)| {
        let value = match (keyword.as_str(), value) {
            // Here members are names, not keywords.
            ("properties", Value::Object(properties)) => properties
                .iter()
                .map(|(name, property)| (name.clone(), bare(property)))
                .collect::<Map<_, _>>()
                .into(),
            ("items", items) => bare(items),
            _ => value.clone(),
        };
        (keyword.clone(), value)
    })
    .collect::<Map<_, _>>()
    .into()
}

/// What a loop over a topic of the family gets, and the same with its position.
pub(super) fn item_and_event(
    types: &Types<'_>,
    topics: &Topics<'_>,
    models: &str,
) -> (String, String) {
    let class = |payload: &str| format!("{models}{}", types.names.class(payload));
    let update = class(&topics.update.payload);
    match topics.snapshot {
        Some(snapshot) => {
            let snapshot = class(&snapshot.payload);
            let either = format!("Snapshot[{snapshot}] | Update[{update}]");
            (either.clone(), either)
        }
        None => (update.clone(), format!("Update[{update}]")),
    }
}

fn family(out: &mut String, types: &Types<'_>, topics: &Topics<'_>) {
    let family = topics.family;
    let messages = &family.messages;
    let (item, event) = item_and_event(types, topics, "models.");
    let pointers: Vec<String> = family
        .parameters
        .iter()
        .map(|parameter| {
            format!(
                "{}: {}",
                string(&parameter.name),
                string(&parameter.pointer)
            )
        })
        .collect();
    let delivery = match family.delivery {
        Delivery::Lossless => "lossless",
        Delivery::Window => "window",
        Delivery::Latest => "latest",
        Delivery::Delta => "delta",
    };
    let decoded = |wire_type: &str, payload: &str| {
        format!(
            "({}, models.{}.from_dict)",
            string(wire_type),
            types.names.class(payload)
        )
    };
    let constant = types.names.family(&family.name);
    let _ = write!(
        out,
        "\n{constant}: Final[\n    Family[\n        {item},\n        {event},\n    ]\n] = Family(\n"
    );
    let mut member = |name: &str, value: String| {
        let _ = writeln!(out, "    {name}={value},");
    };
    member("name", string(&family.name));
    member("pattern", string(&family.pattern.to_string()));
    member("pointers", format!("{{{}}}", pointers.join(", ")));
    member("delivery", string(delivery));
    if let Some(key) = &family.key_pointer {
        member("key", string(key));
    }
    let pair = |request: &str, reply: &str| format!("({}, {})", string(request), string(reply));
    member(
        "subscribe",
        pair(&messages.subscribe, &messages.subscribe_response),
    );
    member(
        "unsubscribe",
        pair(&messages.unsubscribe, &messages.unsubscribe_response),
    );
    member(
        "update",
        decoded(&topics.update.name, &topics.update.payload),
    );
    if let Some(snapshot) = topics.snapshot {
        member("snapshot", decoded(&snapshot.name, &snapshot.payload));
    }
    out.push_str(")\n");
}

fn contract(out: &mut String, view: &View<'_>, types: &Types<'_>) -> Result<(), GenerateError> {
    let contract = view.contract;
    let frames = |direction: Direction| -> String {
        let frames: BTreeMap<&str, &str> = contract
            .messages
            .iter()
            .filter(|message| message.direction == direction)
            .map(|message| (message.name.as_str(), message.frame.as_str()))
            .collect();
        mapping(frames.iter().map(|(name, frame)| (*name, string(frame))))
    };
    let pushes = mapping(view.pushes.iter().map(|push| {
        let class = types.names.class(&push.payload);
        (push.name.as_str(), format!("models.{class}.from_dict"))
    }));
    let families: Vec<String> = view
        .topics
        .iter()
        .map(|topics| format!("{},", types.names.family(&topics.family.name)))
        .collect();
    let batch = match contract.message("subscribe") {
        Some(message) => most_topics(types, &message.payload)?.to_string(),
        None => "None".to_owned(),
    };
    let _ = write!(
        out,
        "\nCONTRACT: Final = Contract(\n    title={},\n    version={},\n    schemas=SCHEMAS,\n    \
         outgoing={},\n    incoming={},\n    pushes={pushes},\n    families=({}),\n    \
         replies={},\n    examples=EXAMPLES,\n    batch={batch},\n)\n",
        string(&contract.title),
        string(&contract.version),
        frames(Direction::ClientToServer),
        frames(Direction::ServerToClient),
        families.join(" "),
        mapping(contract.operations.iter().filter_map(|operation| {
            let reply = operation.reply.as_deref()?;
            Some((operation.name.as_str(), string(reply)))
        })),
    );
    Ok(())
}

/// A dict over several lines.
fn mapping<'a>(members: impl Iterator<Item = (&'a str, String)>) -> String {
    let lines: Vec<String> = members
        .map(|(key, value)| format!("        {}: {value},\n", string(key)))
        .collect();
    if lines.is_empty() {
        return "{}".to_owned();
    }
    format!("{{\n{}    }}", lines.concat())
}

/// How many topics, each with its options, a `subscribe` may have.
fn most_topics(types: &Types<'_>, payload: &str) -> Result<u64, GenerateError> {
    let schema = types.schema(payload)?;
    let mut most = 100;
    for property in ["topics", "options"] {
        let mut list = &schema["properties"][property];
        if let Some(name) = list["$ref"]
            .as_str()
            .and_then(|path| path.rsplit('/').next())
        {
            list = types.schema(name)?;
        }
        most = most.min(list["maxItems"].as_u64().unwrap_or(most));
    }
    Ok(most)
}
