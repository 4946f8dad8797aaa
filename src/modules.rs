//! The domains that speak through the gateway, each loaded by configuration and usable alone.
//!
//! A module implements the generated trait of its tag. It sees `api`, `service` and its own data,
//! never a session, HTTP, or another module.

pub mod datafeed;
