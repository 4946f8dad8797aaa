//! Topic families: a channel with `x-topic`, and the messages that every family has.

use std::collections::BTreeSet;

use super::session::reference;
use super::{compare, messages};
use crate::model::Pattern;
use crate::parse::{At, Doc};
use crate::report::{Problems, rule};
use crate::resolve::{LOCATION, operation, property, success};
use crate::text::suggest;

/// Wire types of frames that carry `topic` and `seq`.
pub(crate) fn updates(doc: &Doc) -> BTreeSet<String> {
    let names = topics(doc)
        .into_iter()
        .filter_map(|(_, topic)| topic.text("name"));
    names
        .flat_map(|name| [format!("{name}.update"), format!("{name}.snapshot")])
        .collect()
}

/// Channels with their `x-topic`.
fn topics(doc: &Doc) -> Vec<(At<'_>, At<'_>)> {
    let channels = doc.members("channels").into_iter();
    channels
        .filter_map(|(_, channel)| Some((channel.clone(), channel.get("x-topic")?)))
        .collect()
}

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    let mut names: Vec<(&str, String)> = Vec::new();
    let mut patterns: Vec<(Pattern, String)> = Vec::new();
    for (channel, topic) in topics(doc) {
        pattern(&channel, &topic, &mut patterns, problems);
        owner(&channel, &topic, problems);
        publishers(&topic, problems);
        let Some(name) = topic.text("name") else {
            continue;
        };
        if let (Some((_, first)), Some(at)) = (
            names.iter().find(|(known, _)| *known == name),
            topic.get("name"),
        ) {
            let problem = format!("the channel `{first}` is already the family `{name}`");
            problems.add(&at, rule::TOPIC_PATTERN, problem);
            continue;
        }
        names.push((name, channel.key()));
        operations(doc, &channel, &topic, name, problems);
        key(doc, &topic, name, problems);
    }
}

fn pattern(
    channel: &At<'_>,
    topic: &At<'_>,
    known: &mut Vec<(Pattern, String)>,
    problems: &mut Problems,
) {
    let Some(at) = topic.get("pattern") else {
        return;
    };
    let Some(text) = at.str() else { return };
    if let Some(address) = channel.text("address").filter(|address| *address != text) {
        let problem = format!(
            "the pattern differs from the channel's address `{address}`: they are the same"
        );
        problems.add(&at, rule::TOPIC_PATTERN, problem);
        return;
    }
    let pattern = match Pattern::parse(text) {
        Ok(pattern) => pattern,
        Err(error) => {
            let problem = format!("`{text}` is no pattern of topics: {error}");
            problems.add(&at, rule::TOPIC_PATTERN, problem);
            return;
        }
    };
    let visible = |c: char| c.is_ascii_graphic();
    if !text.chars().all(visible) {
        let problem = "a topic consists of visible ASCII characters, without spaces";
        problems.add(&at, rule::TOPIC_PATTERN, problem);
    }
    if let Some((_, first)) = known.iter().find(|(other, _)| other.overlaps(&pattern)) {
        let problem = format!(
            "a topic could belong to this pattern and to that of the channel `{first}`: begin them with different literals"
        );
        problems.add(&at, rule::TOPIC_PATTERN, problem);
    }
    known.push((pattern, channel.key()));
}

fn owner(channel: &At<'_>, topic: &At<'_>, problems: &mut Problems) {
    let Some(owner) = topic.get("owner") else {
        return;
    };
    let Some(name) = owner.str() else { return };
    let parameters = channel
        .get("parameters")
        .map(|at| at.members())
        .unwrap_or_default();
    if !parameters.iter().any(|(parameter, _)| *parameter == name) {
        let problem = format!(
            "`{name}` is not a parameter of the topic: {}",
            suggest(name, parameters.iter().map(|(name, _)| *name))
        );
        problems.add(&owner, rule::TOPIC_OWNER, problem);
    }
}

