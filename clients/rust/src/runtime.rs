//! What a client does, whatever its contract: connecting and reconnecting, requests, subscriptions
//! that survive, positions and gaps.
//!
//! Written by hand, and the same in the client of every contract. `machine` is the protocol: what
//! happened and the time go in, what to do comes out; it never waits. `task` does what it says, with
//! a socket and a clock.
//!
//! | module | owns |
//! |---|---|
//! | `contract` | what has to be known of a contract |
//! | `connection` | the handle that users hold |
//! | `request`, `subscription` | what they wait for |
//! | `task` | the socket, the timer, the token function |
//! | `machine` | the protocol; below it `session` (one connection), `requests`, `topics` |
//! | `track` | the position in one stream: duplicates, gaps |
//! | `backoff`, `verdict` | when to come back, and whether |
//! | `schemas` | validation |
//! | `mailbox` | what waits for a subscriber, bounded |
//! | `options`, `error`, `notice`, `state` | what users give and are told |

mod backoff;
mod connection;
mod contract;
mod error;
mod machine;
mod mailbox;
mod notice;
mod options;
mod request;
mod requests;
mod schemas;
mod session;
mod state;
mod subscription;
mod task;
mod topics;
mod track;
mod verdict;

pub use backoff::Backoff;
pub use connection::{Connection, Push, Pushes};
pub use contract::{Change, Contract, Delivery, Family, Message, Topic, place};
pub use error::{Closed, ConnectError, Detail, Refusal, RequestError, SubscribeError};
pub use notice::{Event, Loss, Notice, Position, Update};
pub use options::{Observation, Observer, Options, Token};
pub use request::Request;
pub use state::{State, Stats};
pub use subscription::{Subscribe, Subscription};
