//! What the program does beside serving: one file a command.

mod check;
mod diff;
mod generate;
mod new;
mod source;
mod token;

pub use check::check;
pub use diff::diff;
pub use generate::generate;
pub use new::new;
pub use token::token;
