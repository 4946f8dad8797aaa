//! Collections that are still open while the tree is built, and what closes them.

use indexmap::IndexMap;

use super::node::{Entry, Kind, Node, Place, join};
use crate::report::{Problems, rule};

/// A collection that is still open.
pub(super) struct Open {
    pub place: Place,
    pub anchor: usize,
    /// Nodes made before it, to know its size when it closes.
    pub before: usize,
    /// The deepest level seen since it was opened.
    pub deepest: usize,
    pub items: Items,
}

/// What it has so far.
pub(super) enum Items {
    Array(Vec<Node>),
    Object {
        members: IndexMap<String, Entry>,
        /// The key that waits for its value.
        key: Option<(String, Place)>,
        /// Values of `<<`.
        merges: Vec<Node>,
    },
}

/// The path of the value that is being read.
pub(super) fn path(stack: &[Open]) -> String {
    stack
        .iter()
        .fold(String::new(), |path, open| match &open.items {
            Items::Array(items) => join(&path, &items.len().to_string()),
            Items::Object {
                key: Some((key, _)),
                ..
            } => join(&path, key),
            Items::Object { key: None, .. } => path,
        })
}

/// Adds what `merge` has and `members` has not; returns how many nodes that made.
pub(super) fn merged(
    members: &mut IndexMap<String, Entry>,
    merge: Node,
    path: &str,
    problems: &mut Problems,
) -> usize {
    let Kind::Object(more) = merge.kind else {
        let problem = "`<<` merges a mapping or a list of mappings into this one".to_owned();
        problems.add_at(path.to_owned(), merge.place, rule::YAML_VALUE, problem);
        return 0;
    };
    let added = more.len();
    for (key, entry) in more {
        members.entry(key).or_insert(entry);
    }
    added
}
