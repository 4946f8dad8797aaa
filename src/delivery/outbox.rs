//! What waits to be written to one connection, and the writing itself.

mod queue;

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::transport::Transport;
use crate::wire::{CloseCode, Frame};
pub(crate) use queue::Item;
use queue::Queue;

/// One write to the socket takes at most about this many bytes: large enough that many frames
/// share the cost of the system call, small enough that a stalled reader pins little.
const WRITE_BYTES: usize = 64 * 1024;

/// Frames for one connection, bounded in bytes.
///
/// Whoever has something to say pushes; nobody waits. [`Self::flush`] writes straight to the
/// socket: a connection flushes at the end of its own turn, the flusher of its shard after
/// publications. Only a socket that would block needs the connection's task, which waits until it
/// is writable and flushes again. When there is more than may wait, `x-topic.delivery` says what
/// gives way, and if nothing may, the outbox closes as [`CloseCode::SlowConsumer`].
#[derive(Debug)]
pub struct Outbox {
    /// Which of the flusher's shards looks after it.
    pub(crate) shard: usize,
    state: Mutex<State>,
    attention: Notify,
}

#[derive(Debug)]
struct State {
    queue: Queue,
    socket: Option<Arc<Transport>>,
    /// The rest of a frame of which the beginning is written.
    partial: Bytes,
    /// Since when the socket takes nothing.
    blocked: Option<Instant>,
    /// Whether a flusher has been told.
    dirty: bool,
    /// Updates that wait until the answer that announces them has been pushed.
    held: Option<Vec<Item>>,
    held_bytes: usize,
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

/// What came of flushing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flushed {
    /// Everything is written.
    Empty,
    /// The socket would block; flush again when it is writable.
    Blocked,
    /// Everything is written or given up; close with this code.
    Closed(CloseCode),
    /// The socket is broken.
    Broken,
}

impl Outbox {
    /// An empty outbox that holds at most `max_bytes`, and no socket yet.
    pub fn new(max_bytes: usize) -> Self {
        Self::on_shard(max_bytes, 0)
    }

    pub(crate) fn on_shard(max_bytes: usize, shard: usize) -> Self {
        let state = State {
            queue: Queue::new(max_bytes),
            socket: None,
            partial: Bytes::new(),
            blocked: None,
            dirty: false,
            held: None,
            held_bytes: 0,
            closed: None,
            counters: OutboxState::default(),
        };
        Self {
            shard,
            state: Mutex::new(state),
            attention: Notify::new(),
        }
    }

    /// Gives it the socket to write to.
    pub fn connect(&self, socket: Arc<Transport>) {
        self.lock().socket = Some(socket);
    }

    /// Takes the socket away; nothing is written any more.
    pub fn disconnect(&self) {
        let mut state = self.lock();
        state.socket = None;
        state.queue.clear();
        state.closed.get_or_insert(CloseCode::Normal);
    }

    /// Adds an answer or a push of the session. Whoever pushes sees to the flush.
    pub fn push(&self, frame: Frame) {
        self.lock().admit(Item::Frame(frame));
    }

    /// As [`Self::push`], from outside of the connection's task, which is woken to flush.
    pub fn push_and_wake(&self, frame: Frame) {
        self.push(frame);
        self.attention.notify_one();
    }

    /// Adds what a topic has to say; it waits while the outbox is held. Whether the flusher has to
    /// be told.
    pub(crate) fn offer(&self, item: Item) -> bool {
        let mut state = self.lock();
        if state.closed.is_some() {
            return false;
        }
        if state.held.is_some() {
            state.held_bytes += item.frame().len();
            state.held.get_or_insert_default().push(item);
            return false;
        }
        state.admit(item);
        // A blocked socket is watched by its connection, which flushes when it is writable.
        let idle = state.blocked.is_none() || state.closed.is_some();
        idle && !std::mem::replace(&mut state.dirty, true)
    }

    /// From now on updates wait, until [`Self::release`]. Only for as long as it takes to join
    /// topics, which waits for nothing: so what is held is bounded by their retention.
    pub fn hold(&self) {
        self.lock().held.get_or_insert_default();
    }

