//! What waits to be written to one connection.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::{BufMut, BytesMut};
use tokio::sync::Notify;

use crate::wire::{CloseCode, Frame};

/// Frames for one connection, bounded in bytes. Whoever has something to say pushes; the
/// connection's own task drains.
///
/// When a push would exceed the bound, the outbox is closed as [`CloseCode::SlowConsumer`] and
/// what waited is dropped: the client reconnects and resumes, so the loss is declared.
#[derive(Debug)]
pub struct Outbox {
    state: Mutex<State>,
    ready: Notify,
    max_bytes: usize,
}

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<Frame>,
    bytes: usize,
    /// Updates that wait until the answer that announces them has been pushed.
    held: Option<Vec<Frame>>,
    closed: Option<CloseCode>,
    counters: OutboxState,
}

/// What has passed through an outbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxState {
    /// Frames handed to the socket.
    pub frames_sent: u64,
    /// Bytes handed to the socket, frame headers included.
    pub bytes_sent: u64,
}

impl Outbox {
    /// An empty outbox that holds at most `max_bytes`.
    pub fn new(max_bytes: usize) -> Self {
        Self {
            state: Mutex::default(),
            ready: Notify::new(),
            max_bytes,
        }
    }

    /// Adds an answer or a push of the session.
    pub fn push(&self, frame: Frame) {
        let mut state = self.lock();
        self.admit(&mut state, frame);
        drop(state);
        self.ready.notify_one();
    }

    /// Adds an update of a topic; it waits while the outbox is held.
    pub(super) fn push_update(&self, frame: Frame) {
        let mut state = self.lock();
        if state.closed.is_some() {
            return;
        }
        if state.held.is_some() {
            // Held frames count: a client cannot grow the server by subscribing.
            if self.would_overflow(&state, &frame) {
                self.overflow(&mut state);
            } else {
                state.bytes += frame.len();
                state.held.get_or_insert_default().push(frame);
                return;
            }
        } else {
            self.admit(&mut state, frame);
        }
        drop(state);
        self.ready.notify_one();
    }

    /// From now on updates wait, until [`Self::release`].
    pub fn hold(&self) {
        self.lock().held.get_or_insert_default();
    }

    /// Pushes `answer`, then what was held.
    pub fn release(&self, answer: Frame) {
        let mut state = self.lock();
        let held = state.held.take().unwrap_or_default();
        self.admit(&mut state, answer);
        if state.closed.is_none() {
            // Their bytes were counted when they were held.
            state.queue.extend(held);
        }
        drop(state);
        self.ready.notify_one();
    }

    /// Closes: what waits is still written, nothing is added, then the connection ends.
    pub fn close(&self, code: CloseCode) {
        let mut state = self.lock();
        state.closed.get_or_insert(code);
        drop(state);
        self.ready.notify_one();
    }

    /// Completes when there may be something to drain or the outbox was closed.
    ///
    /// Cancel safe: the permit of a cancelled wait is kept for the next.
    pub async fn ready(&self) {
        self.ready.notified().await;
    }

    /// Moves whole frames into `buffer` until it holds about `target` bytes.
    ///
    /// The verdict comes with the last of them: the code with which to close.
    pub fn drain(&self, buffer: &mut BytesMut, target: usize) -> Option<CloseCode> {
        let mut state = self.lock();
        while buffer.len() < target {
            let Some(frame) = state.queue.pop_front() else {
                break;
            };
            state.bytes -= frame.len();
            state.counters.frames_sent += 1;
            state.counters.bytes_sent += frame.len() as u64;
            buffer.put_slice(frame.bytes());
        }
        if !state.queue.is_empty() {
            drop(state);
            self.ready.notify_one();
            return None;
        }
        state.closed
    }

    /// What has been drained so far.
    pub fn counters(&self) -> OutboxState {
        self.lock().counters
    }

    fn admit(&self, state: &mut State, frame: Frame) {
        if state.closed.is_some() {
            return;
        }
        if self.would_overflow(state, &frame) {
            return self.overflow(state);
        }
        state.bytes += frame.len();
        state.queue.push_back(frame);
    }

    /// A single frame larger than the bound passes alone, else it could never be sent.
    fn would_overflow(&self, state: &State, frame: &Frame) -> bool {
        state.bytes > 0 && state.bytes + frame.len() > self.max_bytes
    }

    fn overflow(&self, state: &mut State) {
        state.queue.clear();
        state.held = None;
        state.bytes = 0;
        state.closed = Some(CloseCode::SlowConsumer);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that may panic runs under the lock, so a poisoned state is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(text: &str) -> Frame {
        Frame::text(text.as_bytes())
    }

    fn drained(outbox: &Outbox) -> (Vec<u8>, Option<CloseCode>) {
        let mut buffer = BytesMut::new();
        let closed = outbox.drain(&mut buffer, usize::MAX);
        (buffer.to_vec(), closed)
    }

    fn joined(texts: &[&str]) -> Vec<u8> {
        texts
            .iter()
            .flat_map(|text| frame(text).bytes().to_vec())
            .collect()
    }

    #[test]
    fn updates_follow_the_answer_that_announces_them() {
        let outbox = Outbox::new(1000);
        outbox.hold();
        outbox.push_update(frame("update"));
        outbox.push(frame("pong"));
        outbox.release(frame("answer"));
        outbox.push_update(frame("later"));
        assert_eq!(
            drained(&outbox),
            (joined(&["pong", "answer", "update", "later"]), None)
        );
    }

    #[test]
    fn overflow_drops_everything_and_closes() {
        let outbox = Outbox::new(20);
        outbox.push(frame("0123456789"));
        outbox.push_update(frame("0123456789"));
        outbox.push(frame("ignored"));
        assert_eq!(
            drained(&outbox),
            (Vec::new(), Some(CloseCode::SlowConsumer))
        );
    }

    #[test]
    fn held_updates_count_towards_the_bound() {
        let outbox = Outbox::new(20);
        outbox.hold();
        outbox.push_update(frame("0123456789"));
        outbox.push_update(frame("0123456789"));
        outbox.release(frame("answer"));
        assert_eq!(drained(&outbox).1, Some(CloseCode::SlowConsumer));
    }

    #[test]
    fn one_large_frame_passes_alone() {
        let outbox = Outbox::new(4);
        outbox.push(frame("0123456789"));
        assert_eq!(drained(&outbox), (joined(&["0123456789"]), None));
    }

    #[test]
    fn what_waits_is_written_before_the_close() {
        let outbox = Outbox::new(100);
        outbox.push(frame("last words"));
        outbox.close(CloseCode::Restarting);
        assert_eq!(
            drained(&outbox),
            (joined(&["last words"]), Some(CloseCode::Restarting))
        );
    }
}
