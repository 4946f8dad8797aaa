//! `auth` and `auth.refresh`, and what time does to a token.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::answers;
use super::identity::Due;
use super::machine::{Now, PendingCall, Session, Work, refused};
use crate::audit::{Door, Shown, Why};
use crate::auth::{Principal, Rejected, Token, User};
use crate::wire::{CloseCode, ErrorCode, Refusal, TopicId};

impl Session {
    /// Takes the token of a request, to be looked at.
    pub(super) fn authenticate(&mut self, call: PendingCall, payload: &Value) -> Option<Work> {
        let is_user = self.identity.principal().user().is_some();
        let refusal = match (&*call.wire_type, is_user) {
            ("auth", true) => Some(Refusal::new(
                ErrorCode::Forbidden,
                "the client has said who it is: use auth.refresh",
            )),
            ("auth.refresh", false) => Some(Refusal::new(
                ErrorCode::Unauthenticated,
                "there is no token to replace: use auth",
            )),
            _ => None,
        };
        if let Some(refusal) = refusal {
            self.refuse(&refusal, call.msg_id.as_deref(), Some(&call.wire_type));
            return None;
        }
        let attempts = &self.identity.auth().attempts;
        if let Err(wait) = attempts.admit(self.trail.address(), Instant::now()) {
            self.deny(&call, Why::TooManyFailures);
            self.put_off(&call, wait);
            return None;
        }
        match Token::new(payload["token"].as_str().unwrap_or_default()) {
            Ok(token) => {
                self.identity.busy = true;
                Some(Work::Authenticate(call, token))
            }
            Err(rejected) => {
                self.reject_token(&call, rejected);
                None
            }
        }
    }

    /// Takes what a token was found to be.
    pub(super) fn authenticated(
        &mut self,
        call: PendingCall,
        found: Result<User, Rejected>,
        now: Now,
    ) -> Option<Work> {
        self.identity.busy = false;
        let refreshes = call.wire_type == "auth.refresh";
        let found = found.and_then(|user| {
            let before = self.identity.principal().user();
            match before.filter(|before| refreshes && before.sub != user.sub) {
                Some(_) => Err(Rejected::Subject),
                None => Ok(user),
            }
        });
        let user = match found {
            Ok(user) => user,
            Err(rejected) => {
                self.reject_token(&call, rejected);
                return None;
            }
        };
        if let Err(full) = self.share.join(&user.sub) {
            let (user, cause) = (Principal::User(user), refused(full));
            self.trail
                .denied(&user, Door::Auth, None, Why::Limit(cause));
            let metrics = self.protocol.metrics();
            metrics.connections.refused.of(cause).increment();
            self.refuse(&full.into(), call.msg_id.as_deref(), Some(&call.wire_type));
            self.outbox.close(CloseCode::ConnectionLimit);
            return None;
        }
        self.identity.become_(Arc::new(Principal::User(user)), now);
        let principal = self.identity.principal();
        if refreshes {
            self.trail.refreshed(principal);
        } else {
            let (door, shown) = (Door::Auth, Shown::Message);
            self.trail.authenticated(principal, door, shown);
        }
        let principal = answers::principal(self.identity.principal());
        let payload = json!({"principal": principal});
        self.answer(&call.reply, call.msg_id.as_deref(), &payload);
        self.leave_what_is_not_permitted();
        self.deferred
            .take()
            .and_then(|topic| self.start_with(topic))
    }

    /// Does what is due by now.
    pub(super) fn tick(&mut self, now: Now) {
        match self.identity.due(now) {
            Some(Due::NobodyCame) => {
                let why = Why::Rejected(Rejected::Missing);
                self.trail.denied(self.principal(), Door::Auth, None, why);
                self.outbox.close(CloseCode::Unauthenticated);
            }
            Some(Due::Expired) => self.outbox.close(CloseCode::TokenExpired),
            Some(Due::Expiring(at, left)) if self.protocol.defines("token.expiring") => {
                let payload = answers::token_expiring(at, left);
                self.answer("token.expiring", None, &payload);
            }
            Some(Due::Expiring(..)) | None => {}
        }
    }

    /// A token that says nothing is not passed over: who wanted to be somebody is not served as nobody.
    /// One that should have replaced another leaves that as it is.
    fn reject_token(&self, call: &PendingCall, rejected: Rejected) {
        self.deny(call, Why::Rejected(rejected));
        if rejected.is_failure() {
            let attempts = &self.identity.auth().attempts;
            if let Err(wait) = attempts.failed(self.trail.address(), Instant::now()) {
                self.put_off(call, wait);
                return;
            }
        }
        let refusal = rejected.refusal();
        self.refuse(&refusal, call.msg_id.as_deref(), Some(&call.wire_type));
        if call.wire_type == "auth" && refusal.code == ErrorCode::Unauthenticated {
            self.outbox.close(CloseCode::Unauthenticated);
        }
    }

    /// Tells when a token will be looked at again: too many of the address's have failed.
    fn put_off(&self, call: &PendingCall, wait: Duration) {
        let refusal = Refusal::rate_limited(wait);
        self.refuse(&refusal, call.msg_id.as_deref(), Some(&call.wire_type));
        if call.wire_type == "auth" {
            self.outbox.close(CloseCode::RateLimited);
        }
    }

    fn deny(&self, call: &PendingCall, why: Why<'_>) {
        let door = match &*call.wire_type {
            "auth" => Door::Auth,
            _ => Door::Refresh,
        };
        self.trail.denied(self.principal(), door, None, why);
    }

    /// Ends subscriptions that the principal of now may not have, each with a notice. A contract that has
    /// none cannot say so; there the connection ends.
    fn leave_what_is_not_permitted(&mut self) {
        let auth = Arc::clone(self.identity.auth());
        let principal = Arc::clone(self.identity.principal());
        let forbidden: Vec<TopicId> = self
            .subscriptions
            .values()
            .filter(|subscription| !subscription.is_over())
            .map(|subscription| subscription.topic().clone())
            .filter(|topic| {
                auth.access
                    .may_subscribe(&principal, &self.protocol, topic)
                    .is_err()
            })
            .collect();
        for topic in forbidden {
            let Some(subscription) = self.subscriptions.remove(topic.name()) else {
                continue;
            };
            self.trail.revoked(&principal, topic.name());
            let position = subscription.position();
            drop(subscription);
            self.settle();
            if self.protocol.defines("topic.reset") {
                self.answer("topic.reset", None, &answers::revoked(&topic, &position));
            } else {
                self.outbox.close(CloseCode::Revoked);
            }
        }
    }
}
