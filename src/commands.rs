//! What the program does beside serving: one file a command.

mod check;
mod generate;
mod source;

pub use check::check;
pub use generate::generate;
