//! The document as a whole: `info`, servers, who may connect, and what is defined beside messages.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::changes::Changes;
use super::{Reading, prose, rule};
use crate::parse::{At, join};

pub(super) fn compare(old: &Reading, new: &Reading, changes: &mut Changes<'_>) {
    info(old, new, changes);
    servers(old, new, changes);
    prose::member(
        (old, &old.doc.root()),
        (new, &new.doc.root()),
        "defaultContentType",
        rule::METADATA,
        changes,
    );
    prose::member(
        (old, &old.doc.root()),
        (new, &new.doc.root()),
        "id",
        rule::METADATA,
        changes,
    );
    prose::compare((old, &old.doc.root()), (new, &new.doc.root()), changes);
    changes.member_order(&old.doc.root(), &new.doc.root());
    tags(old, new, changes);
    for container in [
        "channels",
        "operations",
        "servers",
        "components",
        "components/messages",
        "components/schemas",
    ] {
        if let (Some(before), Some(after)) = (old.doc.at(container), new.doc.at(container)) {
            changes.member_order(&before, &after);
        }
    }
}

fn info(old: &Reading, new: &Reading, changes: &mut Changes<'_>) {
    let (Some(before), Some(after)) = (old.doc.at("info"), new.doc.at("info")) else {
        return;
    };
    let (from, to) = (&old.contract.version, &new.contract.version);
    if from != to {
        let sentence = format!("the version is {to}, and was {from}");
        changes.add(rule::VERSION, join(&after.path, "version"), sentence);
    }
    prose::compare((old, &before), (new, &after), changes);
}

/// What tags say. They are paired by their names, which are what requests refer to.
fn tags(old: &Reading, new: &Reading, changes: &mut Changes<'_>) {
    let before = old.doc.members("components/tags");
    for (_, after) in new.doc.members("components/tags") {
        let same = before
            .iter()
            .find(|(_, tag)| tag.text("name") == after.text("name"));
        if let Some((_, tag)) = same {
            prose::compare((old, tag), (new, &after), changes);
        }
    }
}

fn servers(old: &Reading, new: &Reading, changes: &mut Changes<'_>) {
    let before = old.doc.members("servers");
    for (key, written) in &before {
        let path = join("servers", key);
        let Some(after) = new.doc.at(&path).and_then(|at| new.doc.resolve(&at)) else {
            changes.add(
                rule::SERVER_REMOVED,
                path,
                format!("the server `{key}` is gone"),
            );
            continue;
        };
        let Some(before) = old.doc.resolve(written) else {
            continue;
        };
        for part in [
            "host",
            "protocol",
            "protocolVersion",
            "pathname",
            "variables",
        ] {
            let value = |at: &At<'_>| at.get(part).map(|at| at.to_value());
            if value(&before) != value(&after) {
                let sentence = format!(
                    "the `{part}` of the server `{key}` has changed: who knows it elsewhere does not find it"
                );
                changes.add(rule::SERVER_ADDRESS, join(&after.path, part), sentence);
            }
        }
        security((old, &before), (new, &after), changes);
        bindings(&before, &after, changes);
        prose::compare((old, &before), (new, &after), changes);
    }
    for (key, after) in new.doc.members("servers") {
        if !before.iter().any(|(known, _)| *known == key) {
            let sentence = format!("the server `{key}` is new");
            changes.add(rule::SERVER_ADDED, after.path, sentence);
        }
    }
}

/// `security` of a server or an operation: a list of schemes, of which one is enough.
pub(super) fn security<'a>(
    old: (&'a Reading, &At<'a>),
    new: (&'a Reading, &At<'a>),
    changes: &mut Changes<'_>,
) {
    let (before, after) = (schemes(old), schemes(new));
    let path = join(&new.1.path, "security");
    let what = new.1.key();
    if before.is_empty() && !after.is_empty() {
        let sentence = format!("`{what}` needs credentials, and did not");
        return changes.add(rule::SECURITY_REQUIRED, path, sentence);
    }
    if after.is_empty() && !before.is_empty() {
        let sentence = format!("`{what}` needs no credentials any more");
        return changes.add(rule::SECURITY_LIFTED, path, sentence);
    }
    for (name, scheme) in &before {
        match after.get(name) {
            None => {
                let sentence =
                    format!("`{what}` no longer takes credentials of the scheme `{name}`");
                changes.add(rule::SECURITY_SCHEME_REMOVED, path.clone(), sentence);
            }
            Some(other) => {
                prose::compare((old.0, scheme), (new.0, other), changes);
                // Without what only people read.
                let says = |at: &At<'_>| essence(at.to_value(), "description");
                if says(scheme) == says(other) {
                    continue;
                }
                let sentence = format!("the security scheme `{name}` has changed");
                changes.add(
                    rule::SECURITY_SCHEME_CHANGED,
                    format!("components/securitySchemes/{name}"),
                    sentence,
                );
            }
        }
    }
    for name in after.keys().filter(|name| !before.contains_key(*name)) {
        let sentence = format!("`{what}` takes credentials of the scheme `{name}`, too");
        changes.add(rule::SECURITY_SCHEME_ADDED, path.clone(), sentence);
    }
}

/// Security schemes by their keys.
fn schemes<'a>((side, at): (&'a Reading, &At<'a>)) -> BTreeMap<String, At<'a>> {
    let written = at.get("security").map(|at| at.items());
    let written = written.unwrap_or_default();
    let schemes = written.iter().filter_map(|at| side.doc.resolve(at));
    schemes.map(|scheme| (scheme.key(), scheme)).collect()
}

fn essence(mut value: Value, without: &str) -> Value {
    if let Some(members) = value.as_object_mut() {
        members.remove(without);
    }
    value
}

/// `bindings` say how to connect. Their version only says how to read them.
pub(super) fn bindings(old: &At<'_>, new: &At<'_>, changes: &mut Changes<'_>) {
    let of = |at: &At<'_>| -> BTreeMap<String, Value> {
        let members = at.get("bindings").map(|at| at.members());
        let members = members.unwrap_or_default().into_iter();
        members
            .map(|(key, at)| (key.to_owned(), essence(at.to_value(), "bindingVersion")))
            .collect()
    };
    let (before, after) = (of(old), of(new));
    let protocols: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for protocol in protocols {
        if before.get(protocol) != after.get(protocol) {
            let path = join(&join(&new.path, "bindings"), protocol);
            let sentence = format!("the binding `{protocol}` of `{}` has changed", new.key());
            changes.add(rule::BINDING_CHANGED, path, sentence);
        }
        let version = |at: &At<'_>| {
            let version = at.get("bindings")?.get(protocol)?.get("bindingVersion")?;
            Some(version.to_value())
        };
        let path = format!("{}/bindings/{protocol}/bindingVersion", new.path);
        let versions = (version(old), version(new));
        prose::told(versions, path, rule::METADATA, changes);
    }
}
