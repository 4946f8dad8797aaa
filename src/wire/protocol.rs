//! The served contract, ready to judge frames.

mod publication;
mod topic;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::Utc;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;
use tickwire_spec::{Contract, Direction, Family, Operation, OperationKind};

use super::{CloseCode, Detail, Envelope, ErrorCode, Format, Frame, Refusal, encoding, json};
use crate::metrics::{Metrics, Way};

pub use publication::{PublicationKind, Update};
pub use topic::TopicId;

/// More violations than this help nobody, and each costs an answer's bytes.
const MAX_DETAILS: usize = 32;

/// Requests whose values are repeated in no answer: they are tokens.
const CONFIDENTIAL: [&str; 2] = ["auth", "auth.refresh"];

/// A contract with everything compiled that judging a frame needs.
///
/// The same type serves the built-in contract and any other: what it can do is in the document.
pub struct Protocol {
    contract: Contract,
    messages: HashMap<String, Entry>,
    families: Vec<topic::FamilyEntry>,
    metrics: Arc<Metrics>,
}

/// What is known of one wire type.
struct Entry {
    /// Index into [`Contract::messages`].
    message: usize,
    direction: Direction,
    operation: Option<usize>,
    frame: Validator,
    payload: Validator,
}

/// A frame from a client that satisfies the contract.
#[derive(Debug)]
pub struct Request {
    /// Index into [`Contract::operations`].
    operation: usize,
    /// What the answer repeats.
    pub msg_id: Option<String>,
    /// The whole frame.
    pub frame: Value,
}

/// A frame that does not, with what could be read of it.
#[derive(Debug)]
pub struct Rejection {
    /// What to answer.
    pub refusal: Refusal,
    /// The `msg_id` to answer to.
    pub msg_id: Option<String>,
    /// The `type` that was asked for.
    pub request_type: Option<Box<str>>,
}

/// Something of ours that breaks the contract: a bug of a module, never the client's doing.
#[derive(Debug, thiserror::Error)]
pub enum ContractViolation {
    /// No such message.
    #[error("the contract has no message {0:?} that the server sends")]
    UnknownType(String),
    /// The schema is not satisfied.
    #[error("a {wire_type:?} does not satisfy the contract: {}", list(.details))]
    Invalid {
        /// The wire type.
        wire_type: String,
        /// Every violation.
        details: Vec<Detail>,
    },
    /// The value cannot be written as JSON.
    #[error("a {wire_type:?} cannot be encoded")]
    Encode {
        /// The wire type.
        wire_type: String,
        /// Why not.
        #[source]
        source: serde_json::Error,
    },
}

impl Protocol {
    /// Compiles the validators of a contract.
    ///
    /// # Errors
    /// A schema that the validator does not take; the check leaves none.
    pub fn new(contract: Contract) -> Result<Self, String> {
        let mut messages = HashMap::with_capacity(contract.messages.len());
        for (index, message) in contract.messages.iter().enumerate() {
            let operation = contract
                .operations
                .iter()
                .position(|operation| operation.name == message.name);
            let entry = Entry {
                message: index,
                direction: message.direction,
                operation,
                frame: tickwire_spec::validator(&contract.frame_schema(message))?,
                payload: topic::schema_validator(&contract, &message.payload)?,
            };
            messages.insert(message.name.clone(), entry);
        }
        let families = topic::families(&contract)?;
        let metrics = Metrics::new(&contract, CloseCode::ALL.map(CloseCode::code));
        Ok(Self {
            contract,
            messages,
            families,
            metrics,
        })
    }

    /// The contract itself.
    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// What is counted while this contract is served. It is made here since its labels are names of
    /// the contract, and whoever has something to count has that at hand.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// Counts a frame or payload that breaks the contract, for those who find out later than
    /// [`Self::judge`]. A type that is not the contract's counts as `unknown`.
    pub fn count_invalid(&self, wire_type: Option<&str>, way: Way) {
        let entry = wire_type.and_then(|wire_type| self.messages.get(wire_type));
        self.metrics
            .requests
            .invalid(entry.map(|entry| entry.message), way);
    }

