//! The contract in its written forms, and the clients made from it, each with an ETag.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::Server;
use super::clients::Clients;
use crate::wire::Protocol;

/// What is served of a contract.
pub struct Documents {
    json: Document,
    yaml: Document,
    client: Document,
    schemas: Document,
    pub(super) clients: Clients,
}

/// Bytes that do not change while the server runs.
pub(super) struct Document {
    body: Bytes,
    content_type: &'static str,
    etag: HeaderValue,
}

impl Documents {
    /// Writes a contract in all its forms.
    pub fn new(protocol: &Protocol) -> Self {
        let contract = protocol.contract();
        Self {
            json: Document::new(contract.json.clone(), "application/json"),
            yaml: Document::new(contract.source.clone(), "application/yaml"),
            client: Document::new(
                tickwire_clients::client_document(contract).to_string(),
                "application/json",
            ),
            schemas: Document::new(
                contract.schemas_document().to_string(),
                "application/schema+json",
            ),
            clients: Clients::new(contract),
        }
    }
}

impl Document {
    pub(super) fn new(body: impl Into<Bytes>, content_type: &'static str) -> Self {
        let body = body.into();
        // A weak tag: the compressed forms of a document share it.
        let hash: String = Sha256::digest(&body)
            .iter()
            .take(16)
            .map(|b| format!("{b:02x}"))
            .collect();
        let etag = HeaderValue::from_str(&format!("W/\"{hash}\""))
            .unwrap_or(HeaderValue::from_static("W/\"\""));
        Self {
            body,
            content_type,
            etag,
        }
    }

    /// The document, or 304 when the client has it already. It may be kept, and is asked about
    /// each time: a deployment shows at once.
    pub(super) fn respond(&self, request: &HeaderMap) -> Response {
        let known = request
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .filter_map(|tags| tags.to_str().ok())
            .flat_map(|tags| tags.split(','))
            .map(str::trim)
            .any(|tag| {
                tag == "*"
                    || self.etag == tag
                    || self.etag.as_bytes().get(2..) == Some(tag.as_bytes())
            });
        let headers = [
            (header::ETAG, self.etag.clone()),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            (
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            ),
        ];
        if known {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let content_type = [(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.content_type),
        )];
        (headers, content_type, self.body.clone()).into_response()
    }
}

pub(super) async fn json(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    server.documents.json.respond(&headers)
}

pub(super) async fn yaml(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    server.documents.yaml.respond(&headers)
}

/// `GET /ws/asyncapi.client.json`
pub(super) async fn client(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    server.documents.client.respond(&headers)
}

pub(super) async fn schemas(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    server.documents.schemas.respond(&headers)
}
