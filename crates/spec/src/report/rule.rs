//! The identifiers of the rules. They are stable: tests and suppressions may name them.

/// Not YAML at all.
pub const YAML_SYNTAX: &str = "yaml-syntax";
/// A key twice in one mapping.
pub const YAML_DUPLICATE_KEY: &str = "yaml-duplicate-key";
/// A value that JSON does not have, or that YAML readers disagree on.
pub const YAML_VALUE: &str = "yaml-value";
/// Too large, too deep, or aliases that repeat too much.
pub const YAML_LIMIT: &str = "yaml-limit";
/// No document, or more than one.
pub const YAML_DOCUMENTS: &str = "yaml-documents";
/// The rules let a document through that can't be resolved: a defect of the rules.
pub const UNRESOLVED: &str = "unresolved";
