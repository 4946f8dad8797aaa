//! What a contract must satisfy.
//!
//! Each module is one subject. A rule looks only at what it needs and stays silent where that is
//! missing or of the wrong shape, because [`structure`] has already said so: one mistake, one
//! diagnostic. All of them run on every document.

mod compare;
mod examples;
mod extensions;
mod families;
mod frames;
mod messages;
mod names;
mod operations;
mod parameters;
mod patterns;
mod references;
mod schemas;
mod session;
mod structure;
mod unused;

use crate::parse::Doc;
use crate::report::Problems;

/// Runs every rule.
pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    if !structure::is_asyncapi(doc, problems) {
        return;
    }
    structure::check(doc, problems);
    extensions::check(doc, problems);
    schemas::check(doc, problems);
    messages::check(doc, problems);
    frames::check(doc, problems);
    operations::check(doc, problems);
    parameters::check(doc, problems);
    families::check(doc, problems);
    session::check(doc, problems);
    names::check(doc, problems);
    unused::check(doc, problems);
    examples::check(doc, problems);
}
