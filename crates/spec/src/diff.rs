//! What changed between two contracts, from the client's side.
//!
//! The question behind every [`Class`]: does a client that was written for the old contract go on
//! working, unchanged, against a server that speaks the new one? Such a client sends what the old
//! contract allows, and may rely on all that it promises; what it does not know in an answer or a
//! push (a member, a wire type) it leaves alone. So what clients send may only be widened, and
//! what they receive only be narrowed.
//!
//! | module | owns |
//! |---|---|
//! | [`rule`] | the rules, and the class of each |
//! | `reading` | which documents can be compared |
//! | `changes` | collecting: place, deduplication, order |
//! | `document` | servers, security, `info` |
//! | `channels` | channels and families of topics |
//! | `operations` | operations, replies, messages |
//! | `schemas` | what frames consist of, in each direction |
//! | `prose` | what only people read |
//! | `version` | what `info.version` says of it |
//!
//! Components are paired by what uses them, never by their names: a renamed schema of the same shape
//! is no change. Nothing recurses over the documents.

mod changes;
mod channels;
mod document;
mod operations;
mod prose;
mod reading;
pub mod rule;
mod schemas;
mod version;

pub use reading::Reading;
pub use rule::Rule;
pub use version::announces_break;

use changes::Changes;

/// What a change means to clients. The order is that of importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Some client that worked with the old contract may not work with the new one.
    Breaking,
    /// Every client goes on working.
    Compatible,
    /// Nothing that programs notice.
    Docs,
}

impl Class {
    /// As people and programs read it: `breaking`, `compatible`, `docs-only`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Docs => "docs-only",
        }
    }
}

/// Which way the values of a schema go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Clients send them: requests, and what is published over HTTP.
    Sent,
    /// Clients receive them: answers and pushes.
    Received,
}

impl Way {
    /// As programs read it: `sent`, `received`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
        }
    }
}

/// One change, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The identifier of its rule.
    pub rule: &'static str,
    /// What it means to clients.
    pub class: Class,
    /// For schemas: which way their values go. A schema that goes both ways has a change for each.
    pub way: Option<Way>,
    /// Keys and indexes from the root, joined by `/`; of what was removed, where it would be.
    pub path: String,
    /// Its line in the new document, from 1; of what was removed, that of the nearest thing around it
    /// that is still there.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// Wire types of the messages that carry a schema, sorted.
    pub messages: Vec<String>,
    /// What changed.
    pub sentence: String,
}

/// Everything that changed from `old` to `new`: breaking changes first, then by their lines.
///
/// ```
/// # fn main() -> Result<(), tickwire_spec::Report> {
/// # let before = include_str!("../tests/diff/base.yaml");
/// use tickwire_spec::diff::{Class, Reading, diff};
/// let after = before.replace("delivery: latest", "delivery: window");
/// let changes = diff(&Reading::read("old", before)?, &Reading::read("new", &after)?);
/// assert_eq!((changes[0].rule, changes[0].class), ("delivery-changed", Class::Breaking));
/// # Ok(())
/// # }
/// ```
pub fn diff(old: &Reading, new: &Reading) -> Vec<Change> {
    let mut changes = Changes::new(new);
    document::compare(old, new, &mut changes);
    channels::compare(old, new, &mut changes);
    operations::compare(old, new, &mut changes);
    changes.sorted()
}
