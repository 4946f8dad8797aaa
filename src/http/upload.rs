//! The body of a request, until whose end something is awaited of the client.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};

use super::guests::Guest;

/// A body that tells the guest's register of its end. Or else whoever sends a header and then a byte at
/// a time would count as being answered, and never make room for others.
pub(super) struct Upload {
    body: Incoming,
    guest: Arc<Guest>,
}

impl Upload {
    /// The body of a request whose header has just come.
    pub(super) fn new(body: Incoming, guest: Arc<Guest>) -> Self {
        if body.is_end_stream() {
            guest.asks();
        } else {
            guest.begins();
        }
        Self { body, guest }
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if frame.is_none() || self.body.is_end_stream() {
            self.guest.asks();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
