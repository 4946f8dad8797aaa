//! Frames: one flat schema for each message, an envelope around a named payload.
//!
//! The envelope is the same everywhere, and is the one that the server reads and writes.

use std::collections::{BTreeSet, HashMap};

use super::session::reference;
use super::{compare, families};
use crate::parse::{At, Doc};
use crate::report::{Problems, rule};
use crate::resolve::{requests, schema_name};
use crate::text::{list, suggest};

/// The envelope's fields apart from `type` and `payload`, which have their own rules.
struct Envelope {
    who: &'static str,
    required: &'static [&'static str],
    allowed: &'static [&'static str],
    direction: &'static str,
    /// The schema in the reference that stands for the envelope.
    reference: &'static str,
}

const REQUEST: Envelope = Envelope {
    who: "the frame of a request",
    required: &["type", "payload"],
    allowed: &["type", "msg_id", "direction", "timestamp", "payload"],
    direction: "c2s",
    reference: "Envelope",
};
const ANSWER: Envelope = Envelope {
    who: "a frame that the server sends",
    required: &["type", "msg_id", "direction", "timestamp", "payload"],
    allowed: &["type", "msg_id", "direction", "timestamp", "payload"],
    direction: "s2c",
    reference: "Envelope",
};
const UPDATE: Envelope = Envelope {
    who: "the frame of a topic's update",
    required: &[
        "type",
        "msg_id",
        "direction",
        "timestamp",
        "topic",
        "seq",
        "payload",
    ],
    allowed: &[
        "type",
        "msg_id",
        "direction",
        "timestamp",
        "topic",
        "seq",
        "payload",
    ],
    direction: "s2c",
    reference: "UpdateEnvelope",
};

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    let requests: BTreeSet<String> = requests(doc).into_iter().collect();
    let updates = families::updates(doc);
    let mut frames: HashMap<String, String> = HashMap::new();
    for (key, message) in doc.members("components/messages") {
        let Some(payload) = message.get("payload") else {
            continue;
        };
        let Some(frame) = doc.resolve(&payload).filter(At::is_object) else {
            continue;
        };
        let Ok(name) = schema_name(&payload) else {
            continue;
        };
        if let Some(first) = frames.insert(name.clone(), key.to_owned()) {
            let problem =
                format!("`{name}` is already the frame of `{first}`: each message has its own");
            problems.add(&payload, rule::FRAME_SHAPE, problem);
            continue;
        }
        if !name.ends_with("Frame") {
            let problem = format!(
                "`{name}` is a frame: name it `{name}Frame`, and its body is a schema of its own"
            );
            problems.add(&payload, rule::FRAME_SHAPE, problem);
            continue;
        }
        // An update is one even where an operation receives it, which is reported as such.
        let envelope = if message
            .text("name")
            .is_some_and(|name| updates.contains(name))
        {
            &UPDATE
        } else if requests.contains(&message.path) {
            &REQUEST
        } else {
            &ANSWER
        };
        shape(doc, &frame, envelope, problems);
        discriminator(&frame, message.text("name"), problems);
    }
}

fn shape(doc: &Doc, frame: &At<'_>, envelope: &Envelope, problems: &mut Problems) {
    let Some(properties) = frame
        .get("properties")
        .filter(|_| frame.text("type") == Some("object"))
    else {
        let problem = format!(
            "{} is an object with the properties {}",
            envelope.who,
            list(envelope.required.iter().copied())
        );
        problems.add(frame, rule::FRAME_SHAPE, problem);
        return;
    };
    for (name, property) in properties.members() {
        if !envelope.allowed.contains(&name) {
            let problem = format!(
                "{} has no `{name}`: {}; what a message says goes into its payload",
                envelope.who,
                suggest(name, envelope.allowed.iter().copied())
            );
            problems.add_key(&property, rule::FRAME_SHAPE, problem);
        } else if name == "payload" {
            body(doc, &property, problems);
        } else if name == "direction" {
            direction(doc, &property, envelope, problems);
        } else if name != "type" {
            compare::property(
                doc,
                &property,
                reference(),
                envelope.reference,
                rule::FRAME_SHAPE,
                problems,
            );
        }
    }
    let required = frame
        .get("required")
        .map(|at| at.items())
        .unwrap_or_default();
    let required: BTreeSet<&str> = required.iter().filter_map(At::str).collect();
    for name in envelope.required {
        let problem = if properties.get(name).is_none() {
            format!(
                "{} needs the property `{name}`, and requires it",
                envelope.who
            )
        } else if !required.contains(name) {
            format!("{} requires `{name}`: add it to `required`", envelope.who)
        } else {
            continue;
        };
        problems.add(frame, rule::FRAME_SHAPE, problem);
    }
    for name in required
        .iter()
        .filter(|name| envelope.allowed.contains(name) && !envelope.required.contains(name))
    {
        let problem = format!(
            "`{name}` is the client's choice: {} does not require it",
            envelope.who
        );
        problems.add(frame, rule::FRAME_SHAPE, problem);
    }
}

/// Which of the two directions is right depends on the frame, not on the schema.
fn direction(doc: &Doc, property: &At<'_>, envelope: &Envelope, problems: &mut Problems) {
    let Some(schema) = doc.resolve(property) else {
        return;
    };
    let values = schema.get("enum").map(|at| at.items()).unwrap_or_default();
    let values: Vec<&str> = values.iter().filter_map(At::str).collect();
    if schema.text("type") != Some("string") || values != [envelope.direction] {
        let right = envelope.direction;
        let problem = format!(
            "the `direction` of {} is an enum of `{right}` alone",
            envelope.who
        );
        problems.add(property, rule::FRAME_SHAPE, problem);
    }
}

/// The payload is a named object.
fn body(doc: &Doc, property: &At<'_>, problems: &mut Problems) {
    let Some(target) = doc.resolve(property).filter(At::is_object) else {
        return;
    };
    if property.reference().is_some() && target.text("type").is_some_and(|kind| kind != "object") {
        let problem = format!(
            "the payload is an object, and `{}` is not: wrap it into one",
            target.key()
        );
        problems.add(property, rule::FRAME_SHAPE, problem);
    }
}

/// The `type` const is the message's name.
fn discriminator(frame: &At<'_>, name: Option<&str>, problems: &mut Problems) {
    let Some(kind) = frame.get("properties").and_then(|at| at.get("type")) else {
        return;
    };
    let Some(name) = name else { return };
    match kind.get("const") {
        None => {
            let problem = format!("the `type` of this frame is `{{type: string, const: {name}}}`");
            problems.add(&kind, rule::FRAME_TYPE, problem);
        }
        Some(text) if text.str().is_some_and(|text| text != name) => {
            let problem = format!(
                "the type is `{}`, and the message's name is `{name}`: they are the same wire type",
                text.str().unwrap_or_default()
            );
            problems.add(&text, rule::FRAME_TYPE, problem);
        }
        Some(_) => {}
    }
}
