//! What waits to be written to one connection, and the writing itself.

mod batch;
mod queue;

use std::io;
use std::sync::{Arc, PoisonError};
use std::task::Waker;
use std::time::Duration;

use bytes::BytesMut;
use futures_util::task::AtomicWaker;
use tokio::time::Instant;

use super::publication::{Channel, Publication};
use super::transport::Sender;
use crate::metrics::{DeliveryMetrics, DropCause, Tally};
use crate::sync::{Mutex, MutexGuard};
use crate::wire::{CloseCode, Encoding, Frame, SharedFrame};
use queue::Queue;
pub(crate) use queue::{Item, Standing};

/// As long as the socket is not full, what waits is not counted below this: it only waits for its turn,
/// and counting it would cost something with each frame.
const WORTH_COUNTING: usize = 32 * 1024;

/// Frames for one connection, bounded in bytes and in age.
///
/// Whoever has something to say pushes; nobody waits. [`Self::flush`] writes straight to the
/// socket: a connection flushes at the end of its own turn, the flusher of its shard after
/// publications. Only a socket that would block needs the connection's task, which waits until it
/// is writable and flushes again. When more waits than may, or for longer, `x-topic.delivery` says
/// what gives way, and if nothing may, the outbox closes as [`CloseCode::SlowConsumer`].
#[derive(Debug)]
pub struct Outbox {
    /// Which of the flusher's shards looks after it.
    pub(crate) shard: usize,
    encoding: Encoding,
    max_age: Duration,
    state: Mutex<State>,
    /// Wakes the connection.
    attention: AtomicWaker,
}

/// What an outbox is made for.
#[derive(Debug, Clone, Copy)]
pub struct OutboxConfig {
    /// Bytes that may wait.
    pub max_bytes: usize,
    /// How long a frame may wait while the socket takes nothing.
    pub max_age: Duration,
    /// How frames are written.
    pub encoding: Encoding,
}

#[derive(Debug)]
struct State {
    queue: Queue,
    socket: Option<Sender>,
    /// A frame of which the beginning is written, and how much of it.
    partial: Option<(Frame, usize)>,
    /// Since when the socket takes nothing.
    blocked: Option<Instant>,
    /// Whether a flusher has been told.
    dirty: bool,
    /// Updates that wait until the answer that announces them has been pushed.
    held: Option<Vec<Held>>,
    held_bytes: usize,
    closed: Option<CloseCode>,
    counters: OutboxState,
    metrics: Arc<DeliveryMetrics>,
    /// How many bytes wait, as far as the metrics know.
    counted: usize,
}

/// Something that waits for an answer.
#[derive(Debug)]
enum Held {
    Live(Item),
    Replay(Item),
}

/// A replay may be so many times as large as what may wait otherwise: as much as waited when a reader was
/// given up, and what was published until it came back.
const REPLAY_BOUNDS: usize = 3;

/// What has passed through an outbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxState {
    /// Frames handed to the socket.
    pub frames_sent: u64,
    /// Bytes handed to the socket, frame headers included.
    pub bytes_sent: u64,
}

/// What came of flushing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flushed {
    /// Everything is written.
    Empty,
    /// The socket would block; flush again when it is writable.
    Blocked,
    /// Everything is written or given up; close with this code.
    Closed(CloseCode),
    /// It is a topic's turn to catch up: see `Outbox::behind`. Flush again afterwards.
    Behind,
    /// The socket is broken.
    Broken,
}

impl OutboxConfig {
    /// For plain JSON, bounded in bytes alone.
    pub fn plain(max_bytes: usize) -> Self {
        Self {
            max_bytes,
            max_age: Duration::MAX,
            encoding: Encoding::default(),
        }
    }
}

impl Outbox {
    /// An empty outbox for plain JSON that holds at most `max_bytes`, and no socket yet.
    pub fn new(max_bytes: usize) -> Self {
        Self::configured(OutboxConfig::plain(max_bytes), 0, Arc::default())
    }

    pub(crate) fn configured(
        config: OutboxConfig,
        shard: usize,
        metrics: Arc<DeliveryMetrics>,
    ) -> Self {
        let state = State {
            queue: Queue::new(config.max_bytes, config.encoding),
            socket: None,
            partial: None,
            blocked: None,
            dirty: false,
            held: None,
            held_bytes: 0,
            closed: None,
            counters: OutboxState::default(),
            metrics,
            counted: 0,
        };
        Self {
            shard,
            encoding: config.encoding,
            max_age: config.max_age,
            state: Mutex::new(state),
            attention: AtomicWaker::new(),
        }
    }

