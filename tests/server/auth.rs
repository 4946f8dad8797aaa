//! Who may connect, and who may see what: over real sockets, in every way and by every door.

mod keys;
mod matrix;
mod needed;
mod open_sockets;
mod tenants;
mod tickets;
