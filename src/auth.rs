//! Who is on the other side, and what they may do.
//!
//! ```text
//! token ──► Verifier ──► User ─┐                    Access::decide(principal, action)
//! ticket ─► Tickets ──► User ──┼─► Principal ──────────► allowed, or Denial
//! nothing ─► anonymous ────────┘        ▲
//!                                  Revocations
//! ```
//!
//! - [`Auth`] is all of it, for one server: the one place that makes a [`User`] of what a client shows.
//! - [`Access`] decides, in one function, what a principal may do. Whatever it does not know is denied.
//! - [`Verifier`] looks at tokens (JWT); `keys` has the keys, and fetches those that others publish.
//! - [`Tickets`] are good for one connection within 30 s; [`Revocations`] end what was good before.
//! - [`Attempts`] are what failed, by address.
//! - [`Secret`] and [`Token`] cannot be printed.
//!
//! Knows neither HTTP nor sockets: it is asked by `http` for a request, by `session` for a connection.

mod access;
mod attempts;
mod claims;
mod issue;
mod keys;
mod principal;
mod rejected;
mod revocations;
mod secret;
mod tickets;
mod verifier;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

pub use access::{Access, Action, Denial, Ownership, REVOKE, SUPPORT};
pub use attempts::Attempts;
pub(crate) use claims::is_name;
pub use issue::{Grant, Issuer};
pub use keys::{Jwks, JwksError, JwksPlace};
pub use principal::{Principal, User};
pub use rejected::Rejected;
pub use revocations::{ListIsFull, REVOCATION_MARGIN, Revocation, Revocations, Target};
pub use secret::{MAX_TOKEN_BYTES, Secret, ShortSecret, Token};
pub use tickets::{TICKET_LIFE, TicketRefused, Tickets};
pub use verifier::{Algorithm, Rules, Verifier};

/// How clients say who they are, and what that lets them do.
pub struct Auth {
    /// Looks at tokens.
    pub verifier: Verifier,
    /// Decides.
    pub access: Access,
    /// Those that are out.
    pub tickets: Tickets,
    /// What does not hold any more.
    pub revocations: Revocations,
    /// What failed at the public doors.
    pub attempts: Attempts,
    /// What failed at the operators': who guesses at the others must not keep them out.
    pub operator_attempts: Attempts,
}

impl Auth {
    /// With nobody's ticket, and nothing revoked. So much may fail in a minute, by address.
    pub fn new(verifier: Verifier, access: Access, failures_per_minute: u32) -> Self {
        Self {
            verifier,
            access,
            tickets: Tickets::default(),
            revocations: Revocations::default(),
            attempts: Attempts::new(failures_per_minute),
            operator_attempts: Attempts::new(failures_per_minute),
        }
    }

    /// Whose token this is. May fetch keys, so it may take as long as that is allowed to.
    ///
    /// # Errors
    /// It is not valid now, or was revoked. Cancel safe.
    pub async fn user_of(&self, token: &Token) -> Result<User, Rejected> {
        let user = self.verifier.verify(token).await?;
        if self.revocations.hit(&user) {
            return Err(Rejected::Revoked);
        }
        Ok(user)
    }

    /// By how much an issuer's clock may be wrong.
    pub fn leeway(&self) -> TimeDelta {
        TimeDelta::from_std(self.verifier.rules().leeway).unwrap_or_default()
    }

    /// Whose ticket this is. It is used up.
    ///
    /// # Errors
    /// There is no such ticket any more, or its token does not hold any more.
    pub fn user_of_ticket(&self, ticket: &str, now: DateTime<Utc>) -> Result<Arc<User>, Rejected> {
        let user = self.tickets.redeem(ticket, now).ok_or(Rejected::Ticket)?;
        if user.expires_at + self.leeway() <= now {
            return Err(Rejected::Expired);
        }
        if self.revocations.hit(&user) {
            return Err(Rejected::Revoked);
        }
        Ok(user)
    }
}
