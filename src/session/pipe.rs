//! The bytes of one WebSocket, without what they mean: reading, flushing, and the end.

use std::cell::RefCell;
use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use crate::delivery::{Flushed, Outbox, Receiver, Transport};
use crate::wire::websocket::{Decoder, Fault, Message};
use crate::wire::{CloseCode, Frame};

/// Messages that are taken in a row, before what they caused is written.
const MESSAGES_PER_TURN: usize = 64;

/// What is read at once.
const READ_BYTES: usize = 64 * 1024;

thread_local! {
    /// Where bytes are read to. One for each thread, not for each connection: an idle connection
    /// holds no buffer.
    static READ: RefCell<Box<[u8]>> = RefCell::new(vec![0; READ_BYTES].into());
}

/// What is read at most of a peer that has been told that it is over, and whose messages do not count.
const LAST_WORDS: usize = 1024 * 1024;

/// A WebSocket past its handshake.
pub(super) struct Pipe {
    receiver: Receiver,
    decoder: Decoder,
    /// What was read and has not been taken: it came with the handshake, or there was no room for what
    /// it would have caused.
    unread: Vec<u8>,
    outbox: Arc<Outbox>,
    /// Nothing more will come.
    ended: bool,
}

/// What came from the peer.
pub(super) enum Inbound<'a> {
    /// A text message.
    Text(&'a [u8]),
    /// A binary message.
    Binary(&'a [u8]),
    /// A ping or pong: a sign of life. Pings are answered already.
    Alive,
}

/// Whether more messages may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Yes.
    More,
    /// Not before there is room.
    Pause,
}

/// What came of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Messages were taken, and there may be more.
    Some,
    /// The connection is over, with this code to be said.
    Over(CloseCode),
}

impl Pipe {
    /// Takes over a socket. `early` is what was read of it beyond the handshake; messages have at most
    /// `max_bytes`.
    pub(super) fn new(
        transport: Transport,
        early: Bytes,
        outbox: Arc<Outbox>,
        max_bytes: usize,
    ) -> Self {
        let (receiver, sender) = transport.split();
        outbox.connect(sender);
        Self {
            receiver,
            decoder: Decoder::new(max_bytes, outbox.encoding().deflate.is_some()),
            unread: early.into(),
            outbox,
            ended: false,
        }
    }

    pub(super) fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }

    /// Writes what waits. [`Flushed::Blocked`] when the task will be woken as soon as the socket is
    /// writable again.
    pub(super) fn poll_flush(&self, context: &mut Context<'_>) -> Flushed {
        let mut flushed = self.outbox.flush(false);
        while flushed == Flushed::Blocked {
            match self.receiver.poll_writable(context) {
                Poll::Ready(Ok(())) => flushed = self.outbox.flush(true),
                Poll::Ready(Err(_)) => return Flushed::Broken,
                Poll::Pending => break,
            }
        }
        flushed
    }

    /// Reads once, and gives the messages that have arrived to `take`: at most a turn's worth, and as
    /// long as it wants more. What it does not take waits.
    pub(super) fn poll_messages(
        &mut self,
        context: &mut Context<'_>,
        mut take: impl FnMut(Inbound<'_>) -> Next,
    ) -> Poll<Turn> {
        if !self.unread.is_empty() {
            let mut unread = std::mem::take(&mut self.unread);
            return Poll::Ready(self.take_messages(&mut unread, &mut take));
        }
        READ.with_borrow_mut(|buffer| {
            let turn = match ready!(self.receiver.poll_read(context, buffer)) {
                Ok(length @ 1..) => self.take_messages(&mut buffer[..length], &mut take),
                Ok(0) | Err(_) => {
                    self.ended = true;
                    Turn::Over(CloseCode::Normal)
                }
            };
            Poll::Ready(turn)
        })
    }

    fn take_messages(
        &mut self,
        bytes: &mut [u8],
        take: &mut impl FnMut(Inbound<'_>) -> Next,
    ) -> Turn {
        let mut taken = 0;
        for left in (0..MESSAGES_PER_TURN).rev() {
            let (used, message) = match self.decoder.decode(&mut bytes[taken..]) {
                Ok(decoded) => decoded,
                Err(Fault(code)) => return Turn::Over(code),
            };
            taken += used;
            let next = match message {
                None => return Turn::Some,
                Some(Message::Text(text)) => take(Inbound::Text(&text)),
                Some(Message::Binary(bytes)) => take(Inbound::Binary(&bytes)),
                Some(Message::Pong) => take(Inbound::Alive),
                Some(Message::Ping(payload)) => {
                    self.outbox.push(Frame::pong(&payload));
                    take(Inbound::Alive)
                }
                Some(Message::Close(code)) => {
                    self.ended = true;
                    return Turn::Over(code);
                }
            };
            if next == Next::Pause || left == 0 {
                self.unread = bytes[taken..].to_vec();
                break;
            }
        }
        Turn::Some
    }

    /// The end, bounded in time: what waits, our close, then the peer's.
    pub(super) async fn shake_hands(mut self, code: CloseCode, within: Duration) {
        self.outbox.say_last(code);
        let handshake = async {
            if poll_fn(|context| self.poll_written(context)).await.is_err() {
                return;
            }
            // After a fault nobody can tell a close any more; and who floods us is not listened to.
            if !is_fault(code) && code != CloseCode::RateLimited {
                poll_fn(|context| self.poll_closed(context)).await;
            }
            // Errors no longer matter: the stream is dropped next.
            let _closed = poll_fn(|context| self.receiver.poll_shutdown(context)).await;
            if !self.ended {
                // Closing a socket with unread bytes resets it, and the peer would never see our
                // close frame.
                let mut last_words = LAST_WORDS;
                poll_fn(|context| self.poll_end(context, &mut last_words)).await;
            }
        };
        if tokio::time::timeout(within, handshake).await.is_err() {
            tracing::debug!(code = code.code(), "the peer did not close in time");
        }
        self.outbox.disconnect();
    }

    fn poll_written(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Who has been given up for not reading is given the time of the handshake, all the same.
        let mut flushed = self.outbox.flush(true);
        loop {
            match flushed {
                // Topics that are behind stay so.
                Flushed::Empty | Flushed::Closed(_) | Flushed::Behind => {
                    return Poll::Ready(Ok(()));
                }
                Flushed::Broken => return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
                Flushed::Blocked => {
                    ready!(self.receiver.poll_writable(context))?;
                    flushed = self.outbox.flush(true);
                }
            }
        }
    }

    /// Waits for the peer's close, or for something that is none.
    fn poll_closed(&mut self, context: &mut Context<'_>) -> Poll<()> {
        while !self.ended {
            if let Turn::Over(_) = ready!(self.poll_messages(context, |_| Next::More)) {
                break;
            }
        }
        Poll::Ready(())
    }

    /// Reads to the end of the stream, whatever comes; not for ever, where it comes without end.
    fn poll_end(&mut self, context: &mut Context<'_>, last_words: &mut usize) -> Poll<()> {
        READ.with_borrow_mut(|buffer| {
            while let Ok(read @ 1..) = ready!(self.receiver.poll_read(context, buffer)) {
                *last_words = last_words.saturating_sub(read);
                if *last_words == 0 {
                    break;
                }
            }
            Poll::Ready(())
        })
    }
}

/// Whether the peer broke the protocol.
fn is_fault(code: CloseCode) -> bool {
    use CloseCode::{InvalidText, ProtocolError, TooLarge};
    matches!(code, ProtocolError | InvalidText | TooLarge)
}
