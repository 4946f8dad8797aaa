//! Everything in one file: the modules one after the other, their imports first.

use std::collections::BTreeSet;

use super::text::docstring;
use super::{Generated, package, runtime};
use crate::view::View;

pub(super) fn file(view: &View<'_>, generated: &Generated) -> String {
    let mut imports = BTreeSet::new();
    let mut bodies = String::new();
    let runtime = runtime::MODULES
        .iter()
        .skip(1)
        .map(|(name, text)| (*name, *text));
    let ours = [
        ("models", generated.models.as_str()),
        ("contract tables", generated.tables.as_str()),
        ("clients", generated.client.as_str()),
    ];
    for (name, text) in runtime.chain(ours) {
        let body = body(text, &mut imports);
        bodies.push_str(&format!("\n# {name} {}\n\n", "-".repeat(90 - name.len())));
        bodies.push_str(
            body.replace("models.", "")
                .replace("tables.", "")
                .trim_start(),
        );
    }
    let doc = docstring(
        &format!(
            "A client of {} {}, in one file: needs Python 3.11 and `pip install websockets`.\n\n\
             Generated from the contract.",
            view.contract.title, view.contract.version
        ),
        0,
    );
    let imports: Vec<String> = imports.into_iter().collect();
    format!(
        "# ruff: noqa\n{doc}\nfrom __future__ import annotations\n\n{}\n{bodies}{}",
        imports.join("\n"),
        package::all(&generated.exports),
    )
}

/// A module without its docstring and imports; absolute imports go to `imports`, one name each.
fn body(text: &str, imports: &mut BTreeSet<String>) -> String {
    let mut out = String::new();
    let mut lines = text
        .lines()
        .skip_while(|line| line.starts_with('#'))
        .peekable();
    let mut quotes = 0;
    while quotes < 2 {
        let Some(line) = lines.next() else { break };
        quotes += line.matches("\"\"\"").count();
    }
    while let Some(line) = lines.next() {
        if !line.starts_with("from ") && !line.starts_with("import ") {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let mut statement = line.to_owned();
        while statement.contains('(') && !statement.contains(')') {
            match lines.next() {
                Some(more) => statement.push_str(more),
                None => break,
            }
        }
        let local = statement.starts_with("from .") || statement.contains("__future__");
        match statement.split_once(" import ") {
            _ if local => {}
            Some((from, names)) => imports.extend(
                names
                    .split([',', '(', ')'])
                    .map(str::trim)
                    .filter(|name| !name.is_empty())
                    .map(|name| format!("{from} import {name}")),
            ),
            None => {
                imports.insert(statement);
            }
        }
    }
    out
}
