//! Publishing on a topic: numbered, encoded and sent under its lock.

use std::sync::Arc;

use chrono::Utc;
use tickwire_spec::Delivery;

use super::{State, Topic};
use crate::delivery::Publication;
use crate::hub::{Position, PublishError};
use crate::wire::{
    ContractViolation, Envelope, ErrorCode, Frame, PublicationKind, Refusal, SharedFrame, Update,
};

impl Topic {
    /// Publishes in the name of one life of the producer; `None` when that life is over.
    pub(in crate::hub) fn publish(&self, life: u64, update: Update) -> Option<(u64, usize)> {
        let mut state = self.lock();
        (state.life == life).then(|| self.number_and_send(&mut state, update))
    }

    /// Publishes a change likewise. `snapshot` is called, under the lock of the topic, when the
    /// stream lacks a state to apply changes to, or a newer one is worth having.
    pub(in crate::hub) fn publish_change(
        &self,
        life: u64,
        change: Update,
        snapshot: impl FnOnce() -> Result<Update, ContractViolation>,
    ) -> Result<u64, PublishError> {
        let mut state = self.lock();
        if state.life != life {
            return Err(PublishError::Closed);
        }
        // Before anything has changed: the producer's own code may panic.
        if state.stream.needs_snapshot() {
            let (seq, _) = self.number_and_send(&mut state, snapshot()?);
            return Ok(seq);
        }
        let (seq, _) = self.number_and_send(&mut state, change);
        if state.stream.wants_base() {
            let snapshot = snapshot().inspect_err(|_| state.stream.forget_base())?;
            state
                .stream
                .rebase(|epoch, seq| self.publication(snapshot, epoch, seq));
        }
        Ok(seq)
    }

    /// A change of this life was refused: what follows can only be applied to a fresh state.
    pub(in crate::hub) fn lose_track(&self, life: u64) {
        let mut state = self.lock();
        if state.life == life {
            state.stream.forget_base();
        }
    }

    /// Publishes from outside, for topics without a producer.
    pub(in crate::hub) fn publish_from_outside(
        &self,
        update: Update,
    ) -> Result<(Position, usize), Refusal> {
        let mut state = self.lock();
        let is_change =
            self.channel.delivery == Delivery::Delta && update.kind == PublicationKind::Update;
        if is_change && state.stream.needs_snapshot() {
            let message = "nothing is known that this could change: publish a snapshot first";
            return Err(Refusal::new(ErrorCode::SnapshotRequired, message));
        }
        let (_, receivers) = self.number_and_send(&mut state, update);
        Ok((state.stream.position(), receivers))
    }

    /// Publishes an update that nobody receives, of one life of the producer; `None` when that is over.
    pub(in crate::hub) fn withhold(&self, life: u64, update: Update) -> Option<()> {
        let mut state = self.lock();
        if state.life != life {
            return None;
        }
        if self.channel.delivery != Delivery::Delta || !state.stream.needs_snapshot() {
            state
                .stream
                .withhold(|epoch, seq| self.publication(update, epoch, seq));
        }
        Some(())
    }

    /// Gives a frame to all subscribers as it is, in the name of one life of the producer.
    pub(in crate::hub) fn inject(&self, life: u64, frame: Frame) {
        let mut state = self.lock();
        if state.life == life {
            state.stream.notify(frame);
        }
    }

    fn number_and_send(&self, state: &mut State, update: Update) -> (u64, usize) {
        self.metrics().publications.here().increment();
        state
            .stream
            .publish(|epoch, seq| self.publication(update, epoch, seq))
    }

    /// Only under the lock, where the time is taken, so that it never runs backwards within a topic.
    fn publication(&self, update: Update, epoch: &Arc<str>, seq: u64) -> Publication {
        // What has no name in the contract was not encoded.
        let wire_type = self.protocol.published_as(&self.id, update.kind);
        let envelope = Envelope {
            wire_type: wire_type.unwrap_or_default(),
            msg_id: None,
            position: Some((&**self.id.name(), seq)),
        };
        Publication {
            frame: SharedFrame::new(Frame::json(envelope, Utc::now(), |text| {
                text.extend_from_slice(update.payload.as_bytes());
            })),
            kind: update.kind,
            seq,
            epoch: Arc::clone(epoch),
            key: update.key,
            topic: Arc::clone(&self.channel),
        }
    }
}
