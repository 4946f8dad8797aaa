//! What frames consist of: two schemas beside each other, in the direction in which values go.
//!
//! Pairs of schemas wait in a list and are compared once, so neither schemas that contain themselves
//! nor long chains of references hurt. [`scalars`] compares what a text or a number may be.

mod scalars;

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::changes::Changes;
use super::{Reading, Rule, Way, prose, rule};
use crate::parse::{At, join};

/// Two schemas that are used for the same, and what to tell about them.
struct Pair<'p, 'c, 'd> {
    way: Way,
    old: &'c At<'p>,
    new: &'c At<'p>,
    changes: &'c mut Changes<'d>,
}

impl Pair<'_, '_, '_> {
    /// Reports a change of a keyword, or of what stands at a path below the new schema.
    fn add(&mut self, rule: Rule, keyword: &str, sentence: &str) {
        let path = keyword
            .split('/')
            .fold(self.new.path.clone(), |path, step| join(&path, step));
        let (was, is) = (self.old.key(), self.new.key());
        let sentence = if was == is {
            sentence.to_owned()
        } else {
            format!("{sentence} (`{is}`, before `{was}`)")
        };
        self.changes.add_way(rule, self.way, path, sentence);
    }

    /// The values of a keyword, old and new.
    fn values(&self, keyword: &str) -> (Option<Value>, Option<Value>) {
        let value = |at: &At<'_>| at.get(keyword).map(|at| at.to_value());
        (value(self.old), value(self.new))
    }
}

/// `` `maximum` is 5, and was 4 ``
fn became(keyword: &str, from: Option<&Value>, to: Option<&Value>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("`{keyword}` is {to}, and was {from}"),
        (None, Some(to)) => format!("`{keyword}` is {to}, and there was none"),
        (Some(from), None) => format!("there is no `{keyword}`, and it was {from}"),
        (None, None) => format!("there is no `{keyword}`"),
    }
}

/// Compares two named schemas and all that they consist of.
pub(super) fn compare(
    old: (&Reading, &str),
    new: (&Reading, &str),
    way: Way,
    changes: &mut Changes<'_>,
) {
    let ((old, was), (new, is)) = (old, new);
    let named = |name: &str| join("components/schemas", name);
    let (Some(was), Some(is)) = (old.doc.at(&named(was)), new.doc.at(&named(is))) else {
        return;
    };
    let open_lists = OpenLists::of(new);
    let mut open = vec![(was, is)];
    let mut seen: HashSet<(String, String)> = HashSet::new();
    while let Some((was, is)) = open.pop() {
        let (Some(was), Some(is)) = (old.doc.resolve(&was), new.doc.resolve(&is)) else {
            continue;
        };
        if !seen.insert((was.path.clone(), is.path.clone())) {
            continue;
        }
        prose::compare((old, &was), (new, &is), changes);
        let mut pair = Pair {
            way,
            old: &was,
            new: &is,
            changes,
        };
        if !types(&mut pair) {
            continue;
        }
        default(&mut pair);
        match is.text("type") {
            Some("object") => open.extend(object(&mut pair)),
            Some("array") => {
                scalars::items(&mut pair);
                open.extend(was.get("items").zip(is.get("items")));
            }
            Some("string") => scalars::text(&mut pair, &open_lists),
            Some("integer" | "number") => scalars::number(&mut pair),
            _ => {}
        }
    }
}

/// Lists that clients know to grow.
struct OpenLists {
    /// Where the codes of errors are listed.
    error_codes: Option<String>,
    /// Where the subprotocols are listed.
    subprotocols: Option<String>,
}

impl OpenLists {
    fn of(side: &Reading) -> Self {
        let field = |wire_type: &str, field: &str| {
            let payload = &side.contract.message(wire_type)?.payload;
            let schema = side.doc.at(&join("components/schemas", payload))?;
            let field = schema.get("properties")?.get(field)?;
            Some(side.doc.resolve(&field)?.path)
        };
        Self {
            error_codes: field("error", "code"),
            subprotocols: field("welcome", "protocol"),
        }
    }

