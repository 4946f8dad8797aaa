//! What the program does beside serving: one file a command.

mod check;
mod generate;
mod source;
mod token;

pub use check::check;
pub use generate::generate;
pub use token::token;
