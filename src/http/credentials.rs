//! From what a request shows to its principal. The only place where HTTP gets one.
//!
//! A credential is looked for where the request's kind may have it. There is at most one, and a bad one
//! is refused by 401: nobody who wanted to be somebody is served as nobody.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use tokio::time::Instant;

use super::Server;
use super::visit::{self, Visit};
use crate::audit::{Door, Shown, Why};
use crate::auth::{Action, Principal, Rejected, Token, User};
use crate::metrics::Refused;
use crate::quota::TooFast;
use crate::wire::{ErrorCode, Refusal};

/// What an entry of `Sec-WebSocket-Protocol` begins with that is a ticket.
pub(super) const TICKET: &str = "ticket.";

/// A credential, as it was sent.
enum Credential<'a> {
    Ticket(&'a str),
    Header(&'a str),
    Query(&'a str),
}

/// Why a request has no principal.
pub(super) enum Unauthenticated {
    /// What it shows is not taken, or it shows nothing.
    Rejected(Rejected),
    /// What it shows is not looked at for so long.
    TooManyFailures(Duration),
    /// Its user asks too often.
    TooFast(TooFast),
}

/// The principal of a handshake: by a ticket, by `Authorization`, or, where that is allowed, by
/// `?token=`. Whoever shows nothing is anonymous, also where a token is needed: it may still come.
pub(super) async fn of_handshake(
    server: &Server,
    visit: &Visit,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Arc<Principal>, Unauthenticated> {
    let in_address: Vec<_> = tokens_of(query.unwrap_or_default()).collect();
    let mut protocols = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
    let shown = if protocols.any(|value| value.to_str().is_err()) {
        // Nobody knows whether there is a ticket in it.
        Err(Rejected::Malformed)
    } else if in_address.is_empty() || server.allows_query_token {
        bearer(headers).map(|bearer| {
            let in_address = in_address.iter().map(|token| Credential::Query(token));
            tickets(headers).chain(bearer).chain(in_address).collect()
        })
    } else {
        Err(Rejected::Place)
    };
    principal(server, visit, shown).await
}

/// The principal of a request that is no handshake: by `Authorization`. It may ask something.
pub(super) async fn of_request(
    server: &Server,
    visit: &Visit,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Arc<Principal>, Unauthenticated> {
    let shown = match tokens_of(query.unwrap_or_default()).next() {
        Some(_) => Err(Rejected::Place),
        None => bearer(headers),
    };
    let principal = principal(server, visit, shown).await?;
    let access = &server.services.auth.access;
    match access.decide(&principal, Action::Connect) {
        Ok(()) => Ok(principal),
        Err(_) => Err(Unauthenticated::missing(visit)),
    }
}

impl Unauthenticated {
    /// Nothing was shown, and something has to be.
    pub(super) fn missing(visit: &Visit) -> Self {
        visit.deny(&Principal::Anonymous, Why::Rejected(Rejected::Missing));
        Self::Rejected(Rejected::Missing)
    }

    /// As it is counted.
    pub(super) fn cause(&self) -> Refused {
        match self {
            Self::Rejected(_) => Refused::Unauthenticated,
            Self::TooManyFailures(_) => Refused::TooManyFailures,
            Self::TooFast(_) => Refused::RateLimited,
        }
    }
}

impl IntoResponse for Unauthenticated {
    fn into_response(self) -> Response {
        let rejected = match self {
            Self::Rejected(rejected) => rejected,
            Self::TooManyFailures(wait) => return Refusal::rate_limited(wait).into_response(),
            Self::TooFast(too_fast) => return Refusal::from(too_fast).into_response(),
        };
        let refusal: Refusal = rejected.refusal();
        let is_invalid =
            refusal.code == ErrorCode::Unauthenticated && rejected != Rejected::Missing;
        let mut response = refusal.into_response();
        if is_invalid {
            // RFC 6750 section 3.1; who shows nothing gets the challenge alone.
            let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

async fn principal(
    server: &Server,
    visit: &Visit,
    shown: Result<Vec<Credential<'_>>, Rejected>,
) -> Result<Arc<Principal>, Unauthenticated> {
    if shown.as_ref().is_ok_and(Vec::is_empty) {
        return Ok(Arc::new(Principal::Anonymous));
    }
    // Before anything is verified: that is what somebody who guesses makes us do.
    let attempts = visit.attempts(server);
    if let Err(wait) = attempts.admit(visit.address(), Instant::now()) {
        visit.deny(&Principal::Anonymous, Why::TooManyFailures);
        return Err(Unauthenticated::TooManyFailures(wait));
    }
    let found = match shown.as_deref() {
        Ok([credential]) => user(server, credential).await,
        Ok(_) => Err(Rejected::Several),
        Err(rejected) => Err(*rejected),
    };
    let (user, shown) = found.map_err(|rejected| match visit.reject(server, rejected) {
        Ok(()) => Unauthenticated::Rejected(rejected),
        Err(wait) => Unauthenticated::TooManyFailures(wait),
    })?;
    if !visit.is_operators() {
        let quota = server.services.quotas.of_user(&user.sub);
        visit::count(server, &quota).map_err(Unauthenticated::TooFast)?;
    }
    let user = Principal::User(user);
    // Of other requests there may be thousands a second, of one principal.
    if matches!(visit.door, Door::Connect | Door::Ticket) {
        visit.trail.authenticated(&user, visit.door, shown);
    }
    Ok(Arc::new(user))
}

async fn user(server: &Server, credential: &Credential<'_>) -> Result<(User, Shown), Rejected> {
    let auth = &server.services.auth;
    let (token, shown) = match *credential {
        Credential::Ticket(ticket) => {
            let user = auth.user_of_ticket(ticket, Utc::now())?;
            return Ok((Arc::unwrap_or_clone(user), Shown::Ticket));
        }
        Credential::Header(token) => (token, Shown::Header),
        Credential::Query(token) => (token, Shown::Query),
    };
    let user = auth.user_of(&Token::new(token)?).await?;
    Ok((user, shown))
}

fn tickets(headers: &HeaderMap) -> impl Iterator<Item = Credential<'_>> {
    let offered = super::upgrade::offered_protocols(headers);
    let tickets = offered.filter_map(|entry| entry.strip_prefix(TICKET));
    tickets.map(Credential::Ticket)
}

/// The token of `Authorization: Bearer`. Another scheme, or what is no text, is a bad credential.
fn bearer(headers: &HeaderMap) -> Result<Vec<Credential<'_>>, Rejected> {
    let fields = headers.get_all(header::AUTHORIZATION).iter();
    fields
        .map(|value| {
            let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
            scheme
                .eq_ignore_ascii_case("bearer")
                .then_some(Credential::Header(token.trim()))
        })
        .collect::<Option<Vec<_>>>()
        .ok_or(Rejected::Malformed)
}

/// The values of `token` in a query, however that is written.
fn tokens_of(query: &str) -> impl Iterator<Item = Cow<'_, str>> {
    form_urlencoded::parse(query.as_bytes())
        .filter_map(|(name, value)| (name == "token").then_some(value))
}
