//! The contract as a client sees it: what it may ask, what it can follow, what it is told.

use tickwire_spec::{Contract, Family, Message, Operation, OperationKind};

use crate::GenerateError;

/// A contract as a client sees it.
pub(crate) struct View<'c> {
    /// The contract itself.
    pub contract: &'c Contract,
    /// What it may ask: requests that a module answers, and the plain ones of the session
    /// (`ping`, `get_status`). Subscribing is not among them, since a runtime does it.
    pub requests: Vec<Request<'c>>,
    /// What it can follow.
    pub topics: Vec<Topics<'c>>,
    /// What it is told without asking and that belongs to no topic: `welcome`, `system_alert`, …
    pub pushes: Vec<&'c Message>,
}

/// A request and its answer.
pub(crate) struct Request<'c> {
    /// Its operation, whose key is the method's name.
    pub operation: &'c Operation,
    /// What is sent.
    pub message: &'c Message,
    /// What comes back, unless it is an error.
    pub reply: &'c Message,
}

/// A topic family.
pub(crate) struct Topics<'c> {
    /// The family: name, delivery class, parameters in the order of the pattern.
    pub family: &'c Family,
    /// Its subscribe request.
    pub subscribe: &'c Message,
    /// Its updates.
    pub update: &'c Message,
    /// The whole state, where updates are changes to one.
    pub snapshot: Option<&'c Message>,
}

/// What the session answers and a runtime, not a user, asks.
const OF_THE_RUNTIME: [&str; 4] = ["subscribe", "unsubscribe", "auth", "auth.refresh"];

impl<'c> View<'c> {
    pub fn new(contract: &'c Contract) -> Result<Self, GenerateError> {
        let mut requests = Vec::new();
        let mut pushes = Vec::new();
        for operation in &contract.operations {
            let user = || format!("operations/{}", operation.key);
            match operation.kind {
                OperationKind::Session | OperationKind::Request
                    if !OF_THE_RUNTIME.contains(&operation.name.as_str()) =>
                {
                    let reply = operation.reply.as_deref().unwrap_or_default();
                    requests.push(Request {
                        operation,
                        message: message(contract, &operation.name, user)?,
                        reply: message(contract, reply, user)?,
                    });
                }
                OperationKind::Push => pushes.push(message(contract, &operation.name, user)?),
                _ => {}
            }
        }
        let topics = contract
            .families
            .iter()
            .map(|family| {
                let user = || format!("channels/{}", family.key);
                let named = |wire_type: &str| message(contract, wire_type, user);
                Ok(Topics {
                    family,
                    subscribe: named(&family.messages.subscribe)?,
                    update: named(&family.messages.update)?,
                    snapshot: family.messages.snapshot.as_deref().map(named).transpose()?,
                })
            })
            .collect::<Result<_, GenerateError>>()?;
        Ok(Self {
            contract,
            requests,
            topics,
            pushes,
        })
    }
}

fn message<'c>(
    contract: &'c Contract,
    wire_type: &str,
    user: impl Fn() -> String,
) -> Result<&'c Message, GenerateError> {
    contract
        .message(wire_type)
        .ok_or_else(|| GenerateError::NoMessage {
            wire_type: wire_type.to_owned(),
            user: user(),
        })
}
