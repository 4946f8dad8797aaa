//! A request at a door that not everybody may pass: who asks, and what is refused before it is known.

use std::net::IpAddr;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use tokio::time::Instant;
use uuid::Uuid;

use super::Server;
use super::edge::Peer;
use super::guests::Guest;
use crate::audit::{Door, Trail, Why};
use crate::auth::{Action, Attempts, Principal, Rejected};
use crate::metrics::Refused;
use crate::quota::{Quota, TooFast};
use crate::wire::Refusal;

/// A request at a door, with what the audit log is told of it.
pub(super) struct Visit {
    pub(super) door: Door,
    pub(super) peer: Peer,
    pub(super) trail: Trail,
}

/// Counts a request for whom it comes from.
pub(super) fn count(server: &Server, quota: &Quota) -> Result<(), TooFast> {
    quota.frame(Instant::now()).inspect_err(|too_fast| {
        let metrics = &server.services.protocol.metrics().requests;
        let scope = too_fast.party.into();
        metrics.rate_limited.of(scope).increment();
    })
}

/// A visit that has ended before anything was asked.
pub(super) struct TurnedAway {
    /// As it is counted, where a WebSocket was wanted.
    pub(super) cause: Refused,
    response: Box<Response>,
}

impl IntoResponse for TurnedAway {
    fn into_response(self) -> Response {
        *self.response
    }
}

impl Visit {
    /// Of whoever does not ask too often, and no web page sent, or one that may use the server.
    /// `connection` is the id of the WebSocket that is wanted.
    pub(super) fn begin(
        server: &Server,
        guest: &Guest,
        headers: &HeaderMap,
        door: Door,
        connection: Option<Uuid>,
    ) -> Result<Self, TurnedAway> {
        let peer = server.edge.peer(guest.arrival, headers);
        let trail = Trail::new(server.audit.clone(), peer.address.ip(), connection);
        let visit = Self { door, peer, trail };
        let quotas = &server.services.quotas;
        let quota = if visit.is_operators() {
            quotas.of_operator(visit.address())
        } else {
            quotas.of_address(visit.address())
        };
        count(server, &quota).map_err(|too_fast| TurnedAway {
            cause: Refused::RateLimited,
            response: Box::new(Refusal::from(too_fast).into_response()),
        })?;
        if let Err(response) = server.edge.admit(guest.arrival, peer, headers) {
            visit.deny(&Principal::Anonymous, Why::Origin);
            return Err(TurnedAway {
                cause: Refused::Origin,
                response,
            });
        }
        Ok(visit)
    }

    /// Whether a principal may do something, `what` being its name; as its client is told.
    pub(super) fn permit(
        &self,
        server: &Server,
        principal: &Principal,
        action: Action<'_>,
        what: Option<&str>,
    ) -> Result<(), Refusal> {
        let decision = server.services.auth.access.decide(principal, action);
        self.trail.tell(principal, self.door, what, decision)
    }

    /// Tells that somebody was turned away at this door.
    pub(super) fn deny(&self, principal: &Principal, why: Why<'_>) {
        self.trail.denied(principal, self.door, None, why);
    }

    /// Tells that what was shown is not taken, and holds it against the address.
    ///
    /// # Errors
    /// So long, when it is not to learn even that: too much was shown at the same time.
    pub(super) fn reject(&self, server: &Server, rejected: Rejected) -> Result<(), Duration> {
        self.deny(&Principal::Anonymous, Why::Rejected(rejected));
        if rejected.is_failure() {
            self.attempts(server)
                .failed(self.address(), Instant::now())?;
        }
        Ok(())
    }

    /// What has failed at this door, or at others that count with it.
    pub(super) fn attempts<'a>(&self, server: &'a Server) -> &'a Attempts {
        let auth = &server.services.auth;
        if self.is_operators() {
            &auth.operator_attempts
        } else {
            &auth.attempts
        }
    }

    /// Whether it is at the operators' door, where nothing counts that happens at the others.
    pub(super) fn is_operators(&self) -> bool {
        self.door == Door::Revocations
    }

    pub(super) fn address(&self) -> IpAddr {
        self.peer.address.ip()
    }
}
