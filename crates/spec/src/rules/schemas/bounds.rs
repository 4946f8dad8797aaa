//! Constraints that no value can satisfy.

use std::collections::{HashMap, HashSet};

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
///
/// Taking away what needs nothing, and then what nothing needs, leaves the schemas on a cycle.
pub(super) fn recursion(doc: &Doc, problems: &mut Problems) {
    let schemas = doc.members("components/schemas");
    let mut needs: HashMap<&str, Vec<String>> = HashMap::new();
    let mut needed_by: HashMap<&str, Vec<String>> = HashMap::new();
    let names: HashSet<&str> = schemas.iter().map(|(name, _)| *name).collect();
    for (name, schema) in &schemas {
        for other in needed(schema) {
            if let Some(other) = names.get(other.as_str()) {
                needs.entry(*name).or_default().push((*other).to_owned());
                needed_by
                    .entry(*other)
                    .or_default()
                    .push((*name).to_owned());
            }
        }
    }
    let mut left: HashSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
    prune(&mut left, &needs, &needed_by);
    prune(&mut left, &needed_by, &needs);
    for (name, schema) in schemas.iter().filter(|(name, _)| left.contains(*name)) {
        let problem = format!(
            "`{name}` requires itself, so every value of it would be infinite: make one of the \
             properties on the way optional"
        );
        problems.add(schema, rule::SCHEMA_BOUNDS, problem);
    }
}

type Edges<'a> = HashMap<&'a str, Vec<String>>;

/// Takes away, again and again, what has no edge to anything that is left.
fn prune(left: &mut HashSet<String>, edges: &Edges<'_>, reverse: &Edges<'_>) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, others) in edges {
        let count = others.iter().filter(|other| left.contains(*other)).count();
        counts.insert(*name, count);
    }
    let free = |counts: &HashMap<&str, usize>, name: &str| counts.get(name).is_none_or(|n| *n == 0);
    let mut open: Vec<String> = left
        .iter()
        .filter(|name| free(&counts, name))
        .cloned()
        .collect();
    while let Some(name) = open.pop() {
        if !left.remove(&name) {
            continue;
        }
        for other in reverse.get(name.as_str()).into_iter().flatten() {
            if let Some(count) = counts.get_mut(other.as_str()) {
                *count = count.saturating_sub(1);
                if *count == 0 && left.contains(other) {
                    open.push(other.clone());
                }
            }
        }
    }
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
