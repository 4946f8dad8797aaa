//! One publication on its way: encoded and framed once, shared by all who receive it.

use std::sync::Arc;

use serde_json::json;
use tickwire_spec::Delivery;

use crate::wire::{Frame, Protocol, PublicationKind, SharedFrame, TopicId};

/// An update with what an outbox must know of it when its connection reads too slowly.
#[derive(Debug)]
pub(crate) struct Publication {
    /// What is sent.
    pub(crate) frame: SharedFrame,
    pub(crate) kind: PublicationKind,
    /// Its number in its epoch.
    pub(crate) seq: u64,
    /// The life of the stream that it belongs to.
    pub(crate) epoch: Arc<str>,
    /// What it replaces, in topics delivered as `latest`: an update with the same key.
    pub(crate) key: Option<Box<str>>,
    pub(crate) topic: Arc<Channel>,
}

/// What all updates of a topic have in common.
pub(crate) struct Channel {
    pub(crate) id: TopicId,
    pub(crate) delivery: Delivery,
    protocol: Arc<Protocol>,
}

impl Channel {
    pub(crate) fn new(id: TopicId, protocol: Arc<Protocol>) -> Arc<Self> {
        let delivery = protocol.family(id.family()).delivery;
        Arc::new(Self {
            id,
            delivery,
            protocol,
        })
    }

    /// Whether the contract has a word for lost updates.
    pub(crate) fn can_declare_loss(&self) -> bool {
        self.protocol.defines("topic.reset")
    }

    /// Tells one subscriber that it misses the updates `from` to `to`; `None` when the contract
    /// has no word for that.
    pub(crate) fn overflow_notice(&self, epoch: &str, from: u64, to: u64) -> Option<Frame> {
        let payload = json!({
            "topic": **self.id.name(),
            "reason": "overflow",
            "message": "the connection read too slowly",
            "epoch": epoch,
            "seq": to,
            "from": from,
            "to": to,
        });
        self.protocol.encode("topic.reset", None, &payload).ok()
    }
}

impl std::fmt::Debug for Channel {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Channel")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Topics of the built-in contract, for the tests of this folder.
#[cfg(test)]
pub(crate) fn test_channels<const N: usize>(names: [&str; N]) -> [Arc<Channel>; N] {
    use std::sync::LazyLock;

    static PROTOCOL: LazyLock<Arc<Protocol>> = LazyLock::new(|| {
        let text = include_str!("../../asyncapi.yaml");
        let contract = tickwire_spec::load("asyncapi.yaml", text).expect("a sound contract");
        Arc::new(Protocol::new(contract).expect("schemas that compile"))
    });
    names.map(|name| {
        let topic = PROTOCOL.topic(name).expect("a topic");
        Channel::new(topic, Arc::clone(&PROTOCOL))
    })
}
