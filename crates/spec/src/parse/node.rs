//! The tree of a document, and [`At`], a place in it.

use indexmap::IndexMap;
use serde_json::Value;

/// Line and column, both from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub line: usize,
    pub column: usize,
}

/// A value and where it starts.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub place: Place,
    pub kind: Kind,
}

/// What a [`Node`] is, in JSON's terms. Members keep the order in which they were written.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    String(String),
    Array(Vec<Node>),
    Object(IndexMap<String, Entry>),
}

/// A member of an object: where its key is, and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub place: Place,
    pub value: Node,
}

impl Node {
    pub fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(b) => Value::Bool(*b),
            Kind::Number(n) => Value::Number(n.clone()),
            Kind::String(s) => Value::String(s.clone()),
            Kind::Array(items) => items.iter().map(Node::to_value).collect(),
            Kind::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(key, entry)| (key.clone(), entry.value.to_value()))
                    .collect(),
            ),
        }
    }

    /// What an author would call this kind of value.
    pub fn what(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "a list",
            Kind::Object(_) => "a mapping",
        }
    }
}

/// A place in a document: the node, and the path that leads to it.
#[derive(Debug, Clone)]
pub(crate) struct At<'a> {
    pub node: &'a Node,
    /// Keys and indexes from the root, joined by `/` and escaped as in a JSON Pointer.
    pub path: String,
    /// Where its key is, when it is a member of an object.
    pub key_place: Option<Place>,
}

impl<'a> At<'a> {
    /// Where a diagnostic about this value points: a scalar at itself, anything larger at its
    /// key, because a block mapping "starts" at its first member on the next line.
    pub fn place(&self) -> Place {
        match (&self.node.kind, self.key_place) {
            (Kind::Array(_) | Kind::Object(_) | Kind::Null, Some(key)) => key,
            _ => self.node.place,
        }
    }

    /// Its key or index, as written.
    pub fn key(&self) -> String {
        unescape(self.path.rsplit('/').next().unwrap_or_default())
    }

    pub fn get(&self, key: &str) -> Option<At<'a>> {
        let Kind::Object(members) = &self.node.kind else {
            return None;
        };
        members.get(key).map(|entry| self.member(key, entry))
    }

    fn member(&self, key: &str, entry: &'a Entry) -> At<'a> {
        At {
            node: &entry.value,
            path: join(&self.path, key),
            key_place: Some(entry.place),
        }
    }

    /// Its members, in order; none when it is not an object.
    pub fn members(&self) -> Vec<(&'a str, At<'a>)> {
        match &self.node.kind {
            Kind::Object(members) => members
                .iter()
                .map(|(key, entry)| (key.as_str(), self.member(key, entry)))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Its items, in order; none when it is not an array.
    pub fn items(&self) -> Vec<At<'a>> {
        match &self.node.kind {
            Kind::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, node)| At {
                    node,
                    path: join(&self.path, &index.to_string()),
                    key_place: None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    pub fn str(&self) -> Option<&'a str> {
        match &self.node.kind {
            Kind::String(s) => Some(s),
            _ => None,
        }
    }

    /// The text of its member `key`, when that is a string.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key)?.str()
    }

    pub fn is_object(&self) -> bool {
        matches!(self.node.kind, Kind::Object(_))
    }

    /// The text of its `$ref`, when it is a reference.
    pub fn reference(&self) -> Option<&'a str> {
        self.text("$ref")
    }

    pub fn to_value(&self) -> Value {
        self.node.to_value()
    }
}

/// A parsed document.
#[derive(Debug)]
pub(crate) struct Doc {
    pub root: Node,
}

/// A chain of references longer than this goes in a circle, or should be written shorter.
const MAX_HOPS: usize = 8;

impl Doc {
    pub fn root(&self) -> At<'_> {
        At {
            node: &self.root,
            path: String::new(),
            key_place: None,
        }
    }

    /// The place at `path` (`components/schemas`), without following references.
    pub fn at(&self, path: &str) -> Option<At<'_>> {
        let mut at = self.root();
        for step in path.split('/').filter(|step| !step.is_empty()) {
            let step = unescape(step);
            at = match &at.node.kind {
                Kind::Array(_) => at.items().into_iter().nth(step.parse().ok()?)?,
                _ => at.get(&step)?,
            };
        }
        Some(at)
    }

    /// Members of the object at `path`, in order.
    pub fn members(&self, path: &str) -> Vec<(&str, At<'_>)> {
        self.at(path).map(|at| at.members()).unwrap_or_default()
    }

    /// One hop: the place that a reference names.
    pub fn target(&self, reference: &str) -> Option<At<'_>> {
        self.at(reference.strip_prefix("#/")?)
    }

    /// The place itself, or where its references lead in the end.
    pub fn resolve<'a>(&'a self, at: &At<'a>) -> Option<At<'a>> {
        let mut at = at.clone();
        for _ in 0..MAX_HOPS {
            match at.reference() {
                Some(reference) => at = self.target(reference)?,
                None => return Some(at),
            }
        }
        None
    }
}

/// Appends a key to a path.
pub(crate) fn join(path: &str, key: &str) -> String {
    let key = key.replace('~', "~0").replace('/', "~1");
    if path.is_empty() {
        key
    } else {
        format!("{path}/{key}")
    }
}

/// One step of a path as the key it stands for.
pub(crate) fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

impl serde::Serialize for Node {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.kind {
            Kind::Null => serializer.serialize_unit(),
            Kind::Bool(b) => serializer.serialize_bool(*b),
            Kind::Number(n) => n.serialize(serializer),
            Kind::String(s) => serializer.serialize_str(s),
            Kind::Array(items) => serializer.collect_seq(items),
            Kind::Object(members) => {
                serializer.collect_map(members.iter().map(|(key, entry)| (key, &entry.value)))
            }
        }
    }
}
