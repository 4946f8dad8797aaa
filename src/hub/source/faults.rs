//! What a server may never do but on purpose, for those who try out their clients (`--mock-faults`).

use serde::Serialize;

use super::{PublishError, StreamHandle, encoded};
use crate::wire::{Frame, PublicationKind};

impl StreamHandle {
    /// Numbers and keeps an update like any other, and gives it to nobody: a gap in `seq` that is
    /// never declared. A topic of changes that lacks a state to apply them to gets none.
    ///
    /// # Errors
    /// See [`PublishError`].
    pub(crate) fn withhold<U: Serialize>(&self, update: &U) -> Result<(), PublishError> {
        let topic = self.topic.upgrade().ok_or(PublishError::Closed)?;
        let update = encoded(&topic, PublicationKind::Update, update)?;
        topic
            .withhold(self.life, update)
            .ok_or(PublishError::Closed)
    }

    /// Gives all subscribers a frame that nobody has held against the contract. It is not kept.
    pub(crate) fn inject(&self, frame: Frame) {
        if let Some(topic) = self.topic.upgrade() {
            topic.inject(self.life, frame);
        }
    }
}