/// Where updates come from outside, the contract says from whom.
fn publishers(topic: &At<'_>, problems: &mut Problems) {
    let publishes = topic.text("source") == Some("publish");
    match topic.get("publish_permissions") {
        None if publishes => {
            let problem = "`publish_permissions` is missing, which source `publish` needs: what a principal has to hold to publish; `[]`, if anyone may";
            problems.add(topic, rule::TOPIC_PUBLISHERS, problem);
        }
        Some(permissions) if !publishes => {
            let problem =
                "nobody publishes from outside here: remove it, or let the source be `publish`";
            problems.add_key(&permissions, rule::TOPIC_PUBLISHERS, problem);
        }
        Some(permissions) if is_empty_list(&permissions) && topic.get("owner").is_some() => {
            let problem =
                "anyone could publish on topics that only their owner may enter: name a permission";
            problems.add(&permissions, rule::TOPIC_PUBLISHERS, problem);
        }
        _ => {}
    }
}

fn is_empty_list(at: &At<'_>) -> bool {
    at.to_value().as_array().is_some_and(Vec::is_empty)
}

/// Every family is subscribed to, unsubscribed from, and has updates; one of changes has snapshots.
fn operations(doc: &Doc, channel: &At<'_>, topic: &At<'_>, name: &str, problems: &mut Problems) {
    let delta = topic.text("delivery") == Some("delta");
    for (suffix, action, needed) in [
        ("subscribe", "receive", true),
        ("unsubscribe", "receive", true),
        ("update", "send", true),
        ("snapshot", "send", delta),
    ] {
        let wire_type = format!("{name}.{suffix}");
        let Some(found) = operation(doc, &wire_type) else {
            if needed {
                let because = if suffix == "snapshot" {
                    ", which delivery `delta` sends to a slow reader"
                } else {
                    ""
                };
                let problem = format!(
                    "the family `{name}` has no operation with the message `{wire_type}` (action `{action}`){because}"
                );
                problems.add(topic, rule::TOPIC_OPERATIONS, problem);
            }
            continue;
        };
        if suffix == "snapshot" && !delta {
            let problem = format!(
                "nothing would send `{wire_type}`: only families with delivery `delta` have snapshots"
            );
            problems.add(&found, rule::TOPIC_OPERATIONS, problem);
            continue;
        }
        if found.text("action").is_some_and(|found| found != action) {
            let at = found.get("action").unwrap_or_else(|| found.clone());
            problems.add(
                &at,
                rule::TOPIC_OPERATIONS,
                format!("the action of `{wire_type}` is `{action}`"),
            );
            continue;
        }
        let place = found.get("channel").unwrap_or_else(|| found.clone());
        if place
            .reference()
            .and_then(|reference| doc.target(reference))
            .is_some_and(|at| at.path != channel.path)
        {
            let problem = format!(
                "`{wire_type}` belongs to the channel of its family, `#/{}`",
                channel.path
            );
            problems.add(&place, rule::TOPIC_OPERATIONS, problem);
            continue;
        }
        match suffix {
            "subscribe" => {
                // What comes first in a family of changes is the state that they change.
                let options = if delta {
                    "DeltaSubscribeOptions"
                } else {
                    "SubscribeOptions"
                };
                request(doc, channel, &found, Some(options), problems);
                answer(doc, &found, &wire_type, "SubscribeResult", problems);
            }
            "unsubscribe" => {
                request(doc, channel, &found, None, problems);
                answer(doc, &found, &wire_type, "UnsubscribeResult", problems);
            }
            _ => {}
        }
    }
}

/// The payload of an operation's message.
fn payload<'a>(doc: &'a Doc, operation: &At<'a>) -> Option<At<'a>> {
    let message = operation.get("messages")?.items().into_iter().next()?;
    let frame = doc.resolve(&doc.resolve(&message)?.get("payload")?)?;
    doc.resolve(&frame.get("properties")?.get("payload")?)
}

