//! The tree to a [`Contract`]. Runs only when no rule objects, so whatever is missing here was
//! missed by the rules: it is reported as their defect, at the place where it is missing.

use std::collections::BTreeMap;

use crate::model::*;
use crate::parse::{At, Doc};

pub(crate) const UNRESOLVED: &str = "this can't be resolved, although no rule objects to it: \
    a defect of the check, please report it together with the document";

/// What can't be resolved.
type Unresolved<'a> = At<'a>;

/// The requests that the session itself answers.
pub(crate) const SESSION_REQUESTS: [&str; 6] = [
    "ping",
    "get_status",
    "subscribe",
    "unsubscribe",
    "auth",
    "auth.refresh",
];

pub(crate) fn contract<'a>(doc: &'a Doc, text: &str) -> Result<Contract, Unresolved<'a>> {
    let root = doc.root();
    let info = required(&root, "info")?;
    let families = families(doc)?;
    let operations = operations(doc, &families)?;
    let document = root.to_value();
    Ok(Contract {
        title: string(&info, "title")?,
        version: string(&info, "version")?,
        source: text.to_owned(),
        json: serde_json::to_string(&doc.root).map_err(|_| root.clone())?,
        document,
        schemas: schemas(doc),
        messages: messages(doc)?,
        operations,
        families,
    })
}

/// `components.schemas` as JSON.
pub(crate) fn schemas(doc: &Doc) -> BTreeMap<String, serde_json::Value> {
    doc.members("components/schemas")
        .into_iter()
        .map(|(name, at)| (name.to_owned(), at.to_value()))
        .collect()
}

fn messages(doc: &Doc) -> Result<Vec<Message>, Unresolved<'_>> {
    let mut messages = Vec::new();
    let requests = requests(doc);
    for (key, at) in doc.members("components/messages") {
        let frame = required(&at, "payload")?;
        let schema = doc.resolve(&frame).ok_or_else(|| frame.clone())?;
        let properties = required(&schema, "properties")?;
        messages.push(Message {
            key: key.to_owned(),
            name: string(&at, "name")?,
            summary: optional(&at, "summary"),
            description: optional(&at, "description"),
            direction: if requests.contains(&at.path) {
                Direction::ClientToServer
            } else {
                Direction::ServerToClient
            },
            frame: schema_name(&frame)?,
            payload: schema_name(&required(&properties, "payload")?)?,
            examples: examples(&at),
        });
    }
    Ok(messages)
}

/// Paths of the messages that the server receives.
pub(crate) fn requests(doc: &Doc) -> Vec<String> {
    doc.members("operations")
        .into_iter()
        .filter(|(_, operation)| operation.text("action") == Some("receive"))
        .filter_map(|(_, operation)| Some(first_message(doc, &operation).ok()?.path))
        .collect()
}

fn examples(message: &At<'_>) -> Vec<Example> {
    let examples = message
        .get("examples")
        .map(|at| at.items())
        .unwrap_or_default();
    examples
        .iter()
        .filter_map(|example| {
            Some(Example {
                name: optional(example, "name"),
                summary: optional(example, "summary"),
                frame: example.get("payload")?.to_value(),
            })
        })
        .collect()
}

fn operations<'a>(doc: &'a Doc, families: &[Family]) -> Result<Vec<Operation>, Unresolved<'a>> {
    let mut operations = Vec::new();
    for (key, at) in doc.members("operations") {
        let message = first_message(doc, &at)?;
        let name = string(&message, "name")?;
        let receives = at.text("action") == Some("receive");
        let reply = match at.get("reply") {
            Some(reply) => success(doc, &reply),
            None => None,
        };
        operations.push(Operation {
            key: key.to_owned(),
            kind: kind(&name, receives, families),
            name,
            summary: optional(&at, "summary"),
            description: optional(&at, "description"),
            tags: tags(doc, &at),
            reply,
            permissions: strings(&at, "x-permissions"),
        });
    }
    Ok(operations)
}

fn kind(name: &str, receives: bool, families: &[Family]) -> OperationKind {
    for (index, family) in families.iter().enumerate() {
        let messages = &family.messages;
        if name == messages.subscribe {
            return OperationKind::Subscribe(index);
        } else if name == messages.unsubscribe {
            return OperationKind::Unsubscribe(index);
        } else if name == messages.update {
            return OperationKind::Update(index);
        } else if messages.snapshot.as_deref() == Some(name) {
            return OperationKind::Snapshot(index);
        }
    }
    if !receives {
        OperationKind::Push
    } else if SESSION_REQUESTS.contains(&name) {
        OperationKind::Session
    } else {
        OperationKind::Request
    }
}

