//! Accepts connections, and outlives whatever goes wrong with one of them.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;

use super::edge::Arrival;
use super::guests::Guests;
use super::plain::Plain;
use super::{Certificates, HttpLimits, Server, admin_router, router};
use crate::metrics::HttpMetrics;
use crate::session::Stop;

/// The first and the longest pause after a failure to accept.
const PAUSES: (Duration, Duration) = (Duration::from_millis(10), Duration::from_secs(1));

/// Connections of operators at a time.
const ADMIN_CONNECTIONS: usize = 64;

/// How often such failures are logged.
const COMPLAINTS: Duration = Duration::from_secs(10);

/// Serves HTTP/1.1 until the server stops: then nobody listens any more, connections without a
/// request are closed at once, and the others when they have their answer. WebSockets that have come
/// about meanwhile live on, in [`Connections::tasks`](crate::session::Connections).
///
/// Dropping the future ends it without waiting for anybody.
pub async fn serve(listener: TcpListener, server: Arc<Server>) {
    let metrics = Arc::clone(&server.services.protocol.metrics().http);
    let place = Place {
        guests: Guests::new(server.http.max_connections, &metrics),
        stop: server.connections.stop.clone(),
        tls: server.tls.clone(),
        router: router(Arc::clone(&server)),
        limits: server.http,
        metrics,
    };
    place.serve(listener).await;
}

/// Serves the operators' routes, for ever: how the server ends is what they want to see. Encrypted
/// where others than this machine are served, if there is a certificate.
///
/// Dropping the future ends it without waiting for anybody.
pub async fn serve_admin(listener: TcpListener, server: Arc<Server>) {
    let is_local = listener
        .local_addr()
        .is_ok_and(|address| address.ip().to_canonical().is_loopback());
    let metrics = Arc::default();
    let place = Place {
        guests: Guests::new(ADMIN_CONNECTIONS, &metrics),
        stop: Stop::default(),
        tls: server.tls.clone().filter(|_| !is_local),
        router: admin_router(Arc::clone(&server)),
        limits: server.http,
        metrics,
    };
    place.serve(listener).await;
}

/// What an address offers, to whom, and how long.
struct Place {
    guests: Arc<Guests>,
    stop: Stop,
    tls: Option<Certificates>,
    router: Router,
    limits: HttpLimits,
    metrics: Arc<HttpMetrics>,
}

impl Place {
    async fn serve(self, listener: TcpListener) {
        let Self {
            guests,
            stop,
            tls,
            router,
            limits,
            metrics,
        } = self;
        let plain = Plain::new(limits, stop.clone(), router);
        // Owns the connections' tasks. As many as there are guests, and those that have just ended.
        let mut tasks = JoinSet::new();
        let mut door = Door::new(listener);
        loop {
            // The end comes first; then what has ended is forgotten before there is more of it.
            let (socket, peer) = tokio::select! {
                biased;
                () = stop.begun() => break,
                Some(ended) = tasks.join_next() => {
                    report(ended);
                    continue;
                }
                accepted = door.accept() => match accepted {
                    Some(accepted) => accepted,
                    None => {
                        metrics.accept_failures.increment();
                        // For want of a file descriptor, most likely, and who says nothing has one.
                        guests.make_room();
                        continue;
                    }
                },
            };
            // Meanwhile others wait in the kernel's queue.
            let arrival = Arrival {
                peer,
                local: socket.local_addr().unwrap_or(peer),
                encrypted: tls.is_some(),
            };
            let guest = tokio::select! {
                biased;
                () = stop.begun() => break,
                guest = guests.enter(arrival) => guest,
            };
            // Small frames should not wait for each other (Nagle).
            if let Err(error) = socket.set_nodelay(true) {
                tracing::debug!(%error, "cannot set TCP_NODELAY");
            }
            match &tls {
                None => tasks.spawn(plain.serve(socket, guest)),
                Some(tls) => tasks.spawn(plain.serve_encrypted(tls.acceptor(), socket, guest)),
            };
        }
        drop(door);
        while let Some(ended) = tasks.join_next().await {
            report(ended);
        }
    }
}

/// A listener that takes a breath when it fails.
struct Door {
    listener: TcpListener,
    pause: Duration,
    shut_until: Option<Instant>,
    complained: Option<Instant>,
}

impl Door {
    fn new(listener: TcpListener) -> Self {
        Self {
            listener,
            pause: PAUSES.0,
            shut_until: None,
            complained: None,
        }
    }

    /// The next connection; `None` when there is none for now. Cancel safe.
    async fn accept(&mut self) -> Option<(TcpStream, SocketAddr)> {
        if let Some(time) = self.shut_until {
            tokio::time::sleep_until(time).await;
            self.shut_until = None;
        }
        loop {
            match self.listener.accept().await {
                Ok(accepted) => {
                    self.pause = PAUSES.0;
                    return Some(accepted);
                }
                Err(error) if concerns_one_connection(&error) => {}
                Err(error) => {
                    self.shut(&error);
                    return None;
                }
            }
        }
    }

    /// Out of file descriptors, most likely. The connection stays in the kernel's queue, so that
    /// asking again at once would only burn the processor.
    fn shut(&mut self, error: &io::Error) {
        let now = Instant::now();
        if self.complained.is_none_or(|time| now - time >= COMPLAINTS) {
            tracing::warn!(%error, "cannot accept connections for now");
            self.complained = Some(now);
        }
        self.shut_until = Some(now + self.pause);
        self.pause = (self.pause * 2).min(PAUSES.1);
    }
}

/// Whether the connection that would have been accepted is gone already (accept(2)).
fn concerns_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    )
}

fn report(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "the task of a connection failed");
    }
}
