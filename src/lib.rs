//! Tickwire: a realtime gateway whose whole contract is one AsyncAPI document.
//!
//! ```text
//!             main / app            only this composes
//!     ┌──────────┼───────────┐
//!    http    modules/*       │      an arrow down means "may use"
//!     │          │           │
//!  session ─► service ──────►│
//!     │          │           │
//!     ├────────► hub         │      topics, subscribers
//!     │          │           │
//!     └─────► delivery       │      outboxes, writing
//!                │           │
//!               wire ──► api ┘      frames, validation; generated from asyncapi.yaml
//! ```
//!
//! | module | owns |
//! |---|---|
//! | [`api`] | the generated types, topics, handler traits, dispatch table |
//! | [`wire`] | frames in and out, validation, error and close codes |
//! | [`delivery`] | outboxes, back-pressure, writing to sockets |
//! | [`hub`] | topics: their producers, streams, subscribers |
//! | [`service`] | what modules implement and are given |
//! | [`session`] | one connection: its protocol and its bytes |
//! | [`metrics`] | what all of these count, and the page that Prometheus reads |
//! | [`auth`] | who is on the other side, and what they may do |
//! | [`audit`] | who came, who was turned away and why: a log of its own |
//! | [`quota`] | what all of one user's, or of one address's, may take together |
//! | [`http`] | routes: upgrade, documents, requests, publications |
//! | [`modules`] | the domains |
//! | [`mock`] | a contract's examples in their place, and faults on purpose |
//! | `sync` | the locks of `hub` and `delivery`, exchanged in a test |
//! | [`config`], [`app`] | flags, and a server made from them |
//!
//! Begin with `asyncapi.yaml`, then [`wire::Protocol`], [`hub`] and [`session::Session`].

pub mod api {
    //! Generated from `asyncapi.yaml` by `build.rs`; see `docs/generator.md`.
    include!(concat!(env!("OUT_DIR"), "/api.rs"));
}
pub mod app;
pub mod audit;
pub mod auth;
pub mod config;
pub mod delivery;
pub mod http;
pub mod hub;
pub mod metrics;
pub mod mock;
pub mod modules;
pub mod quota;
pub mod service;
pub mod session;
mod sync;
pub mod wire;
