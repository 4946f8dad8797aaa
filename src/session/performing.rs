//! What a request of the contract does: each kind of operation, and who may ask for it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tickwire_spec::{Operation, OperationKind};

use super::answers;
use super::machine::{PendingCall, Session, Work};
use super::subscribing::Change;
use crate::audit::{Door, Why};
use crate::auth::{Action, Rejected};
use crate::metrics::Way;
use crate::wire::{CloseCode, ErrorCode, Refusal, Request};

impl Session {
    /// Does what a request asks for, if whoever sent it may ask.
    pub(super) fn perform(&mut self, request: Request, now: DateTime<Utc>) -> Option<Work> {
        let protocol = Arc::clone(&self.protocol);
        let operation = protocol.operation(&request);
        let name = operation.name.as_str();
        if let Err(refusal) = self.may_ask(operation) {
            self.refuse(&refusal, request.msg_id.as_deref(), Some(name));
            if self.identity.is_awaited() {
                self.outbox.close(CloseCode::Unauthenticated);
            }
            return None;
        }
        let reply = operation.reply.as_deref().unwrap_or_default();
        let call = || PendingCall {
            wire_type: name.to_owned(),
            reply: reply.to_owned(),
            msg_id: request.msg_id.clone(),
        };
        match (operation.kind, name) {
            (OperationKind::Session, "ping") => {
                self.answer(reply, request.msg_id.as_deref(), &answers::pong(now));
                None
            }
            (OperationKind::Session, "get_status") => {
                let payload = answers::status(self, now);
                self.answer(reply, request.msg_id.as_deref(), &payload);
                None
            }
            (OperationKind::Session, "auth" | "auth.refresh") => {
                let call = call();
                self.authenticate(call, &request.into_payload())
            }
            (
                OperationKind::Subscribe(_)
                | OperationKind::Unsubscribe(_)
                | OperationKind::Session,
                _,
            ) => match Change::from_request(&self.protocol, &request) {
                Ok(change) => self.change(change),
                Err(refusal) => {
                    if refusal.code == ErrorCode::InvalidFrame {
                        self.protocol.count_invalid(Some(name), Way::In);
                    }
                    self.refuse(&refusal, request.msg_id.as_deref(), Some(name));
                    None
                }
            },
            (OperationKind::Request, _) => {
                let call = call();
                Some(Work::Call(call, request.into_payload()))
            }
            (OperationKind::Update(_) | OperationKind::Snapshot(_) | OperationKind::Push, _) => {
                // The decoder lets no such frame through: clients do not send them.
                self.refuse(&Refusal::internal(), request.msg_id.as_deref(), Some(name));
                None
            }
        }
    }

    /// Whether the principal may ask for this. Saying who one is needs no permission, and comes before
    /// anything else where it has to be said.
    fn may_ask(&self, operation: &Operation) -> Result<(), Refusal> {
        let (principal, name) = (self.principal(), operation.name.as_str());
        if (operation.kind, name) == (OperationKind::Session, "auth") {
            return Ok(());
        }
        if self.identity.is_awaited() {
            let missing = Rejected::Missing;
            let why = Why::Rejected(missing);
            self.trail.denied(principal, Door::Request, Some(name), why);
            return Err(missing.refusal());
        }
        let access = &self.identity.auth().access;
        let decision = access.decide(principal, Action::Request(operation));
        self.trail
            .tell(principal, Door::Request, Some(name), decision)
    }
}
