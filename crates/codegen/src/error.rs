//! Why no Rust can be made of a contract.

/// What in a contract has no translation to Rust. The check of `tickwire-spec` finds nearly all of
/// it earlier and with line numbers; what is left is named here by its names in the document.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// typify refuses a schema, or panicked over it.
    #[error("components/schemas/{schema}: typify cannot make a type of it: {reason}")]
    Schema {
        /// The smallest schema that fails, once all that it refers to works.
        schema: String,
        /// typify's words.
        reason: String,
    },
    /// A schema that something refers to has become no type.
    #[error("components/schemas/{schema}: no type came of it, but {user} needs one")]
    NoType {
        /// The schema.
        schema: String,
        /// Who needs its type.
        user: String,
    },
    /// Two names of the contract are the same identifier.
    #[error("{first} and {second} are both `{identifier}` in Rust; rename one")]
    Collision {
        /// The one that came first.
        first: String,
        /// The other.
        second: String,
        /// What both become.
        identifier: String,
    },
    /// A name without a letter or digit to begin an identifier with.
    #[error("{what} cannot become a Rust identifier; begin it with an ASCII letter")]
    Name {
        /// What is named so.
        what: String,
    },
    /// A request that no trait can ask for, since traits are made from tags.
    #[error("operations/{operation}: has no tag; its tag names the trait of its handler")]
    Untagged {
        /// The operation's key.
        operation: String,
    },
    /// An operation refers to a wire type for which the contract has no message.
    #[error("{user}: there is no message `{wire_type}`")]
    NoMessage {
        /// The wire type.
        wire_type: String,
        /// Who refers to it.
        user: String,
    },
    /// A request without a successful reply.
    #[error("operations/{operation}: a request that a handler answers needs a reply")]
    NoReply {
        /// The operation's key.
        operation: String,
    },
    /// What was generated is not Rust: a defect of the generator.
    #[error("the generated code is not Rust: {0}")]
    Syntax(#[source] syn::Error),
}