    /// Pushes `answer`, then what was held.
    pub fn release(&self, answer: Frame) {
        let mut state = self.lock();
        let held = state.held.take().unwrap_or_default();
        state.held_bytes = 0;
        state.admit(Item::Frame(answer));
        for item in held {
            state.admit(item);
        }
    }

    /// Closes: what waits is still written, nothing is added, then the connection ends.
    pub fn close(&self, code: CloseCode) {
        self.lock().closed.get_or_insert(code);
        self.attention.notify_one();
    }

    /// Completes when the connection has to flush: after a block, a close, a push from outside.
    ///
    /// Cancel safe: the permit of a cancelled wait is kept for the next.
    pub async fn attention(&self) {
        self.attention.notified().await;
    }

    pub(super) fn call_attention(&self) {
        self.attention.notify_one();
    }

    /// Writes what waits, as far as the socket takes it. `retry` after the socket was writable.
    pub fn flush(&self, retry: bool) -> Flushed {
        let mut state = self.lock();
        state.dirty = false;
        if state.blocked.is_some() && !retry {
            return match state.closed {
                // Nothing but the close is left to be said to a client that does not read.
                Some(code @ CloseCode::SlowConsumer) => Flushed::Closed(code),
                _ => Flushed::Blocked,
            };
        }
        state.flush()
    }

    /// For how long the socket has taken nothing.
    pub fn blocked_for(&self) -> Option<Duration> {
        self.lock().blocked.map(|since| since.elapsed())
    }