    /// How frames are written.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Gives it the socket to write to.
    pub fn connect(&self, socket: Sender) {
        self.lock().socket = Some(socket);
    }

    /// Takes the socket away; nothing is written any more.
    pub fn disconnect(&self) {
        let mut state = self.lock();
        state.socket = None;
        state.partial = None;
        state.blocked = None;
        if *state.closed.get_or_insert(CloseCode::Normal) == CloseCode::SlowConsumer {
            state.queue.give_up();
        } else {
            state.queue.clear();
        }
        state.count_waiting();
    }

    /// Adds an answer or a push of the session. Whoever pushes sees to the flush.
    pub fn push(&self, frame: Frame) {
        let item = Item::Frame(self.encoding.apply(frame));
        self.lock().admit_now(item);
    }

    /// Adds what everyone is told, from outside of the connection's task, which is woken to flush.
    pub fn push_and_wake(&self, frame: &Arc<SharedFrame>) {
        let item = Item::Shared(Arc::clone(frame));
        self.lock().admit_now(item);
        self.call_attention();
    }

    /// Adds what a topic has to say; it waits while the outbox is held. Whether the flusher has to
    /// be told. `now` is the same for all who are told.
    pub(crate) fn offer(&self, item: Item, now: Instant) -> bool {
        let mut state = self.lock();
        if state.closed.is_some() {
            return false;
        }
        if state.held.is_some() {
            state.held_bytes += item.frame(self.encoding).len();
            state.held.get_or_insert_default().push(Held::Live(item));
            return false;
        }
        // A blocked socket is watched by its connection, which flushes when it is writable.
        let blocked = state.blocked.is_some();
        if blocked {
            state.expire(now, self.max_age);
        }
        state.admit(item, now);
        let idle = !blocked || state.closed.is_some();
        idle && !std::mem::replace(&mut state.dirty, true)
    }

    /// Adds what a topic has said before, likewise; as much as [`Self::room_for_replay`] says.
    pub(crate) fn replay(&self, item: Item, now: Instant) -> bool {
        let mut state = self.lock();
        if state.closed.is_some() {
            return false;
        }
        if state.held.is_some() {
            state.held_bytes += item.frame(self.encoding).len();
            state.held.get_or_insert_default().push(Held::Replay(item));
            return false;
        }
        state.replay(item, now);
        state.blocked.is_none() && !std::mem::replace(&mut state.dirty, true)
    }

    /// The topic whose turn it is to catch up: it is behind, since its changes were too many for this
    /// connection, and all that waited before it is written.
    pub(crate) fn behind(&self) -> Option<Arc<Channel>> {
        self.lock().queue.behind().cloned()
    }

    /// Adds, in their turn, the publications that lead from where the client stands in a topic to its
    /// newest state. Only under the lock of the topic's stream, so that live ones follow.
    pub(crate) fn catch_up(
        &self,
        topic: &Arc<Channel>,
        lead: impl FnOnce(&Standing) -> Vec<Arc<Publication>>,
    ) {
        self.lock().queue.catch_up(topic, lead, Instant::now());
    }

    /// Forgets a topic of changes that the client leaves or is about to join.
    pub(crate) fn forget(&self, topic: &Arc<Channel>) {
        let mut state = self.lock();
        // At the end of a connection what waits is still written.
        if state.closed.is_none() {
            state.queue.forget(topic);
        }
    }

    /// From now on updates wait, until [`Self::release`]. Only for as long as it takes to join
    /// topics, which waits for nothing: so what is held is bounded by their retention.
    pub fn hold(&self) {
        self.lock().held.get_or_insert_default();
    }

    /// Pushes `answer`, then what was held.
    pub fn release(&self, answer: Frame) {
        let answer = Item::Frame(self.encoding.apply(answer));
        let now = Instant::now();
        let mut state = self.lock();
        let held = state.held.take().unwrap_or_default();
        state.held_bytes = 0;
        state.admit(answer, now);
        for item in held {
            match item {
                Held::Live(item) => state.admit(item, now),
                Held::Replay(item) => state.replay(item, now),
            }
        }
    }

