//! From text to a tree that remembers where everything was written.
//!
//! One YAML parser makes both values and places, so that the two can't disagree. [`events`]
//! builds the tree, [`scalar`] decides what plain text means, [`node`] is the tree itself and the
//! cursor that the rules walk it with. [`second`] asks another YAML reader what it sees.

mod events;
mod node;
mod open;
mod scalar;
mod second;

pub(crate) use events::parse;
pub(crate) use node::{At, Doc, Kind, Node, Place, join, unescape};
pub(crate) use second::opinion;
