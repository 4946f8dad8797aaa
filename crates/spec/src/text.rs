//! Small questions to names: how they convert, and which one was probably meant.

use std::collections::BTreeSet;

/// The candidate that is closest to `name`, when it is close enough to be a slip.
pub(crate) fn nearest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    // Nobody misspells a name longer than this, and the distance is quadratic.
    if name.len() > 64 {
        return None;
    }
    let limit = (name.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .take(1000)
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= 4 * limit)
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The end of a sentence that offers the nearest name, or all names when they are few.
pub(crate) fn suggest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
    let candidates: BTreeSet<&str> = candidates.into_iter().collect();
    match nearest(name, candidates.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if candidates.is_empty() => "there are none".to_owned(),
        None if candidates.len() <= 12 => format!("there {}", are(&candidates)),
        None => format!("there are {} others", candidates.len()),
    }
}

fn are(names: &BTreeSet<&str>) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("{verb} {}", list(names.iter().copied()))
}

/// `` `a`, `b` ``
pub(crate) fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// Levenshtein's distance, ignoring case (a wrong case is the smallest of slips).
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// The words of an identifier: `barsHistory`, `bars_history` and `BarsHistory` have the same.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut fresh = true;
    let mut previous_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            fresh = true;
            previous_lower = false;
            continue;
        }
        if fresh || (c.is_uppercase() && previous_lower) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
        fresh = false;
        previous_lower = c.is_lowercase() || c.is_numeric();
    }
    words
}

/// As a Rust function, field or module: `bars_history`.
pub(crate) fn snake(name: &str) -> String {
    words(name).join("_")
}

/// As a Rust type or variant: `BarsHistory`.
pub(crate) fn pascal(name: &str) -> String {
    words(name).iter().map(|word| capitalized(word)).collect()
}

/// As a key of the document: `barsHistory`.
pub(crate) fn camel(name: &str) -> String {
    let name = pascal(name);
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// The first letter in upper case, the rest untouched.
pub(crate) fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_convert() {
        for (name, snake_case, pascal_case, camel_case) in [
            ("barsHistory", "bars_history", "BarsHistory", "barsHistory"),
            (
                "bars.subscribe.response",
                "bars_subscribe_response",
                "BarsSubscribeResponse",
                "barsSubscribeResponse",
            ),
            ("get_status", "get_status", "GetStatus", "getStatus"),
            ("s2c", "s2c", "S2c", "s2c"),
            ("", "", "", ""),
        ] {
            assert_eq!(snake(name), snake_case);
            assert_eq!(pascal(name), pascal_case);
            assert_eq!(camel(name), camel_case);
        }
    }

    #[test]
    fn only_slips_are_suggested() {
        let names = ["channels", "operations", "info"];
        assert_eq!(nearest("chanels", names), Some("channels"));
        assert_eq!(nearest("Info", names), Some("info"));
        assert_eq!(nearest("security", names), None);
    }
}
