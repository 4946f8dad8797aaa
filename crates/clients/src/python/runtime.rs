//! The hand-written part, as it stands in every package, and the names that it has taken.

use std::collections::BTreeSet;

/// Its modules, each after those that it imports: so they can stand in one file in this order.
pub(super) const MODULES: [(&str, &str); 16] = [
    ("__init__", include_str!("../../python/runtime/__init__.py")),
    ("errors", include_str!("../../python/runtime/errors.py")),
    ("model", include_str!("../../python/runtime/model.py")),
    ("events", include_str!("../../python/runtime/events.py")),
    (
        "validation",
        include_str!("../../python/runtime/validation.py"),
    ),
    ("contract", include_str!("../../python/runtime/contract.py")),
    ("retry", include_str!("../../python/runtime/retry.py")),
    ("stream", include_str!("../../python/runtime/stream.py")),
    ("buffer", include_str!("../../python/runtime/buffer.py")),
    (
        "transport",
        include_str!("../../python/runtime/transport.py"),
    ),
    ("offline", include_str!("../../python/runtime/offline.py")),
    ("topics", include_str!("../../python/runtime/topics.py")),
    (
        "subscription",
        include_str!("../../python/runtime/subscription.py"),
    ),
    ("session", include_str!("../../python/runtime/session.py")),
    ("client", include_str!("../../python/runtime/client.py")),
    ("blocking", include_str!("../../python/runtime/blocking.py")),
];

/// Names at the top level of its modules, imported ones included: in one file they are all there.
pub(super) fn globals() -> BTreeSet<&'static str> {
    let mut names = BTreeSet::new();
    for (_, text) in MODULES {
        let mut importing = false;
        for line in text.lines() {
            if line.starts_with("from ") || line.starts_with("import ") {
                importing = line.ends_with('(');
                let imported = line.rsplit("import ").next().unwrap_or_default();
                names.extend(words(imported));
            } else if importing {
                importing = !line.starts_with(')');
                names.extend(words(line));
            } else if let Some(name) = defined(line) {
                names.insert(name);
            }
        }
    }
    names
}

/// Names of methods and attributes in the base classes of clients.
pub(super) fn members() -> BTreeSet<&'static str> {
    MODULES
        .iter()
        .filter(|(name, _)| ["client", "blocking"].contains(name))
        .flat_map(|(_, text)| text.lines())
        .filter_map(|line| {
            let line = line.strip_prefix("    ")?;
            match line.trim_start().strip_prefix("self.") {
                Some(attribute) if attribute.contains('=') => words(attribute).next(),
                _ => defined(line),
            }
        })
        .collect()
}

/// What a line without indentation defines.
fn defined(line: &str) -> Option<&str> {
    let definition = ["class ", "def ", "async def "]
        .into_iter()
        .find_map(|keyword| line.strip_prefix(keyword));
    let name = words(definition.unwrap_or(line)).next()?;
    let rest = line.strip_prefix(name);
    let assigned = rest.is_some_and(|rest| rest.starts_with(" = ") || rest.starts_with(": "));
    (definition.is_some() || assigned).then_some(name)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
}
