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
        bodies.push_str(unqualified(&body).trim_start());
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
    let mut in_prose = false;
    while let Some(line) = lines.next() {
        let import = line.starts_with("from ") || line.starts_with("import ");
        let is_prose = in_prose;
        in_prose ^= line.matches("\"\"\"").count() % 2 == 1;
        if is_prose || !import {
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

/// Code without the names of modules that the file does not have: `models.Bar` is `Bar`. Texts and
/// comments stay as they are.
fn unqualified(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => text_length(rest, first),
            '#' => rest.find('\n').unwrap_or(rest.len()),
            _ if is_of_name(first) => {
                let length = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
                let (name, behind) = rest.split_at(length);
                let is_member = out.ends_with('.');
                if let ("models" | "tables", false, Some(member)) =
                    (name, is_member, behind.strip_prefix('.'))
                {
                    rest = member;
                    continue;
                }
                length
            }
            _ => first.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// How long the text is with which `code` begins, its quotes included.
fn text_length(code: &str, quote: char) -> usize {
    let triple = quote.to_string().repeat(3);
    let end = if code.starts_with(&triple) {
        &triple
    } else {
        &triple[..1]
    };
    let mut at = end.len();
    while let Some(c) = code[at..].chars().next() {
        if code[at..].starts_with(end) {
            return at + end.len();
        }
        at += c.len_utf8();
        if c == '\\' {
            at += code[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_loses_the_names_of_modules() {
        let rows = [
            ("x: models.Bar = tables.BAR", "x: Bar = BAR"),
            ("list[models.Bar]", "list[Bar]"),
            ("my_models.Bar, a.models.Bar", "my_models.Bar, a.models.Bar"),
            ("\"of models.Bar\" + models.X", "\"of models.Bar\" + X"),
            ("'\\'models.' models.X", "'\\'models.' X"),
            ("# models.Bar\nmodels.X", "# models.Bar\nX"),
            (
                "\"\"\"models.Bar \" models.\n\"\"\"\nmodels.X",
                "\"\"\"models.Bar \" models.\n\"\"\"\nX",
            ),
        ];
        for (code, expected) in rows {
            assert_eq!(unqualified(code), expected);
        }
    }

    #[test]
    fn prose_that_begins_like_an_import_stays() {
        let module = "\"\"\"The module.\"\"\"\nimport json\n\nBar = int\n\"\"\"A bar\nfrom the past.\"\"\"\n";
        let mut imports = BTreeSet::new();
        let body = body(module, &mut imports);
        assert_eq!(imports, BTreeSet::from(["import json".to_owned()]));
        assert!(body.contains("A bar\nfrom the past."), "{body}");
    }
}
