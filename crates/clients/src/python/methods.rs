//! `client.py`: the clients with a method for each request and family.

use std::fmt::Write;

use super::names::argument;
use super::schema::Types;
use super::tables::item_and_event;
use super::text::{docstring, prose, string};
use crate::GenerateError;
use crate::view::{Request, Topics, View};

const HEAD: &str = r#""""The clients. Generated; see `README.md`."""

from __future__ import annotations

"#;

const IMPORTS: &str = r#"
from . import _contract as tables
from . import models
from ._runtime.blocking import (
    BlockingClient,
    BlockingFetch,
    BlockingRequests,
    BlockingSubscription,
)
from ._runtime.client import BaseClient, Token
"#;

const BACKOFF: &str =
    "from ._runtime.offline import Offline\nfrom ._runtime.retry import Backoff\n";

/// The first lines, with the imports that `body` needs.
fn head(body: &str) -> String {
    let wanted = |names: &[(&'static str, &str)]| -> Vec<&'static str> {
        let used = names.iter().filter(|(_, sign)| body.contains(sign));
        used.map(|(name, _)| *name).collect()
    };
    let mut out = HEAD.to_owned();
    let mut import = |from: &str, names: Vec<&str>| {
        if !names.is_empty() {
            out += &format!(
                "{}\n",
                format!("{from} import {}", names.join(", ")).trim_start()
            );
        }
    };
    if body.contains("_datetime.") {
        import("", vec!["datetime as _datetime"]);
    }
    let collections = [("Callable", "Callable["), ("Sequence", "Sequence[")];
    import("from collections.abc", wanted(&collections));
    let typing = [
        ("Any", "Any"),
        ("Literal", "Literal["),
        ("overload", "@overload"),
    ];
    import("from typing", wanted(&typing));
    let events = wanted(&[
        ("Position", "Position"),
        ("Snapshot", "Snapshot["),
        ("Update", "Update["),
    ]);
    out += IMPORTS;
    if !events.is_empty() {
        out += &format!("from ._runtime.events import {}\n", events.join(", "));
    }
    out += BACKOFF;
    if body.contains(" Subscription[") {
        out += "from ._runtime.subscription import Subscription\n";
    }
    out
}

const TAIL: &str = include_str!("connect.py");

pub(super) fn module<'c>(view: &View<'c>, types: &Types<'c>) -> Result<String, GenerateError> {
    let mut out = "\n\nclass Client(BaseClient):\n".to_owned();
    out.push_str(&docstring(
        &format!(
            "A client of {} {}.",
            view.contract.title, view.contract.version
        ),
        4,
    ));
    for request in &view.requests {
        method(&mut out, types, request, true)?;
    }
    for topics in &view.topics {
        follow(&mut out, types, topics, "Subscription")?;
    }
    on(&mut out, view, types);

    out.push_str(
        "\n\nclass Requests(BlockingRequests):\n    \"\"\"The requests, without `await`.\"\"\"\n",
    );
    for request in &view.requests {
        method(&mut out, types, request, false)?;
    }
    out.push_str("\n\nclass SyncClient(Requests, BlockingClient):\n    \"\"\"A client without `await`, used by `with`.\"\"\"\n");
    for topics in &view.topics {
        follow(&mut out, types, topics, "BlockingSubscription")?;
    }
    out.push_str(TAIL);
    Ok(format!("# ruff: noqa: E501\n{}{out}", head(&out)))
}

fn method<'c>(
    out: &mut String,
    types: &Types<'c>,
    request: &Request<'c>,
    awaits: bool,
) -> Result<(), GenerateError> {
    let mut arguments = String::new();
    let mut payload = Vec::new();
    for property in types.properties(&request.message.payload)? {
        let name = argument(property.name, &["timeout"]);
        let accepted = qualified(types, &types.accepted(&property.kind));
        let optional = if property.required {
            ""
        } else {
            " | None = None"
        };
        let _ = writeln!(arguments, "        {name}: {accepted}{optional},");
        payload.push(format!("{}: {name}", string(property.name)));
    }
    let (keyword, wait) = if awaits {
        ("async def", "await ")
    } else {
        ("def", "")
    };
    let operation = request.operation;
    let _ = write!(
        out,
        "\n    {keyword} {}(\n        self,\n        *,\n{arguments}        timeout: float | None = None,\n    ) -> models.{}:\n",
        types.names.method(&request.message.name),
        types.names.class(&request.reply.payload),
    );
    let text = prose(
        operation.summary.as_deref(),
        operation.description.as_deref(),
        &operation.name,
    );
    out.push_str(&docstring(&text, 8));
    let _ = writeln!(
        out,
        "        return {wait}self.send_request(tables.{}, {{{}}}, timeout)",
        types.names.request(&request.message.name),
        payload.join(", "),
    );
    Ok(())
}

