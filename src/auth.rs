//! Who is on the other side, and what they may do.
//!
//! There is one principal so far, the anonymous one, who may do what the contract marks public.

use crate::wire::{ErrorCode, Refusal};

/// Whoever is at the other end of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// Has not said who it is.
    Anonymous,
}

impl Principal {
    /// As in the contract's `PrincipalKind`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
        }
    }

    /// Whether this principal holds every one of `permissions`; an empty list is public.
    ///
    /// # Errors
    /// [`ErrorCode::Forbidden`], in words that do not tell what exists.
    pub fn may(&self, permissions: &[String]) -> Result<(), Refusal> {
        match self {
            Self::Anonymous if permissions.is_empty() => Ok(()),
            Self::Anonymous => Err(Refusal::new(ErrorCode::Forbidden, "not permitted")),
        }
    }
}
