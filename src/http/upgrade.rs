//! From an HTTP request to a WebSocket (RFC 6455 section 4.2).

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use hyper::upgrade::{OnUpgrade, Parts, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;
use tracing::Instrument;
use uuid::Uuid;

use super::Server;
use super::answer::{Named, refuse_as};
use super::credentials::{self, TICKET, Unauthenticated};
use super::guests::Guest;
use super::visit::Visit;
use crate::audit::{Door, Why};
use crate::auth::{Action, Principal};
use crate::delivery::{OutboxConfig, Transport};
use crate::metrics::Refused;
use crate::quota::Share;
use crate::service::Services;
use crate::session::{Caller, Connection, Session};
use crate::wire::websocket::{Deflate, accept_key};
use crate::wire::{CloseCode, Compressed, Encoding, ErrorCode, Format, Refusal, TopicId};

pub(super) async fn socket(State(server): State<Arc<Server>>, request: Request) -> Response {
    upgrade(&server, request, None).await
}

pub(super) async fn socket_on_topic(
    State(server): State<Arc<Server>>,
    Named(topic): Named,
    request: Request,
) -> Response {
    upgrade(&server, request, Some(topic)).await
}

fn count_refused(server: &Server, cause: Refused) {
    let metrics = server.services.protocol.metrics();
    metrics.connections.refused.of(cause).increment();
}

async fn upgrade(server: &Arc<Server>, mut request: Request, topic: Option<String>) -> Response {
    let key = match handshake_key(&request) {
        Ok(key) => key,
        Err(response) => {
            count_refused(server, Refused::Handshake);
            return *response;
        }
    };
    if server.connections.stop.has_begun() {
        count_refused(server, Refused::Stopping);
        return Refusal::new(ErrorCode::Unavailable, "the server is stopping").into_response();
    }
    if server
        .faults
        .as_ref()
        .is_some_and(|it| it.refuse_handshake())
    {
        count_refused(server, Refused::Stopping);
        return Refusal::new(ErrorCode::Unavailable, "on purpose (--mock-faults)").into_response();
    }
    let extensions = request.extensions_mut();
    let guest = extensions.remove::<Arc<Guest>>();
    let (Some(on_upgrade), Some(guest)) = (extensions.remove::<OnUpgrade>(), guest) else {
        count_refused(server, Refused::Handshake);
        return refuse_upgrade(
            StatusCode::UPGRADE_REQUIRED,
            "this connection cannot be upgraded",
        );
    };
    let id = Uuid::new_v4();
    let (headers, query) = (request.headers(), request.uri().query());
    let visit = match Visit::begin(server, &guest, headers, Door::Connect, Some(id)) {
        Ok(visit) => visit,
        Err(turned_away) => {
            count_refused(server, turned_away.cause);
            return turned_away.into_response();
        }
    };
    let principal = match principal(server, &visit, headers, query).await {
        Ok(principal) => principal,
        Err(unauthenticated) => {
            count_refused(server, unauthenticated.cause());
            return unauthenticated.into_response();
        }
    };
    // Only now: who may not come in is not told what there is.
    let topic = topic.map(|topic| server.services.protocol.topic(&topic));
    let topic = match topic.transpose() {
        Ok(topic) => topic,
        Err(refusal) => {
            count_refused(server, Refused::Topic);
            return refusal.into_response();
        }
    };
    // A ticket is no protocol, and is not repeated.
    let offered: Vec<&str> = offered_protocols(request.headers())
        .filter(|name| !name.starts_with(TICKET))
        .collect();
    // The client's order is its preference.
    let format = offered.iter().find_map(|name| {
        Format::ALL
            .into_iter()
            .find(|format| format.subprotocol() == *name)
    });
    // Refused in the WebSocket, not before: only there can a browser's client read the reason.
    let refused = (!offered.is_empty() && format.is_none())
        .then_some((CloseCode::NoCommonSubprotocol, Refused::Subprotocol));
    let deflate = server.compression.and_then(|threshold| {
        let deflate =
            Deflate::negotiate(values(request.headers(), header::SEC_WEBSOCKET_EXTENSIONS));
        deflate.map(|deflate| Compressed { deflate, threshold })
    });
    let encoding = Encoding {
        format: format.unwrap_or_default(),
        deflate,
    };
    let server_for_task = Arc::clone(server);
    let span = tracing::debug_span!("connection", %id);
    let task = async move {
        match on_upgrade.await {
            Ok(upgraded) => match transport(upgraded) {
                Some((socket, early)) => {
                    let opened = Opened {
                        id,
                        guest,
                        principal,
                        visit,
                        encoding,
                        topic,
                        refused,
                    };
                    run(server_for_task, socket, early, opened).await;
                }
                None => tracing::error!("a connection that is no stream of ours"),
            },
            Err(error) => tracing::debug!(%error, "the upgrade did not come about"),
        }
    };
    server.connections.tasks.spawn(task.instrument(span));

    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    if let Ok(accept) = HeaderValue::from_str(&accept_key(&key)) {
        headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    }
    // A refused client is given the first that it offered: without any, browsers fail the handshake
    // themselves, and nobody reads the close code.
    let protocol = match format {
        Some(format) => Some(format.subprotocol()),
        None => offered.first().copied(),
    };
    if let Some(Ok(protocol)) = protocol.map(HeaderValue::from_str) {
        headers.insert(header::SEC_WEBSOCKET_PROTOCOL, protocol);
    }
    if let Some(Compressed { deflate, .. }) = deflate {
        let answer = HeaderValue::from_static(deflate.answer());
        headers.insert(header::SEC_WEBSOCKET_EXTENSIONS, answer);
    }
    response
}

/// Who opens the WebSocket. Where nobody is served without a token, that may still come in the first
/// message, in contracts that have it.
async fn principal(
    server: &Server,
    visit: &Visit,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Arc<Principal>, Unauthenticated> {
    let principal = credentials::of_handshake(server, visit, headers, query).await?;
    let Services { auth, protocol, .. } = &*server.services;
    if protocol.defines("auth") || auth.access.decide(&principal, Action::Connect).is_ok() {
        Ok(principal)
    } else {
        Err(Unauthenticated::missing(visit))
    }
}

/// The stream below HTTP, and what has been read of it already. That is copied, so that the buffer in
/// which the request was read is freed.
fn transport(upgraded: Upgraded) -> Option<(Transport, Bytes)> {
    let early = |read: Bytes| Bytes::copy_from_slice(&read);
    let upgraded = match upgraded.downcast::<TokioIo<TcpStream>>() {
        Ok(Parts { io, read_buf, .. }) => {
            return Some((Transport::Tcp(io.into_inner()), early(read_buf)));
        }
        Err(upgraded) => upgraded,
    };
    let Parts { io, read_buf, .. } = upgraded.downcast::<TokioIo<TlsStream<TcpStream>>>().ok()?;
    Some((Transport::other(io.into_inner()), early(read_buf)))
}

/// What came of a handshake.
struct Opened {
    id: Uuid,
    guest: Arc<Guest>,
    principal: Arc<Principal>,
    visit: Visit,
    encoding: Encoding,
    topic: Option<TopicId>,
    refused: Option<(CloseCode, Refused)>,
}

async fn run(server: Arc<Server>, socket: Transport, early: Bytes, opened: Opened) {
    let Opened {
        id,
        guest,
        principal,
        visit,
        encoding,
        topic,
        refused,
    } = opened;
    let services = Arc::clone(&server.services);
    let mut session = Session::new(
        Arc::clone(&services.protocol),
        Arc::clone(&server.limits),
        Caller {
            auth: Arc::clone(&services.auth),
            principal: Arc::clone(&principal),
            share: Share::new(&services.quotas, visit.address()),
            trail: visit.trail.clone(),
        },
        services.hub.outbox(OutboxConfig {
            max_bytes: server.limits.max_outbox_bytes,
            max_age: server.limits.max_outbox_age,
            encoding,
        }),
        id,
        Utc::now(),
    );
    let stop = server.connections.stop.clone();
    let admission = match refused {
        Some(refused) => Err(refused),
        None => server
            .connections
            .admit(id)
            .and_then(|admission| session.enter().map(|()| admission))
            .map_err(|refused| (CloseCode::ConnectionLimit, refused)),
    };
    let admission = match admission {
        Ok(admission) => admission,
        Err((code, cause)) => {
            count_refused(&server, cause);
            visit.deny(&principal, Why::Limit(cause));
            let connection = Connection::new(socket, early, session, services, server.timing, stop);
            // No connection of ours, so it stays a guest, and as such makes room for others.
            tokio::select! {
                () = connection.refuse(code) => {}
                () = guest.dismissed() => {}
            }
            return;
        }
    };
    drop(guest);
    let counted = services.protocol.metrics().connections.opened();
    session.welcome(server.timing.heartbeat, Utc::now());
    admission.reach(session.outbox());
    let _fault = server
        .faults
        .as_ref()
        .map(|it| it.accompany(session.outbox()));
    let connection = Connection::new(socket, early, session, services, server.timing, stop);
    tracing::debug!("connection opened");
    let code = connection.run(topic).await;
    drop(admission);
    counted.closed(code.code());
    tracing::debug!(code = code.code(), "connection closed");
}

/// The client's key, if this is a WebSocket handshake.
fn handshake_key(request: &Request) -> Result<String, Box<Response>> {
    let headers = request.headers();
    let lists = |name, token: &str| {
        headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|part| part.trim().eq_ignore_ascii_case(token))
    };
    if !lists(header::UPGRADE, "websocket") || !lists(header::CONNECTION, "upgrade") {
        let text = "this is a WebSocket endpoint: connect with a WebSocket client";
        return Err(Box::new(refuse_upgrade(StatusCode::UPGRADE_REQUIRED, text)));
    }
    let has_body = headers.contains_key(header::TRANSFER_ENCODING)
        || headers
            .get(header::CONTENT_LENGTH)
            .is_some_and(|length| length != "0");
    if request.method() != Method::GET || has_body {
        return Err(Box::new(refuse_upgrade(
            StatusCode::BAD_REQUEST,
            "the handshake is a GET without a body",
        )));
    }
    if request.version() != Version::HTTP_11 {
        return Err(Box::new(refuse_upgrade(
            StatusCode::BAD_REQUEST,
            "the handshake needs HTTP/1.1",
        )));
    }
    if headers
        .get(header::SEC_WEBSOCKET_VERSION)
        .is_none_or(|version| version != "13")
    {
        let mut response = refuse_upgrade(
            StatusCode::UPGRADE_REQUIRED,
            "sec-websocket-version must be 13",
        );
        let version = HeaderValue::from_static("13");
        response
            .headers_mut()
            .insert(header::SEC_WEBSOCKET_VERSION, version);
        return Err(Box::new(response));
    }
    // 16 bytes in base64: 22 digits and two signs of padding.
    let key = headers
        .get(header::SEC_WEBSOCKET_KEY)
        .and_then(|key| key.to_str().ok());
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    match key.and_then(|key| Some((key, key.strip_suffix("==")?))) {
        Some((key, digits)) if digits.len() == 22 && digits.bytes().all(is_base64) => {
            Ok(key.to_owned())
        }
        _ => Err(Box::new(refuse_upgrade(
            StatusCode::BAD_REQUEST,
            "sec-websocket-key must be 16 bytes in base64",
        ))),
    }
}

pub(super) fn offered_protocols(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    values(headers, header::SEC_WEBSOCKET_PROTOCOL)
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

fn values(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
}

fn refuse_upgrade(status: StatusCode, message: &str) -> Response {
    let mut response = refuse_as(
        status,
        &Refusal::new(ErrorCode::ConnectionRequired, message),
    );
    if status == StatusCode::UPGRADE_REQUIRED {
        // RFC 9110 section 15.5.22 wants the first, section 7.8 the second with it.
        let headers = response.headers_mut();
        headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    }
    response
}