    /// Whether the contract defines this message, so that it may be sent.
    pub fn defines(&self, wire_type: &str) -> bool {
        self.messages.contains_key(wire_type)
    }

    /// The operation that a request asks for.
    pub fn operation(&self, request: &Request) -> &Operation {
        &self.contract.operations[request.operation]
    }

    /// The topic family at an index of the contract.
    pub fn family(&self, index: usize) -> &Family {
        &self.contract.families[index]
    }

    /// Reads a client's frame: parse once, look up the type, validate against its schema.
    ///
    /// # Errors
    /// A [`Rejection`] that names every violation.
    pub fn decode(&self, format: Format, message: &[u8]) -> Result<Request, Rejection> {
        let parsed = match format {
            Format::Json => {
                json::parse(message).map_err(|error| format!("not acceptable JSON: {error}"))
            }
            Format::MessagePack => encoding::unpack(message)
                .map_err(|error| format!("not acceptable MessagePack: {error}")),
        };
        let frame = parsed.map_err(|message| {
            self.count_invalid(None, Way::In);
            Rejection {
                refusal: Refusal::new(ErrorCode::InvalidJson, message),
                msg_id: None,
                request_type: None,
            }
        })?;
        self.judge(frame)
    }

    /// Validates a frame that is already parsed.
    ///
    /// # Errors
    /// As [`Self::decode`].
    pub fn judge(&self, frame: Value) -> Result<Request, Rejection> {
        let msg_id = usable_id(&frame);
        let wire_type = frame.get("type").and_then(Value::as_str);
        let entry = wire_type.and_then(|name| self.messages.get(name));
        let reject = |refusal| {
            self.count_invalid(wire_type, Way::In);
            Rejection {
                refusal,
                msg_id: msg_id.clone(),
                request_type: wire_type.filter(|_| entry.is_some()).map(Box::from),
            }
        };
        let Some(wire_type) = wire_type else {
            return Err(reject(without_type(&frame)));
        };
        let Some(entry) = entry else {
            return Err(reject(self.unknown_type(wire_type)));
        };
        let Some(operation) = entry
            .operation
            .filter(|_| entry.direction == Direction::ClientToServer)
        else {
            return Err(reject(Refusal::new(
                ErrorCode::NotARequest,
                format!("{wire_type:?} is sent by the server only"),
            )));
        };
        if !entry.frame.is_valid(&frame) {
            let details = if CONFIDENTIAL.contains(&wire_type) {
                masked_violations(&entry.frame, &frame)
            } else {
                violations(&entry.frame, &frame, "")
            };
            return Err(reject(Refusal::with_details(
                ErrorCode::InvalidFrame,
                "the frame does not satisfy the contract",
                details,
            )));
        }
        Ok(Request {
            operation,
            msg_id,
            frame,
        })
    }

    /// Encodes an answer or a push, after holding it against the contract.
    ///
    /// # Errors
    /// The payload breaks the contract.
    pub fn encode(
        &self,
        wire_type: &str,
        msg_id: Option<&str>,
        payload: &Value,
    ) -> Result<Frame, ContractViolation> {
        self.check_reply(wire_type, payload)?;
        let envelope = Envelope {
            wire_type,
            msg_id,
            position: None,
        };
        Ok(Frame::json(envelope, Utc::now(), written(payload)))
    }

    /// Encodes an `error` frame, which every contract defines in one shape.
    pub fn encode_refusal(
        &self,
        refusal: &Refusal,
        msg_id: Option<&str>,
        request_type: Option<&str>,
    ) -> Frame {
        let payload = refusal.payload(request_type);
        self.encode("error", msg_id, &payload)
            .unwrap_or_else(|violation| {
                tracing::error!(%violation, "an error frame breaks the contract");
                let payload = Refusal::internal().payload(None);
                let envelope = Envelope {
                    wire_type: "error",
                    msg_id,
                    position: None,
                };
                Frame::json(envelope, Utc::now(), written(&payload))
            })
    }

    /// Holds an answer against the contract, for those who do not send it as a frame.
    ///
    /// # Errors
    /// The payload breaks the contract.
    pub fn check_reply(&self, wire_type: &str, payload: &Value) -> Result<(), ContractViolation> {
        self.check_payload(wire_type, payload)
            .inspect_err(|_| self.count_invalid(Some(wire_type), Way::Out))
    }