    /// Takes everything out instead of writing it, for connections without a socket, and for the
    /// last words of those with one: what the socket has begun comes first.
    pub fn drain(&self, buffer: &mut BytesMut, target: usize) -> Option<CloseCode> {
        let mut state = self.lock();
        buffer.extend_from_slice(&std::mem::take(&mut state.partial));
        while buffer.len() < target {
            let Some(item) = state.queue.pop() else { break };
            state.count(item.frame().len());
            buffer.extend_from_slice(item.frame().bytes());
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

    /// How many bytes may be replayed at once: with the rest there is room for live updates. A
    /// replay that could not be taken whole would only be cut off again.
    pub(crate) fn room_for_replay(&self) -> usize {
        let state = self.lock();
        let used = state.queue.bytes() + state.held_bytes;
        let max_bytes = state.queue.max_bytes();
        (max_bytes - max_bytes / 8).saturating_sub(used)
    }

    /// Whether there is room for more answers: more than half is free.
    pub fn has_room(&self) -> bool {
        let state = self.lock();
        state.queue.bytes() <= state.queue.max_bytes() / 2
    }

    /// Bytes that wait.
    pub fn waiting_bytes(&self) -> usize {
        let state = self.lock();
        state.queue.bytes() + state.partial.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that may panic runs under the lock, so a poisoned state is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn admit(&mut self, item: Item) {
        if self.closed.is_none() && self.queue.push(item).is_err() {
            // The client resumes, so the loss is declared.
            self.queue.clear();
            self.held = None;
            self.closed = Some(CloseCode::SlowConsumer);
        }
    }

    fn count(&mut self, bytes: usize) {
        self.counters.frames_sent += 1;
        self.counters.bytes_sent += bytes as u64;
    }

    fn flush(&mut self) -> Flushed {
        let Some(socket) = self.socket.clone() else {
            return self.verdict();
        };
        loop {
            if !self.partial.is_empty() {
                match socket.try_write(&self.partial) {
                    Ok(0) => return Flushed::Broken,
                    Ok(written) => {
                        self.partial.advance(written);
                        self.blocked = None;
                    }
                    Err(error) => return self.refused(&error),
                }
                continue;
            }
            let Some(first) = self.queue.frames().next() else {
                return match socket.try_flush() {
                    Ok(()) => {
                        self.blocked = None;
                        self.verdict()
                    }
                    Err(error) => self.refused(&error),
                };
            };
            let written = match self.queue.frames().nth(1) {
                None => socket.try_write(first.bytes()),
                Some(_) => write_together(&socket, &self.queue),
            };
            match written {
                Ok(0) => return Flushed::Broken,
                Ok(written) => {
                    self.advance(written);
                    // Whoever takes something, however little, is not stalled.
                    self.blocked = None;
                }
                Err(error) => return self.refused(&error),
            }
        }
    }

    /// Takes out what has been written. The frame in which the write ended goes on as `partial`;
    /// those behind it stay in the queue, where they may still give way.
    fn advance(&mut self, mut written: usize) {
        while written > 0 {
            let Some(item) = self.queue.pop() else { return };
            let frame = item.frame();
            self.count(frame.len());
            if written < frame.len() {
                self.partial = frame.bytes().slice(written..);
                return;
            }
            written -= frame.len();
        }
    }

    fn refused(&mut self, error: &io::Error) -> Flushed {
        if error.kind() != io::ErrorKind::WouldBlock {
            return Flushed::Broken;
        }
        self.blocked.get_or_insert_with(Instant::now);
        Flushed::Blocked
    }

    fn verdict(&self) -> Flushed {
        self.closed.map_or(Flushed::Empty, Flushed::Closed)
    }
}

thread_local! {
    /// Where frames are put together. One for each thread, not for each connection: an idle
    /// connection holds no buffer.
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Writes the next frames in one piece: one buffer and one call beat a vectored write.
fn write_together(socket: &Transport, queue: &Queue) -> io::Result<usize> {
    SCRATCH.with_borrow_mut(|buffer| {
        buffer.clear();
        for frame in queue.frames() {
            if !buffer.is_empty() && buffer.len() + frame.len() > WRITE_BYTES {
                break;
            }
            buffer.extend_from_slice(frame.bytes());
        }
        socket.try_write(buffer)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(text: &str) -> Frame {
        Frame::text(text.as_bytes())
    }

    fn update(text: &str) -> Item {
        Item::Frame(frame(text))
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
        assert!(!outbox.offer(update("update")), "nothing to write yet");
        outbox.push(frame("pong"));
        outbox.release(frame("answer"));
        assert!(outbox.offer(update("later")));
        assert_eq!(
            drained(&outbox),
            (joined(&["pong", "answer", "update", "later"]), None)
        );
    }

    #[test]
    fn the_flusher_is_told_once_until_it_has_flushed() {
        let outbox = Outbox::new(1000);
        assert!(outbox.offer(update("1")));
        assert!(!outbox.offer(update("2")));
        outbox.flush(false);
        assert!(outbox.offer(update("3")));
    }

    #[test]
    fn what_waits_is_given_up_when_nothing_may_give_way() {
        let outbox = Outbox::new(20);
        outbox.push(frame("0123456789"));
        outbox.push(frame("0123456789"));
        outbox.push(frame("ignored"));
        assert_eq!(
            drained(&outbox),
            (Vec::new(), Some(CloseCode::SlowConsumer))
        );
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

    /// A socket with a tiny buffer and a reader that reads when told.
    async fn connected(outbox: &Outbox) -> (Arc<Transport>, tokio::net::TcpStream) {
        let listener = tokio::net::TcpSocket::new_v4().unwrap();
        listener.set_send_buffer_size(8192).unwrap();
        listener.bind(([127, 0, 0, 1], 0).into()).unwrap();
        let listener = listener.listen(1).unwrap();
        let client = tokio::net::TcpSocket::new_v4().unwrap();
        client.set_recv_buffer_size(4096).unwrap();
        let connect = client.connect(listener.local_addr().unwrap());
        let (client, accepted) = tokio::join!(connect, listener.accept());
        let socket = Arc::new(Transport::Tcp(accepted.unwrap().0));
        outbox.connect(Arc::clone(&socket));
        (socket, client.unwrap())
    }

    /// Whatever the socket takes at a time, the peer gets whole frames in their order.
    #[tokio::test]
    async fn a_blocked_socket_is_taken_up_again_where_it_stopped() {
        use std::future::poll_fn;

        use tokio::io::AsyncReadExt;

        let outbox = Outbox::new(1 << 24);
        let (socket, mut client) = connected(&outbox).await;
        let mut expected = Vec::new();
        for number in 0..2_000 {
            let next = frame(&format!("{number:>1000}"));
            expected.extend_from_slice(next.bytes());
            outbox.push(next);
        }
        assert_eq!(outbox.flush(false), Flushed::Blocked);
        assert!(
            !outbox.offer(update("later")),
            "its connection watches a blocked socket"
        );
        expected.extend_from_slice(frame("later").bytes());

        let mut received = vec![0; expected.len()];
        let read = client.read_exact(&mut received);
        let write = async {
            while outbox.flush(true) == Flushed::Blocked {
                poll_fn(|context| socket.poll_writable(context))
                    .await
                    .unwrap();
            }
        };
        let (read, ()) = tokio::join!(read, write);
        read.unwrap();
        assert!(received == expected, "the same bytes");
        assert_eq!(outbox.counters().frames_sent, 2_001);
        assert_eq!(outbox.waiting_bytes(), 0);
        assert_eq!(outbox.blocked_for(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn progress_ends_a_block() {
        use tokio::io::AsyncReadExt;
        let (mut ours, theirs) = tokio::io::duplex(1000);
        let outbox = Outbox::new(1 << 20);
        outbox.connect(Arc::new(Transport::other(theirs)));
        for _ in 0..100 {
            outbox.push(frame(&"x".repeat(500)));
        }
        assert_eq!(outbox.flush(false), Flushed::Blocked);
        let mut chunk = [0; 1000];
        for _ in 0..20 {
            tokio::time::advance(Duration::from_secs(2)).await;
            ours.read_exact(&mut chunk).await.unwrap();
            assert_eq!(outbox.flush(true), Flushed::Blocked);
        }
        let blocked = outbox.blocked_for().unwrap();
        assert!(
            blocked < Duration::from_secs(3),
            "it took 1000 bytes just now, yet blocked for {blocked:?}"
        );
    }

    /// A stream that buffers, as encryption does.
    #[tokio::test]
    async fn what_a_stream_holds_back_is_flushed_when_it_can_be() {
        use std::future::poll_fn;
        use tokio::io::AsyncReadExt;
        let (mut ours, theirs) = tokio::io::duplex(10);
        let outbox = Outbox::new(1 << 20);
        let socket = Arc::new(Transport::other(tokio::io::BufStream::new(theirs)));
        outbox.connect(Arc::clone(&socket));
        outbox.push(frame(&"x".repeat(98)));
        let connection = async {
            // As `Connection::serve`: only a blocked outbox waits for the socket.
            loop {
                match outbox.flush(true) {
                    Flushed::Blocked => poll_fn(|context| socket.poll_writable(context))
                        .await
                        .unwrap(),
                    Flushed::Empty => break,
                    other => panic!("{other:?}"),
                }
            }
            std::future::pending::<()>().await
        };
        let mut received = [0; 100];
        tokio::select! {
            read = tokio::time::timeout(Duration::from_secs(1), ours.read_exact(&mut received)) => { read.expect("the whole frame arrives").unwrap(); }
            () = connection => {}
        }
    }

    /// A stream that takes the beginning of a frame, then says `Ok(0)`.
    #[test]
    fn a_stream_that_takes_nothing_is_broken() {
        use std::pin::Pin;
        use std::task::{Context, Poll};
        struct Odd(bool);
        impl tokio::io::AsyncRead for Odd {
            fn poll_read(
                self: Pin<&mut Self>,
                _: &mut Context<'_>,
                _: &mut tokio::io::ReadBuf<'_>,
            ) -> Poll<io::Result<()>> {
                Poll::Pending
            }
        }
        impl tokio::io::AsyncWrite for Odd {
            fn poll_write(
                mut self: Pin<&mut Self>,
                _: &mut Context<'_>,
                _: &[u8],
            ) -> Poll<io::Result<usize>> {
                let first = !self.0;
                self.0 = true;
                Poll::Ready(Ok(usize::from(first)))
            }
            fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(Ok(()))
            }
            fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(Ok(()))
            }
        }
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let outbox = Outbox::new(1000);
            outbox.connect(Arc::new(Transport::other(Odd(false))));
            outbox.push(frame("abc"));
            sender.send(outbox.flush(false)).unwrap();
        });
        assert_eq!(
            receiver.recv_timeout(Duration::from_secs(2)),
            Ok(Flushed::Broken)
        );
    }
}
