//! What a contract must satisfy.

use crate::parse::Doc;
use crate::report::Problems;

/// Runs every rule.
pub(crate) fn check(_doc: &Doc, _problems: &mut Problems) {}
