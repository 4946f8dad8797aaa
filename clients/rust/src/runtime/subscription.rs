//! A topic that is followed.

use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::Stream;

use super::connection::Command;
use super::contract::{Delivery, Topic};
use super::error::SubscribeError;
use super::mailbox::{Begun, Buffer, Mailbox};
use super::notice::{Event, Notice};
use super::task::Commands;
use super::topics::{SubscriberId, Wanted};

/// A subscription that has not begun. Await it, or [`start`](Self::start) it.
#[must_use = "nothing is subscribed to before this is awaited or started"]
pub struct Subscribe<T: Topic> {
    commands: Commands,
    subscriber: SubscriberId,
    topic: T,
    history: Option<u32>,
    buffer: usize,
}

impl<T: Topic + 'static> Subscribe<T> {
    pub(super) fn new(
        commands: Commands,
        subscriber: SubscriberId,
        topic: T,
        buffer: usize,
    ) -> Self {
        Self {
            commands,
            subscriber,
            topic,
            history: None,
            buffer,
        }
    }

    /// Lets the newest updates come first, as far as the server keeps them. If others already follow
    /// the topic on this connection, theirs is the choice.
    pub fn history(mut self, updates: u32) -> Self {
        self.history = Some(updates);
        self
    }

    /// How many events may wait for the reader, instead of what the options say. When more come, a
    /// `latest` topic loses the oldest; of others all that waits is dropped, and
    /// [`Notice::Lost`] says so.
    pub fn buffer(mut self, events: usize) -> Self {
        self.buffer = events;
        self
    }

    /// Subscribes without waiting for the server: what comes of it is told by the stream.
    pub fn start(self) -> Subscription<T> {
        let buffer = Arc::new(Buffer::<T>::new(self.buffer));
        let wanted = Wanted {
            topic: self.topic.to_string(),
            family: T::FAMILY,
            parameters: self.topic.parameters(),
            history: self.history,
        };
        let mailbox = Arc::clone(&buffer) as Arc<dyn Mailbox>;
        let command = Command::Subscribe(self.subscriber, wanted, Arc::clone(&mailbox));
        if let Err(closed) = self.commands.send(command) {
            mailbox.notify(&Notice::Closed(closed));
        }
        Subscription {
            commands: self.commands,
            subscriber: self.subscriber,
            buffer,
        }
    }
}

impl<T: Topic + Send + Sync + 'static> IntoFuture for Subscribe<T> {
    type Output = Result<Subscription<T>, SubscribeError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let subscription = self.start();
        Box::pin(async move {
            subscription.begun().await?;
            Ok(subscription)
        })
    }
}

/// A topic that is followed: a [`Stream`] of what comes. It outlives connections, and ends when the
/// topic or the client does. Dropping it unsubscribes.
pub struct Subscription<T: Topic + 'static> {
    commands: Commands,
    subscriber: SubscriberId,
    buffer: Arc<Buffer<T>>,
}

impl<T: Topic> Subscription<T> {
    /// Waits until the server has confirmed it, for as long as that takes. Cancel safe.
    ///
    /// # Errors
    ///
    /// The server refused it, the topic ended, or the client is closed.
    pub async fn begun(&self) -> Result<(), SubscribeError> {
        poll_fn(|context| match self.buffer.poll_begun(context) {
            Begun::No => Poll::Pending,
            Begun::Yes => Poll::Ready(Ok(())),
            Begun::Over(Notice::Refused(refusal)) => {
                Poll::Ready(Err(SubscribeError::Refused(refusal)))
            }
            Begun::Over(Notice::Closed(closed)) => Poll::Ready(Err(SubscribeError::Closed(closed))),
            Begun::Over(_) => Poll::Ready(Err(SubscribeError::Ended)),
        })
        .await
    }

    /// The next event; none when nothing can follow. Cancel safe.
    pub async fn next(&mut self) -> Option<Event<T::Item>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// What the next update says, for one who does not mind holes. Cancel safe.
    pub async fn next_update(&mut self) -> Option<T::Item> {
        loop {
            if let Event::Update(update) = self.next().await? {
                return Some(update.payload);
            }
        }
    }

    fn poll(&self, context: &Context<'_>) -> Poll<Option<Event<T::Item>>> {
        let polled = self.buffer.poll_next(context);
        // Now that the reader is back, the state that it has lost is worth asking for.
        if let Poll::Ready(Some(Event::Notice(Notice::Lost { .. }))) = &polled
            && T::FAMILY.delivery == Delivery::Delta
        {
            self.commands
                .send_if_open(Command::NeedsSnapshot(self.subscriber));
        }
        polled
    }
}

impl<T: Topic> Stream for Subscription<T> {
    type Item = Event<T::Item>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T: Topic + 'static> Drop for Subscription<T> {
    fn drop(&mut self) {
        self.commands
            .send_if_open(Command::Unsubscribe(self.subscriber));
    }
}
