//! The keys and types of AsyncAPI's own objects, from the [`table`].

mod table;

use super::references;
use crate::parse::{At, Doc, Kind};
use crate::report::{Problems, rule};
use crate::text::suggest;
use table::{Key, ROOT, Shape, Value};

/// Whether the rest of the document can be read as AsyncAPI 3.0.0 at all.
pub(crate) fn is_asyncapi(doc: &Doc, problems: &mut Problems) -> bool {
    let root = doc.root();
    if !root.is_object() {
        let what = root.node.what();
        let problem = format!(
            "the document is {what}: it should be a mapping that begins with `asyncapi: 3.0.0`"
        );
        problems.add(&root, rule::WRONG_TYPE, problem);
        return false;
    }
    let right = "only `asyncapi: 3.0.0` is supported";
    match root.get("asyncapi") {
        None => {
            problems.add(
                &root,
                rule::ASYNCAPI_VERSION,
                format!("there is no key `asyncapi`: {right}"),
            );
            false
        }
        Some(version) if version.str() == Some("3.0.0") => true,
        Some(version) => {
            let found = version.to_value();
            let found = found
                .as_str()
                .map_or_else(|| found.to_string(), str::to_owned);
            problems.add(
                &version,
                rule::ASYNCAPI_VERSION,
                format!("the version is {found}: {right}"),
            );
            // A 2.x document has another structure: everything in it would be reported.
            found.starts_with("3.")
        }
    }
}

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    object(doc, &doc.root(), &ROOT, problems);
}

fn object(doc: &Doc, at: &At<'_>, shape: &Shape, problems: &mut Problems) {
    if !expect(at, at.is_object(), "a mapping", problems) {
        return;
    }
    for (name, member) in at.members() {
        match shape.keys.iter().find(|key| key.name == name) {
            Some(key) => value(doc, &member, key, problems),
            None if name.starts_with("x-") => {}
            None => {
                let known = shape.keys.iter().map(|key| key.name);
                let problem = format!(
                    "{} has no key `{name}`: {}",
                    shape.what,
                    suggest(name, known)
                );
                problems.add_key(&member, rule::UNKNOWN_KEY, problem);
            }
        }
    }
    for key in shape.keys.iter().filter(|key| key.required) {
        if at.get(key.name).is_none() {
            let problem = format!("{} needs the key `{}`", shape.what, key.name);
            problems.add(at, rule::MISSING_KEY, problem);
        }
    }
}

fn value(doc: &Doc, at: &At<'_>, key: &Key, problems: &mut Problems) {
    typed(doc, at, &key.value, problems);
}

fn typed(doc: &Doc, at: &At<'_>, value: &Value, problems: &mut Problems) {
    match value {
        Value::Any => {}
        Value::Text => {
            if expect(at, at.str().is_some(), "a string", problems) && at.str() == Some("") {
                problems.add(
                    at,
                    rule::WRONG_TYPE,
                    "an empty string says nothing: write it, or remove the key",
                );
            }
        }
        Value::OneOf(allowed) => {
            if expect(at, at.str().is_some(), "a string", problems) {
                let text = at.str().unwrap_or_default();
                if !allowed.contains(&text) {
                    let problem = format!(
                        "`{text}` is not possible here: {}",
                        suggest(text, allowed.iter().copied())
                    );
                    problems.add(at, rule::WRONG_TYPE, problem);
                }
            }
        }
        Value::Mapping => {
            expect(at, at.is_object(), "a mapping", problems);
        }
        Value::List(item) => {
            if expect(
                at,
                matches!(at.node.kind, Kind::Array(_)),
                "a list",
                problems,
            ) {
                at.items()
                    .iter()
                    .for_each(|at| typed(doc, at, item, problems));
            }
        }
        Value::Map(item) => {
            if expect(at, at.is_object(), "a mapping", problems) {
                at.members()
                    .iter()
                    .for_each(|(_, at)| typed(doc, at, item, problems));
            }
        }
        Value::Object(shape) => object(doc, at, shape, problems),
        Value::Ref(container) => {
            if at.reference().is_some() {
                references::check(doc, at, container, problems);
            } else {
                let problem = format!(
                    "{} is expected here, not {}",
                    references::example(container),
                    at.node.what()
                );
                problems.add(at, rule::REF_EXPECTED, problem);
            }
        }
        Value::ObjectOrRef(shape, container) => match at.reference() {
            Some(_) => references::check(doc, at, container, problems),
            None => object(doc, at, shape, problems),
        },
        Value::Unsupported(instead) => {
            problems.add_key(
                at,
                rule::UNSUPPORTED,
                format!("`{}` is not supported: {instead}", at.key()),
            );
        }
    }
}

fn expect(at: &At<'_>, right: bool, what: &str, problems: &mut Problems) -> bool {
    if !right {
        let quotes = match at.node.kind {
            Kind::Number(_) | Kind::Bool(_) if what == "a string" => ": put it in quotes",
            _ => "",
        };
        let problem = format!("{what} is expected here, not {}{quotes}", at.node.what());
        problems.add(at, rule::WRONG_TYPE, problem);
    }
    right
}
