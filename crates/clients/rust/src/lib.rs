//! The runtime of Tickwire's Rust clients, on its own: here it is tested, and from here it goes into
//! the client of every contract, byte for byte.

pub mod runtime;
