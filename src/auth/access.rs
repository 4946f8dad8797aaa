//! What a principal may do: one function, which denies what it does not know.

use std::sync::Arc;

use tickwire_spec::{Family, Operation};

use super::{Principal, User};
use crate::wire::{ErrorCode, Protocol, Refusal, TopicId};

/// The permission to enter topics of other owners.
pub const SUPPORT: &str = "support";

/// The permission to revoke tokens.
pub const REVOKE: &str = "admin:revoke";

/// Something that a principal wants to do.
#[derive(Debug, Clone, Copy)]
pub enum Action<'a> {
    /// Be connected, or ask anything at all.
    Connect,
    /// Make this request.
    Request(&'a Operation),
    /// Get the updates of a topic.
    Subscribe {
        /// Its family.
        family: &'a Family,
        /// The value of the parameter that names the owner, where the family has one.
        owner: Option<&'a str>,
    },
    /// Publish on topics of this family.
    Publish(&'a Family),
    /// Revoke tokens.
    Revoke,
}

/// Why not. For whoever watches over the server: the client is told less.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// Only who has shown a token may.
    #[error("not authenticated")]
    Unauthenticated,
    /// The permission is missing.
    #[error("lacks the permission {0:?}")]
    Permission(String),
    /// The topic is another's.
    #[error("not the owner")]
    Owner,
}

/// Who owns what, for modules that know more than a token says.
pub trait Ownership: Send + Sync + 'static {
    /// Whether `user` may speak for `owner`, the value of `x-topic.owner` in a topic of this family.
    /// Called for every subscribe, so the answer has to be at hand.
    fn owns(&self, user: &User, family: &Family, owner: &str) -> bool;
}

/// What holds for everyone.
#[derive(Default)]
pub struct Access {
    /// Whether who shows no token is served at all.
    pub requires_token: bool,
    /// Asked where the token does not name the owner. One that says yes is enough.
    pub ownership: Vec<Arc<dyn Ownership>>,
}

impl Access {
    /// Whether a principal may do something. The only place where this is decided.
    ///
    /// # Errors
    /// Why it may not.
    pub fn decide(&self, principal: &Principal, action: Action<'_>) -> Result<(), Denial> {
        let (needed, owner): (&[String], _) = match action {
            Action::Connect => (&[], None),
            Action::Request(operation) => (&operation.permissions, None),
            Action::Subscribe { family, owner } => (
                &family.permissions,
                family.owner.as_ref().map(|_| (family, owner)),
            ),
            Action::Publish(family) => (&family.publish_permissions, None),
            Action::Revoke => (&[REVOKE.to_owned()], None),
        };
        let user = match principal {
            Principal::Anonymous => {
                let public = needed.is_empty() && owner.is_none() && !self.requires_token;
                return if public {
                    Ok(())
                } else {
                    Err(Denial::Unauthenticated)
                };
            }
            Principal::User(user) => user,
        };
        if let Some(missing) = needed.iter().find(|name| !user.permissions.contains(*name)) {
            return Err(Denial::Permission(missing.clone()));
        }
        match owner {
            None => Ok(()),
            Some((family, Some(owner))) if self.is_owner(user, family, owner) => Ok(()),
            Some(_) if user.permissions.contains(SUPPORT) => Ok(()),
            Some(_) => Err(Denial::Owner),
        }
    }

    /// Whether a principal may subscribe to a topic.
    ///
    /// # Errors
    /// As [`Self::decide`].
    pub fn may_subscribe(
        &self,
        principal: &Principal,
        protocol: &Protocol,
        topic: &TopicId,
    ) -> Result<(), Denial> {
        let family = protocol.family(topic.family());
        let owner = family.owner.as_deref().and_then(|owner| {
            let mut parameters = protocol.parameters(topic);
            let found = parameters.find(|(parameter, _)| parameter.name == owner);
            found.map(|(_, value)| value)
        });
        self.decide(principal, Action::Subscribe { family, owner })
    }

    fn is_owner(&self, user: &User, family: &Family, owner: &str) -> bool {
        user.accounts.contains(owner)
            || self
                .ownership
                .iter()
                .any(|ownership| ownership.owns(user, family, owner))
    }
}

impl From<Denial> for Refusal {
    /// In words that do not tell what exists: a topic that is another's and one that does not exist are
    /// refused alike, before anybody looks for it.
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::Unauthenticated => Self::new(ErrorCode::Unauthenticated, "a token is needed"),
            Denial::Permission(_) | Denial::Owner => {
                Self::new(ErrorCode::Forbidden, "not permitted")
            }
        }
    }
}

#[cfg(test)]
mod tests;
