//! Which name everything has in TypeScript. What would collide gets `_` at its end.

use std::collections::{HashMap, HashSet};

use heck::ToLowerCamelCase;

use crate::GenerateError;
use crate::view::View;

/// What the generated part itself calls so.
const GENERATED: [&str; 5] = ["Client", "ClientFrame", "Pushes", "Requests", "ServerFrame"];

/// Names of the language and its library that the client uses: a type of the contract would hide them.
const LIBRARY: [&str; 34] = [
    "AbortController",
    "AbortSignal",
    "AsyncDisposable",
    "AsyncIterable",
    "AsyncIterableIterator",
    "AsyncIterator",
    "Error",
    "ErrorOptions",
    "Exclude",
    "Extract",
    "Generator",
    "Infinity",
    "Iterable",
    "IteratorResult",
    "JSON",
    "Map",
    "Math",
    "NonNullable",
    "Omit",
    "Parameters",
    "Partial",
    "Pick",
    "PromiseLike",
    "Readonly",
    "ReadonlyMap",
    "RegExp",
    "ReturnType",
    "SymbolConstructor",
    "TextEncoder",
    "TypeError",
    "URL",
    "WeakMap",
    "WebSocket",
    "Required",
];

/// Members that every client has, and those that every object has.
const MEMBERS: [&str; 16] = [
    "close",
    "connection",
    "constructor",
    "counters",
    "failed",
    "find",
    "hasOwnProperty",
    "id",
    "join",
    "on",
    "open",
    "request",
    "then",
    "toString",
    "topic",
    "valueOf",
];

/// The names of one contract.
pub(super) struct Names {
    types: HashMap<String, String>,
    methods: HashMap<String, String>,
}

impl Names {
    /// Names for all of a contract; `runtime` is the source of what stands beside.
    pub fn new(view: &View<'_>, runtime: &str) -> Result<Self, GenerateError> {
        let taken: HashSet<&str> = declared(runtime).chain(GENERATED).chain(LIBRARY).collect();
        let mut types = HashMap::new();
        let mut scope = Scope::default();
        for schema in view.contract.schemas.keys() {
            let name = escaped(schema, |name| taken.contains(name));
            scope.claim(&name, format!("components/schemas/{schema}"))?;
            types.insert(schema.clone(), name);
        }
        let mut methods = HashMap::new();
        let mut scope = Scope::default();
        for request in &view.requests {
            let key = &request.operation.key;
            let name = escaped(key, |name| MEMBERS.contains(&name));
            scope.claim(&name, format!("operations/{key}"))?;
            methods.insert(format!("request {}", request.message.name), name);
        }
        for topics in &view.topics {
            let family = &topics.family.name;
            let name = escaped(&family.to_lower_camel_case(), |name| {
                MEMBERS.contains(&name)
            });
            scope.claim(&name, format!("the topic family `{family}`"))?;
            methods.insert(format!("family {family}"), name);
        }
        Ok(Self { types, methods })
    }

    /// The type of a schema.
    pub fn schema<'s>(&'s self, schema: &'s str) -> &'s str {
        self.types.get(schema).map_or(schema, String::as_str)
    }

    /// The method of the request of this wire type.
    pub fn request(&self, wire_type: &str) -> &str {
        self.method(&format!("request {wire_type}"))
    }

    /// The method of a topic family.
    pub fn family(&self, family: &str) -> &str {
        self.method(&format!("family {family}"))
    }

    fn method(&self, what: &str) -> &str {
        self.methods.get(what).map_or("", String::as_str)
    }
}

fn escaped(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if taken(name) {
        format!("{name}_")
    } else {
        name.to_owned()
    }
}

/// What a module declares at its top level.
fn declared(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let mut words = words.skip_while(|word| ["export", "abstract", "async"].contains(word));
        let kind = words.next()?;
        let declares = ["class", "const", "function", "interface", "let", "type"].contains(&kind);
        declares.then(|| words.next()).flatten()
    })
}

#[derive(Default)]
struct Scope(HashMap<String, String>);

impl Scope {
    fn claim(&mut self, name: &str, what: String) -> Result<(), GenerateError> {
        match self.0.insert(name.to_owned(), what.clone()) {
            None => Ok(()),
            Some(first) => Err(GenerateError::Names {
                name: name.to_owned(),
                first,
                second: what,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found() {
        let source = "export abstract class A<T> {\nconst b = 1;\n  const inner = 2;\ntype C =\n// type D\nexport interface E {";
        assert_eq!(declared(source).collect::<Vec<_>>(), ["A", "b", "C", "E"]);
    }

    #[test]
    fn members_of_the_client_are_known() {
        // All that `Client` of the runtime has is taken, or an operation of that name would replace it.
        let class = super::super::RUNTIME_TS
            .split("\nclass ContractClient ")
            .nth(1)
            .unwrap_or_default();
        let body = class.split("\n}\n").next().unwrap_or_default();
        let members: Vec<&str> = body
            .lines()
            .filter_map(|line| line.strip_prefix("  "))
            .map(|line| {
                line.trim_start_matches("readonly ")
                    .trim_start_matches("async ")
                    .trim_start_matches("get ")
            })
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric()).next())
            .filter(|name| *name != "declare")
            .collect();
        assert!(members.len() > 8, "{members:?}");
        for member in members {
            assert!(MEMBERS.contains(&member), "{member}");
        }
    }
}
