//! The task of one connection: moves bytes and waits for what the session wants waited for.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use chrono::Utc;
use futures_util::StreamExt;
use futures_util::future::{BoxFuture, join_all};
use futures_util::stream::FuturesUnordered;
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use super::machine::{Done, Inbound, Session, Work};
use super::socket::{Reader, Received};
use crate::delivery::{Flushed, Outbox, Transport};
use crate::service::{Call, Services};
use crate::wire::{CloseCode, Frame, TopicId};

/// Messages that are taken in a row, before what they caused is written.
pub(super) const MESSAGES_PER_TURN: usize = 64;

/// Times of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// A WebSocket ping is sent this often; a client silent for two of them is gone.
    pub heartbeat: Duration,
    /// How long a close may take: writing what waits, and hearing the peer's own close.
    pub close: Duration,
    /// How long a socket may take nothing at all while something waits for it.
    pub stall: Duration,
}

/// A WebSocket past its handshake, with its session.
pub struct Connection {
    session: Session,
    services: Arc<Services>,
    timing: Timing,
    socket: Arc<Transport>,
    reader: Reader,
    work: FuturesUnordered<BoxFuture<'static, Done>>,
    last_heard: Instant,
}

impl Connection {
    /// Takes over a socket; `early` is what was read of it beyond the handshake.
    pub async fn new(
        socket: Transport,
        early: Bytes,
        session: Session,
        services: Arc<Services>,
        timing: Timing,
    ) -> Self {
        let socket = Arc::new(socket);
        let outbox = Arc::clone(session.outbox());
        outbox.connect(Arc::clone(&socket));
        let max_bytes = session.limits.max_frame_bytes;
        let reader = Reader::new(Arc::clone(&socket), early, outbox, max_bytes).await;
        Self {
            session,
            services,
            timing,
            socket,
            reader,
            work: FuturesUnordered::new(),
            last_heard: Instant::now(),
        }
    }

    /// Runs a session that has been welcomed until the connection is closed, and says how it ended.
    /// `first` is subscribed to from the start; `stop` announces the end of the server.
    pub async fn run(mut self, first: Option<TopicId>, stop: CancellationToken) -> CloseCode {
        let first = first.and_then(|topic| self.session.start_with(topic));
        self.start(first);
        let code = self.serve(stop).await;
        self.close(code).await;
        code
    }

    /// Closes at once.
    pub async fn refuse(self, code: CloseCode) {
        self.close(code).await;
    }

    /// Everything but the end: turns, each of which ends with one write. The arms of the `select!`
    /// are taken in random order, so that no kind of event starves another.
    async fn serve(&mut self, stop: CancellationToken) -> CloseCode {
        let outbox = Arc::clone(self.session.outbox());
        let mut heartbeat = tokio::time::interval(self.timing.heartbeat);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        heartbeat.reset();
        let mut writable = false;
        loop {
            let blocked = match outbox.flush(std::mem::take(&mut writable)) {
                Flushed::Empty => None,
                Flushed::Blocked => Some(outbox.blocked_for().unwrap_or_default()),
                Flushed::Closed(code) => return code,
                Flushed::Broken => return CloseCode::Normal,
            };
            // A client that asks faster than it reads its answers, or than they can be given, is
            // read later: TCP slows it down. A little may wait, so that it may say all it has to
            // before it reads.
            // Without a block there is room in a moment: the flusher is at it.
            let room = blocked.is_none() || outbox.has_room();
            let may_read = room && self.may_take_requests();
            if !may_read {
                // Who is not read cannot be blamed for being silent.
                self.last_heard = Instant::now();
            }
            let patience = self
                .timing
                .stall
                .saturating_sub(blocked.unwrap_or_default());
            tokio::select! {
                received = self.reader.next(), if may_read => {
                    if let Some(code) = self.take_turn(received) {
                        return code;
                    }
                }
                Some(done) = self.work.next(), if room => {
                    let work = self.session.finish(done);
                    self.start(work);
                }
                () = outbox.attention() => {}
                ready = poll_fn(|context| self.socket.poll_writable(context)), if blocked.is_some() => {
                    if ready.is_err() {
                        return CloseCode::Normal;
                    }
                    writable = true;
                }
                () = tokio::time::sleep(patience), if blocked.is_some() => {
                    return CloseCode::SlowConsumer;
                }
                _ = heartbeat.tick() => {
                    if may_read && self.last_heard.elapsed() >= self.timing.heartbeat * 2 {
                        return CloseCode::Silent;
                    }
                    outbox.push(Frame::ping());
                }
                () = stop.cancelled() => {
                    self.session.say_goodbye();
                    return CloseCode::Restarting;
                }
            }
        }
    }

