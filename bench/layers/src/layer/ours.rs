//! Tickwire's: the parts of which `session/pipe.rs` is made, and in `echo` that itself.

use std::cell::RefCell;
use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tickwire::delivery::{Flushed, Outbox, Receiver, Transport};
use tickwire::wire::websocket::{Decoder, Deflate, Message};
use tickwire::wire::{Compressed, Frame, SharedFrame};
use tokio::io::DuplexStream;

use super::{Buffers, Echo, Layer, MAX_BYTES, Stream};

thread_local! {
    /// As there: one for each thread.
    static READ: RefCell<Box<[u8]>> = RefCell::new(vec![0; 64 * 1024].into());
}

/// Over any stream, or over a plain socket with [`Self::over`]; with or without permessage-deflate.
pub struct Tickwire<const DEFLATE: bool> {
    receiver: Receiver,
    decoder: Decoder,
    outbox: Arc<Outbox>,
}

pub type Ours = Tickwire<false>;
pub type OursDeflate = Tickwire<true>;

impl<const DEFLATE: bool> Tickwire<DEFLATE> {
    pub fn over(transport: Transport) -> Self {
        let (receiver, sender) = transport.split();
        let outbox = Arc::new(Outbox::new(1 << 20));
        outbox.connect(sender);
        Self {
            receiver,
            decoder: Decoder::new(MAX_BYTES, DEFLATE),
            outbox,
        }
    }
}

impl<S: Stream, const DEFLATE: bool> Layer<S> for Tickwire<DEFLATE> {
    const NAME: &'static str = if DEFLATE {
        "Tickwire, permessage-deflate"
    } else {
        "Tickwire"
    };
    type Outgoing = Arc<SharedFrame>;

    fn open(stream: S, _: Buffers) -> Self {
        Self::over(Transport::other(stream))
    }

    /// A whole number of messages has to lie in what is read at once: what is left over is a matter of
    /// the pipe's.
    async fn read(&mut self, count: usize, take: &mut impl FnMut(&[u8])) -> bool {
        let mut missing = count;
        while missing > 0 {
            let alive = poll_fn(|context| {
                READ.with_borrow_mut(|buffer| {
                    self.receiver.poll_read(context, buffer).map(|length| {
                        let mut rest = match length {
                            Ok(length @ 1..) => &mut buffer[..length],
                            _ => return false,
                        };
                        while !rest.is_empty() {
                            let Ok((used, message)) = self.decoder.decode(rest) else {
                                return false;
                            };
                            match message {
                                Some(Message::Text(bytes) | Message::Binary(bytes)) => {
                                    take(&bytes);
                                    missing -= 1;
                                }
                                Some(_) => return false,
                                None => {}
                            }
                            rest = &mut rest[used..];
                        }
                        true
                    })
                })
            })
            .await;
            if !alive {
                return false;
            }
        }
        true
    }

    fn prepare(text: &'static str) -> Arc<SharedFrame> {
        Arc::new(SharedFrame::new(Frame::text(text.as_bytes())))
    }

    async fn write(&mut self, messages: &[Arc<SharedFrame>]) -> bool {
        for message in messages {
            self.outbox.push_and_wake(message);
        }
        self.outbox.flush(false) == Flushed::Empty
    }
}

impl<const DEFLATE: bool> Echo for Tickwire<DEFLATE> {
    async fn echo(stream: DuplexStream) {
        let transport = Transport::other(stream);
        let close = Duration::from_secs(1);
        let deflate = DEFLATE.then(|| Compressed {
            deflate: Deflate::negotiate(["permessage-deflate"].into_iter()).expect("an offer"),
            threshold: 0,
        });
        tickwire::session::echo(transport, Bytes::new(), deflate, MAX_BYTES, close).await;
    }
}
