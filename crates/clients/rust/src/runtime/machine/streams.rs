//! Topics: subscribing, leaving, and what comes of them.

use serde::Deserialize;
use serde_json::Value;
use tokio::time::Instant;

use super::super::error::{Refusal, RequestError};
use super::super::notice::{Loss, Notice};
use super::super::topics::{Answer, SubscriberId, Wanted, Wire};
use super::super::track::Seen;
use super::frames::Frame;
use super::{Action, Asked, Link, Machine, Position};

/// A whole `subscribe`'s answer.
#[derive(Deserialize)]
struct Answers {
    results: Vec<Answer>,
}

#[derive(Deserialize)]
struct Reset {
    topic: String,
    reason: String,
    epoch: String,
    seq: u64,
    from: Option<u64>,
    to: Option<u64>,
}

impl Machine {
    pub(super) fn subscribe(&mut self, subscriber: SubscriberId, wanted: Wanted, now: Instant) {
        if let Link::Closed(why) = &self.link {
            let notice = Notice::Closed(why.clone());
            return self.actions.push(Action::Notify(vec![subscriber], notice));
        }
        let (name, needs_snapshot) = self.topics.join(subscriber, wanted);
        if self
            .topics
            .get(&name)
            .is_some_and(|topic| topic.wire == Wire::Live)
        {
            self.actions.push(Action::Confirm(subscriber));
        }
        if needs_snapshot {
            self.renew(&name, false, now);
        } else {
            self.subscribe_due(now);
        }
    }

    pub(super) fn unsubscribe(&mut self, subscriber: SubscriberId, now: Instant) {
        if let Some((name, topic)) = self.topics.leave(subscriber)
            && topic.is_on_the_wire()
        {
            let (wire_type, payload) = topic.farewell(&name, self.contract);
            self.request(
                Asked::Unsubscribe,
                wire_type,
                payload,
                self.settings.timeout,
                now,
            );
        }
    }

    /// Leaves a topic and comes back: from the position where it was, or as for the first time.
    pub(super) fn renew(&mut self, name: &str, resume: bool, now: Instant) {
        let Some(topic) = self.topics.get(name) else {
            return;
        };
        if !resume {
            topic.track.forget();
        }
        if topic.is_on_the_wire() {
            topic.wire = Wire::Idle;
            let (wire_type, payload) = topic.farewell(name, self.contract);
            self.request(
                Asked::Unsubscribe,
                wire_type,
                payload,
                self.settings.timeout,
                now,
            );
            self.subscribe_due(now);
        }
    }

    /// Asks for all topics that are to be asked for.
    pub(super) fn subscribe_due(&mut self, now: Instant) {
        let Link::Open(session) = &self.link else {
            return;
        };
        // The rest of a frame is `{"type":"subscribe","msg_id":"…","payload":…}`.
        let limit = session.max_frame_bytes.saturating_sub(80);
        let fits = |payload: &Value| payload.to_string().len() <= limit;
        for asking in self.topics.due(self.contract, now, fits) {
            let asked = Asked::Subscribe(asking.topics);
            self.request(
                asked,
                asking.wire_type,
                asking.payload,
                self.settings.timeout,
                now,
            );
        }
    }

    /// A subscribe is answered, for one topic or several.
    pub(super) fn subscribed(
        &mut self,
        topics: &[(String, u64)],
        result: Result<Value, RequestError>,
        now: Instant,
    ) {
        match result {
            Ok(payload) => match answers(payload, topics.len()) {
                Some(answers) => {
                    for ((name, life), answer) in topics.iter().zip(answers) {
                        self.confirmed(name, *life, answer, now);
                    }
                }
                None => self.give_up(now),
            },
            Err(RequestError::Refused(refusal)) => {
                for (name, life) in topics {
                    self.refused(name, *life, refusal.clone(), now);
                }
            }
            // A topic that the contract does not allow, or that alone is too much.
            Err(error @ (RequestError::Invalid(_) | RequestError::TooLarge { .. })) => {
                for (name, life) in topics {
                    self.refused(name, *life, Refusal::local(&error), now);
                }
            }
            Err(error) => self.expect_answer(Err(error), now),
        }
    }

