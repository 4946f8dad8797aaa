//! Who a request comes from, as far as HTTP tells: the address behind proxies, and the web page that
//! sent it. Both are decided before anything else is.

mod forwarded;
mod origin;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::Server;
use super::answer::refuse_as;
use super::guests::Guest;
use crate::audit::{Door, Trail, Why};
use crate::auth::Principal;
use crate::wire::{ErrorCode, Refusal};

pub use forwarded::{Network, TrustedProxies};
pub use origin::{Origin, Origins};

/// What is believed of a request's headers.
#[derive(Debug, Default)]
pub struct Edge {
    /// Web pages that may use the server.
    pub origins: Origins,
    /// Proxies that are believed when they tell for whom they ask.
    pub proxies: TrustedProxies,
}

/// Where a request comes from and how it came here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// The client's address; the nearest one that is no trusted proxy.
    pub address: SocketAddr,
    /// Whether the client's connection is encrypted, to us or to the proxy.
    pub encrypted: bool,
}

/// How a connection reached the listener.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    /// The other end of the socket.
    pub peer: SocketAddr,
    /// Our end of it.
    pub local: SocketAddr,
    /// Whether it is encrypted.
    pub encrypted: bool,
}

impl Edge {
    /// Who asks.
    pub fn peer(&self, arrival: Arrival, headers: &HeaderMap) -> Peer {
        self.proxies.peer(arrival, headers)
    }

    /// Lets requests through that no web page sent, and those of pages that may.
    ///
    /// A page of any site can have a visitor's browser open a WebSocket to us, with whatever the
    /// browser has that lets the visitor in: the browser does not ask first, it only says `Origin`
    /// (cross-site WebSocket hijacking).
    ///
    /// # Errors
    /// 403, which browsers do not show to the page.
    pub fn admit(
        &self,
        arrival: Arrival,
        peer: Peer,
        headers: &HeaderMap,
    ) -> Result<(), Box<Response>> {
        if self.origins.admit(arrival, peer, headers) {
            return Ok(());
        }
        let message = "pages of this origin may not use this server; see --allow-origin";
        let refusal = Refusal::new(ErrorCode::Forbidden, message);
        Err(Box::new(refuse_as(StatusCode::FORBIDDEN, &refusal)))
    }
}

/// Where only this machine is served, requests for any other name are refused: a page could have made
/// that name point here, and would then read the answer (DNS rebinding).
pub(super) async fn only_this_machines_names(
    State(server): State<Arc<Server>>,
    Extension(guest): Extension<Arc<Guest>>,
    request: Request,
    next: Next,
) -> Response {
    if origin::is_for_us(guest.arrival, request.headers()) {
        return next.run(request).await;
    }
    let address = server.edge.peer(guest.arrival, request.headers()).address;
    let trail = Trail::new(server.audit.clone(), address.ip(), None);
    trail.denied(&Principal::Anonymous, Door::Admin, None, Why::Host);
    let message = "this address is served to this machine only: ask for localhost";
    let refusal = Refusal::new(ErrorCode::Forbidden, message);
    refuse_as(StatusCode::FORBIDDEN, &refusal)
}
