//! Subscribes and unsubscribes, single, batch and by URL: one path for all.

use std::collections::HashMap;

use serde_json::{Value, json};
use tickwire_spec::OperationKind;

use super::answers;
use super::machine::{Session, Work};
use crate::audit::Door;
use crate::hub::{Attached, Lease, Position, Start};
use crate::metrics::Scope;
use crate::wire::{Detail, ErrorCode, Protocol, Refusal, Request, TopicId};

/// A request to change what a connection is subscribed to.
#[derive(Debug)]
pub(super) struct Change {
    kind: ChangeKind,
    /// The request's wire type, for errors.
    wire_type: String,
    /// The answer's wire type.
    reply: String,
    msg_id: Option<String>,
    /// A batch answers each topic for itself, a single request may fail as a whole.
    batch: bool,
    wishes: Vec<Wish>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ChangeKind {
    Subscribe,
    Unsubscribe,
}

/// One topic of a change.
#[derive(Debug)]
struct Wish {
    /// As the client wrote it, or as its parameters spell it.
    text: String,
    topic: Result<TopicId, Refusal>,
    start: Start,
}

impl Change {
    /// Reads a request.
    ///
    /// # Errors
    /// Something in it is not what the contract means, though its schema lets it pass. In a batch,
    /// what is wrong with one topic is answered for that topic.
    pub(super) fn from_request(protocol: &Protocol, request: &Request) -> Result<Self, Refusal> {
        let operation = protocol.operation(request);
        let payload = request.frame.get("payload").unwrap_or(&Value::Null);
        let (kind, batch, wishes) = match operation.kind {
            OperationKind::Subscribe(family) => {
                let topic = protocol.topic_of(family, &request.frame)?;
                let wish = Wish::new(topic, start(payload, "/payload")?);
                (ChangeKind::Subscribe, false, vec![wish])
            }
            OperationKind::Unsubscribe(family) => {
                let topic = protocol.topic_of(family, &request.frame)?;
                let wish = Wish::new(topic, Start::default());
                (ChangeKind::Unsubscribe, false, vec![wish])
            }
            _ if operation.name == "unsubscribe" => {
                (ChangeKind::Unsubscribe, true, batch(protocol, payload)?)
            }
            _ => (ChangeKind::Subscribe, true, batch(protocol, payload)?),
        };
        Ok(Self {
            kind,
            wire_type: operation.name.clone(),
            reply: operation.reply.clone().unwrap_or_default(),
            msg_id: request.msg_id.clone(),
            batch,
            wishes,
        })
    }

    pub(super) fn subscribe_from_url(protocol: &Protocol, topic: TopicId) -> Self {
        let messages = &protocol.family(topic.family()).messages;
        Self {
            kind: ChangeKind::Subscribe,
            wire_type: messages.subscribe.clone(),
            reply: messages.subscribe_response.clone(),
            msg_id: None,
            batch: false,
            wishes: vec![Wish::new(topic, Start::default())],
        }
    }
}

impl Wish {
    fn new(topic: TopicId, start: Start) -> Self {
        Self {
            text: topic.to_string(),
            topic: Ok(topic),
            start,
        }
    }
}

impl Session {
    pub(super) fn change(&mut self, change: Change) -> Option<Work> {
        self.changes.push_back(change);
        if self.opening.is_some() {
            None
        } else {
            self.next_change()
        }
    }

    /// Performs changes until one has to wait for its topics.
    pub(super) fn next_change(&mut self) -> Option<Work> {
        while let Some(mut change) = self.changes.pop_front() {
            match change.kind {
                ChangeKind::Unsubscribe => self.unsubscribe(change),
                ChangeKind::Subscribe => {
                    let topics = self.admit(&mut change);
                    self.opening = Some(change);
                    if !topics.is_empty() {
                        return Some(Work::Open(topics));
                    }
                    self.opened(Vec::new());
                }
            }
        }
        None
    }

