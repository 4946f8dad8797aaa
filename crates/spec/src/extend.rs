//! Writes new topics and requests into the text of a document.
//!
//! The text is only added to: every other byte, comments and layout included, stays as it is. Places
//! come from the parser. What is written passes the check, or nothing is.
//!
//! | module | owns |
//! |---|---|
//! | `plan` | what is to be added, as an author says it |
//! | `topic`, `request` | the entries of a family of topics, and of a request |
//! | `draft` | the document with what is added to it so far; which names it has for what |
//! | `operation` | operations |
//! | `frames` | messages with their frames and examples |
//! | `samples` | values for examples, taken from the document's own |
//! | `insert` | where entries go in the text |
//! | `flow` | values as YAML in braces |

mod draft;
mod flow;
mod frames;
mod insert;
mod operation;
mod plan;
mod request;
mod samples;
mod topic;

pub use plan::{Field, FieldError, NewRequest, NewTopic};

use crate::diff::{Class, Reading, diff};
use crate::report::Report;
use draft::Draft;

/// A document with something new in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The whole text.
    pub text: String,
    /// What was added, in the order of the document.
    pub insertions: Vec<Insertion>,
}

/// Lines that were added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    /// The line of the old text after which they stand.
    pub after: usize,
    /// Whole lines.
    pub text: String,
}

/// Why nothing was added.
#[derive(Debug, thiserror::Error)]
pub enum ExtendError {
    /// The document does not pass the check as it is.
    #[error("the document has to pass the check before something is added to it:\n{0}")]
    Unsound(Report),
    /// What is to be added does not go with the document.
    #[error("{0}")]
    Refused(String),
    /// What is to be added would break rules of the check.
    #[error("this would not pass the check:\n{0}")]
    WouldBreak(Report),
}

/// Adds a family of topics with its channel, operations, messages and schemas.
///
/// `file` names the document in what is wrong with it.
///
/// # Errors
///
/// See [`ExtendError`].
pub fn add_topic(file: &str, text: &str, plan: &NewTopic) -> Result<Extension, ExtendError> {
    let mut draft = Draft::of(file, text)?;
    topic::add(&mut draft, plan)?;
    finish(file, &draft)
}

/// Adds a request with its answer.
///
/// # Errors
///
/// See [`ExtendError`].
pub fn add_request(file: &str, text: &str, plan: &NewRequest) -> Result<Extension, ExtendError> {
    let mut draft = Draft::of(file, text)?;
    request::add(&mut draft, plan)?;
    finish(file, &draft)
}

fn finish(file: &str, draft: &Draft<'_>) -> Result<Extension, ExtendError> {
    let extension = insert::apply(draft)?;
    let new = crate::load(file, &extension.text).map_err(ExtendError::WouldBreak)?;
    // In a layout that nobody thought of, a line in the wrong place could say something else.
    let changes = diff(&Reading::from(&draft.contract), &Reading::from(&new));
    if let Some(other) = changes
        .iter()
        .find(|change| change.class != Class::Compatible || !change.rule.ends_with("-added"))
    {
        return Err(ExtendError::Refused(format!(
            "the document is laid out so that adding lines would change what is there ({}: {})",
            other.path, other.sentence
        )));
    }
    Ok(extension)
}
