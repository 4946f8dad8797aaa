//! From a checked contract to clients in other languages.
//!
//! [`generate`] gives the files of one package. What follows from the contract is generated: the
//! types, a thin typed method for each request and topic family, the schemas. What does not (the
//! socket, reconnecting, resuming, validating) is a runtime, written by hand in the language itself
//! and tested there; it stands beside the generated part, byte for byte the same in every package.
//!
//! | module | owns |
//! |---|---|
//! | `view` | the contract as a client sees it: requests, topics, pushes |
//! | `perspective` | the document with the client's perspective, for other people's generators |
//! | `typescript`, `python`, `rust` | one language each |
//!
//! Nothing here does I/O.

mod error;
mod perspective;
mod python;
mod rust;
mod typescript;
mod view;

pub use error::GenerateError;
pub use perspective::client_document;
pub use rust::rust_module;

use tickwire_spec::Contract;

/// A language that a client can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// TypeScript and JavaScript: browsers and Node.
    TypeScript,
    /// Python.
    Python,
    /// Rust.
    Rust,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::TypeScript, Self::Python, Self::Rust];

    /// Those whose client is of use as a file by itself, so that a server hands it out. A Rust crate
    /// needs its manifest, and making it takes a while.
    pub const SERVED: [Self; 2] = [Self::TypeScript, Self::Python];

    /// As it is asked for: `typescript`, `python`, `rust`.
    pub fn name(self) -> &'static str {
        match self {
            Self::TypeScript => "typescript",
            Self::Python => "python",
            Self::Rust => "rust",
        }
    }
}

/// A client in one language.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// The package: what is written into a folder, in the order of their paths.
    pub files: Vec<File>,
    /// The same in as few files as the language allows, ready to be used where they are put.
    pub downloads: Vec<Download>,
}

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Relative to the package's folder, with `/` between its parts.
    pub path: String,
    /// Its content.
    pub text: String,
}

/// A whole client in one file, as the server hands it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The end of its address, `typescript.js` in `/ws/clients/typescript.js`.
    pub path: &'static str,
    /// What to call it when it is saved, such as `tickwire.js`.
    pub file_name: String,
    /// Its media type.
    pub content_type: &'static str,
    /// Its content.
    pub text: String,
}

/// A client for `contract`. The same contract always gives the same text.
///
/// # Errors
///
/// The first name or schema that has no translation; see [`GenerateError`].
pub fn generate(contract: &Contract, language: Language) -> Result<Client, GenerateError> {
    let view = view::View::new(contract)?;
    match language {
        Language::TypeScript => typescript::client(&view),
        Language::Python => python::client(&view),
        Language::Rust => rust::client(&view),
    }
}
