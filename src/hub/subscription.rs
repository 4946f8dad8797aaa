//! Holding on to a topic: a lease keeps it alive, a subscription receives from it. Dropping
//! either lets go, so a connection that ends, however it ends, leaves nothing behind.

use std::sync::Arc;

use super::lifecycle::{Phase, Topic};
use super::stream::{Position, RecoveryFailure, Start};
use crate::delivery::{Channel, Outbox};
use crate::metrics::Resume;
use crate::wire::{ErrorCode, Refusal, TopicId, Update};

/// Keeps a topic alive.
#[derive(Debug)]
pub struct Lease {
    topic: Arc<Topic>,
    generation: u64,
}

/// An outbox that receives a topic's updates.
#[derive(Debug)]
pub struct Subscription {
    // Dropped after `Subscription::drop` has left the stream.
    lease: Lease,
    outbox: Arc<Outbox>,
}

/// What a new subscriber is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Updates above it follow.
    pub position: Position,
    /// For those who asked with `since`: whether exactly the missed updates come first.
    pub recovery: Option<Result<(), RecoveryFailure>>,
}

impl Lease {
    /// Only under the table's lock, see [`Topic::gain_interest`].
    pub(super) fn new(topic: Arc<Topic>) -> Self {
        let generation = topic.gain_interest();
        Self { topic, generation }
    }

    /// Waits until the topic's producer has been started.
    pub(super) async fn live(&self) -> Result<(), Refusal> {
        let mut phase = self.topic.phase();
        if let Phase::Live = *phase.borrow() {
            return Ok(());
        }
        let settled = phase
            .wait_for(|phase| match phase {
                Phase::Live | Phase::Failed(_) => true,
                // Ended before it began, for those who waited then: the next life is not theirs.
                Phase::Starting | Phase::Stopping => self.is_over(),
            })
            .await;
        match settled.as_deref() {
            Ok(Phase::Live) => Ok(()),
            Ok(Phase::Failed(refusal)) => Err(refusal.clone()),
            _ => Err(over()),
        }
    }

    /// The topic.
    pub fn topic(&self) -> &TopicId {
        self.topic.id()
    }

    /// Lets `outbox` receive: first what `start` asks for, then every update, as one step.
    ///
    /// # Errors
    /// [`ErrorCode::TopicUnavailable`] when the producer ended the topic meanwhile.
    pub fn attach(
        self,
        outbox: &Arc<Outbox>,
        start: &Start,
    ) -> Result<(Subscription, Attached), Refusal> {
        let mut state = self.topic.lock();
        if self.topic.generation() != self.generation {
            return Err(over());
        }
        let recovery = state.stream.attach(outbox, start);
        self.topic.metrics().subscriptions.add(1);
        if let Some(recovery) = &recovery {
            let resumes = &self.topic.protocol().metrics().topics.resumes;
            resumes.of(resume(recovery)).increment();
        }
        let attached = Attached {
            position: state.stream.position(),
            recovery,
        };
        drop(state);
        Ok((
            Subscription {
                lease: self,
                outbox: Arc::clone(outbox),
            },
            attached,
        ))
    }

    pub(super) fn publish_from_outside(
        &self,
        update: Update,
    ) -> Result<(Position, usize), Refusal> {
        self.topic.publish_from_outside(update)
    }

    fn is_over(&self) -> bool {
        self.topic.generation() != self.generation
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.topic.lose_interest(self.generation);
    }
}

impl Subscription {
    /// The topic.
    pub fn topic(&self) -> &TopicId {
        self.lease.topic.id()
    }

    /// The newest position of the topic.
    pub fn position(&self) -> Position {
        self.lease.topic.lock().stream.position()
    }

    /// Brings a subscriber up to date whose changes gave way, when it is the topic's turn in its outbox.
    pub fn catch_up(&self) {
        let state = self.lease.topic.lock();
        if !self.lease.is_over() {
            state.stream.catch_up(&self.outbox);
        }
    }

    /// Whether it still receives what is published by this channel: a topic of the same name may have begun
    /// since.
    pub(crate) fn is_to(&self, channel: &Arc<Channel>) -> bool {
        !self.is_over() && Arc::ptr_eq(self.lease.topic.channel(), channel)
    }

    /// Whether the producer has ended the topic: nothing follows.
    pub fn is_over(&self) -> bool {
        self.lease.is_over()
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut state = self.lease.topic.lock();
        if !self.lease.is_over() {
            state.stream.detach(&self.outbox);
            self.lease.topic.metrics().subscriptions.add(-1);
        }
    }
}

fn resume(recovery: &Result<(), RecoveryFailure>) -> Resume {
    match recovery {
        Ok(()) => Resume::Recovered,
        Err(RecoveryFailure::EpochChanged) => Resume::EpochChanged,
        Err(RecoveryFailure::OutOfRetention) => Resume::OutOfRetention,
        Err(RecoveryFailure::AheadOfStream) => Resume::AheadOfStream,
    }
}

fn over() -> Refusal {
    Refusal::new(ErrorCode::TopicUnavailable, "the topic ended")
}
