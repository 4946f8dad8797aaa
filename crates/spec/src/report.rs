//! What is wrong with a document: [`Diagnostic`], and the [`Report`] of all of them.

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
        write!(
            f,
            "{}: {path} ({}:{}): {}",
            self.file, self.line, self.column, self.problem
        )
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

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them by place, each once.
    pub fn into_report(self) -> Report {
        let mut diagnostics = self.found;
        diagnostics.sort_by(|a, b| {
            (a.line, a.column, a.rule, &a.path, &a.problem)
                .cmp(&(b.line, b.column, b.rule, &b.path, &b.problem))
        });
        diagnostics.dedup();
        Report { diagnostics }
    }
}
