//! The server as a client sees it, point by point of its contract.
//!
//! | module | asks |
//! |---|---|
//! | `auth` | who may connect, and who may see what |
//! | `audit` | what the audit log says of them |
//! | `edge` | what a connection may cost before it is one: handshakes, headers, numbers |
//! | `origins` | web pages of other origins, proxies, the operators' address |
//! | `tls` | encrypted connections, and certificates that are exchanged |
//! | `frames` | what is answered to frames that are wrong |
//! | `encodings` | JSON and MessagePack, plain and compressed |
//! | `sockets` | RFC 6455: sizes, text, control frames, closing |
//! | `limits` | heartbeats, slow readers, counts |
//! | `quotas` | what the connections and requests of one user or one address may take together |
//! | `pressure` | bursts, slow readers, full outboxes |
//! | `slow` | what readers that stop and that are slow for ever get of a lossless topic; what they cost |
//! | `faults` | clients that vanish, resets, half frames, modules that panic |
//! | `outbound` | what happens when a module breaks the contract or panics |
//! | `topics` | the life of topics, seen from connections |
//! | `interleavings` | the same under random interleavings |
//! | `http` | documents, requests, publications, handshakes |
//! | `market` | the data feed |
//! | `orderbook` | topics of changes: snapshots, slow readers, publications |
//! | `metrics` | what is counted, and that its documentation is true |
//! | `shutdown` | the end |
//!
//! `support` has a server in this process, a client that holds every frame against the contract,
//! and a module that does what a test tells it to.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod auth;
mod edge;
mod encodings;
mod faults;
mod frames;
mod http;
mod interleavings;
mod limits;
mod market;
mod metrics;
mod orderbook;
mod origins;
mod outbound;
mod pressure;
mod quotas;
mod shutdown;
mod slow;
mod sockets;
mod support;
mod tls;
mod topics;
