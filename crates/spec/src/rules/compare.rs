//! Whether a schema has the shape that the server reads or writes: a structural comparison with a
//! reference. References are followed on both sides; names and prose don't matter.

use std::collections::BTreeSet;

use crate::parse::{At, Doc};
use crate::report::Problems;
use crate::text::list;

/// Constraints that must be equal.
const CONSTRAINTS: [&str; 11] = [
    "type",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minItems",
    "maxItems",
];

/// A comparison of one document with the reference.
struct Comparison<'a, 'p> {
    doc: &'a Doc,
    reference: &'a Doc,
    rule: &'static str,
    problems: &'p mut Problems,
    seen: BTreeSet<(String, String)>,
}

/// Reports in what `at` differs from the schema `name` of the reference.
pub(crate) fn schema(
    doc: &Doc,
    at: &At<'_>,
    reference: &Doc,
    name: &str,
    rule: &'static str,
    problems: &mut Problems,
) {
    if let Some(expected) = reference.at(&format!("components/schemas/{name}")) {
        Comparison {
            doc,
            reference,
            rule,
            problems,
            seen: BTreeSet::new(),
        }
        .schema(at, &expected);
    }
}

/// Reports in what the property `at` differs from the same of the schema `name`; nothing when
/// that has no such property.
pub(crate) fn property(
    doc: &Doc,
    at: &At<'_>,
    reference: &Doc,
    name: &str,
    rule: &'static str,
    problems: &mut Problems,
) {
    let path = format!("components/schemas/{name}/properties/{}", at.key());
    if let Some(expected) = reference.at(&path) {
        Comparison {
            doc,
            reference,
            rule,
            problems,
            seen: BTreeSet::new(),
        }
        .schema(at, &expected);
    }
}

impl Comparison<'_, '_> {
    fn schema(&mut self, at: &At<'_>, expected: &At<'_>) {
        // What leads nowhere has been reported.
        let (Some(found), Some(expected)) =
            (self.doc.resolve(at), self.reference.resolve(expected))
        else {
            return;
        };
        if !found.is_object()
            || !self
                .seen
                .insert((found.path.clone(), expected.path.clone()))
        {
            return;
        }
        if found
            .text("type")
            .is_none_or(|kind| Some(kind) != expected.text("type"))
        {
            let right = expected.text("type").unwrap_or_default();
            let kind = found.text("type").unwrap_or("nothing");
            self.report(
                &found,
                at,
                format!("its type is {kind}, and the server's is {right}"),
            );
            return;
        }
        for keyword in CONSTRAINTS {
            self.constraint(&found, at, &expected, keyword);
        }
        self.values(&found, at, &expected);
        self.properties(&found, &expected);
        if let (Some(items), Some(expected)) = (found.get("items"), expected.get("items")) {
            self.schema(&items, &expected);
        }
    }

    fn constraint(&mut self, found: &At<'_>, used: &At<'_>, expected: &At<'_>, keyword: &str) {
        let (theirs, ours) = (found.get(keyword), expected.get(keyword));
        let value = |at: &Option<At<'_>>| at.as_ref().map(At::to_value);
        if value(&theirs) == value(&ours) {
            return;
        }
        let problem = match (value(&theirs), value(&ours)) {
            (Some(_), Some(right)) => format!("`{keyword}` is `{}` in the server", plain(&right)),
            (None, Some(right)) => format!(
                "`{keyword}: {}` is missing, which the server has",
                plain(&right)
            ),
            _ => format!("`{keyword}` is not in the server's shape: remove it"),
        };
        let place = theirs.unwrap_or_else(|| found.clone());
        self.report(&place, used, problem);
    }

    fn values(&mut self, found: &At<'_>, used: &At<'_>, expected: &At<'_>) {
        let strings = |at: &At<'_>| -> Option<BTreeSet<String>> {
            let items = at.get("enum")?.items();
            Some(
                items
                    .iter()
                    .filter_map(|item| item.str().map(str::to_owned))
                    .collect(),
            )
        };
        let (theirs, Some(ours)) = (strings(found), strings(expected)) else {
            if let Some(values) = found.get("enum") {
                self.report(
                    &values,
                    used,
                    "`enum` is not in the server's shape: remove it".to_owned(),
                );
            }
            return;
        };
        let theirs = theirs.unwrap_or_default();
        let place = found.get("enum").unwrap_or_else(|| found.clone());
        let missing: Vec<&str> = ours.difference(&theirs).map(String::as_str).collect();
        if !missing.is_empty() {
            let problem = format!("the enum lacks {}, which the server uses", list(missing));
            self.report(&place, used, problem);
        }
        // The server sends a module's own error codes; everything else it knows by itself.
        let open = expected.key() == "ErrorCode";
        let more: Vec<&str> = theirs.difference(&ours).map(String::as_str).collect();
        if !open && !more.is_empty() {
            let problem = format!(
                "the enum has {}, which the server does not know",
                list(more)
            );
            self.report(&place, used, problem);
        }
    }

    fn properties(&mut self, found: &At<'_>, expected: &At<'_>) {
        let Some(ours) = expected.get("properties") else {
            return;
        };
        let theirs = found.get("properties");
        for (name, expected) in ours.members() {
            match theirs.as_ref().and_then(|theirs| theirs.get(name)) {
                Some(property) => self.schema(&property, &expected),
                None => {
                    let kind = self.reference.resolve(&expected);
                    let kind = kind
                        .as_ref()
                        .and_then(|at| at.text("type"))
                        .unwrap_or("value");
                    let problem = format!(
                        "the property `{name}` ({kind}) is missing, which the server's shape has"
                    );
                    self.report(found, found, problem);
                }
            }
        }
        for (name, property) in theirs.map(|at| at.members()).unwrap_or_default() {
            if ours.get(name).is_none() {
                let known = ours.members();
                let near = crate::text::nearest(name, known.iter().map(|(known, _)| *known));
                let hint = near
                    .map(|near| format!(", did you mean `{near}`?"))
                    .unwrap_or_default();
                self.report(
                    &property,
                    found,
                    format!("the property `{name}` is not in the server's shape{hint}"),
                );
            }
        }
        let names = |at: &At<'_>| -> BTreeSet<String> {
            let items = at.get("required").map(|at| at.items()).unwrap_or_default();
            items
                .iter()
                .filter_map(|item| item.str().map(str::to_owned))
                .collect()
        };
        let (theirs, right) = (names(found), names(expected));
        let place = found.get("required").unwrap_or_else(|| found.clone());
        for name in right.difference(&theirs).filter(|name| {
            found
                .get("properties")
                .is_some_and(|at| at.get(name).is_some())
        }) {
            self.report(
                &place,
                &place,
                format!("`{name}` is required in the server's shape"),
            );
        }
        for name in theirs
            .difference(&right)
            .filter(|name| ours.get(name).is_some())
        {
            self.report(
                &place,
                &place,
                format!("`{name}` is optional in the server's shape: remove it from `required`"),
            );
        }
    }

    /// A problem at `place`; `used` is the property through which it was reached.
    fn report(&mut self, place: &At<'_>, used: &At<'_>, problem: String) {
        let used = match used.reference() {
            Some(_) => format!("`{}`: ", used.key()),
            None => String::new(),
        };
        self.problems
            .add(place, self.rule, format!("{used}{problem}"));
    }
}

/// A constraint's value as one would write it.
fn plain(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
