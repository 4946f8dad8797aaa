//! The pages: built files from `web/dist`, in the binary. The contract as a page, and the dashboard.

use std::sync::{Arc, LazyLock};

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use tickwire_spec::Contract;

use super::Server;
use super::answer::{Named, not_found};
use super::documents::Document;

/// Nothing from anywhere but this server, and no inline script.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; \
    frame-ancestors 'none'; form-action 'none'";

/// What the dashboard shows: topics of these patterns.
const DASHBOARD_TOPICS: [&str; 4] = [
    "bars:{symbol}:{resolution}",
    "quotes:{symbol}",
    "trades:{symbol}",
    "orderbook:{symbol}",
];

/// What the dashboard asks for: operations by their keys, of which the client that it uses has methods.
const DASHBOARD_REQUESTS: [&str; 5] = [
    "ping",
    "getStatus",
    "barsHistory",
    "symbolsSearch",
    "symbolsResolve",
];

/// A page with its script, style sheet, and the licences of what is in them.
struct Page {
    index: Document,
    script: Document,
    style: Document,
    licences: Document,
}

macro_rules! page {
    ($name:literal) => {
        LazyLock::new(|| Page {
            index: Document::new(
                &include_bytes!(concat!("../../web/dist/", $name, "/index.html"))[..],
                "text/html; charset=utf-8",
            ),
            script: Document::new(
                &include_bytes!(concat!("../../web/dist/", $name, "/", $name, ".js"))[..],
                "text/javascript; charset=utf-8",
            ),
            style: Document::new(
                &include_bytes!(concat!("../../web/dist/", $name, "/", $name, ".css"))[..],
                "text/css; charset=utf-8",
            ),
            licences: Document::new(
                &include_bytes!(concat!("../../web/dist/", $name, "/THIRD-PARTY.txt"))[..],
                "text/plain; charset=utf-8",
            ),
        })
    };
}

static DOCS: LazyLock<Page> = page!("docs");
static DASHBOARD: LazyLock<Page> = page!("dashboard");

/// `GET /ws/asyncapi`
pub(super) async fn docs(headers: HeaderMap) -> Response {
    index(&DOCS, &headers)
}

/// `GET /`: the dashboard, where the contract has what it shows; the contract as a page for others.
pub(super) async fn dashboard(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    if has_what_the_dashboard_needs(server.services.protocol.contract()) {
        index(&DASHBOARD, &headers)
    } else {
        Redirect::temporary("ws/asyncapi").into_response()
    }
}

/// `GET /ws/asyncapi/assets/{file}`
pub(super) async fn docs_asset(Named(file): Named, uri: Uri, headers: HeaderMap) -> Response {
    match file.as_str() {
        "docs.js" => DOCS.script.respond(&headers),
        "docs.css" => DOCS.style.respond(&headers),
        "THIRD-PARTY.txt" => DOCS.licences.respond(&headers),
        _ => not_found(uri).await,
    }
}

/// `GET /assets/{file}`
pub(super) async fn dashboard_asset(Named(file): Named, uri: Uri, headers: HeaderMap) -> Response {
    match file.as_str() {
        "dashboard.js" => DASHBOARD.script.respond(&headers),
        "dashboard.css" => DASHBOARD.style.respond(&headers),
        "THIRD-PARTY.txt" => DASHBOARD.licences.respond(&headers),
        _ => not_found(uri).await,
    }
}

/// Whether the dashboard has something to show of this contract.
fn has_what_the_dashboard_needs(contract: &Contract) -> bool {
    let has_topics = |pattern| {
        let mut patterns = contract.families.iter().map(|f| f.pattern.to_string());
        patterns.any(|one| one == pattern)
    };
    let has_request = |key| contract.operations.iter().any(|op| op.key == key);
    DASHBOARD_TOPICS.into_iter().all(has_topics) && DASHBOARD_REQUESTS.into_iter().all(has_request)
}

/// The page itself, with what a browser has to know before it shows it.
fn index(page: &Page, headers: &HeaderMap) -> Response {
    let mut response = page.index.respond(headers);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::CONTRACT;

    #[test]
    fn the_dashboard_needs_all_that_it_shows() {
        let mut contract = tickwire_spec::load("asyncapi.yaml", CONTRACT).expect("our own");
        assert!(has_what_the_dashboard_needs(&contract));
        for index in 0..contract.families.len() {
            let family = contract.families.remove(index);
            assert!(!has_what_the_dashboard_needs(&contract), "{}", family.name);
            contract.families.insert(index, family);
        }
        for key in DASHBOARD_REQUESTS {
            let index = contract.operations.iter().position(|op| op.key == key);
            let operation = contract.operations.remove(index.expect("it is there"));
            assert!(!has_what_the_dashboard_needs(&contract), "{key}");
            contract.operations.push(operation);
        }
        assert!(has_what_the_dashboard_needs(&contract));
    }
}
