//! One connection: a synchronous protocol machine, and the thin task that moves its bytes.
//!
//! - [`Session`] is the machine: frames come in, answers go to the outbox, and what has to be
//!   waited for comes out as [`Work`], whose result is given back. It never waits itself.
//! - `connection` runs one: it takes its messages, does the work, minds its times.
//! - `pipe` is the bytes of a WebSocket: reading, flushing what the outbox holds, the end.
//! - [`Connections`] knows all that are open: their limits, and how to reach everybody.
//! - [`Stop`] tells them of the end, and gives each its own moment to close.

mod answers;
mod authenticating;
mod connection;
mod connections;
mod echo;
mod identity;
#[cfg(all(test, feature = "shuttle"))]
mod interleavings;
mod machine;
mod performing;
mod pipe;
mod rate;
mod stop;
mod subscribing;

pub use answers::pong;
pub use connection::{Connection, Timing};
pub use connections::{Admission, Connections};
#[doc(hidden)]
pub use echo::echo;
pub use machine::{Caller, Done, Session, SessionLimits, Work};
pub use stop::{Stop, jitter};
