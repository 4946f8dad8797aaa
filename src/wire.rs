//! Frames in and out: strict JSON, validation against the contract, error and close codes.
//!
//! Everything here is synchronous and knows neither sockets nor subscribers. [`Protocol`] is the
//! served contract with its validators compiled; [`Request`] is a frame that passed it,
//! [`Frame`] one that may be sent.

mod close;
mod encoding;
mod frame;
mod json;
mod protocol;
mod refusal;
pub mod websocket;

pub use close::CloseCode;
pub use encoding::{Compressed, Encoding, Format};
pub use frame::{Envelope, Frame, SharedFrame, rfc3339};
pub use json::parse as parse_json;
pub use protocol::{
    ContractViolation, Protocol, PublicationKind, Rejection, Request, TopicId, Update,
};
pub use refusal::{Detail, Refusal, Severity};

pub use crate::api::types::ErrorCode;
