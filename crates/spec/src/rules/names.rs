//! Names become Rust: how keys are spelled, which would collide after conversion, and which are
//! taken already, by the language or by what tools make up themselves.

use std::collections::HashMap;

use crate::parse::{At, Doc};
use crate::report::{Problems, rule};
use crate::text::{camel, capitalized, pascal, snake};

/// Names of types that generated code means differently: Rust's prelude and primitives, and the
/// builtins of TypeScript and Python that generated clients would shadow.
const TAKEN_TYPES: [&str; 48] = [
    "Any",
    "Array",
    "Arc",
    "AsMut",
    "AsRef",
    "BigInt",
    "Boolean",
    "Box",
    "Clone",
    "Copy",
    "Date",
    "Decimal",
    "Default",
    "Display",
    "Drop",
    "Enum",
    "Eq",
    "Err",
    "Error",
    "Exception",
    "Fn",
    "From",
    "Function",
    "HashMap",
    "Hash",
    "Into",
    "Iterator",
    "List",
    "Map",
    "None",
    "Number",
    "Object",
    "Ok",
    "Option",
    "Ord",
    "Promise",
    "Record",
    "Result",
    "Root",
    "Self",
    "Send",
    "Set",
    "Some",
    "String",
    "Symbol",
    "Sync",
    "Value",
    "Vec",
];

const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    let operations = doc.members("operations");
    for container in ["channels", "operations", "components/messages"] {
        spelled_camel(doc, container, problems);
    }
    schemas(doc, problems);
    let tags = doc.members("components/tags");
    let tags: Vec<_> = tags.iter().filter_map(|(_, tag)| tag.get("name")).collect();
    let families = doc.members("channels");
    let families: Vec<_> = families
        .iter()
        .filter_map(|(_, channel)| channel.get("x-topic")?.get("name"))
        .collect();
    for at in tags.iter().chain(&families) {
        keyword(at, at.str().unwrap_or_default(), problems);
    }
    for (_, channel) in doc.members("channels") {
        for (name, parameter) in channel
            .get("parameters")
            .map(|at| at.members())
            .unwrap_or_default()
        {
            if !is_identifier(name) {
                let problem = format!(
                    "`{name}` is no name for a parameter: letters, digits and `_`, beginning with a small letter"
                );
                problems.add_key(&parameter, rule::KEY_SPELLING, problem);
            }
            keyword(&parameter, name, problems);
        }
    }
    for (key, operation) in &operations {
        keyword(operation, key, problems);
    }
    distinct(
        operations.iter().map(|(key, at)| (*key, at)),
        snake,
        "the method",
        problems,
    );
    distinct(named(&tags), pascal, "the trait", problems);
    distinct(named(&families), pascal, "the type", problems);
}

fn named<'a, 'b>(values: &'b [At<'a>]) -> impl Iterator<Item = (&'a str, &'b At<'a>)> {
    values
        .iter()
        .filter_map(|at| at.str().map(|name| (name, at)))
}

fn spelled_camel(doc: &Doc, container: &str, problems: &mut Problems) {
    for (key, at) in doc.members(container) {
        let right = key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.bytes().all(|b| b.is_ascii_alphanumeric());
        if !right {
            let problem = format!(
                "keys here are camelCase, because methods and types are named after them: {}",
                offer(&camel(key))
            );
            problems.add_key(&at, rule::KEY_SPELLING, problem);
        }
    }
}

fn offer(name: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.is_ascii() {
        format!("write `{name}`")
    } else {
        "begin with a letter, then letters and digits".to_owned()
    }
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn keyword(at: &At<'_>, name: &str, problems: &mut Problems) {
    let converted = snake(name);
    if KEYWORDS.contains(&converted.as_str()) {
        let problem = format!(
            "`{converted}` is a keyword of Rust, and code is generated under this name: choose another"
        );
        problems.add_key(at, rule::NAME_RESERVED, problem);
    }
}

fn schemas(doc: &Doc, problems: &mut Problems) {
    let synthesized = synthesized(doc);
    let schemas = doc.members("components/schemas");
    for (name, schema) in &schemas {
        let spelled = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|b| b.is_ascii_alphanumeric());
        if !spelled {
            let problem = format!(
                "names of schemas are UpperCamelCase: {}",
                offer(&pascal(name))
            );
            problems.add_key(schema, rule::KEY_SPELLING, problem);
        }
        if TAKEN_TYPES.contains(name) {
            let problem = format!(
                "`{name}` is a builtin type of Rust, TypeScript or Python: say more, such as `Order{name}`"
            );
            problems.add_key(schema, rule::NAME_RESERVED, problem);
        } else if let Some(origin) = synthesized.get(*name) {
            let problem = format!(
                "tools make a type `{name}` from {origin}: choose another name for the schema"
            );
            problems.add_key(schema, rule::NAME_RESERVED, problem);
        }
        inside(schema, problems);
    }
    distinct(
        schemas.iter().map(|(name, at)| (*name, at)),
        pascal,
        "the type",
        problems,
    );
}

/// Type names that tools make up, and what they make them from.
fn synthesized(doc: &Doc) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for (key, _) in doc.members("components/messages") {
        let name = capitalized(key);
        names.insert(format!("{name}Payload"), format!("the message `{key}`"));
        names.insert(name, format!("the message `{key}`"));
    }
    for (key, _) in doc.members("channels") {
        names.insert(capitalized(key), format!("the channel `{key}`"));
    }
    names
}

/// The fields and variants of one schema.
fn inside(schema: &At<'_>, problems: &mut Problems) {
    let properties = schema
        .get("properties")
        .map(|at| at.members())
        .unwrap_or_default();
    for (name, property) in &properties {
        if !is_identifier(name) {
            let problem = format!(
                "`{name}` is no name for a property: letters, digits and `_`, beginning with a small letter"
            );
            problems.add_key(property, rule::KEY_SPELLING, problem);
        }
    }
    distinct(
        properties.iter().map(|(name, at)| (*name, at)),
        snake,
        "the field",
        problems,
    );
    let values = schema.get("enum").map(|at| at.items()).unwrap_or_default();
    distinct(
        named(&values).filter(|(value, _)| !value.is_empty()),
        pascal,
        "the variant",
        problems,
    );
}

/// Reports names that convert to the same. Equal names are duplicates, which other rules report.
fn distinct<'b, 'a: 'b>(
    names: impl Iterator<Item = (&'b str, &'b At<'a>)>,
    convert: fn(&str) -> String,
    what: &str,
    problems: &mut Problems,
) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (name, at) in names {
        let converted = convert(name);
        if converted.is_empty() {
            let problem = format!(
                "`{name}` has no letter or digit, so {what} would have no name: choose another"
            );
            problems.add_key(at, rule::NAME_COLLISION, problem);
            continue;
        }
        match seen.get(&converted) {
            Some(first) if *first != name => {
                let problem = format!(
                    "`{name}` and `{first}` both become {what} `{converted}` in Rust: rename one of them"
                );
                problems.add_key(at, rule::NAME_COLLISION, problem);
            }
            _ => {
                seen.insert(converted, name);
            }
        }
    }
}
