//! From what a request shows to its principal. The only place where HTTP gets one.
//!
//! A credential is looked for where the request's kind may have it. There is at most one, and a bad one
//! is refused by 401: nobody who wanted to be somebody is served as nobody.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::Utc;

use super::Server;
use crate::auth::{Action, Principal, Rejected, Token};
use crate::wire::{ErrorCode, Refusal};

/// What an entry of `Sec-WebSocket-Protocol` begins with that is a ticket.
pub(super) const TICKET: &str = "ticket.";

/// A credential, as it was sent.
enum Shown<'a> {
    Ticket(&'a str),
    Token(&'a str),
}

/// Why a request has no principal.
pub(super) struct Unauthenticated(Rejected);

/// The principal of a handshake: by a ticket, by `Authorization`, or, where that is allowed, by
/// `?token=`. Whoever shows nothing is anonymous, also where a token is needed: it may still come.
pub(super) async fn of_handshake(
    server: &Server,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Arc<Principal>, Unauthenticated> {
    let mut shown = tickets(headers).map(Shown::Ticket).collect::<Vec<_>>();
    shown.extend(bearer(headers)?);
    let in_address = tokens_of(query.unwrap_or_default()).map(Shown::Token);
    let before = shown.len();
    shown.extend(in_address);
    if shown.len() > before && !server.allows_query_token {
        return Err(Unauthenticated(Rejected::Place));
    }
    principal(server, shown).await
}

/// The principal of a request that is no handshake: by `Authorization`. It may ask something.
pub(super) async fn of_request(
    server: &Server,
    headers: &HeaderMap,
) -> Result<Arc<Principal>, Unauthenticated> {
    let principal = principal(server, bearer(headers)?).await?;
    let permitted = server.services.auth.permit(&principal, Action::Connect);
    permitted.map_err(|_| Unauthenticated(Rejected::Missing))?;
    Ok(principal)
}

impl Unauthenticated {
    /// Nothing was shown, and something has to be.
    pub(super) const MISSING: Self = Self(Rejected::Missing);
}

impl IntoResponse for Unauthenticated {
    fn into_response(self) -> Response {
        let refusal: Refusal = self.0.refusal();
        let is_invalid = refusal.code == ErrorCode::Unauthenticated && self.0 != Rejected::Missing;
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
    shown: impl IntoIterator<Item = Shown<'_>>,
) -> Result<Arc<Principal>, Unauthenticated> {
    let mut shown = shown.into_iter();
    let auth = &server.services.auth;
    let found = match (shown.next(), shown.next()) {
        (None, _) => return Ok(Arc::new(Principal::Anonymous)),
        (Some(_), Some(_)) => Err(Rejected::Several),
        (Some(Shown::Ticket(ticket)), None) => auth
            .user_of_ticket(ticket, Utc::now())
            .map(Arc::unwrap_or_clone),
        (Some(Shown::Token(token)), None) => match Token::new(token) {
            Ok(token) => auth.user_of(&token).await,
            Err(rejected) => Err(rejected),
        },
    };
    match found {
        Ok(user) => Ok(Arc::new(Principal::User(user))),
        Err(rejected) => {
            tracing::debug!(%rejected, "not authenticated");
            Err(Unauthenticated(rejected))
        }
    }
}

fn tickets(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    super::upgrade::offered_protocols(headers).filter_map(|entry| entry.strip_prefix(TICKET))
}

/// The token of `Authorization: Bearer`. Another scheme, or what is no text, is a bad credential.
fn bearer(headers: &HeaderMap) -> Result<Vec<Shown<'_>>, Unauthenticated> {
    let fields = headers.get_all(header::AUTHORIZATION).iter();
    fields
        .map(|value| {
            let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
            scheme
                .eq_ignore_ascii_case("bearer")
                .then_some(Shown::Token(token.trim()))
        })
        .collect::<Option<Vec<_>>>()
        .ok_or(Unauthenticated(Rejected::Malformed))
}

/// The values of `token` in a query. A token has no character that would have to be escaped.
fn tokens_of(query: &str) -> impl Iterator<Item = &str> {
    query
        .split('&')
        .filter_map(|pair| pair.strip_prefix("token="))
}