fn families(doc: &Doc) -> Result<Vec<Family>, Unresolved<'_>> {
    let mut families = Vec::new();
    for (key, at) in doc.members("channels") {
        let Some(topic) = at.get("x-topic") else {
            continue;
        };
        let name = string(&topic, "name")?;
        let pattern_at = required(&topic, "pattern")?;
        let pattern = pattern_at.str().and_then(|text| Pattern::parse(text).ok());
        let pattern = pattern.ok_or(pattern_at)?;
        let subscribe = operation(doc, &format!("{name}.subscribe")).ok_or_else(|| at.clone())?;
        let unsubscribe =
            operation(doc, &format!("{name}.unsubscribe")).ok_or_else(|| at.clone())?;
        let reply = |operation: &At<'_>| {
            operation
                .get("reply")
                .and_then(|reply| success(doc, &reply))
        };
        let snapshot = format!("{name}.snapshot");
        let delivery = required(&topic, "delivery")?;
        families.push(Family {
            key: key.to_owned(),
            description: optional(&at, "description").or_else(|| optional(&at, "summary")),
            parameters: parameters(doc, &at, &pattern, &subscribe)?,
            delivery: match delivery.str() {
                Some("lossless") => Delivery::Lossless,
                Some("window") => Delivery::Window,
                Some("latest") => Delivery::Latest,
                Some("delta") => Delivery::Delta,
                _ => return Err(delivery),
            },
            key_pointer: optional(&topic, "key"),
            retention: retention(&required(&topic, "retention")?)?,
            permissions: strings(&topic, "permissions"),
            publish_permissions: strings(&topic, "publish_permissions"),
            owner: optional(&topic, "owner"),
            source: match topic.text("source") {
                Some("publish") => Source::Publish,
                _ => Source::Service,
            },
            messages: FamilyMessages {
                subscribe: format!("{name}.subscribe"),
                subscribe_response: reply(&subscribe).ok_or_else(|| subscribe.clone())?,
                unsubscribe: format!("{name}.unsubscribe"),
                unsubscribe_response: reply(&unsubscribe).ok_or_else(|| unsubscribe.clone())?,
                update: format!("{name}.update"),
                snapshot: operation(doc, &snapshot).map(|_| snapshot),
            },
            tag: tags(doc, &subscribe)
                .into_iter()
                .next()
                .ok_or_else(|| subscribe.clone())?,
            name,
            pattern,
        });
    }
    Ok(families)
}

fn parameters<'a>(
    doc: &'a Doc,
    channel: &At<'a>,
    pattern: &Pattern,
    subscribe: &At<'a>,
) -> Result<Vec<Parameter>, Unresolved<'a>> {
    let frame = required(&first_message(doc, subscribe)?, "payload")?;
    let frame = doc.resolve(&frame).ok_or(frame)?;
    let mut parameters = Vec::new();
    for name in pattern.parameters() {
        let declared = required(&required(channel, "parameters")?, name)?;
        let parameter = doc.resolve(&declared).ok_or(declared)?;
        let pointer = parameter
            .text("location")
            .and_then(|location| location.strip_prefix(LOCATION))
            .ok_or_else(|| parameter.clone())?;
        let property = property(doc, &frame, pointer).ok_or_else(|| parameter.clone())?;
        parameters.push(Parameter {
            name: name.to_owned(),
            description: optional(&parameter, "description"),
            pointer: pointer.to_owned(),
            schema: schema_name(&property)?,
            default: optional(&parameter, "default"),
        });
    }
    Ok(parameters)
}

/// Where runtime expressions of ours begin; a JSON Pointer into the frame follows.
pub(crate) const LOCATION: &str = "$message.payload#";

/// The property (a reference, as written) of an object schema that a JSON Pointer names.
pub(crate) fn property<'a>(doc: &'a Doc, schema: &At<'a>, pointer: &str) -> Option<At<'a>> {
    let mut at = schema.clone();
    for step in pointer.strip_prefix('/')?.split('/') {
        at = doc
            .resolve(&at)?
            .get("properties")?
            .get(&crate::parse::unescape(step))?;
    }
    Some(at)
}

/// The operation whose message has this wire type.
pub(crate) fn operation<'a>(doc: &'a Doc, wire_type: &str) -> Option<At<'a>> {
    doc.members("operations")
        .into_iter()
        .map(|(_, at)| at)
        .find(|at| {
            first_message(doc, at).is_ok_and(|message| message.text("name") == Some(wire_type))
        })
}

fn first_message<'a>(doc: &'a Doc, operation: &At<'a>) -> Result<At<'a>, Unresolved<'a>> {
    let messages = required(operation, "messages")?;
    let first = messages.items().into_iter().next();
    first.and_then(|at| doc.resolve(&at)).ok_or(messages)
}

/// The wire type of the reply that is not `error`.
pub(crate) fn success(doc: &Doc, reply: &At<'_>) -> Option<String> {
    let messages = reply.get("messages")?.items();
    let mut names = messages
        .iter()
        .filter_map(|message| doc.resolve(message)?.text("name").map(str::to_owned));
    names.find(|name| name != "error")
}

fn tags(doc: &Doc, operation: &At<'_>) -> Vec<String> {
    let tags = operation
        .get("tags")
        .map(|at| at.items())
        .unwrap_or_default();
    tags.iter()
        .filter_map(|tag| optional(&doc.resolve(tag)?, "name"))
        .collect()
}

/// The last step of a reference to a named schema.
pub(crate) fn schema_name<'a>(at: &At<'a>) -> Result<String, Unresolved<'a>> {
    let name = at
        .reference()
        .and_then(|r| r.strip_prefix("#/components/schemas/"));
    name.map(str::to_owned).ok_or_else(|| at.clone())
}

fn retention<'a>(at: &At<'a>) -> Result<Retention, Unresolved<'a>> {
    let count = |at: At<'a>| {
        let count = at.to_value().as_u64();
        count
            .and_then(|count| usize::try_from(count).ok())
            .ok_or(at)
    };
    Ok(Retention {
        replay: count(required(at, "replay")?)?,
        bytes: at
            .get("bytes")
            .map_or(Ok(Retention::DEFAULT_BYTES), count)?,
    })
}

fn required<'a>(at: &At<'a>, key: &str) -> Result<At<'a>, Unresolved<'a>> {
    at.get(key).ok_or_else(|| at.clone())
}

fn string<'a>(at: &At<'a>, key: &str) -> Result<String, Unresolved<'a>> {
    optional(at, key).ok_or_else(|| at.clone())
}

fn optional(at: &At<'_>, key: &str) -> Option<String> {
    at.text(key).map(str::to_owned)
}

fn strings(at: &At<'_>, key: &str) -> Vec<String> {
    let items = at.get(key).map(|at| at.items()).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item.str().map(str::to_owned))
        .collect()
}
