//! Who is on the other side, and what they may do.
//!
//! There is one principal so far, the anonymous one, who may do what the contract marks public.

use tickwire_spec::Family;

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
            Self::Anonymous => Err(forbidden()),
        }
    }

    /// Whether this principal may subscribe to the topics of a family, or publish to them: it
    /// holds the permissions, and owns the topic where topics have owners.
    ///
    /// # Errors
    /// As [`Self::may`]. The anonymous principal owns nothing.
    pub fn may_enter(&self, family: &Family) -> Result<(), Refusal> {
        match (self, &family.owner) {
            (Self::Anonymous, Some(_)) => Err(forbidden()),
            (Self::Anonymous, None) => self.may(&family.permissions),
        }
    }
}

fn forbidden() -> Refusal {
    Refusal::new(ErrorCode::Forbidden, "not permitted")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_anonymous_may_only_what_is_public() {
        let text = include_str!("../asyncapi.yaml");
        let contract = tickwire_spec::load("asyncapi.yaml", text).unwrap();
        let rows = [
            (None, vec![], true),
            (None, vec!["trade".to_owned()], false),
            (Some("symbol".to_owned()), vec![], false),
            (Some("symbol".to_owned()), vec!["trade".to_owned()], false),
        ];
        for (owner, permissions, expected) in rows {
            let family = Family {
                owner,
                permissions,
                ..contract.families[0].clone()
            };
            let allowed = Principal::Anonymous.may_enter(&family).is_ok();
            assert_eq!(
                allowed, expected,
                "{:?} {:?}",
                family.owner, family.permissions
            );
        }
    }
}
