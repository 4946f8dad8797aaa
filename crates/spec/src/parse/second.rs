//! A second opinion: what another YAML reader makes of the document.
//!
//! Clients, linters and generators read the contract with readers of their own, most of them
//! descendants of libyaml. Where such a one sees another value than we do (it breaks lines at
//! U+2028, say), there are two contracts in one file, and nobody notices until it matters.

use serde_json::Value;

use super::node::{At, Doc, Kind};
use crate::report::{Problems, rule};

/// Compares our tree with that of `serde_yaml`. Only for documents without another problem.
pub(crate) fn opinion(text: &str, doc: &Doc, problems: &mut Problems) {
    let read = serde_yaml::from_str::<serde_yaml::Value>(text).and_then(|mut value| {
        value.apply_merge()?;
        Ok(value)
    });
    let other = read
        .map_err(|error| error.to_string())
        .and_then(|value| serde_json::to_value(value).map_err(|error| error.to_string()));
    let root = doc.root();
    match other {
        Ok(other) => compare(&root, &other, problems),
        Err(error) => {
            let problem = format!("another YAML reader refuses the document ({error}): {MEND}");
            problems.add(&root, rule::YAML_READERS, problem);
        }
    }
}

/// What is right, as nearly all such differences come from characters that cannot be seen.
const MEND: &str = "write control characters and unusual line breaks as escapes in double quotes";

/// Reports the outermost places that differ. The parser has bounded how deep this can go.
fn compare(at: &At<'_>, other: &Value, problems: &mut Problems) {
    match (&at.node.kind, other) {
        (Kind::Object(members), Value::Object(others)) if members.len() == others.len() => {
            for (key, member) in at.members() {
                match others.get(key) {
                    Some(other) => compare(&member, other, problems),
                    None => differs(&member, "leaves it out", problems),
                }
            }
        }
        (Kind::Array(items), Value::Array(others)) if items.len() == others.len() => {
            for (item, other) in at.items().iter().zip(others) {
                compare(item, other, problems);
            }
        }
        (Kind::Array(_) | Kind::Object(_), _) => {
            differs(at, "reads other members", problems);
        }
        _ if at.node.to_value() == *other => {}
        _ => differs(at, &format!("reads {other}"), problems),
    }
}

fn differs(at: &At<'_>, how: &str, problems: &mut Problems) {
    let problem = format!("another YAML reader {how}: {MEND}");
    problems.add(at, rule::YAML_READERS, problem);
}
