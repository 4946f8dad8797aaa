//! One connection that is no WebSocket, or not yet: HTTP/1.1 by hyper, within bounds of time and size.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;

use super::guests::Guest;
use super::upload::Upload;
use crate::metrics::GivenUp;
use crate::session::Stop;

/// What is buffered of a request's body, or of an answer, at the most. hyper's own 400 KB are more
/// than any request or most answers here.
const BUFFER_BYTES: usize = 64 * 1024;

/// How long a client may take, when the server stops, for the rest of a header, or for its answer.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// What is read of a request that has been refused, and how long.
const LINGER: (usize, Duration) = (256 * 1024, Duration::from_secs(1));

/// What a connection may take.
#[derive(Debug, Clone, Copy)]
pub struct HttpLimits {
    /// Connections at a time that are no WebSockets, or not yet.
    pub max_connections: usize,
    /// The largest header of a request. Above it, hyper answers 431; so it does above 100 fields.
    pub max_header_bytes: usize,
    /// From the arrival of a connection to the end of its first request's header.
    pub handshake: Duration,
    /// From an answer to the end of the next request's header; taking the answer is part of it.
    pub keep_alive: Duration,
}

/// How connections are served.
#[derive(Clone)]
pub(super) struct Plain {
    http: http1::Builder,
    limits: HttpLimits,
    stop: Stop,
    router: TowerToHyperService<Router>,
}

impl Plain {
    pub(super) fn new(limits: HttpLimits, stop: Stop, router: Router) -> Self {
        let mut http = http1::Builder::new();
        // hyper's own time for headers begins anew with each request, so it cannot tell a handshake
        // from a pause between two requests. See `Time`.
        http.header_read_timeout(None)
            .max_header_size(limits.max_header_bytes)
            .max_buf_size(limits.max_header_bytes.max(BUFFER_BYTES));
        Self {
            http,
            limits,
            stop,
            router: TowerToHyperService::new(router),
        }
    }

    /// Serves a connection that begins with TLS. Its handshake is part of the time for the first
    /// request.
    pub(super) fn serve_encrypted(
        &self,
        tls: TlsAcceptor,
        socket: TcpStream,
        guest: Arc<Guest>,
    ) -> impl Future<Output = ()> + Send + 'static {
        let plain = self.clone();
        async move {
            let time = Time {
                guest: Arc::clone(&guest),
                limits: plain.limits,
                stopped: None,
            };
            let accepted = tokio::select! {
                biased;
                accepted = tls.accept(socket) => accepted,
                _ = time.over() => return,
                () = plain.stop.begun() => return,
            };
            match accepted {
                Ok(stream) => plain.serve(stream, guest).await,
                Err(error) => tracing::debug!(%error, "a TLS handshake failed"),
            }
        }
    }

    /// Serves a connection until it ends or has become a WebSocket.
    pub(super) fn serve<S>(
        &self,
        socket: S,
        guest: Arc<Guest>,
    ) -> impl Future<Output = ()> + Send + 'static
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let router = self.router.clone();
        let host = Arc::clone(&guest);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Arc::clone(&host));
            let answer = router.call(request.map(|body| Upload::new(body, Arc::clone(&host))));
            let host = Arc::clone(&host);
            async move {
                let answer = answer.await;
                host.waits();
                answer
            }
        });
        let connection = self
            .http
            .serve_connection(TokioIo::new(socket), service)
            .with_upgrades();
        let (limits, stop) = (self.limits, self.stop.clone());
        async move {
            let mut connection = connection;
            let mut time = Time {
                guest,
                limits,
                stopped: None,
            };
            let served = tokio::select! {
                // What goes on comes before what would end it.
                biased;
                served = &mut connection => Ok(served),
                end = time.over() => Err(end),
                () = stop.begun() => Err(End::WithItsAnswer),
            };
            let served = match served {
                Ok(served) => served,
                // Dropped as it is: there is nobody to say anything to.
                Err(End::AtOnce) => return,
                // What is idle ends now, what is not with its answer.
                Err(End::WithItsAnswer) => {
                    std::pin::Pin::new(&mut connection).graceful_shutdown();
                    time.stopped = Some(Instant::now());
                    tokio::select! {
                        biased;
                        served = &mut connection => served,
                        _ = time.over() => return,
                    }
                }
            };
            if let Err(error) = &served {
                tracing::debug!(%error, "an HTTP connection failed");
            }
            // A WebSocket has taken its socket along.
            if let Some(parts) = connection.into_parts()
                && !stop.has_begun()
            {
                linger(parts.io.into_inner()).await;
            }
        }
    }
}

/// When a connection has taken too long.
struct Time {
    guest: Arc<Guest>,
    limits: HttpLimits,
    /// When it was to end, with its answer.
    stopped: Option<Instant>,
}

/// How a connection ends that has to.
enum End {
    AtOnce,
    WithItsAnswer,
}

impl Time {
    /// Waits until the guest has been awaited for too long, or has to make room. Requests do not
    /// wake it: it looks when the time would be over, and perhaps sees that it is not. Cancel safe.
    async fn over(&self) -> End {
        let Self { guest, limits, .. } = self;
        loop {
            let now = Instant::now();
            let end = match (guest.waiting_since(), self.stopped) {
                // Being answered; it will be awaited for at least as long.
                (None, None) => now + limits.keep_alive,
                (None, Some(_)) => now + LAST_WORDS,
                (Some(since), None) if guest.has_asked() => since + limits.keep_alive,
                (Some(since), None) => since + limits.handshake,
                (Some(since), Some(stopped)) => since.max(stopped) + LAST_WORDS,
            };
            if end <= now {
                let cause = if guest.has_asked() {
                    GivenUp::Idle
                } else {
                    GivenUp::Handshake
                };
                guest.metrics().given_up.of(cause).increment();
                tracing::debug!("an HTTP connection took too long");
                return End::AtOnce;
            }
            tokio::select! {
                () = tokio::time::sleep_until(end) => {}
                () = guest.dismissed() => {
                    guest.metrics().given_up.of(GivenUp::Room).increment();
                    tracing::debug!("an HTTP connection made room for another");
                    return match guest.has_asked() {
                        true => End::WithItsAnswer,
                        false => End::AtOnce,
                    };
                }
            }
        }
    }
}

/// Reads on for a moment. Closing a socket with unread bytes resets it, and a client that was still
/// sending might never see why it was refused (RFC 9112 section 9.6).
async fn linger(mut socket: impl AsyncRead + AsyncWrite + Unpin) {
    let (mut bytes, within) = LINGER;
    let draining = async {
        socket.shutdown().await?;
        let mut scratch = vec![0; 4096];
        while bytes > 0 {
            match socket.read(&mut scratch).await? {
                0 => break,
                read => bytes = bytes.saturating_sub(read),
            }
        }
        Ok::<_, std::io::Error>(())
    };
    if let Ok(Err(error)) = tokio::time::timeout(within, draining).await {
        tracing::trace!(%error, "the client was gone");
    }
}
