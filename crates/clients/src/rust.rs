//! The Rust client.

use crate::view::View;
use crate::{Client, GenerateError};

/// The Rust package for a contract.
pub(crate) fn client(_view: &View<'_>) -> Result<Client, GenerateError> {
    Ok(Client::default())
}