    /// Closes: what waits is still written, nothing is added, then the connection ends.
    pub fn close(&self, code: CloseCode) {
        self.lock().closed.get_or_insert(code);
        self.call_attention();
    }

    /// Closes with the last frame that is written: that of the close itself.
    pub fn say_last(&self, code: CloseCode) {
        let mut state = self.lock();
        state.closed.get_or_insert(code);
        state.queue.push_last(Item::Frame(Frame::close(code)));
    }

    /// Lets this waker be woken when the connection has to look after its outbox: after a block, a
    /// close, a push from outside. To be called before looking.
    pub fn watch(&self, waker: &Waker) {
        self.attention.register(waker);
    }

    /// Wakes the connection.
    pub(crate) fn call_attention(&self) {
        self.attention.wake();
    }

    /// Writes what waits, as far as the socket takes it. `retry` after the socket was writable.
    pub fn flush(&self, retry: bool) -> Flushed {
        let mut tally = Tally::default();
        let mut state = self.lock();
        let flushed = state.flush(retry, self.encoding, &mut tally);
        state.metrics.sent(&tally);
        flushed
    }

    /// As [`Self::flush`], for those who flush many and count what was written at the end.
    pub(super) fn flush_with(&self, tally: &mut Tally) -> Flushed {
        self.lock().flush(false, self.encoding, tally)
    }

    /// Lets go of what has waited for too long, as `x-topic.delivery` allows.
    pub fn expire(&self, now: Instant) {
        self.lock().expire(now, self.max_age);
    }

    /// Since when the socket has taken nothing.
    pub fn blocked_since(&self) -> Option<Instant> {
        self.lock().blocked
    }

    /// Takes everything out instead of writing it, for those who have no socket.
    pub fn drain(&self, buffer: &mut BytesMut, target: usize) -> Option<CloseCode> {
        let mut state = self.lock();
        while buffer.len() < target {
            let Some(item) = state.queue.pop() else { break };
            let frame = item.frame(self.encoding);
            state.count(frame.len());
            buffer.extend_from_slice(frame.bytes());
        }
        if state.queue.is_empty() {
            state.closed
        } else {
            None
        }
    }

    /// What has been sent so far.
    pub fn counters(&self) -> OutboxState {
        self.lock().counters
    }

    /// How many bytes may be replayed at once.
    pub(crate) fn room_for_replay(&self) -> usize {
        let state = self.lock();
        let used = state.queue.credit() + state.held_bytes;
        REPLAY_BOUNDS
            .saturating_mul(state.queue.max_bytes())
            .saturating_sub(used)
    }

    /// Whether there is room for more answers: more than half is free.
    pub fn has_room(&self) -> bool {
        let state = self.lock();
        state.queue.bytes() <= state.queue.max_bytes() / 2
    }

    /// Bytes that wait.
    pub fn waiting_bytes(&self) -> usize {
        self.lock().waiting_bytes()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that may panic runs under the lock, so a poisoned state is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        // Nothing waits any more, also where a task was given up before it could disconnect.
        self.disconnect();
    }
}

impl State {
    /// Admits what nobody has read the clock for. What comes in one turn is of one moment: reading it
    /// costs a good part of an answer.
    fn admit_now(&mut self, item: Item) {
        let now = match self.queue.newest() {
            Some(newest) if self.blocked.is_none() => newest,
            _ => Instant::now(),
        };
        self.admit(item, now);
    }

    fn replay(&mut self, item: Item, now: Instant) {
        if self.closed.is_none() && self.queue.replay(item, now).is_err() {
            self.give_up();
        }
        self.count_waiting();
    }

    fn admit(&mut self, item: Item, now: Instant) {
        if self.closed.is_none() && self.queue.push(item, now).is_err() {
            self.give_up();
        }
        self.count_waiting();
    }

    fn expire(&mut self, now: Instant, max_age: Duration) {
        if let Some(limit) = now.checked_sub(max_age)
            && self.closed.is_none()
            && self.queue.expire(limit).is_err()
        {
            self.give_up();
        }
        self.count_waiting();
    }

