//! Principals.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

/// Whoever is at the other end of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// Has not said who it is.
    Anonymous,
    /// Has shown a token.
    User(User),
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// `sub`: 1 to 256 characters, none of which is a control character.
    pub sub: String,
    /// What it may do beyond what is public.
    pub permissions: BTreeSet<String>,
    /// The owners, in the sense of `x-topic.owner`, that it may speak for.
    pub accounts: BTreeSet<String>,
    /// `exp`.
    pub expires_at: DateTime<Utc>,
    /// `iat`, where it says so.
    pub issued_at: Option<DateTime<Utc>>,
    /// `jti`, where it says so.
    pub token_id: Option<String>,
}

impl Principal {
    /// As in the contract's `PrincipalKind`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::User(_) => "user",
        }
    }

    /// The user, if it is one.
    pub fn user(&self) -> Option<&User> {
        match self {
            Self::Anonymous => None,
            Self::User(user) => Some(user),
        }
    }
}
