//! The commands that work on contracts, `diff` and `new`, as a person or a script sees them. What they find
//! and write is shown by the tests of `crates/spec`.

mod diff;
mod new;