    /// Turns what may not be subscribed to into refusals; what is left has to be opened.
    fn admit(&mut self, change: &mut Change) -> Vec<TopicId> {
        self.forget_ended();
        let mut admitted = Vec::new();
        for wish in &mut change.wishes {
            let Ok(topic) = &wish.topic else { continue };
            if self.is_subscribed(topic) {
                continue;
            }
            let reserved = self.may_subscribe(topic).and_then(|()| self.reserve());
            if let Err(refusal) = reserved {
                wish.topic = Err(refusal);
            } else {
                admitted.push(topic.clone());
            }
        }
        admitted
    }

    /// Counts a subscription that is about to be.
    fn reserve(&mut self) -> Result<(), Refusal> {
        let max = self.limits.max_subscriptions;
        let reserved = if self.subscriptions.len() + self.reserved >= max {
            let message = format!("at most {max} subscriptions");
            let refusal = Refusal::new(ErrorCode::LimitExceeded, message);
            Err((Scope::Connection, refusal))
        } else {
            let shared = self.share.subscribe();
            shared.map_err(|full| (full.party.into(), full.into()))
        };
        match reserved {
            Ok(()) => {
                self.reserved += 1;
                Ok(())
            }
            Err((scope, refusal)) => {
                let metrics = &self.protocol.metrics().requests;
                metrics.subscriptions_refused.of(scope).increment();
                Err(refusal)
            }
        }
    }

    /// Subscriptions that their producers have ended take no place.
    pub(super) fn forget_ended(&mut self) {
        self.subscriptions
            .retain(|_, subscription| !subscription.is_over());
        self.settle();
    }

    /// Gives back what is counted for subscriptions that are no more, or came to nothing.
    pub(super) fn settle(&mut self) {
        self.share.settle(self.subscriptions.len() + self.reserved);
    }

    /// Joins the opened topics and answers. Updates wait in the outbox until the answer is in it.
    pub(super) fn opened(&mut self, leases: Vec<Result<Lease, (TopicId, Refusal)>>) {
        let Some(change) = self.opening.take() else {
            return;
        };
        let mut leases: HashMap<TopicId, Result<Lease, Refusal>> = leases
            .into_iter()
            .map(|lease| match lease {
                Ok(lease) => (lease.topic().clone(), Ok(lease)),
                Err((topic, refusal)) => (topic, Err(refusal)),
            })
            .collect();
        self.outbox.hold();
        let mut results = Vec::with_capacity(change.wishes.len());
        for wish in change.wishes {
            results.push(match wish.topic {
                Err(refusal) => Err((wish.text, refusal)),
                Ok(topic) => self
                    .join(&topic, &wish.start, &mut leases)
                    .map_err(|refusal| (wish.text, refusal)),
            });
        }
        self.reserved = 0;
        self.settle();
        let msg_id = change.msg_id.as_deref();
        let request_type = Some(&*change.wire_type);
        let answer = if change.batch {
            let refused = |(text, refusal): (String, Refusal)| answers::refused(&text, &refusal);
            let results: Vec<Value> = results
                .into_iter()
                .map(|result| result.unwrap_or_else(refused))
                .collect();
            let payload = json!({"results": results});
            self.frame_or_internal_error(&change.reply, msg_id, request_type, &payload)
        } else {
            match results.pop() {
                Some(Ok(result)) => {
                    self.frame_or_internal_error(&change.reply, msg_id, request_type, &result)
                }
                Some(Err((_, refusal))) => {
                    self.protocol.encode_refusal(&refusal, msg_id, request_type)
                }
                None => self
                    .protocol
                    .encode_refusal(&Refusal::internal(), msg_id, request_type),
            }
        };
        self.outbox.release(answer);
    }

