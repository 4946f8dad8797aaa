//! Our own keys, `x-topic` on channels and `x-permissions` on requests: their place and shape.
//!
//! The shapes are the JSON Schemas in `schemas/`. Other `x-` keys belong to others and are left
//! alone, unless they look like one of ours misspelt.

use std::sync::LazyLock;

use super::examples::{Compiled, violations};
use crate::parse::{At, Doc, Kind};
use crate::report::{Problems, rule};
use crate::text::nearest;

const TOPIC: &str = "x-topic";
const PERMISSIONS: &str = "x-permissions";

static TOPIC_SHAPE: LazyLock<Compiled> =
    LazyLock::new(|| compiled(include_str!("../../schemas/x-topic.json")));
static PERMISSIONS_SHAPE: LazyLock<Compiled> =
    LazyLock::new(|| compiled(include_str!("../../schemas/x-permissions.json")));

fn compiled(text: &str) -> Compiled {
    let schema = serde_json::from_str(text).expect("the schemas of the crate are JSON");
    Compiled::new(schema).expect("the schemas of the crate are valid")
}

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    places(&doc.root(), problems);
    for (_, channel) in doc.members("channels") {
        if let Some(topic) = channel.get(TOPIC) {
            violations(&TOPIC_SHAPE, &topic, rule::TOPIC_SHAPE, problems);
        }
    }
    for (_, operation) in doc.members("operations") {
        if let Some(permissions) = operation.get(PERMISSIONS) {
            violations(
                &PERMISSIONS_SHAPE,
                &permissions,
                rule::PERMISSIONS_SHAPE,
                problems,
            );
        }
    }
}

/// Our keys where nothing would read them, and keys that look like ours.
fn places(at: &At<'_>, problems: &mut Problems) {
    for (name, member) in at.members() {
        if name.starts_with("x-") {
            place(name, &at.path, &member, problems);
        } else if !is_data(name, &at.path) {
            places(&member, problems);
        }
    }
    if matches!(at.node.kind, Kind::Array(_)) {
        at.items().iter().for_each(|item| places(item, problems));
    }
}

/// Whether what follows is an example or a default, whose keys are nobody's business.
fn is_data(name: &str, path: &str) -> bool {
    matches!(name, "examples" | "default" | "bindings") && path.contains('/')
}

fn place(name: &str, parent: &str, member: &At<'_>, problems: &mut Problems) {
    let (container, depth) = (
        parent.split('/').next().unwrap_or_default(),
        parent.matches('/').count(),
    );
    let (right, where_) = match name {
        TOPIC => (container == "channels" && depth == 1, "a channel"),
        PERMISSIONS => (container == "operations" && depth == 1, "an operation"),
        _ => {
            if let Some(near) = nearest(name, [TOPIC, PERMISSIONS]) {
                let problem = format!(
                    "`{name}` looks like a slip of `{near}`: write that, or choose another name"
                );
                problems.add_key(member, rule::EXTENSION_KEY, problem);
            }
            return;
        }
    };
    if !right {
        let problem = format!("`{name}` means nothing here: it belongs to {where_}");
        problems.add_key(member, rule::EXTENSION_KEY, problem);
    }
}
