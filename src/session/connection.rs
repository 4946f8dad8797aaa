//! The task of one connection: moves bytes and waits for what the session wants waited for.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::future::{BoxFuture, join_all};
use futures_util::stream::FuturesUnordered;
use tokio::time::{Instant, Sleep, sleep_until};

use super::machine::{Done, Now, Received, Session, Work};
use super::pipe::{Next, Pipe, Turn};
use super::stop::{Stop, jitter};
use crate::delivery::{Flushed, Transport};
use crate::service::{Call, Services};
use crate::wire::{CloseCode, Frame, TopicId};

/// Turns in a row after which other tasks of the thread have theirs.
const TURNS_PER_POLL: usize = 8;

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
    pipe: Pipe,
    work: FuturesUnordered<BoxFuture<'static, Done>>,
    stop: Stop,
    /// When it closes because the server stops.
    closing: Option<Instant>,
    /// When it has reached its age.
    expires: Instant,
    last_heard: Instant,
    next_heartbeat: Instant,
}

impl Connection {
    /// Takes over a socket; `early` is what was read of it beyond the handshake. `stop` announces the
    /// end of the server; whoever begins it calls for the outbox's attention.
    pub fn new(
        transport: Transport,
        early: Bytes,
        session: Session,
        services: Arc<Services>,
        timing: Timing,
        stop: Stop,
    ) -> Self {
        let outbox = Arc::clone(session.outbox());
        let now = Instant::now();
        // Those that came together should not come back together.
        let shorter = jitter(session.connection_id()) / 10.0;
        let age = session.limits.max_age.mul_f64(1.0 - shorter);
        Self {
            pipe: Pipe::new(transport, early, outbox, session.limits.max_frame_bytes),
            session,
            services,
            timing,
            work: FuturesUnordered::new(),
            stop,
            closing: None,
            expires: now + age,
            last_heard: now,
            next_heartbeat: now + timing.heartbeat,
        }
    }

    /// Runs a session that has been welcomed until the connection is closed, and says how it ended.
    /// `first` is subscribed to from the start.
    pub async fn run(mut self, first: Option<TopicId>) -> CloseCode {
        let first = first.and_then(|topic| self.session.start_with(topic));
        self.start(first);
        let mut alarm = pin!(sleep_until(self.next_heartbeat));
        let code = poll_fn(|context| self.poll(context, alarm.as_mut())).await;
        self.session.ended(code);
        self.close(code).await;
        code
    }

    /// Closes at once.
    pub async fn refuse(self, code: CloseCode) {
        self.close(code).await;
    }

    /// Everything but the end: turns, each of which ends with one write of all that it has caused.
    ///
    /// One function that looks at everything, instead of a `select!` of futures: these would have to be
    /// made, registered and torn down in every turn.
    fn poll(&mut self, context: &mut Context<'_>, mut alarm: Pin<&mut Sleep>) -> Poll<CloseCode> {
        let outbox = Arc::clone(self.pipe.outbox());
        outbox.watch(context.waker());
        if self.stop.has_begun() && self.closes_now() {
            return Poll::Ready(CloseCode::Restarting);
        }
        if self.session.is_revoked() {
            return Poll::Ready(CloseCode::Revoked);
        }
        for _ in 0..TURNS_PER_POLL {
            let blocked = match self.poll_flush(context) {
                Flushed::Empty => false,
                Flushed::Blocked | Flushed::Behind => true,
                Flushed::Closed(code) => return Poll::Ready(code),
                Flushed::Broken => return Poll::Ready(CloseCode::Normal),
            };
            // A client that asks faster than it reads its answers, or than they can be given, is
            // read later: TCP slows it down. A little may wait, so that it may say all it has to
            // before it reads. Without a block there is room in a moment: the flusher is at it.
            let room = !blocked || outbox.has_room();
            let finished = room && self.poll_work(context);
            match room.then(|| self.poll_messages(context)) {
                Some(Poll::Ready(Turn::Over(code))) => return Poll::Ready(code),
                Some(Poll::Ready(Turn::Some)) => continue,
                Some(Poll::Pending) | None if finished => continue,
                Some(Poll::Pending) | None => {}
            }
            return self.poll_alarm(context, alarm.as_mut(), room);
        }
        // There is more to do, and others wait. Whoever keeps it busy does not stop its clock.
        context.waker().wake_by_ref();
        self.poll_alarm(context, alarm, true)
    }

    /// Writes what waits. Topics that are behind catch up in their turn.
    fn poll_flush(&mut self, context: &mut Context<'_>) -> Flushed {
        loop {
            match self.pipe.poll_flush(context) {
                Flushed::Behind => self.session.catch_up(),
                flushed => return flushed,
            }
        }
    }

    /// The server stops: its client is told at once, and served on until the moment of its own that
    /// each connection has. Whether that has come.
    fn closes_now(&mut self) -> bool {
        let now = Instant::now();
        let closing = self.closing.get_or_insert_with(|| {
            self.session.say_goodbye();
            self.stop.closing_of(self.session.connection_id())
        });
        *closing <= now
    }

