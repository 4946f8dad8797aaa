//! Every message has examples, and each is a frame that the server would accept or send.
//!
//! The same goes for the defaults and examples of schemas.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use crate::contract::bundle;
use crate::model::Pattern;
use crate::parse::{At, Doc, Kind, join};
use crate::report::{Problems, rule};
use crate::resolve::{schema_name, schemas};
use crate::text::{list, suggest};
use crate::validate::validator;

/// Rules whose objection makes a schema unfit to judge examples.
const BREAKING: [&str; 16] = [
    rule::WRONG_TYPE,
    rule::REF_DANGLING,
    rule::REF_KIND,
    rule::REF_EXPECTED,
    rule::SCHEMA_TYPE,
    rule::SCHEMA_KEYWORD,
    rule::SCHEMA_INLINE,
    rule::SCHEMA_REQUIRED,
    rule::SCHEMA_CONST,
    rule::SCHEMA_ENUM,
    rule::SCHEMA_PATTERN,
    rule::SCHEMA_BOUNDS,
    rule::FRAME_SHAPE,
    rule::FRAME_TYPE,
    rule::TOPIC_MESSAGES,
    rule::SESSION_SHAPE,
];

/// Names of the schemas that were reported as wrong themselves.
fn broken(problems: &Problems) -> BTreeSet<String> {
    let paths = problems.paths(&BREAKING);
    let inside = paths.filter_map(|path| path.strip_prefix("components/schemas/"));
    inside
        .filter_map(|path| path.split('/').next())
        .map(str::to_owned)
        .collect()
}

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    let schemas = schemas(doc);
    let broken = broken(problems);
    let patterns = patterns(doc);
    let mismatched: BTreeSet<String> = problems.paths(&BREAKING).map(str::to_owned).collect();
    let compile = |name: &str| {
        let schema = bundle(&schemas, name);
        let definitions = schema["definitions"].as_object();
        let sound = definitions.is_some_and(|all| !all.keys().any(|name| broken.contains(name)));
        if sound { Compiled::new(schema) } else { None }
    };
    for (_, message) in doc.members("components/messages") {
        let examples = message
            .get("examples")
            .map(|at| at.items())
            .unwrap_or_default();
        if examples.is_empty() && message.is_object() {
            let problem =
                "the message has no example: add a whole frame under `examples: [{payload: …}]`";
            problems.add(&message, rule::EXAMPLE_MISSING, problem);
        }
        let Some(name) = message.get("payload").and_then(|at| schema_name(&at).ok()) else {
            continue;
        };
        if mismatched.contains(&join(&message.path, "payload")) {
            continue;
        }
        let Some(compiled) = compile(&name) else {
            continue;
        };
        for frame in examples.iter().filter_map(|example| example.get("payload")) {
            violations(&compiled, &frame, rule::EXAMPLE, problems);
            topic(&patterns, &message, &frame, problems);
        }
    }
    for (name, schema) in doc.members("components/schemas") {
        let mut values: Vec<At<'_>> = schema.get("default").into_iter().collect();
        values.extend(
            schema
                .get("examples")
                .map(|at| at.items())
                .unwrap_or_default(),
        );
        if values.is_empty() {
            continue;
        }
        let Some(compiled) = compile(name) else {
            continue;
        };
        for value in values {
            violations(&compiled, &value, rule::SCHEMA_DEFAULT, problems);
        }
    }
}

/// The patterns of the families, by their names.
fn patterns(doc: &Doc) -> Vec<(&str, Pattern)> {
    // A pattern that differs from the address is reported; which of the two is right is unknown.
    let topics = doc
        .members("channels")
        .into_iter()
        .filter_map(|(_, channel)| {
            let topic = channel.get("x-topic")?;
            (topic.text("pattern") == channel.text("address")).then_some(topic)
        });
    topics
        .filter_map(|at| Some((at.text("name")?, Pattern::parse(at.text("pattern")?).ok()?)))
        .collect()
}

/// A family's examples speak of its own topics: `--mock` plays them.
fn topic(patterns: &[(&str, Pattern)], message: &At<'_>, frame: &At<'_>, problems: &mut Problems) {
    const SUFFIXES: [&str; 4] = [
        ".update",
        ".snapshot",
        ".subscribe.response",
        ".unsubscribe.response",
    ];
    let name = message.text("name").unwrap_or_default();
    let family = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix));
    let Some((_, pattern)) = patterns.iter().find(|(name, _)| Some(*name) == family) else {
        return;
    };
    let topic = frame
        .get("topic")
        .or_else(|| frame.get("payload")?.get("topic"));
    if let Some(topic) = topic
        && let Some(text) = topic.str()
        && pattern.matches(text).is_none()
    {
        let problem = format!("`{text}` is not a topic of this family: its pattern is `{pattern}`");
        problems.add(&topic, rule::EXAMPLE, problem);
    }
}

/// A compiled schema, and the schema itself for what the validator's errors do not tell.
pub(crate) struct Compiled {
    schema: Value,
    validator: Validator,
}

impl Compiled {
    /// `None` for a malformed schema.
    pub fn new(schema: Value) -> Option<Self> {
        let validator = validator(&schema).ok()?;
        Some(Self { schema, validator })
    }

    /// The properties that the object could have had which an `additionalProperties` refuses.
    fn known(&self, error: &ValidationError<'_>) -> Vec<&str> {
        let path = error.schema_path().as_str();
        let object = path.strip_suffix("/additionalProperties").unwrap_or(path);
        let properties = self
            .schema
            .pointer(object)
            .and_then(|object| object.get("properties"));
        let properties = properties.and_then(Value::as_object);
        properties
            .map(|p| p.keys().map(String::as_str).collect())
            .unwrap_or_default()
    }
}

/// Reports everything in which `at` breaks a schema, each where it is written.
pub(crate) fn violations(
    compiled: &Compiled,
    at: &At<'_>,
    rule: &'static str,
    problems: &mut Problems,
) {
    for error in compiled.validator.iter_errors(&at.to_value()) {
        let place = descend(at, error.instance_path().as_str());
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                for name in unexpected {
                    let known = compiled.known(&error);
                    let problem = format!("there is no `{name}` here: {}", suggest(name, known));
                    let member = place.get(name).unwrap_or_else(|| place.clone());
                    problems.add_key(&member, rule, problem);
                }
            }
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                problems.add(&place, rule, format!("{} is missing", list([name])));
            }
            ValidationErrorKind::Enum { options } => {
                let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
                let options: Vec<&str> = options.iter().filter_map(Value::as_str).collect();
                let found = place.to_value();
                let text = found
                    .as_str()
                    .map_or_else(|| found.to_string(), str::to_owned);
                let problem = format!("`{text}` is not possible here: {}", suggest(&text, options));
                problems.add(&place, rule, problem);
            }
            // The value itself can be long, and is to be seen at its place.
            _ if matches!(place.node.kind, Kind::Object(_) | Kind::Array(_)) => {
                problems.add(&place, rule, error.masked_with("this value").to_string());
            }
            _ => problems.add(&place, rule, error.to_string()),
        }
    }
}

fn descend<'a>(at: &At<'a>, pointer: &str) -> At<'a> {
    let mut at = at.clone();
    for step in pointer.split('/').skip(1) {
        let step = crate::parse::unescape(step);
        let items = at.items();
        let next = at
            .get(&step)
            .or_else(|| items.into_iter().nth(step.parse().ok()?));
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}
