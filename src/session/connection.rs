//! The task of one connection: moves bytes and waits for what the session wants waited for.

use std::sync::Arc;
use std::time::Duration;

use bytes::{BufMut, BytesMut};
use chrono::Utc;
use futures_util::StreamExt;
use futures_util::future::{BoxFuture, join_all};
use futures_util::stream::FuturesUnordered;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use super::machine::{Done, Inbound, Session, Work};
use super::socket::{Reader, Received};
use crate::service::{Call, Services};
use crate::wire::{CloseCode, Frame, TopicId};

/// One write to the socket takes about this many bytes: large enough that the cost of the system
/// call is shared by many frames, small enough that a stalled reader pins little.
const WRITE_BYTES: usize = 64 * 1024;

/// Times of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// A WebSocket ping is sent this often; a client silent for two of them is gone.
    pub heartbeat: Duration,
    /// How long a close may take: writing what waits, and hearing the peer's own close.
    pub close: Duration,
}

/// A WebSocket past its handshake, with its session.
pub struct Connection<S> {
    session: Session,
    services: Arc<Services>,
    timing: Timing,
    writer: WriteHalf<S>,
    reader: Reader<ReadHalf<S>>,
    work: FuturesUnordered<BoxFuture<'static, Done>>,
    pending: BytesMut,
    last_heard: Instant,
}

impl<S: AsyncRead + AsyncWrite + Send + 'static> Connection<S> {
    /// Takes over a stream.
    pub async fn new(stream: S, session: Session, services: Arc<Services>, timing: Timing) -> Self {
        let (reader, writer) = tokio::io::split(stream);
        let outbox = Arc::clone(session.outbox());
        let reader = Reader::new(reader, outbox, session.limits.max_frame_bytes).await;
        Self {
            session,
            services,
            timing,
            writer,
            reader,
            work: FuturesUnordered::new(),
            pending: BytesMut::new(),
            last_heard: Instant::now(),
        }
    }

    /// Runs until the connection is closed, and says how it ended. `first` is subscribed to from
    /// the start; `stop` announces the end of the server.
    pub async fn run(mut self, first: Option<TopicId>, stop: CancellationToken) -> CloseCode {
        self.session
            .welcome(self.timing.heartbeat.as_millis() as u64, Utc::now());
        if let Some(topic) = first
            && let Some(work) = self.session.start_with(topic)
        {
            self.work.push(perform(&self.services, &self.session, work));
        }
        let code = self.serve(stop).await;
        self.close(code).await;
        code
    }

    /// Closes at once.
    pub async fn refuse(self, code: CloseCode) {
        self.close(code).await;
    }

    /// Everything but the end. The arms of the `select!` are taken in random order, so that
    /// neither a flood of updates nor a flood of requests starves the other.
    async fn serve(&mut self, stop: CancellationToken) -> CloseCode {
        let outbox = Arc::clone(self.session.outbox());
        let mut heartbeat = tokio::time::interval(self.timing.heartbeat);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        heartbeat.reset();
        loop {
            if self.pending.is_empty() {
                // Keeps its memory for the next frames, unless a large one made it grow.
                if self.pending.capacity() > 2 * WRITE_BYTES {
                    self.pending = BytesMut::new();
                }
                if let Some(code) = outbox.drain(&mut self.pending, WRITE_BYTES) {
                    return code;
                }
            }
            // A client that asks faster than it is answered is read later: TCP slows it down.
            let may_read = self.work.len() < self.session.limits.max_requests_in_flight;
            tokio::select! {
                written = self.writer.write_buf(&mut self.pending), if !self.pending.is_empty() => {
                    if !matches!(written, Ok(1..)) {
                        return CloseCode::Normal;
                    }
                }
                () = outbox.ready(), if self.pending.is_empty() => {}
                // Only once everything is written, so that long answers wait for the client to read
                // them instead of overflowing the outbox.
                Some(done) = self.work.next(), if self.pending.is_empty() => {
                    if let Some(work) = self.session.finish(done) {
                        self.work.push(perform(&self.services, &self.session, work));
                    }
                }
                received = self.reader.next(), if may_read => {
                    self.last_heard = Instant::now();
                    if let Some(code) = self.take(received) {
                        return code;
                    }
                }
                _ = heartbeat.tick() => {
                    if may_read && self.last_heard.elapsed() > self.timing.heartbeat * 2 {
                        return CloseCode::Silent;
                    }
                    outbox.push(Frame::ping());
                }
                () = stop.cancelled() => {
                    self.session.say_goodbye();
                    outbox.drain(&mut self.pending, usize::MAX);
                    return CloseCode::Restarting;
                }
            }
        }
    }

    fn take(&mut self, received: Received) -> Option<CloseCode> {
        let inbound = match &received {
            Received::Text(text) => Inbound::Text(text.as_bytes()),
            Received::Binary(bytes) => Inbound::Binary(bytes.len()),
            Received::Alive => return None,
            Received::Gone => return Some(CloseCode::Normal),
            Received::Close(code) | Received::Broken(code) => return Some(*code),
        };
        if let Some(work) = self.session.receive(inbound, Utc::now()) {
            self.work.push(perform(&self.services, &self.session, work));
        }
        None
    }

    /// The closing handshake, bounded in time: whole frames, our close, then theirs.
    async fn close(self, code: CloseCode) {
        let Self {
            session,
            timing,
            mut writer,
            mut reader,
            mut pending,
            work,
            ..
        } = self;
        // Requests in flight and subscriptions end here; the outbox takes nothing more. What waits
        // in it is still written.
        session.outbox().close(code);
        session.outbox().drain(&mut pending, usize::MAX);
        drop((work, session));
        pending.put_slice(Frame::close(code).bytes());
        let handshake = async {
            if writer.write_all(&pending).await.is_err() {
                return;
            }
            let closed = loop {
                match reader.next().await {
                    Received::Close(_) => break true,
                    Received::Broken(_) | Received::Gone => break false,
                    Received::Text(_) | Received::Binary(_) | Received::Alive => {}
                }
            };
            // Errors no longer matter: the stream is dropped next.
            let _closed = writer.shutdown().await;
            if !closed {
                // What the library no longer reads may still come. Closing a socket with unread
                // bytes resets it, and the peer would never see our close frame.
                reader.discard().await;
            }
        };
        if tokio::time::timeout(timing.close, handshake).await.is_err() {
            tracing::debug!(code = code.code(), "the peer did not close in time");
        }
    }
}

/// A unit of work as a future. Dropping it, when the connection ends, gives it up.
fn perform(services: &Arc<Services>, session: &Session, work: Work) -> BoxFuture<'static, Done> {
    let services = Arc::clone(services);
    match work {
        Work::Call(pending, payload) => {
            let call = Call {
                principal: Arc::clone(session.principal()),
                connection: Some(session.connection_id()),
            };
            Box::pin(async move {
                let result = services
                    .handlers
                    .call(&pending.wire_type, call, payload)
                    .await;
                Done::Called(pending, result)
            })
        }
        Work::Open(topics) => Box::pin(async move {
            let open = topics.into_iter().map(|topic| async {
                let opened = services.hub.open(&topic).await;
                opened.map_err(|refusal| (topic, refusal))
            });
            Done::Opened(join_all(open).await)
        }),
    }
}