/// A request names the topic by its parameters, and carries nothing that nobody would read.
fn request(
    doc: &Doc,
    channel: &At<'_>,
    operation: &At<'_>,
    options: Option<&str>,
    problems: &mut Problems,
) {
    let Some(payload) = payload(doc, operation) else {
        return;
    };
    let parameters = channel
        .get("parameters")
        .map(|at| at.members())
        .unwrap_or_default();
    let pointers: Vec<&str> = parameters
        .iter()
        .filter_map(|(_, parameter)| doc.resolve(parameter)?.text("location"))
        .filter_map(|location| location.strip_prefix(LOCATION))
        .collect();
    // Where a parameter's place is wrong, which is reported, nobody can tell what belongs to it.
    if !pointers.iter().all(|pointer| {
        let inside = pointer.strip_prefix("/payload");
        inside.is_some_and(|inside| property(doc, &payload, inside).is_some())
    }) {
        return;
    }
    let allowed =
        options.and_then(|name| reference().at(&format!("components/schemas/{name}/properties")));
    for (name, member) in payload
        .get("properties")
        .map(|at| at.members())
        .unwrap_or_default()
    {
        let of_parameter = |pointer: &&str| pointer.split('/').nth(2) == Some(name);
        if pointers.iter().any(of_parameter) {
            continue;
        }
        match (
            options,
            allowed.as_ref().and_then(|allowed| allowed.get(name)),
        ) {
            (Some(options), Some(_)) => compare::property(
                doc,
                &member,
                reference(),
                options,
                rule::TOPIC_MESSAGES,
                problems,
            ),
            _ => {
                let known = match options {
                    Some("DeltaSubscribeOptions") => "a parameter of the topic, nor `since`",
                    Some(_) => "a parameter of the topic, nor `since` or `history`",
                    None => "a parameter of the topic",
                };
                let problem = format!("`{name}` is not {known}: nothing would read it");
                problems.add_key(&member, rule::TOPIC_MESSAGES, problem);
            }
        }
    }
    for required in payload
        .get("required")
        .map(|at| at.items())
        .unwrap_or_default()
    {
        if let Some(name @ ("since" | "history")) = required.str() {
            problems.add(
                &required,
                rule::TOPIC_MESSAGES,
                format!("`{name}` is the client's choice: do not require it"),
            );
        }
    }
}

/// The server makes the answers of a family, so it decides their shape and their names.
fn answer(doc: &Doc, operation: &At<'_>, wire_type: &str, shape: &str, problems: &mut Problems) {
    let Some(reply) = operation.get("reply") else {
        return;
    };
    let expected = format!("{wire_type}.response");
    if let Some(found) = success(doc, &reply).filter(|found| *found != expected) {
        let problem = format!("`{wire_type}` is answered by `{expected}`, not by `{found}`");
        problems.add(&reply, rule::TOPIC_MESSAGES, problem);
        return;
    }
    let messages = reply
        .get("messages")
        .map(|at| at.items())
        .unwrap_or_default();
    let message = messages
        .iter()
        .filter_map(|written| doc.resolve(written))
        .find(|message| message.text("name") == Some(expected.as_str()));
    let frame = message.and_then(|message| doc.resolve(&message.get("payload")?));
    if let Some(payload) = frame.and_then(|frame| frame.get("properties")?.get("payload")) {
        compare::schema(
            doc,
            &payload,
            reference(),
            shape,
            rule::TOPIC_MESSAGES,
            problems,
        );
    }
}

/// `x-topic.key` is a required scalar of the update's payload.
fn key(doc: &Doc, topic: &At<'_>, name: &str, problems: &mut Problems) {
    let Some(key) = topic.get("key") else { return };
    let Some(pointer) = key.str() else { return };
    let Some(update) = operation(doc, &format!("{name}.update")) else {
        return;
    };
    let Some(payload) = payload(doc, &update) else {
        return;
    };
    match property(doc, &payload, pointer) {
        None => {
            let problem = format!(
                "`{pointer}` is not in the payload of `{name}.update`: {}",
                messages::fields(&payload, pointer)
            );
            problems.add(&key, rule::TOPIC_KEY, problem);
        }
        Some(at) => {
            let kind = doc.resolve(&at).and_then(|at| at.text("type"));
            if matches!(kind, Some("object" | "array")) {
                let problem = format!(
                    "`{pointer}` is an {}: a key is a string, a number or a boolean",
                    kind.unwrap_or_default()
                );
                problems.add(&key, rule::TOPIC_KEY, problem);
            }
        }
    }
}
