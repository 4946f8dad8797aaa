//! Which keyword goes with which type, and what to write instead of those outside the subset.

use crate::parse::{At, Kind};
use crate::report::{Problems, rule};
use crate::text::{list, suggest};

const TYPES: [&str; 6] = ["object", "array", "string", "integer", "number", "boolean"];

/// Keywords of every type, and what they hold.
const COMMON: &[(&str, Holds)] = &[
    ("type", Holds::Any),
    ("description", Holds::String),
    ("default", Holds::Any),
    ("examples", Holds::List),
    ("deprecated", Holds::Bool),
];

#[derive(Clone, Copy)]
enum Holds {
    Any,
    String,
    Bool,
    List,
    Mapping,
    Number,
    /// An integer from 0.
    Count,
}

fn keywords(kind: &str) -> &'static [(&'static str, Holds)] {
    use Holds::{Any, Bool, Count, List, Mapping, Number, String};
    match kind {
        "object" => &[
            ("properties", Mapping),
            ("required", List),
            ("additionalProperties", Any),
        ],
        "array" => &[
            ("items", Any),
            ("minItems", Count),
            ("maxItems", Count),
            ("uniqueItems", Bool),
        ],
        "string" => &[
            ("enum", List),
            ("pattern", String),
            ("minLength", Count),
            ("maxLength", Count),
            ("format", String),
        ],
        "integer" | "number" => &[
            ("minimum", Number),
            ("maximum", Number),
            ("exclusiveMinimum", Number),
            ("exclusiveMaximum", Number),
            ("format", String),
        ],
        _ => &[],
    }
}

/// What the tools disagree on, and the way out.
fn instead(keyword: &str) -> Option<&'static str> {
    Some(match keyword {
        "allOf" | "anyOf" | "oneOf" | "not" | "if" | "then" | "else" => {
            "write one flat schema for each case, and a message for each of them"
        }
        "discriminator" => "the `type` of the frame tells messages apart",
        "nullable" => "leave the property out of `required`, and leave it out of the frame",
        "multipleOf" => "binary fractions make it unreliable: say it in the description",
        "$defs" | "definitions" => "name the schema in `components/schemas`",
        "prefixItems" | "additionalItems" | "contains" => "write an object with named properties",
        "patternProperties"
        | "propertyNames"
        | "dependencies"
        | "minProperties"
        | "maxProperties"
        | "unevaluatedProperties" => "write a list of objects, or name the properties",
        "title" => "tools name types after it: the key in `components/schemas` is the name",
        "const" => "name an enum of one value",
        "example" => "write `examples`, a list",
        "$id" | "$schema" | "$anchor" => "the schemas of a contract are one draft-07 document",
        "readOnly" | "writeOnly" => {
            "write one schema for what is sent and one for what is received"
        }
        _ => return None,
    })
}

/// Reports keywords that the schema can't have; gives its type when it has one.
pub(super) fn check(schema: &At<'_>, problems: &mut Problems) -> Option<&'static str> {
    let kind = kind(schema, problems);
    for (name, at) in schema.members() {
        if name.starts_with("x-") {
            continue;
        }
        let of_kind = kind.map(keywords).unwrap_or_default();
        if let Some((_, holds)) = COMMON
            .iter()
            .chain(of_kind)
            .find(|(known, _)| *known == name)
        {
            value(&at, *holds, problems);
        } else if let Some(instead) = instead(name) {
            let problem = format!("`{name}` is outside the subset of contracts: {instead}");
            problems.add_key(&at, rule::SCHEMA_KEYWORD, problem);
        } else if let Some(kind) = kind {
            let problem = match TYPES.iter().find(|kind| has(kind, name)) {
                Some(other) => {
                    format!("`{name}` belongs to type `{other}`, and the type is `{kind}`")
                }
                None => {
                    let known = COMMON.iter().chain(of_kind).map(|(name, _)| *name);
                    format!(
                        "there is no keyword `{name}` for type `{kind}`: {}",
                        suggest(name, known)
                    )
                }
            };
            problems.add_key(&at, rule::SCHEMA_KEYWORD, problem);
        }
    }
    kind
}

fn has(kind: &str, keyword: &str) -> bool {
    keywords(kind).iter().any(|(name, _)| *name == keyword)
}

fn kind(schema: &At<'_>, problems: &mut Problems) -> Option<&'static str> {
    let Some(at) = schema.get("type") else {
        // A composition has no type of its own, and is reported as such.
        if !schema
            .members()
            .iter()
            .any(|(name, _)| instead(name).is_some())
        {
            let problem = format!("there is no `type`: write one of {}", list(TYPES));
            problems.add(schema, rule::SCHEMA_TYPE, problem);
        }
        return None;
    };
    let kind = at
        .str()
        .and_then(|text| TYPES.into_iter().find(|kind| *kind == text));
    if kind.is_none() {
        let problem = match (&at.node.kind, at.str()) {
            (_, Some(text)) => format!("`{text}` is no type: {}", suggest(text, TYPES)),
            (Kind::Array(_), _) => "a schema has one type: leave the property out of the frame instead of null, or write two properties".to_owned(),
            _ => format!("the type is one of {}, not {}", list(TYPES), at.node.what()),
        };
        problems.add(&at, rule::SCHEMA_TYPE, problem);
    }
    kind
}

fn value(at: &At<'_>, holds: Holds, problems: &mut Problems) {
    let kind = &at.node.kind;
    let (right, what) = match holds {
        Holds::Any => (true, ""),
        Holds::String => (matches!(kind, Kind::String(_)), "a string"),
        Holds::Bool => (matches!(kind, Kind::Bool(_)), "`true` or `false`"),
        Holds::List => (matches!(kind, Kind::Array(_)), "a list"),
        Holds::Mapping => (matches!(kind, Kind::Object(_)), "a mapping"),
        Holds::Number => (matches!(kind, Kind::Number(_)), "a number"),
        Holds::Count => (
            matches!(kind, Kind::Number(n) if n.is_u64()),
            "an integer from 0",
        ),
    };
    if !right {
        let problem = format!("{what} is expected here, not {}", at.node.what());
        problems.add(at, rule::WRONG_TYPE, problem);
    }
}
