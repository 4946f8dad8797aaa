//! A byte stream that anyone may write to without waiting.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker, ready};

use futures_util::task::AtomicWaker;
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// What a connection runs over.
#[derive(Debug)]
pub enum Transport {
    /// The system's socket.
    Tcp(TcpStream),
    /// Any other stream: encrypted, or in memory.
    Other(Box<Other>),
}

/// The connection's side of a transport: reads, and waits until it can be written to.
#[derive(Debug)]
pub struct Receiver(Half<OwnedReadHalf>);

/// Everybody's side: writing is a plain call that takes what fits, from any thread. Only who finds
/// that nothing fits has to wait, and that is the connection alone.
#[derive(Debug)]
pub struct Sender(Half<OwnedWriteHalf>);

#[derive(Debug)]
enum Half<T> {
    Tcp(T),
    Other(Arc<Other>),
}

/// A stream that knows only how to be polled.
pub struct Other {
    stream: Mutex<Pin<Box<dyn Stream>>>,
    /// Whether the stream has taken something that it has not passed on.
    unflushed: AtomicBool,
    writable: Arc<Writable>,
}

/// Both directions of a stream.
pub trait Stream: AsyncRead + AsyncWrite + Send {}

impl<S: AsyncRead + AsyncWrite + Send> Stream for S {}

/// Remembers that a stream said it can be written to, and who waits for that.
#[derive(Debug, Default)]
struct Writable {
    now: AtomicBool,
    waiting: AtomicWaker,
}

impl Wake for Writable {
    fn wake(self: Arc<Self>) {
        self.now.store(true, Ordering::Release);
        self.waiting.wake();
    }
}

impl Transport {
    /// Any stream that is no plain socket.
    pub fn other(stream: impl Stream + 'static) -> Self {
        let stream: Pin<Box<dyn Stream>> = Box::pin(stream);
        Self::Other(Box::new(Other {
            stream: Mutex::new(stream),
            unflushed: AtomicBool::new(false),
            writable: Arc::default(),
        }))
    }

    /// The two sides of it.
    pub fn split(self) -> (Receiver, Sender) {
        match self {
            Self::Tcp(socket) => {
                let (read, write) = socket.into_split();
                (Receiver(Half::Tcp(read)), Sender(Half::Tcp(write)))
            }
            Self::Other(other) => {
                let other = Arc::new(*other);
                let sender = Sender(Half::Other(Arc::clone(&other)));
                (Receiver(Half::Other(other)), sender)
            }
        }
    }
}

impl Sender {
    /// Writes what fits.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when nothing fits now; others when the stream is broken.
    pub fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match &self.0 {
            Half::Tcp(half) => {
                let socket: &TcpStream = half.as_ref();
                // Nearly always there is room, so the socket is asked, not what the runtime knows of
                // it. Only a refusal has to go through the runtime, which then watches the socket.
                match SockRef::from(socket).send(bytes) {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                        socket.try_write(bytes)
                    }
                    written => written,
                }
            }
            Half::Other(other) => {
                let waker = other.waker();
                let mut context = Context::from_waker(&waker);
                match other.lock().as_mut().poll_write(&mut context, bytes) {
                    Poll::Ready(written) => {
                        other.unflushed.store(true, Ordering::Release);
                        written
                    }
                    Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
                }
            }
        }
    }

    /// Sees to it that what was written leaves. To be called when there is no more to write.
    ///
    /// # Errors
    /// As [`Self::try_write`].
    pub fn try_flush(&self) -> io::Result<()> {
        let Half::Other(other) = &self.0 else {
            return Ok(());
        };
        if !other.unflushed.load(Ordering::Acquire) {
            return Ok(());
        }
        let waker = other.waker();
        let mut context = Context::from_waker(&waker);
        match other.lock().as_mut().poll_flush(&mut context) {
            Poll::Ready(Ok(())) => {
                other.unflushed.store(false, Ordering::Release);
                Ok(())
            }
            Poll::Ready(Err(error)) => Err(error),
            Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}

impl Receiver {
    /// Ready when a write may succeed again, after one that would have blocked.
    pub fn poll_writable(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &self.0 {
            Half::Tcp(half) => {
                let socket: &TcpStream = half.as_ref();
                socket.poll_write_ready(context)
            }
            Half::Other(other) => {
                // Registered before the flag is looked at, so that no wake falls in between.
                other.writable.waiting.register(context.waker());
                if other.writable.now.swap(false, Ordering::AcqRel) {
                    Poll::Ready(Ok(()))
                } else {
                    Poll::Pending
                }
            }
        }
    }

    /// Reads what there is, and how much that was; 0 at the end of the stream.
    pub fn poll_read(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        let mut buffer = ReadBuf::new(buffer);
        ready!(match &mut self.0 {
            Half::Tcp(half) => Pin::new(half).poll_read(context, &mut buffer),
            Half::Other(other) => other.lock().as_mut().poll_read(context, &mut buffer),
        })?;
        Poll::Ready(Ok(buffer.filled().len()))
    }

    /// Says that nothing more will be written.
    pub fn poll_shutdown(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &self.0 {
            Half::Tcp(half) => {
                let socket: &TcpStream = half.as_ref();
                Poll::Ready(SockRef::from(socket).shutdown(std::net::Shutdown::Write))
            }
            Half::Other(other) => other.lock().as_mut().poll_shutdown(context),
        }
    }
}

impl Other {
    /// Wakes whoever waits for the stream to be writable.
    fn waker(&self) -> Waker {
        Waker::from(Arc::clone(&self.writable))
    }

    fn lock(&self) -> MutexGuard<'_, Pin<Box<dyn Stream>>> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Other {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Other")
    }
}
