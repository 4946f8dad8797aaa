//! Reads an AsyncAPI 3.0.0 document, checks it strictly, and gives the resolved [`Contract`].
//!
//! [`load`] is the way in: a document either is a [`Contract`], or a [`Report`] that lists every
//! problem at once, each with its path, line and column.
//!
//! | module | owns |
//! |---|---|
//! | `parse` | text to a tree of values that know their places |
//! | `rules` | what a contract must satisfy; `report::rule` names each rule |
//! | `resolve` | the tree to a [`Contract`], once no rule objects |
//! | `contract` | questions to a contract: look-ups, topics, self-contained schemas |
//! | `pattern` | topic patterns, to and from topics |
//! | [`diff`] | what changed between two contracts, and whether clients break |
//! | [`extend`] | new topics and requests in the text of a document |
//! | `text` | conversions of names, and which name was probably meant |
//! | `validate` | the one way in which schemas are compiled, here and in the server |
//!
//! Begin with `model`, which is what the generator and the server work with, then `rules`.
//! Nothing here does I/O, and no input can make it panic.

mod contract;
pub mod diff;
pub mod extend;
mod model;
mod parse;
mod pattern;
mod report;
mod resolve;
mod rules;
mod text;
mod validate;

pub use contract::{SchemaError, TopicError, TopicMatch};
pub use model::*;
pub use pattern::PatternError;
pub use report::{Diagnostic, Report, rule};
pub use validate::validator;

use parse::Doc;
use report::Problems;

/// Reads and checks a document.
///
/// `file` is only used to name the document in diagnostics.
///
/// ```
/// let report = tickwire_spec::load("api.yaml", "asyncapi: 2.6.0").unwrap_err();
/// assert!(report.to_string().starts_with("api.yaml: asyncapi (1:11): the version is 2.6.0"));
/// ```
///
/// # Errors
///
/// A [`Report`] of every problem, in the order of their lines.
pub fn load(file: &str, text: &str) -> Result<Contract, Report> {
    let mut problems = Problems::new(file);
    let Some(root) = parse::parse(text, &mut problems) else {
        return Err(problems.into_report());
    };
    let doc = Doc { root };
    rules::check(&doc, &mut problems);
    if problems.is_empty() {
        parse::opinion(text, &doc, &mut problems);
    }
    if problems.is_empty() {
        match resolve::contract(&doc, text) {
            Ok(contract) => return Ok(contract),
            Err(at) => problems.add(&at, rule::UNRESOLVED, resolve::UNRESOLVED),
        }
    }
    Err(problems.into_report())
}
