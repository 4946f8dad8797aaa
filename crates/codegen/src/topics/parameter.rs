//! What a schema must guarantee to be a topic's parameter.

use serde_json::Value;
use tickwire_spec::{Contract, Family, Parameter, Segment};

use crate::GenerateError;

/// Checks that no value of the parameter is empty or contains a `:`, since then a topic could not
/// be read back. Returns whether its values have several spellings, of which only one is a topic.
pub(super) fn check(
    contract: &Contract,
    family: &Family,
    parameter: &Parameter,
) -> Result<bool, GenerateError> {
    let must = |must| {
        Err(GenerateError::Parameter {
            schema: parameter.schema.clone(),
            parameter: parameter.name.clone(),
            pattern: family.pattern.to_string(),
            must,
        })
    };
    let schema = contract
        .schemas
        .get(&parameter.schema)
        .unwrap_or(&Value::Null);
    if let Some(values) = schema["enum"].as_array() {
        let unfit = |value: &Value| {
            value
                .as_str()
                .is_none_or(|value| value.is_empty() || value.contains(':'))
        };
        return if values.iter().any(unfit) {
            must(SEPARABLE)
        } else {
            Ok(false)
        };
    }
    match (schema["format"].as_str(), schema["pattern"].as_str()) {
        (Some("uuid" | "date"), _) => Ok(true),
        (None, Some(pattern)) if separable(pattern, &schema["minLength"]) => Ok(false),
        (None, _) => must(SEPARABLE),
        (Some(_), _) => must("have no format other than uuid and date"),
    }
}

const SEPARABLE: &str = "allow neither an empty value nor one with a `:`";

/// Whether a pattern matches only whole, not empty values without a `:`.
fn separable(pattern: &str, min_length: &Value) -> bool {
    let Ok(hir) = regex_syntax::parse(pattern) else {
        return false;
    };
    anchored(&hir) && !admits_colon(&hir) && {
        let shortest = hir.properties().minimum_len().unwrap_or(0);
        shortest > 0 || min_length.as_u64().unwrap_or(0) > 0
    }
}

/// Whether a match always spans the whole text.
fn anchored(hir: &regex_syntax::hir::Hir) -> bool {
    use regex_syntax::hir::Look;
    let properties = hir.properties();
    properties.look_set_prefix().contains(Look::Start)
        && properties.look_set_suffix().contains(Look::End)
}

fn admits_colon(hir: &regex_syntax::hir::Hir) -> bool {
    use regex_syntax::hir::{Class, HirKind};
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => literal.0.contains(&b':'),
        HirKind::Class(Class::Unicode(class)) => class
            .iter()
            .any(|range| (range.start()..=range.end()).contains(&':')),
        HirKind::Class(Class::Bytes(class)) => class
            .iter()
            .any(|range| (range.start()..=range.end()).contains(&b':')),
        HirKind::Repetition(repetition) => admits_colon(&repetition.sub),
        HirKind::Capture(capture) => admits_colon(&capture.sub),
        HirKind::Concat(all) | HirKind::Alternation(all) => all.iter().any(admits_colon),
    }
}

/// Checks that no topic can be read as one of two families.
pub(super) fn check_overlaps(contract: &Contract) -> Result<(), GenerateError> {
    for (index, first) in contract.families.iter().enumerate() {
        for second in &contract.families[index + 1..] {
            if overlap(contract, first, second) {
                return Err(GenerateError::Overlap {
                    first: first.key.clone(),
                    second: second.key.clone(),
                });
            }
        }
    }
    Ok(())
}

fn overlap(contract: &Contract, a: &Family, b: &Family) -> bool {
    a.pattern.segments.len() == b.pattern.segments.len()
        && a.pattern
            .segments
            .iter()
            .zip(&b.pattern.segments)
            .all(|pair| match pair {
                (Segment::Literal(a), Segment::Literal(b)) => a == b,
                (Segment::Literal(text), Segment::Parameter(name)) => {
                    may_be(contract, b, name, text)
                }
                (Segment::Parameter(name), Segment::Literal(text)) => {
                    may_be(contract, a, name, text)
                }
                (Segment::Parameter(_), Segment::Parameter(_)) => true,
            })
}

/// Whether a parameter could have this value: only of an enum it's known.
fn may_be(contract: &Contract, family: &Family, parameter: &str, text: &str) -> bool {
    family
        .parameters
        .iter()
        .find(|candidate| candidate.name == parameter)
        .and_then(|parameter| contract.schemas.get(&parameter.schema)?["enum"].as_array())
        .is_none_or(|values| values.iter().any(|value| value == text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_separable_patterns_pass() {
        for (pattern, min_length, expected) in [
            ("^[A-Z0-9][A-Z0-9._-]*$", 0, true),
            ("^(stable|beta)$", 0, true),
            ("^[a-z]*$", 1, true),
            ("^[a-z]*$", 0, false),
            ("[a-z]+", 0, false),
            ("^[a-z]+", 0, false),
            ("^[!-~]+$", 0, false),
            ("^a:b$", 0, false),
            ("^a|b$", 0, false),
            ("^.+$", 0, false),
            ("(", 1, false),
        ] {
            let found = separable(pattern, &serde_json::json!(min_length));
            assert_eq!(found, expected, "{pattern} from {min_length}");
        }
    }
}