    /// Takes a message and those that have arrived behind it, as long as there is room for what
    /// they cause.
    fn take_turn(&mut self, first: Received) -> Option<CloseCode> {
        self.last_heard = Instant::now();
        let mut message = first;
        for left in (0..MESSAGES_PER_TURN).rev() {
            if let Some(code) = self.take(message) {
                return Some(code);
            }
            // What has been read has to be taken, so in the last round nothing is read.
            if left == 0 || !self.may_take_requests() || !self.session.outbox().has_room() {
                break;
            }
            match self.reader.next_ready() {
                Some(next) => message = next,
                None => break,
            }
        }
        None
    }

    /// Whether fewer requests wait than may: for their own answers, or for other subscribes.
    fn may_take_requests(&self) -> bool {
        self.work.len() + self.session.waiting() < self.session.limits.max_requests_in_flight
    }

    fn start(&mut self, work: Option<Work>) {
        self.work
            .extend(work.map(|work| perform(&self.services, &self.session, work)));
    }

    fn take(&mut self, received: Received) -> Option<CloseCode> {
        let inbound = match &received {
            Received::Text(text) => Inbound::Text(text.as_bytes()),
            Received::Binary(bytes) => Inbound::Binary(bytes.len()),
            Received::Alive => return None,
            Received::Gone => return Some(CloseCode::Normal),
            Received::Close(code) | Received::Broken(code) => return Some(*code),
        };
        let work = self.session.receive(inbound, Utc::now());
        self.start(work);
        None
    }

    async fn close(self, code: CloseCode) {
        let Self {
            session,
            timing,
            socket,
            reader,
            work,
            ..
        } = self;
        let outbox = Arc::clone(session.outbox());
        // Requests in flight and subscriptions end here; the outbox takes nothing more. What waits
        // in it is still written.
        outbox.close(code);
        drop((work, session));
        shake_hands(&socket, reader, &outbox, code, timing.close).await;
    }
}

/// The closing handshake, bounded in time: whole frames, our close, then theirs. The outbox is
/// closed already.
pub(super) async fn shake_hands(
    socket: &Transport,
    mut reader: Reader,
    outbox: &Outbox,
    code: CloseCode,
    within: Duration,
) {
    let mut last_words = BytesMut::new();
    outbox.drain(&mut last_words, usize::MAX);
    last_words.put_slice(Frame::close(code).bytes());
    outbox.disconnect();
    let handshake = async {
        if write_all(socket, &last_words).await.is_err() {
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
        let _closed = poll_fn(|context| socket.poll_shutdown(context)).await;
        if !closed {
            // What the library no longer reads may still come. Closing a socket with unread
            // bytes resets it, and the peer would never see our close frame.
            reader.discard().await;
        }
    };
    if tokio::time::timeout(within, handshake).await.is_err() {
        tracing::debug!(code = code.code(), "the peer did not close in time");
    }
}

async fn write_all(socket: &Transport, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match socket.try_write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                poll_fn(|context| socket.poll_writable(context)).await?;
            }
            Err(error) => return Err(error),
        }
    }
    loop {
        match socket.try_flush() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                poll_fn(|context| socket.poll_writable(context)).await?;
            }
            flushed => return flushed,
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
                let result = services.call(&pending.wire_type, call, payload).await;
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
