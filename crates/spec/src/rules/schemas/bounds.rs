//! Constraints that no value can satisfy.

use std::collections::HashMap;

use serde_json::Value;

use crate::parse::{At, Doc};
use crate::report::{Problems, rule};
use crate::rules::patterns;

pub(super) fn check(schema: &At<'_>, kind: &str, problems: &mut Problems) {
    match kind {
        "string" => {
            ordered(schema, "minLength", "maxLength", problems);
            pattern(schema, problems);
        }
        "array" => ordered(schema, "minItems", "maxItems", problems),
        "integer" | "number" => range(schema, kind, problems),
        _ => {}
    }
}

fn number(schema: &At<'_>, keyword: &str) -> Option<f64> {
    schema.get(keyword).and_then(|at| at.to_value().as_f64())
}

fn ordered(schema: &At<'_>, low: &str, high: &str, problems: &mut Problems) {
    if let (Some(least), Some(most), Some(at)) =
        (number(schema, low), number(schema, high), schema.get(low))
        && least > most
    {
        let problem = format!("`{low}` {least} is above `{high}` {most}: no value satisfies both");
        problems.add(&at, rule::SCHEMA_BOUNDS, problem);
    }
}

fn range(schema: &At<'_>, kind: &str, problems: &mut Problems) {
    for (inclusive, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if let (Some(_), Some(at)) = (schema.get(inclusive), schema.get(exclusive)) {
            let problem =
                format!("`{inclusive}` and `{exclusive}` bound the same side: keep one of them");
            problems.add_key(&at, rule::SCHEMA_BOUNDS, problem);
            return;
        }
    }
    let bound = |inclusive: &'static str, exclusive: &'static str| {
        let open = number(schema, exclusive).map(|value| (value, exclusive, true));
        open.or_else(|| number(schema, inclusive).map(|value| (value, inclusive, false)))
    };
    let low = bound("minimum", "exclusiveMinimum");
    let high = bound("maximum", "exclusiveMaximum");
    if let (Some((least, low, low_open)), Some((most, high, high_open))) = (low, high) {
        let empty = if kind == "integer" {
            let first = if low_open {
                least.floor() + 1.0
            } else {
                least.ceil()
            };
            let last = if high_open {
                most.ceil() - 1.0
            } else {
                most.floor()
            };
            first > last
        } else {
            least > most || (least == most && (low_open || high_open))
        };
        if let (true, Some(at)) = (empty, schema.get(low)) {
            let problem =
                format!("`{low}` {least} and `{high}` {most} leave no {kind} between them");
            problems.add(&at, rule::SCHEMA_BOUNDS, problem);
            return;
        }
    }
    let format = schema.text("format").unwrap_or_default();
    let Some((smallest, largest)) = limits(format) else {
        return;
    };
    for (value, keyword, _) in [low, high].into_iter().flatten() {
        if (value < smallest || value > largest)
            && let Some(at) = schema.get(keyword)
        {
            let problem = format!(
                "`{keyword}` is outside of `{format}`, which goes from {smallest} to {largest}"
            );
            problems.add(&at, rule::SCHEMA_BOUNDS, problem);
        }
    }
}

fn limits(format: &str) -> Option<(f64, f64)> {
    Some(match format {
        "int32" => (f64::from(i32::MIN), f64::from(i32::MAX)),
        "uint32" => (0.0, f64::from(u32::MAX)),
        "int64" => (-(2f64.powi(63)), 2f64.powi(63)),
        "uint64" => (0.0, 2f64.powi(64)),
        _ => return None,
    })
}

/// A pattern whose shortest match is too long, or whose longest is too short.
fn pattern(schema: &At<'_>, problems: &mut Problems) {
    let Some(at) = schema.get("pattern") else {
        return;
    };
    let Some(lengths) = at.str().and_then(patterns::lengths) else {
        return;
    };
    let problem = match (number(schema, "minLength"), number(schema, "maxLength")) {
        (_, Some(most)) if lengths.least as f64 > most => {
            format!(
                "the pattern needs at least {} characters, and `maxLength` is {most}",
                lengths.least
            )
        }
        (Some(least), _) if lengths.most.is_some_and(|most| (most as f64) < least) => {
            let most = lengths.most.unwrap_or_default();
            format!("the pattern allows at most {most} characters, and `minLength` is {least}")
        }
        _ => return,
    };
    problems.add(&at, rule::SCHEMA_BOUNDS, problem);
}

/// Schemas that require themselves, so that every value would be infinite.
pub(super) fn recursion(doc: &Doc, problems: &mut Problems) {
    let schemas: HashMap<&str, At<'_>> = doc.members("components/schemas").into_iter().collect();
    // Removing what needs nothing, again and again, leaves the schemas that need one another.
    let mut needs: HashMap<&str, Vec<String>> = schemas
        .iter()
        .map(|(name, schema)| (*name, needed(schema)))
        .collect();
    loop {
        let before = needs.len();
        let finite: Vec<&str> = needs
            .iter()
            .filter(|(_, needed)| !needed.iter().any(|name| needs.contains_key(name.as_str())))
            .map(|(name, _)| *name)
            .collect();
        finite.iter().for_each(|name| drop(needs.remove(name)));
        if needs.len() == before {
            break;
        }
    }
    for name in needs.keys() {
        if let Some(schema) = schemas.get(name).filter(|_| reaches(&needs, name)) {
            let problem = format!(
                "`{name}` requires itself, so every value of it would be infinite: make one of the properties on the way optional"
            );
            problems.add(schema, rule::SCHEMA_BOUNDS, problem);
        }
    }
}

/// Whether `name` needs itself in the end, and not only something that does.
fn reaches(needs: &HashMap<&str, Vec<String>>, name: &str) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = needs[name].iter().map(String::as_str).collect();
    while let Some(next) = open.pop() {
        if next == name {
            return true;
        }
        if !seen.contains(&next) {
            seen.push(next);
            open.extend(needs.get(next).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

/// Names of the schemas of which a value needs at least one.
fn needed(schema: &At<'_>) -> Vec<String> {
    let of = |at: &At<'_>| crate::resolve::schema_name(at).ok();
    let nonempty = |at: &At<'_>| {
        at.get("minItems")
            .is_some_and(|n| n.to_value().as_u64() > Some(0))
    };
    let items = |at: &At<'_>| {
        at.get("items")
            .filter(|_| nonempty(at))
            .as_ref()
            .and_then(of)
    };
    let required = schema.get("required").map(|at| at.to_value());
    let required = required
        .as_ref()
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let properties = schema
        .get("properties")
        .map(|at| at.members())
        .unwrap_or_default();
    properties
        .iter()
        .filter(|(name, _)| {
            required
                .iter()
                .any(|required| required.as_str() == Some(name))
        })
        .filter_map(|(_, at)| of(at).or_else(|| items(at)))
        .chain(items(schema))
        .collect()
}