    fn confirmed(&mut self, name: &str, life: u64, answer: Answer, now: Instant) {
        let (position, recovered, reason) = match answer.position() {
            Ok(told) => told,
            Err(refusal) => return self.refused(name, life, refusal, now),
        };
        let Some(topic) = self
            .topics
            .get(name)
            .filter(|topic| topic.wire == (Wire::Asked { life }))
        else {
            return;
        };
        topic.wire = Wire::Live;
        topic.refusals = 0;
        let replays = topic.replays();
        topic
            .track
            .confirmed(position, recovered == Some(true), replays);
        let subscribers = topic.subscribers.clone();
        self.actions.extend(
            subscribers
                .iter()
                .map(|&subscriber| Action::Confirm(subscriber)),
        );
        if recovered == Some(false) {
            let notice = Notice::NotRecovered(Loss::named(reason.as_deref()));
            self.actions.push(Action::Notify(subscribers, notice));
        }
    }

    fn refused(&mut self, name: &str, life: u64, refusal: Refusal, now: Instant) {
        let (backoff, random) = (self.settings.backoff, self.settings.random);
        let Some(topic) = self
            .topics
            .get(name)
            .filter(|topic| topic.wire == (Wire::Asked { life }))
        else {
            return;
        };
        let subscribers = topic.subscribers.clone();
        let notice = if refusal.retryable {
            topic.refusals = topic.refusals.saturating_add(1);
            let delay =
                refusal.retry_after.unwrap_or_default() + backoff.delay(topic.refusals, random());
            topic.wire = Wire::Refused { until: now + delay };
            Notice::Retrying { refusal, delay }
        } else {
            self.topics.remove(name);
            Notice::Refused(refusal)
        };
        self.actions.push(Action::Notify(subscribers, notice));
    }

    /// An update or a snapshot. What comes before the answer belongs to an earlier subscription.
    pub(super) fn update(&mut self, name: &str, seq: u64, frame: Frame, now: Instant) {
        let Frame {
            wire_type, payload, ..
        } = frame;
        let Some(topic) = self.topics.get(name) else {
            return;
        };
        if topic.wire != Wire::Live || !topic.is_update(&wire_type) {
            return;
        }
        let seen = topic.track.see(seq, topic.is_snapshot(&wire_type));
        let subscribers = topic.subscribers.clone();
        match seen {
            Seen::Duplicate => {
                self.stats.duplicates += 1;
                return;
            }
            Seen::Gap => {
                self.stats.gaps += 1;
                return self.renew(name, true, now);
            }
            Seen::Hole => {
                let notice = Notice::NotRecovered(Loss::Gap);
                self.actions
                    .push(Action::Notify(subscribers.clone(), notice));
            }
            Seen::New => {}
        }
        self.actions.push(Action::Update {
            subscribers,
            wire_type,
            seq,
            payload,
        });
    }

    pub(super) fn reset(&mut self, payload: Value) {
        let reset = match Reset::deserialize(payload) {
            Ok(reset) => reset,
            Err(error) => {
                let report = self.invalid(error.to_string());
                return self.actions.push(report);
            }
        };
        let Reset {
            topic: name,
            reason,
            epoch,
            seq,
            from,
            to,
        } = reset;
        let Some(topic) = self
            .topics
            .get(&name)
            .filter(|topic| topic.wire == Wire::Live)
        else {
            return;
        };
        topic.track.reset(Position { epoch, seq });
        let subscribers = topic.subscribers.clone();
        let notice = match reason.as_str() {
            "ended" | "revoked" => {
                self.topics.remove(&name);
                if reason == "ended" {
                    Notice::Ended
                } else {
                    Notice::Revoked
                }
            }
            "overflow" => Notice::Overflow { from, to },
            // The contract may get other reasons; this one claims the most.
            _ => Notice::Restarted,
        };
        self.actions.push(Action::Notify(subscribers, notice));
    }
}

/// The answers for so many topics: a batch has a list, a family's own request has one.
fn answers(payload: Value, topics: usize) -> Option<Vec<Answer>> {
    let answers = if payload.get("results").is_some() {
        Answers::deserialize(payload).ok()?.results
    } else {
        vec![Answer::deserialize(payload).ok()?]
    };
    (answers.len() == topics).then_some(answers)
}