    /// Takes a result of the work that is under way. Whether there was one.
    fn poll_work(&mut self, context: &mut Context<'_>) -> bool {
        let mut finished = false;
        while let Poll::Ready(Some(done)) = self.work.poll_next_unpin(context) {
            finished = true;
            let work = self.session.finish(done, Now::read());
            self.start(work);
            if !self.session.outbox().has_room() {
                break;
            }
        }
        finished
    }

    /// Takes the messages that have arrived, as long as there is room for what they cause.
    fn poll_messages(&mut self, context: &mut Context<'_>) -> Poll<Turn> {
        if !self.may_take_requests() {
            return Poll::Pending;
        }
        let mut now = None;
        let Self {
            pipe,
            session,
            services,
            work,
            ..
        } = self;
        let before = session.counters;
        let turn = pipe.poll_messages(context, |message| {
            if let Some(next) = session.receive(message, *now.get_or_insert_with(Now::read)) {
                work.push(perform(services, session, next));
            }
            let in_flight = work.len() + session.waiting();
            let more = in_flight < session.limits.max_requests_in_flight
                && session.outbox().has_room()
                && !session.is_authenticating();
            if more { Next::More } else { Next::Pause }
        });
        if turn.is_ready() {
            // A part of a message is a sign of life, too.
            self.last_heard = now.map_or_else(Instant::now, |now| now.instant);
            let Received { frames, bytes, .. } = self.session.counters;
            let delivery = &self.services.protocol.metrics().delivery;
            delivery.received(frames - before.frames, bytes - before.bytes);
        }
        turn
    }

    /// Does what is due, and sets the alarm for what will be.
    fn poll_alarm(
        &mut self,
        context: &mut Context<'_>,
        mut alarm: Pin<&mut Sleep>,
        room: bool,
    ) -> Poll<CloseCode> {
        let outbox = Arc::clone(self.pipe.outbox());
        loop {
            let blocked = outbox.blocked_since();
            let stalled = blocked.map(|since| since + self.timing.stall);
            let due = [stalled, self.closing, self.session.next_due()];
            let due = due.into_iter().flatten();
            let due = due.fold(self.next_heartbeat.min(self.expires), Instant::min);
            // Setting it costs more than one that rings in vain.
            if due < alarm.deadline() || alarm.is_elapsed() {
                alarm.as_mut().reset(due);
            }
            if alarm.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            let now = Instant::now();
            if stalled.is_some_and(|at| at <= now) {
                return Poll::Ready(CloseCode::SlowConsumer);
            }
            if self.closing.is_some_and(|at| at <= now) {
                return Poll::Ready(CloseCode::Restarting);
            }
            if self.expires <= now {
                return Poll::Ready(CloseCode::TooOld);
            }
            if blocked.is_some() {
                outbox.expire(now);
            }
            if self.session.next_due().is_some_and(|at| at <= now) {
                self.session.tick(Now::read());
            }
            if self.next_heartbeat <= now {
                if !room || !self.may_take_requests() {
                    // Who is not read cannot be blamed for being silent.
                    self.last_heard = now;
                }
                if now.duration_since(self.last_heard) >= self.timing.heartbeat * 2 {
                    return Poll::Ready(CloseCode::Silent);
                }
                self.next_heartbeat = now + self.timing.heartbeat;
                // Who asks for nothing more would keep the places of what has ended from others.
                self.session.forget_ended();
                outbox.push(Frame::ping());
            }
            match self.poll_flush(context) {
                Flushed::Empty | Flushed::Blocked | Flushed::Behind => {}
                Flushed::Closed(code) => return Poll::Ready(code),
                Flushed::Broken => return Poll::Ready(CloseCode::Normal),
            }
        }
    }

    /// Whether fewer requests wait than may: for their own answers, for other subscribes, or for what a
    /// token turns out to be.
    fn may_take_requests(&self) -> bool {
        !self.session.is_authenticating()
            && self.work.len() + self.session.waiting() < self.session.limits.max_requests_in_flight
    }

    fn start(&mut self, work: Option<Work>) {
        self.work
            .extend(work.map(|work| perform(&self.services, &self.session, work)));
    }

    async fn close(self, code: CloseCode) {
        let Self {
            mut session,
            timing,
            pipe,
            work,
            ..
        } = self;
        // Requests in flight and subscriptions end here; the outbox takes nothing more. What waits
        // in it is still written.
        pipe.outbox().close(code);
        drop(work);
        session.leave();
        pipe.shake_hands(code, timing.close).await;
        // It counts for its address and its user as long as it takes a socket.
        drop(session);
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
        Work::Authenticate(pending, token) => Box::pin(async move {
            let found = services.auth.user_of(&token).await;
            Done::Authenticated(pending, found)
        }),
        Work::Open(topics) => Box::pin(async move {
            let open = topics.into_iter().map(|topic| async {
                let opened = services.hub.open(&topic).await;
                opened.map_err(|refusal| (topic, refusal))
            });
            Done::Opened(join_all(open).await)
        }),
    }
}
