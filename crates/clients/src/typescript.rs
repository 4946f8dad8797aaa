//! The TypeScript client.

use crate::view::View;
use crate::{Client, GenerateError};

/// The TypeScript package for a contract.
pub(crate) fn client(_view: &View<'_>) -> Result<Client, GenerateError> {
    Ok(Client::default())
}