    /// The rules for a value that is added and for one that is removed.
    fn rules(&self, way: Way, path: &str) -> (Rule, Rule) {
        let is = |list: &Option<String>| way == Way::Received && list.as_deref() == Some(path);
        if is(&self.error_codes) {
            (rule::ERROR_CODE_ADDED, rule::ERROR_CODE_REMOVED)
        } else if is(&self.subprotocols) {
            (rule::SUBPROTOCOL_ADDED, rule::SUBPROTOCOL_REMOVED)
        } else {
            (rule::ENUM_VALUE_ADDED, rule::ENUM_VALUE_REMOVED)
        }
    }
}

/// Whether the types compare, so that there is more to be said.
fn types(pair: &mut Pair<'_, '_, '_>) -> bool {
    let (from, to) = (pair.old.text("type"), pair.new.text("type"));
    let rule = match (from, to) {
        _ if from == to => return true,
        (Some("integer"), Some("number")) => rule::TYPE_WIDENED,
        (Some("number"), Some("integer")) => rule::TYPE_NARROWED,
        _ => rule::TYPE_CHANGED,
    };
    let (from, to) = pair.values("type");
    pair.add(rule, "type", &became("type", from.as_ref(), to.as_ref()));
    rule != rule::TYPE_CHANGED
}

fn default(pair: &mut Pair<'_, '_, '_>) {
    let (from, to) = pair.values("default");
    let rule = match (&from, &to) {
        (None, Some(_)) => rule::DEFAULT_ADDED,
        (Some(_), None) => rule::DEFAULT_REMOVED,
        (Some(from), Some(to)) if from != to => rule::DEFAULT_CHANGED,
        _ => return,
    };
    pair.add(
        rule,
        "default",
        &became("default", from.as_ref(), to.as_ref()),
    );
}

/// Compares which fields there are; gives the pairs of fields that both have.
fn object<'p>(pair: &mut Pair<'p, '_, '_>) -> Vec<(At<'p>, At<'p>)> {
    let fields = |at: &At<'p>| {
        at.get("properties")
            .map(|at| at.members())
            .unwrap_or_default()
    };
    let (before, after) = (fields(pair.old), fields(pair.new));
    let (needed, needs) = (required(pair.old), required(pair.new));
    let mut both = Vec::new();
    for (name, was) in &before {
        let place = format!("properties/{name}");
        let Some((_, is)) = after.iter().find(|(other, _)| other == name) else {
            pair.add(
                rule::FIELD_REMOVED,
                &place,
                &format!("the field `{name}` is gone"),
            );
            continue;
        };
        match (needed.contains(name), needs.contains(name)) {
            (false, true) => {
                pair.add(
                    rule::FIELD_REQUIRED,
                    &place,
                    &format!("the field `{name}` is required"),
                );
            }
            (true, false) => {
                pair.add(
                    rule::FIELD_OPTIONAL,
                    &place,
                    &format!("the field `{name}` may be missing"),
                );
            }
            _ => {}
        }
        // The wire type is compared as the name of the message.
        if was.get("const").is_none() {
            both.push((was.clone(), is.clone()));
        }
    }
    for (name, _) in &after {
        if before.iter().any(|(other, _)| other == name) {
            continue;
        }
        let (rule, what) = if needs.contains(name) {
            (rule::REQUIRED_FIELD_ADDED, "is new and required")
        } else {
            (rule::OPTIONAL_FIELD_ADDED, "is new and may be missing")
        };
        pair.add(
            rule,
            &format!("properties/{name}"),
            &format!("the field `{name}` {what}"),
        );
    }
    let members = (pair.old.get("properties"), pair.new.get("properties"));
    if let (Some(before), Some(after)) = members {
        pair.changes.member_order(&before, &after);
    }
    both
}

fn required<'a>(schema: &At<'a>) -> BTreeSet<&'a str> {
    let items = schema
        .get("required")
        .map(|at| at.items())
        .unwrap_or_default();
    items.iter().filter_map(At::str).collect()
}
