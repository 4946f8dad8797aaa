//! One connection: a synchronous protocol machine, and the thin task that moves its bytes.
//!
//! - [`Session`] is the machine: frames come in, answers go to the outbox, and what has to be
//!   waited for comes out as [`Work`], whose result is given back. It never waits itself.
//! - `connection` runs one: it reads the socket, does the work, writes what the outbox holds.
//! - `socket` is RFC 6455 over a byte stream: a library reads, we write pre-framed bytes.
//! - [`Connections`] knows all that are open: their limit, and how to reach everybody.

mod answers;
mod connection;
mod connections;
mod echo;
mod machine;
mod socket;
mod subscribing;

pub use answers::{PROTOCOL as SUBPROTOCOL, pong};
pub use connection::{Connection, Timing};
pub use connections::{Admission, Connections};
#[doc(hidden)]
pub use echo::echo;
pub use machine::{Done, Inbound, Session, SessionLimits, Work};