    /// The client resumes, so the loss is declared.
    fn give_up(&mut self) {
        self.queue.give_up();
        for held in self.held.take().into_iter().flatten() {
            let (Held::Live(item) | Held::Replay(item)) = held;
            if let Item::Update(update) = item {
                let delivery = update.topic.delivery;
                self.queue.losses().add(delivery, DropCause::SlowConsumer);
            }
        }
        self.closed = Some(CloseCode::SlowConsumer);
    }

    fn waiting_bytes(&self) -> usize {
        let partial = self.partial.as_ref();
        self.queue.bytes() + partial.map_or(0, |(frame, written)| frame.len() - written)
    }

    /// Tells the metrics what has given way, and how much waits.
    fn count_waiting(&mut self) {
        if !self.queue.losses().is_empty() {
            self.metrics.lost(self.queue.losses());
        }
        let bytes = self.waiting_bytes();
        let waiting = if self.blocked.is_some() || bytes >= WORTH_COUNTING {
            bytes
        } else {
            0
        };
        if waiting != self.counted {
            self.metrics.waits(self.counted, waiting);
            self.counted = waiting;
        }
    }

    fn count(&mut self, bytes: usize) {
        self.counters.frames_sent += 1;
        self.counters.bytes_sent += bytes as u64;
    }

    fn flush(&mut self, retry: bool, encoding: Encoding, tally: &mut Tally) -> Flushed {
        self.dirty = false;
        if self.blocked.is_some() && !retry {
            return match self.closed {
                // Nothing but the close is left to be said to a client that does not read.
                Some(code @ CloseCode::SlowConsumer) => Flushed::Closed(code),
                _ => Flushed::Blocked,
            };
        }
        let flushed = self.write(encoding, tally);
        self.count_waiting();
        flushed
    }

    fn write(&mut self, encoding: Encoding, tally: &mut Tally) -> Flushed {
        let Some(socket) = &self.socket else {
            return self.verdict();
        };
        loop {
            let (first, second) = self.queue.first_two();
            let written = match (&self.partial, first) {
                (Some((frame, written)), _) => socket.try_write(&frame.bytes()[*written..]),
                (None, Some(item)) if second.is_none() => {
                    socket.try_write(item.frame(encoding).bytes())
                }
                (None, Some(_)) => batch::write(socket, &self.queue, encoding),
                (None, None) if self.queue.behind().is_some() => {
                    if self.closed.is_none() {
                        return Flushed::Behind;
                    }
                    self.queue.forget_places();
                    continue;
                }
                (None, None) => match socket.try_flush() {
                    Ok(()) => {
                        self.blocked = None;
                        self.queue.shrink();
                        return self.verdict();
                    }
                    Err(error) => Err(error),
                },
            };
            match written {
                Ok(0) => return Flushed::Broken,
                Ok(written) => {
                    // Whoever takes something, however little, is not stalled.
                    self.blocked = None;
                    let (frames, oldest) =
                        advance(&mut self.partial, &mut self.queue, encoding, written);
                    self.counters.bytes_sent += written as u64;
                    self.counters.frames_sent += frames;
                    tally.wrote(encoding.coding(), frames, written as u64, oldest);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.blocked.get_or_insert_with(Instant::now);
                    return Flushed::Blocked;
                }
                Err(_) => return Flushed::Broken,
            }
        }
    }

    fn verdict(&self) -> Flushed {
        self.closed.map_or(Flushed::Empty, Flushed::Closed)
    }
}

/// Takes out what has been written; how many frames that was, and since when the oldest update among
/// them has waited. The frame in which the write ended goes on as `partial`; those behind it stay in the
/// queue, where they may still give way.
fn advance(
    partial: &mut Option<(Frame, usize)>,
    queue: &mut Queue,
    encoding: Encoding,
    mut written: usize,
) -> (u64, Option<Instant>) {
    let (mut frames, mut oldest) = (0, None);
    if let Some((frame, before)) = partial {
        *before += written;
        if *before < frame.len() {
            return (0, None);
        }
        *partial = None;
        return (1, None);
    }
    while written > 0 {
        let Some((item, since)) = queue.pop_with_time() else {
            break;
        };
        if matches!(item, Item::Update(_)) {
            oldest.get_or_insert(since);
        }
        let frame = item.frame(encoding);
        if written < frame.len() {
            *partial = Some((frame.clone(), written));
            break;
        }
        written -= frame.len();
        frames += 1;
    }
    (frames, oldest)
}

#[cfg(test)]
mod tests;
