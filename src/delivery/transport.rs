//! A byte stream that anyone may write to without waiting.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// What a connection runs over.
///
/// Writing is a plain call that takes what fits, from any thread; only who finds that nothing
/// fits has to wait for [`Self::poll_writable`], and that is the connection's own task alone.
#[derive(Debug)]
pub enum Transport {
    /// The system's socket.
    Tcp(TcpStream),
    /// Any other stream: encrypted, or in memory.
    Other(Box<Other>),
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
        let writable = Arc::default();
        Self::Other(Box::new(Other {
            stream: Mutex::new(stream),
            unflushed: AtomicBool::new(false),
            writable,
        }))
    }

    /// Writes what fits.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when nothing fits now; others when the stream is broken.
    pub fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(socket) => socket.try_write(bytes),
            Self::Other(other) => {
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
        let Self::Other(other) = self else {
            return Ok(());
        };
        if !other.unflushed.load(Ordering::Acquire) {
            return Ok(());
        }
        let waker = other.waker();
        match other
            .lock()
            .as_mut()
            .poll_flush(&mut Context::from_waker(&waker))
        {
            Poll::Ready(Ok(())) => {
                other.unflushed.store(false, Ordering::Release);
                Ok(())
            }
            Poll::Ready(Err(error)) => Err(error),
            Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
        }
    }

    /// Ready when a write may succeed again, after one that would have blocked.
    pub fn poll_writable(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Tcp(socket) => socket.poll_write_ready(context),
            Self::Other(other) => {
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

    /// Reads what there is.
    pub fn poll_read(
        &self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let socket = match self {
            Self::Tcp(socket) => socket,
            Self::Other(other) => return other.lock().as_mut().poll_read(context, buffer),
        };
        loop {
            std::task::ready!(socket.poll_read_ready(context))?;
            match socket.try_read(buffer.initialize_unfilled()) {
                Ok(length) => {
                    buffer.advance(length);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }

    /// Says that nothing more will be written.
    pub fn poll_shutdown(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Tcp(socket) => {
                Poll::Ready(socket2::SockRef::from(socket).shutdown(std::net::Shutdown::Write))
            }
            Self::Other(other) => other.lock().as_mut().poll_shutdown(context),
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
