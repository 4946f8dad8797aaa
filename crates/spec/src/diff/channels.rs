//! Channels: families of topics by their names, others by their keys.

use std::collections::BTreeSet;

use super::changes::Changes;
use super::{Reading, document, prose, rule};
use crate::model::{Delivery, Family, Pattern, Segment, Source};
use crate::parse::{At, join};

pub(super) fn compare(old: &Reading, new: &Reading, changes: &mut Changes<'_>) {
    for before in &old.contract.families {
        match new.contract.family(&before.name) {
            Some(after) => family(old, before, new, after, changes),
            None => {
                let sentence = format!("the family of topics `{}` is gone", before.name);
                changes.add(rule::FAMILY_REMOVED, path(&before.key), sentence);
            }
        }
    }
    for after in &new.contract.families {
        if old.contract.family(&after.name).is_none() {
            let sentence = format!("the family of topics `{}` is new", after.name);
            changes.add(rule::FAMILY_ADDED, path(&after.key), sentence);
        }
    }
    for (key, before) in old.doc.members("channels") {
        let after = new
            .doc
            .at(&path(key))
            .filter(|at| at.get("x-topic").is_none());
        if let (None, Some(after)) = (before.get("x-topic"), after) {
            plain(old, &before, new, &after, changes);
        }
    }
}

fn path(key: &str) -> String {
    join("channels", key)
}

/// A channel that is no family. That one is new or gone is told by its operations.
fn plain(old: &Reading, before: &At<'_>, new: &Reading, after: &At<'_>, changes: &mut Changes<'_>) {
    let (from, to) = (before.text("address"), after.text("address"));
    if let (Some(from), Some(to)) = (from, to)
        && from != to
    {
        let sentence = format!("the channel's address is `{to}`, and was `{from}`");
        changes.add(
            rule::CHANNEL_ADDRESS,
            join(&after.path, "address"),
            sentence,
        );
    }
    common(old, before, new, after, changes);
}

/// What families and other channels have.
fn common(
    old: &Reading,
    before: &At<'_>,
    new: &Reading,
    after: &At<'_>,
    changes: &mut Changes<'_>,
) {
    let name = after.key();
    let (from, to) = (offered(old, before), offered(new, after));
    let still: BTreeSet<&str> = new
        .doc
        .members("servers")
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    let path = join(&after.path, "servers");
    for server in from
        .difference(&to)
        .filter(|server| still.contains(server.as_str()))
    {
        let sentence = format!("the server `{server}` no longer offers the channel `{name}`");
        changes.add(rule::CHANNEL_SERVER_REMOVED, path.clone(), sentence);
    }
    for server in to
        .difference(&from)
        .filter(|server| old.doc.at(&join("servers", server)).is_some())
    {
        let sentence = format!("the server `{server}` offers the channel `{name}`, too");
        changes.add(rule::CHANNEL_SERVER_ADDED, path.clone(), sentence);
    }
    document::bindings(before, after, changes);
    prose::compare((old, before), (new, after), changes);
    if let (Some(before), Some(after)) = (before.get("messages"), after.get("messages")) {
        changes.member_order(&before, &after);
    }
}

/// The servers that offer a channel: all, where it names none.
fn offered(side: &Reading, channel: &At<'_>) -> BTreeSet<String> {
    match channel.get("servers") {
        Some(servers) => {
            let keys = servers.items();
            let keys = keys
                .iter()
                .filter_map(|at| at.reference()?.strip_prefix("#/servers/"));
            keys.map(crate::parse::unescape).collect()
        }
        None => side
            .doc
            .members("servers")
            .into_iter()
            .map(|(key, _)| key.to_owned())
            .collect(),
    }
}

fn family(
    old: &Reading,
    before: &Family,
    new: &Reading,
    after: &Family,
    changes: &mut Changes<'_>,
) {
    let (Some(was), Some(is)) = (
        old.doc.at(&path(&before.key)),
        new.doc.at(&path(&after.key)),
    ) else {
        return;
    };
    let topic = join(&is.path, "x-topic");
    let name = &after.name;
    if shape(&before.pattern) == shape(&after.pattern) {
        parameters(old, before, &was, new, after, &is, changes);
    } else {
        let sentence = format!(
            "topics of `{name}` are `{}`, and were `{}`",
            after.pattern, before.pattern
        );
        changes.add(rule::TOPIC_PATTERN, join(&topic, "pattern"), sentence);
    }
    if before.delivery != after.delivery {
        let sentence = format!(
            "the delivery of `{name}` is `{}`, and was `{}`: a slow reader meets something else",
            word(after.delivery),
            word(before.delivery)
        );
        changes.add(rule::DELIVERY_CHANGED, join(&topic, "delivery"), sentence);
    }
    key(before, after, &topic, changes);
    retention(before, after, &topic, changes);
    let permissions = (before.permissions.as_slice(), after.permissions.as_slice());
    self::permissions(
        permissions,
        &join(&topic, "permissions"),
        &format!("subscribing to `{name}`"),
        changes,
    );
    owner(before, after, &topic, changes);
    let source = join(&topic, "source");
    match (before.source, after.source) {
        (Source::Publish, Source::Service) => {
            let sentence = format!("updates of `{name}` can no longer be published over HTTP");
            changes.add(rule::PUBLISHING_REMOVED, source, sentence);
        }
        (Source::Service, Source::Publish) => {
            let sentence = format!("updates of `{name}` can be published over HTTP");
            changes.add(rule::PUBLISHING_ADDED, source, sentence);
        }
        (Source::Publish, Source::Publish) => self::permissions(
            (&before.publish_permissions, &after.publish_permissions),
            &join(&topic, "publish_permissions"),
            &format!("publishing on `{name}`"),
            changes,
        ),
        (Source::Service, Source::Service) => {}
    }
    common(old, &was, new, &is, changes);
}

