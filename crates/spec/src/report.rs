//! What is wrong with a document: [`Diagnostic`], and the [`Report`] of all of them.

use std::collections::HashSet;
use std::fmt;

use crate::parse::{At, Place};

pub mod rule;

/// One problem, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as it was named to [`load`](crate::load).
    pub file: String,
    /// Keys and indexes from the root, joined by `/`; a `/` inside a key reads `~1`.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// A stable, short identifier of the rule, such as `unused-component`.
    pub rule: &'static str,
    /// What is wrong, and what would be right.
    pub problem: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() {
            "(document)"
        } else {
            &self.path
        };
        let (line, column) = (self.line, self.column);
        let text = format!("{}: {path} ({line}:{column}): {}", self.file, self.problem);
        // Keys and values are quoted as they are, and a diagnostic is one line.
        f.write_str(&text.replace(char::is_control, " "))
    }
}

/// Everything that is wrong with a document, in the order of its lines. `Display` writes one
/// problem per line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// At least one.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

/// Rules that say that a value is none; what others say of the same value follows from that.
const FIRST: [&str; 3] = [rule::YAML_VALUE, rule::WRONG_TYPE, rule::UNKNOWN_KEY];

/// Collects problems while rules run.
pub(crate) struct Problems {
    file: String,
    found: Vec<Diagnostic>,
}

impl Problems {
    pub fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            found: Vec::new(),
        }
    }

    /// Reports a problem with the value at `at`.
    pub fn add(&mut self, at: &At<'_>, rule: &'static str, problem: impl Into<String>) {
        self.add_at(at.path.clone(), at.place(), rule, problem.into());
    }

    /// Reports a problem with the key of `at`.
    pub fn add_key(&mut self, at: &At<'_>, rule: &'static str, problem: impl Into<String>) {
        let place = at.key_place.unwrap_or(at.node.place);
        self.add_at(at.path.clone(), place, rule, problem.into());
    }

    pub fn add_at(&mut self, path: String, place: Place, rule: &'static str, problem: String) {
        self.found.push(Diagnostic {
            file: self.file.clone(),
            path,
            line: place.line,
            column: place.column,
            rule,
            problem,
        });
    }

    /// Paths of what these rules have reported.
    pub fn paths(&self, rules: &[&str]) -> impl Iterator<Item = &str> {
        let found = self
            .found
            .iter()
            .filter(|diagnostic| rules.contains(&diagnostic.rule));
        found.map(|diagnostic| diagnostic.path.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether nothing but these rules is broken.
    pub fn only(&self, rules: &[&str]) -> bool {
        self.found.iter().all(|found| rules.contains(&found.rule))
    }

    /// All of them by place, each once. What follows from a value that is no value at all is left
    /// out: whoever mends it will see whether more is wrong.
    pub fn into_report(self) -> Report {
        let first: HashSet<String> = self.paths(&FIRST).map(str::to_owned).collect();
        let mut diagnostics = self.found;
        diagnostics.retain(|found| {
            !first.contains(&found.path)
                || FIRST.contains(&found.rule)
                || found.rule.starts_with("yaml-")
        });
        let unread: HashSet<String> = diagnostics
            .iter()
            .filter(|found| found.rule == rule::YAML_VALUE)
            .map(|found| found.path.clone())
            .collect();
        diagnostics
            .retain(|found| !unread.contains(&found.path) || found.rule.starts_with("yaml-"));
        diagnostics.sort_by(|a, b| {
            (a.line, a.column, a.rule, &a.path, &a.problem)
                .cmp(&(b.line, b.column, b.rule, &b.path, &b.problem))
        });
        diagnostics.dedup();
        Report { diagnostics }
    }
}
