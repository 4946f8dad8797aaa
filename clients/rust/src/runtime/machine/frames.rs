//! What the server sends: taken apart, counted, given to whom it belongs.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use tokio::time::Instant;

use super::super::error::{Refusal, RequestError};
use super::super::options::Observation;
use super::super::requests::Pending;
use super::super::session::Welcome;
use super::{Action, Link, Machine};

/// What every frame has, and an update beside it.
#[derive(Debug, Deserialize)]
pub(super) struct Frame {
    #[serde(rename = "type")]
    pub wire_type: String,
    #[serde(default)]
    pub msg_id: String,
    pub topic: Option<String>,
    pub seq: Option<u64>,
    #[serde(default)]
    pub payload: Value,
}

impl Machine {
    pub(super) fn read(&mut self, text: &str, now: Instant) {
        if self.session().is_none() {
            return;
        }
        let value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => return self.not_understood(error.to_string()),
        };
        let Some(wire_type) = value["type"].as_str() else {
            return self.not_understood("a frame without a type".to_owned());
        };
        if !self.contract.has(wire_type) {
            self.stats.unknown_types += 1;
            let wire_type = wire_type.to_owned();
            return self
                .actions
                .push(Action::Report(Observation::UnknownType(wire_type)));
        }
        if self.settings.validate_incoming {
            let violations = self.schemas.violations(wire_type, &value);
            if let Some(first) = violations.first() {
                let why = format!("{wire_type}: {}: {}", first.pointer, first.message);
                return self.broken(&value, why, now);
            }
        }
        match Frame::deserialize(&value) {
            Ok(frame) => self.dispatch(frame, now),
            Err(error) => self.broken(&value, error.to_string(), now),
        }
    }

    fn dispatch(&mut self, frame: Frame, now: Instant) {
        if let Some(pending) = self.requests.take(&frame.msg_id) {
            return self.answered(pending, frame, now);
        }
        if let (Some(topic), Some(seq)) = (&frame.topic, frame.seq) {
            let topic = topic.clone();
            return self.update(&topic, seq, frame, now);
        }
        match frame.wire_type.as_str() {
            "welcome" => self.welcome(&frame.payload, now),
            "shutdown" => self.stay_away(&frame.payload),
            "error" => self.not_before(&frame.payload, now),
            "topic.reset" => return self.reset(frame.payload),
            "token.expiring" if self.authenticates() => self.actions.push(Action::AskToken),
            _ => {}
        }
        // The answer to a request that is over belongs to nobody.
        if !self
            .contract
            .messages
            .iter()
            .any(|message| message.reply == Some(&frame.wire_type))
        {
            let Frame {
                wire_type, payload, ..
            } = frame;
            self.actions.push(Action::Push { wire_type, payload });
        }
    }

    fn answered(&mut self, pending: Pending, frame: Frame, now: Instant) {
        let result = if frame.wire_type == "error" {
            match serde_json::from_value::<Refusal>(frame.payload) {
                Ok(refusal) => Err(RequestError::Refused(refusal)),
                Err(error) => Err(self.not_an_answer(error.to_string())),
            }
        } else if pending.reply.is_some_and(|reply| reply != frame.wire_type) {
            Err(self.not_an_answer(format!("{} is no answer to it", frame.wire_type)))
        } else {
            Ok(frame.payload)
        };
        self.answer(pending, result, now);
    }

    fn not_an_answer(&mut self, why: String) -> RequestError {
        self.not_understood(why.clone());
        RequestError::InvalidAnswer(why)
    }

    fn welcome(&mut self, payload: &Value, now: Instant) {
        match Welcome::deserialize(payload) {
            Ok(welcome) => {
                if let Some(session) = self.session() {
                    session.welcomed(&welcome);
                }
                self.greeted(now);
            }
            Err(error) => self.not_understood(error.to_string()),
        }
    }

    fn stay_away(&mut self, payload: &Value) {
        let told = payload["reconnect_after_ms"].as_u64().unwrap_or_default();
        if let Some(session) = self.session() {
            session.stay_away = Duration::from_millis(told);
        }
    }

    fn not_before(&mut self, payload: &Value, now: Instant) {
        if let Some(told) = payload["retry_after_ms"].as_u64()
            && let Link::Open(session) | Link::Greeting { session, .. } = &mut self.link
        {
            session.not_before = Some(now + Duration::from_millis(told));
        }
    }

    /// A frame that is not what its type says. What can be read of it still counts.
    fn broken(&mut self, value: &Value, why: String, now: Instant) {
        self.not_understood(why.clone());
        let pending = value["msg_id"]
            .as_str()
            .and_then(|id| self.requests.take(id));
        if let Some(pending) = pending {
            self.answer(pending, Err(RequestError::InvalidAnswer(why)), now);
        }
        if let (Some(topic), Some(seq)) = (value["topic"].as_str(), value["seq"].as_u64())
            && let Some(topic) = self.topics.get(topic)
        {
            topic.track.pass(seq);
        }
    }

    fn not_understood(&mut self, why: String) {
        let report = self.invalid(why);
        self.actions.push(report);
    }
}
