//! A client for Tickwire 0.1.0.
//!
//! ```text
//! let client = tickwire_client::connect("ws://localhost:8080/ws", tickwire_client::Options::default()).await?;
//! ```
//!
//! Every topic family is a method that gives a stream, every request one that gives an answer. Subscriptions
//! outlive connections: the client reconnects, resumes and repairs gaps. For `wss:` there is the feature `tls`.

#[rustfmt::skip]
mod api;
pub mod runtime;

pub use api::*;
