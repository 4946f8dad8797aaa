//! Which example answers a request. The rule is told in `docs/mock.md`, under the same numbers.

use std::sync::Arc;

use serde_json::Value;
use tickwire_spec::{Example, Operation};

use super::shape::Shape;
use crate::wire::{Protocol, Refusal};

/// What one operation answers.
pub(super) struct Answers {
    protocol: Arc<Protocol>,
    /// The schema of the request's payload, and of the answer's.
    request: String,
    reply: String,
    questions: Vec<Question>,
    replies: Vec<Value>,
}

/// An example of the request.
struct Question {
    payload: Value,
    /// What has its name.
    pair: Option<Pair>,
}

enum Pair {
    Reply(Value),
    Error(Value),
}

impl Answers {
    /// `None` for an operation without an answer, or without an example of one.
    pub(super) fn new(protocol: &Arc<Protocol>, operation: &Operation) -> Option<Self> {
        let contract = protocol.contract();
        let request = contract.message(&operation.name)?;
        let reply = contract.message(operation.reply.as_deref()?)?;
        let errors = contract
            .message("error")
            .map(|message| &*message.examples)
            .unwrap_or_default();
        let of_this = |error: &&Example| {
            let request_type = error.frame.pointer("/payload/request_type");
            request_type.is_none_or(|request_type| *request_type == *operation.name)
        };
        let pair = |name: &str| {
            let named = |example: &&Example| example.name.as_deref() == Some(name);
            let reply = reply.examples.iter().find(named);
            let error = errors.iter().filter(of_this).find(named);
            reply
                .map(|example| Pair::Reply(payload(example)))
                .or_else(|| error.map(|example| Pair::Error(payload(example))))
        };
        let questions = request.examples.iter().map(|example| Question {
            payload: payload(example),
            pair: example.name.as_deref().and_then(pair),
        });
        let replies: Vec<Value> = reply.examples.iter().map(payload).collect();
        if replies.is_empty() {
            return None;
        }
        Some(Self {
            request: request.payload.clone(),
            reply: reply.payload.clone(),
            questions: questions.collect(),
            replies,
            protocol: Arc::clone(protocol),
        })
    }

    /// The example that answers this payload, with what was asked for in the places that repeat it.
    ///
    /// # Errors
    /// It is an example of `error`.
    pub(super) fn answer(&self, payload: &Value) -> Result<Value, Refusal> {
        let mut answer = match self.meant(payload).and_then(|meant| meant.pair.as_ref()) {
            Some(Pair::Error(error)) => return Err(Refusal::from_example(error.clone())),
            Some(Pair::Reply(reply)) => reply.clone(),
            None => best(&self.replies, payload, |reply| reply)
                .cloned()
                .unwrap_or_default(),
        };
        let shapes = (
            Shape::named(self.protocol.contract(), &self.reply),
            Shape::named(self.protocol.contract(), &self.request),
        );
        if let (Some(reply), Some(request)) = shapes {
            echo(&mut answer, reply, payload, request);
        }
        Ok(answer)
    }

    /// The example of the request that this payload means.
    fn meant(&self, payload: &Value) -> Option<&Question> {
        let possible = self.questions.iter().filter(|question| {
            // Nobody gets an error by having something in common with a request that fails.
            let all = members(&question.payload);
            let asks = same(&question.payload, payload)
                || all > 0 && shared(&question.payload, payload) == all;
            asks || !matches!(question.pair, Some(Pair::Error(_)))
        });
        best(possible, payload, |question| &question.payload)
    }
}

fn payload(example: &Example) -> Value {
    example.frame.get("payload").cloned().unwrap_or_default()
}

/// The one that shares the most with a payload, and has the least beside it; the first of equals.
fn best<'a, T>(
    candidates: impl IntoIterator<Item = &'a T>,
    payload: &Value,
    of: impl Fn(&'a T) -> &'a Value,
) -> Option<&'a T> {
    let rank = |candidate| {
        let example = of(candidate);
        let common = shared(example, payload);
        (
            same(example, payload),
            common,
            std::cmp::Reverse(members(example) - common),
        )
    };
    let mut best = None;
    for candidate in candidates {
        let rank = rank(candidate);
        if best.as_ref().is_none_or(|(highest, _)| rank > *highest) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many members of an example, at any depth, a payload has with the same value.
fn shared(example: &Value, payload: &Value) -> usize {
    match (example, payload) {
        (Value::Object(example), Value::Object(payload)) => {
            let both = example
                .iter()
                .filter_map(|(name, value)| Some((value, payload.get(name)?)));
            both.map(|(example, payload)| shared(example, payload))
                .sum()
        }
        (example, payload) => usize::from(same(example, payload)),
    }
}

/// How many members an example has, counted likewise.
fn members(example: &Value) -> usize {
    match example {
        Value::Object(members_of) => members_of.values().map(members).sum(),
        _ => 1,
    }
}

/// As JSON Schema has it: `1` and `1.0` are one number.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(name, value): (&String, &Value)| {
                other.get(name).is_some_and(|other| same(value, other))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        _ => one == other,
    }
}

/// Puts what was asked for into the members of an answer that have the same name and the same schema
/// as the request's, at the same place. What the request leaves out is asked for by its default.
fn echo(answer: &mut Value, reply: Shape<'_>, asked: &Value, request: Shape<'_>) {
    let Value::Object(members) = answer else {
        return;
    };
    for (name, value) in members {
        let (Some(reply), Some(request)) = (reply.member(name), request.member(name)) else {
            continue;
        };
        let Some(asked) = asked.get(name).or_else(|| request.schema.get("default")) else {
            continue;
        };
        if reply.is_same(&request) {
            *value = asked.clone();
        } else {
            echo(value, reply, asked, request);
        }
    }
}

#[cfg(test)]
mod tests;
