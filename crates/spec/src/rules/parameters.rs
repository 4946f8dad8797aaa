//! A topic's parameters: in the address, in the channel, and in the requests that name them.

use std::collections::BTreeSet;

use super::{families, patterns};
use crate::parse::{At, Doc, join};
use crate::report::{Problems, rule};
use crate::resolve::{LOCATION, property, requests, schema_name};
use crate::text::{list, nearest, suggest};

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    let requests: BTreeSet<String> = requests(doc).into_iter().collect();
    let updates = families::updates(doc);
    for (_, channel) in doc.members("channels") {
        let Some(address) = channel.get("address") else {
            continue;
        };
        let in_address = names(address.str().unwrap_or_default());
        let declared = channel
            .get("parameters")
            .map(|at| at.members())
            .unwrap_or_default();
        if channel.get("x-topic").is_none() {
            if !in_address.is_empty() || !declared.is_empty() {
                let problem = "only a topic family has parameters: add `x-topic`, or remove them";
                problems.add(&address, rule::CHANNEL_PARAMETERS, problem);
            }
            continue;
        }
        in_both(&address, &in_address, &declared, problems);
        let messages = channel
            .get("messages")
            .map(|at| at.members())
            .unwrap_or_default();
        let messages: Vec<At<'_>> = messages
            .iter()
            .filter_map(|(_, message)| doc.resolve(message))
            .filter(|message| requests.contains(&message.path))
            .filter(|message| {
                message
                    .text("name")
                    .is_none_or(|name| !updates.contains(name))
            })
            .collect();
        for (_, written) in &declared {
            if let Some(parameter) = doc.resolve(written) {
                one(doc, written, &parameter, &messages, problems);
            }
        }
    }
}

