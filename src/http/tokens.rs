//! `POST /ws-ticket` and `POST /admin/revocations`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use chrono::{TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Server;
use super::answer::refuse;
use super::credentials::{self, Unauthenticated};
use super::guests::Guest;
use super::operations::json_body;
use super::visit::Visit;
use crate::audit::Door;
use crate::auth::{
    Action, REVOCATION_MARGIN, Revocation, TICKET_LIFE, Target, TicketRefused, is_name,
};
use crate::wire::{Detail, ErrorCode, Refusal};

/// A ticket for whoever shows a token.
pub(super) async fn ticket(
    State(server): State<Arc<Server>>,
    Extension(guest): Extension<Arc<Guest>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let visit = match Visit::begin(&server, &guest, &headers, Door::Ticket, None) {
        Ok(visit) => visit,
        Err(turned_away) => return turned_away.into_response(),
    };
    let principal = match credentials::of_request(&server, &visit, &headers, uri.query()).await {
        Ok(principal) => principal,
        Err(unauthenticated) => return unauthenticated.into_response(),
    };
    let Some(user) = principal.user() else {
        return Unauthenticated::missing(&visit).into_response();
    };
    let auth = &server.services.auth;
    let mut response = match auth.tickets.issue(user.clone(), Utc::now()) {
        Ok(ticket) => {
            let life = TICKET_LIFE.num_milliseconds();
            Json(json!({"ticket": ticket, "expires_in_ms": life})).into_response()
        }
        Err(refused @ TicketRefused::TooMany) => {
            let mut refusal = Refusal::new(ErrorCode::LimitExceeded, refused.to_string());
            refusal.retry_after = TICKET_LIFE.to_std().ok();
            refusal.into_response()
        }
        Err(refused @ TicketRefused::NoRandomness) => {
            tracing::error!(error = %refused, "cannot make a ticket");
            Refusal::internal().into_response()
        }
    };
    let not_kept = HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, not_kept);
    response
}

/// What is to be revoked: a token, or all of somebody's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Wanted {
    Jti(String),
    Sub(String),
}

/// Revokes, and closes the connections that this concerns.
pub(super) async fn revoke(
    State(server): State<Arc<Server>>,
    Extension(guest): Extension<Arc<Guest>>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let visit = match Visit::begin(&server, &guest, &headers, Door::Revocations, None) {
        Ok(visit) => visit,
        Err(turned_away) => return turned_away.into_response(),
    };
    let principal = match credentials::of_request(&server, &visit, &headers, uri.query()).await {
        Ok(principal) => principal,
        Err(unauthenticated) => return unauthenticated.into_response(),
    };
    if let Err(refusal) = visit.permit(&server, &principal, Action::Revoke, None) {
        return refusal.into_response();
    }
    let payload = match json_body(&server, &headers, body) {
        Ok(payload) => payload,
        Err(response) => return *response,
    };
    match apply(&server, payload) {
        Ok(revocation) => {
            let what = match &revocation.target {
                Target::Jti(id) => format!("jti:{id}"),
                Target::Sub(sub) => format!("sub:{sub}"),
            };
            visit.trail.revoked(&principal, &what);
            Json(json!({"until": revocation.until})).into_response()
        }
        Err(refusal) => refuse(&refusal, None),
    }
}

fn apply(server: &Server, payload: Value) -> Result<Revocation, Refusal> {
    let target = match serde_json::from_value(payload) {
        Ok(Wanted::Jti(id)) if is_name(&id) => Target::Jti(id),
        Ok(Wanted::Sub(sub)) if is_name(&sub) => Target::Sub(sub),
        _ => {
            let message = "expected {\"jti\": …} or {\"sub\": …}, as a token may have it";
            let details = vec![Detail::new("", message)];
            let code = ErrorCode::InvalidFrame;
            return Err(Refusal::with_details(code, message, details));
        }
    };
    let auth = &server.services.auth;
    let now = Utc::now();
    // By then, every token of before has expired.
    let lifetime = auth.verifier.rules().max_lifetime + REVOCATION_MARGIN;
    let until = TimeDelta::from_std(lifetime).ok();
    let until = until.and_then(|lifetime| now.checked_add_signed(lifetime));
    let revocation = Revocation {
        target,
        at: now + auth.leeway(),
        until: until.unwrap_or(chrono::DateTime::<Utc>::MAX_UTC),
    };
    auth.revocations
        .apply(revocation.clone(), now)
        .map_err(|full| {
            tracing::error!(error = %full, "cannot revoke");
            Refusal::new(ErrorCode::LimitExceeded, full.to_string())
        })?;
    server.connections.call_attention();
    Ok(revocation)
}