    fn join(
        &mut self,
        topic: &TopicId,
        start: &Start,
        leases: &mut HashMap<TopicId, Result<Lease, Refusal>>,
    ) -> Result<Value, Refusal> {
        if let Some(subscription) = self.subscriptions.get(topic.name())
            && !subscription.is_over()
        {
            let attached = Attached {
                position: subscription.position(),
                recovery: None,
            };
            return Ok(answers::subscription(
                topic.name(),
                "already_subscribed",
                &attached,
            ));
        }
        // A token may have come while the topic was being opened.
        self.may_subscribe(topic)?;
        // Without a lease it was subscribed when the request came, and has ended since.
        let ended = || Err(Refusal::new(ErrorCode::TopicUnavailable, "the topic ended"));
        let lease = leases.remove(topic).unwrap_or_else(ended)?;
        let (subscription, attached) = lease.attach(&self.outbox, start)?;
        self.subscriptions
            .insert(topic.name().clone(), subscription);
        Ok(answers::subscription(topic.name(), "subscribed", &attached))
    }

    fn unsubscribe(&mut self, change: Change) {
        let mut results = Vec::with_capacity(change.wishes.len());
        for wish in change.wishes {
            let left = wish
                .topic
                .ok()
                .and_then(|topic| self.subscriptions.remove(topic.name()));
            let was_subscribed = left.is_some_and(|subscription| !subscription.is_over());
            results.push(answers::unsubscription(&wish.text, was_subscribed));
        }
        self.settle();
        let payload = if change.batch {
            json!({"results": results})
        } else {
            results.pop().unwrap_or_default()
        };
        self.answer(&change.reply, change.msg_id.as_deref(), &payload);
    }

    fn may_subscribe(&self, topic: &TopicId) -> Result<(), Refusal> {
        let (principal, access) = (self.principal(), &self.identity.auth().access);
        let decision = access.may_subscribe(principal, &self.protocol, topic);
        let what = Some(&**topic.name());
        self.trail.tell(principal, Door::Subscribe, what, decision)
    }

    fn is_subscribed(&self, topic: &TopicId) -> bool {
        self.subscriptions
            .get(topic.name())
            .is_some_and(|subscription| !subscription.is_over())
    }
}

/// The wishes of a batch: its topics, with their options where there are some.
fn batch(protocol: &Protocol, payload: &Value) -> Result<Vec<Wish>, Refusal> {
    let list = |name: &str| {
        payload
            .get(name)
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice)
    };
    let options = list("options");
    let wish = |text: &str| {
        let option = options
            .iter()
            .enumerate()
            .find(|(_, option)| option["topic"] == *text);
        let start = option.map_or(Ok(Start::default()), |(index, option)| {
            start(option, &format!("/payload/options/{index}"))
        })?;
        Ok(Wish {
            text: text.to_owned(),
            topic: protocol.topic(text),
            start,
        })
    };
    list("topics")
        .iter()
        .filter_map(Value::as_str)
        .map(wish)
        .collect()
}

/// `since` and `history` of the value at `pointer`, where the contract has them.
///
/// JSON Schema takes `5.0` for an integer; we do not, as nowhere else.
fn start(value: &Value, pointer: &str) -> Result<Start, Refusal> {
    let number = |value: &Value, pointer: String| {
        value.as_u64().ok_or_else(|| {
            let message = format!("{value} is not written as an integer");
            let details = vec![Detail::new(pointer, message)];
            let message = "the frame does not satisfy the contract";
            Refusal::with_details(ErrorCode::InvalidFrame, message, details)
        })
    };
    let since = match value.get("since") {
        None => None,
        Some(since) => Some(Position {
            epoch: since["epoch"].as_str().unwrap_or_default().into(),
            seq: number(&since["seq"], format!("{pointer}/since/seq"))?,
        }),
    };
    let history = match value.get("history") {
        None => 0,
        Some(history) => number(history, format!("{pointer}/history"))?,
    };
    Ok(Start {
        since,
        history: usize::try_from(history).unwrap_or(usize::MAX),
    })
}
