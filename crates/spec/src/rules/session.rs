//! Session messages: the frames that the server itself reads and writes.
//!
//! A contract may leave each of them out, except `error`. Where it has one, its payload has the
//! shape in `session/reference.yaml`, and it is received or sent as the server does.

use std::sync::LazyLock;

use super::compare;
use crate::parse::{At, Doc, Kind, Node, Place};
use crate::report::{Problems, rule};
use crate::resolve::{operation, requests};

/// A session message.
struct Session {
    wire_type: &'static str,
    role: Role,
    /// Its payload, in the reference.
    payload: &'static str,
}

enum Role {
    /// Received, and answered by this wire type.
    Request(&'static str),
    /// Sent, as an answer or of the server's own accord.
    Sent,
}

const MESSAGES: [Session; 18] = [
    request("ping", "pong", "PingRequest"),
    sent("pong", "PongResponse"),
    request("get_status", "status_response", "GetStatusRequest"),
    sent("status_response", "StatusReport"),
    request("subscribe", "subscription_confirmed", "SubscribeRequest"),
    sent("subscription_confirmed", "SubscriptionResults"),
    request(
        "unsubscribe",
        "unsubscription_confirmed",
        "UnsubscribeRequest",
    ),
    sent("unsubscription_confirmed", "UnsubscriptionResults"),
    request("auth", "auth.response", "AuthRequest"),
    sent("auth.response", "AuthResult"),
    request("auth.refresh", "auth.refresh.response", "AuthRequest"),
    sent("auth.refresh.response", "AuthResult"),
    sent("token.expiring", "TokenExpiringNotice"),
    sent("welcome", "WelcomeNotice"),
    sent("error", "ErrorNotice"),
    sent("topic.reset", "TopicResetNotice"),
    sent("system_alert", "SystemAlertNotice"),
    sent("shutdown", "ShutdownNotice"),
];

const fn request(wire_type: &'static str, reply: &'static str, payload: &'static str) -> Session {
    Session {
        wire_type,
        role: Role::Request(reply),
        payload,
    }
}

const fn sent(wire_type: &'static str, payload: &'static str) -> Session {
    Session {
        wire_type,
        role: Role::Sent,
        payload,
    }
}

static REFERENCE: LazyLock<Doc> = LazyLock::new(|| {
    let mut problems = Problems::new("reference.yaml");
    let root = crate::parse::parse(include_str!("session/reference.yaml"), &mut problems);
    // A test shows that the reference is sound; an empty one would only compare nothing.
    let nothing = || Node {
        place: Place::default(),
        kind: Kind::Null,
    };
    Doc {
        root: root.unwrap_or_else(nothing),
    }
});

/// The shapes that the server speaks.
pub(crate) fn reference() -> &'static Doc {
    &REFERENCE
}

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    let requests = requests(doc);
    for session in &MESSAGES {
        let mut messages = doc
            .members("components/messages")
            .into_iter()
            .map(|(_, at)| at);
        let message = messages.find(|at| at.text("name") == Some(session.wire_type));
        let Some(message) = message else {
            if session.wire_type == "error" {
                missing_error(doc, problems);
            }
            continue;
        };
        role(doc, session, &message, &requests, problems);
        let frame = message.get("payload").and_then(|at| doc.resolve(&at));
        let payload = frame.and_then(|frame| frame.get("properties")?.get("payload"));
        if let Some(payload) = payload {
            compare::schema(
                doc,
                &payload,
                reference(),
                session.payload,
                rule::SESSION_SHAPE,
                problems,
            );
        }
    }
}

fn missing_error(doc: &Doc, problems: &mut Problems) {
    let at = doc.at("components/messages").unwrap_or_else(|| doc.root());
    let problem = "there is no message named `error`: every contract defines it, because any request may fail";
    problems.add(&at, rule::SESSION_MISSING, problem);
}

/// Whether the message goes the way in which the server uses it.
fn role(
    doc: &Doc,
    session: &Session,
    message: &At<'_>,
    requests: &[String],
    problems: &mut Problems,
) {
    let name = session.wire_type;
    let received = requests.contains(&message.path);
    match session.role {
        Role::Sent if received => {
            let problem =
                format!("`{name}` is a frame that the server sends: no operation receives it");
            problems.add(message, rule::SESSION_SHAPE, problem);
        }
        Role::Request(_) if !received => {
            let problem =
                format!("`{name}` is a request that the session answers: an operation receives it");
            problems.add(message, rule::SESSION_SHAPE, problem);
        }
        Role::Request(reply) => {
            let answer = operation(doc, name).and_then(|at| at.get("reply"));
            let Some(answer) = answer else { return };
            let found = crate::resolve::success(doc, &answer);
            if found.as_deref().is_some_and(|found| found != reply) {
                let problem = format!(
                    "`{name}` is answered by `{reply}`, not by `{}`",
                    found.unwrap_or_default()
                );
                problems.add(&answer, rule::SESSION_SHAPE, problem);
            }
        }
        Role::Sent => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_is_sound() {
        let mut problems = Problems::new("reference.yaml");
        crate::parse::parse(include_str!("session/reference.yaml"), &mut problems);
        assert_eq!(problems.into_report().to_string(), "");
        for session in &MESSAGES {
            let path = format!("components/schemas/{}", session.payload);
            assert!(reference().at(&path).is_some(), "{path}");
        }
    }
}
