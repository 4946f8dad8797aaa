//! Requests and publications by POST: the same validation and dispatch as on a socket.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use chrono::Utc;
use serde_json::{Value, json};
use tickwire_spec::OperationKind;

use super::answer::{Named, refuse, refuse_as};
use super::guests::Guest;
use super::visit::Visit;
use super::{REQUEST_TIMEOUT, Server, credentials};
use crate::audit::Door;
use crate::auth::{Action, Principal};
use crate::metrics::Way;
use crate::service::Call;
use crate::session;
use crate::wire::{Detail, ErrorCode, PublicationKind, Refusal};

/// `POST /ops/bars.history` with the payload as body; answers with the payload of the reply.
pub(super) async fn perform(
    State(server): State<Arc<Server>>,
    Named(name): Named,
    Extension(guest): Extension<Arc<Guest>>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let visit = match Visit::begin(&server, &guest, &headers, Door::Ops, None) {
        Ok(visit) => visit,
        Err(turned_away) => return turned_away.into_response(),
    };
    let principal = match credentials::of_request(&server, &visit, &headers, uri.query()).await {
        Ok(principal) => principal,
        Err(unauthenticated) => return unauthenticated.into_response(),
    };
    let payload = match json_body(&server, &headers, body) {
        Ok(payload) => payload,
        Err(response) => return *response,
    };
    match answer(&server, &visit, principal, &name, payload).await {
        Ok(reply) => Json(reply).into_response(),
        Err(refusal) => refuse(
            &refusal,
            server.services.protocol.defines(&name).then_some(&name),
        ),
    }
}

async fn answer(
    server: &Server,
    visit: &Visit,
    principal: Arc<Principal>,
    name: &str,
    payload: Value,
) -> Result<Value, Refusal> {
    let protocol = &server.services.protocol;
    let frame = json!({"type": name, "payload": payload});
    let request = protocol
        .judge(frame)
        .map_err(|rejection| pointing_into_payload(rejection.refusal))?;
    let operation = protocol.operation(&request);
    visit.permit(server, &principal, Action::Request(operation), Some(name))?;
    match (operation.kind, name) {
        (OperationKind::Session, "ping") => return Ok(session::pong(Utc::now())),
        (OperationKind::Request, _) => {}
        _ => {
            let message = format!("{name:?} needs a WebSocket: connect to /ws");
            return Err(Refusal::new(ErrorCode::ConnectionRequired, message));
        }
    }
    let reply_type = operation.reply.clone().unwrap_or_default();
    let call = Call {
        principal,
        connection: None,
    };
    let reply = server
        .services
        .call(name, call, request.into_payload())
        .await;
    let reply = reply.map_err(pointing_into_payload)?;
    protocol.check_reply(&reply_type, &reply).map_err(|violation| {
        tracing::error!(wire_type = reply_type, %violation, "refused to send what breaks the contract");
        Refusal::internal()
    })?;
    Ok(reply)
}

/// `POST /publish/{topic}` with the payload of the update as body.
pub(super) async fn publish(
    State(server): State<Arc<Server>>,
    Named(topic): Named,
    Extension(guest): Extension<Arc<Guest>>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let visit = match Visit::begin(&server, &guest, &headers, Door::Publish, None) {
        Ok(visit) => visit,
        Err(turned_away) => return turned_away.into_response(),
    };
    published(
        &server,
        &visit,
        (&topic, PublicationKind::Update),
        &headers,
        request,
    )
    .await
}

/// `POST /publish/{topic}/snapshot` with the payload of the snapshot as body.
pub(super) async fn publish_snapshot(
    State(server): State<Arc<Server>>,
    Named(topic): Named,
    Extension(guest): Extension<Arc<Guest>>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let visit = match Visit::begin(&server, &guest, &headers, Door::Publish, None) {
        Ok(visit) => visit,
        Err(turned_away) => return turned_away.into_response(),
    };
    published(
        &server,
        &visit,
        (&topic, PublicationKind::Snapshot),
        &headers,
        request,
    )
    .await
}

async fn published(
    server: &Server,
    visit: &Visit,
    (topic, kind): (&str, PublicationKind),
    headers: &HeaderMap,
    request: Request,
) -> Response {
    let protocol = &server.services.protocol;
    let principal =
        match credentials::of_request(server, visit, headers, request.uri().query()).await {
            Ok(principal) => principal,
            Err(unauthenticated) => return unauthenticated.into_response(),
        };
    // Only now: who may not come in is not told what there is.
    let topic_id = match protocol.topic(topic) {
        Ok(topic) => topic,
        Err(refusal) => return refuse(&refusal, None),
    };
    let action = Action::Publish(protocol.family(topic_id.family()));
    if let Err(refusal) = visit.permit(server, &principal, action, Some(topic)) {
        return refuse(&refusal, None);
    }
    // Nearly always the body is here already, and nobody waits.
    let body = Bytes::from_request(request, &());
    let Ok(body) = tokio::time::timeout(REQUEST_TIMEOUT, body).await else {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
    let payload = match json_body(server, headers, body) {
        Ok(payload) => payload,
        Err(response) => return *response,
    };
    let hub = &server.services.hub;
    match hub.publish(&topic_id, kind, &payload).await {
        Ok((position, receivers)) => Json(json!({
            "topic": topic, "epoch": *position.epoch, "seq": position.seq, "receivers": receivers,
        }))
        .into_response(),
        Err(refusal) => refuse(&refusal, None),
    }
}

/// The body as JSON. Its type has to be said: a page of another origin cannot say so without
/// asking first (CORS), so that a browser is no way in.
pub(super) fn json_body(
    server: &Server,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Value, Box<Response>> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = content_type
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        let refusal = Refusal::new(
            ErrorCode::UnsupportedData,
            "content-type must be application/json",
        );
        return Err(Box::new(refuse(&refusal, None)));
    }
    let body = body.map_err(|rejection| {
        let message = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let max_bytes = server.limits.max_frame_bytes;
            format!("the body is larger than {max_bytes} bytes")
        } else {
            rejection.body_text()
        };
        let refusal = Refusal::new(ErrorCode::InvalidFrame, message);
        Box::new(refuse_as(rejection.status(), &refusal))
    })?;
    if body.is_empty() {
        return Ok(json!({}));
    }
    crate::wire::parse_json(&body).map_err(|error| {
        server.services.protocol.count_invalid(None, Way::In);
        let refusal = Refusal::new(
            ErrorCode::InvalidJson,
            format!("not acceptable JSON: {error}"),
        );
        Box::new(refuse_as(StatusCode::BAD_REQUEST, &refusal))
    })
}

/// The client sent a payload, not a frame, so pointers start there.
fn pointing_into_payload(mut refusal: Refusal) -> Refusal {
    for Detail { pointer, .. } in &mut refusal.details {
        if let Some(rest) = pointer.strip_prefix("/payload") {
            *pointer = rest.to_owned();
        }
    }
    refusal
}
