//! What only people read: titles, descriptions, examples, tags and links.

use serde_json::Value;

use super::changes::Changes;
use super::{Reading, Rule, rule};
use crate::parse::{At, join};

/// Compares the prose of two things that stand for the same.
pub(super) fn compare(
    old: (&Reading, &At<'_>),
    new: (&Reading, &At<'_>),
    changes: &mut Changes<'_>,
) {
    for (rule, keys) in [
        (rule::DESCRIPTION, &["title", "summary", "description"][..]),
        (rule::EXAMPLES, &["examples"]),
        (rule::DEPRECATED, &["deprecated"]),
        (
            rule::METADATA,
            &[
                "externalDocs",
                "contentType",
                "termsOfService",
                "contact",
                "license",
            ],
        ),
    ] {
        for key in keys {
            member(old, new, key, rule, changes);
        }
    }
    tags(old, new, changes);
    extensions(old.1, new.1, changes);
}

/// Compares one member by its value. References are followed: their names say nothing.
pub(super) fn member(
    old: (&Reading, &At<'_>),
    new: (&Reading, &At<'_>),
    key: &str,
    rule: Rule,
    changes: &mut Changes<'_>,
) {
    let value = |(side, at): (&Reading, &At<'_>)| -> Option<Value> {
        side.doc.resolve(&at.get(key)?).map(|at| at.to_value())
    };
    told(
        (value(old), value(new)),
        join(&new.1.path, key),
        rule,
        changes,
    );
}

/// Reports a value that differs, by the last step of its path.
pub(super) fn told<T: PartialEq>(
    (before, after): (Option<T>, Option<T>),
    path: String,
    rule: Rule,
    changes: &mut Changes<'_>,
) {
    if before == after {
        return;
    }
    let verb = match (before, after) {
        (None, _) => "is new",
        (_, None) => "is gone",
        _ => "has changed",
    };
    let what = path.rsplit('/').next().unwrap_or_default();
    let sentence = format!("`{what}` {verb}");
    changes.add(rule, path, sentence);
}

/// Tags by their names; what a tag says is compared where it is defined.
fn tags(old: (&Reading, &At<'_>), new: (&Reading, &At<'_>), changes: &mut Changes<'_>) {
    let names = |(side, at): (&Reading, &At<'_>)| -> Option<Vec<String>> {
        let items = at.get("tags")?.items();
        let names = items
            .iter()
            .filter_map(|tag| side.doc.resolve(tag)?.text("name").map(str::to_owned));
        Some(names.collect())
    };
    let path = join(&new.1.path, "tags");
    told((names(old), names(new)), path, rule::METADATA, changes);
}

/// Keys of others.
fn extensions(old: &At<'_>, new: &At<'_>, changes: &mut Changes<'_>) {
    let foreign = |at: &At<'_>| -> Vec<String> {
        let keys = at.members().into_iter().map(|(key, _)| key);
        keys.filter(|key| key.starts_with("x-") && !matches!(*key, "x-topic" | "x-permissions"))
            .map(str::to_owned)
            .collect()
    };
    let mut keys = foreign(old);
    keys.extend(foreign(new));
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let value = |at: &At<'_>| at.get(&key).map(|at| at.to_value());
        told(
            (value(old), value(new)),
            join(&new.path, &key),
            rule::METADATA,
            changes,
        );
    }
}
