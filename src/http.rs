//! HTTP: the upgrade to a WebSocket, the documents, requests and publications. axum only here.
//!
//! `listener` accepts, `plain` serves a connection by hyper until it is a WebSocket, `guests` knows
//! all that are not. The routes:
//!
//! | path | what |
//! |---|---|
//! | `GET /ws`, `/ws/{topic}` | the WebSocket; the second is subscribed from the start |
//! | `GET /ws/asyncapi` | the contract as a page |
//! | `GET /ws/asyncapi.json`, `.yaml`, `/ws/schemas.json` | the contract, its frames' schemas |
//! | `GET /ws/asyncapi.client.json` | the contract from the client's side, for others' generators |
//! | `GET /ws/clients/{language}` | a client for the contract, in one file |
//! | `POST /ops/{operation}` | a request without a WebSocket |
//! | `POST /publish/{topic}` | an update of a `source: publish` topic |
//! | `POST /publish/{topic}/snapshot` | the whole state, where updates are changes |
//! | `GET /healthz`, `/readyz`, `/metrics` | for whoever watches over the process |

mod answer;
mod clients;
mod documents;
mod guests;
mod listener;
mod operations;
mod page;
mod plain;
mod upgrade;
mod upload;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::metrics::CONTENT_TYPE;
use crate::mock::Faults;
use crate::service::Services;
use crate::session::{Connections, SessionLimits, Timing};

pub use documents::Documents;
pub use listener::serve;
pub use plain::HttpLimits;

/// A request that takes longer than this is given up.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

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
    /// What a connection may take that is no WebSocket.
    pub http: HttpLimits,
    /// Messages of at least this many bytes are compressed for clients that can inflate them; `None`:
    /// permessage-deflate is not agreed on.
    pub compression: Option<usize>,
    /// What goes wrong on purpose; nothing, but for a mock that was told so.
    pub faults: Option<Arc<Faults>>,
    /// The contract in its written forms.
    pub documents: Documents,
}

/// All routes.
fn router(server: Arc<Server>) -> Router {
    let body_limit = DefaultBodyLimit::max(server.limits.max_frame_bytes);
    let plain = Router::new()
        .route("/", get(|| async { Redirect::temporary("ws/asyncapi") }))
        .route("/ws/asyncapi", get(page::index))
        .route("/ws/asyncapi/assets/{file}", get(page::asset))
        .route("/ws/asyncapi.json", get(documents::json))
        .route("/ws/asyncapi.yaml", get(documents::yaml))
        .route("/ws/asyncapi.client.json", get(documents::client))
        .route("/ws/schemas.json", get(documents::schemas))
        .route("/ws/clients/{*path}", get(clients::client))
        .route("/ops/{operation}", post(operations::perform))
        .merge(watching())
        .layer(body_limit)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
        ))
        .layer(CompressionLayer::new());
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
        .layer(CatchPanicLayer::custom(answer::panicked))
        .with_state(server)
}

/// What whoever watches over the process asks for. Apart from the rest, since it need not be where
/// clients are.
fn watching() -> Router<Arc<Server>> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
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
