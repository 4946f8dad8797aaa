//! Who is at the other end of a connection, and for how long.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::Instant;

use super::machine::Now;
use crate::auth::{Action, Auth, Principal};

/// How long before its end a token is said to expire.
const WARNING: Duration = Duration::from_secs(60);

/// How long after its end a connection lives on, for a refresh that is under way.
const GRACE: Duration = Duration::from_secs(30);

/// The principal of a connection. It changes when a token comes.
pub(super) struct Identity {
    auth: Arc<Auth>,
    principal: Arc<Principal>,
    /// Until when a token has to come, where one is needed and none has.
    awaited: Option<Instant>,
    /// When the end of the token is announced.
    warning: Option<Instant>,
    /// When the token has ended, and the grace after it.
    end: Option<Instant>,
    /// As many revocations as the principal has been held against.
    revocations_seen: u64,
    /// A token is being looked at. What comes behind it waits, to be done by whom it says.
    pub(super) busy: bool,
}

/// What time has brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// No token came.
    NobodyCame,
    /// The token expires then, in this time.
    Expiring(DateTime<Utc>, Duration),
    /// The token has expired.
    Expired,
}

impl Identity {
    /// Who is there from the start. Whoever may not be connected is waited for as long as this.
    pub(super) fn new(
        auth: Arc<Auth>,
        principal: Arc<Principal>,
        timeout: Duration,
        now: Now,
    ) -> Self {
        let is_welcome = auth.access.decide(&principal, Action::Connect).is_ok();
        let mut identity = Self {
            auth,
            principal: Arc::clone(&principal),
            awaited: (!is_welcome).then(|| now.instant + timeout),
            warning: None,
            end: None,
            revocations_seen: 0,
            busy: false,
        };
        identity.become_(principal, now);
        identity
    }

    pub(super) fn auth(&self) -> &Arc<Auth> {
        &self.auth
    }

    pub(super) fn principal(&self) -> &Arc<Principal> {
        &self.principal
    }

    /// Whether a token has to come before anything else.
    pub(super) fn is_awaited(&self) -> bool {
        self.awaited.is_some()
    }

    /// A token was found to be this principal's.
    pub(super) fn become_(&mut self, principal: Arc<Principal>, now: Now) {
        // The wall clock may be set later, and a token's time goes on all the same.
        let until = |end: DateTime<Utc>| {
            let left = (end - now.utc).to_std().unwrap_or_default();
            now.instant.checked_add(left)
        };
        let expires_at = principal.user().map(|user| user.expires_at);
        if expires_at.is_some() {
            self.awaited = None;
        }
        self.warning = expires_at.and_then(|at| until(at - WARNING));
        self.end = expires_at.and_then(|at| until(at + GRACE));
        self.principal = principal;
        self.revocations_seen = 0;
    }

    /// Whether the principal's token has been revoked.
    pub(super) fn is_revoked(&mut self) -> bool {
        let generation = self.auth.revocations.generation();
        if generation == self.revocations_seen {
            return false;
        }
        self.revocations_seen = generation;
        let user = self.principal.user();
        user.is_some_and(|user| self.auth.revocations.hit(user))
    }

    /// When to look at [`Self::due`] next.
    pub(super) fn next_due(&self) -> Option<Instant> {
        [self.awaited, self.warning, self.end]
            .into_iter()
            .flatten()
            .min()
    }

    /// What is due. Each is told once.
    pub(super) fn due(&mut self, now: Now) -> Option<Due> {
        if self.awaited.take_if(|at| *at <= now.instant).is_some() {
            return Some(Due::NobodyCame);
        }
        if self.end.take_if(|at| *at <= now.instant).is_some() {
            return Some(Due::Expired);
        }
        if self.warning.take_if(|at| *at <= now.instant).is_some() {
            let user = self.principal.user()?;
            let left = user.expires_at - now.utc;
            return Some(Due::Expiring(
                user.expires_at,
                left.to_std().unwrap_or_default(),
            ));
        }
        None
    }
}

#[cfg(test)]
mod tests;
