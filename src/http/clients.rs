//! The generated clients, each a file that is ready to be used: `curl -OJ` is an installation.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use tickwire_clients::Language;
use tickwire_spec::Contract;

use super::Server;
use super::answer::{self, Named};
use super::documents::Document;

/// Downloads by the end of their address, `typescript.js` of `/ws/clients/typescript.js`.
pub(super) struct Clients {
    downloads: BTreeMap<&'static str, Download>,
}

struct Download {
    document: Document,
    /// So that it is saved as `tickwire.js`, whatever its address.
    disposition: HeaderValue,
}

impl Clients {
    /// Generates them all. A language in which this contract cannot be written is left out, with a
    /// warning: the server itself does not depend on it.
    pub fn new(contract: &Contract) -> Self {
        let mut downloads = BTreeMap::new();
        for language in Language::SERVED {
            match tickwire_clients::generate(contract, language) {
                Ok(client) => downloads.extend(client.downloads.into_iter().filter_map(download)),
                Err(error) => {
                    tracing::warn!(language = language.name(), %error, "no client");
                }
            }
        }
        Self { downloads }
    }
}

fn download(download: tickwire_clients::Download) -> Option<(&'static str, Download)> {
    let disposition = format!("inline; filename=\"{}\"", download.file_name);
    Some((
        download.path,
        Download {
            document: Document::new(download.text, download.content_type),
            disposition: HeaderValue::try_from(disposition).ok()?,
        },
    ))
}

/// `GET /ws/clients/{path}`
pub(super) async fn client(
    State(server): State<Arc<Server>>,
    Named(path): Named,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match server.documents.clients.downloads.get(path.as_str()) {
        Some(found) => {
            let mut response = found.document.respond(&headers);
            if response.status() == StatusCode::OK {
                response
                    .headers_mut()
                    .insert(header::CONTENT_DISPOSITION, found.disposition.clone());
            }
            response
        }
        None => answer::not_found(uri).await,
    }
}