fn follow<'c>(
    out: &mut String,
    types: &Types<'c>,
    topics: &Topics<'c>,
    class: &str,
) -> Result<(), GenerateError> {
    let family = topics.family;
    let mut arguments = String::new();
    let mut values = Vec::new();
    let mut parameters: Vec<_> = family.parameters.iter().collect();
    parameters.sort_by_key(|parameter| parameter.default.is_some());
    for parameter in parameters {
        let name = argument(&parameter.name, &["history", "since"]);
        let kind = types.named(&parameter.schema)?;
        let default = parameter
            .default
            .as_deref()
            .map(|text| format!(" = {}", string(text)));
        let _ = writeln!(
            arguments,
            "        {name}: {}{},",
            qualified(types, &types.accepted(&kind)),
            default.unwrap_or_default()
        );
        values.push(format!("{}: {name}", string(&parameter.name)));
    }
    let properties = types.properties(&topics.subscribe.payload)?;
    let mut options = String::new();
    for (name, annotation) in [("history", "int"), ("since", "Position")] {
        if properties.iter().any(|property| property.name == name) {
            let _ = writeln!(arguments, "        {name}: {annotation} | None = None,");
            let _ = write!(options, ", {name}={name}");
        }
    }
    let star = if arguments.is_empty() {
        ""
    } else {
        "        *,\n"
    };
    let (item, event) = item_and_event(types, topics, "models.");
    let _ = write!(
        out,
        "\n    def {}(\n        self,\n{star}{arguments}    ) -> {class}[\n        {item},\n        {event},\n    ]:\n",
        types.names.method(&family.name),
    );
    let text = prose(None, family.description.as_deref(), &family.name);
    out.push_str(&docstring(&text, 8));
    let _ = writeln!(
        out,
        "        return self.follow(tables.{}, {{{}}}{options})",
        types.names.family(&family.name),
        values.join(", "),
    );
    Ok(())
}

/// Callbacks for pushes: an overload for each.
fn on(out: &mut String, view: &View<'_>, types: &Types<'_>) {
    let signature = |wire_type: &str, class: &str| {
        format!(
            "    def on(\n        self,\n        wire_type: Literal[{}],\n        callback: Callable[[models.{class}], object],\n    ) -> Callable[[], None]:",
            string(wire_type)
        )
    };
    let text = "        \"\"\"Calls `callback` with each push of this type, and gives a function that ends it.\"\"\"\n        return self.on_push(wire_type, callback)\n";
    match view.pushes.as_slice() {
        [] => {}
        [push] => {
            let class = types.names.class(&push.payload);
            let _ = write!(out, "\n{}\n{text}", signature(&push.name, class));
        }
        pushes => {
            for push in pushes {
                let class = types.names.class(&push.payload);
                let _ = writeln!(out, "\n    @overload\n{} ...", signature(&push.name, class));
            }
            let _ = write!(
                out,
                "\n    def on(self, wire_type: str, callback: Callable[[Any], object]) -> Callable[[], None]:\n{text}"
            );
        }
    }
}

/// The annotation as it is written outside of `models`.
fn qualified(types: &Types<'_>, annotation: &str) -> String {
    let named = |text: &str| types.is_class(text);
    match annotation
        .strip_prefix("Sequence[")
        .and_then(|rest| rest.strip_suffix(']'))
    {
        Some(inner) => format!("Sequence[{}]", qualified(types, inner)),
        None if named(annotation) => format!("models.{annotation}"),
        None => annotation.to_owned(),
    }
}
