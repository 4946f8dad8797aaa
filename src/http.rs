//! HTTP: the upgrade to a WebSocket, the documents, requests and publications. axum only here.
//!
//! `listener` accepts, `plain` serves a connection by hyper until it is a WebSocket, `guests` knows
//! all that are not. The routes:
//!
//! | path | what |
//! |---|---|
//! | `GET /ws`, `/ws/{topic}` | the WebSocket; the second is subscribed from the start |
//! | `GET /`, `/assets/{file}` | the dashboard, where the contract has what it shows; or a redirect to the next |
//! | `GET /ws/asyncapi` | the contract as a page |
//! | `GET /ws/asyncapi.json`, `.yaml`, `/ws/schemas.json` | the contract, its frames' schemas |
//! | `GET /ws/asyncapi.client.json` | the contract from the client's side, for others' generators |
//! | `GET /ws/clients/{language}` | a client for the contract, in one file |
//! | `POST /ops/{operation}` | a request without a WebSocket |
//! | `POST /publish/{topic}` | an update of a `source: publish` topic |
//! | `POST /publish/{topic}/snapshot` | the whole state, where updates are changes |
//! | `POST /ws-ticket` | a ticket for a token, for the handshake of a browser |
//! | `GET /healthz`, `/readyz` | for load balancers |
//!
//! On the operators' address: `GET /metrics`, `/healthz`, `/readyz`, `POST /admin/revocations`.

mod answer;
mod clients;
mod credentials;
mod documents;
mod edge;
mod guests;
mod listener;
mod operations;
mod page;
mod plain;
mod tls;
mod tokens;
mod upgrade;
mod upload;
mod visit;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderValue, Method, StatusCode, header, request};
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use tower::util::option_layer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::timeout::TimeoutLayer;

use crate::audit::Audit;
use crate::metrics::CONTENT_TYPE;
use crate::mock::Faults;
use crate::service::Services;
use crate::session::{Connections, SessionLimits, Timing};

pub use documents::Documents;
pub use edge::{Edge, Network, Origin, Origins, TrustedProxies};
pub use listener::{serve, serve_admin};
pub use plain::HttpLimits;
pub use tls::{Certificates, TlsError};

/// A request that takes longer than this is given up.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a browser may remember what a page of another origin may do.
const PREFLIGHT: Duration = Duration::from_secs(600);

/// What the routes share.
pub struct Server {
    /// What answers requests.
    pub services: Arc<Services>,
    /// The open connections.
    pub connections: Arc<Connections>,
    /// What each may do.
    pub limits: Arc<SessionLimits>,
    /// Their times.
    pub timing: Timing,
    /// Who is believed and who is let in before anything is known of them.
    pub edge: Edge,
    /// Where it is written who came and who was turned away.
    pub audit: Audit,
    /// The certificate; `None`: connections are not encrypted.
    pub tls: Option<Certificates>,
    /// What a connection may take that is no WebSocket.
    pub http: HttpLimits,
    /// Messages of at least this many bytes are compressed for clients that can inflate them; `None`:
    /// permessage-deflate is not agreed on.
    pub compression: Option<usize>,
    /// Whether a token may be shown in the address of a WebSocket.
    pub allows_query_token: bool,
    /// What goes wrong on purpose; nothing, but for a mock that was told so.
    pub faults: Option<Arc<Faults>>,
    /// The contract in its written forms.
    pub documents: Documents,
}

/// All routes.
fn router(server: Arc<Server>) -> Router {
    let body_limit = DefaultBodyLimit::max(server.limits.max_frame_bytes);
    let plain = Router::new()
        .route("/", get(page::dashboard))
        .route("/assets/{file}", get(page::dashboard_asset))
        .route("/ws/asyncapi", get(page::docs))
        .route("/ws/asyncapi/assets/{file}", get(page::docs_asset))
        .route("/ws/asyncapi.json", get(documents::json))
        .route("/ws/asyncapi.yaml", get(documents::yaml))
        .route("/ws/asyncapi.client.json", get(documents::client))
        .route("/ws/schemas.json", get(documents::schemas))
        .route("/ws/clients/{*path}", get(clients::client))
        .route("/ops/{operation}", post(operations::perform))
        .route("/ws-ticket", post(tokens::ticket))
        .merge(health())
        .layer(body_limit)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
        ))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    // The way in of updates: whatever stands around it is paid for with each of them.
    let publish = Router::new()
        .route("/publish/{topic}", post(operations::publish))
        .route(
            "/publish/{topic}/snapshot",
            post(operations::publish_snapshot),
        )
        .layer(body_limit);
    Router::new()
        .route("/ws", get(upgrade::socket))
        .route("/ws/{topic}", get(upgrade::socket_on_topic))
        .merge(plain)
        .merge(publish)
        .fallback(answer::not_found)
        .method_not_allowed_fallback(answer::method_not_allowed)
        .layer(option_layer(cors(&server)))
        .layer(CatchPanicLayer::custom(answer::panicked))
        .with_state(server)
}

/// What a load balancer asks for.
fn health() -> Router<Arc<Server>> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
}

/// The routes of operators, on an address of their own: clients have no business there.
fn admin_router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/admin/revocations", post(tokens::revoke))
        .merge(health())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
        ))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .fallback(answer::not_found)
        .method_not_allowed_fallback(answer::method_not_allowed)
        .layer(middleware::from_fn_with_state(
            Arc::clone(&server),
            edge::only_this_machines_names,
        ))
        .layer(CatchPanicLayer::custom(answer::panicked))
        .with_state(server)
}

/// For pages of the listed origins. Others do not get an answer that a browser would show them.
fn cors(server: &Arc<Server>) -> Option<CorsLayer> {
    if server.edge.origins.is_empty() {
        return None;
    }
    let server = Arc::clone(server);
    let listed = move |origin: &HeaderValue, _: &request::Parts| server.edge.origins.lists(origin);
    Some(
        CorsLayer::new()
            .allow_origin(AllowOrigin::predicate(listed))
            .allow_methods([Method::GET, Method::POST])
            .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION])
            .expose_headers([header::ETAG, header::RETRY_AFTER])
            .max_age(PREFLIGHT),
    )
}

/// The page that Prometheus reads. What it costs does not depend on who is connected.
async fn metrics(State(server): State<Arc<Server>>) -> impl IntoResponse {
    let page = server.services.protocol.metrics().page();
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], page)
}

/// Whether new connections are welcome: not while the server stops.
async fn ready(State(server): State<Arc<Server>>) -> (StatusCode, &'static str) {
    if server.connections.stop.has_begun() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else {
        (StatusCode::OK, "ready\n")
    }
}
