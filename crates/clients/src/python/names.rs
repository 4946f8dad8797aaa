//! What Python keeps to itself, and what a name becomes instead: the same with `_` behind it.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToShoutySnakeCase, ToSnakeCase};

use super::runtime;
use crate::GenerateError;
use crate::view::View;

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Builtins that the generated classes use themselves. Others, such as `open` and `type`, may be
/// fields: nothing in these classes would mean the builtin.
const USED: [&str; 9] = [
    "bool",
    "cls",
    "float",
    "int",
    "property",
    "self",
    "str",
    "tuple",
    "classmethod",
];

/// What every dataclass has already.
const OF_MODELS: [&str; 3] = ["from_dict", "to_dict", "wire_names"];

/// What is generated beside the models.
const OF_CLIENTS: [&str; 6] = [
    "Client",
    "Fetch",
    "SyncClient",
    "connect",
    "connect_sync",
    "fetch",
];

/// The Python names of a contract's things.
pub(super) struct Names {
    /// By the name of the schema.
    classes: BTreeMap<String, String>,
    /// Of requests, by their wire types; of families, by their names.
    methods: BTreeMap<String, String>,
}

impl Names {
    pub fn new(view: &View<'_>) -> Result<Self, GenerateError> {
        let mut globals = runtime::globals();
        globals.extend(KEYWORDS);
        globals.extend(OF_CLIENTS);
        let schemas = view.contract.schemas.keys();
        let classes = distinct(schemas.map(|name| {
            let what = format!("the schema {name}");
            (name.clone(), escaped(name, &globals), what)
        }))?;

        let mut members = runtime::members();
        members.extend(KEYWORDS);
        members.insert("on");
        let requests = view.requests.iter().map(|request| {
            let operation = request.operation;
            let name = escaped(&operation.key.to_snake_case(), &members);
            let what = format!("the operation {}", operation.key);
            (request.message.name.clone(), name, what)
        });
        let families = view.topics.iter().map(|topics| {
            let family = &topics.family.name;
            let name = escaped(&family.to_snake_case(), &members);
            (family.clone(), name, format!("the topic family {family}"))
        });
        Ok(Self {
            classes,
            methods: distinct(requests.chain(families))?,
        })
    }

    /// The class or alias of a schema.
    pub fn class<'a>(&'a self, schema: &'a str) -> &'a str {
        self.classes.get(schema).map_or(schema, String::as_str)
    }

    /// The method of a request, by its wire type, or of a family, by its name.
    pub fn method<'a>(&'a self, of: &'a str) -> &'a str {
        self.methods.get(of).map_or(of, String::as_str)
    }

    /// The table of a request.
    pub fn request(&self, wire_type: &str) -> String {
        format!("REQUEST_{}", self.method(wire_type).to_shouty_snake_case())
    }

    /// The table of a family.
    pub fn family(&self, name: &str) -> String {
        format!("TOPIC_{}", self.method(name).to_shouty_snake_case())
    }
}

/// A property as the attribute of a dataclass.
pub(super) fn field(property: &str) -> String {
    let mut taken: BTreeSet<&str> = KEYWORDS.into_iter().chain(USED).collect();
    taken.extend(OF_MODELS);
    escaped(property, &taken)
}

/// A property as the argument of a method, beside arguments that the method has `besides`.
pub(super) fn argument(property: &str, besides: &[&str]) -> String {
    let mut taken: BTreeSet<&str> = KEYWORDS.into_iter().chain(USED).collect();
    taken.extend(besides);
    escaped(property, &taken)
}

fn escaped(name: &str, taken: &BTreeSet<&str>) -> String {
    let mut name = name.to_owned();
    while taken.contains(name.as_str()) {
        name.push('_');
    }
    name
}

/// A map from keys to names, unless two have one name. Of each: key, name, what it is.
fn distinct(
    all: impl Iterator<Item = (String, String, String)>,
) -> Result<BTreeMap<String, String>, GenerateError> {
    let mut names = BTreeMap::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (key, name, second) in all {
        if let Some(first) = seen.insert(name.clone(), second.clone()) {
            return Err(GenerateError::Names {
                name,
                first,
                second,
            });
        }
        names.insert(key, name);
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_python_keeps_gets_an_underscore() {
        for (property, expected) in [
            ("from", "from_"),
            ("to", "to"),
            ("open", "open"),
            ("type", "type"),
            ("str", "str_"),
            ("to_dict", "to_dict_"),
        ] {
            assert_eq!(field(property), expected);
        }
        assert_eq!(argument("timeout", &["timeout"]), "timeout_");
    }

    #[test]
    fn the_runtime_has_taken_its_names() {
        let globals = runtime::globals();
        for name in [
            "Subscription",
            "Any",
            "TickwireError",
            "Backoff",
            "asyncio",
            "Violation",
        ] {
            assert!(globals.contains(name), "{name}");
        }
        let members = runtime::members();
        for name in ["state", "stats", "url", "request", "follow", "close"] {
            assert!(members.contains(name), "{name}");
        }
        assert!(!members.contains("bars"));
    }
}
