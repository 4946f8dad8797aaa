//! `OPERATIONS`: from wire type to frame, reply, permissions and kind.

use proc_macro2::TokenStream;
use quote::quote;
use tickwire_spec::{Contract, OperationKind};

use crate::GenerateError;

pub(crate) fn generate(contract: &Contract) -> Result<TokenStream, GenerateError> {
    let mut entries = Vec::new();
    for operation in &contract.operations {
        let message =
            contract
                .message(&operation.name)
                .ok_or_else(|| GenerateError::NoMessage {
                    wire_type: operation.name.clone(),
                    user: format!("operations/{}", operation.key),
                })?;
        let wire_type = &operation.name;
        let key = &operation.key;
        let tag = operation.tags.first().map_or("", String::as_str);
        let frame = &message.frame;
        let reply = match &operation.reply {
            Some(reply) => quote!(Some(#reply)),
            None => quote!(None),
        };
        let permissions = &operation.permissions;
        let kind = kind(operation.kind);
        entries.push(quote! {
            crate::service::OperationEntry {
                wire_type: #wire_type,
                key: #key,
                tag: #tag,
                frame: #frame,
                reply: #reply,
                permissions: &[#(#permissions),*],
                kind: #kind,
            },
        });
    }
    Ok(quote! {
        /// The dispatch table: every operation of the contract, in the order of the document.
        pub static OPERATIONS: &[crate::service::OperationEntry] = &[#(#entries)*];
    })
}

fn kind(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::Session => "session",
        OperationKind::Request => "request",
        OperationKind::Subscribe(_) => "subscribe",
        OperationKind::Unsubscribe(_) => "unsubscribe",
        OperationKind::Update(_) => "update",
        OperationKind::Snapshot(_) => "snapshot",
        OperationKind::Push => "push",
    }
}
