//! Why what a client has shown is not taken.

use crate::wire::{ErrorCode, Refusal};

/// A credential that says nothing. What it was is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// Nothing was shown where something has to be.
    #[error("no token was shown")]
    Missing,
    /// Not a token at all.
    #[error("not a token")]
    Malformed,
    /// A token above [`super::MAX_TOKEN_BYTES`].
    #[error("the token is too long")]
    TooLong,
    /// Several, of which each could be meant.
    #[error("more than one token was shown")]
    Several,
    /// A token where none is taken, such as in an address.
    #[error("tokens are not taken in the address")]
    Place,
    /// Signed by an algorithm that is not configured, or by none.
    #[error("the algorithm of the token is not allowed")]
    Algorithm,
    /// Signed by a key that nobody knows.
    #[error("the key of the token is not known")]
    Key,
    /// Not signed by the key that it names.
    #[error("the signature of the token is wrong")]
    Signature,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// Its time has not come.
    #[error("the token is not valid yet")]
    Early,
    /// It is valid for longer than tokens may be.
    #[error("the token is valid for too long")]
    Lifetime,
    /// Issued by somebody else.
    #[error("the issuer of the token is another")]
    Issuer,
    /// Issued for somebody else.
    #[error("the audience of the token is another")]
    Audience,
    /// It lacks a claim, or has one of the wrong form.
    #[error("a claim of the token is missing or wrong")]
    Claims,
    /// It was revoked.
    #[error("the token was revoked")]
    Revoked,
    /// A ticket that is used up, expired or made up.
    #[error("the ticket is not valid any more")]
    Ticket,
    /// Another principal's, where the same has to go on.
    #[error("the token is another principal's")]
    Subject,
    /// The keys could not be fetched so far.
    #[error("the keys that tokens are signed with are not known yet")]
    KeysUnavailable,
}

impl Rejected {
    /// Every reason.
    pub const ALL: [Self; 18] = [
        Self::Missing,
        Self::Malformed,
        Self::TooLong,
        Self::Several,
        Self::Place,
        Self::Algorithm,
        Self::Key,
        Self::Signature,
        Self::Expired,
        Self::Early,
        Self::Lifetime,
        Self::Issuer,
        Self::Audience,
        Self::Claims,
        Self::Revoked,
        Self::Ticket,
        Self::Subject,
        Self::KeysUnavailable,
    ];

    /// As the audit log names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "no_token",
            Self::Malformed => "malformed",
            Self::TooLong => "too_long",
            Self::Several => "several_tokens",
            Self::Place => "token_in_address",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Expired => "expired",
            Self::Early => "early",
            Self::Lifetime => "lifetime",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Claims => "claims",
            Self::Revoked => "revoked",
            Self::Ticket => "ticket",
            Self::Subject => "other_subject",
            Self::KeysUnavailable => "keys_unavailable",
        }
    }

    /// Whether it is held against the address that it came from: it may be a guess. Whoever shows nothing
    /// guesses nothing, and nobody guesses a signature: what is wrong with a token that is signed well, such as
    /// that it has expired, must not lock out others at the same address. That keys are not here is our fault.
    pub fn is_failure(self) -> bool {
        match self {
            Self::Several
            | Self::Place
            | Self::Malformed
            | Self::TooLong
            | Self::Algorithm
            | Self::Key
            | Self::Signature
            | Self::Ticket => true,
            Self::Missing
            | Self::Expired
            | Self::Early
            | Self::Lifetime
            | Self::Issuer
            | Self::Audience
            | Self::Claims
            | Self::Revoked
            | Self::Subject
            | Self::KeysUnavailable => false,
        }
    }

    /// What the client is told: what it can do something about. The rest is one and the same, so that
    /// nobody learns which part of a made-up token was right.
    pub fn refusal(self) -> Refusal {
        let (code, message) = match self {
            Self::Missing => (ErrorCode::Unauthenticated, "a token is needed"),
            Self::Several
            | Self::Place
            | Self::TooLong
            | Self::Expired
            | Self::Early
            | Self::Ticket => return Refusal::new(ErrorCode::Unauthenticated, self.to_string()),
            Self::Subject => (ErrorCode::Forbidden, "the token is another principal's"),
            Self::KeysUnavailable => (ErrorCode::Unavailable, "tokens cannot be checked now"),
            Self::Malformed
            | Self::Algorithm
            | Self::Key
            | Self::Signature
            | Self::Lifetime
            | Self::Issuer
            | Self::Audience
            | Self::Claims
            | Self::Revoked => (ErrorCode::Unauthenticated, "the token is not valid"),
        };
        Refusal::new(code, message)
    }
}
