//! The contract as a page: built files from `web/dist`, in the binary.

use std::sync::{Arc, LazyLock};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::response::Response;

use super::Server;
use super::answer::not_found;
use super::documents::Document;

/// Nothing from anywhere but this server, and no inline script.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; \
    frame-ancestors 'none'; form-action 'none'";

static INDEX: LazyLock<Document> = LazyLock::new(|| {
    Document::new(
        &include_bytes!("../../web/dist/docs/index.html")[..],
        "text/html; charset=utf-8",
    )
});

static SCRIPT: LazyLock<Document> = LazyLock::new(|| {
    Document::new(
        &include_bytes!("../../web/dist/docs/docs.js")[..],
        "text/javascript; charset=utf-8",
    )
});

static STYLE: LazyLock<Document> = LazyLock::new(|| {
    Document::new(
        &include_bytes!("../../web/dist/docs/docs.css")[..],
        "text/css; charset=utf-8",
    )
});

static LICENCES: LazyLock<Document> = LazyLock::new(|| {
    Document::new(
        &include_bytes!("../../web/dist/docs/THIRD-PARTY.txt")[..],
        "text/plain; charset=utf-8",
    )
});

pub(super) async fn index(State(_): State<Arc<Server>>, headers: HeaderMap) -> Response {
    let mut response = INDEX.respond(&headers);
    let policies = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        // Where a link leads to is not told from where.
        (header::REFERRER_POLICY, "no-referrer"),
        // Pages that open this one have no handle on it.
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in policies {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

pub(super) async fn asset(Path(file): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    match file.as_str() {
        "docs.js" => SCRIPT.respond(&headers),
        "docs.css" => STYLE.respond(&headers),
        "THIRD-PARTY.txt" => LICENCES.respond(&headers),
        _ => not_found(uri).await,
    }
}
