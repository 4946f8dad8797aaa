//! The committed snapshots, compiled and run.
//!
//! `tests/snapshot.rs` shows that they are what is generated now. `service` stands for the server's
//! module of that name, which generated code builds upon.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

/// What generated code expects at `crate::service`.
#[path = "generated/service.rs"]
mod service;

macro_rules! snapshot {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)*) => {$(
        $(#[$doc])*
        #[allow(dead_code, reason = "no test uses all of it")]
        pub mod $name {
            include!($file);
        }
    )*};
}

snapshot! {
    /// From the real contract.
    tickwire = "snapshots/tickwire_api.rs";
    /// From `contracts/workshop.yaml`.
    workshop = "snapshots/workshop_api.rs";
    /// From `contracts/echo.yaml`.
    echo = "snapshots/echo_api.rs";
}

#[path = "generated/frames.rs"]
mod frames;
#[path = "generated/handlers.rs"]
mod handlers;
#[path = "generated/topics.rs"]
mod topics;
