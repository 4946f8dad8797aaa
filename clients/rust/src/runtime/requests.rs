//! Requests that wait to be sent, or to be answered.

use std::collections::BTreeMap;

use tokio::time::Instant;

/// Names a request of the user.
pub(super) type RequestId = u64;

/// All requests without an answer, in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Requests {
    last: u64,
    waiting: BTreeMap<u64, Pending>,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Pending {
    pub asked: Asked,
    /// The type that answers it, unless `error` does.
    pub reply: Option<&'static str>,
    /// The frame, until it is sent.
    pub unsent: Option<String>,
    pub deadline: Instant,
}

/// Who asked for what.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    ByUser(RequestId),
    Auth,
    /// These topics, each in this life of its subscription.
    Subscribe(Vec<(String, u64)>),
    Unsubscribe,
    Ping,
}

impl Requests {
    /// A `msg_id` that was not used before.
    pub(super) fn next_id(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    pub(super) fn insert(&mut self, id: u64, pending: Pending) {
        self.waiting.insert(id, pending);
    }

    /// The request that a `msg_id` names.
    pub(super) fn take(&mut self, msg_id: &str) -> Option<Pending> {
        self.waiting.remove(&msg_id.parse().ok()?)
    }

    /// The frames that have not been sent, which then count as sent.
    pub(super) fn unsent(&mut self) -> Vec<(u64, String)> {
        let waiting = self.waiting.iter_mut();
        waiting
            .filter_map(|(&id, pending)| Some((id, pending.unsent.take()?)))
            .collect()
    }

    pub(super) fn remove(&mut self, id: u64) -> Option<Pending> {
        self.waiting.remove(&id)
    }

    /// Those that were sent: their answers can't come any more.
    pub(super) fn take_sent(&mut self) -> Vec<Pending> {
        self.take_if(|pending| pending.unsent.is_none())
    }

    /// Those whose time is over.
    pub(super) fn take_late(&mut self, now: Instant) -> Vec<Pending> {
        self.take_if(|pending| pending.deadline <= now)
    }

    pub(super) fn take_all(&mut self) -> Vec<Pending> {
        self.take_if(|_| true)
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.waiting.values().map(|pending| pending.deadline).min()
    }

    fn take_if(&mut self, condition: impl Fn(&Pending) -> bool) -> Vec<Pending> {
        let waiting = self.waiting.iter();
        let ids: Vec<u64> = waiting
            .filter(|(_, pending)| condition(pending))
            .map(|(&id, _)| id)
            .collect();
        ids.iter()
            .filter_map(|id| self.waiting.remove(id))
            .collect()
    }
}
