//! The contract in its written forms, and the clients made from it, each with an ETag.

use std::io::Write;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
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
    /// The same, compressed once, by the first who can read that: it takes a hundred times what serving it
    /// takes.
    gzip: OnceLock<Bytes>,
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
            gzip: OnceLock::new(),
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
            (header::VARY, HeaderValue::from_static("accept-encoding")),
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
        if !reads_gzip(request) {
            return (headers, content_type, self.body.clone()).into_response();
        }
        let encoding = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
        let body = self.gzip.get_or_init(|| compressed(&self.body)).clone();
        (headers, content_type, encoding, body).into_response()
    }
}

/// Whether a client can read gzip (RFC 9110 section 12.5.3). Whoever says so with a weight of zero cannot.
fn reads_gzip(request: &HeaderMap) -> bool {
    let codings = request.get_all(header::ACCEPT_ENCODING).iter();
    let mut codings = codings
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
        name.trim().eq_ignore_ascii_case("gzip")
            && weight.parse().is_ok_and(|weight: f32| weight > 0.0)
    })
}

fn compressed(body: &[u8]) -> Bytes {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    let written = gzip.write_all(body).and_then(|()| gzip.finish());
    written.expect("a Vec takes everything").into()
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
