//! A document as far as a comparison needs it.

use crate::model::Contract;
use crate::parse::{self, Doc};
use crate::report::{Problems, Report, rule};
use crate::{resolve, rules};

/// A document that can be compared.
///
/// It need not pass today's check: an older Tickwire may have known other session messages and other
/// members of `x-topic`, and what is wrong with an example or a description does not matter here. So
/// this is no [`Contract`], and cannot be served.
#[derive(Debug)]
pub struct Reading {
    pub(super) contract: Contract,
    pub(super) doc: Doc,
}

/// Rules of the check whose breach leaves clear what is on the wire.
const FORGIVEN: &[&str] = &[
    rule::EXTENSION_KEY,
    rule::SCHEMA_DESCRIPTION,
    rule::SCHEMA_PATTERN,
    rule::SCHEMA_BOUNDS,
    rule::SCHEMA_DEFAULT,
    rule::MESSAGE_NAME,
    rule::FRAME_SHAPE,
    rule::EXAMPLE_MISSING,
    rule::EXAMPLE,
    rule::CORRELATION_ID,
    rule::OPERATION_TAG,
    rule::PERMISSIONS_SHAPE,
    rule::PARAMETER_SCHEMA,
    rule::PARAMETER_COLON,
    rule::TOPIC_SHAPE,
    rule::TOPIC_PUBLISHERS,
    rule::TOPIC_KEY,
    rule::TOPIC_OWNER,
    rule::TOPIC_MESSAGES,
    rule::SESSION_MISSING,
    rule::SESSION_SHAPE,
    rule::KEY_SPELLING,
    rule::NAME_COLLISION,
    rule::NAME_RESERVED,
    rule::UNUSED_COMPONENT,
];

impl Reading {
    /// Reads a document. `file` names it in what is wrong with it.
    ///
    /// # Errors
    ///
    /// A [`Report`] of what makes it impossible to tell what the document means.
    pub fn read(file: &str, text: &str) -> Result<Self, Report> {
        let mut problems = Problems::new(file);
        let Some(root) = parse::parse(text, &mut problems) else {
            return Err(problems.into_report());
        };
        let doc = Doc { root };
        rules::check(&doc, &mut problems);
        if problems.only(FORGIVEN) {
            match resolve::contract(&doc, text) {
                Ok(contract) => return Ok(Self { contract, doc }),
                // Usually because of what would have been forgiven.
                Err(at) if problems.is_empty() => {
                    problems.add(&at, rule::UNRESOLVED, resolve::UNRESOLVED);
                }
                Err(_) => {}
            }
        }
        Err(problems.into_report())
    }

    /// `info.version`.
    pub fn version(&self) -> &str {
        &self.contract.version
    }
}

/// What passes the check can be compared.
impl From<&Contract> for Reading {
    fn from(contract: &Contract) -> Self {
        let root = parse::parse(&contract.source, &mut Problems::new(""));
        let root = root.expect("a contract was made of a source that parses");
        Self {
            contract: contract.clone(),
            doc: Doc { root },
        }
    }
}