/// The address and the channel have the same parameters.
fn in_both(
    address: &At<'_>,
    in_address: &[&str],
    declared: &[(&str, At<'_>)],
    problems: &mut Problems,
) {
    let known: Vec<&str> = declared.iter().map(|(name, _)| *name).collect();
    let undeclared: Vec<&str> = in_address
        .iter()
        .copied()
        .filter(|name| !known.contains(name))
        .collect();
    for name in &undeclared {
        let known = suggest(name, known.iter().copied());
        let problem = format!("`{{{name}}}` is not among the channel's parameters: {known}");
        problems.add(address, rule::CHANNEL_PARAMETERS, problem);
    }
    for (name, parameter) in declared {
        // A slip in the address has been reported there.
        let slip = || {
            undeclared
                .iter()
                .any(|other| nearest(other, [*name]).is_some())
        };
        if !in_address.contains(name) && !slip() {
            let text = address.str().unwrap_or_default();
            let problem = format!(
                "`{{{name}}}` is not in the address `{text}`: add it there, or remove it here"
            );
            problems.add_key(parameter, rule::CHANNEL_PARAMETERS, problem);
        }
    }
}

/// What stands in braces.
fn names(address: &str) -> Vec<&str> {
    let parts = address.split('{').skip(1);
    parts
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}

/// One parameter against every request that carries it.
fn one(
    doc: &Doc,
    written: &At<'_>,
    parameter: &At<'_>,
    requests: &[At<'_>],
    problems: &mut Problems,
) {
    let Some(location) = parameter.get("location") else {
        return;
    };
    let Some(text) = location.str() else { return };
    let Some(pointer) = text
        .strip_prefix(LOCATION)
        .filter(|p| p.starts_with("/payload/"))
    else {
        let problem = format!(
            "`{text}` is not in the request's payload: write `{LOCATION}/payload/{}`",
            parameter.key()
        );
        problems.add(&location, rule::PARAMETER_LOCATION, problem);
        return;
    };
    let mut schemas: Vec<(String, String)> = Vec::new();
    for request in requests {
        let Some(frame) = request.get("payload").and_then(|at| doc.resolve(&at)) else {
            continue;
        };
        let Some(at) = property(doc, &frame, pointer) else {
            if let Some(problem) = missing(doc, &frame, request, pointer) {
                problems.add(written, rule::PARAMETER_LOCATION, problem);
            }
            continue;
        };
        if parameter.get("default").is_none() && !is_required(doc, &frame, pointer) {
            let problem = format!(
                "a request `{}` may leave out `{pointer}`, and the parameter has no `default`: require it, or give a default",
                request.key()
            );
            problems.add(written, rule::PARAMETER_LOCATION, problem);
        }
        if let Ok(name) = schema_name(&at)
            && doc.at(&join("components/schemas", &name)).is_some()
        {
            schemas.push((name, request.key()));
        }
    }
    let Some((name, first)) = schemas.first() else {
        return;
    };
    if let Some((other, request)) = schemas.iter().find(|(other, _)| other != name) {
        let problem = format!(
            "the parameter is `{name}` in `{first}` and `{other}` in `{request}`: use one schema"
        );
        problems.add(written, rule::PARAMETER_SCHEMA, problem);
    }
    if let Some(schema) = doc.at(&join("components/schemas", name)) {
        agrees(parameter, &schema, problems);
        speakable(parameter, &schema, problems);
    }
}

/// Why a pointer leads nowhere; `None` when the cause is a reference that was reported.
fn missing(doc: &Doc, frame: &At<'_>, request: &At<'_>, pointer: &str) -> Option<String> {
    let payload = doc.resolve(&frame.get("properties")?.get("payload")?)?;
    let fields = payload
        .get("properties")
        .map(|at| at.members())
        .unwrap_or_default();
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, _)| format!("/payload/{name}"))
        .collect();
    let suggestion = suggest(pointer, fields.iter().map(String::as_str));
    Some(format!(
        "`{pointer}` is not in the request `{}`: {suggestion}",
        request.key()
    ))
}

/// Whether every step of the pointer is required.
fn is_required(doc: &Doc, frame: &At<'_>, pointer: &str) -> bool {
    let mut at = frame.clone();
    for step in pointer.split('/').skip(1) {
        let Some(schema) = doc.resolve(&at) else {
            return true;
        };
        let required = schema
            .get("required")
            .map(|at| at.items())
            .unwrap_or_default();
        if !required.iter().any(|name| name.str() == Some(step)) {
            return false;
        }
        match schema
            .get("properties")
            .and_then(|properties| properties.get(step))
        {
            Some(next) => at = next,
            None => return true,
        }
    }
    true
}

/// `enum` and `default` say the same in the parameter and in its schema.
fn agrees(parameter: &At<'_>, schema: &At<'_>, problems: &mut Problems) {
    let name = schema.key();
    let values = |at: &At<'_>| -> Option<Vec<String>> {
        let items = at.get("enum")?.items();
        Some(
            items
                .iter()
                .filter_map(|item| item.str().map(str::to_owned))
                .collect(),
        )
    };
    let (ours, theirs) = (values(parameter), values(schema));
    if ours != theirs {
        let right = match &theirs {
            Some(theirs) => format!(
                "the enum of its schema `{name}` is {}",
                list(theirs.iter().map(String::as_str))
            ),
            None => format!("its schema `{name}` has no enum"),
        };
        let at = parameter.get("enum").unwrap_or_else(|| parameter.clone());
        problems.add(
            &at,
            rule::PARAMETER_SCHEMA,
            format!("{right}: the parameter's must be the same"),
        );
    }
    let (ours, theirs) = (parameter.text("default"), schema.text("default"));
    if ours != theirs {
        let right = match theirs {
            Some(theirs) => format!("the default of its schema `{name}` is `{theirs}`"),
            None => format!("its schema `{name}` has no default"),
        };
        let at = parameter
            .get("default")
            .unwrap_or_else(|| parameter.clone());
        problems.add(
            &at,
            rule::PARAMETER_SCHEMA,
            format!("{right}: the parameter's must be the same"),
        );
    }
}

/// A value can stand in a topic: a string, never empty, without a `:`.
fn speakable(parameter: &At<'_>, schema: &At<'_>, problems: &mut Problems) {
    let name = schema.key();
    let why = if schema.text("type").is_some_and(|kind| kind != "string") {
        Some("it is not a string".to_owned())
    } else if let Some(values) = schema.get("enum") {
        let values = values.items();
        let bad = values
            .iter()
            .filter_map(At::str)
            .find(|value| value.contains(':'));
        bad.map(|value| format!("its value `{value}` contains `:`"))
    } else if let Some(pattern) = schema.text("pattern") {
        let empty = || {
            let least = schema
                .get("minLength")
                .and_then(|at| at.to_value().as_u64())
                .unwrap_or(0);
            let shortest = patterns::lengths(pattern).map_or(1, |lengths| lengths.least);
            (least == 0 && shortest == 0)
                .then(|| "it allows an empty value: add `minLength: 1`".to_owned())
        };
        patterns::admits(pattern, ':').or_else(empty)
    } else if matches!(schema.text("format"), Some("uuid" | "date" | "ipv4")) {
        None
    } else {
        Some("it allows any text: give it an `enum` or a `pattern`".to_owned())
    };
    if let Some(why) = why {
        let problem =
            format!("`{name}` can't be a part of a topic, whose parts are separated by `:`: {why}");
        problems.add(parameter, rule::PARAMETER_COLON, problem);
    }
}