    fn check_payload(&self, wire_type: &str, payload: &Value) -> Result<(), ContractViolation> {
        let entry = self
            .messages
            .get(wire_type)
            .filter(|entry| entry.direction == Direction::ServerToClient)
            .ok_or_else(|| ContractViolation::UnknownType(wire_type.to_owned()))?;
        if entry.payload.is_valid(payload) {
            return Ok(());
        }
        Err(ContractViolation::Invalid {
            wire_type: wire_type.to_owned(),
            details: violations(&entry.payload, payload, "/payload"),
        })
    }

    fn unknown_type(&self, wire_type: &str) -> Refusal {
        let nearest = self
            .contract
            .operations
            .iter()
            .filter(|operation| {
                // What only the server sends would be refused again.
                use OperationKind::{Push, Snapshot, Update};
                !matches!(operation.kind, Update(_) | Snapshot(_) | Push)
            })
            .map(|operation| operation.name.as_str())
            .map(|name| (strsim::jaro_winkler(name, wire_type), name))
            .filter(|(likeness, _)| *likeness > 0.85)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let hint = nearest
            .map(|(_, name)| format!("; did you mean {name:?}?"))
            .unwrap_or_default();
        let shown: String = wire_type.chars().take(128).collect();
        Refusal::with_details(
            ErrorCode::UnknownType,
            format!("the contract has no type {shown:?}{hint}"),
            vec![Detail::new("/type", "unknown type")],
        )
    }
}

impl Request {
    /// Takes the payload out.
    pub fn into_payload(mut self) -> Value {
        self.frame
            .get_mut("payload")
            .map(Value::take)
            .unwrap_or_default()
    }
}

/// Writes a payload into a frame.
fn written(payload: &Value) -> impl FnOnce(&mut Vec<u8>) {
    move |text| {
        // Into memory, and of a value that is JSON already: nothing can fail.
        let _written = serde_json::to_writer(text, payload);
    }
}

/// Every violation of a schema, with its place below `prefix`.
fn violations(validator: &Validator, value: &Value, prefix: &str) -> Vec<Detail> {
    validator
        .iter_errors(value)
        .take(MAX_DETAILS)
        .map(|error| {
            Detail::new(
                format!("{prefix}{}", error.instance_path()),
                describe(&error),
            )
        })
        .collect()
}

/// The same, without what was found there.
fn masked_violations(validator: &Validator, value: &Value) -> Vec<Detail> {
    validator
        .iter_errors(value)
        .take(MAX_DETAILS)
        .map(|error| Detail::new(error.instance_path().as_str(), error.masked().to_string()))
        .collect()
}

/// The library's own words, but for an enum: it would name two of the values only.
fn describe(error: &ValidationError<'_>) -> String {
    if let ValidationErrorKind::Enum { options } = error.kind()
        && let Some(options) = options.as_array().filter(|options| options.len() <= 32)
    {
        let options: Vec<String> = options.iter().map(Value::to_string).collect();
        return format!("{} is not one of {}", error.instance(), options.join(", "));
    }
    error.to_string()
}

/// The frame's `msg_id`, if it can be repeated: an invalid one is not.
fn usable_id(frame: &Value) -> Option<String> {
    let id = frame.get("msg_id")?.as_str()?;
    let fits = (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| id.to_owned())
}

fn without_type(frame: &Value) -> Refusal {
    let (pointer, message) = match frame {
        Value::Object(fields) if fields.contains_key("type") => {
            ("/type", "\"type\" must be a string")
        }
        Value::Object(_) => ("", "\"type\" is missing"),
        _ => return Refusal::new(ErrorCode::InvalidJson, "a frame is a JSON object"),
    };
    Refusal::with_details(
        ErrorCode::InvalidFrame,
        message,
        vec![Detail::new(pointer, message)],
    )
}

fn list(details: &[Detail]) -> String {
    let items: Vec<String> = details
        .iter()
        .map(|detail| format!("{}: {}", detail.pointer, detail.message))
        .collect();
    items.join("; ")
}
