//! Why no client can be made.

/// What has no translation into a client.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// Two things of the contract would have one name.
    #[error("{first} and {second} would both be called `{name}` in a client")]
    Names {
        /// The name.
        name: String,
        /// What has it.
        first: String,
        /// What would have it too.
        second: String,
    },
    /// A schema that is no type of the language.
    #[error("components/schemas/{schema}: {message}")]
    Schema {
        /// Its name.
        schema: String,
        /// What is wrong.
        message: String,
    },
    /// An operation or family without its message: a defect of the check.
    #[error("{user} uses the message {wire_type}, which the contract does not have")]
    NoMessage {
        /// The message.
        wire_type: String,
        /// Who uses it.
        user: String,
    },
    /// No Rust types can be made.
    #[error(transparent)]
    Rust(#[from] tickwire_codegen::GenerateError),
}