/// A pattern without the names of its parameters: they are not in a topic.
fn shape(pattern: &Pattern) -> Vec<Option<&str>> {
    let segments = pattern.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => Some(text.as_str()),
        Segment::Parameter(_) => None,
    });
    segments.collect()
}

/// Parameters at the same place of the pattern. Their values are those of the requests' fields, where
/// they are compared.
fn parameters(
    old: &Reading,
    before: &Family,
    was: &At<'_>,
    new: &Reading,
    after: &Family,
    is: &At<'_>,
    changes: &mut Changes<'_>,
) {
    for (from, to) in before.parameters.iter().zip(&after.parameters) {
        let declared = (parameter(was, &from.name), parameter(is, &to.name));
        let (Some(was), Some(is)) = declared else {
            continue;
        };
        if from.name != to.name {
            let sentence = format!(
                "the parameter `{}` of `{}` was called `{}`",
                to.name, after.name, from.name
            );
            changes.add(rule::PARAMETER_RENAMED, is.path.clone(), sentence);
        }
        let (Some(was), Some(is)) = (old.doc.resolve(&was), new.doc.resolve(&is)) else {
            continue;
        };
        if from.pointer != to.pointer {
            let sentence = format!(
                "the parameter `{}` of `{}` is at `{}` of the request, and was at `{}`",
                to.name, after.name, to.pointer, from.pointer
            );
            changes.add(
                rule::PARAMETER_LOCATION,
                join(&is.path, "location"),
                sentence,
            );
        }
        prose::compare((old, &was), (new, &is), changes);
    }
}

fn parameter<'a>(channel: &At<'a>, name: &str) -> Option<At<'a>> {
    channel.get("parameters")?.get(name)
}

fn key(before: &Family, after: &Family, topic: &str, changes: &mut Changes<'_>) {
    let path = join(topic, "key");
    let name = &after.name;
    if after.delivery != Delivery::Latest {
        // Nothing replaces anything: the key is only read.
        let keys = (before.key_pointer.as_ref(), after.key_pointer.as_ref());
        return prose::told(keys, path, rule::METADATA, changes);
    }
    let (rule, sentence) = match (&before.key_pointer, &after.key_pointer) {
        (Some(from), Some(to)) if from != to => (
            rule::TOPIC_KEY_CHANGED,
            format!(
                "an update of `{name}` replaces those with the same `{to}`, and replaced those with the same `{from}`"
            ),
        ),
        (None, Some(to)) => (
            rule::TOPIC_KEY_ADDED,
            format!("an update of `{name}` only replaces those with the same `{to}`"),
        ),
        (Some(from), None) => (
            rule::TOPIC_KEY_REMOVED,
            format!(
                "an update of `{name}` replaces all before it, and replaced those with the same `{from}`"
            ),
        ),
        _ => return,
    };
    changes.add(rule, path, sentence);
}

fn retention(before: &Family, after: &Family, topic: &str, changes: &mut Changes<'_>) {
    for (part, from, to) in [
        ("replay", before.retention.replay, after.retention.replay),
        ("bytes", before.retention.bytes, after.retention.bytes),
    ] {
        let rule = match to.cmp(&from) {
            std::cmp::Ordering::Less => rule::RETENTION_REDUCED,
            std::cmp::Ordering::Equal => continue,
            std::cmp::Ordering::Greater => rule::RETENTION_EXTENDED,
        };
        let unit = if part == "replay" {
            "updates"
        } else {
            "bytes of updates"
        };
        let sentence = format!(
            "{to} {unit} of a topic of `{}` are kept, and {from} were",
            after.name
        );
        changes.add(rule, join(&join(topic, "retention"), part), sentence);
    }
}

fn owner(before: &Family, after: &Family, topic: &str, changes: &mut Changes<'_>) {
    let name = &after.name;
    let (rule, sentence) = match (&before.owner, &after.owner) {
        (None, Some(owner)) => (
            rule::OWNER_ADDED,
            format!("only the owner, whom `{owner}` names, may subscribe to a topic of `{name}`"),
        ),
        (Some(_), None) => (
            rule::OWNER_REMOVED,
            format!("topics of `{name}` belong to nobody any more"),
        ),
        // The owner's parameter may only have another name.
        (Some(from), Some(to)) if position(before, from) != position(after, to) => (
            rule::OWNER_CHANGED,
            format!("the owner of a topic of `{name}` is named by `{to}`, and was by `{from}`"),
        ),
        _ => return,
    };
    changes.add(rule, join(topic, "owner"), sentence);
}

fn position(family: &Family, parameter: &str) -> Option<usize> {
    family
        .pattern
        .parameters()
        .position(|name| name == parameter)
}

/// Permissions to subscribe, to publish or to ask: all of them are needed.
pub(super) fn permissions(
    (before, after): (&[String], &[String]),
    path: &str,
    what: &str,
    changes: &mut Changes<'_>,
) {
    for name in after.iter().filter(|name| !before.contains(name)) {
        let sentence = format!("{what} needs the permission `{name}`");
        changes.add(rule::PERMISSION_ADDED, path.to_owned(), sentence);
    }
    for name in before.iter().filter(|name| !after.contains(name)) {
        let sentence = format!("{what} no longer needs the permission `{name}`");
        changes.add(rule::PERMISSION_REMOVED, path.to_owned(), sentence);
    }
    fn texts(names: &[String]) -> Vec<&str> {
        names.iter().map(String::as_str).collect()
    }
    changes.order(path, &texts(before), &texts(after));
}

fn word(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Lossless => "lossless",
        Delivery::Window => "window",
        Delivery::Latest => "latest",
        Delivery::Delta => "delta",
    }
}
